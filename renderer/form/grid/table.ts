// A block as a spreadsheet sees it: slots by row and column, places in it, and how one moves from place to place.
// Pure: nothing here knows of the page.
import type { GridBlock, ListBlock } from '../../../shared/form/block.ts';
import type { Cell } from '../../../shared/form/cell.ts';

/** `null` where a row has no cell in a column. */
export type Table = {
  label: string;
  columns: readonly string[];
  rows: readonly { label: string; slots: readonly (Cell | null)[] }[];
};
export type Place = { row: number; column: number };
/** A rectangle; both corners belong to it. */
export type Area = { from: Place; to: Place };

export type Step = 'up' | 'down' | 'left' | 'right' | 'top' | 'bottom' | 'first' | 'last' | 'start' | 'end';

export const gridTable = (block: GridBlock): Table => ({
  label: block.label,
  columns: block.columns.map((column) => column.label),
  rows: block.rows.map((row) => ({ label: row.label, slots: row.cells })),
});

export const listTable = (block: ListBlock): Table => ({
  label: block.label,
  columns: [''],
  rows: block.cells.map((cell, index) => ({ label: String(index + 1), slots: [cell] })),
});

export const cellAt = (table: Table, { row, column }: Place): Cell | undefined =>
  table.rows[row]?.slots[column] ?? undefined;

export const samePlace = (a: Place, b: Place): boolean => a.row === b.row && a.column === b.column;

export const placeText = ({ row, column }: Place): string => `${row},${column}`;

export function placeOf(text: string): Place {
  const [row = 0, column = 0] = text.split(',').map(Number);
  return { row, column };
}

const clamp = (value: number, last: number) => Math.max(0, Math.min(last, value));

const UNIT: Partial<Record<Step, readonly [row: number, column: number]>> = {
  up: [-1, 0],
  down: [1, 0],
  left: [0, -1],
  right: [0, 1],
};

/** Where a step leads. Holes are passed over; at an edge, and where only holes are left, one stays. */
export function stepFrom(table: Table, at: Place, step: Step, isThere: (place: Place) => boolean): Place {
  const [rows, columns] = UNIT[step] ?? [0, 0];
  if (rows !== 0 || columns !== 0) {
    for (let next = at; ; ) {
      next = { row: next.row + rows, column: next.column + columns };
      if (next.row < 0 || next.column < 0 || next.row >= table.rows.length || next.column >= table.columns.length) {
        return at;
      }
      if (isThere(next)) return next;
    }
  }
  const inOrder = everyPlace(table, step === 'start' || step === 'end' ? undefined : at, step).filter(isThere);
  return (step === 'top' || step === 'first' || step === 'start' ? inOrder[0] : inOrder.at(-1)) ?? at;
}

/** The places of a row, of a column, or of all, in reading order. */
function everyPlace(table: Table, at: Place | undefined, step: Step): Place[] {
  const isColumn = step === 'top' || step === 'bottom';
  return table.rows.flatMap((_, row) =>
    table.columns.flatMap((__, column) => {
      const isWanted = !at || (isColumn ? column === at.column : row === at.row);
      return isWanted ? [{ row, column }] : [];
    }),
  );
}

export const areaOf = (a: Place, b: Place): Area => ({
  from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
  to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
});

export const sizeOf = ({ from, to }: Area) => ({ rows: to.row - from.row + 1, columns: to.column - from.column + 1 });

export const isOne = (area: Area): boolean => samePlace(area.from, area.to);

/** Every place of the area, row by row. */
export function placesIn({ from, to }: Area): Place[][] {
  const rows = Array.from({ length: to.row - from.row + 1 }, (_, index) => from.row + index);
  const columns = Array.from({ length: to.column - from.column + 1 }, (_, index) => from.column + index);
  return rows.map((row) => columns.map((column) => ({ row, column })));
}

/** The next place for a far corner: unlike a step it may stand on a hole. */
export function stretch(table: Table, corner: Place, step: Step): Place {
  const bottom = table.rows.length - 1;
  const right = table.columns.length - 1;
  const [rows, columns] = UNIT[step] ?? [0, 0];
  const row = step === 'top' || step === 'start' ? 0 : step === 'bottom' || step === 'end' ? bottom : corner.row + rows;
  const column =
    step === 'first' || step === 'start' ? 0 : step === 'last' || step === 'end' ? right : corner.column + columns;
  return { row: clamp(row, bottom), column: clamp(column, right) };
}

/** 「3行×2列（6欄）」 and its corners, for people who hear it. */
export function areaWords(table: Table, area: Area): string {
  const { rows, columns } = sizeOf(area);
  const corner = (place: Place) => cellAt(table, place)?.short ?? table.rows[place.row]?.label ?? '';
  return `${rows}行×${columns}列（${rows * columns}欄）を選びました。${corner(area.from)} から ${corner(area.to)} まで。`;
}
