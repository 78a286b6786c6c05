// Sheets as they are shown: lines of the list, one sheet whole, and what has to be asked about it.
import type { ConflictView, Leftover, Question, SheetRow, SheetState, SheetView } from '../../shared/contract/views.ts';
import { applyPatch, type Cell, isAsked, rawAddress, type Values } from '../../shared/form/cell.ts';
import { runChecks } from '../../shared/form/checks.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { type Form, lockOf } from '../../shared/form/form.ts';
import { labelAt } from '../../shared/form/label.ts';
import { readCell } from '../../shared/form/reading.ts';
import { impossiblePairs } from '../../shared/form/validate.ts';
import { threadViews } from './remarks.ts';
import type { Session } from './session.ts';
import { revisionOf } from './store/artifacts.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { type Listed, listedSheet } from './store/derived.ts';
import { journalOf } from './store/journal.ts';
import { allReceived, allSent, readMeta, sheetsReceived } from './store/ledger.ts';
import { previousOf } from './store/previous.ts';
import { sheetsWithUnsent } from './store/remarks.ts';
import { intakeOf, openConflictsOf, type Sheet, setIntake, valuesOf } from './store/sheets.ts';
import { signersOf } from './store/signers.ts';

/** Why a cell may not be written in this workspace, or undefined. */
export function lockIn({ meta }: Session, sheet: Sheet, cell: Cell): string | undefined {
  const { number, unit } = sheet.form.identity;
  // Which sheet this is and whose: a second place to say so would contradict the assignment.
  if (meta.role === 'office' && (cell === number || cell === unit)) return 'シートの割り当てで決まる欄';
  if (meta.role === 'department' && !isOwn(meta, sheet)) return 'ほかの課に移ったシート';
  return lockOf(sheet.form, cell, meta.role, new Set(sheet.assignment.fixed));
}

/** Whether a sheet is the department's to fill. */
export const isOwn = (meta: Session['meta'], sheet: Sheet): boolean => sheet.assignment.units.includes(meta.unit);

/** What both sides know of each sheet's travels: heads as they were last handed over, and what has come in. */
export type Travels = {
  sent: ReadonlyMap<string, string>;
  /** What packages taken in carried, as `travelKey` of sheet and unit. */
  received: ReadonlySet<string>;
  /** Sheets on which something was said here that has not gone out yet. */
  unsent: ReadonlySet<string>;
};

/** A sheet together with the department that handed it in. */
export const travelKey = (sheet: string, unit: string): string => `${sheet} ${unit}`;

/** Reads the travels of all sheets, as far as this side asks: an office what came in, a department what it handed over. */
export function travelsOf(db: ReadDb, { meta }: Session): Travels {
  if (meta.role === 'office') return { sent: new Map(), received: receivedKeys(db), unsent: new Set() };
  // What could not be written, or was cut off while it was, has not been handed over.
  const sent = allSent(db).flatMap(({ heads, delivered }) => (delivered ? Object.entries(heads) : []));
  const lastSent = new Map(sent.map(([id, ids]) => [id, ids.join()] as const));
  return { sent: lastSent, received: new Set(), unsent: sheetsWithUnsent(db) };
}

const receivedKeys = (db: ReadDb): Set<string> =>
  new Set(sheetsReceived(db).flatMap(({ unit, sheets }) => sheets.map((sheet) => travelKey(sheet, unit))));

function stateOf(session: Session, sheet: Listed, { sent, received, unsent }: Travels): SheetState {
  if (sheet.conflicts > 0) return 'conflict';
  if (session.meta.role === 'office') {
    return sheet.units.some((unit) => received.has(travelKey(sheet.id, unit))) ? 'received' : 'waiting';
  }
  if (sheet.draft || unsent.has(sheet.id)) return 'editing';
  if (sent.get(sheet.id) === sheet.heads.join()) return 'submitted';
  return sheet.departmental ? 'editing' : 'waiting';
}

/** One line of the list. */
export function rowOf(session: Session, sheet: Listed, travels: Travels): SheetRow {
  const { departmental: _, heads, units, ...line } = sheet;
  return {
    ...line,
    units: [...units],
    state: stateOf(session, sheet, travels),
    head: heads[0] ?? null,
    heads: [...heads],
  };
}

