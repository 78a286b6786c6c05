// Last year's sheets as they are kept: artifacts, and which of them belongs to which sheet of this year.
import type { Previous } from '../../../shared/revision/previous.ts';
import { previousOf as artifactOf, putArtifact } from './artifacts.ts';
import type { ReadDb, WriteDb } from './database.ts';

/** Keeps a sheet of last year for a sheet of this year, in place of the one before; says whether that changed anything. */
export function setPrevious(db: WriteDb, sheet: string, previous: Previous): boolean {
  const hash = putArtifact(db, 'previous', previous);
  const changed = db.run(
    `INSERT INTO previous (sheet, artifact) VALUES (?, ?)
     ON CONFLICT (sheet) DO UPDATE SET artifact = excluded.artifact WHERE artifact <> excluded.artifact`,
    sheet,
    hash,
  );
  return changed > 0;
}

/** Takes last year's sheet away from a sheet of this year; says whether there was one. */
export const clearPrevious = (db: WriteDb, sheet: string): boolean =>
  db.run('DELETE FROM previous WHERE sheet = ?', sheet) > 0;

/** Last year's sheet of a sheet of this year. */
export function previousOf(db: ReadDb, sheet: string): Previous | undefined {
  const hash = db.get('SELECT artifact FROM previous WHERE sheet = ?', sheet)?.artifact;
  return typeof hash === 'string' ? artifactOf(db, hash) : undefined;
}
