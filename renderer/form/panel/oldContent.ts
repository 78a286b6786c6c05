// Contents of another time or sheet: as words, and as the text that would have to be typed to get them again.
import type { Cell } from '../../../shared/form/cell.ts';
import type { Content } from '../../../shared/form/merge.ts';
import { typedNumber } from '../display.ts';

/** The text that, typed into the cell, comes to the same content. */
export function rawOf(cell: Cell, { value, state, raw }: Content): string {
  if (value === null && state === null) return raw ?? '';
  if (cell.type === 'flag') return value === true ? '○' : '';
  if (cell.type === 'decimal') return typedNumber(String(value ?? ''), state ?? '');
  return String(value ?? '');
}

export const isBlank = ({ value, state, raw }: Content): boolean => value === null && state === null && raw === null;
