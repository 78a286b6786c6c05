// Random books, and books read back by a reader that has nothing in common with our writers (hucre).
import fc from 'fast-check';
import { readOds } from 'hucre/ods';
import { readXlsx } from 'hucre/xlsx';
import {
  type Book,
  type BookCell,
  type BookRow,
  isKept,
  type Look,
  namer,
  placesOf,
  type Value,
  type Worksheet,
} from '../../electron/core/output/book.ts';
import { odsParts } from '../../electron/core/output/ods.ts';
import { xlsxParts } from '../../electron/core/output/xlsx.ts';
import { zipped } from '../../electron/core/output/zip.ts';
import { decimal, text } from '../arbitrary.ts';

/** A worksheet with its rows in memory. */
export type Plain = Omit<Worksheet, 'rows'> & { rows: BookRow[] };

async function* each<T>(list: readonly T[]): AsyncGenerator<T> {
  yield* list;
}

export const bookOf = (sheets: readonly Plain[]): Book => ({
  pages: sheets.filter(({ page }) => page).length,
  worksheets: each(sheets.map((sheet) => ({ ...sheet, rows: [sheet.rows] }))),
});

export const FORMATS = ['xlsx', 'ods'] as const;
export type FormatName = (typeof FORMATS)[number];

/** The bytes of a book's file. */
export async function bytesOf(format: FormatName, book: Book): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipped(format === 'xlsx' ? xlsxParts(book) : odsParts(book))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What another reader finds: names, filled cells as `row,column`, merged areas. */
export async function readBack(format: FormatName, bytes: Uint8Array) {
  const { sheets } = await (format === 'xlsx' ? readXlsx(bytes) : readOds(bytes));
  return sheets.map(({ name, rows, merges = [] }) => ({
    name,
    cells: Object.fromEntries(
      rows.flatMap((row, r) =>
        row.flatMap((value, c) =>
          value === null || value === undefined || value === '' ? [] : [[`${r},${c}`, value]],
        ),
      ),
    ),
    merges: merges
      .map(({ startRow, startCol, endRow, endCol }) => `${startRow},${startCol}–${endRow},${endCol}`)
      .sort(),
  }));
}

/** The same of a book that was to be written. */
export const expected = (sheets: readonly Plain[]) =>
  sheets.map(({ name, rows }) => ({
    name,
    cells: Object.fromEntries(
      rows.flatMap(({ cells }, r) =>
        cells.flatMap(({ column, value }) =>
          value === null ? [] : [[`${r},${column}`, 'text' in value ? value.text : Number(value.decimal)]],
        ),
      ),
    ),
    merges: rows
      .flatMap(({ cells }, r) =>
        cells
          .filter(({ rows: down, columns }) => down > 1 || columns > 1)
          .map(({ column, rows: down, columns }) => `${r},${column}–${r + down - 1},${column + columns - 1}`),
      )
      .sort(),
  }));

/** Everything that some program has taken for a formula, a command, an escape or markup. */
export const DANGEROUS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://example.invalid/","押す")',
  '＝1+1',
  '\t=1+1',
  ' =1+1',
  '"=1+1',
  "'=1+1",
  '=DDE("soffice";"x";"y")',
  '2-2',
  '1/2',
  '1E5',
  '007',
  'TRUE',
  '#REF!',
  '令和4年度',
  '_x0041_',
  '_x000D_&amp;',
  ']]><!--<b>&#10;',
  '{{x}}',
  '  前と 後  ',
  '一行目\n\n三行目\t右',
  'https://example.invalid/',
];

const value: fc.Arbitrary<Value> = fc.oneof(
  text.map((words) => ({ text: words })),
  fc.constantFrom(...DANGEROUS).map((words) => ({ text: words })),
  decimal(8).map((number) => (isKept(number) ? { decimal: number } : { text: number })),
  fc.constant(null),
);

const TEXT_LOOKS: readonly Look[] = ['title', 'section', 'group', 'heading', 'value', 'stated', 'mark', 'datum'];

const cell: fc.Arbitrary<Omit<BookCell, 'column'>> = fc
  .record({
    value,
    rows: fc.constantFrom(1, 1, 2),
    columns: fc.constantFrom(1, 1, 2, 3),
    look: fc.constantFrom(...TEXT_LOOKS),
  })
  .map(({ value: inside, look, ...spans }) =>
    inside !== null && 'decimal' in inside
      ? {
          ...spans,
          value: inside,
          look: 'figure',
          format: { places: placesOf(inside.decimal), isGrouped: true, tail: '' },
        }
      : { ...spans, value: inside, look },
  );

/** Rows in which cells stand beside each other with gaps; those over two rows leave the row below them free. */
const rows: fc.Arbitrary<BookRow[]> = fc
  .array(fc.array(fc.tuple(fc.nat({ max: 2 }), cell), { maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .map((lines) =>
    lines.flatMap((line) => {
      let next = 0;
      const cells = line.map(([gap, one]) => {
        const column = next + gap;
        next = column + one.columns;
        return { ...one, column };
      });
      return [{ height: 20, cells }, { cells: [] }];
    }),
  );

const name = fc.oneof(text, fc.constantFrom("'", 'History', 'a[b]:*?/\\c', '様'.repeat(40), '2-2 移住'));

/** A book of one to three worksheets. */
export const book: fc.Arbitrary<Plain[]> = fc
  .array(fc.record({ wanted: name, rows, isTable: fc.boolean(), isPaper: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((sheets) => {
    const nameOf = namer();
    return sheets.map(({ wanted, rows: lines, isTable, isPaper }) => ({
      name: nameOf(wanted),
      widths: Array.from({ length: 20 }, () => 40),
      isTable,
      ...(isPaper ? { page: { header: `A & B "${wanted}"`, footer: '&P' } } : {}),
      rows: lines,
    }));
  });
