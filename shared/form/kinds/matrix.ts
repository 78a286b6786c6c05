// Kind `matrix`: two scales that meet in one square, such as 成果の方向性 × コストの方向性.
import { z } from 'zod';
import type { Block } from '../block.ts';
import { type Context, cellBase, fieldSpec, joinPath } from '../spec.ts';

const axis = z.strictObject({ label: z.string().min(1), scale: z.string() });

export const spec = z.strictObject({
  kind: z.literal('matrix'),
  ...fieldSpec,
  row: axis,
  column: axis,
  /** Pairs [row code, column code] that cannot be chosen. */
  excluded: z.array(z.tuple([z.string(), z.string()])).default([]),
});
type Field = z.output<typeof spec>;

/** Two cells, one for each axis. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  const cell = (side: 'row' | 'column') => ({
    ...base,
    address: `${field.key}__${side}`,
    label: joinPath(base.label, field[side].label),
    short: field[side].label,
    type: 'code' as const,
    options: context.scale(field[side].scale),
    row: field.key,
    // Half a pair is no answer, even where none has to be given.
    required: field.required ? ('always' as const) : ('row' as const),
  });
  return {
    layout: 'matrix',
    key: field.key,
    label: base.short,
    row: cell('row'),
    column: cell('column'),
    excluded: field.excluded,
  };
}
