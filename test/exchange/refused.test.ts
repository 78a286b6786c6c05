// Authentic packages of which sheets are refused: nothing of them is lost, their numbers are no gap, the sender hears why,
// and what this file refused for its own state is taken in once that has changed.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf } from '../../electron/core/store/artifacts.ts';
import type { Receipt, Submission } from '../../shared/package/payload.ts';
import { keyOf, payloadIn, resigned } from '../core/forge.ts';
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
let tourism: Workspace;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  await merge(office, await submitSheets(world, tourism, 's0', ['2-1']));
  await trust(office, tourism);
});
afterEach(() => world.close());

const type = (sheet: string, raw: string) => tourism.ask('cell.set', { sheet, cells: [{ cell: '意図', raw }] });
const reassign = (sheet: string, ...units: string[]) => office.ask('sheet.reassign', { changes: [{ sheet, units }] });
const rowOf = async (who: Workspace, number: string) =>
  (await who.ask('sheet.list', {})).sheets.find((row) => row.number === number);
const valuesOf = async (sheet: string) => Object.values((await office.ask('sheet.show', { sheet })).values);
const record = async () => (await office.ask('package.received', {})).packages;

/** Writes the office's receipt for the department, and takes it in there. */
async function acknowledge(name: string): Promise<Receipt> {
  const { packages } = await office.ask('package.acknowledge', { folder: office.offer(world.at(name)) });
  const file = world.at(name, packages[0]?.file ?? '');
  expect((await merge(tourism, file))[0]?.outcome).toBe('applied');
  return payloadIn<Receipt>(file);
}

const REASON = '「商工観光課」に割り当てられていないシート';

test('P23 a package of which every sheet is refused is kept whole, counts as arrived, and the sender hears why', async () => {
  await type('2-2', '移した後の文');
  await reassign('2-2', '社会教育課');
  const file = await submitSheets(world, tourism, 's1', ['2-2']);
  const before = await valuesOf('2-2');
  const [refused] = await merge(office, file);
  expect(refused).toMatchObject({
    outcome: 'quarantined',
    reason: { code: 'sheets.refused', details: { reasons: [`2-2：${REASON}`] } },
    sheets: [{ number: '2-2', outcome: 'refused', reason: REASON }],
  });
  expect(await valuesOf('2-2')).toEqual(before);
  const [chain] = (await office.ask('chain.list', {})).chains;
  expect(chain).toMatchObject({ packages: 2, held: 1, missing: [], missingCount: 0 });
  // A later one follows without a gap, and the plan of the first is what it was.
  await type('2-1', '後の文');
  expect((await merge(office, await submitSheets(world, tourism, 's2', ['2-1'])))[0]?.outcome).toBe('applied');
  expect((await office.ask('chain.list', {})).chains[0]).toMatchObject({ missing: [], forks: 0 });

  const { receipts } = await acknowledge('r1');
  expect(receipts.map(({ sequence, outcome, reason, refused: told }) => [sequence, outcome, reason, told])).toEqual([
    [1, 'applied', null, []],
    [2, 'quarantined', 'sheets.refused', [{ sheet: (await rowOf(office, '2-2'))?.id, reason: REASON }]],
    [3, 'applied', null, []],
  ]);
  expect(await rowOf(tourism, '2-2')).toMatchObject({ state: 'submitted', fate: { refusal: REASON } });
  expect(await rowOf(tourism, '2-1')).toMatchObject({ state: 'arrived', fate: { refusal: null } });
  expect((await tourism.ask('package.missing', {})).missing).toEqual([]);
});

