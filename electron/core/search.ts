// Search over all sheets: the cells in which the words stand, each with the written text around the first of them.
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { SearchHit } from '../../shared/contract/views.ts';
import { contentAt } from '../../shared/form/merge.ts';
import { excerptOf, wordsOf } from './fold.ts';
import type { ReadDb } from './store/database.ts';
import { findText, textOf } from './store/search.ts';
import { loadSheet, type Sheet, valuesOf } from './store/sheets.ts';

/** Finds what was asked for, in the order of the list and the form. A blank question finds nothing. */
export function searchSheets(db: ReadDb, { text, limit }: ParsedInput<'sheet.search'>) {
  const words = wordsOf(text);
  const [first] = words;
  if (first === undefined) return { hits: [], total: 0 };
  const { cells, total } = findText(db, words, limit);
  const loaded = new Map<string, Sheet>();
  const hits = cells.flatMap(({ sheet: id, address }): SearchHit[] => {
    const sheet = loaded.get(id) ?? loadSheet(db, id);
    loaded.set(id, sheet);
    const cell = sheet.form.byAddress.get(address);
    const excerpt = cell && excerptOf(textOf(cell, contentAt(valuesOf(sheet), address)), first);
    return excerpt ? [{ sheet: id, number: sheet.number, name: sheet.name, address, label: cell.label, excerpt }] : [];
  });
  return { hits, total };
}
