// @vitest-environment jsdom
// Pasting: the clipboards of Excel and of LibreOffice Calc, read, and the plan of where each value would go.
import { describe, expect, test } from 'vitest';
import { gridTable, type Place, type Table } from '../../renderer/form/grid/table.ts';
import { readClipboard } from '../../renderer/form/paste/clipboard.ts';
import { type PastedBlock, readHtmlBlock } from '../../renderer/form/paste/html.ts';
import { changesOf, type PastePlan, planPaste } from '../../renderer/form/paste/plan.ts';
import { readTsv } from '../../renderer/form/paste/tsv.ts';
import { type Cell, isComputed } from '../../shared/form/cell.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { EXCEL_HEADED, EXCEL_HIDDEN, EXCEL_MERGED, EXCEL_NUMBERS, excel, fromCalc } from './clipboards.ts';
import { formSource } from './fakehost.ts';

const formOf = (id: string) => layOut(readDefinition(formSource(id), id), 2022);
const texts = (block: PastedBlock | undefined) => block?.rows.map((row) => row.map((cell) => cell?.text ?? null));

describe('HTML from Excel', () => {
  test('gives numbers as they are shown', () => {
    expect(texts(readHtmlBlock(EXCEL_NUMBERS))).toEqual([
      ['60,564', '58,210', '▲12.5'],
      ['2,2948', '1.2091', ''],
    ]);
  });

  test('keeps line breaks inside a cell, hard spaces, and the places that merged cells cover', () => {
    expect(texts(readHtmlBlock(EXCEL_MERGED))).toEqual([
      ['移住相談の\n件数', '窓口と\nオンラインの計', null, '件'],
      [null, '1,187', '1,356', '回  分'],
    ]);
  });

  test('leaves hidden rows and columns out, and says so', () => {
    const block = readHtmlBlock(EXCEL_HIDDEN);
    expect(texts(block)).toEqual([
      ['1', 'a'],
      ['3', 'c'],
    ]);
    expect(block?.notes).toEqual(['隠れた行または列がありました。隠れたところは貼り付けません。']);
  });

  test('takes source line breaks between Japanese words for nothing, and between others for a space', () => {
    const block = readHtmlBlock(excel(`<tr><td>空き家を住まいとして\r\n  活かす</td><td>two\r\n  words</td></tr>`));
    expect(texts(block)).toEqual([['空き家を住まいとして活かす', 'two words']]);
  });

  test('keeps the blanks at the head of a line', () => {
    expect(texts(readHtmlBlock(excel('<tr><td>・一<br>\r\n    ・二<br>  ・三</td></tr>')))).toEqual([
      ['・一\n・二\n  ・三'],
    ]);
  });

  test('keeps 𠮷, variation selectors and signs as they are', () => {
    expect(texts(readHtmlBlock(excel('<tr><td>𠮷野家 葛󠄀城市 ①㎥</td></tr>')))).toEqual([['𠮷野家 葛󠄀城市 ①㎥']]);
  });

  test('drops what is empty at the ends of selected columns', () => {
    const block = readHtmlBlock(excel(`<tr><td>1</td><td></td></tr>${'<tr><td></td><td></td></tr>'.repeat(500)}`));
    expect(texts(block)).toEqual([['1']]);
  });

  test('runs and fetches nothing', () => {
    const html = excel('<tr><td>1<script>window.ran = true</script><img src=x onerror="window.ran = true"></td></tr>');
    expect(texts(readHtmlBlock(html))).toEqual([['1']]);
    expect('ran' in window).toBe(false);
  });

  test('bounds what a broken span asks for', () => {
    const block = readHtmlBlock(excel('<tr><td colspan=100000 rowspan=100000>1</td></tr><tr></tr>'));
    expect(texts(block)).toEqual([['1']]);
  });
});

