// The office's merge workbook: one row a sheet, one column a cell, under one to three rows of headings.
// Promise: the headings decide, never the order of columns; what no column is for is listed with the sheet of its row.
import { type Cell, isComputed } from '../../../shared/form/cell.ts';
import type { Form } from '../../../shared/form/form.ts';
import { columnCell } from '../../../shared/form/label.ts';
import { UNREAD_TAIL } from '../../../shared/form/reading.ts';
import { endsAs, proposer } from './columns.ts';
import { plainText } from './markup.ts';
import { textFor } from './page.ts';
import { type FilledSheet, isMiscalculated, type RawCell } from './sheet.ts';
import type { Table, TableCell } from './table.ts';

/** A column with its headings from top to bottom, and a few of its texts. */
export type Heading = { column: number; path: readonly string[]; samples: readonly string[] };
export type SheetRow = { row: number; cells: readonly TableCell[] };
/** `above`: texts over the headings, which no row is about. `told`: how many cells of the form the headings name. */
export type RowTable = {
  told: number;
  headings: readonly Heading[];
  rows: readonly SheetRow[];
  above: readonly string[];
};

/** What a column is for: a cell by its address or how firm it is by its state's, nothing (its texts are listed), or nothing by a person's word. */
export type ColumnUse =
  | { column: number; use: 'cell'; address: string }
  | { column: number; use: 'left' }
  | { column: number; use: 'ignored' };

/** Headings are looked for this far down, and are this many rows high at most. */
const REACH = 30;
const HEIGHT = 3;
/** A row of more cells heads no table of sheets. */
const WIDTH = 2_000;
const SAMPLES = 3;

type Rows = ReadonlyMap<number, readonly TableCell[]>;

/** The headings and rows of a table, where one of its headings is the sheet's number; undefined for every other table. */
export function rowTableOf(form: Form, table: Table): RowTable | undefined {
  const rows = new Map<number, TableCell[]>();
  for (const cell of table.cells) {
    const text = table.isMarkup ? plainText(cell.text).text : cell.text;
    if (text.trim() === '') continue;
    const here = rows.get(cell.row);
    if (here) here.push({ ...cell, text });
    else rows.set(cell.row, [{ ...cell, text }]);
  }
  const places = [...rows.keys()];
  const propose = proposer(form);
  let best: { score: number; bottom: number; paths: ReadonlyMap<number, readonly string[]>; top: number } | undefined;
  for (const [index, bottom] of places.slice(0, REACH).entries()) {
    if (index + 1 >= places.length) break;
    if ((rows.get(bottom)?.length ?? 0) > WIDTH) continue;
    for (let height = 1; height <= Math.min(HEIGHT, index + 1); height += 1) {
      const top = places[index - height + 1] ?? bottom;
      const heads = places.slice(index - height + 1, index + 1).flatMap((row) => rows.get(row) ?? []);
      // A heading that is merged downwards ends with the headings, not in a row of values.
      if (heads.some((cell) => cell.row + cell.rows - 1 > bottom)) continue;
      const paths = pathsOf(rows, places.slice(index - height + 1, index + 1));
      if (![...paths.values()].some((path) => endsAs(path, form.identity.number))) continue;
      const found = [...paths.values()].map((path) => propose(path).address);
      if (!found.includes(form.identity.number.address)) continue;
      const score = new Set(found.filter((address) => address !== undefined)).size;
      // Of as good ones the first, which is the lowest: what stands above it is a title.
      if (!best || score > best.score) best = { score, top, bottom, paths };
    }
  }
  if (!best) return undefined;
  return { told: best.score, ...rowsUnder(rows, best.top, best.bottom, best.paths) };
}

