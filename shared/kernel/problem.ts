// The catalogue of problems: everything that can go wrong and be told to a person.
// Promise: every code has a details schema, a message (what happened) and a hint (what to do next), both in Japanese.
import { z } from 'zod';
import { ja } from 'zod/locales';
import { type Entry, entry, labels, list, name, reason } from './entry.ts';
import { exchangeProblems } from './exchangeproblems.ts';
import { intakeProblems } from './intakeproblems.ts';
import { publicationProblems } from './publicationproblems.ts';

// What a schema finds wrong is told to people too.
z.config(ja());

export const catalogue = {
  'workspace.closed': entry({}, 'ファイルが開かれていません。', '「開く」または「新しく作る」を選んでください。'),
  'workspace.busy': entry(
    name,
    (d) => `「${d.name}」は、別の画面かコマンドが使用中です。`,
    'もう一方を閉じてから、開き直してください。',
  ),
  'workspace.exists': entry(
    name,
    (d) => `「${d.name}」は、すでにあります。上書きはしません。`,
    '別の名前を付けるか、「開く」で今あるファイルを開いてください。',
  ),
  'workspace.missing': entry(name, (d) => `「${d.name}」が見つかりません。`, '場所と名前を確かめてください。'),
  'workspace.foreign': entry(
    name,
    (d) => `「${d.name}」は、評価のファイル（.hyoka）ではありません。`,
    '選んだファイルを確かめてください。ファイルは変更していません。',
  ),
  'workspace.newer': entry(
    name,
    (d) => `「${d.name}」は、新しい版のプログラムで作られています。`,
    'このパソコンのプログラムを新しい版に替えてから、開いてください。ファイルは変更していません。',
  ),
  'workspace.damaged': entry(
    { name: z.string(), findings: labels },
    (d) => `「${d.name}」の中身が壊れています（${list(d.findings)}）。`,
    'このファイルに書き込まず、控え（バックアップ）から戻してください。',
  ),
  'workspace.unsafe': entry(
    { name: z.string(), place: z.string() },
    (d) => `「${d.name}」は${d.place}にあるため、作業ファイルとして使えません。`,
    'このパソコンの中（ドキュメントなど）に移してから開いてください。共有には、書き出したパッケージを使います。',
  ),
  'role.wrong': entry(
    { needed: z.enum(['office', 'department']) },
    (d) => `この操作は、${d.needed === 'office' ? '事務局（企画担当課）' : '担当課'}のファイルで行うものです。`,
    '開いているファイルを確かめてください。',
  ),
  'form.unknown': entry(
    { form: z.string() },
    (d) => `様式「${d.form}」が見つかりません。`,
    '様式の名前、または様式ファイル（.form.json）の場所を確かめてください。',
  ),
  'form.invalid': entry(
    { form: z.string(), findings: labels },
    (d) => `様式「${d.form}」に誤りがあります：${list(d.findings)}`,
    '様式ファイルを直すか、評価年度を確かめて、もう一度試してください。',
  ),
  'sheet.unknown': entry(
    { sheet: z.string(), known: labels },
    (d) => `シート「${d.sheet}」は、このファイルにありません。`,
    (d) => (d.known.length ? `あるのは ${list(d.known)} です。` : '先に配布を受け取るか、シートを割り当ててください。'),
  ),
  'sheet.duplicate': entry(
    { sheet: z.string() },
    (d) => `シート番号「${d.sheet}」は、すでに使われています。`,
    '番号を変えるか、重なった行を除いてください。',
  ),
  'sheet.none': entry({}, '対象のシートがありません。', '先にシートを割り当てるか、配布を受け取ってください。'),
  'sheet.incomplete': entry(
    { missing: z.array(z.strictObject({ sheet: z.string(), labels, asked: labels })) },
    (d) =>
      `未入力または未確認の欄が残っています。${d.missing
        .map((m) => `\n［${m.sheet}］${[...m.labels, ...m.asked.map((a) => `${a}（要確認）`)].join('、')}`)
        .join('')}`,
    '残りを埋めてから提出してください。このまま出すときは「未完成のまま提出する」（--incomplete）を選びます。',
  ),
  'sheet.conflicted': entry(
    { sheet: z.string(), labels },
    (d) => `シート「${d.sheet}」に、まだ選ばれていない競合があります：${list(d.labels)}`,
    'それぞれの欄で、採る値を決めてください。',
  ),
  'round.unknown': entry(
    { round: z.string(), known: labels },
    (d) => `「${d.round}」という回は、この様式にありません。`,
    (d) => (d.known.length ? `あるのは ${list(d.known)} です。` : 'この様式には回の定めがありません。'),
  ),
  'confirmation.unfit': entry(
    reason,
    (d) => `課長確認を記録できません（${d.reason}）。`,
    '職名と氏名を入れ、自分の課のシートを選んで、もう一度確認してください。何も記録していません。',
  ),
  'cell.unknown': entry(
    { label: z.string(), near: labels },
    (d) => `「${d.label}」という欄は、この様式にありません。`,
    (d) => (d.near.length ? `近い名前の欄は ${list(d.near)} です。` : '欄の名前は show で確かめられます。'),
  ),
  'cell.locked': entry(
    { label: z.string(), reason: z.string() },
    (d) => `「${d.label}」には書き込めません（${d.reason}）。`,
    '直す必要があるときは、事務局に伝えてください。',
  ),
  'cell.long': entry(
    { label: z.string(), length: z.number().int(), limit: z.number().int() },
    (d) => `「${d.label}」に入れた文字が多すぎます（${d.length}文字。上限は${d.limit}文字）。`,
    '文章を短くするか、別の資料に分けて、もう一度入れてください。この欄には何も保存していません。',
  ),
  'remark.unknown': entry(
    {},
    '返事の相手になる指摘が見つかりません。',
    'シートを開き直して、指摘の一覧から選び直してください。',
  ),
  'remark.unfit': entry(
    reason,
    (d) => `この指摘は書き込めません（${d.reason}）。`,
    '指摘を始めるのと終えるのは事務局、答えるのは担当課です。文を見直して、もう一度書き込んでください。',
  ),
  'previous.foreign': entry(
    { ...name, ...reason },
    (d) => `「${d.name}」を、前年度の評価として読めません（${d.reason}）。`,
    '前年度の事務局のファイル（.hyoka）、そこから書き出した JSON、または一枚ずつシートに分かれた前年度のブック（.xlsx・.ods）を選んでください。何も変更していません。',
  ),
  'previous.mistimed': entry(
    { found: z.number().int(), wanted: z.number().int() },
    (d) => `${d.found}年度評価のファイルです（今のファイルは${d.wanted}年度評価）。`,
    '今の評価より前の年度のファイルを選んでください。何も変更していません。',
  ),
  'assignment.invalid': entry(
    { line: z.number().int(), ...reason },
    (d) => `割り当て表の${d.line}行目を読めません：${d.reason}`,
    '表を直してから、もう一度読み込んでください。何も変更していません。',
  ),
  'handle.unknown': entry({}, '選んだファイルの情報が古くなっています。', 'もう一度ファイルを選んでください。'),
  'file.missing': entry(name, (d) => `「${d.name}」が見つかりません。`, '場所と名前を確かめてください。'),
  'file.unreadable': entry(
    { ...name, ...reason },
    (d) => `「${d.name}」を読めません（${d.reason}）。`,
    'ほかのプログラムで開いていないか、媒体が抜けていないかを確かめてください。',
  ),
  'file.unwritable': entry(
    { ...name, ...reason },
    (d) => `「${d.name}」に書き込めません（${d.reason}）。`,
    '空き容量、書き込み禁止、媒体の抜けを確かめて、もう一度やり直してください。書きかけのものは残していません。',
  ),
  'printer.missing': entry(
    {},
    'PDF を作るためのブラウザー（Microsoft Edge、Google Chrome、Chromium のどれか）が、このパソコンに見つかりません。',
    'どれかを入れるか、環境変数 HYOKA_BROWSER にその場所を書いてください。シートの画面の「印刷」から、開いているブラウザーで PDF に保存することもできます。',
  ),
  'printer.failed': entry(
    reason,
    (d) => `PDF を作れませんでした（${d.reason}）。`,
    'もう一度試してください。続くときは、枚数を減らすか、シートの画面の「印刷」を使ってください。書きかけのものは残していません。',
  ),
  'text.unencodable': entry(
    { characters: labels, count: z.number().int() },
    (d) =>
      `CP932（シフトJIS）では書けない文字が${d.count}種類あります（${list(d.characters)}）。何も書き出していません。`,
    '書けない文字の代わりに書くもの（よくある書き換え、または〓）を選ぶか、UTF-8を選んでください。',
  ),
  'file.exists': entry(
    name,
    (d) => `「${d.name}」は、すでにあります。上書きはしません。`,
    '別の名前を付けるか、前のファイルを片付けてください。',
  ),
  'file.large': entry(
    { ...name, limit: z.number() },
    (d) => `「${d.name}」が大きすぎます（上限 ${Math.floor(d.limit / 1024 / 1024)} MB）。`,
    '選んだファイルを確かめてください。',
  ),
  ...intakeProblems,
  'method.unknown': entry(
    { method: z.string() },
    (d) => `「${d.method}」という操作はありません。`,
    'プログラムの版がそろっているかどうかを確かめてください。',
  ),
  'input.invalid': entry(
    { findings: labels },
    (d) => `入力の形が正しくありません：${list(d.findings)}`,
    '入力を確かめて、もう一度試してください。',
  ),
  'task.cancelled': entry(
    {},
    '中止しました。',
    '中止する前に終わった分だけが残っています。続きは、もう一度行ってください。',
  ),
  internal: entry(
    { incident: z.string() },
    (d) => `思わぬ不具合が起きました（受付番号 ${d.incident}）。`,
    '入力は保存済みのところまで残っています。受付番号を添えて、管理の担当に伝えてください。',
  ),
  ...exchangeProblems,
  ...publicationProblems,
} as const;

