// intake.preview: a filled sheet from outside, read by the labels of the form. The floor splits its lines and tabs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resources } from '../core/world.ts';
import { type Line, race } from './measure.ts';
import { openAsker, type Town } from './town.ts';

export async function intake(town: Town, rounds: number): Promise<Line[]> {
  const sample = path.join(resources, 'samples/memuro-sample.txt');
  const asker = await openAsker(await town.copyOf(town.full));
  const file = asker.offer(sample);
  const number = '3-1';
  await asker.ask('sheet.assign', {
    rows: [{ line: 2, cells: { 施策番号: number, 施策名: 'みどりの暮らし移住応援', 主管課: 'くらし移住課' } }],
  });
  const raced = await race(
    { run: () => asker.ask('intake.preview', { file, sheet: number }) },
    {
      run: () =>
        readFileSync(sample, 'utf8')
          .split('\n')
          .map((line) => line.split('\t')),
    },
    rounds,
  );
  await asker.close();
  return [{ name: 'intake.preview', unit: 'ms', ...raced, note: 'reading the file and splitting lines and tabs' }];
}
