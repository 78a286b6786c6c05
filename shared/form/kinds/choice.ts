// Kind `choice`: one option of a scale, its texts written out.
import { z } from 'zod';
import type { Block } from '../block.ts';
import { type Context, cellBase, fieldSpec } from '../spec.ts';

export const spec = z.strictObject({ kind: z.literal('choice'), ...fieldSpec, scale: z.string() });
type Field = z.output<typeof spec>;

/** One cell that holds the code of the chosen option. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  return {
    layout: 'options',
    key: field.key,
    label: base.short,
    cell: { ...base, type: 'code', options: context.scale(field.scale) },
  };
}
