// What follows from everything else and is kept to be quick: a row for each sheet, its line in the list, and the text
// index. Promise: rebuilding it from nothing gives what was kept step by step.
import type { Values } from '../../../shared/form/cell.ts';
import { completeness } from '../../../shared/form/completeness.ts';
import { threadsOf } from '../../../shared/revision/remark.ts';
import { confirmationIn, sheetDigest } from '../signed.ts';
import { formOf } from './artifacts.ts';
import { confirmationsOf } from './confirmations.ts';
import type { ReadDb, Row, WriteDb } from './database.ts';
import { readKept } from './kept.ts';
import { remarksOf } from './remarks.ts';
import { layOutDerivedTables } from './schema.ts';
import { indexOf, indexSheet, unindexSheet, wantedIndexOf } from './search.ts';
import {
  assignmentInForce,
  foldNumber,
  historyOf,
  loadSheets,
  openConflictsOf,
  type Sheet,
  sheetOf,
  standingOf,
  valuesOf,
} from './sheets.ts';

/** A sheet's line in the list, as far as it is the same for everyone who looks. */
export type Line = {
  units: readonly string[];
  /** Cells that departments have to fill: filled, all, and those that have to be asked about. */
  filled: number;
  required: number;
  asked: number;
  conflicts: number;
  draft: boolean;
  /** Threads of remarks that are open, and that are answered. */
  remarks: number;
  answered: number;
  /** Key of the round in force. */
  round: string | null;
  /** What has become of the section heads' confirmations, by department; one that never confirmed is not there. */
  confirmed: Readonly<Record<string, 'valid' | 'fallen'>>;
  updatedAt: string;
};

/** A sheet as the list shows it. */
export type Listed = Line & {
  id: string;
  number: string;
  name: string;
  heads: readonly string[];
  /** A department's revision is among what it stands on. */
  departmental: boolean;
};

function lineOf(db: ReadDb, sheet: Sheet): Line {
  const { filled, required, asked } = completeness(sheet.form, valuesOf(sheet), 'department', sheet.assignment.round);
  const remarks = remarksOf(db, sheet.id);
  const states = threadsOf(remarks).map(({ state }) => state);
  const instants = [
    sheet.revisedAt,
    ...[...sheet.draft.values()].map(({ at }) => at),
    ...[...remarks.values()].map(({ at }) => at),
  ];
  return {
    units: sheet.assignment.units,
    filled,
    required,
    asked: asked.length,
    conflicts: openConflictsOf(sheet).length,
    draft: sheet.draft.size > 0,
    remarks: states.filter((state) => state === 'open').length,
    answered: states.filter((state) => state === 'answered').length,
    round: sheet.assignment.round ?? null,
    confirmed: confirmedIn(db, sheet),
    updatedAt: instants.reduce((latest, at) => (at > latest ? at : latest)),
  };
}

function confirmedIn(db: ReadDb, sheet: Sheet): Line['confirmed'] {
  const confirmations = [...confirmationsOf(db, sheet.id).values()];
  // Hashing a sheet at every key is for those only that somebody has confirmed.
  if (confirmations.length === 0) return {};
  const digest = sheetDigest(sheet, valuesOf(sheet));
  return Object.fromEntries(
    sheet.assignment.units.flatMap((unit) => {
      const { state } = confirmationIn(confirmations, [unit], digest);
      return state === 'none' ? [] : [[unit, state] as const];
    }),
  );
}

const textAt = (values: Values, address: string): string => {
  const value = values[address];
  return typeof value === 'string' ? value : '';
};

/** Brings all that is derived of a sheet up to its revisions, draft and remarks. */
export function refreshSheet(db: WriteDb, id: string): void {
  const assignment = assignmentInForce(db, id);
  if (!assignment) return;
  const form = formOf(db, assignment.form, assignment.year);
  const history = historyOf(db, id);
  const standing = standingOf(history, form);
  const { number, name } = form.identity;
  db.run(
    `INSERT OR REPLACE INTO derived_sheet (sheet, number, folded, name, heads, standing, revised_at, departmental, shown)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')`,
    id,
    textAt(standing.values, number.address),
    foldNumber(textAt(standing.values, number.address)),
    textAt(standing.values, name.address),
    JSON.stringify(standing.heads),
    JSON.stringify(standing),
    revisedAt(history, standing.heads),
    [...history.values()].some(({ revision }) => revision.author.role === 'department') ? 1 : 0,
  );
  const sheet = sheetOf(db, id);
  if (sheet) refreshLine(db, sheet);
}

/** Forgets all that is derived of a sheet that is not in the list any more. */
export function forgetSheet(db: WriteDb, id: string): void {
  unindexSheet(db, id);
  db.run('DELETE FROM derived_sheet WHERE sheet = ?', id);
}

const revisedAt = (history: ReturnType<typeof historyOf>, heads: readonly string[]): string =>
  heads.map((head) => history.get(head)?.revision.at ?? '').reduce((latest, at) => (at > latest ? at : latest), '');

/** Brings a sheet's line and index up to its draft and remarks. `changed`: the only cells, reasons and remarks that may differ. */
export function refreshLine(db: WriteDb, sheet: Sheet, changed?: ReadonlySet<string>): void {
  db.run('UPDATE derived_sheet SET shown = ? WHERE sheet = ?', JSON.stringify(lineOf(db, sheet)), sheet.id);
  indexSheet(db, sheet, changed);
}

/** Lays the derived tables out and fills them from nothing. */
export function rebuildDerived(db: WriteDb): void {
  layOutDerivedTables(db);
  for (const row of db.all('SELECT sheet FROM ref ORDER BY position')) refreshSheet(db, String(row.sheet));
}

/** Findings where what is derived is not what the revisions say. */
export function derivedFindings(db: ReadDb): string[] {
  return loadSheets(db).flatMap((sheet) => {
    const history = historyOf(db, sheet.id);
    const standing = standingOf(history, sheet.form);
    const listed = listedSheet(db, sheet.id);
    const sound =
      JSON.stringify(standing) === JSON.stringify(sheet.standing) &&
      JSON.stringify({ ...listed, ...lineOf(db, sheet) }) === JSON.stringify(listed) &&
      sheet.revisedAt === revisedAt(history, standing.heads) &&
      indexOf(db, sheet.id) === wantedIndexOf(db, sheet);
    return sound ? [] : [`シート ${sheet.number} の表示用の控えが版と合わない`];
  });
}

const LISTING = `SELECT d.sheet, d.number, d.name, d.heads, d.departmental, d.shown
  FROM derived_sheet d JOIN ref r ON r.sheet = d.sheet`;

const listedFrom = (row: Row): Listed => ({
  id: String(row.sheet),
  number: String(row.number),
  name: String(row.name),
  heads: readKept(row.heads, '一覧の控え') as string[],
  departmental: row.departmental === 1,
  ...(readKept(row.shown, '一覧の控え') as Line),
});

/** All sheets as the list shows them, in the order in which they were assigned. Reads no sheet. */
export const listSheets = (db: ReadDb): Listed[] => db.all(`${LISTING} ORDER BY r.position`).map(listedFrom);

/** One sheet as the list shows it. */
export function listedSheet(db: ReadDb, id: string): Listed {
  const row = db.get(`${LISTING} WHERE d.sheet = ?`, id);
  if (!row) throw new Error(`sheet ${id} is not in the list`);
  return listedFrom(row);
}