export type ProblemCode = keyof typeof catalogue;
export type DetailsOf<C extends ProblemCode> = z.output<(typeof catalogue)[C]['details']>;

/** A problem as it crosses the boundary: plain JSON with its words already made. */
export type Problem = {
  code: ProblemCode;
  details: Record<string, unknown>;
  message: string;
  hint: string;
};

export const problemSchema: z.ZodType<Problem> = z.strictObject({
  code: z.enum(Object.keys(catalogue) as [ProblemCode, ...ProblemCode[]]),
  details: z.record(z.string(), z.unknown()),
  message: z.string(),
  hint: z.string(),
});

/** Thrown inside the program; the dispatcher turns it into a value. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.message}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Builds the problem `code` with its words. The details must fit the catalogue's schema (throws ZodError if not). */
export function makeProblem<C extends ProblemCode>(code: C, details: DetailsOf<C>): Problem {
  // The union of entries loses the tie between code and details; this is the one place that knows it.
  const found = catalogue[code] as unknown as Entry<z.ZodRawShape>;
  const parsed = found.details.parse(details);
  return { code, details: parsed, message: found.message(parsed), hint: found.hint(parsed) };
}

/** Throws the problem `code`. */
export function fail<C extends ProblemCode>(code: C, details: DetailsOf<C>): never {
  throw new ProblemError(makeProblem(code, details));
}
