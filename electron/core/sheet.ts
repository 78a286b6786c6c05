// What is done with one sheet: shown, typed into, decided, made a revision.
import type {
  CellResult,
  ConflictView,
  Leftover,
  Question,
  SheetRow,
  SheetState,
  SheetView,
} from '../../shared/contract/views.ts';
import { applyPatch, type Cell, isAsked, rawAddress, type Values } from '../../shared/form/cell.ts';
import { runChecks } from '../../shared/form/checks.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { type Form, inseparable, lockOf } from '../../shared/form/form.ts';
import { findCell } from '../../shared/form/label.ts';
import { type Content, contentAt, sameContent } from '../../shared/form/merge.ts';
import { readCell } from '../../shared/form/reading.ts';
import { impossiblePairs } from '../../shared/form/validate.ts';
import { fail } from '../../shared/kernel/problem.ts';
import type { Revision } from '../../shared/revision/revision.ts';
import type { Session } from './session.ts';
import { revisionOf } from './store/artifacts.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { allReceived, allSent, sheetsReceived, signersOf } from './store/ledger.ts';
import {
  acceptRevision,
  clearDraft,
  contentsOf,
  historyOf,
  intakeOf,
  loadSheet,
  openConflictsOf,
  refreshSheet,
  type Sheet,
  setDraft,
  setIntake,
  valuesOf,
  withContents,
} from './store/sheets.ts';

/** Why a cell may not be written in this workspace, or undefined. */
export const lockIn = (session: Session, sheet: Sheet, cell: Cell): string | undefined =>
  lockOf(sheet.form, cell, session.meta.role, new Set(sheet.assignment.fixed));

/** What both sides know of each sheet's travels: heads as they were last handed over, and what has come in. */
export type Travels = { sent: ReadonlyMap<string, string>; received: ReadonlySet<string> };

/** Reads the travels of all sheets, as far as this side asks: an office what came in, a department what it handed over. */
export function travelsOf(db: ReadDb, { meta }: Session): Travels {
  if (meta.role === 'office') return { sent: new Map(), received: new Set(sheetsReceived(db)) };
  const sent = allSent(db).flatMap(({ heads }) => Object.entries(heads));
  return { sent: new Map(sent.map(([id, ids]) => [id, ids.join()] as const)), received: new Set() };
}

function stateOf(db: ReadDb, session: Session, sheet: Sheet, { sent, received }: Travels): SheetState {
  if (openConflictsOf(sheet).length > 0) return 'conflict';
  if (session.meta.role === 'office') return received.has(sheet.id) ? 'received' : 'waiting';
  if (sheet.draft.size > 0) return 'editing';
  if (sent.get(sheet.id) === sheet.standing.heads.join()) return 'submitted';
  return hasDepartmentRevision(db, sheet) ? 'editing' : 'waiting';
}

/** Whether any department's revision is part of the sheet. */
const hasDepartmentRevision = (db: ReadDb, sheet: Sheet): boolean =>
  [...historyOf(db, sheet.id).values()].some(({ revision }) => revision.author.role === 'department');

/** One line of the list. */
export function rowOf(db: ReadDb, session: Session, sheet: Sheet, travels: Travels): SheetRow {
  const { filled, required, asked } = completeness(sheet.form, valuesOf(sheet), 'department');
  return {
    id: sheet.id,
    number: sheet.number,
    name: sheet.name,
    units: sheet.assignment.units,
    state: stateOf(db, session, sheet, travels),
    filled,
    required,
    asked: asked.length,
    conflicts: openConflictsOf(sheet).length,
    head: sheet.standing.heads[0] ?? null,
    heads: [...sheet.standing.heads],
    draft: sheet.draft.size > 0,
    remarks: 0,
    answered: 0,
    updatedAt: '',
  };
}

function readingQuestions(form: Form, values: Values): Question[] {
  return form.cells
    .filter((cell) => isAsked(cell, values))
    .map((cell) => {
      const raw = String(values[rawAddress(cell.address)]);
      const { address, label } = cell;
      const reading = readCell(cell, raw);
      if (reading.kind === 'asked') return { address, label, raw, kind: 'reading', ...asked(reading) };
      // It reads well by itself: what kept it from being taken is the cell it goes together with.
      const value = reading.kind === 'value' ? reading.value : null;
      const [[, pair] = []] = impossiblePairs(form, applyPatch(values, { [address]: value }));
      const reason =
        pair === undefined ? 'もう一方の値が変わりました。この値でよければ選び直してください。' : `${pair}。`;
      return { address, label, raw, kind: 'reading', reason, candidates: pair ? [] : [{ label: raw, value: raw }] };
    });
}

const asked = ({ reason, candidates }: { reason: string; candidates: Question['candidates'] }) => ({
  reason,
  candidates,
});

/** What a filled sheet that was taken in left behind. */
export type IntakeRecord = { questions: Question[]; unmatched: Leftover[] };

