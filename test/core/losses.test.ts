// What lost: listed with whose it was, to what and by whom, and put back with one step that can be taken back. And the
// conflicts themselves, that nobody forgets.
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
} from './world.ts';

let world: World;
let office: Workspace;
let tourism: Workspace;
let library: Workspace;
let count = 0;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  for (const [index, who] of [tourism, library].entries()) {
    await merge(office, await submitSheets(world, who, `hello${index}`));
    await trust(office, who);
  }
  await merge(office);
});
afterEach(() => world.close());

const type = (who: Workspace, ...cells: [string, string][]) =>
  who.ask('cell.set', { sheet: '2-1', cells: cells.map(([cell, raw]) => ({ cell, raw })) });
const shown = async () => office.ask('sheet.show', { sheet: '2-1' });
const hand = async (who: Workspace) => {
  count += 1;
  return merge(office, await submitSheets(world, who, `s${count}`, ['2-1']));
};
/** Takes the side on which this text stands. */
async function take(text: string): Promise<void> {
  const { conflicts } = await shown();
  const found = conflicts
    .flatMap(({ address, sides }) => sides.map((side) => ({ address, side })))
    .find(({ side }) => side.content.value === text);
  await office.ask('conflict.choose', {
    sheet: '2-1',
    address: found?.address ?? '',
    revision: found?.side.revision ?? '',
  });
}
const losses = async () => (await office.ask('loss.list', {})).losses;
const standsAt = async (address: string) => (await shown()).values[address];

/** 意図 and 対象 written by both departments. */
async function clash(): Promise<string[]> {
  await type(tourism, ['意図', '観光の意図'], ['対象', '観光の対象']);
  await type(library, ['意図', '図書の意図'], ['対象', '図書の対象']);
  await hand(tourism);
  await hand(library);
  return (await shown()).conflicts.map(({ address }) => address);
}

test('an open conflict is in the list of all sheets until it is decided, with who wrote what, where and when', async () => {
  expect((await office.ask('conflict.list', {})).conflicts).toEqual([]);
  const [target = '', intent = ''] = await clash();
  const { conflicts } = await office.ask('conflict.list', {});
  expect(conflicts.map(({ number, conflict }) => [number, conflict.label])).toEqual([
    ['2-1', '対象'],
    ['2-1', '意図'],
  ]);
  const sides = conflicts[0]?.conflict.sides ?? [];
  expect(sides.map(({ unit, content }) => [unit, content.value]).sort()).toEqual([
    ['商工観光課', '観光の対象'],
    ['社会教育課', '図書の対象'],
  ]);
  for (const side of sides) expect([side.station !== '', side.at]).toEqual([true, expect.stringMatching(/^20/)]);
  await take('観光の対象');
  expect((await office.ask('conflict.list', {})).conflicts.map(({ conflict }) => conflict.address)).toEqual([intent]);
  // A good sync afterwards does not make it forgotten.
  await type(library, ['結果', '別の欄']);
  await hand(library);
  expect((await office.ask('sheet.list', {})).sheets.find(({ number }) => number === '2-1')).toMatchObject({
    state: 'conflict',
    conflicts: 1,
  });
  expect(await standsAt(target)).toBe('観光の対象');
});

test('a choice can be taken back, and done again', async () => {
  const [target = ''] = await clash();
  await take('図書の対象');
  await office.ask('cell.undo', { sheet: '2-1' });
  expect((await shown()).conflicts.map(({ address }) => address)).toContain(target);
  await office.ask('cell.redo', { sheet: '2-1' });
  expect((await shown()).conflicts.map(({ address }) => address)).not.toContain(target);
  expect(await standsAt(target)).toBe('図書の対象');
});

test('a conflict decided in the draft opens again when a new package changes it, with the earlier decision shown', async () => {
  const [target = ''] = await clash();
  await take('観光の対象');
  await type(library, ['対象', '図書の対象、改']);
  await hand(library);
  const again = (await shown()).conflicts.find(({ address }) => address === target);
  expect(again?.earlier).toMatchObject({ unit: '企画財政課', content: { value: '観光の対象' } });
  expect(again?.sides.map(({ content }) => content.value).sort()).toEqual(['図書の対象、改', '観光の対象']);
  // The same choice once more ends it.
  await take('観光の対象');
  expect((await shown()).conflicts.map(({ address }) => address)).not.toContain(target);
});

test('so does one that was decided and confirmed', async () => {
  const [target = ''] = await clash();
  await take('観光の対象');
  await take('観光の意図');
  await office.ask('sheet.commit', { sheet: '2-1' });
  await type(library, ['対象', '図書の対象、改']);
  await hand(library);
  const [again, ...others] = (await shown()).conflicts;
  expect(others).toEqual([]);
  expect(again).toMatchObject({ address: target, earlier: { unit: '企画財政課', content: { value: '観光の対象' } } });
});

