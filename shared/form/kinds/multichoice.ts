// Kind `multichoice`: any number of options of a scale; a mark of its own for each, so that merges are per option.
import { z } from 'zod';
import type { Block } from '../block.ts';
import { type Context, cellBase, fieldSpec, joinPath } from '../spec.ts';

export const spec = z.strictObject({ kind: z.literal('multichoice'), ...fieldSpec, scale: z.string() });
type Field = z.output<typeof spec>;

/** One flag cell an option. A required multichoice needs at least one mark. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  return {
    layout: 'flags',
    key: field.key,
    label: base.short,
    cells: context.scale(field.scale).map((option) => ({
      ...base,
      address: `${field.key}__${option.code.toLowerCase()}`,
      label: joinPath(base.label, option.label),
      short: option.label,
      row: field.key,
      required: field.required ? ('one' as const) : ('never' as const),
      type: 'flag' as const,
    })),
  };
}
