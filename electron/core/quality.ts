// How the texts of all sheets, or of some, are written: read one by one by the lists of spellings that come with the
// program and those of the forms.
import path from 'node:path';
import type { Output, ParsedInput } from '../../shared/contract/contract.ts';
import { parseStrict } from '../../shared/kernel/json.ts';
import { createCollector } from '../../shared/quality/collect.ts';
import { spellingsSchema } from '../../shared/quality/findings.ts';
import { listSheets } from './store/derived.ts';
import { previousOf } from './store/previous.ts';
import { loadSheet, sheetOf, valuesOf } from './store/sheets.ts';
import type { Task } from './task.ts';

/** Reads the sheets in the order of the list and tells what stands out. Raises sheet.unknown. */
export async function checkQuality(task: Task, input: ParsedInput<'quality.check'>): Promise<Output<'quality.check'>> {
  const chosen = task.read((db) => input.sheets && new Set(input.sheets.map((sheet) => loadSheet(db, sheet).id)));
  const listed = task.read(listSheets).filter(({ id }) => chosen?.has(id) ?? true);
  const table = await task.ports.files.read(path.join(task.resources, 'spelling.json'));
  const collector = createCollector(spellingsSchema.parse(parseStrict(table.toString('utf8'))));
  const read: Output<'quality.check'>['read'] = [];
  // One at a time: each text is looked through for dozens of ways of writing.
  for (const [done, { id, number }] of listed.entries()) {
    await task.step({ done, total: listed.length, name: number });
    task.read((db) => {
      const sheet = sheetOf(db, id);
      // Taken back since the list was made.
      if (!sheet) return;
      read.push({ id, number: sheet.number, name: sheet.name });
      collector.add(sheet.form, valuesOf(sheet), previousOf(db, id)?.values);
    });
  }
  return { read, findings: collector.result() };
}
