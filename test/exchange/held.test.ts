// What waits: kept whole, taken in by itself when what was missing arrives, looked at, taken out, dropped, taken up again.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../electron/core/exchange/crypto.ts';
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
  await other.ask('held.drop', { hash: (await other.ask('held.list', {})).packages[0]?.hash ?? '', isDropped: true });
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

  const dropped = await office.ask('held.drop', { hash, isDropped: true });
  expect(dropped.packages).toMatchObject([{ hash, isDropped: true }]);
  await trust(office, tourism);
  expect(await merge(office)).toEqual([]);
  expect((await office.ask('sheet.show', { sheet: '2-2' })).state).toBe('waiting');

  await office.ask('held.drop', { hash, isDropped: false });
  expect(outcomes(await merge(office))).toEqual([['applied', true]]);
  expect((await office.problem('held.drop', { hash, isDropped: true })).code).toBe('held.unknown');
  expect((await office.problem('held.export', { hash, folder: office.offer(world.at('x')) })).code).toBe(
    'held.unknown',
  );
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
