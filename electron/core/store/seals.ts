// Under which age recipients packages for the owner of a key are sealed, as that key's own packages have said.
import type { ReadDb, WriteDb } from './database.ts';

/** Keeps what the newest package of a key announces, in place of what an older one did. */
export function setSeals(db: WriteDb, print: string, recipients: readonly string[]): void {
  db.run('DELETE FROM seal WHERE print = ?', print);
  for (const recipient of new Set(recipients)) {
    db.run('INSERT INTO seal (print, recipient) VALUES (?, ?)', print, recipient);
  }
}

/** The recipients that a key's newest package announced, sorted; none before one came. */
export const sealsOf = (db: ReadDb, print: string): string[] =>
  db
    .all('SELECT recipient FROM seal WHERE print = ? ORDER BY recipient', print)
    .map(({ recipient }) => String(recipient));
