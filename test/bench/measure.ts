// How two works are raced: in one process, turn about, each many times. Promise: what is told is the ratio of medians
// with both ranges beside it, because a time alone says more about the machine than about the program.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One work. `prepare` is not measured; where it is given, every run has one of its own. */
export type Side = { run(): unknown; prepare?(): Promise<void> };

/** Median and range over the rounds. */
export type Spread = { median: number; least: number; most: number };

/** One line of the table: what we need, and what the bare minimum or the rule needs. */
export type Line = { name: string; unit: 'ms' | 'MB'; ours: Spread; floor: Spread; note: string };

/** Runs shorter than this are repeated and divided, or the clock would be measured. */
const SHORTEST_MS = 5;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What lies in the middle, and the ends. */
export function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
  return { median, least: at(0), most: at(sorted.length - 1) };
}

async function milliseconds({ run }: Side, times: number): Promise<number> {
  // Neither side pays for the other's litter.
  collect();
  const start = performance.now();
  for (let count = 0; count < times; count += 1) await run();
  return (performance.now() - start) / times;
}

/** How often a side has to run for one sample. The runs also warm it up. */
async function repeats(side: Side): Promise<number> {
  await side.prepare?.();
  let taken = await milliseconds(side, 1);
  if (side.prepare) return 1;
  for (let times = 1; ; times *= 2) {
    if (taken * times >= SHORTEST_MS) return times;
    taken = await milliseconds(side, times);
  }
}

/** Runs both sides turn about, after a warm-up, and gives milliseconds for one run of each. */
export async function race(ours: Side, floor: Side, rounds: number): Promise<{ ours: Spread; floor: Spread }> {
  const sides = [
    { side: ours, times: await repeats(ours), samples: [] as number[] },
    { side: floor, times: await repeats(floor), samples: [] as number[] },
  ] as const;
  for (let round = 0; round < rounds; round += 1) {
    for (const { side, times, samples } of sides) {
      await side.prepare?.();
      samples.push(await milliseconds(side, times));
    }
  }
  return { ours: spread(sides[0].samples), floor: spread(sides[1].samples) };
}
