// What waits: kept whole, taken in by itself when what was missing arrives, looked at, taken out, dropped, taken up again.
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newKeyPair, printOf, sha256 } from '../../electron/core/exchange/crypto.ts';
import { ROOM_FOR_STRANGERS } from '../../electron/core/exchange/room.ts';
import { canonical } from '../../shared/kernel/json.ts';
import type { Submission } from '../../shared/package/payload.ts';
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
});
afterEach(() => world.close());

const type = (raw: string) => tourism.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw }] });
const outcomes = (packages: readonly { outcome: string; held: boolean }[]) =>
  packages.map(({ outcome, held }) => [outcome, held]);
const valuesOf = async () => Object.values((await office.ask('sheet.show', { sheet: '2-2' })).values);

/** Two packages in a row; the second lacks the revision that the first brings. */
async function inARow(): Promise<[first: string, second: string]> {
  await type('はじめの文');
  const first = await submitSheets(world, tourism, 's1', ['2-2']);
  await type('つぎの文');
  const second = await payloadIn<Submission>(await submitSheets(world, tourism, 's2', ['2-2']));
  const known = new Set((await payloadIn<Submission>(first)).revisions.map((one) => sha256(canonical(one))));
  second.revisions = second.revisions.filter((one) => !known.has(sha256(canonical(one))));
  return [first, await world.write('second.json', resigned(second, keyOf(tourism)))];
}

test('registering a sender takes in what waited for it, in the same command', async () => {
  await type('待っていた文');
  const file = await submitSheets(world, tourism, 's1', ['2-2']);
  expect(outcomes(await merge(office, file))).toEqual([['quarantined', false]]);
  const { print, unit } = await tourism.ask('workspace.view', {});
  const { taken } = await office.ask('signer.accept', { print, unit });
  expect(taken).toMatchObject([{ outcome: 'applied', held: true, unit, sheets: [{ number: '2-2', outcome: 'new' }] }]);
  expect(await valuesOf()).toContain('待っていた文');
  expect((await office.ask('held.list', {})).packages).toEqual([]);
});

test('what lacks its base waits, the plan says that it will follow, and it follows in the same intake', async () => {
  const [first, second] = await inARow();
  await merge(office, first);
  await tourism.ask('workspace.view', {});
  // A file from before the first package arrived.
  const other = world.host();
  await office.app.close();
  await world.write('other.hyoka', await readFile(office.file));
  await office.ask('workspace.open', { file: office.offer(office.file) });
  await other.ask('workspace.open', { file: other.offer(world.at('other.hyoka')) });
  const waits = (await other.ask('held.list', {})).packages.flatMap(({ hash }) => hash ?? []);
  await other.ask('held.drop', { packages: waits, isDropped: true });
  await trust(other, tourism);

  const aside = await merge(other, second);
  expect(aside).toMatchObject([{ outcome: 'quarantined', reason: { code: 'base.missing' } }]);
  const plan = await other.ask('package.plan', { files: [other.offer(first)] });
  expect(outcomes(plan.packages)).toEqual([
    ['applied', true],
    ['applied', true],
  ]);
  const done = await other.ask('package.merge', { files: [other.offer(first)], digest: plan.digest });
  expect(done).toEqual(plan);
  expect((await other.ask('held.list', {})).packages).toEqual([]);
  const values = (await other.ask('sheet.show', { sheet: '2-2' })).values;
  expect(Object.values(values)).toContain('つぎの文');
});

test('the order within one intake does not matter: what came too early follows', async () => {
  const [first, second] = await inARow();
  await merge(office, await submitSheets(world, tourism, 's0', ['2-1']));
  await trust(office, tourism);
  const packages = await merge(office, second, first);
  expect(outcomes(packages)).toEqual([
    ['applied', false],
    ['applied', true],
  ]);
  expect(await valuesOf()).toContain('つぎの文');
});

test('a package that waits can be taken out as it came, dropped, and taken up again', async () => {
  await type('待つ文');
  const file = await submitSheets(world, tourism, 's1', ['2-2']);
  await merge(office, file);
  const [held] = (await office.ask('held.list', {})).packages;
  expect(held).toMatchObject({ outcome: 'quarantined', unit: null, claimed: '商工観光課', isDropped: false });
  const hash = held?.hash ?? '';
  const { file: name } = await office.ask('held.export', { hash, folder: office.offer(world.at('taken')) });
  expect(await readFile(world.at('taken', name))).toEqual(await readFile(file));

  const dropped = await office.ask('held.drop', { packages: [hash], isDropped: true });
  expect(dropped.packages).toMatchObject([{ hash, isDropped: true }]);
  await trust(office, tourism);
  expect(await merge(office)).toEqual([]);
  expect((await office.ask('sheet.show', { sheet: '2-2' })).state).toBe('waiting');

  await office.ask('held.drop', { packages: [hash], isDropped: false });
  expect(outcomes(await merge(office))).toEqual([['applied', true]]);
  expect((await office.problem('held.drop', { packages: [hash], isDropped: true })).code).toBe('held.unknown');
  expect((await office.problem('held.export', { hash, folder: office.offer(world.at('x')) })).code).toBe(
    'held.unknown',
  );
});

