// Workbooks as a person sees them: texts, numbers in their formats, merged and hidden cells, and what lies beside the cells.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../electron/core/intake/source.ts';
import type { Table } from '../../electron/core/intake/table.ts';
import { decimalOf, showNumber } from '../../electron/core/intake/workbook/numbers.ts';
import { text } from '../arbitrary.ts';
import {
  type BookCell,
  type BookOptions,
  type BookSheet,
  makeXlsx,
  place,
  sheetOf,
  xlsxParts,
  zipped,
} from './book.ts';

const read = async (bytes: Buffer, name = '表.xlsx'): Promise<readonly Table[]> =>
  (await readSource(bytes, name, async () => undefined)).tables;
const readOne = async (sheet: Partial<BookSheet>, options: BookOptions = {}): Promise<Table> => {
  const [table] = await read(makeXlsx([{ name: 'シート', cells: [], ...sheet }], options));
  if (!table) throw new Error('no table');
  return table;
};
const textsOf = ({ cells }: Table) =>
  Object.fromEntries(cells.map((cell) => [place(cell.row, cell.column), cell.text]));
const textOf = async (cell: Omit<BookCell, 'at'>, options: BookOptions = {}) =>
  textsOf(await readOne({ cells: [{ at: 'A1', ...cell }] }, options)).A1;

describe('texts of an .xlsx', () => {
  test('ふりがな stays out of the text, and the runs of a rich text are one text', async () => {
    const rich =
      '<r><rPr><b/></rPr><t>移住</t></r><r><t xml:space="preserve"> 定住</t></r><rPh sb="0" eb="2"><t>イジュウ</t></rPh><phoneticPr fontId="1"/>';
    expect(await textOf({ rich })).toBe('移住 定住');
    expect(await textOf({ rich: '<t>施策</t><rPh sb="0" eb="2"><t>シサク</t></rPh>' })).toBe('施策');
  });

  test('shared, inline and computed texts, line breaks, escapes, truths and errors', async () => {
    expect(await textOf({ text: '一行目\n二行目 ・三' })).toBe('一行目\n二行目 ・三');
    expect(await textOf({ text: '内側', type: 'inlineStr' })).toBe('内側');
    expect(await textOf({ value: '計算した文', type: 'str', formula: 'A2&"文"' })).toBe('計算した文');
    expect(await textOf({ text: 'a_x000D_b_x005F_x0041_' })).toBe('a\rb_x0041_');
    expect(await textOf({ value: '1', type: 'b' })).toBe('TRUE');
    expect(await textOf({ value: '0', type: 'b' })).toBe('FALSE');
    expect(await textOf({ value: '#REF!', type: 'e', formula: 'A9' })).toBe('#REF!');
    expect(await textOf({ text: '&lt;b>太字</b> & "引用"' })).toBe('&lt;b>太字</b> & "引用"');
  });

  test('names with a prefix, and places that are left to be counted', async () => {
    const parts = xlsxParts([{ name: 'シ', cells: [{ at: 'A1', text: 'あ' }] }], { prefix: 'x' });
    expect(textsOf((await read(zipped(parts)))[0] as Table)).toEqual({ A1: 'あ' });
    const counted = { ...xlsxParts([{ name: 'シ', cells: [] }]) };
    counted['xl/worksheets/sheet1.xml'] =
      '<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c t="inlineStr"><is><t>三</t></is></c></row></sheetData></worksheet>';
    expect(textsOf((await read(zipped(counted)))[0] as Table)).toEqual({ A1: '1', B1: '2', A2: '三' });
  });

  test('UTF-16 parts are read, and a document type is refused', async () => {
    const parts: Record<string, string | Uint8Array> = xlsxParts([{ name: 'シ', cells: [] }]);
    const sheet = '<worksheet><sheetData><row><c t="inlineStr"><is><t>施策</t></is></c></row></sheetData></worksheet>';
    parts['xl/worksheets/sheet1.xml'] = Buffer.from(`\ufeff${sheet}`, 'utf16le');
    expect(textsOf((await read(zipped(parts)))[0] as Table)).toEqual({ A1: '施策' });
    parts['xl/worksheets/sheet1.xml'] = `<!DOCTYPE a [<!ENTITY b "c">]>${sheet.replace('施策', '&b;')}`;
    await expect(read(zipped(parts))).rejects.toMatchObject({ problem: { code: 'workbook.damaged' } });
  });
});

