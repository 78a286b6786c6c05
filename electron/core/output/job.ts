// What every kind of output shares: which sheets it is about, and the walk through them in slices that nobody feels.
// Promise: of a publication, everything is made from the sheets as they were published, never as they stand now.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { Form } from '../../../shared/form/form.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Publication } from '../../../shared/revision/publication.ts';
import type { Session } from '../session.ts';
import { assignmentOf, formOf } from '../store/artifacts.ts';
import type { ReadDb } from '../store/database.ts';
import { type Listed, listSheets } from '../store/derived.ts';
import { frozenSheet, publicationNumbered } from '../store/publications.ts';
import { assignmentInForce, loadSheet, type Sheet } from '../store/sheets.ts';
import type { Task } from '../task.ts';

export type ExportInput = ParsedInput<'export.write'>;

/** A sheet of a job, as far as lists and file names need it. */
export type JobSheet = Pick<Listed, 'id' | 'number' | 'name' | 'units' | 'heads'>;

/** Sheets to walk through, in the order of the list: as they stand with their drafts, or as they were published. */
export type Walk = { listed: readonly JobSheet[]; publication: Publication | undefined };

/** What is to be made: `file` is the path chosen for it. `input` says the edition and years of a publication. */
export type Job = Walk & { file: string; input: ExportInput };

/** What a table for machines needs to know of a job, whatever file it goes to. */
export type TableJob = Walk & {
  input: Pick<ExportInput, 'edition' | 'years' | 'rows' | 'encoding' | 'standIns'>;
};

/** Makes one format. Raises what its making may; then nothing stands at `file`, or the old file. */
export type Maker = (task: Task, job: Job) => Promise<void>;

/** The sheets that an input names. Raises sheet.unknown, sheet.none, publication.unknown. */
export function walkOf(task: Task, { sheets, snapshot }: Pick<ExportInput, 'sheets' | 'snapshot'>): Walk {
  return task.read((db) => {
    const publication = snapshot === undefined ? undefined : publicationNumbered(db, snapshot);
    const all = publication ? frozenList(db, publication) : listSheets(db);
    const chosen = sheets && chosenAmong(db, all, sheets);
    const listed = all.filter(({ id }) => chosen?.has(id) ?? true);
    if (listed.length === 0) fail('sheet.none', {});
    return { listed, publication };
  });
}

/** The job that an input asks for. Raises what walkOf does, and handle.unknown. */
export function jobOf(task: Task, input: ExportInput): Job {
  const file = task.pathOf(input.file);
  const walk = walkOf(task, input);
  const { edition, years } = walk.publication ?? input;
  return { ...walk, file, input: { ...input, edition, years } };
}

/** The sheets of a publication as a list: what passes (state, remarks) was not published. */
const frozenList = (db: ReadDb, publication: Publication): JobSheet[] =>
  publication.sheets.map((published) => {
    const { id, number, name, assignment, standing } = frozenSheet(db, publication.number, published);
    return { id, number, name, units: assignment.units, heads: standing.heads };
  });

function chosenAmong(db: ReadDb, all: readonly JobSheet[], sheets: readonly string[]): Set<string> {
  const byName = new Map(all.flatMap(({ id, number }) => [[id, id] as const, [number, id] as const]));
  return new Set(sheets.map((sheet) => byName.get(sheet) ?? loadSheet(db, sheet).id));
}

/** The sheets of one form among those of a walk; `hash` names its definition. */
export type FormWalk = Walk & { form: Form; hash: string };

/** Reading which form a sheet has is far less than reading the sheet. */
const ASSIGNMENTS_AT_ONCE = 250;

/** The forms of a walk in the order in which they come up, each with its sheets. Of the sheets nothing else is read. */
export async function formsIn(task: Task, { listed, publication }: Walk, total: number): Promise<FormWalk[]> {
  const frozen = new Map(publication?.sheets.map(({ sheet, assignment }) => [sheet, assignment]));
  const lists = new Map<Form, { hash: string; listed: JobSheet[] }>();
  const enter = (db: ReadDb, line: JobSheet) => {
    const assignment = publication ? assignmentOf(db, frozen.get(line.id) ?? '') : assignmentInForce(db, line.id);
    if (!assignment) throw new Error(`assignment of ${line.id} is missing`);
    const form = formOf(db, assignment.form, assignment.year);
    const known = lists.get(form);
    if (known) known.listed.push(line);
    else lists.set(form, { hash: assignment.form, listed: [line] });
  };
  for (let at = 0; at < listed.length; at += ASSIGNMENTS_AT_ONCE) {
    await task.step({ done: 0, total, name: '' });
    task.read((db) => {
      for (const line of listed.slice(at, at + ASSIGNMENTS_AT_ONCE)) enter(db, line);
    });
  }
  return [...lists].map(([form, own]) => ({ form, ...own, publication }));
}

/** So few that reading and spelling them is not felt. */
const AT_ONCE = 25;

/**
 * For what is written at once: a larger slice is spelled no faster, and what it leaves behind outlives the next collection
 * of garbage, so that the memory grows.
 */
export const FEW_AT_ONCE = 1;

/** How a walk is cut: sheets of a slice, and where it stands among the walks of one work, for the progress. */
export type Stretch = { atOnce?: number; before?: number; total?: number };

/**
 * What `make` makes of the sheets of a walk in order, slice by slice, with progress between them. A slice is read when it
 * is asked for. What is typed and not committed is included, except of a publication.
 */
export async function* sheetSlices<T>(
  task: Task,
  { listed, publication }: Walk,
  make: (sheet: Sheet, line: JobSheet, db: ReadDb, session: Session) => T,
  { atOnce = AT_ONCE, before = 0, total = listed.length }: Stretch = {},
): AsyncGenerator<T[]> {
  const frozen = publication && new Map(publication.sheets.map((published) => [published.sheet, published]));
  const load = (db: ReadDb, id: string) => {
    const published = frozen?.get(id);
    return publication && published ? frozenSheet(db, publication.number, published) : loadSheet(db, id);
  };
  for (let at = 0; at < listed.length; at += atOnce) {
    await task.step({ done: before + at, total, name: listed[at]?.number ?? '' });
    const made: T[] = [];
    task.read((db, session) => {
      for (const line of listed.slice(at, at + atOnce)) made.push(make(load(db, line.id), line, db, session));
    });
    yield made;
  }
}

/** Visits the sheets of a walk in order, as sheetSlices does. */
export async function eachSheet(
  task: Task,
  walk: Walk,
  visit: (sheet: Sheet, line: JobSheet, db: ReadDb, session: Session) => void,
): Promise<void> {
  for await (const _ of sheetSlices(task, walk, visit));
}
