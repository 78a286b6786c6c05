// Writing many sheets out can be stopped, and then what stood there stands as it was.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input, Progress } from '../../shared/contract/contract.ts';
import { makeOffice, makeWorld, type Workspace, type World } from '../core/world.ts';

const COUNT = 60;

let world: World;
let office: Workspace;
beforeAll(async () => {
  world = await makeWorld();
  const rows = Array.from({ length: COUNT }, (_, at) => `${at + 1},施策${at + 1}の推進,総務課`);
  office = await makeOffice(world, 'o.hyoka', 'memuro-shisaku', `施策番号,施策名,主管課\n${rows.join('\n')}\n`);
});
afterAll(() => world.close());

const WAYS: [name: string, options: Omit<Input<'export.write'>, 'file'>][] = [
  ['xlsx, tables', { format: 'xlsx' }],
  ['xlsx, forms', { format: 'xlsx', view: 'form' }],
  ['ods, tables', { format: 'ods' }],
  ['ods, forms', { format: 'ods', view: 'form' }],
  ['json', { format: 'json' }],
  ['json, public', { format: 'json', edition: 'public' }],
  ['csv', { format: 'csv' }],
  ['csv, a row a cell', { format: 'csv', rows: 'cells' }],
];

test.each(WAYS)('%s: told how far it is, stopped in the middle, nothing half done', async (_, options) => {
  const file = world.at(`out.${options.format}`);
  await writeFile(file, 'older');
  const control = new AbortController();
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => {
    told.push(progress);
    // Late enough that bytes have been written.
    if (progress.done > 0.75 * progress.total) control.abort();
  };
  const input = { file: office.offer(file), ...options };
  const reply = await office.app.call('export.write', input, { signal: control.signal, onProgress });
  expect(reply).toMatchObject({ ok: false, problem: { code: 'task.cancelled' } });
  expect(await readFile(file, 'utf8')).toBe('older');
  expect((await readdir(world.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
  expect(Math.max(...told.map(({ done, total }) => done / total))).toBeLessThan(1);
});
