// Filled sheets from outside: a file is read by the labels of the form, shown, and only then typed into the draft.
import type { Output, ParsedInput } from '../../shared/contract/contract.ts';
import type { FilledPart, FilledSurvey, IntakeView } from '../../shared/contract/intakeviews.ts';
import { applyPatch, ownAddress, type Patch } from '../../shared/form/cell.ts';
import { contentAt } from '../../shared/form/merge.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { commitDraft } from './commit.ts';
import { planIntake } from './intake/plan.ts';
import { matchPart, type Opened, openParts, type Part, sheetNamed, sourceOf } from './parts.ts';
import type { Session } from './session.ts';
import { lockIn, recordIntake } from './sheet.ts';
import { formOf } from './store/artifacts.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { setSetting, settingOf } from './store/settings.ts';
import { foldNumber, loadSheet, openConflictsOf, type Sheet, valuesOf } from './store/sheets.ts';
import type { Task } from './task.ts';
import { keepContents } from './typing.ts';

type Answers = readonly { cell: string; raw: string }[];

/** How many workbooks' columns are kept. */
const KEPT = 50;

function planPart(
  db: ReadDb,
  session: Session,
  name: string,
  part: Part,
  wanted: string | undefined,
  answers: Answers,
) {
  const { sheet, filled } = matchPart(db, session, name, part, wanted);
  const { patch, ...read } = planIntake(
    sheet.form,
    filled,
    valuesOf(sheet),
    ({ address }) => lockIn(session, sheet, address),
    answers,
  );
  const view: IntakeView = { sheet: { id: sheet.id, number: sheet.number, name: sheet.name }, ...read };
  return { sheet, patch, view, number: filled.number ?? null };
}

/** What a file holds, part by part, and for which sheets it is. Raises as sourceOf and openParts. */
export async function surveyIntake(task: Task, input: ParsedInput<'intake.survey'>): Promise<FilledSurvey> {
  const source = await sourceOf(task, input);
  const opened = task.read((db, session) => openParts(db, session, source, input));
  const parts: FilledPart[] = [];
  for (const [index, part] of opened.parts.entries()) {
    parts.push(task.read((db, session) => surveyPart(db, session, opened.name, part)));
    await task.step({ done: index + 1, total: opened.parts.length, name: part.name || opened.name });
  }
  const { meta } = task.session();
  const { name, layout, columns, asides, notes } = opened;
  return {
    name,
    layout,
    form: meta.form,
    year: meta.year,
    parts,
    columns: [...columns],
    asides: [...asides],
    notes: [...notes],
  };
}

function surveyPart(db: ReadDb, session: Session, name: string, part: Part): FilledPart {
  const base = { part: part.part, name: part.name, isHidden: part.isHidden };
  try {
    const { view, number } = planPart(db, session, name, part, undefined, []);
    return { ...base, number, sheet: view.sheet, counts: countsOf(view), problem: null };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...base, number: numberIn(db, session, part), sheet: null, counts: null, problem: error.problem };
  }
}

