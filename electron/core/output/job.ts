// What every kind of output shares: which sheets it is about, and the walk through them in slices that nobody feels.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Session } from '../session.ts';
import type { ReadDb } from '../store/database.ts';
import { type Listed, listSheets } from '../store/derived.ts';
import { loadSheet, type Sheet } from '../store/sheets.ts';
import type { Task } from '../task.ts';

export type ExportInput = ParsedInput<'export.write'>;

/** What is to be made: `file` is the path chosen for it, `listed` its sheets in the order of the list. */
export type Job = { file: string; listed: readonly Listed[]; input: ExportInput };

/** What a table for machines needs to know of a job, whatever file it goes to. */
export type TableJob = {
  listed: Job['listed'];
  input: Pick<ExportInput, 'edition' | 'years' | 'rows' | 'encoding' | 'standIns'>;
};

/** Makes one format. Raises what its making may; then nothing stands at `file`, or the old file. */
export type Maker = (task: Task, job: Job) => Promise<void>;

/** The sheets that an input names. Raises sheet.unknown, sheet.none. */
export function walkOf(task: Task, { sheets }: Pick<ExportInput, 'sheets'>): Pick<Job, 'listed'> {
  const chosen = task.read((db) => sheets && new Set(sheets.map((sheet) => loadSheet(db, sheet).id)));
  const listed = task.read(listSheets).filter(({ id }) => chosen?.has(id) ?? true);
  if (listed.length === 0) fail('sheet.none', {});
  return { listed };
}

/** The job that an input asks for. Raises what walkOf does, and handle.unknown. */
export function jobOf(task: Task, input: ExportInput): Job {
  const file = task.pathOf(input.file);
  return { ...walkOf(task, input), file, input };
}

/** So few that reading and spelling them is not felt. */
const AT_ONCE = 25;

/** How a walk is cut: sheets of a slice, and where it stands among the walks of one work, for the progress. */
export type Stretch = { atOnce?: number; before?: number; total?: number };

/**
 * What `make` makes of the sheets of a job in order, slice by slice, with progress between them. A slice is read when it
 * is asked for. What is typed and not committed is included.
 */
export async function* sheetSlices<T>(
  task: Task,
  { listed }: Pick<Job, 'listed'>,
  make: (sheet: Sheet, line: Listed, db: ReadDb, session: Session) => T,
  { atOnce = AT_ONCE, before = 0, total = listed.length }: Stretch = {},
): AsyncGenerator<T[]> {
  for (let at = 0; at < listed.length; at += atOnce) {
    await task.step({ done: before + at, total, name: listed[at]?.number ?? '' });
    const made: T[] = [];
    task.read((db, session) => {
      for (const line of listed.slice(at, at + atOnce)) made.push(make(loadSheet(db, line.id), line, db, session));
    });
    yield made;
  }
}

/** Visits the sheets of a job in order, as sheetSlices does. */
export async function eachSheet(
  task: Task,
  job: Pick<Job, 'listed'>,
  visit: (sheet: Sheet, line: Listed, db: ReadDb, session: Session) => void,
): Promise<void> {
  for await (const _ of sheetSlices(task, job, visit));
}
