// Packing holds nothing of what it has packed, however many parts there are.
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { type Part, zipped } from '../../electron/core/output/zip.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

test('of hundreds of parts no more than a few are in memory', async () => {
  const [parts, size] = [400, 30_000];
  const held: number[] = [];
  async function* made(): AsyncGenerator<Part> {
    for (let at = 0; at < parts; at += 1) {
      yield { name: `part-${at}.xml`, pieces: [`${at}`.repeat(size / String(at).length)] };
      if (at % 100 !== 0) continue;
      // What a handle of the system holds goes in the round after the handle.
      for (const pause of [10, 10]) {
        await setTimeout(pause);
        collect();
      }
      held.push(process.memoryUsage().arrayBuffers);
    }
  }
  for await (const _ of zipped(made()));
  // Of the last three hundred parts, no twentieth of the bytes that went in.
  expect(Math.max(...held) - (held[0] ?? 0)).toBeLessThan((300 * size) / 20);
});
