// Workbooks on the command line: every sheet of a workbook, and the merge table with its columns.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOffice, makeWorld, type Workspace, type World } from '../core/world.ts';
import { makeXlsx, sheetOf } from '../intake/book.ts';
import { hyoka, hyokaJson, type Json } from './town.ts';

let world: World;
let office: Workspace;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  await office.app.close();
});
afterEach(() => world.close());

const shown = async (sheet: string, address: string) => {
  const { value } = await hyokaJson('show', office.file, '--sheet', sheet);
  return value.cells.find((cell: Json) => cell.address === address)?.value;
};

test('every worksheet goes into its own sheet, and what is none is told', async () => {
  const sheet = (name: string, number: string, goal: string) =>
    sheetOf(name, [
      ['施策番号', number],
      ['基本目標', goal],
    ]);
  const bytes = makeXlsx([sheetOf('要領', [['書き方']]), sheet('一', '1-1', 'い'), sheet('二', '2-2', 'ろ')]);
  const file = await world.write('集計.xlsx', bytes);
  const preview = await hyokaJson('fill', office.file, file, '--preview');
  expect(preview).toMatchObject({
    exit: 0,
    value: { layout: 'sheets', preview: true, chosen: ['一', '二'], taken: [] },
  });
  expect(await shown('1-1', 'goal')).not.toBe('い');
  const { stdout, exit } = await hyoka('fill', office.file, file);
  expect(exit).toBe(0);
  expect(stdout).toContain('「集計.xlsx」から 2 枚を読み込みました。');
  expect(stdout).toMatch(/一 → シート 1-1：変わる欄 1（うち置き換え 1）/);
  expect(await shown('2-2', 'goal')).toBe('ろ');
  const one = await hyokaJson('fill', office.file, file, '--sheet', '2-2');
  expect(one).toMatchObject({ exit: 0, value: { sheet: { number: '2-2' } } });
  const twice = await world.write('重なり.xlsx', makeXlsx([sheet('甲', '1-1', 'は'), sheet('乙', '1-1', 'に')]));
  const none = await hyoka('fill', office.file, twice);
  expect(none.exit).toBe(1);
  expect(none.stdout).toContain('読み込まないもの（隠れているか、同じシートのものがいくつもある）：甲、乙');
});

test('a merge table: columns by their headings, and as --map says', async () => {
  const rows = [
    ['施策番号', '基本目標', '評価', '備考'],
    ['1-1', 'い', '良い', 'メモ'],
    ['2-2', 'ろ', '', ''],
  ];
  const file = await world.write('一覧.xlsx', makeXlsx([sheetOf('表', rows)]));
  const preview = await hyoka('fill', office.file, file, '--rows', '--preview');
  expect(preview.stdout).toContain('C列「評価」→ 割り当てない（どの欄か決まらない：');
  const mapped = ['--rows', '--map', 'C=board_text', '--map', '備考=-'];
  const done = await hyokaJson('fill', office.file, file, ...mapped);
  expect(done).toMatchObject({
    exit: 0,
    value: { layout: 'rows', taken: [{ sheet: '1-1', unmatched: 0 }, { sheet: '2-2' }] },
  });
  expect([await shown('1-1', 'board_text'), await shown('2-2', 'goal')]).toEqual(['良い', 'ろ']);
  const kept = await hyokaJson('fill', office.file, file, '--preview');
  expect(kept.value.columns).toMatchObject([{}, {}, { address: 'board_text', how: 'kept' }, { use: 'ignored' }]);
  expect((await hyoka('fill', office.file, file, '--rows', '--map', 'Z=意図')).exit).toBe(2);
  expect((await hyoka('fill', office.file, file, '--rows', '--answer', '意図=あ')).exit).toBe(2);
});
