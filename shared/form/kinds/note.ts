// Kind `note`: words of the form itself, such as a legend. It has no cell.
import { z } from 'zod';
import type { Block } from '../block.ts';
import { type Context, keySpec } from '../spec.ts';

export const spec = z.strictObject({ kind: z.literal('note'), key: keySpec, text: z.string().min(1) });
type Field = z.output<typeof spec>;

/** The words with their years filled in. */
export function block(field: Field, context: Context): Block {
  return { layout: 'note', key: field.key, label: '', text: context.expand(field.text) };
}
