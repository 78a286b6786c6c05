// npm run bench -- [NAME…] [--work WORK]… [--quick]: speed and memory as ratios against a floor in the same run.
// It judges nothing and always ends well: a ratio is read by a person, and a timed test would only test the machine.
import { parseArgs } from 'node:util';
import { entry } from './entry.ts';
import { exports } from './export.ts';
import { intake } from './intake.ts';
import { json } from './json.ts';
import { list } from './list.ts';
import type { Line } from './measure.ts';
import { memory } from './memory.ts';
import { merge } from './merge.ts';
import { pdf } from './pdf.ts';
import { save } from './save.ts';
import { show } from './show.ts';
import { stall } from './stall.ts';
import { table } from './table.ts';
import { makeTown, type Size, type Town } from './town.ts';
import { WORKS, type Work } from './works.ts';

/** Those that watch the long works watch only the chosen ones. */
const BENCHES: Record<string, (town: Town, rounds: number, works: readonly Work[]) => Promise<Line[]>> = {
  save,
  list,
  show,
  merge,
  intake,
  json,
  export: exports,
  pdf,
  memory,
  stall,
  entry,
};

const FULL = { size: { sheets: 2_500, handed: 150 }, rounds: 9 };
const QUICK = { size: { sheets: 250, handed: 25 }, rounds: 3 };

async function run(names: readonly string[], chosen: readonly string[], size: Size, rounds: number): Promise<void> {
  const works = chosen.length === 0 ? WORKS : WORKS.filter(({ name }) => chosen.includes(name));
  const unknown = [
    ...names.filter((name) => !Object.hasOwn(BENCHES, name)),
    ...chosen.filter((name) => !WORKS.some((work) => work.name === name)),
  ];
  if (unknown.length > 0) {
    const known = [...Object.keys(BENCHES), ...WORKS.map(({ name }) => `--work '${name}'`)];
    process.stderr.write(`unknown: ${unknown.join(' ')}; there are ${known.join(' ')}\n`);
    process.exitCode = 2;
    return;
  }
  const say = (text: string) => process.stderr.write(`${text}\n`);
  say(`building a town of ${size.sheets} sheets, ${size.handed} a department …`);
  const town = await makeTown(size);
  try {
    const lines: Line[] = [];
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (names.length > 0 && !names.includes(name)) continue;
      say(`${name} …`);
      lines.push(...(await bench(town, rounds, works)));
    }
    const head = `Node ${process.versions.node}, ${size.sheets} sheets, ${size.handed} handed in, files in ${town.folder}`;
    process.stdout.write(`${head}; median (least–most)\n\n${table(lines)}\n`);
  } finally {
    await town.close();
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, work: { type: 'string', multiple: true } },
});
const { size, rounds } = values.quick ? QUICK : FULL;
await run(positionals, values.work ?? [], size, rounds);
