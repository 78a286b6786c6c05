// The command line's grammar: which commands there are, what they take, and how a wrong call is told.
import { parseArgs } from 'node:util';

type Option = { type: 'string' | 'boolean'; multiple?: boolean };

type Command = {
  usage: string;
  /** What it does, in a few words. */
  does: string;
  options: Record<string, Option>;
  /** How many words stand beside the options: at least and at most. */
  words: [number, number];
};

const text: Option = { type: 'string' };
const flag: Option = { type: 'boolean' };
const many: Option = { type: 'string', multiple: true };

/** How packages leave: sealed or open, and what the export register is told. */
const carrying = { seal: flag, open: flag, 'seal-passphrase-file': text, person: text, medium: text };
const CARRY = '[--seal] [--open] [--seal-passphrase-file F] [--person NAME] [--medium LABEL]';
/** A new PC on which a key goes on, or seals that it opens. */
const recovering = { recovery: text, 'recovery-passphrase-file': text };
const UNSEALING = '[--seal-passphrase-file F] [--recovery FILE --recovery-passphrase-file F]';

export const commands = {
  create: {
    usage:
      'create WS --role office --office NAME --form ID|PATH --year FY [--station NAME] [--recovery FILE --recovery-passphrase-file F]',
    does: '事務局のファイルを作る（--year 2022 は、2021年度の実績を2022年度に評価するもの）',
    options: { role: text, office: text, form: text, year: text, station: text, ...recovering },
    words: [1, 1],
  },
  assign: {
    usage: 'assign WS SHEETS.xlsx|SHEETS.csv',
    does: 'シートを割り当てる（列：施策番号,施策名,主管課 ほか様式の見出し）',
    options: {},
    words: [2, 2],
  },
  distribute: {
    usage: `distribute WS --out DIR ${CARRY}`,
    does: '課ごとに配布パッケージを書き出す（--seal は封をする、--open は封をしない。--seal と一緒の --open は、鍵の届いていない課の分だけ）',
    options: { out: text, ...carrying },
    words: [1, 1],
  },
  join: {
    usage:
      'join WS PACKAGE --office-print 30DIGITS [--station NAME] [--seal-passphrase-file F] [--recovery FILE --recovery-passphrase-file F]',
    does: '配布から課のファイルを作る。事務局の確認番号は、紙または電話で受け取ったもの（ファイルがあれば、番号なしで更新する）',
    options: { 'office-print': text, station: text, 'seal-passphrase-file': text, ...recovering },
    words: [2, 2],
  },
  fill: {
    usage: "fill WS FILE [--sheet NO] [--answer 'LABEL=VALUE'...] [--preview] [--rows] [--map 'COL=LABEL'...]",
    does: '記入済みのシートを読み込む（ブックのシートごと、--rows は一行が一枚の表。--map の LABEL は、空なら割り当てない、- なら読まない）',
    options: { sheet: text, answer: many, preview: flag, rows: flag, map: many },
    words: [2, 2],
  },
  set: {
    usage: 'set WS --sheet NO LABEL=VALUE...',
    does: '欄に値を入れる',
    options: { sheet: text },
    words: [2, 5_001],
  },
  show: { usage: 'show WS --sheet NO', does: 'シートの中身を見る', options: { sheet: text }, words: [1, 1] },
  submit: {
    usage: `submit WS --out DIR [--sheet NO...] [--incomplete] ${CARRY}`,
    does: '事務局に提出するパッケージを書き出す',
    options: { out: text, sheet: many, incomplete: flag, ...carrying },
    words: [1, 1],
  },
  rewrite: {
    usage: `rewrite WS N --out DIR ${CARRY}`,
    does: '持ち出し記録の N 番と同じパッケージを、もう一度書き出す',
    options: { out: text, ...carrying },
    words: [2, 2],
  },
  register: {
    usage: 'register WS [--erase N...] [--person NAME] [--csv OUT]',
    does: '持ち出し記録を見る・消したことを記録する・CSVに書き出す',
    options: { erase: many, person: text, csv: text },
    words: [1, 1],
  },
  inspect: {
    usage: `inspect PACKAGE ${UNSEALING}`,
    does: 'パッケージの中身と署名を見る（封は、回復ファイルだけでも開く）',
    options: { 'seal-passphrase-file': text, ...recovering },
    words: [1, 1],
  },
  trust: {
    usage:
      'trust WS [--list] [--accept|--expect 30DIGITS --unit NAME [--station NAME]] [--revoke 30DIGITS [--from HASH|all|next]] [--packages 30DIGITS]',
    does: '送り手の端末を登録する（--expect は届く前に）・あるパッケージから後の登録を取り消す',
    options: {
      list: flag,
      accept: text,
      expect: text,
      unit: text,
      station: text,
      revoke: text,
      from: text,
      packages: text,
    },
    words: [1, 1],
  },
  key: {
    usage: 'key WS --rotate | --protect NEW-PASSPHRASE-FILE',
    does: '鍵を替える（前の鍵が引き継ぎに署名する）・鍵を守る合い言葉を決める、変える',
    options: { rotate: flag, protect: text },
    words: [1, 1],
  },
  recovery: {
    usage:
      'recovery WS --write FILE --recovery-passphrase-file F [--again-file F] | --open FILE --recovery-passphrase-file F',
    does: '回復ファイルを書いて、開けることを確かめる・回復ファイルから鍵を戻す（戻した鍵は --passphrase-file で守る）',
    options: { write: text, open: text, 'recovery-passphrase-file': text, 'again-file': text },
    words: [1, 1],
  },
  merge: {
    usage: `merge WS [PACKAGE|DIR...] [--plan] ${UNSEALING}`,
    does: '届いたパッケージを取り込む（--plan は見るだけ。指定がなければ取り置いたもの）',
    options: { plan: flag, 'seal-passphrase-file': text, ...recovering },
    words: [1, 2_001],
  },
  return: {
    usage: `return WS --out DIR --sheet NO... --accept|--send-back ${CARRY}`,
    does: '届いたシートを受理する、または差し戻す（課ごとの返却パッケージを書き出す）',
    options: { out: text, sheet: many, accept: flag, 'send-back': flag, ...carrying },
    words: [1, 1],
  },
  receipt: {
    usage: `receipt WS --out DIR ${CARRY}`,
    does: '課ごとの受領書を書き出す',
    options: { out: text, ...carrying },
    words: [1, 1],
  },
  received: {
    usage: 'received WS [--undo HASH [--yes]] [--redo HASH]',
    does: '受け取りの記録を見る・取り込みを取り消す（--yes がなければ失われるものを見るだけ）・もう一度取り込む',
    options: { undo: text, redo: text, yes: flag },
    words: [1, 1],
  },
  confirm: {
    usage: 'confirm WS --sheet NO... --name NAME',
    does: '課長確認を記録する（職名と氏名）',
    options: { sheet: many, name: text },
    words: [1, 1],
  },
  round: {
    usage: 'round WS --round KEY|none [--sheet NO...]',
    does: 'シートの回を決める（--sheet がなければすべて。none は回なし）',
    options: { round: text, sheet: many },
    words: [1, 1],
  },
  conflicts: { usage: 'conflicts WS', does: 'まだ選ばれていない競合をすべて見る', options: {}, words: [1, 1] },
  losses: {
    usage: 'losses WS [--sheet NO]',
    does: '採られなかった値と、取り込まれなかった値を見る',
    options: { sheet: text },
    words: [1, 1],
  },
  inbox: {
    usage: 'inbox WS [--folder DIR] [--once]',
    does: '受け箱のフォルダーを決めて、届いたものを見る（--once がなければ、届くまで待つ。取り込みは merge）',
    options: { folder: text, once: flag },
    words: [1, 1],
  },
  status: { usage: 'status WS', does: 'シートと課の状態を見る', options: {}, words: [1, 1] },
  export: {
    usage:
      'export WS --format json|csv|xlsx|ods|pdf|html --out PATH [--sheet NO...] [--edition internal|public] [--years western|era] [--view form|machine] [--rows sheets|cells] [--encoding utf-8|cp932] [--stand-ins none|usual|geta] [--page A4|A3] [--landscape] [--each] [--snapshot N] | --losses',
    does: '結果を書き出す（--each は1枚ずつのファイルにする。そのときと html の PATH はフォルダー。--snapshot は公表した号を、公表した版のまま。--losses は、CP932で書けない文字を見るだけ）',
    options: {
      ...{ format: text, out: text, sheet: many, edition: text, years: text, snapshot: text },
      ...{ page: text, landscape: flag, each: flag },
      ...{ view: text, rows: text, encoding: text, 'stand-ins': text, losses: flag },
    },
    words: [1, 1],
  },
  figures: {
    usage: 'figures WS',
    does: '全体の図のもとになる表を見る（評価者ごとの評価、指標の達成、前の年度からの動き、費用、推移）',
    options: {},
    words: [1, 1],
  },
  quality: {
    usage: 'quality WS [--sheet NO...]',
    does: '文章の書き方を調べる（表記のゆれ、外字、前年度と同じ文章、個人の情報、公表しない欄。直すことはしない）',
    options: { sheet: many },
    words: [1, 1],
  },
  spellings: {
    usage: 'spellings WS [--word LIST...] [--unit LIST...] [--skip WORD...] [--remove WORD...]',
    does: '文章の点検で使う書き方の一覧を見る、変える（LIST は使う書き方を先頭に「子ども、子供、こども」。--skip はその組を調べない）',
    options: { word: many, unit: many, skip: many, remove: many },
    words: [1, 1],
  },
  publish: {
    usage:
      'publish WS --name NAME [--plan] [--as-is] [--sheet NO...] [--edition internal|public] [--years western|era] [--publisher T] [--source T] [--licence T] [--note T]',
    does: '公表の号を記録する（--plan は見るだけ。未解決のものがあるときは --as-is がなければ記録しない）',
    options: {
      ...{ name: text, plan: flag, 'as-is': flag, sheet: many, edition: text, years: text },
      ...{ publisher: text, source: text, licence: text, note: text },
    },
    words: [1, 1],
  },
  snapshots: {
    usage: 'snapshots WS [--errata A B]',
    does: '公表の記録を見る（--errata は第A号から第B号への正誤表）',
    options: { errata: flag },
    words: [1, 3],
  },
  verify: { usage: 'verify WS', does: 'ファイルの中身が壊れていないか調べる', options: {}, words: [1, 1] },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

export type Call = {
  command: CommandName;
  words: string[];
  texts: Record<string, string>;
  lists: Record<string, string[]>;
  flags: Set<string>;
  json: boolean;
  passphraseFile: string | undefined;
};

/** A call that does not fit the grammar: exit status 2. */
export class UsageError extends Error {}

const isCommand = (name: string | undefined): name is CommandName =>
  name !== undefined && Object.hasOwn(commands, name);

/** All commands, a line each. */
export const usage = (): string =>
  [
    '使い方: npm run -s hyoka -- COMMAND …   （どのコマンドにも --json と --passphrase-file F を付けられます）',
    ...Object.values(commands).map((c) => `  hyoka ${c.usage}\n      ${c.does}`),
  ].join('\n');

/** Reads the words after `hyoka`. Raises UsageError. */
export function readCall(argv: readonly string[]): Call {
  const [name, ...rest] = argv;
  if (!isCommand(name))
    throw new UsageError(name === undefined ? usage() : `「${name}」というコマンドはありません。\n${usage()}`);
  const command: Command = commands[name];
  const wrong = (why: string) => new UsageError(`${why}\n使い方: hyoka ${command.usage}`);
  const parsed = parse(rest, command, wrong);
  const [least, most] = command.words;
  if (parsed.positionals.length < least) throw wrong('指定が足りません。');
  if (parsed.positionals.length > most)
    throw wrong(`余分な指定があります：${parsed.positionals.slice(most).join(' ')}`);
  const entries = Object.entries(parsed.values);
  const passphraseFile = parsed.values['passphrase-file'];
  return {
    command: name,
    words: parsed.positionals,
    texts: Object.fromEntries(entries.filter((e): e is [string, string] => typeof e[1] === 'string')),
    lists: Object.fromEntries(entries.filter((e): e is [string, string[]] => Array.isArray(e[1]))),
    flags: new Set(entries.filter(([, value]) => value === true).map(([option]) => option)),
    json: parsed.values.json === true,
    passphraseFile: typeof passphraseFile === 'string' ? passphraseFile : undefined,
  };
}

function parse(args: string[], command: Command, wrong: (why: string) => UsageError) {
  try {
    return parseArgs({
      args,
      options: { ...command.options, json: flag, 'passphrase-file': text },
      allowPositionals: true,
    });
  } catch (error) {
    throw wrong(whyNot(error));
  }
}

/** Node's complaint about a call in our words. */
function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const named = error instanceof Error ? (/'(-[^' ]*)/.exec(error.message)?.[1] ?? '') : '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `「${named}」という指定はありません。`;
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return `「${named}」の値が足りないか、余分です。`;
  return '指定の書き方が正しくありません。';
}

/** An option that has to be there. Raises UsageError. */
export function needed(call: Call, option: string): string {
  const value = call.texts[option];
  if (value === undefined || value.trim() === '')
    throw new UsageError(`--${option} を指定してください。\n使い方: hyoka ${commands[call.command].usage}`);
  return value;
}

/** 'LABEL=VALUE' in two; the first = parts them. Raises UsageError. */
export function readPair(pair: string): { cell: string; raw: string } {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError(`「${pair}」は「欄の名前=値」の形で書いてください。`);
  return { cell: pair.slice(0, at).trim(), raw: pair.slice(at + 1) };
}
