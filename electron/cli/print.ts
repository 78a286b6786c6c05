// Answers of the command line as readable Japanese.
import type { EncodingLosses } from '../../shared/contract/views.ts';
import { showDay, showMoment } from '../../shared/kernel/moment.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { isKind, KINDS } from '../../shared/package/envelope.ts';
import { waitingReason } from '../../shared/package/fates.ts';
import { spacedPrint } from '../core/exchange/crypto.ts';
import type { Call, CommandName } from './arguments.ts';
import { figureLines } from './figures.ts';
import { gatheredLines } from './fill.ts';
import { publishLines, snapshotLines } from './publicationlines.ts';
import { qualityLines } from './quality.ts';
import { receivedLines } from './record.ts';
import { spellingLines } from './spellings.ts';

type Value = Record<string, unknown>;

const PACKAGES: Record<string, string> = {
  applied: '取り込み',
  duplicate: '取り込み済み（同じもの）',
  stale: '古い版（何も変えない）',
  quarantined: '取り置き',
  refused: '受け取れない',
  undone: '取り消し済み',
};
const SHEETS: Record<string, string> = {
  new: '新規',
  updated: '更新',
  unchanged: '同じ',
  merged: '統合',
  conflict: '競合',
  stale: '古い版',
  refused: '受け取れない',
};
const CELLS: Record<string, string> = {
  new: '新規',
  changed: '変更',
  merged: '統合',
  same: '同じ',
  conflict: '競合',
  refused: '受け取れない',
  stale: '古い版',
};
const STATES: Record<string, string> = {
  waiting: '未着手',
  editing: '入力中',
  submitted: '提出済み',
  arrived: '受領済み',
  received: '受け取り済み',
  returned: '差戻し',
  accepted: '受理',
  conflict: '競合あり',
};
const CONFIRMATIONS: Record<string, string> = {
  none: '　課長確認なし',
  valid: '　課長確認済み',
  fallen: '　課長確認は変更により失効',
};
const SIGNERS: Record<string, string> = {
  seen: '未登録',
  expected: '到着待ち',
  trusted: '登録済み',
  retired: '鍵を替えた',
  revoked: '取り消し',
};
const kindWord = (kind: unknown): string => (isKind(kind) ? KINDS[kind] : '');

const SEALS: Record<string, string> = { keys: '封あり', passphrase: '封あり（合い言葉）', open: '封なし' };
const PLACES: Record<string, string> = {
  fixed: 'このパソコン',
  removable: '取り外せる媒体',
  network: '共有フォルダー',
  unknown: '不明',
};

const STANDING: Record<string, string> = { trusted: '登録済み', retired: '鍵を替えた', revoked: '取り消し' };

const list = (value: unknown): Value[] => (Array.isArray(value) ? (value as Value[]) : []);
const words = (value: unknown): string => (Array.isArray(value) ? value.map(String).join('、') : String(value ?? ''));
/** The first few of many, and how many more there are; the whole list stands in --json. */
const few = (value: unknown): string => {
  const all = Array.isArray(value) ? value.map(String) : [];
  return all.length <= 5 ? all.join('、') : `${all.slice(0, 4).join('、')} ほか${all.length - 4}件`;
};
/** A text in one short line; the whole of it stands in --json. */
const brief = (text: unknown): string => {
  const line = String(text).replace(/\s*\n\s*/g, ' ');
  return line === '' ? '（空欄）' : line.length > 40 ? `${line.slice(0, 39)}…` : line;
};
const under = (text: unknown): string => String(text).split('\n').join('\n      ');
const short = (hash: unknown): string => (typeof hash === 'string' ? hash.slice(0, 8) : '—');
const spaced = (print: unknown): string => spacedPrint(String(print ?? ''));

const named = (station: unknown): string => (station ? `（${String(station)}）` : '');
const keptLines = (title: string, packages: unknown): string[] =>
  list(packages).map(
    (p) =>
      `${title}：第${String(p.sequence)}号　${String(p.hash)}　シート ${words(p.sheets)}　${PACKAGES[String(p.outcome)] ?? ''}`,
  );
const questionLines = (questions: unknown): string[] =>
  list(questions).map((q) => `  要確認 ${String(q.label)}：「${String(q.raw)}」 ${String(q.reason)}`);
const conflictLines = (conflicts: unknown): string[] =>
  list(conflicts).flatMap((c) => [
    `  競合 ${String(c.label)}：次のどれかを set で入れて決めてください。`,
    ...list(c.sides).map((s) => `      ${String(s.unit)}（${showMoment(String(s.at))}）：${under(s.text)}`),
  ]);
