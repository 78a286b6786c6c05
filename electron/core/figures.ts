// Sheets as the pictures of the whole need them, page by page; and drawings as files.
import path from 'node:path';
import type { Output, ParsedInput } from '../../shared/contract/contract.ts';
import { readerOf } from '../../shared/figures/facts.ts';
import { withComputed } from '../../shared/form/compute.ts';
import type { Form } from '../../shared/form/form.ts';
import type { ReadDb } from './store/database.ts';
import { loadSheet, pageOfSheets, valuesOf } from './store/sheets.ts';
import type { Task } from './task.ts';

/** Reads a page of sheets as they stand, with what is typed on them, in the order of the list. */
export function showFigures(db: ReadDb, { start, limit }: ParsedInput<'figures.show'>): Output<'figures.show'> {
  const { ids, total } = pageOfSheets(db, start, limit);
  const readers = new Map<Form, { at: number } & ReturnType<typeof readerOf>>();
  const readerFor = (form: Form) => {
    const known = readers.get(form) ?? { at: readers.size, ...readerOf(form) };
    readers.set(form, known);
    return known;
  };
  const sheets = ids.map((id) => {
    const sheet = loadSheet(db, id);
    const { at, read } = readerFor(sheet.form);
    const { number, name, assignment } = sheet;
    const facts = read(withComputed(sheet.form, valuesOf(sheet)));
    return { id, number, name, units: [...assignment.units], plan: at, ...facts };
  });
  return { plans: [...readers.values()].map(({ sources }) => sources.plan), sheets, total };
}

/** Writes a drawing to a chosen file. Raises handle.unknown, file.unwritable. */
export async function writePicture(task: Task, input: ParsedInput<'picture.write'>): Promise<Output<'picture.write'>> {
  const target = task.pathOf(input.file);
  const { picture } = input;
  const bytes = picture.kind === 'svg' ? Buffer.from(picture.text) : Buffer.from(picture.base64, 'base64');
  await task.ports.files.write(target, bytes, { replace: true });
  return { file: path.basename(target) };
}