test('P23 once the sheet is the sender’s again, what was refused is taken in by itself, and the receipt says so', async () => {
  await type('2-2', '待っていた文');
  await reassign('2-2', '社会教育課');
  const file = await submitSheets(world, tourism, 's1', ['2-2']);
  await merge(office, file);
  await acknowledge('r1');
  expect(await merge(office)).toMatchObject([{ outcome: 'quarantined', held: true }]);
  const { taken } = await reassign('2-2', '商工観光課', '社会教育課');
  expect(taken).toMatchObject([{ outcome: 'applied', held: true, sheets: [{ number: '2-2', outcome: 'merged' }] }]);
  expect(await valuesOf('2-2')).toContain('待っていた文');
  expect((await office.ask('held.list', {})).packages).toEqual([]);
  expect((await merge(office, file))[0]?.outcome).toBe('duplicate');
  await acknowledge('r2');
  expect(await rowOf(tourism, '2-2')).toMatchObject({ state: 'arrived', fate: { outcome: 'applied', refusal: null } });
});

test('the sheet of an assignment table that comes later lets in what waited for it', async () => {
  await reassign('2-2', '社会教育課');
  await type('2-2', '表を待つ文');
  await merge(office, await submitSheets(world, tourism, 's1', ['2-2']));
  const rows = [{ line: 2, cells: { 施策番号: '2-2', 施策名: '移住の相談', 主管課: '商工観光課' } }];
  expect((await office.ask('sheet.assign', { rows })).taken).toMatchObject([{ outcome: 'applied', held: true }]);
  expect(await valuesOf('2-2')).toContain('表を待つ文');
});

test('P23 of a package of which some sheets are refused the rest is taken, and the refused ones follow when they can', async () => {
  await type('2-1', '取れる文');
  await type('2-2', '取れない文');
  await reassign('2-2', '社会教育課');
  const file = await submitSheets(world, tourism, 's1');
  expect((await merge(office, file))[0]).toMatchObject({
    outcome: 'applied',
    sheets: [{ number: '2-1' }, { number: '2-2', outcome: 'refused', reason: REASON }],
  });
  const id = (await rowOf(office, '2-2'))?.id;
  expect((await record())[0]).toMatchObject({ outcome: 'applied', refused: [{ sheet: id, reason: REASON }] });
  expect(await rowOf(office, '2-1')).toMatchObject({ state: 'received' });
  // It carried the sheet, and yet the sheet has not been handed in.
  expect(await rowOf(office, '2-2')).toMatchObject({ state: 'waiting' });

  await acknowledge('r1');
  expect(await rowOf(tourism, '2-1')).toMatchObject({ state: 'arrived', fate: { refusal: null } });
  expect(await rowOf(tourism, '2-2')).toMatchObject({
    state: 'submitted',
    fate: { outcome: 'applied', refusal: REASON },
  });
  // Other packages of the office say that it has seen this one; that takes back nothing of what the receipt said.
  await merge(tourism, (await distributeAll(world, office, 'more')).商工観光課 ?? '');
  expect((await rowOf(tourism, '2-2'))?.fate?.refusal).toBe(REASON);

  expect((await merge(office, file))[0]).toMatchObject({ outcome: 'duplicate', sheets: [] });
  const { taken } = await reassign('2-2', '商工観光課');
  expect(taken).toMatchObject([{ outcome: 'applied', sheets: [{ number: '2-2', outcome: 'merged' }] }]);
  expect(await valuesOf('2-2')).toContain('取れない文');
  expect((await record())[0]).toMatchObject({ outcome: 'applied', refused: [] });
  expect((await office.ask('store.verify', {})).findings).toEqual([]);
});

test('undone, both parts go; redone, both are back', async () => {
  await type('2-1', '一枚目');
  await type('2-2', '二枚目');
  await reassign('2-2', '社会教育課');
  await merge(office, await submitSheets(world, tourism, 's1'));
  await reassign('2-2', '商工観光課');
  const hash = (await record())[0]?.hash ?? '';
  const { digest } = await office.ask('package.dependents', { package: hash });
  await office.ask('package.undo', { package: hash, digest });
  expect(await valuesOf('2-1')).not.toContain('一枚目');
  expect(await valuesOf('2-2')).not.toContain('二枚目');
  await office.ask('package.redo', { package: hash });
  expect(await valuesOf('2-1')).toContain('一枚目');
  expect(await valuesOf('2-2')).toContain('二枚目');
});

