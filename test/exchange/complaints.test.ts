// What users of other programs complain of, quoted, and what happens here instead. Complaints 5 and 7 to 9 are in
// test/core/losses.test.ts.
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from '../core/world.ts';

let world: World;
let office: Workspace;
let handed: Record<string, string>;
let tourism: Workspace;
let library: Workspace;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
});
afterEach(() => world.close());

const type = (who: Workspace, ...cells: [string, string][]) =>
  who.ask('cell.set', { sheet: '2-1', cells: cells.map(([cell, raw]) => ({ cell, raw })) });
const standing = async (who: Workspace) => {
  const { values, conflicts, digest } = await who.ask('sheet.show', { sheet: '2-1' });
  const sides = conflicts.map(({ address, base, sides: all }) => [address, base, all.map(({ content }) => content)]);
  return { values, sides, digest };
};

test('complaint 4 “A failed sync overwrote the exchange file”: a hand-in that fails leaves the one before, byte for byte, and nothing half written', async () => {
  await type(tourism, ['意図', '一度目']);
  const first = await submitSheets(world, tourism, 'share');
  const bytes = await readFile(first);
  await type(tourism, ['意図', '二度目']);
  await writeFile(world.at('full'), 'not a folder');
  const problem = await tourism.problem('package.submit', {
    folder: tourism.offer(world.at('full')),
    incomplete: true,
  });
  expect(problem.code).toBe('file.unwritable');
  expect(await readFile(first)).toEqual(bytes);
  expect(await readFile(world.at('full'), 'utf8')).toBe('not a folder');
  const second = await submitSheets(world, tourism, 'share');
  expect(second).not.toBe(first);
  expect(await readFile(first)).toEqual(bytes);
});

test('complaint 6 “The result depends on who presses Sync first”: whoever hands in or takes in first, every file ends alike', async () => {
  await type(tourism, ['意図', '観光の意図'], ['対象', '同じ対象']);
  await type(library, ['意図', '図書の意図'], ['結果', '図書の結果'], ['対象', '同じ対象']);
  const files = [await submitSheets(world, tourism, 't', ['2-1']), await submitSheets(world, library, 'l', ['2-1'])];
  await merge(office, ...files);
  await trust(office, tourism);
  await trust(office, library);
  await office.app.close();
  const copy = async (name: string) => {
    await writeFile(world.at(name), await readFile(office.file));
    const who = world.host();
    await who.ask('workspace.open', { file: who.offer(world.at(name)) });
    return who;
  };
  const [one, other] = [await copy('one.hyoka'), await copy('other.hyoka')];
  for (const file of files) await merge(one, file);
  for (const file of files.toReversed()) await merge(other, file);
  expect(await standing(one)).toEqual(await standing(other));
  expect((await standing(one)).sides).toHaveLength(1);

  // Decided at the office and carried back, both departments end with what the office has.
  const { conflicts } = await one.ask('sheet.show', { sheet: '2-1' });
  const side = conflicts[0]?.sides.find(({ content }) => content.value === '図書の意図');
  await one.ask('conflict.choose', {
    sheet: '2-1',
    address: conflicts[0]?.address ?? '',
    revision: side?.revision ?? '',
  });
  await one.ask('sheet.commit', { sheet: '2-1' });
  const back = await distributeAll(world, one, 'back');
  await merge(tourism, back.商工観光課 ?? '');
  await merge(library, back.社会教育課 ?? '');
  const decided = await standing(one);
  expect(decided.sides).toEqual([]);
  expect([await standing(tourism), await standing(library)]).toEqual([decided, decided]);
});

test('resubmission after a return: the answer builds on what the office judged, without a conflict, and replaces it', async () => {
  await type(tourism, ['意図', '一度目の文']);
  await merge(office, await submitSheets(world, tourism, 't1', ['2-1']));
  await trust(office, tourism);
  await merge(office);
  await type(office, ['経営戦略会議 評価', '会議の文']);
  await office.ask('sheet.commit', { sheet: '2-1' });
  const { packages } = await office.ask('package.return', {
    folder: office.offer(world.at('returned')),
    sheets: [{ sheet: '2-1', decision: 'returned' }],
  });
  const own = packages.find(({ unit }) => unit === '商工観光課');
  await merge(tourism, world.at('returned', own?.file ?? ''));
  await type(tourism, ['意図', '直した文']);
  const [again] = await merge(office, await submitSheets(world, tourism, 't2', ['2-1']));
  expect(again?.sheets[0]).toMatchObject({
    outcome: 'updated',
    cells: [{ label: '意図', before: '一度目の文', after: '直した文' }],
  });
  const { values, sides } = await standing(office);
  expect(sides).toEqual([]);
  expect(Object.values(values)).toEqual(expect.arrayContaining(['直した文', '会議の文']));
  expect((await office.ask('loss.list', {})).losses).toEqual([]);
});
