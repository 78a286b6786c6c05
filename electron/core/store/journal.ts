// The journal of typing: steps over a sheet's draft that can be taken back and done again, also after a restart.
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';
import type { Typed } from './sheets.ts';

/** What one step did to the draft's cells; null where a cell had, or has, nothing typed in it. */
export type Step = readonly { address: string; before: Typed | null; after: Typed | null }[];

/** Steps that are kept of a sheet; older ones can no longer be taken back. */
export const STEPS_KEPT = 500;

/** Adds a step. What had been taken back before it can no longer be done again. */
export function addStep(db: WriteDb, sheet: string, step: Step): void {
  db.run('DELETE FROM journal WHERE sheet = ? AND undone = 1', sheet);
  const last = Number(db.get('SELECT COALESCE(MAX(step), 0) AS last FROM journal WHERE sheet = ?', sheet)?.last);
  db.run('INSERT INTO journal (sheet, step, cells) VALUES (?, ?, ?)', sheet, last + 1, JSON.stringify(step));
  db.run('DELETE FROM journal WHERE sheet = ? AND step <= ?', sheet, last + 1 - STEPS_KEPT);
}

const NEXT = {
  undo: 'SELECT step, cells FROM journal WHERE sheet = ? AND undone = 0 ORDER BY step DESC LIMIT 1',
  redo: 'SELECT step, cells FROM journal WHERE sheet = ? AND undone = 1 ORDER BY step LIMIT 1',
};

/** The step that comes next in this direction, marked as gone; undefined when there is none. */
export function takeStep(db: WriteDb, sheet: string, direction: 'undo' | 'redo'): Step | undefined {
  const row = db.get(NEXT[direction], sheet);
  if (!row) return undefined;
  const undone = direction === 'undo' ? 1 : 0;
  db.run('UPDATE journal SET undone = ? WHERE sheet = ? AND step = ?', undone, sheet, Number(row.step));
  return readKept(row.cells, '入力の履歴') as Step;
}

/** Whether there is a step in either direction. */
export const journalOf = (db: ReadDb, sheet: string): { canUndo: boolean; canRedo: boolean } => ({
  canUndo: db.get(NEXT.undo, sheet) !== undefined,
  canRedo: db.get(NEXT.redo, sheet) !== undefined,
});

/** Forgets the steps of a sheet, once what they led to is part of its history. */
export const endJournal = (db: WriteDb, sheet: string): number => db.run('DELETE FROM journal WHERE sheet = ?', sheet);
