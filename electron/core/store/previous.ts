// Last year's sheets as they are kept: artifacts, and which of them belongs to which sheet of this year.
import type { Previous } from '../../../shared/revision/previous.ts';
import { previousOf as artifactOf, putArtifact } from './artifacts.ts';
import type { ReadDb, WriteDb } from './database.ts';

/** Keeps a sheet of last year for a sheet of this year, in place of the one before. */
export function setPrevious(db: WriteDb, sheet: string, previous: Previous): void {
  const hash = putArtifact(db, 'previous', previous);
  db.run('INSERT OR REPLACE INTO previous (sheet, artifact) VALUES (?, ?)', sheet, hash);
}

/** Last year's sheet of a sheet of this year. */
export function previousOf(db: ReadDb, sheet: string): Previous | undefined {
  const hash = db.get('SELECT artifact FROM previous WHERE sheet = ?', sheet)?.artifact;
  return typeof hash === 'string' ? artifactOf(db, hash) : undefined;
}