function rowsUnder(
  rows: Rows,
  top: number,
  bottom: number,
  paths: ReadonlyMap<number, readonly string[]>,
): Omit<RowTable, 'told'> {
  const below = [...rows].filter(([row]) => row > bottom);
  const samples = new Map<number, string[]>([...paths.keys()].map((column) => [column, []]));
  for (const [, cells] of below) {
    for (const { column, text } of cells) {
      const known = samples.get(column);
      if (!known) samples.set(column, [text]);
      else if (known.length < SAMPLES) known.push(text);
    }
  }
  return {
    headings: [...samples.keys()]
      .sort((a, b) => a - b)
      .map((column) => ({ column, path: paths.get(column) ?? [], samples: samples.get(column) ?? [] })),
    rows: below.map(([row, cells]) => ({ row, cells })),
    above: [...rows].filter(([row]) => row < top).flatMap(([, cells]) => cells.map(({ text }) => text.trim())),
  };
}

/** For each column that has a heading, the headings over it; one that is merged stands over all of its columns. */
function pathsOf(rows: Rows, heads: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const paths = new Map<number, string[]>();
  for (const cells of heads.map((row) => rows.get(row) ?? [])) {
    for (const [index, { column, columns, text }] of cells.entries()) {
      const words = text.trim().replace(/\s+/g, ' ');
      const next = cells[index + 1]?.column ?? Number.POSITIVE_INFINITY;
      for (let across = column; across < Math.min(next, column + columns); across += 1) {
        const path = paths.get(across);
        if (path) path.push(words);
        else paths.set(across, [words]);
      }
    }
  }
  return paths;
}

/** What is called by the column: its headings one after the other. */
export const headingText = ({ path, column }: Heading): string =>
  path.length > 0 ? path.join(' ／ ') : `（見出しのない${column + 1}列目）`;

/** What our own tables say behind a text that nobody has read yet is no part of it. */
const withoutTail = (cell: Cell, raw: string): string =>
  cell.type !== 'text' && raw.endsWith(UNREAD_TAIL) ? raw.slice(0, -UNREAD_TAIL.length) : raw;

/** One row as a filled sheet, by what its columns are for. */
export function readRow(form: Form, table: RowTable, row: SheetRow, uses: readonly ColumnUse[]): FilledSheet {
  const sheet: FilledSheet = { cells: [], computed: [], leftovers: [], notes: [] };
  const headings = new Map(table.headings.map((heading) => [heading.column, heading]));
  const useOf = new Map(uses.map((use) => [use.column, use]));
  const states: RawCell[] = [];
  for (const found of row.cells) {
    const { column } = found;
    const heading = headings.get(column);
    const use = useOf.get(column);
    const name = heading ? headingText(heading) : '';
    if (use?.use === 'ignored') continue;
    const { cell, isState } = (use?.use === 'cell' && columnCell(form, use.address)) || { cell: undefined };
    const raw = cell && !isState ? withoutTail(cell, textFor(cell, { isNumber: false, ...found })) : found.text;
    if (!cell) {
      sheet.leftovers.push({ text: raw.trim(), reason: `列「${name}」は、どの欄にも割り当てていない` });
    } else if (isMiscalculated(cell, raw)) {
      sheet.leftovers.push({ text: raw, reason: `列「${name}」が、表計算ソフトの計算の誤りになっている` });
    } else if (isState) {
      states.push({ address: cell.address, raw });
    } else {
      const list = isComputed(cell) ? sheet.computed : sheet.cells;
      const known = list.find(({ address }) => address === cell.address);
      if (known) known.raw = `${known.raw} ${raw}`;
      else list.push({ address: cell.address, raw });
    }
  }
  // A state is read with its number, as somebody types the two: 12000（見込）.
  for (const { address, raw } of states) {
    const known = sheet.cells.find((cell) => cell.address === address);
    if (known) known.raw = `${known.raw}（${raw.trim()}）`;
    else sheet.cells.push({ address, raw });
  }
  const number = sheet.cells.find(({ address }) => address === form.identity.number.address)?.raw;
  return number === undefined ? sheet : { ...sheet, number };
}
