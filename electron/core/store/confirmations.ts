// The section heads' words as they are kept: artifacts, and the sheet that each belongs to.
import type { Confirmation } from '../../../shared/revision/confirmation.ts';
import { putArtifact } from './artifacts.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';
import { addOwn } from './own.ts';

/** Adds a confirmation and gives its name. Known already: nothing changes. `own`: it was given here. */
export function addConfirmation(db: WriteDb, confirmation: Confirmation, own: boolean): string {
  const hash = putArtifact(db, 'confirmation', confirmation);
  db.run(
    'INSERT INTO confirmation (hash, sheet) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
    hash,
    confirmation.sheet,
  );
  if (own) addOwn(db, hash, confirmation.sheet);
  return hash;
}

/** The confirmations of a sheet by name. */
export const confirmationsOf = (db: ReadDb, sheet: string): Map<string, Confirmation> =>
  new Map(
    db
      .all('SELECT c.hash, a.body FROM confirmation c JOIN artifact a ON a.hash = c.hash WHERE c.sheet = ?', sheet)
      .map((row) => [String(row.hash), readKept(row.body, '確認の記録') as Confirmation] as const),
  );

/** Whether a confirmation is kept here. */
export const hasConfirmation = (db: ReadDb, hash: string): boolean =>
  db.get('SELECT 1 AS found FROM confirmation WHERE hash = ?', hash) !== undefined;