/** Everything that has to be asked about a sheet: readings, contradictions, and what the last intake raised. */
export function questionsOf(sheet: Sheet, record: IntakeRecord | undefined): Question[] {
  const values = valuesOf(sheet);
  const checks = runChecks(sheet.form, withComputed(sheet.form, values)).map((q) => ({ ...q, kind: 'check' as const }));
  const known = new Set(checks.map((question) => question.address));
  const taken = (record?.questions ?? []).filter((question) => !known.has(question.address));
  return [...readingQuestions(sheet.form, values), ...checks, ...taken];
}

function conflictViews(db: ReadDb, sheet: Sheet): ConflictView[] {
  return openConflictsOf(sheet).map((conflict) => ({
    address: conflict.address,
    label: sheet.form.byAddress.get(conflict.address)?.label ?? conflict.address,
    base: conflict.base,
    sides: conflict.sides.map(({ revision, content }) => {
      const made = revisionOf(db, revision);
      return { revision, unit: made?.author.unit ?? '', at: made?.at ?? '', content };
    }),
  }));
}

/** A sheet as the screen and `show` need it. */
export function viewSheet(db: ReadDb, session: Session, sheet: Sheet): SheetView {
  const record = intakeOf(db, sheet.id) as IntakeRecord | undefined;
  const locks = sheet.form.cells.flatMap((cell) => {
    const lock = lockIn(session, sheet, cell);
    return lock === undefined ? [] : [[cell.address, lock] as const];
  });
  const times = [...sheet.draft.values()].map(({ at }) => at).sort();
  const { state, head } = rowOf(db, session, sheet, travelsOf(db, session));
  return {
    id: sheet.id,
    number: sheet.number,
    name: sheet.name,
    units: sheet.assignment.units,
    form: sheet.assignment.form,
    year: sheet.form.year,
    state,
    values: valuesOf(sheet),
    locks: Object.fromEntries(locks),
    questions: questionsOf(sheet, record),
    unmatched: record?.unmatched ?? [],
    conflicts: conflictViews(db, sheet),
    head,
    draft: sheet.draft.size > 0,
    savedAt: times.at(-1) ?? null,
    canUndo: false,
    canRedo: false,
    remarks: [],
  };
}

/** What typing `raw` into a cell makes of it. An answered question keeps the text that raised it. */
export function contentTyped(cell: Cell, raw: string, values: Values): Content {
  const reading = readCell(cell, raw);
  if (reading.kind === 'blank') return { value: null, state: null, raw: null };
  if (reading.kind === 'asked') return { value: null, state: null, raw: reading.raw };
  const before = values[rawAddress(cell.address)];
  return {
    value: reading.value,
    state: reading.state ?? null,
    raw: isAsked(cell, values) && typeof before === 'string' ? before : null,
  };
}

/** Keeps a cell's content in the draft; what already stands, and is not in dispute, needs none. */
export function keepContent(db: WriteDb, sheet: Sheet, address: string, content: Content, at: string): void {
  const disputed = sheet.standing.conflicts.some((conflict) => conflict.address === address);
  const same = sameContent(contentAt(sheet.standing.values, address), content);
  setDraft(db, sheet.id, address, same && !disputed ? null : content, at);
}

/** The writable cell that an address or a label names. Raises cell.unknown, cell.locked. */
export function writableCell(session: Session, sheet: Sheet, label: string): Cell {
  const cell = findCell(sheet.form, label);
  const lock = lockIn(session, sheet, cell);
  return lock === undefined ? cell : fail('cell.locked', { label: cell.label, reason: lock });
}

/** What cannot stand together is not taken: the cell typed last keeps its text and is asked about. */
function askAboutPairs(
  form: Form,
  values: Values,
  contents: Map<string, Content>,
  typed: readonly { cell: Cell; raw: string }[],
): void {
  for (const [address] of impossiblePairs(form, withContents(values, contents))) {
    const pair = inseparable(form).find((addresses) => addresses.includes(address)) ?? [address];
    const last = typed.findLast(({ cell }) => pair.includes(cell.address));
    if (last) contents.set(last.cell.address, { value: null, state: null, raw: last.raw });
  }
}

/** Types values as a person would. All of them or, when one names no writable cell, none. */
export function typeCells(
  db: WriteDb,
  session: Session,
  sheetName: string,
  cells: readonly { cell: string; raw: string }[],
  at: string,
): CellResult[] {
  const sheet = loadSheet(db, sheetName);
  const values = valuesOf(sheet);
  const typed = cells.map(({ cell, raw }) => ({ cell: writableCell(session, sheet, cell), raw }));
  const contents = new Map(typed.map(({ cell, raw }) => [cell.address, contentTyped(cell, raw, values)] as const));
  askAboutPairs(sheet.form, values, contents, typed);
  for (const [address, content] of contents) keepContent(db, sheet, address, content, at);
  const after = loadSheet(db, sheet.id);
  const questions = questionsOf(after, undefined);
  return typed.map(({ cell }) => ({
    address: cell.address,
    ...contentAt(valuesOf(after), cell.address),
    question: questions.find((question) => question.address === cell.address) ?? null,
  }));
}

