// Writing out from the window: a workbook as the paper looks, and a CSV in CP932 whose losses are seen before it is written.
import { readFileSync } from 'node:fs';
import { readXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeOffice, makeWorld, type World } from '../core/world.ts';
import { inspect } from './inspect.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

let world: World;
let programs: Programs;
let window: Window;
beforeAll(async () => {
  world = await makeWorld();
  const office = await makeOffice(world);
  await office.ask('cell.set', {
    sheet: '2-2',
    cells: [
      { cell: '意図', raw: 'ため池の水 3㎥、𠮷田地区の水路–道' },
      { cell: '結果', raw: '家族👨‍👩‍👧で歩ける道' },
    ],
  });
  await office.ask('workspace.close', {});
  programs = await openPrograms();
  window = await programs.open('office', office.file);
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs?.close();
  await world?.close();
});

const choose = (name: RegExp) => window.page.getByRole('radio', { name }).check();

test('a workbook with a worksheet a sheet, as the paper looks', async () => {
  await window.press('書き出す');
  await window.at('書き出す');
  await inspect(window.page);
  await window.press('3枚を書き出す');
  await window.see(/^3枚を「.*\.xlsx」に書き出しました。$/);
  const [file = ''] = await window.download('ファイルを取り出す');
  const { sheets } = await readXlsx(readFileSync(file));
  expect(sheets.map(({ name }) => name)).toEqual(['1-1 図書館の活用', '2-1 道の駅のにぎわい', '2-2 移住の相談']);
});

test('a CSV in CP932: what would be lost is shown, nothing is written before it is decided', async () => {
  await choose(/^CSV/);
  await choose(/^CP932/);
  await inspect(window.page);
  await window.press('3枚を書き出す');
  await window.see('CP932では書けない文字が4種類あります。');
  await inspect(window.page);
  const rows = await window.page.getByRole('row').allInnerTexts();
  expect(rows.join('\n')).toMatch(/㎥ U\+33A5\s+m3\s+1\s+2-2 意図/);
  await window.press('この書き方で書き出す');
  await window.see(/^3枚を「.*\.csv」に書き出しました。$/);
  const [file = ''] = await window.download('ファイルを取り出す');
  const text = iconv.decode(readFileSync(file), 'cp932');
  expect(text).toContain('ため池の水 3m3、吉田地区の水路-道');
  expect(text).toContain('家族〓で歩ける道');
});
