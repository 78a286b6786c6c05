// Workbooks as files: what any reader finds in them is what was to be written, and nothing in them ever runs.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isKept,
  FORMATS as NUMBER_FORMATS,
  namer,
  numberValue,
  shownNumber,
  slotter,
} from '../../electron/core/output/book.ts';
import { columnName, formatCode } from '../../electron/core/output/xlsx.ts';
import { zipped } from '../../electron/core/output/zip.ts';
import { decimal, text } from '../arbitrary.ts';
import { book, bookOf, bytesOf, DANGEROUS, expected, FORMATS, type Plain, readBack } from './books.ts';
import { partsOf } from './parts.ts';

const sheetOf = (texts: readonly string[]): Plain => ({
  name: '一枚',
  widths: [100],
  isTable: false,
  rows: texts.map((one) => ({ cells: [{ column: 0, rows: 1, columns: 1, look: 'value', value: { text: one } }] })),
});

describe.each(FORMATS)('a book as %s', (format) => {
  test('is read back cell by cell, merged area by merged area, by another reader', async () => {
    await fc.assert(
      fc.asyncProperty(book, async (sheets) => {
        const found = await readBack(format, await bytesOf(format, bookOf(sheets)));
        expect(found).toEqual(expected(sheets));
      }),
      { numRuns: 60 },
    );
  });

  test('holds every text as a text, also one that would be a formula, a date, an escape or markup', async () => {
    const [found] = await readBack(format, await bytesOf(format, bookOf([sheetOf(DANGEROUS)])));
    expect(Object.values(found?.cells ?? {})).toEqual(DANGEROUS);
  });

  test('holds no formula, link, macro or person, and says nothing of when it was made', async () => {
    const parts = await partsOf(await bytesOf(format, bookOf([sheetOf(DANGEROUS)])));
    const all = Object.values(parts)
      .flatMap((part) => part.match(/<[^>]*>/g) ?? [])
      .join('\n');
    expect(all).not.toMatch(/<f[ >]|table:formula|of:=|hyperlink|xlink|externalLink|vbaProject|script/i);
    expect(all).not.toMatch(/dc:creator|lastModifiedBy|meta:initial-creator|creation-date/);
    expect(Object.keys(parts).filter((name) => /docProps|meta\.xml|Basic/.test(name))).toEqual([]);
    const again = await bytesOf(format, bookOf([sheetOf(DANGEROUS)]));
    expect(again.equals(await bytesOf(format, bookOf([sheetOf(DANGEROUS)])))).toBe(true);
  });

  test('keeps the places of a number as it was written', async () => {
    const sheet: Plain = {
      ...sheetOf([]),
      rows: ['95.0', '2.2948', '-1234.50', '0'].map((number) => ({
        cells: [
          {
            column: 0,
            rows: 1,
            columns: 1,
            look: 'figure',
            value: { decimal: number },
            format: { places: number.split('.')[1]?.length ?? 0, isGrouped: true, tail: '（見込）' },
          },
        ],
      })),
    };
    const parts = await partsOf(await bytesOf(format, bookOf([sheet])));
    const content = parts['xl/worksheets/sheet1.xml'] ?? parts['content.xml'] ?? '';
    const pattern = format === 'xlsx' ? /<v>([^<]*)<\/v>/g : /office:value="([^"]*)"/g;
    expect([...content.matchAll(pattern)].map(([, written]) => written)).toEqual(['95.0', '2.2948', '-1234.50', '0']);
    if (format === 'ods') expect(content).toContain('<text:p>▲1,234.50（見込）</text:p>');
  });

  test('that breaks off in the middle ends with what broke it', async () => {
    const torn = async function* () {
      yield { ...sheetOf(['あ']), rows: [sheetOf(['あ']).rows] };
      throw new Error('stopped by hand');
    };
    await expect(bytesOf(format, { pages: 0, worksheets: torn() })).rejects.toThrow('stopped by hand');
    const tornRows = async function* () {
      yield sheetOf(['あ']).rows;
      throw new Error('stopped in a row');
    };
    const inside = async function* () {
      yield { ...sheetOf([]), rows: tornRows() };
    };
    await expect(bytesOf(format, { pages: 0, worksheets: inside() })).rejects.toThrow('stopped in a row');
  });
});

