// Peak memory of the long works, each in a process of its own, against the same program with the same file open and
// nothing to do. Started with arguments, this file is that process.
import { execFileSync } from 'node:child_process';
import { argv, execPath } from 'node:process';
import { type Line, spread } from './measure.ts';
import { peakMegabytes } from './resident.ts';
import { removeWorkspace, type Town } from './town.ts';
import { perform, WORKS, type Work } from './works.ts';

async function peakOf(town: Town, work: Work | undefined, from: Work['from']): Promise<number> {
  const file = await town.copyOf(town[from]);
  const told = execFileSync(
    execPath,
    [import.meta.filename, work?.name ?? 'idle', file, town.folder, town.submission],
    { encoding: 'utf8' },
  );
  await removeWorkspace(file);
  return Number(told);
}

/** Peaks differ by a tenth at most: three show it. */
const ROUNDS = 3;

export async function memory(town: Town, _rounds: number, works: readonly Work[]): Promise<Line[]> {
  const peaks = async (work: Work | undefined, from: Work['from']) => {
    const found: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) found.push(await peakOf(town, work, from));
    return spread(found);
  };
  const idle = { before: await peaks(undefined, 'before'), full: await peaks(undefined, 'full') };
  const lines: Line[] = [];
  for (const work of works) {
    const [busy, floor] = [await peaks(work, work.from), idle[work.from]];
    const note = `peak RSS; idle with the same file open; ${Math.round(busy.median - floor.median)} MB more`;
    lines.push({ name: `memory: ${work.name}`, unit: 'MB', ours: busy, floor, note });
  }
  return lines;
}

if (import.meta.main) {
  const [, , name, file = '', folder = '', submission = ''] = argv;
  const work = WORKS.find((known) => known.name === name);
  await perform(work, file, { folder, submission }, (run) => run());
  process.stdout.write(String(peakMegabytes()));
}
