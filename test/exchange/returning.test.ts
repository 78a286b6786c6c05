// The loop of deciding: handed in, sent back with remarks, answered and handed in again, accepted; receipts on the way; in
// any order of arrival, and from two workstations of one department.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingThere } from '../../electron/core/exchange/receipts.ts';
import { applyPackage } from '../../electron/core/exchange/receive.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession } from '../../electron/core/session.ts';
import { rowOf } from '../../electron/core/sheet.ts';
import { listSheets } from '../../electron/core/store/derived.ts';
import { unknownPlaces } from '../../electron/core/store/fates.ts';
import { travelsOf } from '../../electron/core/travels.ts';
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

const SHEET = '2-2';
const TOURISM = '商工観光課';
let world: World;
let office: Workspace;
let first: Workspace;
let second: Workspace;

const type = (who: Workspace, cell: string, raw: string, sheet = SHEET) =>
  who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const row = async (who: Workspace, sheet = SHEET) =>
  (await who.ask('sheet.list', {})).sheets.find(({ number }) => number === sheet);
const stateOf = async (who: Workspace, sheet = SHEET) => (await row(who, sheet))?.state;
const board = async (unit = TOURISM) =>
  (await office.ask('sheet.list', {})).departments.find((one) => one.unit === unit);
const textIn = async (who: Workspace, address: string) =>
  (await who.ask('sheet.show', { sheet: SHEET })).values[address];
const decisionAt = async (who: Workspace) => (await who.ask('decision.list', { sheet: SHEET })).decisions[0];

async function decide(decision: 'accepted' | 'returned', folder: string, sheets = [SHEET]): Promise<string> {
  const { packages } = await office.ask('package.return', {
    folder: office.offer(world.at(folder)),
    sheets: sheets.map((sheet) => ({ sheet, decision })),
  });
  return world.at(folder, packages.find(({ unit }) => unit === TOURISM)?.file ?? '');
}

async function acknowledge(folder: string): Promise<string> {
  const input = { folder: office.offer(world.at(folder)), units: [TOURISM] };
  const { packages } = await office.ask('package.acknowledge', input);
  return world.at(folder, packages[0]?.file ?? '');
}

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  first = await joinDepartment(world, handed[TOURISM] ?? '', 'first.hyoka');
  second = await joinDepartment(world, handed[TOURISM] ?? '', 'second.hyoka');
});
afterAll(() => world.close());