test('OpenDocument begins with its name, not compressed, as readers tell it by its bytes', async () => {
  const bytes = await bytesOf('ods', bookOf([sheetOf(['あ'])]));
  expect(bytes.subarray(30, 38).toString()).toBe('mimetype');
  expect(bytes.subarray(38, 84).toString()).toBe('application/vnd.oasis.opendocument.spreadsheet');
});

test('parts are asked for one after the other', async () => {
  const asked: string[] = [];
  const parts = async function* () {
    for (const name of ['a', 'b']) {
      asked.push(`${name} begins`);
      yield { name, pieces: [name.repeat(100_000)] };
      asked.push(`${name} is packed`);
    }
  };
  for await (const _ of zipped(parts()));
  expect(asked).toEqual(['a begins', 'a is packed', 'b begins', 'b is packed']);
});

describe('names of worksheets', () => {
  test('are what Excel takes, and no two alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, fc.constantFrom('履歴', 'ABC', 'abc', '', "''", 'あ'.repeat(60)))),
        (wanted) => {
          const names = wanted.map(namer());
          for (const name of names) {
            expect(name.length).toBeGreaterThan(0);
            expect(name.length).toBeLessThanOrEqual(31);
            expect(name).not.toMatch(/[[\]:*?/\\\p{Cc}]|^'|'$|^(history|履歴)$/iu);
            expect(name.isWellFormed()).toBe(true);
          }
          expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
        },
      ),
    );
  });

  test('are those of the sheets where that can be', () => {
    const nameOf = namer();
    expect(['2-2 移住の相談', '2-2 移住の相談', '1/2 道', ''].map(nameOf)).toEqual([
      '2-2 移住の相談',
      '2-2 移住の相談(2)',
      '1_2 道',
      'シート',
    ]);
  });
});

describe('numbers', () => {
  test('that a spreadsheet would round are texts, all others are numbers', () => {
    expect(numberValue('123456789012345')).toEqual({ decimal: '123456789012345' });
    expect(numberValue('1234567890123456')).toEqual({ text: '1234567890123456' });
    expect(numberValue('-0.000123456789012345')).toEqual({ decimal: '-0.000123456789012345' });
    fc.assert(
      fc.property(decimal(8), (number) => {
        if (!isKept(number)) return;
        const back = Number(number).toFixed(number.split('.')[1]?.length ?? 0);
        expect(back).toBe(number);
      }),
    );
  });

  test('are shown as their format says', () => {
    expect(formatCode({ places: 1, isGrouped: true, tail: '（見込）' })).toBe('#,##0.0"（見込）";"▲"#,##0.0"（見込）"');
    expect(shownNumber('-1234.5', { places: 1, isGrouped: true, tail: '（見込）' })).toBe('▲1,234.5（見込）');
    expect(shownNumber('2024', { places: 0, isGrouped: false, tail: '年度' })).toBe('2024年度');
    expect(new Set(NUMBER_FORMATS.map(formatCode)).size).toBe(NUMBER_FORMATS.length);
  });
});

test('columns are called as spreadsheets call them', () => {
  expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
});

test('every place of a row is told once, covered ones too', () => {
  const slots = slotter();
  const cell = (column: number, rows: number, columns: number) => ({
    column,
    rows,
    columns,
    look: 'value' as const,
    value: null,
  });
  expect(slots({ cells: [cell(0, 2, 2), cell(3, 1, 1)] }).map(({ column, cell: own }) => [column, !own])).toEqual([
    [0, false],
    [1, true],
    [3, false],
  ]);
  expect(slots({ cells: [cell(2, 1, 2)] }).map(({ column, cell: own }) => [column, !own])).toEqual([
    [0, true],
    [1, true],
    [2, false],
    [3, true],
  ]);
  expect(slots({ cells: [] })).toEqual([]);
});
