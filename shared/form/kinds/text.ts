// Kind `text`: words, over one or more lines, with the size of its box on paper.
import { z } from 'zod';
import type { Block } from '../block.ts';
import type { TextCell } from '../cell.ts';
import { type Context, cellBase, fieldSpec } from '../spec.ts';

/** The space on paper, in full-width characters a line and lines. */
export const boxSpec = z.strictObject({
  columns: z.number().int().min(1).max(200),
  lines: z.number().int().min(1).max(200),
});

export const textProperties = {
  lines: z.number().int().min(1).max(60).default(1),
  max: z.number().int().min(1).max(20_000).optional(),
  box: boxSpec.optional(),
  /** What does not fit its box makes it grow; `annex` continues it on a page behind the sheet instead. */
  overflow: z.enum(['grow', 'annex']).default('grow'),
};

export const spec = z.strictObject({ kind: z.literal('text'), ...fieldSpec, ...textProperties });
type Field = z.output<typeof spec>;

/** The text properties of a cell. */
export const textCell = (field: {
  lines: number;
  max?: number | undefined;
  box?: TextCell['box'] | undefined;
  overflow?: 'grow' | 'annex' | undefined;
}): Pick<TextCell, 'type' | 'lines' | 'max' | 'box' | 'overflow'> => ({
  type: 'text',
  lines: field.lines,
  ...(field.max === undefined ? {} : { max: field.max }),
  ...(field.box === undefined ? {} : { box: field.box }),
  ...(field.overflow === 'annex' ? { overflow: field.overflow } : {}),
});

/** One labelled text cell. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  return { layout: 'field', key: field.key, label: base.short, cell: { ...base, ...textCell(field) } };
}