const leftoverLines = (leftovers: unknown): string[] =>
  list(leftovers).map((l) => `  欄に入らない（${String(l.reason)}）：${under(l.text)}`);

const filledLines = (v: Value): string[] => [
  `シート ${String((v.sheet as Value).number)} に ${list(v.matched).length} 欄を読み取りました。`,
  ...list(v.matched).flatMap(({ label, replaced }) =>
    typeof replaced === 'string' ? [`  ${String(label)}：前の値「${under(replaced)}」を置き換えます`] : [],
  ),
  ...questionLines(v.asked),
  ...leftoverLines(v.unmatched),
  ...(Array.isArray(v.notes) ? v.notes.map((note) => `  ${String(note)}`) : []),
];

/** The registry's name, or what an unregistered key calls itself, marked as such. */
const senderOf = (p: Value): string =>
  p.unit
    ? `　${String(p.unit)}${p.station ? `（${String(p.station)}）` : ''}`
    : p.claimed
      ? `　名乗り「${String(p.claimed)}」`
      : '';

function packageLines(value: Value): string[] {
  return list(value.packages).flatMap((p) => [
    `${String(p.file)}：${PACKAGES[String(p.outcome)] ?? ''}${senderOf(p)}`,
    ...(p.message ? [`  ${String(p.message)}`, `  → ${String(p.hint)}`] : []),
    ...list(p.succession).map((s) => `  鍵の交替：${spaced(s.from)} から ${spaced(s.to)} へ`),
    ...(Array.isArray(p.notes) ? p.notes.map((note) => `  ${String(note)}`) : []),
    ...list(p.sheets).flatMap((s) => [
      `  ${String(s.number)} ${String(s.name)}：${SHEETS[String(s.outcome)] ?? ''}${
        s.reason ? `（${String(s.reason)}）` : ''
      }${s.beside ? `　${words(s.beside)}` : ''}${s.incomplete ? `　未完成のまま提出（${few(s.incomplete)}）` : ''}`,
      ...(s.digest ? [`    内容コード ${String(s.digest)}${CONFIRMATIONS[String(s.confirmation)] ?? ''}`] : []),
      ...list(s.cells).map(
        (c) =>
          `    ${CELLS[String(c.outcome)] ?? ''} ${String(c.label)}：${brief(c.before)} → ${brief(c.after)}${
            c.reason ? `（${String(c.reason)}）` : ''
          }`,
      ),
    ]),
  ]);
}

function confirmationLines({ state, name, unit, changed }: Value): string[] {
  if (state === 'none') return [];
  const who = `${String(unit)} ${String(name)}`;
  return [
    state === 'valid'
      ? `  課長確認済み（${who}）`
      : `  課長確認は変更により失効（${who}。変わった欄：${few(changed)}）`,
  ];
}

const written = (value: Value): string[] =>
  list(value.packages).map(
    (p) => `${String(p.file)}　${String(p.unit)}（シート ${words(p.sheets)}）　${SEALS[String(p.sealed)] ?? ''}`,
  );

/** The register, newest first: what is not known to be erased comes with a mark. */
const registerLines = (value: Value): string[] => [
  ...list(value.unwritten).map(
    (u) => `書き出しが終わっていない：${kindWord(u.kind)}第${String(u.sequence)}号（${String(u.recipient)}あて）`,
  ),
  ...list(value.entries).map(
    (e) =>
      `${String(e.id)}　${showMoment(String(e.at))}　${String(e.person) || '（記入なし）'}　${kindWord(
        e.kind,
      )}第${String(e.sequence)}号　${String(e.recipient)}あて　${String(e.sheets)}枚　${
        String(e.medium) || String(PLACES[String(e.place)] ?? '')
      }　${e.sealed === true ? '封あり' : '封なし'}　${
        e.erasedAt === null ? '未消去' : `消去 ${showDay(String(e.erasedAt))} ${String(e.erasedBy)}`
      }`,
  ),
  ...(list(value.entries).length === 0 ? ['持ち出し記録はありません。'] : []),
  ...(value.csv === undefined ? [] : [`${String(value.csv)} に書き出しました。`]),
];

const lossLines = ({ characters }: EncodingLosses): string[] =>
  characters.length === 0
    ? ['CP932（シフトJIS）で書けない文字はありません。']
    : [
        `CP932（シフトJIS）で書けない文字が${characters.length}種類あります。`,
        ...characters.map(
          ({ character, code, usual, count, places }) =>
            `  ${character}（${code}）${count}か所　よくある書き換え：${usual ?? 'なし（〓）'}　${places.map(({ number, label }) => `${number} ${label}`).join('、')}`,
        ),
      ];

