// Search over all sheets: the texts in which the words stand, each with what is written around the first of them and the
// cell that it leads to.
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { SearchHit } from '../../shared/contract/views.ts';
import { reasonParts } from '../../shared/form/cell.ts';
import { excerptOf, wordsOf } from '../../shared/kernel/fold.ts';
import type { ReadDb } from './store/database.ts';
import { cellAddressOf, findText, sourceOf, textOf } from './store/search.ts';
import { loadSheet } from './store/sheets.ts';

/** Finds what was asked for, in the order of the list and the form. A blank question finds nothing. */
export function searchSheets(db: ReadDb, { text, limit }: ParsedInput<'sheet.search'>) {
  const words = wordsOf(text);
  const [first] = words;
  if (first === undefined) return { hits: [], total: 0 };
  const { found, total } = findText(db, words, limit);
  const sources = new Map<string, ReturnType<typeof sourceOf>>();
  const hits = found.flatMap(({ sheet: id, key }): SearchHit[] => {
    const source = sources.get(id) ?? sourceOf(db, loadSheet(db, id));
    sources.set(id, source);
    const excerpt = excerptOf(textOf(source, key), first);
    if (!excerpt) return [];
    const { number, name, form } = source.sheet;
    const cell = form.byAddress.get(cellAddressOf(source, key));
    const where = { address: cell?.address ?? '', label: cell?.label ?? 'シート全体' };
    return [{ sheet: id, number, name, ...where, of: kindOf(key), excerpt }];
  });
  return { hits, total };
}

function kindOf(key: string): SearchHit['of'] {
  if (key.startsWith('remark:')) return 'remark';
  return reasonParts(key) ? 'reason' : 'cell';
}