test('complaint 5 “No way to tell later which rows had a conflict”: what lost is listed, to what, and by whose decision', async () => {
  const [target = ''] = await clash();
  await take('観光の対象');
  await type(office, ['意図', '事務局の文']);
  expect(await losses()).toEqual([]);
  await office.ask('sheet.commit', { sheet: '2-1', note: '電話で確かめた' });
  const list = await losses();
  expect(
    list.map(({ label, text, to, whose, by }) => [label, text, to, whose.unit, by?.unit, by?.note]).sort(),
  ).toEqual([
    ['対象', '図書の対象', '観光の対象', '社会教育課', '企画財政課', '電話で確かめた'],
    ['意図', '図書の意図', '事務局の文', '社会教育課', '企画財政課', '電話で確かめた'],
    ['意図', '観光の意図', '事務局の文', '商工観光課', '企画財政課', '電話で確かめた'],
  ]);
  const lost = list.find(({ address }) => address === target);
  expect((await office.ask('loss.list', { sheet: '1-1' })).losses).toEqual([]);

  const back = await office.ask('loss.restore', { sheet: '2-1', address: target, revision: lost?.revision ?? '' });
  expect(back.values[target]).toBe('図書の対象');
  expect(await losses()).toHaveLength(2);
  await office.ask('cell.undo', { sheet: '2-1' });
  expect(await standsAt(target)).toBe('観光の対象');
  expect(await losses()).toHaveLength(3);
  const unknown = { sheet: '2-1', address: target, revision: 'a'.repeat(64) };
  expect((await office.problem('loss.restore', unknown)).code).toBe('cell.unknown');
});

test('a department sees what it lost too, and may put back only what it may write', async () => {
  await clash();
  await take('観光の対象');
  await take('観光の意図');
  await office.ask('sheet.commit', { sheet: '2-1' });
  await office.ask('sheet.round', { sheets: ['2-1'], round: 'internal' });
  const { 社会教育課: again = '' } = await distributeAll(world, office, 'again');
  await merge(library, again);
  const { losses: own } = await library.ask('loss.list', {});
  expect(own.map(({ text, lock }) => [text, lock]).sort()).toEqual([
    ['図書の対象', '「庁内評価」の回では書けない欄'],
    ['図書の意図', '「庁内評価」の回では書けない欄'],
  ]);
  const { sheet, address, revision } = own[0] ?? { sheet: '', address: '', revision: '' };
  expect((await library.problem('loss.restore', { sheet, address, revision })).code).toBe('cell.locked');
});

test('complaint 7 “Two devices assign the same value; one record silently vanishes”: the same words from both are no conflict, and both stay in the history', async () => {
  await type(tourism, ['意図', '同じ文']);
  await type(library, ['意図', '同じ文']);
  await hand(tourism);
  await hand(library);
  const { conflicts, values } = await shown();
  expect(conflicts).toEqual([]);
  expect(Object.values(values)).toContain('同じ文');
  const { entries } = await office.ask('cell.history', { sheet: '2-1', address: '意図' });
  expect(
    entries
      .filter(({ after }) => after.value === '同じ文')
      .map(({ unit }) => unit)
      .sort(),
  ).toEqual(['商工観光課', '社会教育課']);
  expect(entries.every(({ lost }) => !lost)).toBe(true);
  expect(await losses()).toEqual([]);
});

test('complaint 8 “Finished work lands in quarantine and the sender gets the clean old copy back”: a distribution on top of unsent work loses none of it', async () => {
  await type(tourism, ['意図', '出していない文'], ['対象', '出していない対象']);
  await type(office, ['意図', '事務局の文']);
  await office.ask('sheet.commit', { sheet: '2-1' });
  const { 商工観光課: again = '' } = await distributeAll(world, office, 'again');
  await merge(tourism, again);
  const { conflicts, values } = await tourism.ask('sheet.show', { sheet: '2-1' });
  expect(Object.values(values)).toContain('出していない対象');
  expect(conflicts.flatMap(({ sides }) => sides.map(({ content }) => content.value)).sort()).toEqual([
    '事務局の文',
    '出していない文',
  ]);
});

test('complaint 9 “Open conflicts forgotten after the next good sync”: later packages, a distribution and reopening the file leave them open', async () => {
  const open = await clash();
  await type(library, ['結果', 'あとの文']);
  await hand(library);
  await merge(office, await submitSheets(world, tourism, 'late', ['2-2']));
  expect((await office.problem('package.distribute', { folder: office.offer(world.at('no')) })).code).toBe(
    'sheet.conflicted',
  );
  await office.app.close();
  const later = world.host();
  await later.ask('workspace.open', { file: later.offer(office.file) });
  expect((await later.ask('conflict.list', {})).conflicts.map(({ conflict }) => conflict.address)).toEqual(open);
});
