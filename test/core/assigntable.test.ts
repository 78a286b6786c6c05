// The table of who has which sheets, as people have it: in a workbook, with a title above it, with dates that nobody meant.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BookCell, makeXlsx, place } from '../intake/book.ts';
import { makeWorld, type Workspace, type World } from './world.ts';

let world: World;
let office: Workspace;
beforeAll(async () => {
  world = await makeWorld();
  office = world.host();
  const file = office.offer(world.at('office.hyoka'));
  await office.ask('workspace.create', { file, office: '企画財政課', form: { id: 'memuro-shisaku' }, year: 2022 });
});
afterAll(() => world.close());

const HEAD = ['施策番号', '施策名', '主管課'];
const cellsOf = (rows: readonly (readonly string[])[]): BookCell[] =>
  rows.flatMap((texts, row) => texts.map((text, column) => ({ at: place(row, column), text })));
const offered = async (name: string, bytes: Uint8Array | string) => office.offer(await world.write(name, bytes));
const assign = async (name: string, bytes: Uint8Array | string) =>
  office.ask('assignment.import', { file: await offered(name, bytes) });
const refused = async (name: string, bytes: Uint8Array | string) =>
  office.problem('assignment.import', { file: await offered(name, bytes) });

test('the first worksheet that has something, below its title', async () => {
  const rows = [
    ['令和4年度 施策の一覧'],
    [],
    HEAD,
    ['7-1', '図書館の活用', '社会教育課'],
    ['7-2', '道の駅', '商工観光課、社会教育課'],
  ];
  const bytes = makeXlsx([
    { name: '控え', cells: cellsOf([['古い表']]), state: 'hidden' },
    { name: '空', cells: [] },
    { name: '一覧', cells: cellsOf(rows) },
  ]);
  expect(await assign('一覧.xlsx', bytes)).toMatchObject({ sheets: ['7-1', '7-2'] });
  const { sheets } = await office.ask('sheet.list', {});
  expect(sheets.find(({ number }) => number === '7-2')).toMatchObject({
    name: '道の駅',
    units: ['商工観光課', '社会教育課'],
  });
});

test.each([
  ['m"月"d"日"', '2月2日'],
  ['yyyy/m/d', '2022/2/2'],
  ['d-mmm', '2-Feb'],
  ['[$-411]ge.m.d', 'R4.2.2'],
])('a number that the spreadsheet took for a date is not guessed at: %s', async (format, shown) => {
  const typed: BookCell = { at: 'A2', value: '44594', format };
  const bytes = makeXlsx([
    { name: '一覧', cells: [...cellsOf([HEAD]), typed, { at: 'B2', text: '道の駅' }, { at: 'C2', text: '課' }] },
  ]);
  const problem = await refused('日付.xlsx', bytes);
  expect(problem).toMatchObject({ code: 'assignment.invalid', details: { line: 2 } });
  expect(problem.message).toContain(`「${shown}」が日付になっている`);
});

test('a plain number is the sheet’s number', async () => {
  const typed: BookCell = { at: 'A2', value: '12' };
  const bytes = makeXlsx([
    { name: '一覧', cells: [...cellsOf([HEAD]), typed, { at: 'B2', text: '道の駅' }, { at: 'C2', text: '課' }] },
  ]);
  expect(await assign('番号.xlsx', bytes)).toMatchObject({ sheets: ['12'] });
});

test('the headings that are needed are named, in a workbook and in CSV', async () => {
  const bytes = makeXlsx([
    {
      name: '一覧',
      cells: cellsOf([
        ['番号', '施策名', '主管課'],
        ['1', 'あ', 'い課'],
      ]),
    },
  ]);
  for (const problem of [
    await refused('見出し.xlsx', bytes),
    await refused('見出し.csv', '番号,施策名,主管課\n1,あ,い課\n'),
  ])
    expect(problem.message).toContain(
      '見出し「番号」に当たる欄が様式にない。要る見出しは 「施策番号」「施策名」「主管課」',
    );
  expect((await refused('列.csv', '施策番号,施策名\n1,あ\n')).message).toContain('見出し「主管課」の列がない');
});

test('an old workbook and an empty one say what to do', async () => {
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le')]);
  expect((await refused('古い.xls', old)).code).toBe('workbook.legacy');
  expect((await refused('空.xlsx', makeXlsx([{ name: '空', cells: [] }]))).message).toContain('見出しの下に行がない');
});

test('a quantity that is shown with its unit is no date', async () => {
  const rows = [
    [...HEAD, '施策事業費 2020年度決算'],
    ['7-3', '道の駅', '商工観光課'],
  ];
  const cost: BookCell = { at: 'D2', value: '1234', format: '#,##0"千円"' };
  const bytes = makeXlsx([{ name: '一覧', cells: [...cellsOf(rows), cost] }]);
  expect(await assign('費用.xlsx', bytes)).toMatchObject({ sheets: ['7-3'] });
  const { values } = await office.ask('sheet.show', { sheet: '7-3' });
  expect(values).toMatchObject({ cost__expense__settled_2020: '1234' });
});
