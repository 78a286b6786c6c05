// Rule `sum-differs`: a total that somebody typed is not what its parts add up to, beyond rounding.
import { z } from 'zod';
import { absoluteDecimal, addDecimals, compareDecimals, showDecimal, subtractDecimals } from '../../kernel/decimal.ts';
import { isAsked, stateAddress } from '../cell.ts';
import {
  addressFaults,
  checkSpec,
  expand,
  type Finding,
  type LaidOut,
  numberAt,
  type Sight,
  tableFaults,
  tableOf,
} from './rule.ts';

export const spec = z.strictObject({
  ...checkSpec,
  rule: z.literal('sum-differs'),
  /** With a table, total and parts are keys of its rows, added in every column; without, they are addresses. */
  table: z.string().optional(),
  total: z.string(),
  parts: z.array(z.string()).min(1).max(100),
  /** Parts rounded to 千円 may differ from their rounded total by a few. */
  tolerance: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,8})?$/)
    .default('0'),
});
type Check = z.output<typeof spec>;

export const message = '内訳の合計は {sum} で、{total} と {difference} 違います。どちらが正しいか確かめてください。';
export const facts = ['sum', 'total', 'difference'];

/** Total and parts that are no numbers of the form, or no rows of the table. */
export const faults = ({ table, total, parts }: Check, form: LaidOut): string[] =>
  table === undefined
    ? addressFaults(form, [total, ...parts], 'decimal')
    : tableFaults(form, table, { rows: [total, ...parts] });

/** Asks where the total is filled and all that is filled of the parts is final; blank parts add nothing. */
export const ask = (check: Check, sight: Sight): Finding[] =>
  placesOf(check, sight.form).flatMap(({ total, parts }): Finding[] => {
    const { form, values } = sight;
    const typed = numberAt(form, values, total);
    const numbers = parts.map((address) => numberAt(form, values, address)).filter((value) => value !== undefined);
    if (typed === undefined || numbers.length === 0 || parts.some((address) => isOpen(sight, address))) return [];
    const sum = addDecimals(numbers, 20);
    const difference = absoluteDecimal(subtractDecimals(typed, sum, 20));
    if (compareDecimals(difference, check.tolerance) <= 0) return [];
    const shown = { sum: showDecimal(sum), total: showDecimal(typed), difference: showDecimal(difference) };
    return [{ address: total, facts: shown }];
  });

/** Not yet known: a sum without it says nothing. */
function isOpen({ form, values }: Sight, address: string): boolean {
  const cell = form.byAddress.get(address);
  const state = values[stateAddress(address)];
  return state === 'pending' || state === 'unratable' || (cell !== undefined && isAsked(cell, values));
}

function placesOf({ table: key, total, parts }: Check, form: LaidOut): { total: string; parts: string[] }[] {
  if (key === undefined) return [{ total: expand(form, total), parts: parts.map((part) => expand(form, part)) }];
  const table = tableOf(form, key);
  const cellIn = (row: string, at: number) => table?.rows.find((r) => r.key === row)?.cells[at]?.address;
  return (table?.columns ?? []).flatMap((_, at) => {
    const whole = cellIn(total, at);
    const found = parts.map((part) => cellIn(part, at)).filter((address) => address !== undefined);
    return whole === undefined ? [] : [{ total: whole, parts: found }];
  });
}
