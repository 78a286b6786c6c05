// Rule `jump`: a number of a table has changed more, against the nearest earlier year, than is usual.
import { z } from 'zod';
import {
  absoluteDecimal,
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  showDecimal,
  subtractDecimals,
} from '../../kernel/decimal.ts';
import { checkSpec, type Finding, type LaidOut, numberAt, type Sight, tableFaults, tableOf } from './rule.ts';

export const spec = z.strictObject({
  ...checkSpec,
  rule: z.literal('jump'),
  table: z.string(),
  /** Keys of rows; every row without them. */
  rows: z.array(z.string()).min(1).optional(),
  /** Keys of year columns as written, such as `actual_{year}`; every year column without them. */
  columns: z.array(z.string()).min(1).optional(),
  /** In percent. One town's form asks 「30%以上増減の場合」. */
  limit: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,2})?$/)
    .default('30'),
});
type Check = z.output<typeof spec>;

export const message =
  '{fromYear}年度の {before} から {year}年度の {after} へ、{change}。{limit}%を超える増減です。数を確かめ、正しければ理由を書いてください。';
export const facts = ['fromYear', 'year', 'before', 'after', 'change', 'limit'];

/** Rows and columns that the table does not have. */
export const faults = ({ table, rows, columns }: Check, form: LaidOut): string[] =>
  tableFaults(form, table, { rows, columns });

/**
 * Asks from the year that is judged on: older jumps were asked about when they were new. The base is the nearest
 * earlier year with a number; from a base of zero every change is a jump. Exactly the limit is none.
 */
export function ask(check: Check, { form, values }: Sight): Finding[] {
  const table = tableOf(form, check.table);
  if (!table) return [];
  const isMeant = (source: string) => check.columns?.includes(source) ?? true;
  return table.rows
    .filter((row) => check.rows?.includes(row.key) ?? true)
    .flatMap((row) => {
      const numbers = table.columns
        .flatMap(({ source, year }, at) => {
          const address = row.cells[at]?.address;
          const value = address === undefined ? undefined : numberAt(form, values, address);
          const isIn = year !== undefined && isMeant(source) && address !== undefined && value !== undefined;
          return isIn ? [{ year, address, value }] : [];
        })
        .sort((a, b) => a.year - b.year);
      return numbers.flatMap(({ year, address, value }, at): Finding[] => {
        const base = numbers.slice(0, at).findLast((earlier) => earlier.year < year);
        if (!base || year < form.subjectYear || !isJump(base.value, value, check.limit)) return [];
        const named = { fromYear: base.year, year, limit: check.limit };
        const shown = { before: showDecimal(base.value), after: showDecimal(value) };
        return [{ address, facts: { ...named, ...shown, change: changeOf(base.value, value) } }];
      });
    });
}

/** Compared without dividing, so that exactly the limit is never rounded beyond it. */
function isJump(before: string, after: string, limit: string): boolean {
  const delta = absoluteDecimal(subtractDecimals(after, before, 20));
  return compareDecimals(multiplyDecimals(delta, '100'), multiplyDecimals(absoluteDecimal(before), limit)) > 0;
}

function changeOf(before: string, after: string): string {
  const delta = subtractDecimals(after, before, 20);
  const percent = divideDecimals(multiplyDecimals(delta, '100'), absoluteDecimal(before), 1);
  if (percent === undefined) return `${showDecimal(delta)} の変化`;
  return `${absoluteDecimal(percent)}%の${delta.startsWith('-') ? '減' : '増'}`;
}
