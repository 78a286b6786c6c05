// What lists say of a sheet: its goal and its grades, as far as the edition shows them.
import type { Cell, Values } from '../form/cell.ts';
import type { Form } from '../form/form.ts';
import { contentAt } from '../form/merge.ts';
import { showContent } from '../form/reading.ts';
import { formWords, type PaperOptions } from '../paper/content.ts';
import { cellsIn, editionOf } from '../paper/edition.ts';
import { shortChoice } from './data.ts';
import type { Grade } from './site.ts';

/** The cell by which the form groups sheets (F75); undefined where it names none, or the edition hides it. */
export const goalCell = (form: Form, { edition }: PaperOptions): Cell | undefined =>
  cellsIn(form, edition).find(({ address }) => address === form.definition.figures.goal);

/** What stands in that cell; blank without one. */
export function goalOf(form: Form, values: Values, options: PaperOptions): string {
  const cell = goalCell(form, options);
  return cell ? showContent(form, cell.address, contentAt(values, cell.address)) : '';
}

/** The choices that the form calls ratings (F77); without those, the rows of codes in which a rater circles one. */
function gradeCells(form: Form, { edition }: PaperOptions): Cell[] {
  const named = form.definition.figures.ratings?.flatMap(({ cells }) => cells);
  if (named) return cellsIn(form, edition).filter(({ address }) => named.includes(address));
  return editionOf(form.sections, edition).flatMap(({ groups }) =>
    groups.flatMap(({ blocks }) => blocks.flatMap((block) => (block.layout === 'marks' ? [block.cell] : []))),
  );
}

/** What the raters said, in the order of the form. */
export const gradesOf = (form: Form, values: Values, options: PaperOptions): Grade[] =>
  gradeCells(form, options).map((cell) => {
    const { text, meaning } = shortChoice(cell, values);
    return { label: formWords(cell.label, options), text, meaning: formWords(meaning, options) };
  });
