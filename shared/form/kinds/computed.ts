// Kind `computed`: a number that follows from other cells. It is shown and exported, never stored and never typed.
import { z } from 'zod';
import type { Block } from '../block.ts';
import { type Context, cellBase, fieldSpec } from '../spec.ts';
import { decimalCell, numberProperties } from './number.ts';

export const spec = z.strictObject({
  kind: z.literal('computed'),
  ...fieldSpec,
  decimals: numberProperties.decimals,
  unit: numberProperties.unit,
  sum: z.array(z.string()).min(1),
});
type Field = z.output<typeof spec>;

/** One labelled cell with a formula over addresses (templates of years allowed). */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  return {
    layout: 'field',
    key: field.key,
    label: base.short,
    cell: {
      ...base,
      required: 'never',
      ...decimalCell({ decimals: field.decimals, unit: field.unit, commas: 'thousands', states: [] }),
      formula: { sum: field.sum.map((address) => context.expand(address)) },
    },
  };
}
