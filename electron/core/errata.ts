// What changed between two publications (正誤表), from the sheets as they were published.
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { ErrataView } from '../../shared/contract/publicationmethods.ts';
import { identityIn } from '../../shared/paper/edition.ts';
import type { Publication } from '../../shared/revision/publication.ts';
import { changesBetween } from '../../shared/site/errata.ts';
import { frozenSheet, publicationNumbered } from './store/publications.ts';
import type { Sheet } from './store/sheets.ts';
import type { Task } from './task.ts';

/** What changed from one publication to another, whichever is named first. Raises publication.unknown. */
export async function showErrata(task: Task, input: ParsedInput<'publication.errata'>): Promise<ErrataView> {
  const [first, second] = [input.before, input.after].toSorted((a, b) => a - b);
  const [before, after] = task.read((db) => [
    publicationNumbered(db, first ?? input.before),
    publicationNumbered(db, second ?? input.after),
  ]);
  return errataBetween(task, before, after);
}

/** So few that comparing them is not felt. */
const AT_ONCE = 25;

/** What readers of `before` find otherwise in `after`, sheet by sheet in the order of the later one. */
export async function errataBetween(task: Task, before: Publication, after: Publication): Promise<ErrataView> {
  const was = new Map(before.sheets.map((published) => [published.sheet, published]));
  const is = new Map(after.sheets.map((published) => [published.sheet, published]));
  const ids = [...new Set([...is.keys(), ...was.keys()])];
  const sheets: ErrataView['sheets'] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    await task.step({ done: at, total: ids.length, name: '正誤表' });
    task.read((db) => {
      for (const id of ids.slice(at, at + AT_ONCE)) {
        const [old, now] = [was.get(id), is.get(id)];
        // Same revisions, same values, same form: nothing to read.
        if (old && now && old.values === now.values && old.assignment === now.assignment) continue;
        const earlier = old && frozenSheet(db, before.number, old);
        const later = now && frozenSheet(db, after.number, now);
        sheets.push(...comparison(earlier, later, after.edition));
      }
    });
  }
  return { before: before.number, after: after.number, sheets };
}

function comparison(
  before: Sheet | undefined,
  after: Sheet | undefined,
  edition: Publication['edition'],
): ErrataView['sheets'] {
  const filled = ({ form, standing }: Sheet) => ({ form, values: standing.values });
  const shown = after ?? before;
  const { number, name } = shown ? identityIn(shown.form, shown.standing.values, edition) : { number: '', name: '' };
  if (!before || !after) return [{ number, name, kind: after ? 'added' : 'withdrawn', cells: [] }];
  const cells = changesBetween(filled(before), filled(after), edition);
  return cells.length > 0 ? [{ number, name, kind: 'changed', cells }] : [];
}
