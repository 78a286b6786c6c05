// A sheet is asked for by its number as people spell it. Promise: width, dashes and case make no other number.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeOffice, makeWorld, type Workspace, type World } from './world.ts';

let world: World;
let office: Workspace;
beforeAll(async () => {
  world = await makeWorld();
  const sheets = '施策番号,施策名,主管課\n2-1,道の駅,商工観光課\nA-3,図書館,社会教育課\n２－２,移住,商工観光課\n';
  office = await makeOffice(world, 'office.hyoka', 'memuro-shisaku', sheets);
});
afterAll(() => world.close());

test.each([
  ['2-1', '道の駅'],
  ['２－１', '道の駅'],
  ['2−1', '道の駅'],
  ['a-3', '図書館'],
  ['Ａ‐３', '図書館'],
  ['2-2', '移住'],
  ['２－２', '移住'],
])('%s is %s', async (number, name) => {
  expect((await office.ask('sheet.show', { sheet: number })).name).toBe(name);
});

test('what is another number stays unknown', async () => {
  for (const sheet of ['2-11', '2', '-1', '21']) {
    expect((await office.problem('sheet.show', { sheet })).code, sheet).toBe('sheet.unknown');
  }
});

test('a table that spells a number otherwise means the same sheet, not one more', async () => {
  const table = await world.write('again.csv', '施策番号,施策名,主管課\n２－１,道の駅,社会教育課\n');
  await office.ask('assignment.import', { file: office.offer(table) });
  const { sheets } = await office.ask('sheet.list', {});
  expect(sheets.map(({ name, units }) => [name, ...units])).toEqual([
    ['道の駅', '社会教育課'],
    ['図書館', '社会教育課'],
    ['移住', '商工観光課'],
  ]);
});
