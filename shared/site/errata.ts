// What a reader finds otherwise in a later publication (正誤表), cell by cell, in the words of the sheets.
import type { Values } from '../form/cell.ts';
import { withComputed } from '../form/compute.ts';
import type { Form } from '../form/form.ts';
import { contentAt } from '../form/merge.ts';
import { showContent } from '../form/reading.ts';
import { cellsIn } from '../paper/edition.ts';

export type Change = { label: string; before: string; after: string };
type Filled = { form: Form; values: Values };

/**
 * The cells of the edition that read otherwise, in the order of the later form, then what only the earlier form had.
 * Computed cells count too: a reader sees their numbers.
 */
export function changesBetween(before: Filled, after: Filled, edition: 'internal' | 'public'): Change[] {
  const [earlier, later] = [shownIn(before, edition), shownIn(after, edition)];
  return [...new Map([...later, ...earlier]).keys()].flatMap((address) => {
    const [was, is] = [earlier.get(address), later.get(address)];
    const label = is?.label ?? was?.label ?? address;
    return (was?.text ?? '') === (is?.text ?? '') ? [] : [{ label, before: was?.text ?? '', after: is?.text ?? '' }];
  });
}

function shownIn(
  { form, values }: Filled,
  edition: 'internal' | 'public',
): Map<string, { label: string; text: string }> {
  const all = withComputed(form, values);
  return new Map(
    cellsIn(form, edition).map(({ address, label }) => [
      address,
      { label, text: showContent(form, address, contentAt(all, address)) },
    ]),
  );
}
