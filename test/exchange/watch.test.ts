// The watched inbox: what is whole is offered, what still grows waits, what stands still broken is told, and nothing in
// the folder is ever changed.
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
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
let tourism: Workspace;
let bytes: Buffer;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  await tourism.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '文' }] });
  await merge(office, await submitSheets(world, tourism, 's0', ['2-1']));
  await trust(office, tourism);
  bytes = await readFile(await submitSheets(world, tourism, 's1', ['2-2']));
  await mkdir(world.at('受け箱'));
  await office.ask('inbox.set', { folder: office.offer(world.at('受け箱')) });
});
afterEach(() => world.close());

const look = () => office.ask('inbox.look', {});
const put = (name: string, content: Buffer | string) => writeFile(world.at('受け箱', name), content);
const listing = async () =>
  Promise.all(
    (await readdir(world.at('受け箱'))).sort().map(async (name) => {
      const file = world.at('受け箱', name);
      return [name, (await stat(file)).mtimeMs, (await readFile(file)).toString('base64')];
    }),
  );

test('a whole package is offered at the first look, is taken in by the plan, and is known from then on', async () => {
  await put('提出.hyoka.json', bytes);
  const before = await listing();
  const seen = await look();
  expect(seen).toMatchObject({ folder: '受け箱', problem: null, waiting: [], spoiled: [], known: 0 });
  expect(seen.fresh.map(({ name }) => name)).toEqual(['提出.hyoka.json']);
  expect(JSON.stringify(seen)).not.toContain(path.basename(world.folder));
  const files = seen.fresh.map(({ file }) => file);
  const { digest } = await office.ask('package.plan', { files });
  const { packages } = await office.ask('package.merge', { files, digest });
  expect(packages.map(({ outcome }) => outcome)).toEqual(['applied']);
  expect(await look()).toMatchObject({ fresh: [], known: 1 });
  expect(await listing()).toEqual(before);
});

test('F21 a growing copy waits however often it is looked at, is never called forged, and is offered once whole', async () => {
  for (const end of [0, 10, 500, 1_500, bytes.length - 1]) {
    await put('c.hyoka.json', bytes.subarray(0, end));
    expect(await look()).toMatchObject({ fresh: [], waiting: ['c.hyoka.json'], spoiled: [] });
  }
  await put('c.hyoka.json', bytes);
  expect(await look()).toMatchObject({ fresh: [{ name: 'c.hyoka.json' }], waiting: [] });
});

test('F21 of full length from the beginning, filled piece by piece, with the same size each time', async () => {
  for (const [index, end] of [0, 700, 1_400].entries()) {
    await put('c.json', Buffer.concat([bytes.subarray(0, end), Buffer.alloc(bytes.length - end)]));
    await utimes(world.at('受け箱', 'c.json'), 1_000 + index, 1_000 + index);
    expect(await look()).toMatchObject({ waiting: ['c.json'], spoiled: [] });
  }
  // Pieces that arrive in another order leave zeros within.
  await put('c.json', Buffer.concat([bytes.subarray(0, 300), Buffer.alloc(200), bytes.subarray(500)]));
  expect(await look()).toMatchObject({ waiting: ['c.json'] });
  await look();
  expect(await look()).toMatchObject({ spoiled: [{ problem: { code: 'package.truncated' } }] });
});

test('what stands still broken is told after three looks, with what befell it; a new copy begins anew', async () => {
  await put('a.json', bytes.subarray(0, 900));
  await put('b.json', '');
  await put('c.json', `\ufeff${bytes}`);
  await look();
  expect((await look()).waiting).toEqual(['a.json', 'b.json', 'c.json']);
  const told = await look();
  expect(told.waiting).toEqual([]);
  expect(told.spoiled.map(({ name, problem }) => [name, problem.code])).toEqual([
    ['a.json', 'package.truncated'],
    ['b.json', 'package.emptied'],
    ['c.json', 'package.reencoded'],
  ]);
  await put('a.json', bytes);
  expect(await look()).toMatchObject({ fresh: [{ name: 'a.json' }] });
});

test('unfinished names, hidden files, folders and what file managers leave are passed over', async () => {
  for (const name of ['x.hyoka.json.part', 'x.tmp', '.x.json', 'Thumbs.db', 'desktop.ini', '~$x.xlsx', 'a.hyoka']) {
    await put(name, bytes);
  }
  await mkdir(world.at('受け箱', '中'));
  await writeFile(world.at('受け箱', '中', 'x.json'), bytes);
  expect(await look()).toMatchObject({ fresh: [], waiting: [], spoiled: [], known: 0 });
});

test('a folder that has gone is told plainly and looked into again when it is back', async () => {
  await put('a.json', bytes);
  await rename(world.at('受け箱'), world.at('よそ'));
  expect(await look()).toMatchObject({ folder: '受け箱', problem: { code: 'file.missing' }, fresh: [] });
  await rename(world.at('よそ'), world.at('受け箱'));
  expect(await look()).toMatchObject({ problem: null, fresh: [{ name: 'a.json' }] });
});

test('a read-only folder is as good as any', async () => {
  await put('a.json', bytes);
  await chmod(world.at('受け箱'), 0o555);
  try {
    const { fresh } = await look();
    expect((await merge(office, world.at('受け箱', fresh[0]?.name ?? ''))).map(({ outcome }) => outcome)).toEqual([
      'applied',
    ]);
  } finally {
    await chmod(world.at('受け箱'), 0o755);
  }
});

test('F24 two offices at one share: each takes in for itself, and no file is taken from the other', async () => {
  await put('a.json', bytes);
  await office.app.close();
  await writeFile(world.at('twin.hyoka'), await readFile(office.file));
  const twin = world.host();
  await twin.ask('workspace.open', { file: twin.offer(world.at('twin.hyoka')) });
  await office.ask('workspace.open', { file: office.offer(office.file) });
  for (const who of [office, twin]) {
    // The folder is a setting of the file on this machine: it is there again after opening.
    const { fresh } = await who.ask('inbox.look', {});
    const { packages } = await who.ask('package.merge', { files: fresh.map(({ file }) => file) });
    expect(packages.map(({ outcome }) => outcome)).toEqual(['applied']);
  }
});

test('a file that vanishes between the look and the intake is told, and nothing else is held up', async () => {
  await put('a.json', bytes);
  const { fresh } = await look();
  await rm(world.at('受け箱', 'a.json'));
  const { packages } = await office.ask('package.merge', { files: fresh.map(({ file }) => file) });
  expect(packages[0]).toMatchObject({ outcome: 'refused', reason: { code: 'file.missing' } });
  expect(await look()).toMatchObject({ fresh: [], known: 0 });
});
