// Numbers that follow from other cells.
import { addDecimals } from '../kernel/decimal.ts';
import { type DecimalCell, isAsked, isComputed, stateAddress, type Values } from './cell.ts';
import type { Form } from './form.ts';

type Known = Map<string, string | null | undefined>;

/**
 * The value of a computed cell. Undefined when nothing it follows from is filled, and also while a part is 未確定,
 * 評価不能 or still to be asked about: a sum without it would look like the whole. 該当なし and blank add nothing.
 * Formulas may rest on formulas.
 */
export const computeCell = (form: Form, cell: DecimalCell, values: Values): string | undefined =>
  computed(form, cell, values, new Map()) ?? undefined;

/** Stored values together with all that follows from them, for showing and export. */
export function withComputed(form: Form, values: Values): Values {
  const all: Record<string, string | boolean> = { ...values };
  const known: Known = new Map();
  for (const cell of form.cells) {
    if (cell.type !== 'decimal' || !isComputed(cell)) continue;
    const value = computed(form, cell, values, known);
    if (value) all[cell.address] = value;
  }
  return all;
}

// null: it cannot be known yet, nor can what rests on it. undefined: nothing to add. `known` keeps each cell's answer,
// because formulas that share parts would otherwise be followed again and again.
function computed(form: Form, cell: DecimalCell, values: Values, known: Known): string | null | undefined {
  if (known.has(cell.address)) return known.get(cell.address);
  const parts = (cell.formula?.sum ?? []).map((address) => {
    const part = form.byAddress.get(address);
    if (part?.type !== 'decimal') return undefined;
    if (part.formula) return computed(form, part, values, known);
    const value = values[address];
    if (typeof value === 'string') return value;
    const state = values[stateAddress(address)];
    return state === 'pending' || state === 'unratable' || isAsked(part, values) ? null : undefined;
  });
  const filled = parts.filter((part) => typeof part === 'string');
  const value = parts.includes(null) ? null : filled.length === 0 ? undefined : addDecimals(filled, cell.decimals);
  known.set(cell.address, value);
  return value;
}
