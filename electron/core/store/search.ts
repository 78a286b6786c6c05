// The index of all filled cells for searching: kept in step with what stands and what is typed, or rebuilt from it.
import type { Cell } from '../../../shared/form/cell.ts';
import { type Content, contentAt } from '../../../shared/form/merge.ts';
import { fold } from '../fold.ts';
import type { Parameter, ReadDb, Row, WriteDb } from './database.ts';
import { type Sheet, valuesOf } from './sheets.ts';

/** What a cell says, as a person reads it; a choice says its label. */
export function textOf(cell: Cell, { value, raw }: Content): string {
  const said = cell.type === 'code' ? (cell.options.find(({ code }) => code === value)?.label ?? value) : value;
  return typeof said === 'string' ? said : (raw ?? '');
}

/** Brings the index up to what a sheet shows, everywhere or only at the given cells. */
export function indexSheet(db: WriteDb, sheet: Sheet, only?: ReadonlySet<string>): void {
  const values = valuesOf(sheet);
  const known = indexed(db, sheet.id, only);
  for (const [place, cell] of sheet.form.cells.entries()) {
    if (only && !only.has(cell.address)) continue;
    const folded = fold(textOf(cell, contentAt(values, cell.address)));
    const row = known.get(cell.address);
    known.delete(cell.address);
    if (row?.folded === folded && row.place === place) continue;
    if (row) forget(db, row);
    if (folded !== '') add(db, sheet.id, place, cell.address, folded);
  }
  // What is left are cells that the sheet's form no longer has.
  for (const row of known.values()) forget(db, row);
}

function forget(db: WriteDb, { id, folded }: Row): void {
  db.run(
    `INSERT INTO derived_match (derived_match, rowid, folded) VALUES ('delete', ?, ?)`,
    Number(id),
    String(folded),
  );
  db.run('DELETE FROM derived_text WHERE id = ?', Number(id));
}

function add(db: WriteDb, sheet: string, place: number, address: string, folded: string): void {
  db.run('INSERT INTO derived_text (sheet, place, address, folded) VALUES (?, ?, ?, ?)', sheet, place, address, folded);
  db.run('INSERT INTO derived_match (rowid, folded) VALUES (last_insert_rowid(), ?)', folded);
}

const INDEXED_CELLS = 'SELECT id, place, address, folded FROM derived_text WHERE sheet = ?';

function indexed(db: ReadDb, sheet: string, only: ReadonlySet<string> | undefined): Map<string, Row> {
  const rows = only
    ? [...only]
        .map((address) => db.get(`${INDEXED_CELLS} AND address = ?`, sheet, address))
        .filter((row) => row !== undefined)
    : db.all(INDEXED_CELLS, sheet);
  return new Map(rows.map((row) => [String(row.address), row] as const));
}

/** The index of a sheet as one text, for comparing. */
export const indexOf = (db: ReadDb, sheet: string): string =>
  JSON.stringify(
    db.all('SELECT place, address, folded FROM derived_text WHERE sheet = ? ORDER BY place, address', sheet),
  );

/** What the index of a sheet has to be. */
export function wantedIndexOf(sheet: Sheet): string {
  const values = valuesOf(sheet);
  const rows = sheet.form.cells.map((cell, place) => {
    const { address } = cell;
    return { place, address, folded: fold(textOf(cell, contentAt(values, address))) };
  });
  return JSON.stringify(rows.filter(({ folded }) => folded !== ''));
}

/** The shortest word that the index by three characters can look up. */
const INDEXED = 3;

/** Inside of quotation marks nothing means anything to the index's own language. */
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/**
 * Cells in which all folded words stand, in the order of the list and the form, and how many there are. Words of three
 * characters and more are looked up; shorter ones are looked for in what is left.
 */
export function findText(
  db: ReadDb,
  words: readonly string[],
  limit: number,
): { cells: { sheet: string; address: string }[]; total: number } {
  const long = words.filter((word) => [...word].length >= INDEXED);
  const short = words.filter((word) => [...word].length < INDEXED);
  const conditions = [
    ...(long.length > 0 ? ['t.id IN (SELECT rowid FROM derived_match WHERE derived_match MATCH ?)'] : []),
    ...short.map(() => 'instr(t.folded, ?) > 0'),
  ];
  const parameters: Parameter[] = [...(long.length > 0 ? [long.map(quoted).join(' AND ')] : []), ...short];
  const from = `FROM derived_text t JOIN ref r ON r.sheet = t.sheet WHERE ${conditions.join(' AND ')}`;
  const total = Number(db.get(`SELECT COUNT(*) AS total ${from}`, ...parameters)?.total);
  const rows = db.all(`SELECT t.sheet, t.address ${from} ORDER BY r.position, t.place LIMIT ?`, ...parameters, limit);
  return { cells: rows.map((row) => ({ sheet: String(row.sheet), address: String(row.address) })), total };
}
