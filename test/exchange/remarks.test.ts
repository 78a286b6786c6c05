// Remarks on their way: both directions, any order, and only by whom they are.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEnvelope, sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import { applyPackage } from '../../electron/core/exchange/receive.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession, signingKey } from '../../electron/core/session.ts';
import { derivedFindings, listSheets } from '../../electron/core/store/derived.ts';
import { remarksOf } from '../../electron/core/store/remarks.ts';
import type { Submission } from '../../shared/package/payload.ts';
import type { Remark } from '../../shared/revision/remark.ts';
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
let library: Workspace;
let opening = '';
const SHARED = '2-1';

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  for (const who of [tourism, library]) {
    await merge(office, await submitSheets(world, who, `hello${who.file.length}`));
    await trust(office, who);
  }
  const said = { sheet: SHARED, address: '意図', text: '根拠は？', reply: null };
  opening = (await office.ask('remark.add', said)).remark;
  const again = await distributeAll(world, office, 'asked');
  await merge(tourism, again.商工観光課 ?? '');
  await merge(library, again.社会教育課 ?? '');
});
afterAll(() => world.close());

const threads = async (who: Workspace, sheet = SHARED) => (await who.ask('remark.list', { sheet })).threads;
const answer = (who: Workspace, text: string) =>
  who.ask('remark.add', { sheet: SHARED, address: '', text, reply: opening });
const row = async (who: Workspace, number = SHARED) =>
  (await who.ask('sheet.list', {})).sheets.find((one) => one.number === number);

test('what the office asks reaches both departments of a sheet, and no other sheet', async () => {
  for (const who of [office, tourism, library]) {
    expect(await threads(who)).toMatchObject([{ id: opening, state: 'open', label: expect.stringContaining('意図') }]);
    expect(await row(who)).toMatchObject({ remarks: 1, answered: 0 });
  }
  expect(await threads(tourism, '2-2')).toEqual([]);
});

test('an answer is not handed in until a package takes it along, and the list says so', async () => {
  await submitSheets(world, tourism, 'before', [SHARED]);
  expect((await row(tourism))?.state).toBe('submitted');
  await answer(tourism, '統計です。');
  expect(await row(tourism)).toMatchObject({ state: 'editing', remarks: 0, answered: 1 });
  await submitSheets(world, tourism, 'after', [SHARED]);
  expect((await row(tourism))?.state).toBe('submitted');
});

test('all orders of the packages, and repetition, end in the same threads', async () => {
  await answer(tourism, '観光の一');
  const first = await submitSheets(world, tourism, 'p1', [SHARED]);
  await answer(library, '図書館の一');
  const second = await submitSheets(world, library, 'p2', [SHARED]);
  await tourism.ask('remark.add', { sheet: SHARED, address: '', text: '観光の二', reply: opening });
  const third = await submitSheets(world, tourism, 'p3', [SHARED]);
  const packages = await Promise.all([first, second, third].map((file) => readFile(file)));
  await office.app.close();
  const session = await openSession(systemPorts(), office.file, undefined);
  const [id] = session.store.read(listSheets).flatMap((one) => (one.number === SHARED ? [one.id] : []));
  const after = (order: readonly number[]) =>
    session.store.rehearse((db) => {
      for (const index of order) {
        applyPackage(db, session, 'p', packages[index] ?? Buffer.alloc(0), '2022-07-01T00:00:00.000Z');
      }
      expect(derivedFindings(db)).toEqual([]);
      return JSON.stringify([...remarksOf(db, id ?? '')].sort());
    });
  const whole = after([0, 1, 2]);
  expect(JSON.parse(whole)).toHaveLength(5);
  for (const order of [
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
    [2, 2, 1, 0, 1],
  ])
    expect(after(order)).toBe(whole);
  session.store.close();
  await office.ask('workspace.open', { file: office.offer(office.file) });
  const merged = await merge(office, second, third);
  expect(merged.map((one) => one.sheets[0]?.outcome)).toEqual(['updated', 'updated']);
  expect((await threads(office))[0]?.remarks.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['根拠は？', '統計です。', '観光の一', '観光の二', '図書館の一']),
  );
});

test('the office closes, and what is typed meanwhile stays to be taken back', async () => {
  await office.ask('remark.add', { sheet: SHARED, address: '', text: '', reply: opening, closes: true });
  await tourism.ask('cell.set', { sheet: SHARED, cells: [{ cell: '対象', raw: '書きかけ' }] });
  const again = await distributeAll(world, office, 'closed');
  const [result] = await merge(tourism, again.商工観光課 ?? '');
  expect(result?.sheets.map(({ number, outcome }) => [number, outcome])).toEqual([
    ['2-1', 'updated'],
    ['2-2', 'unchanged'],
  ]);
  expect(await threads(tourism)).toMatchObject([{ state: 'closed' }]);
  expect(await tourism.ask('sheet.show', { sheet: SHARED })).toMatchObject({ canUndo: true, draft: true });
});

/** The tourism department's package with other remarks in it, signed with its own key. */
async function forged(change: (remark: Remark, payload: Submission) => void) {
  const file = await submitSheets(world, tourism, 'forged');
  await tourism.app.close();
  const session = await openSession(systemPorts(), tourism.file, undefined);
  const key = signingKey(session);
  session.store.close();
  await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
  const payload = structuredClone(openEnvelope(await readFile(file)).payload) as Submission;
  const [remark] = payload.remarks;
  if (!remark) throw new Error('the package holds no remark');
  change(remark, payload);
  const changed = await world.write('forged.json', sealEnvelope(payload.kind, payload, key));
  const before = await threads(office);
  const [result] = await merge(office, changed);
  expect(await threads(office)).toEqual(before);
  return result?.reason?.code ?? result?.sheets.map(({ reason }) => reason).join();
}

test('a department may not speak for another, for the office, open, close, or speak of what is not its own', async () => {
  const OTHER = `s${'0'.repeat(20)}`;
  const changes: ((remark: Remark, payload: Submission) => void)[] = [
    (remark) => Object.assign(remark.author, { unit: '社会教育課' }),
    (remark) => Object.assign(remark.author, { role: 'office' }),
    (remark) => Object.assign(remark, { reply: null }),
    (remark) => Object.assign(remark, { closes: true }),
    (remark) => Object.assign(remark, { sheet: OTHER }),
  ];
  for (const change of changes) expect(await forged(change), String(change)).toBe('package.inconsistent');
  const malformed = await forged((remark) => Object.assign(remark, { text: '' }));
  expect(malformed).toBe('package.malformed');
  expect(await forged((remark) => Object.assign(remark, { address: 'no_such_cell' }))).toContain('様式にない欄');
});
