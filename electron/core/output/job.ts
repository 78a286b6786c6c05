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

/** Makes one format. Raises what its making may; then nothing stands at `file`, or the old file. */
export type Maker = (task: Task, job: Job) => Promise<void>;

/** The job that an input asks for. Raises sheet.unknown, sheet.none, handle.unknown. */
export function jobOf(task: Task, input: ExportInput): Job {
  const file = task.pathOf(input.file);
  const chosen = task.read((db) => input.sheets && new Set(input.sheets.map((sheet) => loadSheet(db, sheet).id)));
  const listed = task.read(listSheets).filter(({ id }) => chosen?.has(id) ?? true);
  if (listed.length === 0) fail('sheet.none', {});
  return { file, listed, input };
}

/** So few that reading and spelling them is not felt. */
const AT_ONCE = 25;

/** Visits the sheets of a job in order, with progress between slices. What is typed and not committed is included. */
export async function eachSheet(
  task: Task,
  { listed }: Job,
  visit: (sheet: Sheet, line: Listed, db: ReadDb, session: Session) => void,
): Promise<void> {
  for (let at = 0; at < listed.length; at += AT_ONCE) {
    await task.step({ done: at, total: listed.length, name: listed[at]?.number ?? '' });
    task.read((db, session) => {
      for (const line of listed.slice(at, at + AT_ONCE)) visit(loadSheet(db, line.id), line, db, session);
    });
  }
}