/** A package as the department's, under a key that nobody knows. */
async function strangers(count: number, sequence = 1): Promise<string[]> {
  const payload = await payloadIn<Submission>(await submitSheets(world, tourism, `strange${sequence}`, ['2-2']));
  const files = Array.from({ length: count }, () => {
    const key = newKeyPair();
    const sender = { ...payload.sender, publicKey: key.publicKey, print: printOf(key.publicKey), seals: [] };
    return world.write(`${sender.print}.hyoka.json`, resigned({ ...payload, sender, sequence, previous: null }, key));
  });
  return Promise.all(files);
}
const heldHere = async () => (await office.ask('held.list', {})).packages;
const hashesIn = (packages: readonly { hash: string | null }[]) => packages.flatMap(({ hash }) => hash ?? []);

test('what strangers send is bounded in number and keeps nobody else out; a person makes room, in two steps', async () => {
  await merge(office, await submitSheets(world, tourism, 's0', ['2-1']));
  await trust(office, tourism);
  const [first, second] = await inARow();
  const all = await strangers(ROOM_FOR_STRANGERS.packages + 2);
  const results = await merge(office, ...all);
  const full = results.filter(({ reason }) => reason?.code === 'held.full');
  expect(full.map(({ outcome, reason }) => [outcome, reason?.details])).toEqual([
    ['refused', { unit: null, packages: 500 }],
    ['refused', { unit: null, packages: 500 }],
  ]);
  expect(await heldHere()).toHaveLength(500);
  // Who is registered waits, and is taken in, beside them.
  expect((await merge(office, second))[0]).toMatchObject({ outcome: 'quarantined', reason: { code: 'base.missing' } });
  expect(outcomes(await merge(office, first))).toEqual([
    ['applied', false],
    ['applied', true],
  ]);
  // One that is kept is no news, however full it is.
  expect((await merge(office, all[0] ?? ''))[0]?.outcome).toBe('quarantined');

  const some = hashesIn((await heldHere()).slice(0, 3));
  expect((await office.problem('held.discard', { packages: some })).code).toBe('held.kept');
  await office.ask('held.drop', { packages: some, isDropped: true });
  const [one = ''] = full.map(({ file }) => world.at(file));
  expect((await merge(office, one))[0]?.reason?.code).toBe('held.full');
  expect((await office.ask('held.discard', { packages: some })).packages).toHaveLength(497);
  expect((await merge(office, one))[0]?.outcome).toBe('quarantined');
  expect((await office.problem('held.discard', { packages: some })).code).toBe('held.unknown');
}, 60_000);

test('what a registered sender sent and a person deleted stays on record as arrived', async () => {
  await merge(office, await submitSheets(world, tourism, 's0', ['2-1']));
  await trust(office, tourism);
  const [, second] = await inARow();
  await merge(office, second);
  const packages = hashesIn(await heldHere());
  await office.ask('held.drop', { packages, isDropped: true });
  expect((await office.ask('held.discard', { packages })).packages).toEqual([]);
  expect((await office.ask('package.received', {})).packages[0]).toMatchObject({ sequence: 3, reason: 'dropped' });
  expect((await office.ask('chain.list', {})).chains[0]?.missing).toEqual([{ from: 2, to: 2 }]);
  // Handed over once more it waits once more.
  expect((await merge(office, second))[0]?.outcome).toBe('quarantined');
});

test('of a folder of thousands of files the packages come first, and what is too much is told in one line', async () => {
  await merge(office, await submitSheets(world, tourism, 's0', ['2-1']));
  await trust(office, tourism);
  const own = await submitSheets(world, tourism, 'many/sub', ['2-2']);
  await Promise.all(Array.from({ length: 2_005 }, (_, index) => world.write(`many/${index}.txt`, 'x')));
  await copyFile(own, world.at('many', path.basename(own)));
  const results = await merge(office, world.at('many'));
  expect(results[0]).toMatchObject({ outcome: 'applied', unit: '商工観光課' });
  expect(results).toHaveLength(2_001);
  expect(results.at(-1)?.reason).toMatchObject({ code: 'package.crowded', details: { left: 6 } });
});

test('two who take the same plan in: one does it, the other is told, and nothing is done twice', async () => {
  await merge(office, await submitSheets(world, tourism, 's0', ['2-1']));
  await trust(office, tourism);
  await type('一度だけ');
  const files = [office.offer(await submitSheets(world, tourism, 's1', ['2-2']))];
  const { digest } = await office.ask('package.plan', { files });
  const both = await Promise.all([1, 2].map(() => office.app.call('package.merge', { files, digest })));
  expect(both.map((reply) => (reply.ok ? 'done' : reply.problem.code)).sort()).toEqual(['done', 'plan.changed']);
});