describe('HTML from LibreOffice Calc', () => {
  const block = readHtmlBlock(fromCalc('shown').html);

  test('gives merged cells, lines and blanks as they stood', () => {
    expect(texts(block)).toEqual([
      ['お試し住宅の\n利用率', '利用日数÷開設日数', null],
      [null, '36.25', '60,564'],
      ['12,480', '2022年11月22日', '1行目\n\n3行目'],
      ['-12.5%', '▲1,235', '回  分'],
    ]);
    expect(texts(readHtmlBlock(fromCalc('merged').html))).toEqual([
      ['移住相談の\n件数', '窓口と\n\nオンラインの計', null, '件'],
      [null, '▲12.5', '60,564', '回  分'],
    ]);
  });

  test('gives what was typed as it was typed', () => {
    expect(texts(readHtmlBlock(fromCalc('numbers').html))).toEqual([
      ['60,564', '５８，２１０', '▲1,234'],
      ['2,2948', '1.2091', ''],
    ]);
  });

  test('tells the number behind one that is shown rounded, or in thousands', () => {
    expect(block?.rows[1]?.[2]).toEqual({ text: '60,564', exact: '60563.5' });
    expect(block?.rows[2]?.[0]).toEqual({ text: '12,480', exact: '12480450' });
    expect(block?.rows[3]?.[1]).toEqual({ text: '▲1,235', exact: '-1234567' });
    expect(block?.rows[1]?.[1]).toEqual({ text: '36.25' });
    expect(block?.rows[2]?.[1]).toEqual({ text: '2022年11月22日' });
  });

  test.each(['headed', 'numbers'] as const)('says the same as its text: %s', (name) => {
    const { html, text } = fromCalc(name);
    const { rows } = readClipboard({ getData: (type) => (type === 'text/plain' ? text : '') }, false);
    expect(texts(readHtmlBlock(html))).toEqual(texts({ rows, notes: [] }));
  });
});

test('HTML that is no table, or more than one, is left to the text', () => {
  expect(readHtmlBlock('<p>花の町</p>')).toBeUndefined();
  expect(readHtmlBlock('<p>前書き</p><table><tr><td>1</td></tr></table>')).toBeUndefined();
  const data = { getData: (type: string) => (type === 'text/html' ? '<p>花の町</p>' : '花の町') };
  expect(texts(readClipboard(data, false))).toEqual([['花の町']]);
});

