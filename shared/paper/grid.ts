// Tables of rows by columns, and crosses of two choices, as they stand on paper.
import type { GridBlock, MatrixBlock } from '../form/block.ts';
import type { Cell } from '../form/cell.ts';
import { contentOf, formWords, type Laid, words } from './content.ts';
import { characters, labelWidth, roomOf, valueWidth } from './measure.ts';
import type { Square, Table } from './paper.ts';

/** Row labels so short (①) that they need no heading of their own: the first column's stands above both. */
const MARK_WIDTH = 2;

/** What stands in a place that nobody can fill. */
export const STRUCK = '／';

/** Neighbours with the same heading above them, as [from, count, heading]. */
function spans(over: readonly (string | undefined)[]): { from: number; count: number; text: string | undefined }[] {
  const found: { from: number; count: number; text: string | undefined }[] = [];
  for (const [at, text] of over.entries()) {
    const last = found.at(-1);
    if (last && text !== undefined && last.text === text) last.count += 1;
    else found.push({ from: at, count: 1, text });
  }
  return found;
}

/** A grid with its headings, nested where columns or rows have one above them. `said` are titles that stand near it. */
export function gridTable(block: GridBlock, said: readonly string[], laid: Laid): Table {
  const write = (text: string) => formWords(text, laid.options);
  const isNested = block.columns.some(({ over }) => over !== undefined);
  const hasGroups = block.rows.some(({ over }) => over !== undefined);
  const headRows = isNested ? 2 : 1;
  const before = hasGroups ? 2 : 1;
  const labels = block.rows.map(({ label }) => write(label));
  const widest = Math.max(0, ...labels.map(characters));
  const isMarked = block.corner === '' && widest <= MARK_WIDTH && !hasGroups;
  const squares: Square[] = [];
  const head = (
    at: { row: number; column: number; rows?: number; columns?: number },
    text: string,
    scope: Square['scope'],
  ) =>
    squares.push({
      rows: 1,
      columns: 1,
      ...at,
      kind: 'heading',
      ...(scope ? { scope } : {}),
      content: words(text),
      addresses: [],
      lines: 1,
    });
  if (!isMarked) head({ row: 0, column: 0, rows: headRows, columns: before }, write(block.corner), 'column');
  for (const { from, count, text } of spans(block.columns.map(({ over }) => over))) {
    if (text === undefined) continue;
    head({ row: 0, column: before + from, columns: count }, write(text), 'column');
  }
  for (const [at, column] of block.columns.entries()) {
    const isUnder = column.over !== undefined;
    const reachesOut = isMarked && at === 0;
    head(
      {
        row: isUnder ? 1 : 0,
        rows: isUnder ? 1 : headRows,
        column: before + at - (reachesOut ? 1 : 0),
        columns: reachesOut ? 2 : 1,
      },
      write(column.label),
      'column',
    );
  }
  for (const { from, count, text } of spans(block.rows.map(({ over }) => over))) {
    if (text !== undefined) head({ row: headRows + from, column: 0, rows: count }, write(text), 'row');
  }
  for (const [at, row] of block.rows.entries()) {
    const isUnder = row.over !== undefined;
    head({ row: headRows + at, column: isUnder ? 1 : 0, columns: before - (isUnder ? 1 : 0) }, labels[at] ?? '', 'row');
    for (const [column, cell] of row.cells.entries()) {
      squares.push(valueSquare(cell, headRows + at, before + column, laid));
    }
  }
  const groupTrack = hasGroups ? [Math.max(...block.rows.map(({ over }) => labelWidth(over ?? '')))] : [];
  return {
    key: block.key,
    caption: write(block.label),
    isCaptionSaid: [...said, ...block.columns.map(({ label }) => label)].some((text) => text.includes(block.label)),
    tracks: [...groupTrack, isMarked ? widest + 1 : Math.max(...labels.map(labelWidth)), ...columnTracks(block, write)],
    headRows,
    rows: headRows + block.rows.length,
    squares,
  };
}

function columnTracks(block: GridBlock, write: (text: string) => string): number[] {
  return block.columns.map((column, at) => {
    const cells = block.rows.map(({ cells }) => cells[at]).filter((cell) => cell !== null && cell !== undefined);
    return Math.max(labelWidth(write(column.label)), ...cells.map(valueWidth));
  });
}

function valueSquare(cell: Cell | null, row: number, column: number, laid: Laid): Square {
  const at = { row, column, rows: 1, columns: 1, kind: 'value' as const };
  // A place that has no cell is struck through, so that nobody takes it for one left blank.
  if (!cell) return { ...at, content: words(STRUCK), addresses: [], lines: 1 };
  return { ...at, content: contentOf(cell, laid), addresses: [cell.address], ...roomOf(cell) };
}

/** Two choices crossed: a circle where they meet. */
export function matrixTable(block: MatrixBlock, laid: Laid): Table {
  const { row, column } = block;
  const write = (text: string) => formWords(text, laid.options);
  const head = (at: { row: number; column: number }, text: string, scope: 'row' | 'column'): Square => ({
    ...at,
    rows: 1,
    columns: 1,
    kind: 'heading',
    scope,
    content: words(write(text)),
    addresses: [],
    lines: 1,
  });
  const meets = (r: string, c: string) => laid.values[row.address] === r && laid.values[column.address] === c;
  const isExcluded = (r: string, c: string) => block.excluded.some(([a, b]) => a === r && b === c);
  const squares = [
    head({ row: 0, column: 0 }, `${row.short} ＼ ${column.short}`, 'column'),
    ...column.options.map((option, at) => head({ row: 0, column: at + 1 }, option.label, 'column')),
    ...row.options.flatMap((r, at): Square[] => [
      head({ row: at + 1, column: 0 }, r.label, 'row'),
      ...column.options.map(
        (c, across): Square => ({
          row: at + 1,
          column: across + 1,
          rows: 1,
          columns: 1,
          kind: 'value',
          content: isExcluded(r.code, c.code)
            ? words(STRUCK)
            : { kind: 'mark', isChosen: meets(r.code, c.code), meaning: `${r.label}・${c.label}` },
          addresses: [row.address, column.address],
          lines: 1,
        }),
      ),
    ]),
    ...halfChosen(block, laid),
  ];
  return {
    key: block.key,
    caption: write(block.label),
    isCaptionSaid: false,
    tracks: [
      Math.max(...row.options.map(({ label }) => labelWidth(label)), labelWidth(`${row.short} ＼ ${column.short}`)),
      ...column.options.map(({ label }) => labelWidth(label)),
    ],
    headRows: 1,
    rows: Math.max(...squares.map((square) => square.row + square.rows)),
    squares,
  };
}

/** While only one of the two is chosen (or the pair is none of the cross) there is no square for it: a row says it in words. */
function halfChosen({ row, column, excluded }: MatrixBlock, laid: Laid): Square[] {
  const [r, c] = [laid.values[row.address], laid.values[column.address]];
  const isPair = row.options.some(({ code }) => code === r) && column.options.some(({ code }) => code === c);
  const isShown = isPair && !excluded.some(([a, b]) => a === r && b === c);
  const said = [row, column]
    .map((cell) => contentOf(cell, laid))
    .map((content) => ('text' in content ? content.text : ''));
  if (isShown || said.every((text) => text === '')) return [];
  return [
    {
      row: row.options.length + 1,
      column: 0,
      rows: 1,
      columns: column.options.length + 1,
      kind: 'value',
      content: words(`${row.short}：${said[0] || '（未記入）'}　${column.short}：${said[1] || '（未記入）'}`),
      addresses: [row.address, column.address],
      lines: 1,
    },
  ];
}