/** Takes the content of one side of a conflict into the draft. Raises cell.unknown when there is no such conflict. */
export function chooseSide(
  db: WriteDb,
  session: Session,
  sheetName: string,
  address: string,
  revision: string,
  at: string,
): SheetView {
  const sheet = loadSheet(db, sheetName);
  const conflict = sheet.standing.conflicts.find((found) => found.address === address);
  const side = conflict?.sides.find((found) => found.revision === revision);
  if (!side) return fail('cell.unknown', { label: sheet.form.byAddress.get(address)?.label ?? address, near: [] });
  // Cells that belong together are decided together, or the choice would be one that nobody made.
  const together = inseparable(sheet.form).find((addresses) => addresses.includes(address)) ?? [address];
  for (const other of sheet.standing.conflicts.filter((found) => together.includes(found.address))) {
    const same = other.sides.find((found) => found.revision === revision);
    if (same) setDraft(db, sheet.id, other.address, same.content, at);
  }
  return viewSheet(db, session, loadSheet(db, sheet.id));
}

/**
 * The draft as the revision it will become. It stands on all heads, since its writer saw them all; only while a
 * conflict is undecided does it stand on the first head alone, so that no undecided side is overruled by it.
 */
export function draftNode(db: ReadDb, sheet: Sheet): { parents: readonly string[]; values: Values } {
  const { heads } = sheet.standing;
  const [first] = heads;
  if (openConflictsOf(sheet).length === 0 || first === undefined) return { parents: heads, values: valuesOf(sheet) };
  const below = historyOf(db, sheet.id).get(first)?.values ?? {};
  return { parents: [first], values: withContents(below, contentsOf(sheet.draft)) };
}

/**
 * Makes the draft a revision and gives its name; null when nothing is typed.
 * More than two heads are joined two at a time, each joint already holding the result.
 */
export function commitDraft(db: WriteDb, session: Session, sheet: Sheet, at: string, note: string): string | null {
  if (sheet.draft.size === 0) return null;
  const { parents, values } = draftNode(db, sheet);
  const base: Omit<Revision, 'parents'> = {
    format: 'hyoka-revision/1',
    form: sheet.assignment.form,
    year: sheet.form.year,
    sheet: sheet.id,
    author: { role: session.meta.role, unit: session.meta.unit, station: session.meta.print },
    at,
    note,
    values: { ...values },
  };
  const [first, second, ...rest] = parents;
  let made = acceptRevision(db, { ...base, parents: [first, second].filter((id) => id !== undefined) }, []);
  for (const head of rest) made = acceptRevision(db, { ...base, parents: [made, head] }, []);
  clearDraft(db, sheet.id);
  refreshSheet(db, sheet.id);
  return made;
}

/** As commitDraft, for a person who says "this is it". Raises sheet.conflicted while a conflict is undecided. */
export function commitSheet(db: WriteDb, session: Session, sheetName: string, at: string, note: string): string | null {
  const sheet = loadSheet(db, sheetName);
  assertDecided([sheet]);
  return commitDraft(db, session, sheet, at, note);
}

/** Raises sheet.conflicted with the labels of the first sheet that still has an undecided conflict. */
export function assertDecided(sheets: readonly Sheet[]): void {
  for (const sheet of sheets) {
    const labels = openConflictsOf(sheet).map(({ address }) => sheet.form.byAddress.get(address)?.label ?? address);
    if (labels.length > 0) fail('sheet.conflicted', { sheet: sheet.number, labels });
  }
}

/** Remembers what an intake left over. */
export const recordIntake = (db: WriteDb, sheet: Sheet, record: IntakeRecord): number =>
  setIntake(db, sheet.id, record);

/** Labels of what a sheet still lacks before it can be handed in. */
export function lackOf(sheet: Sheet): { labels: string[]; asked: string[] } {
  const { missing, asked } = completeness(sheet.form, valuesOf(sheet), 'department');
  const open = new Set(asked.map((cell) => cell.address));
  return {
    labels: missing.filter((cell) => !open.has(cell.address)).map((cell) => cell.label),
    asked: asked.map((cell) => cell.label),
  };
}

/** Departments of all sheets with what came from them last. */
export function departmentsOf(db: ReadDb, rows: readonly SheetRow[]) {
  // A name that only a package claims is no department's word: what counts is whom the registry knows.
  const registered = new Map(signersOf(db).map((signer) => [signer.print, signer.unit] as const));
  const received = allReceived(db);
  return [...new Set(rows.flatMap((row) => row.units))].map((unit) => {
    const own = rows.filter((row) => row.units.includes(unit));
    const last = received
      .filter((p) => registered.get(p.print) === unit)
      .sort((a, b) => a.receivedAt.localeCompare(b.receivedAt))
      .at(-1);
    return {
      unit,
      sheets: own.length,
      submitted: own.filter((row) => row.state === 'received' || row.state === 'submitted').length,
      lastPackage: last
        ? { sequence: last.sequence, at: last.madeAt, receivedAt: last.receivedAt, outcome: last.outcome }
        : null,
    };
  });
}