describe('from handing in to acceptance, with two workstations', () => {
  let submitted: string;
  let returned: string;
  let remark: string;

  test('handed in is not arrived: nobody has said so yet', async () => {
    expect(await stateOf(first)).toBe('waiting');
    await type(first, '意図', '相談を増やす');
    expect(await stateOf(first)).toBe('editing');
    submitted = await submitSheets(world, first, 's1', [SHEET]);
    expect(await stateOf(first)).toBe('submitted');
    expect((await board())?.lastSent).toMatchObject({ kind: 'distribution', sequence: 1, taken: false });
    expect((await merge(office, submitted))[0]?.outcome).toBe('quarantined');
    expect(await stateOf(office)).toBe('waiting');
    // Registered, it is taken in by itself.
    await trust(office, first);
    await merge(office, submitted);
    expect(await stateOf(office)).toBe('received');
    expect(await stateOf(first)).toBe('submitted');
  });

  test('the receipt turns handed in into arrived; the submission has told that the distribution arrived', async () => {
    expect(await board()).toMatchObject({ submitted: 1, lastSent: { kind: 'distribution', taken: true } });
    const receipt = await acknowledge('a2');
    const [plan] = await merge(first, receipt);
    expect(plan).toMatchObject({ outcome: 'applied', kind: 'receipt', sheets: [] });
    expect(await stateOf(first)).toBe('arrived');
    expect((await merge(first, receipt))[0]?.outcome).toBe('duplicate');
    expect((await first.ask('sheet.list', {})).departments[0]).toMatchObject({ arrived: 1, returned: 0 });
  });

  test('taken back at the office, it has not arrived, and the next receipt says so', async () => {
    const [{ hash = '' } = {}] = (await office.ask('package.received', {})).packages;
    const { digest } = await office.ask('package.dependents', { package: hash });
    await office.ask('package.undo', { package: hash, digest });
    expect(await stateOf(office)).toBe('waiting');
    await merge(first, await acknowledge('a3'));
    expect(await row(first)).toMatchObject({ state: 'submitted', fate: { outcome: 'undone', reason: null } });
    await office.ask('package.redo', { package: hash });
    await merge(first, await acknowledge('a4'));
    expect(await stateOf(first)).toBe('arrived');
  });

  test('sent back with a remark: both workstations see it, and what was typed meanwhile is merged', async () => {
    remark = (await office.ask('remark.add', { sheet: SHEET, address: '意図', text: '根拠は？', reply: null })).remark;
    await type(office, '対象', '移住を望む人');
    await type(second, '結果', '書きかけ');
    returned = await decide('returned', 'r1');
    expect(await stateOf(office)).toBe('returned');
    expect(await board()).toMatchObject({ returned: 1, lastSent: { kind: 'return', taken: false } });
    for (const who of [first, second]) {
      expect((await merge(who, returned))[0]).toMatchObject({ outcome: 'applied', kind: 'return' });
      expect(await stateOf(who)).toBe('returned');
      const decision = await decisionAt(who);
      expect(decision).toMatchObject({ decision: 'returned', inForce: true });
      expect(decision?.cells).toMatchObject([
        { verdict: 'remarked', remark: '根拠は？', label: expect.stringContaining('意図') },
      ]);
      const intent = decision?.cells[0]?.address ?? '';
      expect(await textIn(who, intent)).toBe('相談を増やす');
    }
    const values = Object.values((await second.ask('sheet.show', { sheet: SHEET })).values);
    expect(values).toEqual(expect.arrayContaining(['相談を増やす', '移住を望む人', '書きかけ']));
  });

  test('answered, changed and handed in again by both, in either order; then it is accepted', async () => {
    await first.ask('remark.add', { sheet: SHEET, address: '', text: '統計です。', reply: remark });
    expect(await stateOf(first)).toBe('returned');
    const again = await submitSheets(world, first, 's2', [SHEET]);
    expect(await stateOf(first)).toBe('submitted');
    await type(second, '結果', '書き終えた');
    const other = await submitSheets(world, second, 's3', [SHEET]);
    await merge(office, other);
    expect(await stateOf(office)).toBe('returned');
    await trust(office, second);
    await merge(office, other);
    await merge(office, again);
    expect(await stateOf(office)).toBe('received');
    expect((await board())?.lastSent).toMatchObject({ kind: 'return', taken: true });
    expect((await row(office))?.answered).toBe(1);
    await office.ask('remark.add', { sheet: SHEET, address: '', text: '', reply: remark, closes: true });
    const accepted = await decide('accepted', 'r2');
    expect(await stateOf(office)).toBe('accepted');
    // The older return once more, and after the newer word: it changes nothing.
    await merge(first, accepted, returned);
    await merge(second, accepted);
    for (const who of [first, second]) {
      expect(await stateOf(who)).toBe('accepted');
      expect((await decisionAt(who))?.cells).toEqual([]);
    }
    expect((await first.ask('sheet.list', {})).departments[0]).toMatchObject({ accepted: 1 });
    await type(first, '意図', '気が変わった');
    expect(await stateOf(first)).toBe('editing');
  });
});

test('P27 an older return that arrives late does not override a newer one; an older package not a newer state', async () => {
  const before = await decide('returned', 'late1');
  const after = await decide('accepted', 'late2');
  const bytes = await Promise.all([before, after].map((file) => readFile(file)));
  await second.app.close();
  const session = await openSession(systemPorts(), second.file, undefined);
  const stateAfter = (order: readonly number[]) =>
    session.store.rehearse((db) => {
      for (const index of order) {
        applyPackage(db, session, path.basename(before), bytes[index] ?? Buffer.alloc(0), '2022-07-01T00:00:00.000Z');
      }
      const travels = travelsOf(db, session);
      return listSheets(db).map((sheet) => [sheet.number, rowOf(session, sheet, travels).state]);
    });
  expect(stateAfter([0, 1])).toEqual(stateAfter([1, 0]));
  expect(stateAfter([1, 0])).toEqual([
    ['2-1', 'waiting'],
    [SHEET, 'accepted'],
  ]);
  session.store.close();
});