const lines: Record<CommandName, (value: Value) => string[]> = {
  create: (v) => [
    `「${String(v.name)}」を作りました（${String(v.unit)}、${String(v.year)}年度評価）。`,
    `確認番号 ${spaced(v.print)}`,
  ],
  assign: (v) => [`シート ${words(v.sheets)} を割り当てました。`, `課：${words(v.departments)}`],
  distribute: (v) => ['配布パッケージを書き出しました。', ...written(v)],
  join: (v) => [
    `「${String(v.name)}」（${String(v.unit)}）に配布を取り込みました。`,
    ...packageLines(v),
    `この端末の確認番号 ${spaced(v.print)}`,
  ],
  fill: (v) => (v.parts === undefined ? filledLines(v) : gatheredLines(v)),
  set: (v) => [`${list(v.cells).length} 欄を保存しました。`, ...questionLines(v.asked)],
  show: (v) => [
    `${String(v.number)} ${String(v.name)}（${STATES[String(v.state)] ?? ''}）　内容コード ${String(v.digest)}`,
    ...confirmationLines(v.confirmation as Value),
    ...(v.round ? [`  回：${String((v.round as Value).label)}`] : []),
    ...list(v.cells)
      .filter((cell) => cell.text !== undefined)
      .map((cell) => `  ${String(cell.label)}\n      ${under(cell.text)}`),
    ...conflictLines(v.conflicts),
    ...questionLines(v.asked),
    ...list(v.reasons).map((r) => `  理由 ${String(r.label)}：${under(r.reason)}`),
    ...leftoverLines(v.unmatchedReasons),
  ],
  submit: (v) => [
    '提出パッケージを書き出しました。',
    ...written(v),
    ...list(v.incomplete).map((s) => `  未完成のまま提出：${String(s.sheet)}（${few(s.missing)}）`),
  ],
  rewrite: (v) => ['同じパッケージを、もう一度書き出しました。', ...written(v)],
  register: registerLines,
  inspect: (v) => [
    v.verified === true ? '署名は正しく、書き出された後に変わっていません。' : '確かめられません。',
    ...(v.message ? [`  ${String(v.message)}`, `  → ${String(v.hint)}`] : []),
    ...(v.sender
      ? [
          `  種類 ${kindWord(v.kind)}　${String(v.year)}年度評価　第${String(v.sequence)}号`,
          `  送り手（名乗り） ${String((v.sender as Value).unit)}　確認番号 ${spaced((v.sender as Value).print)}`,
          `  あて先 ${String(v.recipient)}`,
          ...list(v.sheets).map((s) => `  シート ${String(s.number)}　版 ${short(s.head)}`),
        ]
      : []),
  ],
  trust: (v) => [
    ...(v.signer ? [v.signer as Value] : list(v.signers)).map((s) => {
      const after = Number(s.after) > 0 ? `　信用しない分 ${String(s.after)}件` : '';
      return `${spaced(s.print)}　${String(s.unit)}${named(s.station)}　${SIGNERS[String(s.state)] ?? ''}${after}`;
    }),
    ...packageLines({ packages: v.taken }),
    ...keptLines('取り込み済みで、信用しなくなったもの', v.after),
    ...keptLines('パッケージ', v.packages),
    ...list(v.stations).map(
      (s) =>
        `自分の課の端末 ${spaced(s.print)}${named(s.station)}　${STANDING[String(s.state)] ?? ''}${s.isThis ? '（この端末）' : ''}`,
    ),
  ],
  key: (v) => [
    v.rotated === true
      ? '鍵を替えました。これからのパッケージには、前の鍵の署名した引き継ぎが付きます。回復ファイルを書き直してください。'
      : '鍵を、合い言葉で守りました。',
    `この端末の確認番号 ${spaced(v.print)}`,
  ],
  recovery: (v) => [
    v.file === undefined
      ? '回復ファイルから、鍵を戻しました。'
      : `回復ファイル ${String(v.file)} を書き、読み戻して開けることを確かめました。`,
    `この端末の確認番号 ${spaced(v.print)}`,
  ],
  merge: (v) => [
    list(v.packages).length === 0
      ? '受け取るパッケージがありません。'
      : v.plan === true
        ? '取り込むと、次のようになります（まだ何も変えていません）。'
        : '取り込みの結果',
    ...packageLines(v),
  ],
  return: (v) => [
    v.decision === 'accepted'
      ? '受理を伝える返却パッケージを書き出しました。'
      : '差戻しの返却パッケージを書き出しました。',
    ...written(v),
  ],
  receipt: (v) => ['受領書を書き出しました。', ...list(v.packages).map((p) => `${String(p.file)}　${String(p.unit)}`)],
  received: receivedLines,
  confirm: (v) =>
    list(v.sheets).map(
      (s) => `シート ${String(s.number)} の課長確認を記録しました（内容コード ${String(s.digest)}）。`,
    ),
  round: (v) => [
    Array.isArray(v.sheets) && v.sheets.length > 0
      ? `シート ${words(v.sheets)} の回を変えました。担当課には、次の配布で伝わります。`
      : '回の変わるシートはありません。',
  ],
  conflicts: (v) => {
    const all = list(v.conflicts);
    if (all.length === 0) return ['まだ選ばれていない競合はありません。'];
    return all.flatMap((c) => [`${String(c.sheet)} ${String(c.name)}`, ...conflictLines([c])]);
  },
  losses: (v) => {
    const all = list(v.losses);
    if (all.length === 0) return ['採られなかった値はありません。'];
    return all.flatMap((l) => {
      const [whose, by] = [l.whose as Value, l.by as Value | null];
      return [
        `${String(l.number)} ${String(l.label)}：${brief(l.text)}（${String(whose.unit)}、${showDay(String(whose.at))}）`,
        by ? `  ${String(by.unit)}が「${brief(l.to)}」を採った` : `  取り込まなかった（送り手が書けない欄）`,
      ];
    });
  },
  inbox: (v) => [
    `受け箱「${String(v.folder)}」：届いたもの${list(v.fresh).length}件、コピー中${list(v.waiting).length}件、取り込み済み${String(v.known)}件`,
    ...(v.message ? [`  ${String(v.message)}`, `  → ${String(v.hint)}`] : []),
    ...list(v.fresh).map((name) => `  ${String(name)}`),
    ...list(v.waiting).map((name) => `  コピー中 ${String(name)}`),
    ...list(v.spoiled).flatMap((s) => [`  ${String(s.name)}：${String(s.message)}`, `    → ${String(s.hint)}`]),
  ],
  status: (v) => [
    ...list(v.sheets).map((s) => {
      const { filled, required, percent } = s.completeness as Value;
      const fate = s.fate as Value | null;
      const rest = [
        fate?.refusal ? `事務局で取り込めなかった：${String(fate.refusal)}` : '',
        fate?.outcome === 'quarantined' && !fate.refusal
          ? `事務局で取り置き：${waitingReason(String(fate.reason))}`
          : '',
        fate?.outcome === 'undone' ? '事務局が取り込みを取り消した' : '',
        Number(s.asked) > 0 ? `要確認${String(s.asked)}` : '',
        Number(s.conflicts) > 0 ? `競合${String(s.conflicts)}` : '',
      ];
      return `${String(s.number)} ${String(s.name)}　${words(s.units)}　${STATES[String(s.state)] ?? ''}　${String(
        filled,
      )}/${String(required)}（${String(percent)}%）　版 ${short(s.head)} ${rest.filter(Boolean).join(' ')}`.trimEnd();
    }),
    ...list(v.departments).map((d) => {
      const last = d.lastPackage as Value | null;
      const out = d.lastSent as Value | null;
      return `${String(d.unit)}：シート${String(d.sheets)}　提出${String(d.submitted)}　差戻し${String(d.returned)}　受理${String(
        d.accepted,
      )}　${
        last ? `最後の受け取り 第${String(last.sequence)}号（${PACKAGES[String(last.outcome)] ?? ''}）` : '受け取りなし'
      }${out ? `　${kindWord(out.kind)} 第${String(out.sequence)}号：${out.taken === true ? '受け取り済み' : '未着'}` : ''}`;
    }),
  ],
  export: (v) =>
    'characters' in v
      ? lossLines(v as EncodingLosses)
      : [`${String(v.file)} に ${String(v.sheets)} 枚を書き出しました。`],
  figures: figureLines,
  quality: qualityLines,
  spellings: spellingLines,
  publish: publishLines,
  snapshots: snapshotLines,
  verify: (v) => [
    `${String(v.artifacts)} 件の記録を調べました。`,
    ...(Array.isArray(v.findings) && v.findings.length > 0
      ? v.findings.map((finding) => `  異常：${String(finding)}`)
      : ['異常はありません。']),
  ],
};

/** The answer of a command in words. */
export const asText = (call: Call, value: Value): string => lines[call.command](value).join('\n');

/** A problem: what happened, then what to do. */
export const problemAsText = (problem: Problem): string => `${problem.message}\n→ ${problem.hint}`;
