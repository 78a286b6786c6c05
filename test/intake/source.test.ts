// A large CSV, read piece by piece: no character is parted, and whoever stops it is heard.
import { expect, test } from 'vitest';
import { readSource } from '../../electron/core/intake/source.ts';
import { makeProblem, ProblemError } from '../../shared/kernel/problem.ts';

const read = (text: string, pause: () => Promise<void> = async () => undefined) =>
  readSource(Buffer.from(text), '一覧.csv', pause);

test.each([0, 1])('characters of two halves stay whole wherever a piece ends (%i before them)', async (before) => {
  const text = `${'a'.repeat(before)}${'𠮷'.repeat(120_000)}`;
  const { tables } = await read(`名称,説明\n1,${text}\n2,次\n`);
  expect(tables[0]?.cells.map((cell) => cell.text)).toEqual(['名称', '説明', '1', text, '2', '次']);
});

test('others have their turn in between, and stopping it is no reason to read it otherwise', async () => {
  const large = Array.from({ length: 2_000 }, (_, row) => `${row},"${'あ'.repeat(200)}"`).join('\n');
  let turns = 0;
  await read(large, async () => {
    turns += 1;
  });
  expect(turns).toBeGreaterThan(3);
  const stop = new ProblemError(makeProblem('task.cancelled', {}));
  await expect(read(large, () => Promise.reject(stop))).rejects.toBe(stop);
});

test('one that is torn is read as far as plain lines go', async () => {
  const { tables } = await read('名称,説明\n1,"開いたまま\n2,次\n');
  expect(tables[0]?.cells.map((cell) => cell.text).join('')).toContain('開いたまま');
});
