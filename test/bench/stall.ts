// How long the long works keep everything else waiting: the longest block of the event loop, against the 100 ms after
// which a person notices that the window does not answer.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type Line, spread } from './measure.ts';
import { removeWorkspace, type Town } from './town.ts';
import { perform, WORKS } from './works.ts';

const NOTICED_MS = 100;
/** Time for the monitor's own timer to tick before, and to see the last block after. */
const SETTLING_MS = 20;

async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  await delay(SETTLING_MS);
  monitor.reset();
  // The first tick after a reset is not counted; a block before it would go unseen.
  await delay(SETTLING_MS);
  await run();
  await delay(SETTLING_MS);
  monitor.disable();
  return monitor.max / 1e6;
}

export async function stall(town: Town, rounds: number): Promise<Line[]> {
  const lines: Line[] = [];
  for (const work of WORKS) {
    const blocks: number[] = [];
    // The first one warms up.
    for (let round = -1; round < Math.max(3, Math.ceil(rounds / 2)); round += 1) {
      const file = await town.copyOf(town[work.from]);
      const block = await perform(work, file, town, longestBlock);
      await removeWorkspace(file);
      if (round >= 0) blocks.push(block);
    }
    const ours = spread(blocks);
    const note = `longest block; the rule is ${NOTICED_MS} ms: ${ours.median <= NOTICED_MS ? 'kept' : 'BROKEN'}`;
    lines.push({ name: `stall: ${work.name}`, unit: 'ms', ours, floor: spread([NOTICED_MS]), note });
  }
  return lines;
}
