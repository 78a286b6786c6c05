// export.write: every sheet as data. Two floors: spelling values that lie in memory already, and the way from file to
// file that no export can do without.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { openBare, readRow, SHEET_ROWS } from './bare.ts';
import { type Line, race } from './measure.ts';
import { openAsker, type Town } from './town.ts';

const FORMATS = ['json', 'csv', 'xlsx', 'ods'] as const;

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'w');
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
}

export async function exports(town: Town, rounds: number): Promise<Line[]> {
  const source = await town.copyOf(town.full);
  const asker = await openAsker(source);
  const db = openBare(source);
  const select = db.prepare(`${SHEET_ROWS} ORDER BY r.position`);
  const rows = () => select.all().map(readRow);
  const values = rows().map(({ number, standing }) => ({ number, values: standing.values }));
  const bare = path.join(town.folder, 'bare.json');
  const write = (format: (typeof FORMATS)[number]) => {
    const file = asker.offer(path.join(town.folder, `export.${format}`));
    return { run: () => asker.ask('export.write', { file, format }) };
  };
  const spelling = { run: () => JSON.stringify(values) };
  const whole = { run: () => writeDurably(bare, JSON.stringify(rows())) };
  const lines: Line[] = [];
  for (const format of FORMATS) {
    const name = `export ${format}`;
    lines.push(
      { name, unit: 'ms', ...(await race(write(format), spelling, rounds)), note: 'JSON.stringify of the same values' },
      { name, unit: 'ms', ...(await race(write(format), whole, rounds)), note: 'SELECT, parse, stringify, fsync' },
    );
  }
  db.close();
  await asker.close();
  return lines;
}
