// What a cell shows in its input, and what is typed for it: the two directions between stored values and inputs.
// Inputs hold one flat record by address; how firm a number is has an input of its own beside it.
import {
  type Cell,
  type DecimalCell,
  isComputed,
  isFilled,
  NUMBER_STATES,
  rawAddress,
  stateAddress,
  type Values,
} from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { type Content, contentEntries } from '../../shared/form/merge.ts';
import { readCell, showNumber, showValue } from '../../shared/form/reading.ts';

export type Inputs = Record<string, string | boolean>;

const stateBy = (code: unknown) => NUMBER_STATES.find((state) => state.code === code);

/** The states that a cell's form allows, in their fixed order. */
export const statesOf = (cell: DecimalCell) => NUMBER_STATES.filter((state) => cell.states.includes(state.code));

/** The inputs of one cell. Text that could not be read stands as it was typed. */
export function inputsOf(cell: Cell, values: Values): Inputs {
  const { address } = cell;
  const value = values[address];
  if (cell.type === 'flag') return { [address]: value === true };
  const raw = isFilled(cell, values) ? undefined : values[rawAddress(address)];
  if (cell.type === 'code') return { [address]: value ?? '' };
  if (cell.type === 'text') return { [address]: value ?? raw ?? '' };
  // Where a comma may be a slip for the point, the program writes none itself.
  const show = (number: string) => (cell.commas === 'ask' ? number.replace('-', '▲') : showNumber(cell, number));
  const shown = typeof value === 'string' ? show(value) : (raw ?? '');
  if (cell.states.length === 0) return { [address]: shown };
  return { [address]: shown, [stateAddress(address)]: values[stateAddress(address)] ?? '' };
}

/** The inputs of a whole sheet. */
export const allInputs = (form: Form, values: Values): Inputs =>
  Object.assign({}, ...form.cells.filter((cell) => !isComputed(cell)).map((cell) => inputsOf(cell, values)));

/** A number and how firm it is, as one typed text. */
export function typedNumber(text: string, stateCode: string): string {
  const state = stateBy(stateCode);
  if (!state) return text;
  if (state.settled) return text.trim() === '' ? state.label : text;
  const alreadySaid = NUMBER_STATES.some(({ label }) => text.includes(label));
  return text.trim() === '' || alreadySaid ? text : `${text}（${state.label}）`;
}

/** What stands in a cell as one text that reads as the same when it is typed or pasted. */
export function typedAgain(cell: Cell, values: Values): string {
  const value = values[cell.address];
  const raw = isFilled(cell, values) ? '' : String(values[rawAddress(cell.address)] ?? '');
  if (cell.type !== 'decimal') return showValue(cell, values) || raw;
  const number = typeof value === 'string' ? value : raw;
  return typedNumber(number, String(values[stateAddress(cell.address)] ?? ''));
}

/** The inputs that a typed text comes to, before the host has said so. */
export function inputsFor(cell: Cell, raw: string): Inputs {
  const reading = readCell(cell, raw);
  if (reading.kind === 'asked') return cell.type === 'flag' ? {} : inputsOf(cell, { [rawAddress(cell.address)]: raw });
  const content = reading.kind === 'blank' ? BLANK : { value: reading.value, state: reading.state ?? null, raw: null };
  return inputsOf(cell, Object.fromEntries(contentEntries(cell.address, content)));
}
const BLANK: Content = { value: null, state: null, raw: null };

export const isSettled = (stateCode: string): boolean => stateBy(stateCode)?.settled ?? false;

/** What stood in a cell, in words, for showing one version beside another. */
export function contentText(cell: Cell | undefined, content: Content): string {
  const { value, state, raw } = content;
  if (!cell) return String(value ?? raw ?? '');
  const own: Record<string, string | boolean> = {};
  if (value !== null) own[cell.address] = value;
  if (state !== null) own[stateAddress(cell.address)] = state;
  return showValue(cell, own) || (raw === null ? '' : `${raw}（読み方を確かめる前の文字）`);
}
