// Remarks as they are kept: artifacts, and which sheet each belongs to.
import type { Remark } from '../../../shared/revision/remark.ts';
import { putArtifact } from './artifacts.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';
import { addOwn } from './own.ts';

/** Adds a remark and gives its name. Known already: nothing changes. `own`: it was made here. */
export function addRemark(db: WriteDb, remark: Remark, own: boolean): string {
  const hash = putArtifact(db, 'remark', remark);
  db.run('INSERT INTO remark (hash, sheet) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING', hash, remark.sheet);
  if (own) addOwn(db, hash, remark.sheet);
  return hash;
}

/** The remarks on a sheet by name. */
export const remarksOf = (db: ReadDb, sheet: string): Map<string, Remark> =>
  new Map(
    db
      .all('SELECT r.hash, a.body FROM remark r JOIN artifact a ON a.hash = r.hash WHERE r.sheet = ?', sheet)
      .map((row) => [String(row.hash), readKept(row.body, '指摘の記録') as Remark] as const),
  );

/** Whether a remark is kept here. */
export const hasRemark = (db: ReadDb, hash: string): boolean =>
  db.get('SELECT 1 AS found FROM remark WHERE hash = ?', hash) !== undefined;
