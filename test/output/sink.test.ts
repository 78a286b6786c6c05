// Files that are written side by side are all whole, or not there.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sink, withSinks } from '../../electron/core/output/sink.ts';
import { systemPorts } from '../../electron/core/ports.ts';

const { files } = systemPorts();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-sink-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const LONG = 'あ'.repeat(100_000);

async function inTurns(...sinks: Sink[]): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) for (const sink of sinks) await sink(`${turn}${LONG}`);
}

test('written in turns, each has its own text in order', async () => {
  await withSinks(files, async (open) => inTurns(open(at('a')), open(at('b'))));
  const wanted = Array.from({ length: 20 }, (_, turn) => `${turn}${LONG}`).join('');
  for (const name of ['a', 'b']) expect((await readFile(at(name), 'utf8')) === wanted).toBe(true);
});

test('a work that fails leaves none of them, and its own failure is what is told', async () => {
  const failing = withSinks(files, async (open) => {
    await inTurns(open(at('a')), open(at('b')));
    throw new Error('stopped');
  });
  await expect(failing).rejects.toThrow('stopped');
  expect(await readdir(folder)).toEqual([]);
});

test('one that cannot be written ends the work, tells why, and leaves nothing of the other', async () => {
  const failing = withSinks(files, async (open) => inTurns(open(at('a')), open(at('missing/b'))));
  await expect(failing).rejects.toMatchObject({ problem: { code: 'file.unwritable' } });
  expect(await readdir(folder)).toEqual([]);
});