describe('numbers as a person sees them', () => {
  const seen: [format: string, value: string, text: string][] = [
    ['General', '98.6', '98.6'],
    ['General', '98.600000000000009', '98.6'],
    ['General', '0.30000000000000004', '0.3'],
    ['General', '2.2948', '2.2948'],
    ['General', '1234567890123', '1234567890123'],
    ['0.0', '95', '95.0'],
    ['#,##0', '60564', '60,564'],
    ['0.00', '2.2948', '2.2948'],
    ['#,##0,', '64542000', '64,542'],
    ['#,##0,', '64542300', '64542.3'],
    ['0.0%', '0.943', '94.3%'],
    ['0%', '0.943', '94.3%'],
    ['#,##0;"▲ "#,##0', '-1234', '▲ 1,234'],
    ['#,##0;"△"#,##0', '-1234', '△1,234'],
    ['#,##0;[Red]#,##0', '-5', '-5'],
    ['#,##0_);(#,##0)', '-5', '-5'],
    ['_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', '0', '0'],
    ['_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', '8378', '8,378'],
    ['0;-0;"該当なし"', '0', '該当なし'],
    ['#,##0"千円"', '5', '5千円'],
    ['0"年度決算"', '2021', '2021年度決算'],
    ['0000', '7', '0007'],
    ['yyyy/m/d', '44651', '2022/3/31'],
    ['[$-411]ge.m.d', '44651', 'R4.3.31'],
    ['[$-411]ggge"年"m"月"d"日";@', '43585', '平成31年4月30日'],
    ['[$-411]ggge"年"m"月"d"日";@', '43586', '令和1年5月1日'],
    ['[$-ja-JP-x-gannen]ggge"年"m"月"d"日"', '43586', '令和元年5月1日'],
    ['[$-411]ggge"年"m"月"d"日"', '32515', '昭和64年1月7日'],
    ['m"月"d"日"', '44594', '2月2日'],
  ];
  test.each(seen)('%s of %s is %s', async (format, value, expected) => {
    expect(await textOf({ value, format })).toBe(expected);
  });

  test('the two ways of counting days meet on the same day', async () => {
    expect(await textOf({ value: String(44651 - 1462), format: 'yyyy/m/d' }, { is1904: true })).toBe('2022/3/31');
  });

  test('formats that stand in the file by their number alone', async () => {
    const parts = xlsxParts([{ name: 'シ', cells: [{ at: 'A1', value: '44651', format: 'general' }] }]);
    parts['xl/styles.xml'] = (parts['xl/styles.xml'] ?? '').replace(
      'numFmtId="164" applyNumberFormat',
      'numFmtId="57" apply',
    );
    expect(textsOf((await read(zipped(parts)))[0] as Table)).toEqual({ A1: 'R4.3.31' });
  });

  test('what a format hides is no blank without a word', async () => {
    const cells = [
      { at: 'A1', value: '0', format: '0;-0;;@' },
      { at: 'A2', value: '12', format: ';;;' },
      { at: 'A3', formula: 'B1+1' },
      { at: 'A4', text: 'あ' },
    ];
    const table = await readOne({ cells });
    expect(textsOf(table)).toEqual({ A4: 'あ' });
    expect(table.notes.join()).toMatch(/見えない 0 が1か所.*数式が1か所/s);
    expect(table.asides).toEqual([{ text: '12', reason: '書式のために見えなくなっている' }]);
  });

  test('any decimal of 15 digits comes back as it was typed, in any format', () => {
    const typed = fc
      .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.nat({ max: 6 }))
      .map(([whole, places]) => {
        const digits = String(Math.abs(whole)).padStart(places + 1, '0');
        const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
        return `${whole < 0 ? '-' : ''}${text}`;
      });
    const formats = fc.constantFrom(
      'General',
      '0',
      '0.0',
      '#,##0',
      '#,##0.00;[Red]-#,##0.00',
      '#,##0_);(#,##0)',
      '#,##0;[Red]#,##0',
      '@',
    );
    fc.assert(
      fc.property(typed, formats, (digits, format) => {
        const shown = showNumber(Number(digits), format, false);
        fc.pre(!shown.isUnseen);
        expect(Number(shown.text.replaceAll(',', ''))).toBe(Number(digits));
        expect(decimalOf(Number(digits))).toBe(decimalOf(Number(shown.text.replaceAll(',', ''))));
      }),
    );
  });
});