function numberIn(db: ReadDb, session: Session, part: Part): string | null {
  try {
    return part.read(formOf(db, session.meta.form, session.meta.year)).number ?? null;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

const countsOf = ({ matched, asked, unmatched }: IntakeView): NonNullable<FilledPart['counts']> => ({
  matched: matched.length,
  changed: matched.filter(({ same }) => !same).length,
  replaced: matched.filter(({ replaced }) => replaced !== null).length,
  asked: asked.length,
  unmatched: unmatched.length,
});

/** The part that is meant: the one asked for, the one that is of the wanted sheet, or the only one that is a sheet. */
function partMeant(
  db: ReadDb,
  session: Session,
  opened: Opened,
  input: { part?: number | undefined; sheet?: string | undefined },
): Part {
  const { parts, name } = opened;
  const [first, second] = parts;
  if (input.part !== undefined) {
    return parts.find(({ part }) => part === input.part) ?? fail('intake.foreign', { name });
  }
  if (!first) return fail('intake.foreign', { name });
  if (!second) return first;
  const form = formOf(db, session.meta.form, session.meta.year);
  const read = parts.map((part) => ({ part, filled: part.read(form) })).filter(({ filled }) => filled.cells.length > 0);
  const wanted = input.sheet === undefined ? undefined : loadSheet(db, input.sheet);
  const isWanted = (number: string | undefined) =>
    number !== undefined &&
    wanted !== undefined &&
    (foldNumber(number) === foldNumber(wanted.number) || sheetNamed(db, number)?.id === wanted.id);
  const fits = wanted ? read.filter(({ filled }) => isWanted(filled.number)) : read;
  const [found, other] = fits.length > 0 ? fits : read;
  if (found && !other) return found.part;
  if (!found) return first;
  return fail('intake.several', { name, parts: (fits.length > 0 ? fits : read).map(({ part }) => part.name) });
}

/** What taking one part in would do. Raises sheet.unknown and the intake.* problems. */
export async function previewIntake(task: Task, input: ParsedInput<'intake.preview'>): Promise<IntakeView> {
  const source = await sourceOf(task, input, input.part === undefined ? undefined : [input.part]);
  return task.read((db, session) => {
    const opened = openParts(db, session, source, input);
    return planPart(db, session, opened.name, partMeant(db, session, opened, input), input.sheet, []).view;
  });
}

/** Takes one part in: cells into the draft, what is left over kept with the sheet. Raises as previewIntake. */
export async function applyIntake(task: Task, input: ParsedInput<'intake.apply'>): Promise<IntakeView> {
  const source = await sourceOf(task, input, input.part === undefined ? undefined : [input.part]);
  const at = task.ports.clock.now();
  return task.write((db, session) => {
    const opened = openParts(db, session, source, input);
    keepColumns(db, session, opened);
    return takePart(db, session, opened.name, partMeant(db, session, opened, input), input.sheet, input.answers, at);
  });
}

/** Takes many parts in, sheet by sheet. Raises intake.doubled before anything is written, and as previewIntake. */
export async function gatherIntake(task: Task, input: ParsedInput<'intake.gather'>): Promise<Output<'intake.gather'>> {
  const source = await sourceOf(
    task,
    input,
    input.parts.map(({ part }) => part),
  );
  const at = task.ports.clock.now();
  const opened = task.read((db, session) => openParts(db, session, source, input));
  const chosen: ((typeof input.parts)[number] & { found: Part })[] = [];
  const sheets = new Map<string, string[]>();
  // Every one is tried before the first is written.
  for (const choice of input.parts) {
    const { found, number } = task.read((db, session) => {
      const part = partMeant(db, session, opened, { part: choice.part });
      const { sheet } = planPart(db, session, opened.name, part, choice.sheet, choice.answers);
      return { found: part, number: sheet.number };
    });
    chosen.push({ ...choice, found });
    sheets.set(number, [...(sheets.get(number) ?? []), found.name]);
    await task.step({ done: 0, total: input.parts.length, name: found.name || opened.name });
  }
  for (const [sheet, parts] of sheets)
    if (parts.length > 1) fail('intake.doubled', { name: opened.name, sheet, parts });
  task.write((db, session) => keepColumns(db, session, opened));
  const taken: Output<'intake.gather'>['taken'] = [];
  for (const [index, { part, found, sheet, answers }] of chosen.entries()) {
    const view = task.write((db, session) => takePart(db, session, opened.name, found, sheet, answers, at));
    const { changed, asked, unmatched } = countsOf(view);
    taken.push({ part, sheet: view.sheet, changed, asked, unmatched });
    const isStopped = await task
      .step({ done: index + 1, total: chosen.length, name: `${view.sheet.number} ${view.sheet.name}` })
      .then(
        () => false,
        (error: unknown) => isCancelled(error),
      );
    if (isStopped) break;
  }
  return { taken, left: chosen.length - taken.length };
}

function isCancelled(error: unknown): true {
  if (error instanceof ProblemError && error.problem.code === 'task.cancelled') return true;
  throw error;
}

function takePart(
  db: WriteDb,
  session: Session,
  name: string,
  part: Part,
  wanted: string | undefined,
  answers: Answers,
  at: string,
): IntakeView {
  const { sheet, patch, view } = planPart(db, session, name, part, wanted, answers);
  keepPatch(db, keepTyped(db, session, sheet, patch, at), patch, at);
  const questions = view.asked.filter(({ address, kind }) => {
    // Questions about cells that are written here follow from their values at any time.
    return kind === 'check' && sheet.form.byAddress.has(address) && lockIn(session, sheet, address) !== undefined;
  });
  recordIntake(db, sheet, { questions, unmatched: view.unmatched });
  return view;
}

/** Remembers what the columns of a merge workbook are for. */
function keepColumns(db: WriteDb, session: Session, { layout, columns, headings }: Opened): void {
  if (layout !== 'rows') return;
  const { definition } = formOf(db, session.meta.form, session.meta.year);
  const uses = columns.map(({ use }) => {
    const said = use.use === 'cell' ? use.address : use.use === 'left' ? '' : null;
    return [String(use.column), said] as const;
  });
  const others = settingOf(db, 'columns').filter((kept) => kept.form !== definition.id || kept.headings !== headings);
  const kept = { form: definition.id, headings, uses: Object.fromEntries(uses) };
  setSetting(db, 'columns', [kept, ...others].slice(0, KEPT));
}
/** What is typed and would be replaced becomes a revision first, so that the cell's history still has it. */
function keepTyped(db: WriteDb, session: Session, sheet: Sheet, patch: Patch, at: string): Sheet {
  const isReplaced = Object.keys(patch).some((address) => sheet.draft.has(ownAddress(address)));
  // While a conflict is undecided no revision may stand on all sides; the journal alone takes the reading back then.
  if (!isReplaced || openConflictsOf(sheet).length > 0) return sheet;
  commitDraft(db, session, sheet, at, '読み込みの前の入力');
  return loadSheet(db, sheet.id);
}

function keepPatch(db: WriteDb, sheet: Sheet, patch: Patch, at: string): void {
  const after = applyPatch(valuesOf(sheet), patch);
  const addresses = new Set(Object.keys(patch).map(ownAddress));
  keepContents(
    db,
    sheet,
    [...addresses].map((address) => [address, contentAt(after, address)] as const),
    at,
  );
}
