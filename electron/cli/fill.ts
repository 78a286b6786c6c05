// The command that takes filled sheets in: one sheet as ever, or all of a workbook's.
import type { FilledPart, FilledSurvey } from '../../shared/contract/intakeviews.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import { findColumn, foldLabel, labelAt } from '../../shared/form/label.ts';
import { type Answer, done, type Run } from './answer.ts';
import { type Call, readPair, UsageError } from './arguments.ts';
import type { CommandHost } from './host.ts';

type Commit = (host: CommandHost, sheet: string) => Promise<string | null>;
type Source = { file: string; layout?: 'rows'; columns?: FilledSurvey['columns'][number]['use'][] };

/** 0 for A, 26 for AA. */
const columnOf = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const lettersOf = (column: number): string =>
  column < 0 ? '' : lettersOf(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

async function formOf(host: CommandHost, { form, year }: FilledSurvey): Promise<Form> {
  const { definition } = await host.ask('form.show', { form });
  return layOut(readDefinition(definition, form.slice(0, 8)), year);
}

/** What `--map COL=LABEL` says: COL is a column's letters or its heading; LABEL blank: no cell, -: not even listed. */
function mappingOf(call: Call, survey: FilledSurvey, form: Form): NonNullable<Source['columns']> {
  return (call.lists.map ?? []).map((pair) => {
    const { cell: name, raw } = readPair(pair);
    const wanted = foldLabel(name);
    const isNamed = ({ path }: FilledSurvey['columns'][number]) =>
      [path.join(''), path.at(-1) ?? ''].map(foldLabel).includes(wanted);
    const named = survey.columns.filter(isNamed);
    const letters = /^[A-Z]{1,3}$/i.test(name) ? columnOf(name) : undefined;
    const column = named.length === 1 ? named[0]?.column : letters;
    if (column === undefined || !survey.columns.some((known) => known.column === column))
      throw new UsageError(`--map の列「${name}」が見つからないか、一つに決まりません（A、B … で指定できます）。`);
    if (raw === '') return { column, use: 'left' };
    return raw === '-' ? { column, use: 'ignored' } : { column, use: 'cell', address: findColumn(form, raw) };
  });
}

function columnsAsData(survey: FilledSurvey, form: Form) {
  return survey.columns.map(({ column, path, use, how, near }) => ({
    column: lettersOf(column),
    heading: path.join(' ／ '),
    use: use.use,
    ...(use.use === 'cell' ? { address: use.address, label: labelAt(form, use.address) } : {}),
    how,
    near: near.map((address) => labelAt(form, address)),
  }));
}

const partAsData = ({ name, isHidden, number, sheet, counts, problem }: FilledPart) => ({
  name,
  hidden: isHidden,
  number,
  sheet: sheet?.number ?? null,
  ...(counts ?? {}),
  ...(problem ? { reason: problem.code, message: problem.message, hint: problem.hint } : {}),
});

/** Parts that are taken without a word: shown, for one sheet, and the only ones for it. */
function clearParts(parts: readonly FilledPart[]): FilledPart[] {
  const shown = parts.filter((part) => part.sheet !== null && !part.isHidden);
  return shown.filter((part) => shown.filter((other) => other.sheet?.id === part.sheet?.id).length === 1);
}

async function fillAll(
  host: CommandHost,
  call: Call,
  source: Source,
  survey: FilledSurvey,
  commit: Commit,
): Promise<Answer> {
  if (call.lists.answer) throw new UsageError('--answer は、--sheet と一緒に指定してください。');
  const form = await formOf(host, survey);
  const chosen = clearParts(survey.parts);
  const isPreview = call.flags.has('preview');
  const parts = chosen.map(({ part }) => ({ part }));
  const { taken } =
    isPreview || parts.length === 0
      ? { taken: [] }
      : await host.ask('intake.gather', { ...source, layout: survey.layout, parts });
  const revisions = new Map<string, string | null>();
  for (const { sheet } of taken) revisions.set(sheet.number, await commit(host, sheet.id));
  // A worksheet that is no sheet of the form (how to fill it in, a list of codes) is nothing that was refused.
  const left = survey.parts.filter((part) => !chosen.includes(part) && part.problem?.code !== 'intake.foreign');
  return {
    exit: left.length > 0 || chosen.length === 0 ? 1 : 0,
    value: {
      name: survey.name,
      layout: survey.layout,
      preview: isPreview,
      columns: columnsAsData(survey, form),
      parts: survey.parts.map(partAsData),
      chosen: chosen.map(({ name }) => name),
      taken: taken.map(({ part: _, sheet, ...counts }) => ({
        sheet: sheet.number,
        ...counts,
        revision: revisions.get(sheet.number) ?? null,
      })),
      asides: survey.asides,
      notes: survey.notes,
    },
  };
}

/** `commit` makes what the office takes in stand at once. */
export const fillWith =
  (commit: Commit): Run =>
  async (host, call) => {
    const file = host.file(call.words[1] ?? '');
    const { sheet } = call.texts;
    const isRows = call.flags.has('rows') || call.lists.map !== undefined;
    let source: Source = { file, ...(isRows ? { layout: 'rows' } : {}) };
    if (isRows || sheet === undefined) {
      let survey = await host.ask('intake.survey', source);
      if (call.lists.map) {
        source = { ...source, columns: mappingOf(call, survey, await formOf(host, survey)) };
        survey = await host.ask('intake.survey', source);
      }
      const isMany = survey.layout === 'rows' || survey.parts.length > 1;
      if (sheet === undefined && isMany) return fillAll(host, call, source, survey, commit);
    }
    const chosen = { ...source, ...(sheet === undefined ? {} : { sheet }) };
    if (call.flags.has('preview')) return done(await host.ask('intake.preview', chosen));
    const view = await host.ask('intake.apply', { ...chosen, answers: (call.lists.answer ?? []).map(readPair) });
    return done({ ...view, revision: await commit(host, view.sheet.id) });
  };

type Value = Record<string, unknown>;
const list = (value: unknown): Value[] => (Array.isArray(value) ? (value as Value[]) : []);

const HOW: Record<string, string> = {
  kept: '前回と同じ',
  proposed: '見出しから',
  asked: 'どの欄か決まらない',
  none: '合う欄がない',
  given: '指定',
};

function columnLine({ column, heading, use, label, how, near }: Value): string {
  const what = use === 'cell' ? String(label) : use === 'ignored' ? '読まない' : '割り当てない';
  const candidates = Array.isArray(near) && near.length > 0 ? `：${near.map(String).join('、')}` : '';
  return `  ${String(column)}列「${String(heading)}」→ ${what}（${HOW[String(how)] ?? ''}${use === 'left' ? candidates : ''}）`;
}

function partLine(part: Value): string {
  const { name, sheet, changed, replaced, asked, unmatched, hidden, message, hint } = part;
  if (message !== undefined) return `  ${String(name)}：${String(message)}\n      → ${String(hint)}`;
  const counts = `変わる欄 ${String(changed)}（うち置き換え ${String(replaced)}）、要確認 ${String(asked)}、欄に入らない文字 ${String(unmatched)}`;
  return `  ${String(name)} → シート ${String(sheet)}：${counts}${hidden === true ? '（隠れたシート）' : ''}`;
}

/** What became of many parts, for people. */
export function gatheredLines(v: Value): string[] {
  const chosen = new Set(Array.isArray(v.chosen) ? v.chosen.map(String) : []);
  const left = list(v.parts).filter(({ name, message }) => message === undefined && !chosen.has(String(name)));
  return [
    v.preview === true
      ? `「${String(v.name)}」を読みました。まだ何も書き込んでいません。`
      : `「${String(v.name)}」から ${list(v.taken).length} 枚を読み込みました。`,
    ...list(v.columns).map(columnLine),
    ...list(v.parts).map(partLine),
    ...(left.length > 0
      ? [
          `  読み込まないもの（隠れているか、同じシートのものがいくつもある）：${left.map(({ name }) => String(name)).join('、')}`,
        ]
      : []),
    ...list(v.asides).map(({ text, reason }) => `  欄に入らない（${String(reason)}）：${String(text)}`),
    ...(Array.isArray(v.notes) ? v.notes.map((note) => `  ${String(note)}`) : []),
  ];
}
