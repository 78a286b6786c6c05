// What was made here: revisions, remarks and confirmations that no package's coming or going takes away, in the order in
// which they were made.
import type { ReadDb, WriteDb } from './database.ts';

/** Notes that an artifact of a sheet was made here. */
export const addOwn = (db: WriteDb, hash: string, sheet: string): number =>
  db.run('INSERT INTO own (hash, sheet) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING', hash, sheet);

/** The place of what was made last on each sheet that something was made on. */
export const lastOwn = (db: ReadDb): Map<string, number> =>
  new Map(
    db
      .all('SELECT sheet, MAX(id) AS last FROM own GROUP BY sheet')
      .map((row) => [String(row.sheet), Number(row.last)] as const),
  );

/** Names of all that was made here, of one kind of artifact, with its sheet. */
export const ownOf = (db: ReadDb, kind: 'revision' | 'remark' | 'confirmation'): { hash: string; sheet: string }[] =>
  db
    .all('SELECT o.hash, o.sheet FROM own o JOIN artifact a ON a.hash = o.hash WHERE a.kind = ? ORDER BY o.id', kind)
    .map((row) => ({ hash: String(row.hash), sheet: String(row.sheet) }));
