// Which alarms a person has seen. An alarm that nobody has noted stands.
import type { ReadDb, WriteDb } from './database.ts';

export type Noted = { alarm: string; at: string; person: string };

/** What has been noted, by alarm. */
export const allNoted = (db: ReadDb): Map<string, Noted> =>
  new Map(
    db
      .all('SELECT alarm, at, person FROM noted')
      .map((row) => [String(row.alarm), { alarm: String(row.alarm), at: String(row.at), person: String(row.person) }]),
  );

/** Notes an alarm. Noted already: the first word stands. */
export function setNoted(db: WriteDb, { alarm, at, person }: Noted): void {
  db.run('INSERT INTO noted (alarm, at, person) VALUES (?, ?, ?) ON CONFLICT (alarm) DO NOTHING', alarm, at, person);
}
