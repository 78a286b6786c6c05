// Last year's sheets from its workbook: one sheet a worksheet, read by the labels that the form had in that year.
// Promise: the year is what the labels say, never where columns stand; what could not be read is named.
import type { Output } from '../../shared/contract/contract.ts';
import { applyPatch } from '../../shared/form/cell.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import type { Previous } from '../../shared/revision/previous.ts';
import { unitSchema } from '../../shared/revision/revision.ts';
import { planIntake } from './intake/plan.ts';
import { readSource } from './intake/source.ts';
import { openParts, type Part, sheetFor } from './parts.ts';
import type { Session } from './session.ts';
import { formOf } from './store/artifacts.ts';
import type { ReadDb } from './store/database.ts';
import type { Task } from './task.ts';

export type Unread = Output<'previous.import'>['unread'];
type Read = { year: number; sheets: Previous[]; unread: Unread };

/** The sheets of an earlier year in a workbook. Raises previous.mistimed, previous.foreign, and what reading it raises. */
export async function readPreviousBook(task: Task, bytes: Buffer, name: string): Promise<Read> {
  const source = await readSource(bytes, name, () => task.step({ done: 0, total: 1, name }));
  const { meta } = task.session();
  const parts = task.read((db, session) => openParts(db, session, source, { layout: 'sheets' }).parts);
  const read: Read = { year: 0, sheets: [], unread: [] };
  for (const [index, part] of parts.entries()) {
    const sheet = task.read((db, session) => readPart(db, session, part, name, read.unread));
    if (sheet && read.sheets.length > 0 && sheet.year !== read.year)
      fail('previous.foreign', { name, reason: `${read.year}年度と${sheet.year}年度のシートが混じっている` });
    if (sheet) {
      read.year = sheet.year;
      read.sheets.push(sheet);
    }
    await task.step({ done: index + 1, total: parts.length, name: part.name || name });
  }
  if (read.sheets.length === 0) fail('previous.foreign', { name, reason: '様式の見出しがあるシートがない' });
  if (read.year >= meta.year) fail('previous.mistimed', { found: read.year, wanted: meta.year });
  return read;
}

function readPart(db: ReadDb, session: Session, part: Part, name: string, unread: Unread): Previous | undefined {
  const { meta } = session;
  const now = formOf(db, meta.form, meta.year);
  const title = part.name || name;
  const leave = (text: string, reason: string) => unread.push({ name: title, text, reason });
  try {
    const year = part.yearOf(now) ?? meta.year;
    const form = formOf(db, meta.form, year);
    const filled = part.read(form);
    if (filled.cells.length === 0) {
      leave('', '様式の見出しがない');
      return undefined;
    }
    const sheet = sheetFor(db, form, filled, part, title);
    const { patch, asked, unmatched } = planIntake(form, filled, {}, () => undefined, []);
    for (const { text, reason } of unmatched) leave(text, reason);
    for (const { kind, label, raw, reason } of asked) if (kind === 'reading') leave(raw, `「${label}」：${reason}`);
    const values = applyPatch({}, patch);
    const unit = unitSchema.safeParse(values[form.identity.unit.address]);
    return {
      format: 'hyoka-previous/1',
      year,
      number: sheet.number,
      name: String(values[form.identity.name.address] ?? sheet.name),
      units: unit.success ? [unit.data] : [],
      form: meta.form,
      revisions: [],
      values: { ...values },
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    leave('', error.problem.message);
    return undefined;
  }
}
