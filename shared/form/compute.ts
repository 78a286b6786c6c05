// Numbers that follow from other cells.
import { addDecimals } from '../kernel/decimal.ts';
import { type DecimalCell, isComputed, type Values } from './cell.ts';
import type { Form } from './form.ts';

/** The value of a computed cell, or undefined when nothing it follows from is filled. Formulas may rest on formulas. */
export function computeCell(form: Form, cell: DecimalCell, values: Values): string | undefined {
  const parts = (cell.formula?.sum ?? []).flatMap((address) => {
    const part = form.byAddress.get(address);
    if (part?.type === 'decimal' && part.formula) return computeCell(form, part, values) ?? [];
    const value = values[address];
    return typeof value === 'string' ? value : [];
  });
  return parts.length === 0 ? undefined : addDecimals(parts, cell.decimals);
}

/** Stored values together with all that follows from them, for showing and export. */
export function withComputed(form: Form, values: Values): Values {
  const all: Record<string, string | boolean> = { ...values };
  for (const cell of form.cells) {
    if (cell.type !== 'decimal' || !isComputed(cell)) continue;
    const value = computeCell(form, cell, values);
    if (value !== undefined) all[cell.address] = value;
  }
  return all;
}
