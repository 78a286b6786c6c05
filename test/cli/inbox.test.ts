// The inbox on the command line: what has arrived is named, what is still being copied waits, and nothing is touched.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hyoka, hyokaJson, joinAs } from './town.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-inbox-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a folder is set once and looked into from then on', async () => {
  const made = ['--role', 'office', '--office', '企画財政課', '--form', 'memuro-shisaku', '--year', '2022'];
  await hyoka('create', at('w'), ...made);
  expect((await hyoka('inbox', at('w'), '--once')).exit).toBe(2);
  await writeFile(at('sheets.csv'), '施策番号,施策名,主管課\n9-1,川と道,甲課\n');
  await hyoka('assign', at('w'), at('sheets.csv'));
  const { value } = await hyokaJson('distribute', at('w'), '--out', at('out'));
  await joinAs(at('w'), at('d'), value.packages[0].file);
  const submitted = await hyokaJson('submit', at('d'), '--out', at('in'), '--incomplete');
  await mkdir(at('box'));
  await writeFile(at('box', 'whole.json'), await readFile(submitted.value.file));
  await writeFile(at('box', 'part.json'), (await readFile(submitted.value.file)).subarray(0, 700));

  const seen = await hyokaJson('inbox', at('w'), '--folder', at('box'));
  expect(seen).toMatchObject({ exit: 0, value: { folder: 'box', fresh: ['whole.json'], waiting: ['part.json'] } });
  expect((await hyokaJson('merge', at('w'), at('box', 'whole.json'))).value.packages[0].outcome).toBe('quarantined');
  const again = await hyokaJson('inbox', at('w'), '--once');
  expect(again.value).toMatchObject({ fresh: [], waiting: ['part.json'], known: 1 });
  await rm(at('box'), { recursive: true });
  expect(await hyokaJson('inbox', at('w'), '--once')).toMatchObject({ exit: 1, value: { reason: 'file.missing' } });
});
