// How long the long works keep everything else waiting: the longest turn of the event loop, against the 100 ms after
// which a person notices that the window does not answer. On a busy machine a turn also waits for its processor; so its
// own computing is told beside it.
import { setImmediate } from 'node:timers/promises';
import { type Line, spread } from './measure.ts';
import { removeWorkspace, type Town } from './town.ts';
import { perform, type Work } from './works.ts';

const NOTICED_MS = 100;

/** The longest turn by the clock, and the one that computed longest, in milliseconds. */
type Longest = { waited: number; computed: number };

const computedSoFar = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

async function longestTurns(run: () => Promise<unknown>): Promise<Longest> {
  const longest: Longest = { waited: 0, computed: 0 };
  let isRunning = true;
  async function watch(): Promise<void> {
    let [at, computed] = [performance.now(), computedSoFar()];
    while (isRunning) {
      await setImmediate();
      const [now, used] = [performance.now(), computedSoFar()];
      longest.waited = Math.max(longest.waited, now - at);
      longest.computed = Math.max(longest.computed, used - computed);
      [at, computed] = [now, used];
    }
  }
  const watched = watch();
  await run();
  isRunning = false;
  await watched;
  return longest;
}

export async function stall(town: Town, rounds: number, works: readonly Work[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const work of works) {
    const found: Longest[] = [];
    // The first one warms up.
    for (let round = -1; round < Math.max(3, Math.ceil(rounds / 2)); round += 1) {
      const file = await town.copyOf(town[work.from]);
      const longest = await perform(work, file, town, longestTurns);
      await removeWorkspace(file);
      if (round >= 0) found.push(longest);
    }
    const ours = spread(found.map(({ waited }) => waited));
    const own = spread(found.map(({ computed }) => computed));
    const kept = own.median <= NOTICED_MS ? 'kept' : 'BROKEN';
    const note = `longest turn; its own computing is ${own.median.toPrecision(3)} ms, the rule ${NOTICED_MS} ms: ${kept}`;
    lines.push({ name: `stall: ${work.name}`, unit: 'ms', ours, floor: spread([NOTICED_MS]), note });
  }
  return lines;
}
