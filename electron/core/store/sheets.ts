// Sheets as they stand: which revisions belong to them, what follows from those, and the draft on top.
import { ownAddress, type Values } from '../../../shared/form/cell.ts';
import { type Form, mergeRulesOf } from '../../../shared/form/form.ts';
import { foldLabel } from '../../../shared/form/label.ts';
import { type Content, contentEntries, withCellsFrom } from '../../../shared/form/merge.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { type Conflict, type History, headsOf, mergeRevisions, type Node } from '../../../shared/revision/ancestry.ts';
import { counted } from '../../../shared/revision/counted.ts';
import type { Assignment, Revision } from '../../../shared/revision/revision.ts';
import { assignmentOf, formOf, putArtifact, revisionOf } from './artifacts.ts';
import type { ReadDb, Row, WriteDb } from './database.ts';
import { readKept } from './kept.ts';
import { addOwn } from './own.ts';

/** What follows from a sheet's revisions. */
export type Standing = { heads: readonly string[]; values: Values; conflicts: readonly Conflict[] };

/** A revision with the values that count here: what its author was not allowed to write is taken from before. */
export type Kept = Node & { revision: Revision };

/** What is typed into a cell. In a conflict, `judged` says which contents its writer had before them (`contentsJudged`). */
export type Typed = Content & { judged?: string };
export type Draft = ReadonlyMap<string, { content: Typed; at: string }>;

export type Sheet = {
  id: string;
  number: string;
  name: string;
  assignment: Assignment;
  form: Form;
  standing: Standing;
  /** When the revisions were made that it stands on. */
  revisedAt: string;
  draft: Draft;
};

/** The values of `of` with the given cells replaced. */
export function withContents(of: Values, contents: Iterable<readonly [string, Content]>): Values {
  const list = [...contents];
  const from = Object.fromEntries(list.flatMap(([address, content]) => contentEntries(address, content)));
  return withCellsFrom(
    of,
    from,
    list.map(([address]) => address),
  );
}

/** What is typed, by address. */
export const contentsOf = (draft: Draft): (readonly [string, Content])[] =>
  [...draft].map(([address, { content }]) => [address, content] as const);

/** What a person sees: the standing values with the draft on top. */
export const valuesOf = (sheet: Pick<Sheet, 'standing' | 'draft'>): Values =>
  withContents(sheet.standing.values, contentsOf(sheet.draft));

/** Conflicts that nobody has decided, not even in the draft. A decision that did not see all contents is none any more. */
export const openConflictsOf = (sheet: Pick<Sheet, 'standing' | 'draft'>): readonly Conflict[] =>
  sheet.standing.conflicts.filter((conflict) => {
    const judged = sheet.draft.get(conflict.address)?.content.judged;
    return judged === undefined || !spellings(conflict).every((spelling) => judgedIn(judged).includes(spelling));
  });

const spellings = ({ sides }: Conflict): string[] =>
  [...new Set(sides.map(({ content: { value, state, raw } }) => JSON.stringify([value, state, raw])))].sort();
const judgedIn = (judged: string): string[] => readKept(judged, '競合の判断') as string[];

/** What somebody who decides a conflict now has before them. */
export const contentsJudged = (conflict: Conflict): string => JSON.stringify(spellings(conflict));

/** All revisions of a sheet that count here. */
export function historyOf(db: ReadDb, sheet: string): Map<string, Kept> {
  const refusedBy = new Map(
    db
      .all('SELECT revision, refused FROM accepted WHERE sheet = ?', sheet)
      .map((row) => [String(row.revision), readKept(row.refused, '取り込みの記録') as string[]]),
  );
  return historyBelow(db, [...refusedBy.keys()], refusedBy);
}

/** These revisions and all below them; `refusedBy`: the cells that are not taken from a revision. */
export function historyBelow(
  db: ReadDb,
  tops: readonly string[],
  refusedBy: ReadonlyMap<string, readonly string[]>,
): Map<string, Kept> {
  const kept = new Map<string, Kept>();
  const visit = (id: string): Kept | undefined => {
    const known = kept.get(id);
    const revision = known ? undefined : revisionOf(db, id);
    if (!revision) return known;
    revision.parents.forEach(visit);
    const rules = () => mergeRulesOf(formOf(db, revision.form, revision.year));
    const entry = counted(kept, revision, refusedBy.get(id) ?? [], rules);
    kept.set(id, entry);
    return entry;
  };
  for (const id of tops) visit(id);
  return kept;
}

/** What stood below a revision: its parents, merged. */
export const valuesBelow = (history: History, parents: readonly string[], form: Form): Values =>
  parents.length === 0 ? {} : mergeRevisions(history, parents, mergeRulesOf(form)).values;

/** What follows from the given revisions of a sheet of this form. */
export function standingOf(history: History, form: Form): Standing {
  const heads = headsOf(history);
  return { heads, ...mergeRevisions(history, heads, mergeRulesOf(form)) };
}

