// Filled sheets in workbooks: what LibreOffice saved, and the seed sheet with its cells merged, give the same cells as text.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unfold } from '../../electron/core/intake/breaks.ts';
import { readGrid } from '../../electron/core/intake/grid.ts';
import { plainText } from '../../electron/core/intake/markup.ts';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { readSource } from '../../electron/core/intake/source.ts';
import { type Table, tableOf } from '../../electron/core/intake/table.ts';
import { measureForm } from '../form/sample.ts';
import { type BookSheet, makeXlsx, place, sheetOf } from './book.ts';
import { plainStyle, writePaper } from './paper.ts';

const form = measureForm(2022);
const root = path.join(import.meta.dirname, '../..');
const vector = (ending: string) => readFileSync(path.join(root, `test/vectors/workbooks/sample.${ending}`));
const tablesOf = async (bytes: Buffer, name: string): Promise<readonly Table[]> =>
  (await readSource(bytes, name, async () => undefined)).tables;
const cellsOf = (table: Table | undefined, own = form) => {
  if (!table) throw new Error('no table');
  const { cells, leftovers, notes } = readFilledSheet(own, table);
  // A number in a workbook has no commas; in a text it may.
  const plain = (raw: string) => (/^\d{1,3}(?:,\d{3})+$/.test(raw) ? raw.replaceAll(',', '') : raw);
  return { cells: Object.fromEntries(cells.map(({ address, raw }) => [address, plain(raw)])), leftovers, notes };
};
const textsOf = (table: Table | undefined) => table?.cells.map(({ text }) => text) ?? [];

/** What a person would see who opened the rows in a spreadsheet, each text that ends its row merged to the right. */
function asBook(rows: readonly (readonly string[])[], isPlain: boolean): BookSheet {
  const width = Math.max(...rows.map((row) => row.length));
  const texts = rows.map((row) => row.map((text) => (isPlain ? unfold(plainText(text).text).text : text)));
  const merges = texts.flatMap((row, index) => {
    const last = row.findLastIndex((text) => text.trim() !== '');
    return last < 0 || last === width - 1 ? [] : [`${place(index, last)}:${place(index, width - 1)}`];
  });
  return { ...sheetOf('2-2', texts), merges };
}

describe('workbooks that LibreOffice saved', () => {
  const sample = cellsOf(tableOf(readGrid(readFileSync(path.join(root, 'resources/samples/memuro-sample.txt')))));

  test.each(['xlsx', 'ods'])('sample.%s gives the cells of the text that it was made of', async (ending) => {
    const tables = await tablesOf(vector(ending), `sample.${ending}`);
    expect(tables.map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['3-1 みどりの暮らし', false],
      ['見え方', false],
      ['隠れたシート', true],
    ]);
    expect(cellsOf(tables[0])).toEqual({ ...sample, notes: [] });
  });

  test('the page of it too', async () => {
    const [table] = await tablesOf(vector('html'), 'sample.html');
    expect(cellsOf(table).cells).toEqual(sample.cells);
  });

  test.each(['xlsx', 'ods'])('sample.%s shows what a person sees in it', async (ending) => {
    const [, looks] = await tablesOf(vector(ending), `sample.${ending}`);
    const texts = textsOf(looks);
    const seen = Object.fromEntries(
      texts.flatMap((label, index) => (index % 2 === 0 ? [[label, texts[index + 1]]] : [])),
    );
    expect(seen).toEqual({
      桁区切り: '64,542',
      丸めて見せる: '2.2948',
      小数の零: '95.0',
      千円で見せる: '64,542',
      百分率: '94.3%',
      単位つき: '1,204千円',
      三角: '▲ 1,234',
      元号の日付: '令和4年3月31日',
      元号の初日: '令和1年5月1日',
      ふりがな: '移住定住',
      メモ: 'メモ付き',
      数式: '2391',
      割れない式: '#DIV/0!',
      改行と空白: '一行目\n二行目  ・三',
      隠れた行: '見えない文',
    });
    expect(looks?.asides.map(({ text }) => text)).toEqual(['前の担当の覚え']);
    expect(looks?.notes.join()).toContain('表示していない行・列にある文字（2か所）');
  });

  test('the old format says what to do', async () => {
    await expect(tablesOf(vector('xls'), 'sample.xls')).rejects.toMatchObject({
      problem: { code: 'workbook.legacy', hint: expect.stringContaining('.xlsx') },
    });
  });
});

