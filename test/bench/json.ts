// Strict reading and the one canonical spelling, on a payload of a megabyte. The floor is the runtime's own JSON.
import { canonical, parseStrict } from '../../shared/kernel/json.ts';
import { type Line, race } from './measure.ts';
import { openBarely } from './merge.ts';
import type { Town } from './town.ts';

const MEGABYTE = 2 ** 20;

export async function json(town: Town, rounds: number): Promise<Line[]> {
  const { revisions } = openBarely(town.submission);
  const chosen: unknown[] = [];
  for (let length = 0; length < MEGABYTE; length += JSON.stringify(chosen.at(-1)).length) {
    chosen.push(revisions[chosen.length % revisions.length]);
  }
  const value = { revisions: chosen };
  const text = canonical(value);
  const both = await race(
    { run: () => canonical(parseStrict(text)) },
    { run: () => JSON.stringify(JSON.parse(text)) },
    rounds,
  );
  const read = await race({ run: () => parseStrict(text) }, { run: () => JSON.parse(text) }, rounds);
  const spelt = await race({ run: () => canonical(value) }, { run: () => JSON.stringify(value) }, rounds);
  return [
    { name: 'parse + canonical', unit: 'ms', ...both, note: 'JSON.parse and JSON.stringify of 1 MB' },
    { name: '  parseStrict', unit: 'ms', ...read, note: 'JSON.parse' },
    { name: '  canonical', unit: 'ms', ...spelt, note: 'JSON.stringify' },
  ];
}
