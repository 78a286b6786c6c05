// Kind `number`: a fixed decimal kept as a string, with its unit and, where the form allows, how firm it is.
import { z } from 'zod';
import type { Block } from '../block.ts';
import { type DecimalCell, NUMBER_STATES } from '../cell.ts';
import { type Context, cellBase, fieldSpec } from '../spec.ts';

const stateCodes = NUMBER_STATES.map((state) => state.code);

export const numberProperties = {
  decimals: z.number().int().min(0).max(8).default(0),
  unit: z.string().optional(),
  commas: z.enum(['thousands', 'ask']).default('thousands'),
  states: z.array(z.enum(stateCodes)).default([]),
};

export const spec = z.strictObject({ kind: z.literal('number'), ...fieldSpec, ...numberProperties });
type Field = z.output<typeof spec>;

/** The number properties of a cell. */
export const decimalCell = (
  field: Pick<Field, 'decimals' | 'unit' | 'commas' | 'states'>,
): Pick<DecimalCell, 'type' | 'decimals' | 'unit' | 'commas' | 'states'> => ({
  type: 'decimal',
  decimals: field.decimals,
  ...(field.unit === undefined ? {} : { unit: field.unit }),
  commas: field.commas,
  states: field.states,
});

/** One labelled number cell. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  return { layout: 'field', key: field.key, label: base.short, cell: { ...base, ...decimalCell(field) } };
}