/** Which assignment of a sheet is in force; undefined when there is no such sheet. */
export function assignmentInForce(db: ReadDb, sheet: string): Assignment | undefined {
  const hash = db.get('SELECT assignment FROM ref WHERE sheet = ?', sheet)?.assignment;
  return typeof hash === 'string' ? assignmentOf(db, hash) : undefined;
}

/** Adds a sheet at the end of the list, or puts a new assignment in force; says whether that changed anything. */
export function assignSheet(db: WriteDb, assignment: Assignment): boolean {
  const { sheet } = assignment;
  const hash = putArtifact(db, 'assignment', assignment);
  const known = db.get('SELECT assignment FROM ref WHERE sheet = ?', sheet);
  if (known?.assignment === hash) return false;
  if (known) db.run('UPDATE ref SET assignment = ? WHERE sheet = ?', hash, sheet);
  else {
    db.run(
      'INSERT INTO ref (sheet, assignment, position) SELECT ?, ?, COALESCE(MAX(position), 0) + 1 FROM ref',
      sheet,
      hash,
    );
  }
  return true;
}

/** Takes a sheet out of the list, with its last year's sheet; says whether it stood there. */
export function withdrawSheet(db: WriteDb, sheet: string): boolean {
  db.run('DELETE FROM previous WHERE sheet = ?', sheet);
  return db.run('DELETE FROM ref WHERE sheet = ?', sheet) > 0;
}

/** Takes a revision into its sheet's history, except for the cells `refused`. Known already: nothing changes. */
export function acceptRevision(db: WriteDb, revision: Revision, refused: readonly string[]): string {
  const hash = putArtifact(db, 'revision', revision);
  db.run(
    'INSERT INTO accepted (revision, sheet, refused) VALUES (?, ?, ?) ON CONFLICT (revision) DO NOTHING',
    hash,
    revision.sheet,
    JSON.stringify(refused),
  );
  return hash;
}

/** The cells that are not taken from an accepted revision; undefined where it is not accepted. */
export function refusedIn(db: ReadDb, revision: string): string[] | undefined {
  const row = db.get('SELECT refused FROM accepted WHERE revision = ?', revision);
  return row && (readKept(row.refused, '取り込みの記録') as string[]);
}

/** Takes a revision that was made here into its sheet's history, and gives its name. */
export function makeRevision(db: WriteDb, revision: Revision): string {
  const hash = acceptRevision(db, revision, []);
  addOwn(db, hash, revision.sheet);
  return hash;
}
/** Cells that were not taken from revisions of a sheet, by revision; those from which everything was taken are left out. */
export const refusalsIn = (db: ReadDb, sheet: string): Map<string, readonly string[]> =>
  new Map(
    db
      .all(`SELECT revision, refused FROM accepted WHERE sheet = ? AND refused <> '[]'`, sheet)
      .map((row) => [String(row.revision), readKept(row.refused, '取り込みの記録') as string[]]),
  );

/** Takes some of the cells that were refused after all; `refused` are those that still are not taken. */
export const setRefused = (db: WriteDb, revision: string, refused: readonly string[]): number =>
  db.run('UPDATE accepted SET refused = ? WHERE revision = ?', JSON.stringify(refused), revision);

/** Whether a revision is part of a sheet's history here. */
export const isAccepted = (db: ReadDb, revision: string): boolean =>
  db.get('SELECT 1 AS found FROM accepted WHERE revision = ?', revision) !== undefined;

function loadRow(db: ReadDb, row: Row): Sheet {
  const id = String(row.sheet);
  const assignment = assignmentOf(db, String(row.assignment));
  if (!assignment) throw new Error(`assignment of ${id} is missing`);
  return {
    id,
    number: String(row.number),
    name: String(row.name),
    assignment,
    form: formOf(db, assignment.form, assignment.year),
    standing: readKept(row.standing, `シート ${String(row.number)} の表示用の控え`) as Standing,
    revisedAt: String(row.revised_at),
    draft: draftOf(db, id),
  };
}

const LOADING = `SELECT d.sheet, d.number, d.name, d.standing, d.revised_at, r.assignment
  FROM derived_sheet d JOIN ref r ON r.sheet = d.sheet`;

/** All sheets in the order in which they were assigned. */
export const loadSheets = (db: ReadDb): Sheet[] =>
  db.all(`${LOADING} ORDER BY r.position`).map((row) => loadRow(db, row));

/** The sheet with this internal id or this number. Raises sheet.unknown with the numbers that there are. */
export function loadSheet(db: ReadDb, sheet: string): Sheet {
  const found = findSheet(db, sheet);
  if (found) return found;
  const known = db.all('SELECT d.number FROM derived_sheet d JOIN ref r ON r.sheet = d.sheet ORDER BY r.position');
  return fail('sheet.unknown', { sheet, known: known.map((k) => String(k.number)) });
}

