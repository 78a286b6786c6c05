// The history of one cell, read from the revision graph: who changed it, when, from what to what. Promise: every
// content that was ever committed shows up, also those that a merge did not take.
import type { HistoryEntry } from '../../shared/contract/views.ts';
import { findCell } from '../../shared/form/label.ts';
import { type Content, contentAt, sameContent } from '../../shared/form/merge.ts';
import { changesOf } from '../../shared/revision/changes.ts';
import type { Session } from './session.ts';
import type { ReadDb } from './store/database.ts';
import { historyOf, loadSheet, valuesOf } from './store/sheets.ts';

/**
 * Every change of a cell, or of what people left beside one, what is typed first, then the newest.
 * Raises sheet.unknown, cell.unknown.
 */
export function cellHistory(db: ReadDb, session: Session, sheetName: string, name: string): HistoryEntry[] {
  const sheet = loadSheet(db, sheetName);
  const history = historyOf(db, sheet.id);
  const isUsed = sheet.draft.has(name) || [...history.values()].some(({ values }) => values[name] !== undefined);
  const address = isUsed ? name : findCell(sheet.form, name).address;
  const isNumber = sheet.form.byAddress.get(address)?.type === 'decimal';
  const when = (id: string) => history.get(id)?.revision.at ?? '';
  const entries = changesOf(history, address, when, isNumber).map(({ id, before, after, lost }): HistoryEntry => {
    const { author, at, note } = history.get(id)?.revision ?? {};
    return {
      unit: author?.unit ?? '',
      role: author?.role ?? 'office',
      at: at ?? '',
      note: note ?? '',
      revision: id,
      before,
      after,
      lost,
    };
  });
  const standing = contentAt(sheet.standing.values, address);
  const typed = sheet.draft.get(address);
  if (!typed) return entries;
  const { role, unit } = session.meta;
  const after: Content = contentAt(valuesOf(sheet), address);
  if (sameContent(standing, after) && !sheet.standing.conflicts.some((c) => c.address === address)) return entries;
  return [{ unit, role, at: typed.at, note: '', revision: null, before: standing, after, lost: false }, ...entries];
}
