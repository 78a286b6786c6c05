// sheet.list: the office's main screen. The floor reads the same rows and parses their JSON.
import { openBare, readRow, SHEET_ROWS } from './bare.ts';
import { type Line, race } from './measure.ts';
import { openAsker, type Town } from './town.ts';

export async function list(town: Town, rounds: number): Promise<Line[]> {
  const file = await town.copyOf(town.full);
  const asker = await openAsker(file);
  const db = openBare(file);
  const select = db.prepare(`${SHEET_ROWS} ORDER BY r.position`);
  const raced = await race(
    { run: () => asker.ask('sheet.list', {}) },
    { run: () => select.all().map(readRow) },
    rounds,
  );
  db.close();
  await asker.close();
  return [{ name: 'sheet.list', unit: 'ms', ...raced, note: `SELECT and JSON.parse of the same ${town.sheets} rows` }];
}
