// The index of all that people wrote on sheets, for searching: filled cells, reasons given to checks, and remarks. It is
// kept in step with what stands and what is typed, or rebuilt from it.
import { type Cell, reasonParts, type Values } from '../../../shared/form/cell.ts';
import { contentAt } from '../../../shared/form/merge.ts';
import { showNumber } from '../../../shared/form/reading.ts';
import { fold } from '../../../shared/kernel/fold.ts';
import type { Remark } from '../../../shared/revision/remark.ts';
import type { Parameter, ReadDb, Row, WriteDb } from './database.ts';
import { remarksOf } from './remarks.ts';
import { type Sheet, valuesOf } from './sheets.ts';

/** What can be found on a sheet. */
type Source = { sheet: Sheet; values: Values; remarks: ReadonlyMap<string, Remark> };
/** One text: `key` is the address of a cell or of a reason, or the name of a remark; `place` is its cell's in the form. */
type Entry = { key: string; place: number };

/** A remark's name among addresses, none of which holds a colon. */
export const remarkKey = (hash: string): string => `remark:${hash}`;
const remarkIn = (key: string): string | undefined => /^remark:(.+)$/.exec(key)?.[1];

/** Before all cells: remarks on the sheet as a whole. */
const SHEET = -1;

/** A sheet with all that can be found on it. */
export const sourceOf = (db: ReadDb, sheet: Sheet): Source => ({
  sheet,
  values: valuesOf(sheet),
  remarks: remarksOf(db, sheet.id),
});

/** Address of the cell to which a text of the sheet leads; '' for the sheet as a whole. */
export function cellAddressOf({ remarks }: Source, key: string): string {
  const remark = remarkIn(key);
  return remark === undefined ? (reasonParts(key)?.address ?? key) : (remarks.get(remark)?.address ?? '');
}

/** A text of the sheet as a person reads it; '' where there is none. A choice says its label, a year both its names. */
export function textOf(source: Source, key: string): string {
  const remark = remarkIn(key);
  if (remark !== undefined) return source.remarks.get(remark)?.text ?? '';
  const { value, raw } = contentAt(source.values, key);
  const said = typeof value === 'string' ? saidIn(source.sheet.form.byAddress.get(key), value) : value;
  return typeof said === 'string' ? said : (raw ?? '');
}

function saidIn(cell: Cell | undefined, value: string): string {
  if (cell?.type === 'code') return cell.options.find(({ code }) => code === value)?.label ?? value;
  return cell?.type === 'decimal' && cell.isYear ? showNumber(cell, value) : value;
}

/** All texts of a sheet, or those of the given names. */
function entriesOf(source: Source, only?: ReadonlySet<string>): Entry[] {
  const { sheet, values, remarks } = source;
  const places = new Map(sheet.form.cells.map(({ address }, place) => [address, place] as const));
  const keys = only ?? [
    ...places.keys(),
    ...Object.keys(values).filter((address) => reasonParts(address) !== undefined),
    ...[...remarks.keys()].map(remarkKey),
  ];
  return [...keys].flatMap((key): Entry[] => {
    const place = places.get(cellAddressOf(source, key));
    // A remark on a cell that the form does not have is still a remark on the sheet; anything else is not shown anywhere.
    if (place === undefined) return remarkIn(key) === undefined ? [] : [{ key, place: SHEET }];
    return [{ key, place }];
  });
}

/** Brings the index up to what a sheet shows, everywhere or only at the given cells, reasons and remarks. */
export function indexSheet(db: WriteDb, sheet: Sheet, only?: ReadonlySet<string>): void {
  const source = sourceOf(db, sheet);
  const known = indexed(db, sheet.id, only);
  for (const { key, place } of entriesOf(source, only)) {
    const folded = fold(textOf(source, key));
    const row = known.get(key);
    known.delete(key);
    if (row?.folded === folded && row.place === place) continue;
    if (row) forget(db, row);
    if (folded !== '') add(db, sheet.id, place, key, folded);
  }
  // What is left are reasons that were taken back, and cells that the sheet's form no longer has.
  for (const row of known.values()) forget(db, row);
}

/** Takes all cells of a sheet out of the index. */
export function unindexSheet(db: WriteDb, sheet: string): void {
  for (const row of indexed(db, sheet, undefined).values()) forget(db, row);
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
export function wantedIndexOf(db: ReadDb, sheet: Sheet): string {
  const source = sourceOf(db, sheet);
  const rows = entriesOf(source).map(({ key, place }) => ({ place, address: key, folded: fold(textOf(source, key)) }));
  return JSON.stringify(
    rows.filter(({ folded }) => folded !== '').sort((a, b) => a.place - b.place || (a.address < b.address ? -1 : 1)),
  );
}

/** The shortest word that the index by three characters can look up. */
const INDEXED = 3;

/** Inside of quotation marks nothing means anything to the index's own language. */
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/**
 * Texts in which all folded words stand, in the order of the list and the form, and how many there are. Words of three
 * characters and more are looked up; shorter ones are looked for in what is left.
 */
export function findText(
  db: ReadDb,
  words: readonly string[],
  limit: number,
): { found: { sheet: string; key: string }[]; total: number } {
  const long = words.filter((word) => [...word].length >= INDEXED);
  const short = words.filter((word) => [...word].length < INDEXED);
  const conditions = [
    ...(long.length > 0 ? ['t.id IN (SELECT rowid FROM derived_match WHERE derived_match MATCH ?)'] : []),
    ...short.map(() => 'instr(t.folded, ?) > 0'),
  ];
  const parameters: Parameter[] = [...(long.length > 0 ? [long.map(quoted).join(' AND ')] : []), ...short];
  const from = `FROM derived_text t JOIN ref r ON r.sheet = t.sheet WHERE ${conditions.join(' AND ')}`;
  const total = Number(db.get(`SELECT COUNT(*) AS total ${from}`, ...parameters)?.total);
  const rows = db.all(
    `SELECT t.sheet, t.address ${from} ORDER BY r.position, t.place, t.address LIMIT ?`,
    ...parameters,
    limit,
  );
  return { found: rows.map((row) => ({ sheet: String(row.sheet), key: String(row.address) })), total };
}
