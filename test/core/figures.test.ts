// What the pictures of the whole are made of, as the workspace gives it: every sheet once, with what is typed on it.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinPages, pagesOf } from '../../shared/figures/facts.ts';
import { achievement, costsIn, costTotals, ratingsIn } from '../../shared/figures/tables.ts';
import { makeOffice, makeWorld, type Workspace, type World } from './world.ts';

let world: World;
let office: Workspace;
beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const cell = (name: string, raw: string) => ({ cell: name, raw });
  await office.ask('cell.set', {
    sheet: '1-1',
    cells: [
      cell('rating', 'B'),
      cell('board', 'C'),
      cell('kpi__r1__name', '貸出冊数'),
      cell('kpi__r1__type', 'increase'),
      cell('kpi__r1__actual_2020', '1,000'),
      cell('kpi__r1__actual_2021', '1,200'),
      cell('kpi__r1__target', '1,100'),
      cell('cost__expense__settled_2021', '1,200'),
    ],
  });
  await office.ask('cell.set', {
    sheet: '2-2',
    cells: [cell('kpi__r1__name', '相談件数'), cell('cost__expense__settled_2021', '300')],
  });
});
afterAll(() => world.close());

const all = async (limit: number) => joinPages(await pagesOf((start) => office.ask('figures.show', { start, limit })));

test('every sheet is there once, in the order of the list, whatever the size of a page', async () => {
  const whole = await all(20);
  expect(whole.sheets.map(({ number }) => number)).toEqual(['1-1', '2-1', '2-2']);
  expect(await all(1)).toEqual(whole);
  expect(await all(2)).toEqual(whole);
  expect(whole.plans).toHaveLength(1);
});

test('what is typed counts at once, a blank nowhere, and each number leads to its sheets', async () => {
  const { plans, sheets } = await all(20);
  const [graded] = ratingsIn(plans, sheets);
  expect(graded?.rating.raters).toEqual(['担当課', '経営戦略会議', '総合計画審議会']);
  expect(graded?.sheets.map(({ grades }) => grades)).toEqual([
    ['B', 'C', null],
    [null, null, null],
    [null, null, null],
  ]);
  const { rows, squares } = achievement(sheets);
  expect(rows.map(({ label }) => label)).toEqual(['学びのまち', '人の流れ']);
  expect(squares.map((row) => row.map((items) => items.map(({ sheet }) => sheet.number)))).toEqual([
    [['1-1'], [], []],
    [[], [], ['2-2']],
  ]);
  const [cost] = costsIn(plans, sheets);
  const totals = cost && costTotals(cost).totals.map((row) => row[1]);
  expect(totals).toMatchObject([
    { sum: '1200', lacking: [] },
    { sum: '300', counted: [{ number: '2-2' }], lacking: [{ number: '2-1' }] },
  ]);
});

test('a drawing is written as it is; what is no drawing is refused', async () => {
  const file = world.at('図.png');
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d', 'hex'), Buffer.from('the rest of a picture')]);
  const picture = { kind: 'png' as const, base64: png.toString('base64') };
  expect(await office.ask('picture.write', { file: office.offer(file), picture })).toEqual({ file: '図.png' });
  expect(await readFile(file)).toEqual(png);
  for (const wrong of [
    { kind: 'png' as const, base64: Buffer.from('no picture').toString('base64') },
    { kind: 'svg' as const, text: '<html>' },
  ]) {
    expect((await office.problem('picture.write', { file: office.offer(file), picture: wrong })).code).toBe(
      'input.invalid',
    );
  }
});
