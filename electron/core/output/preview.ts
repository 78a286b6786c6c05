// What a public edition leaves out, for people to look through before it goes out.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { EditionPreview } from '../../../shared/contract/publicationmethods.ts';
import { leftOut } from '../../../shared/paper/paper.ts';
import { valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { eachSheet, walkOf } from './job.ts';

/** Filled cells that the public edition hides, sheet by sheet; sheets without any are left out. */
export async function previewEdition(task: Task, input: ParsedInput<'edition.preview'>): Promise<EditionPreview> {
  const sheets: EditionPreview['sheets'] = [];
  await eachSheet(task, walkOf(task, input), (sheet, { id, number, name }) => {
    const hidden = leftOut(sheet.form, valuesOf(sheet), 'public');
    if (hidden.length > 0) sheets.push({ id, number, name, hidden });
  });
  const counts = new Map<string, number>();
  for (const { label } of sheets.flatMap(({ hidden }) => hidden)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return { sheets, labels: [...counts].map(([label, count]) => ({ label, sheets: count })) };
}
