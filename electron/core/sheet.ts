// Sheets as they are shown: lines of the list, one sheet whole, and what has to be asked about it.
import type { Leftover, Question, SheetRow, SheetView } from '../../shared/contract/views.ts';
import { applyPatch, isAsked, rawAddress, type Values } from '../../shared/form/cell.ts';
import { runChecks } from '../../shared/form/checks.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { type Form, lockAt } from '../../shared/form/form.ts';
import { readCell } from '../../shared/form/reading.ts';
import { impossiblePairs } from '../../shared/form/validate.ts';
import { shortDigest } from '../../shared/revision/digest.ts';
import { viewConfirmation } from './confirm.ts';
import { conflictViews } from './conflicts.ts';
import { threadViews } from './remarks.ts';
import type { Session } from './session.ts';
import { sheetDigest } from './signed.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { type Listed, listedSheet } from './store/derived.ts';
import { journalOf } from './store/journal.ts';
import { readMeta } from './store/ledger.ts';
import { previousOf } from './store/previous.ts';
import { intakeOf, type Sheet, setIntake, valuesOf } from './store/sheets.ts';
import { fateOf, refusalOf, stateOf, type Travels, travelsOf } from './travels.ts';

/** Why a cell, or the reason beside one, may not be written in this workspace, or undefined. */
export function lockIn({ meta }: Session, sheet: Sheet, address: string): string | undefined {
  const { number, unit } = sheet.form.identity;
  // Which sheet this is and whose: a second place to say so would contradict the assignment.
  if (meta.role === 'office' && [number.address, unit.address].includes(address)) return 'シートの割り当てで決まる欄';
  if (meta.role === 'department' && !isOwn(meta, sheet)) return 'ほかの課に移ったシート';
  const { fixed, round } = sheet.assignment;
  return lockAt(sheet.form, address, meta.role, new Set(fixed), round);
}

/** Whether a sheet is the department's to fill. */
export const isOwn = (meta: Session['meta'], sheet: Sheet): boolean => sheet.assignment.units.includes(meta.unit);

/** One line of the list. */
export function rowOf(session: Session, sheet: Listed, travels: Travels): SheetRow {
  const { departmental: _, heads, units, confirmed, ...line } = sheet;
  const asked = session.meta.role === 'office' ? units : [session.meta.unit];
  const states = asked.map((unit) => confirmed[unit]);
  return {
    ...line,
    units: [...units],
    state: stateOf(session, sheet, travels),
    fate: fateView(sheet.id, travels),
    confirmation: states.includes('valid') ? 'valid' : states.includes('fallen') ? 'fallen' : 'none',
    head: heads[0] ?? null,
    heads: [...heads],
  };
}

function fateView(sheet: string, travels: Travels): SheetRow['fate'] {
  const fate = fateOf(sheet, travels);
  if (!fate) return null;
  const { outcome, reason, receivedAt } = fate;
  return { outcome, reason, refusal: refusalOf(sheet, fate) ?? null, receivedAt };
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

/** The round in force, by key and label; null where there is none. */
function roundOf({ form, assignment }: Sheet): SheetView['round'] {
  const { round } = assignment;
  if (round === undefined) return null;
  return { key: round, label: form.definition.rounds.find(({ key }) => key === round)?.label ?? round };
}

/** A sheet as the screen and `show` need it. */
export function viewSheet(db: ReadDb, session: Session, sheet: Sheet): SheetView {
  const record = intakeOf(db, sheet.id) as IntakeRecord | undefined;
  const locks = sheet.form.cells.flatMap(({ address }) => {
    const lock = lockIn(session, sheet, address);
    return lock === undefined ? [] : [[address, lock] as const];
  });
  const times = [...sheet.draft.values()].map(({ at }) => at).sort();
  const { state, head, fate } = rowOf(session, listedSheet(db, sheet.id), travelsOf(db, session, sheet.id));
  return {
    id: sheet.id,
    number: sheet.number,
    name: sheet.name,
    units: sheet.assignment.units,
    form: sheet.assignment.form,
    year: sheet.form.year,
    state,
    fate,
    values: valuesOf(sheet),
    locks: Object.fromEntries(locks),
    questions: questionsOf(db, sheet, record),
    unmatched: record?.unmatched ?? [],
    conflicts: conflictViews(db, session, sheet),
    head,
    draft: sheet.draft.size > 0,
    savedAt: times.at(-1) ?? null,
    ...journalOf(db, sheet.id),
    remarks: threadViews(db, sheet),
    round: roundOf(sheet),
    digest: shortDigest(sheetDigest(sheet, valuesOf(sheet))),
    confirmation: viewConfirmation(db, session, sheet),
  };
}

/** Remembers what an intake left over. */
export const recordIntake = (db: WriteDb, sheet: Sheet, record: IntakeRecord): number =>
  setIntake(db, sheet.id, record);
