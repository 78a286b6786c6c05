// Whether a filled sheet is of another evaluation year than the form it is to be read with: a paper sheet says its year
// only by the years in its labels. Promise: the definition says which labels those are; no year is looked for in texts.
import { onPaper } from '../../../shared/form/block.ts';
import { type Form, layOut } from '../../../shared/form/form.ts';
import { ProblemError } from '../../../shared/kernel/problem.ts';
import { keyOf } from './key.ts';
import { plainText } from './markup.ts';
import type { Table } from './table.ts';

/** Years back and forth: a plan and the years around it. */
const REACH = 6;

/** Every label that stands on a sheet of the form, folded. */
function labelsOf(form: Form): Set<string> {
  const labels = onPaper(form.sections).flatMap((section) => [
    section.title,
    ...section.groups.flatMap((group) => [
      group.label,
      ...group.blocks.flatMap((block) => [
        block.label,
        ...(block.layout === 'grid'
          ? [block.corner, ...[...block.columns, ...block.rows].map(({ label }) => label)]
          : []),
      ]),
    ]),
  ]);
  return new Set(labels.map(keyOf).filter((label) => label !== ''));
}

/** The form in another year; undefined where its definition has no such year. */
function inYear(form: Form, year: number): Form | undefined {
  try {
    return layOut(form.definition, year);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

type Labels = ReadonlySet<string>;
const known = new WeakMap<Form, { own: Labels; others: readonly { year: number; labels: Labels }[] }>();

/** The labels of a form in its own year and in those around it, the nearest first; thousands of sheets share a form. */
function labelsAround(form: Form) {
  const before = known.get(form);
  if (before) return before;
  const distances = Array.from({ length: REACH }, (_, index) => index + 1);
  const years = distances.flatMap((distance) => [form.year - distance, form.year + distance]);
  const others = years.flatMap((year) => {
    const other = inYear(form, year);
    return other ? [{ year, labels: labelsOf(other) }] : [];
  });
  const found = { own: labelsOf(form), others };
  known.set(form, found);
  return found;
}

/**
 * The evaluation year whose labels the table has clearly more of than of the form's own; undefined where the form's own
 * year fits. Two years are compared only by the labels that tell them apart.
 */
export function otherYearOf(form: Form, { cells, isMarkup }: Table): number | undefined {
  const keys = new Set(cells.map(({ text }) => keyOf(isMarkup ? plainText(text).text : text)));
  const { own, others } = labelsAround(form);
  const countOnly = (these: Labels, those: Labels) =>
    [...these].filter((label) => !those.has(label) && keys.has(label)).length;
  let best: { year: number; lead: number } | undefined;
  for (const { year, labels } of others) {
    const [theirs, ours] = [countOnly(labels, own), countOnly(own, labels)];
    const lead = theirs - ours;
    // A column too many is no other year: what speaks for the form's own year has to be outnumbered, or absent.
    const isClear = ours === 0 ? theirs > 0 : lead > 1;
    if (isClear && lead > (best?.lead ?? 0)) best = { year, lead };
  }
  return best?.year;
}