test('what the office decides cell by cell: a side that was not taken is told to the one who wrote it', async () => {
  await merge(first, await decide('returned', 'c0'));
  await type(office, '意図', '事務局の文');
  await office.ask('sheet.commit', { sheet: SHEET });
  await type(first, '意図', '担当課の文');
  await merge(office, await submitSheets(world, first, 'c1', [SHEET]));
  expect(await stateOf(office)).toBe('conflict');
  const folder = office.offer(world.at('never'));
  const refused = { folder, sheets: [{ sheet: SHEET, decision: 'accepted' as const }] };
  expect((await office.problem('package.return', refused)).code).toBe('sheet.conflicted');
  const [conflict] = (await office.ask('sheet.show', { sheet: SHEET })).conflicts;
  const mine = conflict?.sides.find(({ content }) => content.value === '事務局の文');
  await office.ask('conflict.choose', {
    sheet: SHEET,
    address: conflict?.address ?? '',
    revision: mine?.revision ?? '',
  });
  await merge(first, await decide('accepted', 'c2'));
  const decision = await decisionAt(first);
  expect(decision?.cells).toMatchObject([{ address: conflict?.address, verdict: 'overruled' }]);
  expect(await textIn(first, conflict?.address ?? '')).toBe('事務局の文');
});

test('the office says which packages it lacks, and that it holds some that this file never made', async () => {
  await first.app.close();
  const copy = await readFile(first.file);
  await first.ask('workspace.open', { file: first.offer(first.file) });
  await type(first, '意図', '失われる版');
  await submitSheets(world, first, 'lost', [SHEET]);
  await type(first, '意図', '届く版');
  await merge(office, await submitSheets(world, first, 'found', [SHEET]));
  const receipt = await acknowledge('gap');
  await merge(first, receipt);
  expect(await stateOf(first)).toBe('arrived');
  const { missing } = await first.ask('package.missing', {});
  expect(missing).toHaveLength(1);
  expect(missing[0]?.sequence).toBeGreaterThan(1);

  await world.write('restored.hyoka', copy);
  const restored = await openSession(systemPorts(), world.at('restored.hyoka'), undefined);
  expect(restored.store.read(unknownPlaces)).toEqual([]);
  const bytes = await readFile(receipt);
  restored.store.write((db) => applyPackage(db, restored, 'receipt', bytes, '2022-07-01T00:00:00.000Z'));
  expect(restored.store.read(unknownPlaces)).toHaveLength(1);
  expect(restored.store.read(missingThere)).toEqual([]);
  restored.store.close();
});

test('T6 every kind of package at every importer: taken where it belongs, refused by its kind everywhere else', async () => {
  const { packages } = await office.ask('package.distribute', { folder: office.offer(world.at('kinds')) });
  const files = {
    distribution: world.at('kinds', packages.find(({ unit }) => unit === TOURISM)?.file ?? ''),
    submission: await submitSheets(world, first, 'kinds-in', [SHEET]),
    return: await decide('returned', 'kinds-back'),
    receipt: await acknowledge('kinds-receipt'),
  };
  const before = JSON.stringify([
    await office.ask('sheet.list', {}),
    (await office.ask('package.received', {})).packages,
  ]);
  for (const [kind, file] of Object.entries(files)) {
    const belongs = kind === 'submission' ? office : first;
    const other = kind === 'submission' ? first : office;
    expect((await merge(other, file))[0], kind).toMatchObject({
      outcome: 'refused',
      reason: { code: 'package.miskinded' },
    });
    if (kind !== 'submission') expect((await merge(belongs, file))[0]?.reason, kind).toBeNull();
    if (kind === 'distribution') continue;
    const stranger = world.host();
    const { print } = await office.ask('workspace.view', {});
    const joined = { file: stranger.offer(world.at(`${kind}.hyoka`)), package: stranger.offer(file), print };
    expect((await stranger.problem('workspace.join', joined)).code, kind).toBe('package.miskinded');
  }
  const { sheets, departments } = await office.ask('sheet.list', {});
  const after = [{ sheets, departments }, (await office.ask('package.received', {})).packages];
  expect(JSON.stringify(after)).toBe(before);
  expect((await merge(office, files.submission))[0]?.reason).toBeNull();
});