describe('text', () => {
  const rows: [what: string, text: string, rows: string[][]][] = [
    [
      'cells and rows',
      '1\t2\r\n3\t4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['one value with the end of its row', '1,234\r\n', [['1,234']]],
    [
      'line breaks in quotes',
      'a\t"1行目\n2行目"\r\nb\tc',
      [
        ['a', '1行目\n2行目'],
        ['b', 'c'],
      ],
    ],
    ['quotes doubled', '"「""花""」\tの町"\tx', [['「"花"」\tの町', 'x']]],
    ['a quote that only looks like one', '"花"の町\t5"', [['"花"の町', '5"']]],
    [
      'empty cells',
      '\t\r\n\t1',
      [
        ['', ''],
        ['', '1'],
      ],
    ],
    ['an empty row inside', '1\n\n3', [['1'], [''], ['3']]],
    ['line ends of older systems', '1\r2', [['1'], ['2']]],
    ['nothing', '', [['']]],
  ];
  test.each(rows)('with %s', (_, text, expected) => {
    expect(readTsv(text)).toEqual(expected);
  });

  test('of several lines is one value for a cell that holds lines, and a column for numbers', () => {
    const data = { getData: (type: string) => (type === 'text/plain' ? '一\r\n二\r\n' : '') };
    expect(texts(readClipboard(data, true))).toEqual([['一\n二']]);
    expect(texts(readClipboard(data, false))).toEqual([['一'], ['二']]);
  });
});

describe('a plan', () => {
  const grids = formOf('memuro-shisaku')
    .sections.flatMap((section) => section.groups.flatMap((group) => group.blocks))
    .filter((block) => block.layout === 'grid');
  const [indicators, costs] = grids.map(gridTable) as [Table, Table];

  type Case = {
    table?: Table;
    at?: Place;
    to?: Place;
    html: string;
    locks?: Record<string, string>;
    now?: Record<string, string>;
  };
  function plan({ table = costs, at = { row: 0, column: 0 }, to = at, html, locks = {}, now = {} }: Case): PastePlan {
    const block = readHtmlBlock(html);
    if (!block) throw new Error('no table');
    const entry = { view: () => ({ locks }) };
    return planPaste({ table, area: { from: at, to }, block, entry, textOf: (cell) => now[cell.address] ?? '' });
  }
  const where = (made: PastePlan) => made.landings.map(({ cell, raw, reading }) => [cell.label, raw, reading.kind]);

  test('puts a block from its corner on, and asks by the same reading as typing does', () => {
    const made = plan({ html: EXCEL_NUMBERS });
    expect(where(made)).toEqual([
      ['施策事業費(千円) 2020年度決算', '60,564', 'value'],
      ['施策事業費(千円) 2021年度決算', '58,210', 'value'],
      ['施策事業費(千円) 2022年度決算', '▲12.5', 'asked'],
      ['人工数(業務量) 2020年度決算', '2,2948', 'asked'],
      ['人工数(業務量) 2021年度決算', '1.2091', 'value'],
    ]);
  });

  test('asks about 円 in a cell of 千円 and changes nothing by itself', () => {
    const made = plan({ html: excel('<tr><td>60,563,500円</td></tr>') });
    expect(made.landings[0]).toMatchObject({ raw: '60,563,500円', reading: { kind: 'asked' } });
    expect(changesOf(made, { answers: {}, erases: false })[0]?.raw).toBe('60,563,500円');
    const [offer] = made.landings[0]?.reading.kind === 'asked' ? made.landings[0].reading.candidates : [];
    expect(offer).toEqual({ label: '60,564（千円に直して四捨五入する）', value: '60564' });
  });

  test('lays merged cells on their first place, and the rest of them nowhere', () => {
    const made = plan({ table: indicators, html: EXCEL_MERGED });
    expect(where(made).map(([label, raw]) => [label, raw])).toEqual([
      ['重要業績評価指標 ① 指標名', '移住相談の\n件数'],
      ['重要業績評価指標 ① 説明', '窓口と\nオンラインの計'],
      ['重要業績評価指標 ① 策定時(基準値)', '件'],
      ['重要業績評価指標 ② 説明', '1,187'],
      ['重要業績評価指標 ② 単位', '1,356'],
      ['重要業績評価指標 ② 策定時(基準値)', '回  分'],
    ]);
  });

  test('names what is locked and what does not fit, and leaves both', () => {
    const first = costs.rows[1]?.slots[1] as Cell;
    const made = plan({
      at: { row: 1, column: 1 },
      html: EXCEL_NUMBERS,
      locks: { [first.address]: '事務局が記入する欄' },
    });
    expect(made.skipped).toEqual([{ text: '60,564', where: first.label, reason: '事務局が記入する欄' }]);
    expect(made.outside.map(({ text, where: place }) => [text, place])).toEqual([
      ['▲12.5', '1行3列'],
      ['2,2948', '2行1列'],
      ['1.2091', '2行2列'],
    ]);
    expect(where(made)).toEqual([['人工数(業務量) 2022年度決算', '58,210', 'asked']]);
  });

  test('counts what stands there already, and empties nothing unless that is meant', () => {
    const [a, b, c] = (costs.rows[0]?.slots ?? []) as Cell[];
    const made = plan({
      html: excel('<tr><td>60,564</td><td></td><td></td></tr><tr><td>1</td><td>1</td><td>1</td></tr>'),
      now: { [a?.address ?? '']: '60564', [b?.address ?? '']: '5', [c?.address ?? '']: '' },
    });
    expect(made.same).toBe(1);
    expect(made.blanks).toEqual([{ cell: b, now: '5' }]);
    expect(changesOf(made, { answers: {}, erases: false }).map(({ raw }) => raw)).toEqual(['1', '1', '1']);
    expect(changesOf(made, { answers: {}, erases: true }).map(({ raw }) => raw)).toEqual(['1', '1', '1', '']);
  });

  test('goes by headings that were copied along, so that no year can shift', () => {
    const made = plan({ at: { row: 1, column: 2 }, html: EXCEL_HEADED });
    expect(where(made).map(([label, raw]) => [label, raw])).toEqual([
      ['施策事業費(千円) 2022年度決算', '14,010'],
      ['施策事業費(千円) 2021年度決算', '13,905'],
    ]);
    expect(made.outside).toEqual([{ text: '11,111', where: '2行4列', reason: '同じ見出しがありません' }]);
    expect(made.notes).toEqual([
      '写した範囲に見出しがあるので、行と列の見出しに合わせて置きます。',
      '見出し「2019年度決算」の列は、この表にありません。',
    ]);
  });

  test('repeats a block over a selection that it fills without a rest', () => {
    const made = plan({ to: { row: 1, column: 2 }, html: excel('<tr><td>1</td></tr>') });
    expect(made.landings).toHaveLength(6);
    const uneven = plan({ to: { row: 1, column: 2 }, html: excel('<tr><td>1</td><td>2</td></tr>') });
    expect(uneven.landings).toHaveLength(2);
  });

  test('passes by computed cells and holes of a table', () => {
    const table = formOf('jimujigyo-zaigen')
      .sections.flatMap((section) => section.groups.flatMap((group) => group.blocks))
      .filter((block) => block.layout === 'grid')
      .map(gridTable)
      .find(({ rows }) => rows.some(({ slots }) => slots.some((slot) => slot && isComputed(slot))));
    if (!table) throw new Error('the form computes nothing');
    const ones = `<tr>${'<td>7</td>'.repeat(table.columns.length)}</tr>`.repeat(table.rows.length);
    const made = plan({ table, html: excel(ones) });
    expect(made.skipped.length).toBeGreaterThan(0);
    expect(new Set(made.skipped.map(({ reason }) => reason))).toEqual(new Set(['計算で決まる欄']));
    expect(made.landings.every(({ cell }) => !isComputed(cell))).toBe(true);
  });
});
