// From what is typed to what is handed over: the draft becomes a revision, and what a sheet still lacks is named.

import { completeness } from '../../shared/form/completeness.ts';
import { labelAt } from '../../shared/form/label.ts';
import { withCellsFrom } from '../../shared/form/merge.ts';
import { fail } from '../../shared/kernel/problem.ts';
import type { Node } from '../../shared/revision/ancestry.ts';
import type { Revision } from '../../shared/revision/revision.ts';
import type { Session } from './session.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { refreshSheet } from './store/derived.ts';
import { endJournal } from './store/journal.ts';
import {
  contentsOf,
  historyOf,
  loadSheet,
  makeRevision,
  openConflictsOf,
  type Sheet,
  setDraft,
  valuesOf,
  withContents,
} from './store/sheets.ts';

/**
 * The draft as the revision it will become; undefined where nothing would be in it. It stands on all heads, since its
 * writer saw them all. Only while a conflict is undecided does it stand on the first head alone, so that no undecided side
 * is overruled by it; what was decided already then waits in the draft. What that head leaves open it leaves open too: it
 * carries on what is written there, so that it says nothing anywhere else either.
 */
export function draftNode(db: ReadDb, sheet: Sheet): Node | undefined {
  const { heads } = sheet.standing;
  const [first] = heads;
  const ready = readyIn(sheet);
  if (ready.length === 0) return undefined;
  if (openConflictsOf(sheet).length === 0 || first === undefined) return { parents: heads, values: valuesOf(sheet) };
  const { values = {}, revision, open } = historyOf(db, sheet.id).get(first) ?? {};
  const below = withCellsFrom(values, revision?.values ?? {}, open ?? []);
  const contents = contentsOf(sheet.draft).filter(([address]) => ready.includes(address));
  return { parents: [first], values: withContents(below, contents), ...(open ? { open } : {}) };
}

/** What stays in the draft when it is committed: decisions that wait for others. */
export function heldBack(sheet: Sheet): Sheet['draft'] {
  const ready = new Set(readyIn(sheet));
  return new Map([...sheet.draft].filter(([address]) => !ready.has(address)));
}

/** Cells whose draft can be committed: all, or while a conflict is undecided those that are in no conflict. */
function readyIn(sheet: Sheet): string[] {
  const isOpen = openConflictsOf(sheet).length > 0;
  const disputed = new Set(isOpen ? sheet.standing.conflicts.map(({ address }) => address) : []);
  return [...sheet.draft.keys()].filter((address) => !disputed.has(address));
}

/**
 * Makes the draft a revision and gives its name; null when nothing is typed.
 * More than two heads are joined two at a time, each joint already holding the result. Sides of a conflict that a head
 * leaves open are joined first: a decision stands on what it decides between.
 */
export function commitDraft(db: WriteDb, session: Session, sheet: Sheet, at: string, note: string): string | null {
  endJournal(db, sheet.id);
  const node = draftNode(db, sheet);
  if (!node) return null;
  for (const address of readyIn(sheet)) setDraft(db, sheet.id, address, null, at);
  return commitNode(db, session, sheet, node, at, note);
}

/** Joins the heads of a sheet without any conflict in a revision; the head where there is one alone. */
export function joinHeads(db: WriteDb, session: Session, sheet: Sheet, at: string, note: string): string | undefined {
  const { heads, values } = sheet.standing;
  if (heads.length < 2) return heads[0];
  return commitNode(db, session, sheet, { parents: heads, values }, at, note);
}

function commitNode(
  db: WriteDb,
  session: Session,
  sheet: Sheet,
  { parents, values }: Node,
  at: string,
  note: string,
): string {
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
  const join = ([first, second, ...rest]: readonly string[]): string => {
    const made = makeRevision(db, { ...base, parents: [first, second].filter((id) => id !== undefined) });
    return rest.reduce((joint, head) => makeRevision(db, { ...base, parents: [joint, head] }), made);
  };
  const made = join([...parents, ...(openConflictsOf(sheet).length > 0 ? [] : hiddenSides(sheet).map(join))]);
  refreshSheet(db, sheet.id);
  return made;
}

/** The sides of conflicts that do not all stand in heads, each set of them once. */
function hiddenSides({ standing: { heads, conflicts } }: Sheet): string[][] {
  const sets = conflicts.map(({ sides }) => sides.map(({ revision }) => revision));
  const hidden = sets.filter((sides) => !sides.every((id) => heads.includes(id)));
  return [...new Map(hidden.map((sides) => [sides.join(' '), sides] as const)).values()];
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
  const { missing, asked } = completeness(sheet.form, valuesOf(sheet), 'department', sheet.assignment.round);
  const open = new Set(asked.map((cell) => cell.address));
  return {
    labels: missing.filter((cell) => !open.has(cell.address)).map((cell) => cell.label),
    asked: asked.map((cell) => cell.label),
  };
}
