// Filled sheets from outside: a file is read by the labels of the form, shown, and only then typed into the draft.
import path from 'node:path';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { IntakeView } from '../../shared/contract/views.ts';
import { applyPatch, ownAddress, type Patch } from '../../shared/form/cell.ts';
import { contentAt } from '../../shared/form/merge.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { commitDraft } from './commit.ts';
import { readGrid } from './intake/grid.ts';
import { planIntake } from './intake/plan.ts';
import { type FilledSheet, readFilledSheet } from './intake/sheet.ts';
import { otherYearOf } from './intake/years.ts';
import type { Session } from './session.ts';
import { lockIn, recordIntake } from './sheet.ts';
import { formOf } from './store/artifacts.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { foldNumber, loadSheet, openConflictsOf, type Sheet, valuesOf } from './store/sheets.ts';
import type { Task } from './task.ts';
import { keepContents } from './typing.ts';

type Answers = readonly { cell: string; raw: string }[];
type Source = { name: string; grid: string[][] };

const LIMIT = 20 * 1024 * 1024;

async function readSource(task: Task, handle: string): Promise<Source> {
  const file = task.pathOf(handle);
  const name = path.basename(file);
  const bytes = await task.ports.files.read(file, LIMIT);
  await task.step({ done: 0, total: 1, name });
  if (bytes.includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe) {
    fail('intake.unreadable', { name, reason: '文字のファイルではない' });
  }
  return { name, grid: readGrid(bytes) };
}

/** The sheet that a file is for, and what was read from it with that sheet's form. */
function match(
  db: ReadDb,
  session: Session,
  source: Source,
  wanted: string | undefined,
): { sheet: Sheet; filled: FilledSheet } {
  const { name, grid } = source;
  const chosen = wanted === undefined ? undefined : loadSheet(db, wanted);
  const form = chosen?.form ?? formOf(db, session.meta.form, session.meta.year);
  const filled = readFilledSheet(form, grid);
  if (filled.cells.length === 0) fail('intake.foreign', { name });
  const found = otherYearOf(form, grid);
  if (found !== undefined) fail('intake.mistimed', { name, found, wanted: form.year });
  const { number } = filled;
  if (!chosen) {
    if (number === undefined) return fail('intake.unnumbered', { name });
    const sheet = loadSheet(db, number);
    return { sheet, filled: sheet.form === form ? filled : readFilledSheet(sheet.form, grid) };
  }
  if (number !== undefined && foldNumber(number) !== foldNumber(chosen.number)) {
    fail('intake.mismatched', { name, found: number, wanted: chosen.number });
  }
  return { sheet: chosen, filled };
}

function plan(db: ReadDb, session: Session, source: Source, wanted: string | undefined, answers: Answers) {
  const { sheet, filled } = match(db, session, source, wanted);
  const { patch, ...read } = planIntake(
    sheet.form,
    filled,
    valuesOf(sheet),
    (cell) => lockIn(session, sheet, cell),
    answers,
  );
  const view: IntakeView = { sheet: { id: sheet.id, number: sheet.number, name: sheet.name }, ...read };
  return { sheet, patch, view };
}

/** What taking the file in would do. Raises sheet.unknown and the intake.* problems. */
export async function previewIntake(task: Task, input: ParsedInput<'intake.preview'>): Promise<IntakeView> {
  const source = await readSource(task, input.file);
  return task.read((db, session) => plan(db, session, source, input.sheet, []).view);
}

/** Takes the file in: cells into the draft, what is left over kept with the sheet. Raises as previewIntake. */
export async function applyIntake(task: Task, input: ParsedInput<'intake.apply'>): Promise<IntakeView> {
  const source = await readSource(task, input.file);
  const at = task.ports.clock.now();
  return task.write((db, session) => {
    const { sheet, patch, view } = plan(db, session, source, input.sheet, input.answers);
    keepPatch(db, keepTyped(db, session, sheet, patch, at), patch, at);
    const questions = view.asked.filter(({ address, kind }) => {
      const cell = sheet.form.byAddress.get(address);
      // Questions about cells that are written here follow from their values at any time.
      return kind === 'check' && cell !== undefined && lockIn(session, sheet, cell) !== undefined;
    });
    recordIntake(db, sheet, { questions, unmatched: view.unmatched });
    return view;
  });
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