function readingQuestions(form: Form, values: Values): Question[] {
  return form.cells
    .filter((cell) => isAsked(cell, values))
    .map((cell) => {
      const raw = String(values[rawAddress(cell.address)]);
      const { address, label } = cell;
      const reading = readCell(cell, raw);
      if (reading.kind === 'asked') return { address, label, raw, kind: 'reading', ...OPEN, ...asked(reading) };
      // It reads well by itself: what kept it from being taken is the cell it goes together with.
      const value = reading.kind === 'value' ? reading.value : null;
      const [[, pair] = []] = impossiblePairs(form, applyPatch(values, { [address]: value }));
      const reason =
        pair === undefined ? 'もう一方の値が変わりました。この値でよければ選び直してください。' : `${pair}。`;
      return {
        address,
        label,
        raw,
        kind: 'reading',
        ...OPEN,
        reason,
        candidates: pair ? [] : [{ label: raw, value: raw }],
      };
    });
}

/** A reading is answered by typing: there is no reason to give. */
const OPEN = { check: null, answer: null } as const;

const asked = ({ reason, candidates }: { reason: string; candidates: Question['candidates'] }) => ({
  reason,
  candidates,
});

/** What a filled sheet that was taken in left behind. */
export type IntakeRecord = { questions: Question[]; unmatched: Leftover[] };

/** Everything that has to be asked about a sheet: readings, contradictions, and what the last intake raised. */
export function questionsOf(db: ReadDb, sheet: Sheet, record: IntakeRecord | undefined): Question[] {
  const values = valuesOf(sheet);
  const options = { role: readMeta(db).role, previous: previousOf(db, sheet.id)?.values };
  const found = runChecks(sheet.form, withComputed(sheet.form, values), options);
  const checks = found.map((question) => ({ ...question, kind: 'check' as const }));
  const known = new Set(checks.map((question) => question.address));
  // Records of earlier versions of the program do not name the check.
  const taken = (record?.questions ?? [])
    .filter((question) => !known.has(question.address))
    .map((question) => ({ ...question, check: question.check ?? null, answer: question.answer ?? null }));
  return [...readingQuestions(sheet.form, values), ...checks, ...taken];
}

function conflictViews(db: ReadDb, sheet: Sheet): ConflictView[] {
  return openConflictsOf(sheet).map((conflict) => ({
    address: conflict.address,
    label: labelAt(sheet.form, conflict.address),
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
  const { state, head } = rowOf(session, listedSheet(db, sheet.id), travelsOf(db, session));
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
    questions: questionsOf(db, sheet, record),
    unmatched: record?.unmatched ?? [],
    conflicts: conflictViews(db, sheet),
    head,
    draft: sheet.draft.size > 0,
    savedAt: times.at(-1) ?? null,
    ...journalOf(db, sheet.id),
    remarks: threadViews(db, sheet),
  };
}

/** Remembers what an intake left over. */
export const recordIntake = (db: WriteDb, sheet: Sheet, record: IntakeRecord): number =>
  setIntake(db, sheet.id, record);

/** Departments of all sheets with what came from them last. */
export function departmentsOf(db: ReadDb, session: Session, rows: readonly SheetRow[], travels: Travels) {
  const isHandedIn = (row: SheetRow, unit: string) =>
    session.meta.role === 'office' ? travels.received.has(travelKey(row.id, unit)) : row.state === 'submitted';
  // A name that only a package claims is no department's word: what counts is whom the registry knows.
  const registered = new Map(signersOf(db).map((signer) => [signer.print, signer.unit] as const));
  const received = allReceived(db);
  return [...new Set(rows.flatMap((row) => row.units))].map((unit) => {
    const own = rows.filter((row) => row.units.includes(unit));
    // What came last, at the furthest place of its sequence: an older package that comes late is not the last word.
    const [latest, ...others] = received
      .filter((p) => registered.get(p.print) === unit)
      .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
    const last = others
      .filter((p) => p.print === latest?.print && p.epoch === latest.epoch)
      .reduce((furthest, p) => (furthest && p.sequence > furthest.sequence ? p : furthest), latest);
    return {
      unit,
      sheets: own.length,
      submitted: own.filter((row) => isHandedIn(row, unit)).length,
      lastPackage: last
        ? { sequence: last.sequence, at: last.madeAt, receivedAt: last.receivedAt, outcome: last.outcome }
        : null,
    };
  });
}