const seed = path.join(root, '../shared/seed/memuro-2-2.txt');
describe.skipIf(!existsSync(seed))('the seed sheet as a workbook', () => {
  const rows = existsSync(seed) ? readGrid(readFileSync(seed)) : [];
  const text = cellsOf(tableOf(rows));

  test('with merged cells and the texts that a person sees, it gives the same cells', async () => {
    const [table] = await tablesOf(makeXlsx([asBook(rows, true)]), 'seed.xlsx');
    expect(table?.cells.some(({ columns }) => columns > 1)).toBe(true);
    expect(cellsOf(table)).toEqual({ ...text, notes: [] });
  });

  test('with the markup of its conversion still in the cells, too, and says so', async () => {
    const [table] = await tablesOf(makeXlsx([asBook(rows, false)]), 'seed.xlsx');
    const read = cellsOf(table);
    expect(read.cells).toEqual(text.cells);
    expect(read.notes.join()).toContain('HTMLの書式');
  });
});

describe('a sheet laid out on squared paper', () => {
  test('values are found under headings that are merged otherwise than they are', () => {
    const cell = (at: [row: number, column: number, columns: number], text: string) => ({
      row: at[0],
      column: at[1],
      columns: at[2],
      rows: 1,
      text,
    });
    const table: Table = {
      ...tableOf([]),
      isMarkup: false,
      cells: [
        cell([0, 0, 20], '2. 施策の事業費'),
        cell([1, 8, 4], '令和２年度決算'),
        cell([1, 12, 4], 'Ｒ３年度決算'),
        cell([1, 16, 4], '2022年度決算'),
        cell([2, 0, 8], '施策事業費(千円)'),
        cell([2, 9, 3], '60,564'),
        cell([2, 12, 4], '64,542'),
        cell([3, 0, 8], '人工数(業務量)'),
        cell([3, 13, 1], '1.2091'),
        cell([3, 17, 2], '#REF!'),
        cell([5, 0, 20], '6. 経営戦略会議(庁内評価)'),
        cell([6, 4, 3], 'A'),
        cell([6, 7, 3], 'B'),
        cell([6, 10, 3], 'C'),
        cell([6, 13, 3], 'D'),
        cell([6, 16, 3], 'E'),
        cell([7, 0, 4], '進捗結果'),
        cell([7, 11, 1], '○'),
        cell([8, 0, 4], '評価'),
        cell([8, 4, 16], '#N/A'),
      ],
    };
    const { cells, leftovers } = cellsOf(table);
    expect(cells).toEqual({
      cost__expense__settled_2020: '60564',
      cost__expense__settled_2021: '64542',
      cost__labour__settled_2021: '1.2091',
      cost__labour__settled_2022: '#REF!',
      board: 'C',
    });
    expect(leftovers).toEqual([{ text: '#N/A', reason: expect.stringContaining('計算の誤り') }]);
  });

  test('any filled form on paper comes back from a workbook letter by letter', async () => {
    const words = fc.constantFrom('ぬ一', 'ぬ <b>太字</b> ・二', 'ぬ\n改行', 'ぬ&amp;');
    await fc.assert(
      fc.asyncProperty(words, words, fc.boolean(), async (intent, target, gaps) => {
        const raws = { number: '2-2', intent, target, kpi__r1__base: '98.6', cost__expense__settled_2021: '64,542' };
        const rows = writePaper(form, raws, { ...plainStyle, gaps });
        const [table] = await tablesOf(makeXlsx([sheetOf('2-2', rows)]), '表.xlsx');
        expect(cellsOf(table)).toEqual({
          cells: { ...raws, cost__expense__settled_2021: '64542' },
          leftovers: [],
          notes: [],
        });
      }),
      { numRuns: 20 },
    );
  });
});