describe('places', () => {
  test('merged cells reach as far as they do, and what lies under them is listed', async () => {
    const cells = [
      { at: 'A1', text: '見出し' },
      { at: 'B1', text: '下' },
      { at: 'C2', text: '横' },
    ];
    const table = await readOne({ cells, merges: ['A1:B2', 'C2:XFD2'] });
    expect(table.cells).toEqual([
      { row: 0, column: 0, rows: 2, columns: 2, text: '見出し' },
      { row: 1, column: 2, rows: 1, columns: 16_382, text: '横' },
    ]);
    expect(table.asides).toEqual([{ text: '下', reason: '結合したセルの下に隠れている' }]);
  });

  test('hidden rows, columns and worksheets are told', async () => {
    const cells = ['A1', 'B2', 'C3'].map((at) => ({ at, text: at }));
    const table = await readOne({ cells, hiddenRows: [2], hiddenColumns: [3] });
    expect(textsOf(table)).toEqual({ A1: 'A1', B2: 'B2', C3: 'C3' });
    expect(table.notes.join()).toContain('（2か所）');
    const tables = await read(
      makeXlsx([sheetOf('見える', [['あ']]), { ...sheetOf('隠れた', [['い']]), state: 'veryHidden' }]),
    );
    expect(tables.map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['見える', false],
      ['隠れた', true],
    ]);
  });

  test('a cell in the last corner costs no more than one in the first', async () => {
    expect(
      textsOf(
        await readOne({
          cells: [
            { at: 'XFD1048576', text: '隅' },
            { at: 'A1', text: '初' },
          ],
        }),
      ),
    ).toEqual({
      A1: '初',
      XFD1048576: '隅',
    });
  });

  test('shapes and notes on cells are listed', async () => {
    const drawing =
      '<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>図形の</a:t></a:r><a:r><a:t>文</a:t></a:r></a:p><a:p><a:r><a:t>二行目</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:sp/></xdr:wsDr>';
    const relations =
      '<Relationships><Relationship Id="rId1" Type="http://x/drawing" Target="../drawings/drawing1.xml"/><Relationship Id="rId2" Type="http://x/comments" Target="/xl/comments1.xml"/><Relationship Id="rId3" Type="http://x/hyperlink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>';
    const table = await readOne(
      { cells: [{ at: 'A1', text: 'あ' }], tail: '<drawing r:id="rId1"/>' },
      {
        parts: {
          'xl/worksheets/_rels/sheet1.xml.rels': relations,
          'xl/drawings/drawing1.xml': drawing,
          'xl/comments1.xml':
            '<comments><commentList><comment ref="B5"><text><r><t>要確認</t></r></text></comment></commentList></comments>',
        },
      },
    );
    expect(table.asides).toEqual([
      { text: '図形の文\n二行目', reason: '図形の中に書かれている' },
      { text: '要確認', reason: 'セル B5 に付けたメモ' },
    ]);
    expect(table.notes.join()).toContain('文字のない図形が1個');
  });
});

test('a grid of texts comes back from a workbook as it went in', async () => {
  const grid = fc.array(fc.array(fc.oneof({ weight: 2, arbitrary: text }, fc.constant('')), { maxLength: 6 }), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(grid, fc.constantFrom('s' as const, 'inlineStr' as const), async (rows, type) => {
      const { name, cells } = sheetOf('表', rows);
      const table = await readOne({ name, cells: cells.map((cell) => ({ ...cell, type })) });
      const expected = Object.fromEntries(
        cells.filter((cell) => cell.text?.trim() !== '').map((cell) => [cell.at, cell.text]),
      );
      expect(textsOf(table)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

describe('pages and other formats', () => {
  test('a table of the clipboard keeps its spans, and what stands around it', async () => {
    const html =
      '<html><head><style>td{color:red}</style></head><body><!--StartFragment--><p>1. 方針</p><table><tr><td colspan=2 rowspan="2">見出し<br>二行</td><td>右\r\n  上</td></tr><tr><td sdval="2.2948" sdnum="1033;0.00">2.29</td></tr><tr><td>左</td><td></td><td>下&nbsp;&lt;b&gt;</td></tr></table><p>後</p></body></html>';
    const [table] = await read(Buffer.from(html), '写し.html');
    expect(table?.cells).toEqual([
      { row: 0, column: 0, rows: 1, columns: 1, text: '1. 方針' },
      { row: 1, column: 0, rows: 2, columns: 2, text: '見出し\n二行' },
      { row: 1, column: 2, rows: 1, columns: 1, text: '右 上' },
      { row: 2, column: 2, rows: 1, columns: 1, text: '2.2948', isNumber: true },
      { row: 3, column: 0, rows: 1, columns: 1, text: '左' },
      { row: 3, column: 2, rows: 1, columns: 1, text: '下 <b>' },
      { row: 4, column: 0, rows: 1, columns: 1, text: '後' },
    ]);
  });

  test('a page that is called .xls, and a CSV', async () => {
    const [table] = await read(Buffer.from('<table><tr><td>施策番号</td><td>2-2</td></tr></table>'), '調査票.xls');
    expect(table?.cells.map(({ text: shown }) => shown)).toEqual(['施策番号', '2-2']);
    const [csv] = await read(Buffer.from('施策番号,"2-2"\n意図,"一、\n二"\n'), '表.csv');
    expect(csv?.cells.map(({ text: shown }) => shown)).toEqual(['施策番号', '2-2', '意図', '一、\n二']);
  });
});
