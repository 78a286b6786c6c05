// A recovery file that was changed, cut off or weakened: refused by name, and the workspace stays as it is. T24.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distributeAll, joinDepartment, makeOffice, makeWorld, type Workspace, type World } from './world.ts';

const PHRASE = 'なつのあさ ラジオ体操 7';
const UNIT = '商工観光課';

let world: World;
let tourism: Workspace;
let written: string;
beforeAll(async () => {
  world = await makeWorld();
  const handed = await distributeAll(world, await makeOffice(world), 'out');
  tourism = await joinDepartment(world, handed[UNIT] ?? '', 'tourism.hyoka');
  const file = world.at('recovery.json');
  await tourism.ask('recovery.write', { file: tourism.offer(file), passphrase: PHRASE, again: PHRASE });
  written = await readFile(file, 'utf8');
});
afterAll(() => world.close());

test.each<[string, (text: string) => string, string]>([
  ['n below the floor', (text) => text.replace('"n":131072', '"n":65536'), 'recovery.weak'],
  ['n of one', (text) => text.replace('"n":131072', '"n":1'), 'recovery.weak'],
  ['n absurdly high', (text) => text.replace('"n":131072', '"n":1099511627776'), 'recovery.damaged'],
  ['n raised', (text) => text.replace('"n":131072', '"n":262144'), 'recovery.damaged'],
  [
    'a bit of the box',
    (text) => text.replace(/"box":"(.)/, (_, c) => `"box":"${c === 'A' ? 'B' : 'A'}`),
    'recovery.damaged',
  ],
  ['cut off', (text) => text.slice(0, text.length / 2), 'recovery.damaged'],
  ['another unit in the open', (text) => text.replace(UNIT, '社会教育課'), 'recovery.damaged'],
  ['a newer format', (text) => text.replace('hyoka-recovery/1', 'hyoka-recovery/2'), 'recovery.damaged'],
  ['something else', () => '{"payload":""}', 'recovery.foreign'],
  ['nothing', () => '', 'recovery.foreign'],
])('T24 %s: refused by name, and nothing changes', async (_, change, code) => {
  const before = await tourism.ask('workspace.view', {});
  const file = await world.write('changed.json', change(written));
  expect((await tourism.problem('recovery.open', { file: tourism.offer(file), passphrase: PHRASE })).code).toBe(code);
  expect(await tourism.ask('workspace.view', {})).toEqual(before);
});
