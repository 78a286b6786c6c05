// Kind `list`: a number of short entries. Each row is a slot with a key of its own, so that order is not identity.
import { z } from 'zod';
import type { Block } from '../block.ts';
import { type Context, cellBase, fieldSpec, joinPath } from '../spec.ts';
import { boxSpec, textCell } from './text.ts';

export const spec = z.strictObject({
  kind: z.literal('list'),
  ...fieldSpec,
  rows: z.number().int().min(1).max(50),
  max: z.number().int().min(1).max(2_000).optional(),
  box: boxSpec.optional(),
});
type Field = z.output<typeof spec>;

/** One text cell a slot; of a required list the first slot must be filled. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  return {
    layout: 'list',
    key: field.key,
    label: base.short,
    cells: Array.from({ length: field.rows }, (_, index) => ({
      ...base,
      address: `${field.key}__r${index + 1}`,
      label: joinPath(base.label, String(index + 1)),
      short: `${base.short} ${index + 1}`,
      required: index === 0 ? base.required : ('never' as const),
      ...textCell({ lines: 1, max: field.max, box: field.box }),
    })),
  };
}
