// Remarks as they are kept: artifacts, which sheet each belongs to, and whether an own one has gone out yet.
import type { Remark } from '../../../shared/revision/remark.ts';
import { putArtifact } from './artifacts.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

/** Adds a remark and gives its name. Known already: nothing changes. `own`: it was made here and has yet to travel. */
export function addRemark(db: WriteDb, remark: Remark, own: boolean): string {
  const hash = putArtifact(db, 'remark', remark);
  db.run(
    'INSERT INTO remark (hash, sheet, sent) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
    hash,
    remark.sheet,
    own ? null : 0,
  );
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

/** Sheets on which something was said here that no package has taken along yet. */
export const sheetsWithUnsent = (db: ReadDb): Set<string> =>
  new Set(db.all('SELECT DISTINCT sheet FROM remark WHERE sent IS NULL').map((row) => String(row.sheet)));

/** Notes that a package takes the remarks of a sheet along. */
export const markRemarksSent = (db: WriteDb, sheet: string, sequence: number): number =>
  db.run('UPDATE remark SET sent = ? WHERE sheet = ? AND sent IS NULL', sequence, sheet);
