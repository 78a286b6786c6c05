// Publications, what is open before one, and corrections, as readable Japanese.
import type { Matter } from '../../shared/contract/publicationmethods.ts';
import { showMoment } from '../../shared/kernel/moment.ts';

type Value = Record<string, unknown>;

const EDITIONS: Record<string, string> = { public: '公表用', internal: '庁内用' };
const MATTERS: Record<Matter['kind'], string> = {
  conflict: '競合が決まっていない',
  question: '要確認のまま',
  missing: '未記入',
  draft: '入力中で確定していない（公表されない）',
  remark: '解決していない指摘',
  unconfirmed: '課長確認がない、または失効',
};

const list = (value: unknown): Value[] => (Array.isArray(value) ? (value as Value[]) : []);
const brief = (text: unknown): string => {
  const line = String(text).replace(/\s*\n\s*/g, ' ');
  return line === '' ? '（空欄）' : line.length > 60 ? `${line.slice(0, 59)}…` : line;
};
const few = (labels: unknown): string => {
  const all = Array.isArray(labels) ? labels.map(String) : [];
  if (all.length === 0) return '';
  return `：${all.slice(0, 4).join('、')}${all.length > 4 ? ` ほか${all.length - 4}件` : ''}`;
};

const matterLines = (matters: unknown): string[] =>
  list(matters).map(
    (m) => `  ${String(m.number)} ${String(m.name)}　${MATTERS[m.kind as Matter['kind']]}${few(m.labels)}`,
  );

/** The answer of `publish` in words. */
export function publishLines(v: Value): string[] {
  const open = list(v.matters);
  if (v.plan === true) {
    return [
      `第${String(v.number)}号として、${String(v.sheets)}枚を公表します（まだ記録していません）。`,
      open.length === 0
        ? '未解決のものはありません。'
        : '次のものが未解決です。このまま公表するには --as-is を付けます。',
      ...matterLines(open),
    ];
  }
  return [
    `第${String(v.number)}号として、${String(v.sheets)}枚の公表を記録しました（${EDITIONS[String(v.edition)] ?? ''}、記録の番号 ${String(v.digest)}）。`,
    ...(open.length > 0 ? ['未解決のまま公表したもの', ...matterLines(open)] : []),
    `書き出すには：export WS --format html --out DIR --snapshot ${String(v.number)}`,
  ];
}

/** The answer of `snapshots` in words. */
export function snapshotLines(v: Value): string[] {
  if (v.publications !== undefined) {
    const all = list(v.publications);
    if (all.length === 0) return ['まだ何も公表していません。'];
    return all.map(
      (p) =>
        `第${String(p.number)}号　${showMoment(String(p.at))}　${String(p.person)}　${EDITIONS[String(p.edition)] ?? ''}　${String(p.sheets)}枚　${String(p.digest)}`,
    );
  }
  const KINDS: Record<string, string> = { added: '新しく公表', withdrawn: '公表を取りやめ' };
  const sheets = list(v.sheets);
  return [
    `第${String(v.before)}号から第${String(v.after)}号への正誤表`,
    ...(sheets.length === 0 ? ['違いはありません。'] : []),
    ...sheets.flatMap((s) => [
      `${String(s.number)} ${String(s.name)}${s.kind === 'changed' ? '' : `　${KINDS[String(s.kind)] ?? ''}`}`,
      ...list(s.cells).map((c) => `  ${String(c.label)}：${brief(c.before)} → ${brief(c.after)}`),
    ]),
  ];
}
