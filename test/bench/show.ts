// Opening a workspace, and viewing one sheet of it. The floors open the file barely, and read and parse the one row.
import { openBare, readRow, SHEET_ROWS } from './bare.ts';
import { type Line, race } from './measure.ts';
import { openAsker, type Town } from './town.ts';

export async function show(town: Town, rounds: number): Promise<Line[]> {
  const file = await town.copyOf(town.full);
  const asker = await openAsker(file);
  const db = openBare(file);
  const select = db.prepare(`${SHEET_ROWS} WHERE d.number = ?`);
  const shown = await race(
    { run: () => asker.ask('sheet.show', { sheet: '7' }) },
    { run: () => readRow(select.get('7')) },
    rounds,
  );
  db.close();
  await asker.close();
  const opened = await race(
    {
      run: async () => {
        const own = await openAsker(file);
        await own.ask('sheet.show', { sheet: '7' });
        await own.close();
      },
    },
    {
      run: () => {
        const own = openBare(file);
        readRow(own.prepare(`${SHEET_ROWS} WHERE d.number = ?`).get('7'));
        own.close();
      },
    },
    rounds,
  );
  return [
    { name: 'sheet.show', unit: 'ms', ...shown, note: `SELECT and JSON.parse of its row, among ${town.sheets}` },
    { name: 'open + sheet.show', unit: 'ms', ...opened, note: 'a bare connection, the same settings, the same row' },
  ];
}