test('taken back and taken in again while a sheet is still refused, the file is kept for that sheet', async () => {
  await type('2-2', '残る文');
  await type('2-1', '一枚目');
  await reassign('2-2', '社会教育課');
  await merge(office, await submitSheets(world, tourism, 's1'));
  const hash = (await record())[0]?.hash ?? '';
  const { digest } = await office.ask('package.dependents', { package: hash });
  await office.ask('package.undo', { package: hash, digest });
  // What a person has taken back does not come in again by itself.
  expect((await reassign('2-2', '商工観光課')).taken).toEqual([]);
  await office.ask('package.redo', { package: hash });
  expect(await merge(office)).toMatchObject([{ outcome: 'applied', sheets: [{ number: '2-2' }] }]);
  expect(await valuesOf('2-2')).toContain('残る文');
});

test('P33 what fits no assignment is kept as well, is not tried in vain, and goes out as it came', async () => {
  const payload = await payloadIn<Submission>(await submitSheets(world, tourism, 's1', ['2-2']));
  const [entry] = payload.sheets;
  const [base = ''] = entry?.heads ?? [];
  const { unit, print } = payload.sender;
  const wrong: Submission['revisions'][number] = {
    ...{ format: 'hyoka-revision/1', form: payload.forms[0] ?? '', year: payload.year, sheet: entry?.sheet ?? '' },
    ...{ parents: [base], author: { role: 'department', unit, station: print }, at: payload.at, note: '' },
    values: { nowhere: 'x' },
  };
  payload.revisions.push(wrong);
  if (entry) entry.heads = [hashOf(wrong)];
  const bytes = resigned(payload, keyOf(tourism));
  const file = await world.write('wrong.json', bytes);
  const before = await office.ask('sheet.list', {});
  expect((await merge(office, file))[0]).toMatchObject({ outcome: 'quarantined', reason: { code: 'sheets.unfit' } });
  expect((await office.ask('sheet.list', {})).sheets).toEqual(before.sheets);
  expect((await reassign('2-2', '社会教育課', '商工観光課')).taken).toEqual([]);
  const [held] = (await office.ask('held.list', {})).packages;
  const { file: name } = await office.ask('held.export', {
    hash: held?.hash ?? '',
    folder: office.offer(world.at('o')),
  });
  expect(await readFile(world.at('o', name))).toEqual(bytes);
  expect((await acknowledge('r1')).receipts.at(-1)).toMatchObject({ outcome: 'quarantined', reason: 'sheets.unfit' });
});

test('T14 a revision in another department’s name waits until that department’s own package has brought it', async () => {
  const library = await joinDepartment(
    world,
    (await distributeAll(world, office, 'out2')).社会教育課 ?? '',
    'lib.hyoka',
  );
  await library.ask('cell.set', { sheet: '2-1', cells: [{ cell: '意図', raw: '図書館の文' }] });
  const own = await submitSheets(world, library, 'l1', ['2-1']);
  const theirs = await payloadIn<Submission>(own);
  const payload = await payloadIn<Submission>(await submitSheets(world, tourism, 's1', ['2-1']));
  payload.revisions = theirs.revisions;
  for (const [index, entry] of payload.sheets.entries()) entry.heads = theirs.sheets[index]?.heads ?? [];
  const file = await world.write('theirs.json', resigned(payload, keyOf(tourism)));
  expect((await merge(office, file))[0]).toMatchObject({ outcome: 'quarantined', reason: { code: 'sheets.refused' } });
  expect(await valuesOf('2-1')).not.toContain('図書館の文');
  const { print, unit } = await library.ask('workspace.view', {});
  await office.ask('signer.expect', { print, unit });
  expect((await merge(office, own)).map(({ outcome, held }) => [outcome, held])).toEqual([
    ['applied', false],
    ['applied', true],
  ]);
});
