// sheet.list: the office's main screen. The floor reads the same rows and parses their JSON.
import { openBare } from './bare.ts';
import { type Line, race } from './measure.ts';
import { openAsker, type Town } from './town.ts';

export async function list(town: Town, rounds: number): Promise<Line[]> {
  const file = await town.copyOf(town.full);
  const asker = await openAsker(file);
  const db = openBare(file);
  const select = db.prepare(
    `SELECT d.sheet, d.number, d.name, d.heads, d.shown FROM derived_sheet d JOIN ref r ON r.sheet = d.sheet
     ORDER BY r.position`,
  );
  const lineOf = (row: unknown) => {
    const { heads, shown, ...line } = row as { heads: string; shown: string };
    return { ...line, heads: JSON.parse(heads), ...JSON.parse(shown) };
  };
  const raced = await race({ run: () => asker.ask('sheet.list', {}) }, { run: () => select.all().map(lineOf) }, rounds);
  db.close();
  await asker.close();
  return [{ name: 'sheet.list', unit: 'ms', ...raced, note: `SELECT and JSON.parse of the same ${town.sheets} rows` }];
}
