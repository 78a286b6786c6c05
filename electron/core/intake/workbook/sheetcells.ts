// Cells of one worksheet put together: places, merged areas, and what is hidden.
// Promise: the cost follows from what is filled, never from how far apart it stands.
import type { Aside, Table, TableCell } from '../table.ts';
import { type Budget, LIMITS, oversized, spend } from './limits.ts';

/** What a reader of a format finds in a worksheet, in any order. */
export type Found = {
  name: string;
  isHidden: boolean;
  cells: Omit<TableCell, 'rows' | 'columns'>[];
  merges: Area[];
  hiddenRows: Set<number>;
  /** One byte a column: 1 where it is not shown. */
  hiddenColumns: Uint8Array;
  asides: Aside[];
  notes: string[];
};

/** No spreadsheet program has more columns. */
export const COLUMNS = 16_384;
export const ROWS = 1_048_576;

/** From and to are both inside. */
export type Area = { top: number; left: number; bottom: number; right: number };

export const newFound = (name: string, isHidden: boolean): Found => ({
  name,
  isHidden,
  cells: [],
  merges: [],
  hiddenRows: new Set(),
  hiddenColumns: new Uint8Array(COLUMNS),
  asides: [],
  notes: [],
});

/** Adds a text at its place; blank ones are nothing. Raises workbook.oversized. */
export function addText(
  budget: Budget,
  found: Found,
  row: number,
  column: number,
  text: string,
  isNumber = false,
): void {
  if (text.trim() === '') return;
  spend(budget, 'cells', 1);
  spend(budget, 'characters', text.length);
  found.cells.push({ row, column, text, ...(isNumber ? { isNumber } : {}) });
}

/** The texts as a table. Raises workbook.oversized. */
export function tableFrom(budget: Budget, found: Found): Table {
  if (found.merges.length > LIMITS.merges) oversized(budget, 'merges');
  const sorted = found.cells.sort((a, b) => a.row - b.row || a.column - b.column);
  const merged = mergedRows(budget, sorted, found.merges);
  const cells: TableCell[] = [];
  const asides = [...found.asides];
  for (const { row, column, text, isNumber } of sorted) {
    const area = areaAt(merged.get(row), column);
    if (area && (area.top !== row || area.left !== column)) {
      asides.push({ text: text.trim(), reason: '結合したセルの下に隠れている' });
      continue;
    }
    const rows = area ? area.bottom - area.top + 1 : 1;
    cells.push({
      row,
      column,
      rows,
      columns: area ? area.right - area.left + 1 : 1,
      text,
      ...(isNumber ? { isNumber } : {}),
    });
  }
  return { name: found.name, isHidden: found.isHidden, isMarkup: false, cells, asides, notes: notesOf(found) };
}

/** The merged areas that touch a row in which something stands, from left to right; areas never overlap in a sound file. */
function mergedRows(
  budget: Budget,
  cells: readonly { row: number }[],
  merges: readonly Area[],
): ReadonlyMap<number, readonly Area[]> {
  const filled = [...new Set(cells.map(({ row }) => row))];
  const byRow = new Map<number, Area[]>();
  let touched = 0;
  for (const area of merges) {
    for (let at = firstFrom(filled, area.top); at < filled.length; at += 1) {
      const row = filled[at] ?? 0;
      if (row > area.bottom) break;
      touched += 1;
      if (touched > LIMITS.cells) oversized(budget, 'merges');
      const here = byRow.get(row);
      if (here) here.push(area);
      else byRow.set(row, [area]);
    }
  }
  for (const areas of byRow.values()) areas.sort((a, b) => a.left - b.left);
  return byRow;
}

function areaAt(areas: readonly Area[] | undefined, column: number): Area | undefined {
  if (!areas) return undefined;
  let [low, high] = [0, areas.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((areas[middle]?.left ?? 0) <= column) low = middle + 1;
    else high = middle;
  }
  const found = areas[low - 1];
  return found && found.right >= column ? found : undefined;
}

/** Index of the first number in the rising list that is not below `from`. */
function firstFrom(sorted: readonly number[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function notesOf({ cells, hiddenRows, hiddenColumns, notes }: Found): string[] {
  const isHidden = ({ row, column }: { row: number; column: number }) =>
    hiddenRows.has(row) || hiddenColumns[column] === 1;
  const count = cells.filter(isHidden).length;
  return [
    ...notes,
    ...(count > 0
      ? [`表示していない行・列にある文字（${count}か所）も読みました。要らなければ、表計算ソフトで消してください。`]
      : []),
  ];
}
