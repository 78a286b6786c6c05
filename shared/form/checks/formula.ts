// Rule `expression`: the author's own question, in the small language of expression.ts.
import { z } from 'zod';
import { showDecimal } from '../../kernel/decimal.ts';
import { type Cell, isFilled } from '../cell.ts';
import { showNumber } from '../reading.ts';
import type { Names } from '../spec.ts';
import { yearOf, yearSpec } from '../spec.ts';
import { evaluate, type Lookup, type Result, readExpression, type Type, typeOf } from './expression.ts';
import { addressFaults, checkSpec, expand, type Finding, type LaidOut, type Sight } from './rule.ts';

export const spec = z.strictObject({
  ...checkSpec,
  rule: z.literal('expression'),
  /** The cell that is asked about. */
  at: z.string(),
  /** Asks when this is true. */
  ask: z.string().min(1).max(1_000),
  /** Here the message is the author's; [expression] in it is replaced by its value. */
  message: z.string().min(1).max(500),
  /** Asked once for each of these, as {row}. */
  rows: z.array(z.string()).min(1).max(100).optional(),
  /** Asked once for each of these years, as {year}. */
  years: z.strictObject({ from: yearSpec, to: yearSpec }).optional(),
});
type Check = z.output<typeof spec>;

/** Never used: an expression has no words of its own. */
export const message = '';
export const facts: readonly string[] = ['row', 'year'];

const IN_MESSAGE = /\[([^[\]]*)\]/g;
const MOST_YEARS = 60;

/** The names of each time that the check asks. */
function roundsOf({ rows, years }: Check, form: LaidOut): Names[] {
  const context = { year: form.year, plan: form.definition.plan };
  const [from, to] = years ? [yearOf(years.from, context), yearOf(years.to, context)] : [0, 0];
  const count = Math.max(0, Math.min(MOST_YEARS, to - from + 1));
  const inYears: Names[] = years ? Array.from({ length: count }, (_, at) => ({ year: from + at })) : [{}];
  return rows ? rows.flatMap((row) => inYears.map((names) => ({ ...names, row }))) : inYears;
}

/** Addresses that are not there, and expressions that cannot be read or do not fit, in each round of asking. */
export const faults = (check: Check, form: LaidOut): string[] => [
  ...new Set(
    roundsOf(check, form).flatMap((names) => {
      const findings: string[] = [];
      const filled = (template: string) => expand(form, template, names, (finding) => findings.push(finding));
      findings.push(...addressFaults(form, [filled(check.at)]));
      const embedded = [...check.message.matchAll(IN_MESSAGE)].map(([, source = '']) => source);
      for (const [index, source] of [check.ask, ...embedded].entries()) {
        findings.push(...expressionFaults(form, filled(source), index === 0 ? 'truth' : undefined));
      }
      return findings;
    }),
  ),
];

function expressionFaults(form: LaidOut, source: string, wanted: Type | undefined): string[] {
  const findings: string[] = [];
  const cellType = (address: string): Type => {
    findings.push(...addressFaults(form, [address]));
    return TYPES[form.byAddress.get(address)?.type ?? 'decimal'];
  };
  try {
    const found = typeOf(readExpression(source), cellType);
    if (wanted !== undefined && found !== wanted) findings.push('確認の式が条件になっていない');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    findings.push(error.message);
  }
  return findings;
}

const TYPES: Record<Cell['type'], Type> = { decimal: 'number', text: 'text', code: 'text', flag: 'truth' };

/** Asks where the expression is true; what nobody knows yet asks nothing. */
export function ask(check: Check, sight: Sight): Finding[] {
  const { form } = sight;
  const lookup = lookupIn(sight);
  return roundsOf(check, form).flatMap((names): Finding[] => {
    if (evaluate(readExpression(expand(form, check.ask, names)), lookup) !== true) return [];
    const embedded = [...check.message.matchAll(IN_MESSAGE)].map(([whole, source = '']) => {
      const filled = expand(form, source, names);
      return [whole, yearAt(sight, filled.trim()) ?? shown(evaluate(readExpression(filled), lookup))] as const;
    });
    return [{ address: expand(form, check.at, names), facts: { ...names, ...Object.fromEntries(embedded) } }];
  });
}

const lookupIn = ({ form, values }: Sight): Lookup => ({
  value: (address) => {
    const value = values[address];
    const type = form.byAddress.get(address)?.type;
    if (type === 'flag') return value === true;
    if (typeof value !== 'string') return null;
    return type === 'decimal' ? { number: value } : { text: value };
  },
  isBlank: (address) => {
    const cell = form.byAddress.get(address);
    return cell === undefined || !isFilled(cell, values);
  },
});

/** The year that an address names, in words: as a number it would be shown with thousands. */
function yearAt({ form, values }: Sight, address: string): string | undefined {
  const cell = form.byAddress.get(address);
  const value = values[address];
  return cell?.type === 'decimal' && cell.isYear && typeof value === 'string' ? showNumber(cell, value) : undefined;
}

function shown(result: Result): string {
  if (result === null) return '—';
  if (typeof result === 'boolean') return result ? '○' : '×';
  return 'number' in result ? showDecimal(result.number) : result.text;
}
