// cell.set: what a person waits for behind every field that is left. The floor is the disk's own price of one row.
import path from 'node:path';
import { openBare } from './bare.ts';
import { type Line, race } from './measure.ts';
import { openAsker, type Town } from './town.ts';

const TEXT = '相談から見学、体験までを一つの窓口で受けられるようになった。';

export async function save(town: Town, rounds: number): Promise<Line[]> {
  const asker = await openAsker(await town.copyOf(town.full));
  const address = '施策の方針';
  const db = openBare(path.join(town.folder, 'save.db'));
  db.exec('CREATE TABLE cell (id INTEGER PRIMARY KEY, content TEXT NOT NULL, at TEXT NOT NULL) STRICT');
  db.exec(`INSERT INTO cell VALUES (1, '', '')`);
  const update = db.prepare('UPDATE cell SET content = ?, at = ? WHERE id = 1');
  let count = 0;
  const text = () => {
    count += 1;
    return `${TEXT}${count}`;
  };
  const raced = await race(
    { run: () => asker.ask('cell.set', { sheet: '7', cells: [{ cell: address, raw: text() }] }) },
    { run: () => update.run(JSON.stringify({ value: text() }), new Date().toISOString()) },
    rounds * 3,
  );
  db.close();
  await asker.close();
  return [{ name: 'cell.set', unit: 'ms', ...raced, note: 'one durable UPDATE of one row, same settings' }];
}
