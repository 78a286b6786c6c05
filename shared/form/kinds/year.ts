// Kind `year`: a fiscal year that somebody writes into a cell, by its era or in the western way. It is a number cell that
// stores the western year, so that screen, paper, merge and export know it already.
import { z } from 'zod';
import type { Block } from '../block.ts';
import type { DecimalCell } from '../cell.ts';
import { type Context, cellBase, fieldSpec } from '../spec.ts';

export const yearProperties = {
  states: z.array(z.enum(['expected', 'pending', 'none'])).default([]),
};

export const spec = z.strictObject({ kind: z.literal('year'), ...fieldSpec, ...yearProperties });
type Field = z.output<typeof spec>;

/** The year properties of a cell. */
export const yearCell = (
  field: Pick<Field, 'states'>,
): Pick<DecimalCell, 'type' | 'decimals' | 'commas' | 'states' | 'isYear'> => ({
  type: 'decimal',
  decimals: 0,
  commas: 'thousands',
  states: field.states,
  isYear: true,
});

/** One labelled year cell. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  return { layout: 'field', key: field.key, label: base.short, cell: { ...base, ...yearCell(field) } };
}
