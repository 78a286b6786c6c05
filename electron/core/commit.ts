// From what is typed to what is handed over: the draft becomes a revision, and what a sheet still lacks is named.

import type { Values } from '../../shared/form/cell.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { labelAt } from '../../shared/form/label.ts';
import { fail } from '../../shared/kernel/problem.ts';
import type { Revision } from '../../shared/revision/revision.ts';
import type { Session } from './session.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { refreshSheet } from './store/derived.ts';
import { endJournal } from './store/journal.ts';
import {
  clearDraft,
  contentsOf,
  historyOf,
  loadSheet,
  makeRevision,
  openConflictsOf,
  type Sheet,
  valuesOf,
  withContents,
} from './store/sheets.ts';

/**
 * The draft as the revision it will become. It stands on all heads, since its writer saw them all; only while a
 * conflict is undecided does it stand on the first head alone, so that no undecided side is overruled by it.
 */
export function draftNode(db: ReadDb, sheet: Sheet): { parents: readonly string[]; values: Values } {
  const { heads } = sheet.standing;
  const [first] = heads;
  if (openConflictsOf(sheet).length === 0 || first === undefined) return { parents: heads, values: valuesOf(sheet) };
  const below = historyOf(db, sheet.id).get(first)?.values ?? {};
  return { parents: [first], values: withContents(below, contentsOf(sheet.draft)) };
}

/**
 * Makes the draft a revision and gives its name; null when nothing is typed.
 * More than two heads are joined two at a time, each joint already holding the result.
 */
export function commitDraft(db: WriteDb, session: Session, sheet: Sheet, at: string, note: string): string | null {
  endJournal(db, sheet.id);
  if (sheet.draft.size === 0) return null;
  const { parents, values } = draftNode(db, sheet);
  const base: Omit<Revision, 'parents'> = {
    format: 'hyoka-revision/1',
    form: sheet.assignment.form,
    year: sheet.form.year,
    sheet: sheet.id,
    author: { role: session.meta.role, unit: session.meta.unit, station: session.meta.print },
    at,
    note,
    values: { ...values },
  };
  const [first, second, ...rest] = parents;
  let made = makeRevision(db, { ...base, parents: [first, second].filter((id) => id !== undefined) });
  for (const head of rest) made = makeRevision(db, { ...base, parents: [made, head] });
  clearDraft(db, sheet.id);
  refreshSheet(db, sheet.id);
  return made;
}

/** As commitDraft, for a person who says "this is it". Raises sheet.conflicted while a conflict is undecided. */
export function commitSheet(db: WriteDb, session: Session, sheetName: string, at: string, note: string): string | null {
  const sheet = loadSheet(db, sheetName);
  assertDecided([sheet]);
  return commitDraft(db, session, sheet, at, note);
}

/** Raises sheet.conflicted with the labels of the first sheet that still has an undecided conflict. */
export function assertDecided(sheets: readonly Sheet[]): void {
  for (const sheet of sheets) {
    const labels = openConflictsOf(sheet).map(({ address }) => labelAt(sheet.form, address));
    if (labels.length > 0) fail('sheet.conflicted', { sheet: sheet.number, labels });
  }
}

/** Labels of what a sheet still lacks before it can be handed in. */
export function lackOf(sheet: Sheet): { labels: string[]; asked: string[] } {
  const { missing, asked } = completeness(sheet.form, valuesOf(sheet), 'department');
  const open = new Set(asked.map((cell) => cell.address));
  return {
    labels: missing.filter((cell) => !open.has(cell.address)).map((cell) => cell.label),
    asked: asked.map((cell) => cell.label),
  };
}
