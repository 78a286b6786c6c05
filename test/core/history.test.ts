// The history of a cell as a person sees it: who, when, from what to what, with what lost a choice and what is only typed.
import { afterAll, beforeAll, expect, test } from 'vitest';
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
} from './world.ts';

let world: World;
let office: Workspace;
let tourism: Workspace;
let library: Workspace;
const SHEET = '2-1';
const type = (who: Workspace, raw: string) => who.ask('cell.set', { sheet: SHEET, cells: [{ cell: '意図', raw }] });
const history = async (who: Workspace, address = '意図') =>
  (await who.ask('cell.history', { sheet: SHEET, address })).entries;

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  for (const [who, text] of [
    [tourism, '観光の意図'],
    [library, '図書館の意図'],
  ] as const) {
    await type(who, text);
    await merge(office, await submitSheets(world, who, text));
    await trust(office, who);
    await merge(office);
  }
});
afterAll(() => world.close());

test('both sides of an open conflict are there, and neither is lost yet', async () => {
  const entries = await history(office);
  expect(entries.map(({ unit, role, lost }) => [unit, role, lost])).toEqual([
    ['社会教育課', 'department', false],
    ['商工観光課', 'department', false],
  ]);
  expect(entries.map(({ before, after }) => [before.value, after.value])).toEqual([
    [null, '図書館の意図'],
    [null, '観光の意図'],
  ]);
});

test('once a side is chosen, the other is marked; a new typing stands first, without a revision', async () => {
  const [conflict] = (await office.ask('sheet.show', { sheet: SHEET })).conflicts;
  const side = conflict?.sides.find(({ unit }) => unit === '商工観光課');
  const choice = { sheet: SHEET, address: conflict?.address ?? '', revision: side?.revision ?? '' };
  await office.ask('conflict.choose', choice);
  expect((await history(office))[0]).toMatchObject({
    revision: null,
    unit: '企画財政課',
    after: { value: '観光の意図' },
  });
  await office.ask('sheet.commit', { sheet: SHEET, note: '観光の案を採る' });
  expect((await history(office)).map(({ unit, lost }) => [unit, lost])).toEqual([
    ['社会教育課', true],
    ['商工観光課', false],
  ]);
  await type(office, '直した意図');
  const typed = (await history(office))[0];
  expect(typed).toMatchObject({
    revision: null,
    note: '',
    before: { value: '観光の意図' },
    after: { value: '直した意図' },
  });
  const { revision } = await office.ask('sheet.commit', { sheet: SHEET, note: '言い回し' });
  expect((await history(office))[0]).toMatchObject({ revision, note: '言い回し', at: expect.stringMatching(/Z$/) });
});

test('the office’s own filling of a cell is its beginning; what was never filled has none', async () => {
  expect(await history(tourism, '施策名')).toMatchObject([
    { role: 'office', note: '割り当て', before: { value: null } },
  ]);
  expect(await history(tourism, '経営戦略会議 進捗結果')).toEqual([]);
});
