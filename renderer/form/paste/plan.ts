// Where each value of a pasted block would go, how it is read there, and what cannot go anywhere. Pure.
// Promise: planning writes nothing; a value that has more than one meaning is asked about, never settled here.
import { type Cell, isComputed } from '../../../shared/form/cell.ts';
import { bareLabel, foldLabel } from '../../../shared/form/label.ts';
import { type Reading, readCell } from '../../../shared/form/reading.ts';
import { type Area, cellAt, type Place, sizeOf, type Table } from '../grid/table.ts';
import type { PastedBlock, PastedCell } from './html.ts';

export type Landing = { cell: Cell; raw: string; exact?: string; now: string; reading: Reading };
export type Refused = { text: string; where: string; reason: string };

export type PastePlan = {
  /** What changes, in reading order. */
  landings: readonly Landing[];
  /** Empty cells of the block that lie on something filled. */
  blanks: readonly { cell: Cell; now: string }[];
  /** How many values stand there already. */
  same: number;
  /** Locked or computed cells that are left as they are. */
  skipped: readonly Refused[];
  /** Values for which the table has no cell. */
  outside: readonly Refused[];
  notes: readonly string[];
};

type Aim = {
  table: Table;
  /** Where the block goes: its corner, or a selection that it fills by being repeated. */
  area: Area;
  block: PastedBlock;
  entry: { view(): { locks: Readonly<Record<string, string>> } };
  textOf: (cell: Cell) => string;
};

export function planPaste({ table, area, block, entry, textOf }: Aim): PastePlan {
  const heads = headsIn(table, block.rows);
  const rows = heads ? block.rows : repeated(block.rows, area);
  const landings: Landing[] = [];
  const blanks: { cell: Cell; now: string }[] = [];
  const skipped: Refused[] = [];
  const outside: Refused[] = [];
  let same = 0;

  const land = (pasted: PastedCell, row: number, column: number) => {
    if (!pasted) return;
    const { text } = pasted;
    const where = `${row + 1}行${column + 1}列`;
    const place = heads ? heads.placeOf(row, column) : { row: area.from.row + row, column: area.from.column + column };
    const cell = place && cellAt(table, place);
    if (!cell) {
      if (text !== '')
        outside.push({ text, where, reason: heads && !place ? '同じ見出しがありません' : '表の外になります' });
      return;
    }
    const now = textOf(cell);
    const lock = isComputed(cell) ? '計算で決まる欄' : entry.view().locks[cell.address];
    if (lock !== undefined) {
      if (text !== '' && text !== now) skipped.push({ text, where: cell.label, reason: lock });
    } else if (text.trim() === '') {
      if (now !== '') blanks.push({ cell, now });
    } else if (isSame(cell, text, now)) same += 1;
    else landings.push({ cell, raw: text, now, reading: readCell(cell, text), ...exactOf(pasted) });
  };
  rows.forEach((row, index) => {
    if (heads && index < heads.rows) return;
    row.forEach((pasted, column) => {
      if (!heads || column >= heads.columns) land(pasted, index, column);
    });
  });
  return { landings, blanks, same, skipped, outside, notes: [...block.notes, ...(heads?.notes ?? [])] };
}

const exactOf = ({ exact }: { exact?: string }) => (exact === undefined ? {} : { exact });

/** Typing it would change nothing. */
function isSame(cell: Cell, text: string, now: string): boolean {
  if (text === now) return true;
  const [a, b] = [readCell(cell, text), readCell(cell, now)];
  return a.kind === 'value' && b.kind === 'value' && a.value === b.value && a.state === b.state;
}

/** As in a spreadsheet: a selection that the block fits into without a rest is filled with it. */
function repeated(rows: PastedBlock['rows'], area: Area): PastedBlock['rows'] {
  const size = sizeOf(area);
  const width = rows[0]?.length ?? 0;
  if (width === 0 || size.rows % rows.length !== 0 || size.columns % width !== 0) return rows;
  return Array.from({ length: size.rows }, (_, row) =>
    Array.from({ length: size.columns }, (__, column) => rows[row % rows.length]?.[column % width] ?? null),
  );
}

type Heads = {
  rows: number;
  columns: number;
  placeOf(row: number, column: number): Place | undefined;
  notes: string[];
};

/** Headings copied along say where things belong, whatever cell the person stands in: columns can then not shift. */
function headsIn(table: Table, rows: PastedBlock['rows']): Heads | undefined {
  const textAt = (row: number, column: number) => rows[row]?.[column]?.text ?? '';
  const width = rows[0]?.length ?? 0;
  const rowLabels = table.rows.map((row) => row.label);
  const first = Array.from({ length: width }, (_, column) => textAt(0, column));
  const side = rows.slice(1).map((_, index) => textAt(index + 1, 0));
  const hasSide =
    width > 1 && side.some((text) => text !== '') && side.every((text) => text === '' || find(rowLabels, text) >= 0);
  const named = first.slice(hasSide ? 1 : 0).filter((text) => text !== '');
  const found = named.filter((text) => find(table.columns, text) >= 0);
  // One heading more or less is a column that this form does not have; a value that happens to look like one is not.
  if (rows.length < 2 || found.length < Math.max(1, named.length - 1)) return undefined;
  const top = rows[0] ? 0 : -1;
  const missing = named.filter((text) => !found.includes(text));
  return {
    rows: 1,
    columns: hasSide ? 1 : 0,
    placeOf(row, column) {
      const to = find(table.columns, textAt(top, column));
      const at = hasSide ? find(rowLabels, textAt(row, 0)) : row - 1;
      return to < 0 || at < 0 ? undefined : { row: at, column: to };
    },
    notes: [
      `写した範囲に見出しがあるので、${hasSide ? '行と列' : '列'}の見出しに合わせて置きます。`,
      ...missing.map((text) => `見出し「${text}」の列は、この表にありません。`),
    ],
  };
}

function find(labels: readonly string[], text: string): number {
  const wanted = foldLabel(text);
  if (wanted === '') return -1;
  const exact = labels.findIndex((label) => foldLabel(label) === wanted);
  return exact >= 0 ? exact : labels.findIndex((label) => bareLabel(foldLabel(label)) === bareLabel(wanted));
}

/** What the person has settled in the preview: other readings by address, and whether empty cells empty. */
export type Decisions = { answers: Readonly<Record<string, string>>; erases: boolean };

export function changesOf(plan: PastePlan, { answers, erases }: Decisions): { cell: Cell; raw: string }[] {
  return [
    ...plan.landings.map(({ cell, raw }) => ({ cell, raw: answers[cell.address] ?? raw })),
    ...(erases ? plan.blanks.map(({ cell }) => ({ cell, raw: '' })) : []),
  ];
}
