// How the texts of all sheets, or of some, are written: read one by one by the lists of spellings that come with the
// program, those of the forms and those of this file.
import type { Output, ParsedInput } from '../../shared/contract/contract.ts';
import { createCollector } from '../../shared/quality/collect.ts';
import { spellingTable } from './spellings.ts';
import { listSheets } from './store/derived.ts';
import { previousOf } from './store/previous.ts';
import { settingOf } from './store/settings.ts';
import { loadSheet, sheetOf, valuesOf } from './store/sheets.ts';
import type { Task } from './task.ts';

/** Reads the sheets in the order of the list and tells what stands out. Raises sheet.unknown. */
export async function checkQuality(task: Task, input: ParsedInput<'quality.check'>): Promise<Output<'quality.check'>> {
  const chosen = task.read((db) => input.sheets && new Set(input.sheets.map((sheet) => loadSheet(db, sheet).id)));
  const listed = task.read(listSheets).filter(({ id }) => chosen?.has(id) ?? true);
  const own = task.read((db) => settingOf(db, 'spellings'));
  const collector = createCollector(await spellingTable(task), own);
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