/** The sheet with this internal id, or undefined. */
export function sheetOf(db: ReadDb, id: string): Sheet | undefined {
  const row = db.get(`${LOADING} WHERE d.sheet = ?`, id);
  return row && loadRow(db, row);
}

/** What follows from a sheet's revisions and which assignment is in force, as one text to compare; '' when there is no such sheet. */
export function standingText(db: ReadDb, id: string): string {
  const row = db.get(`${LOADING} WHERE d.sheet = ?`, id);
  return row ? `${String(row.assignment)} ${String(row.standing)}` : '';
}

/** As loadSheet, but undefined when there is none. Of numbers that are only alike, one will do if it is alone. */
export function findSheet(db: ReadDb, sheet: string): Sheet | undefined {
  const row = db.get(`${LOADING} WHERE d.sheet = ? OR d.number = ?`, sheet, sheet);
  if (row) return loadRow(db, row);
  const [alike, second] = db.all(`${LOADING} WHERE d.folded = ? LIMIT 2`, foldNumber(sheet));
  return alike && !second ? loadRow(db, alike) : undefined;
}

/** A sheet's number for comparing: width, white space and the many dashes do not make another sheet. */
export const foldNumber = (number: string): string => foldLabel(number).replace(/[\u2010-\u2015\u2212ー]/g, '-');

/** What is typed in a sheet and not in a revision yet. */
export function draftOf(db: ReadDb, sheet: string): Draft {
  const rows = db.all('SELECT address, content, at FROM draft WHERE sheet = ? ORDER BY address', sheet);
  return new Map(
    rows.map((row) => [
      String(row.address),
      { content: readKept(row.content, '入力中の値') as Typed, at: String(row.at) },
    ]),
  );
}

/** Keeps what was typed into a cell; `null` forgets it. */
export function setDraft(db: WriteDb, sheet: string, address: string, content: Typed | null, at: string): void {
  if (content === null) db.run('DELETE FROM draft WHERE sheet = ? AND address = ?', sheet, ownAddress(address));
  else {
    db.run(
      'INSERT OR REPLACE INTO draft (sheet, address, content, at) VALUES (?, ?, ?, ?)',
      sheet,
      ownAddress(address),
      JSON.stringify(content),
      at,
    );
  }
}

/** The record of the last filled sheet taken in, as JSON. */
export const intakeOf = (db: ReadDb, sheet: string): unknown => {
  const record = db.get('SELECT record FROM intake WHERE sheet = ?', sheet)?.record;
  return typeof record === 'string' ? readKept(record, '読み込みの記録') : undefined;
};

/** Replaces that record. */
export const setIntake = (db: WriteDb, sheet: string, record: unknown): number =>
  db.run('INSERT OR REPLACE INTO intake (sheet, record) VALUES (?, ?)', sheet, JSON.stringify(record));

/** The ids of a page of the list, and how many sheets there are in all. */
export const pageOfSheets = (db: ReadDb, from: number, limit: number): { ids: string[]; total: number } => ({
  ids: db.all('SELECT sheet FROM ref ORDER BY position LIMIT ? OFFSET ?', limit, from).map((row) => String(row.sheet)),
  total: countSheets(db),
});

/** How many sheets there are. */
export const countSheets = (db: ReadDb): number => Number(db.get('SELECT COUNT(*) AS count FROM ref')?.count);

/** Findings where a pointer names something that is not here, or SQLite finds its own structure broken. */
export function referenceFindings(db: ReadDb): string[] {
  const lost = db.all(
    `SELECT revision AS hash FROM accepted WHERE revision NOT IN (SELECT hash FROM artifact WHERE kind = 'revision')
     UNION ALL SELECT assignment FROM ref WHERE assignment NOT IN (SELECT hash FROM artifact WHERE kind = 'assignment')
     UNION ALL SELECT hash FROM remark WHERE hash NOT IN (SELECT hash FROM artifact WHERE kind = 'remark')
     UNION ALL SELECT hash FROM confirmation WHERE hash NOT IN (SELECT hash FROM artifact WHERE kind = 'confirmation')
     UNION ALL SELECT hash FROM publication WHERE hash NOT IN (SELECT hash FROM artifact WHERE kind = 'publication')
     UNION ALL SELECT artifact FROM previous WHERE artifact NOT IN (SELECT hash FROM artifact WHERE kind = 'previous')`,
  );
  const structure = db.all('PRAGMA integrity_check').map((row) => String(row.integrity_check));
  return [
    ...lost.map((row) => `参照先 ${String(row.hash).slice(0, 8)} がない`),
    ...structure.filter((line) => line !== 'ok').map((line) => `ファイルの構造：${line}`),
  ];
}
