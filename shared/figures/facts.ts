// One sheet as the pictures of the whole see it: its group, the raters' grades, its costs, its indicators as judged.
// Promise: a blank stays a blank; nothing is counted as 0 and no indicator as missed because something is not filled.
import { z } from 'zod';
import type { Indicator } from '../form/block.ts';
import { INDICATOR_TYPES, NUMBER_STATES, stateAddress, type Values } from '../form/cell.ts';
import type { Form } from '../form/form.ts';
import { directionOf, indicatorsOf, judge } from '../form/indicator.ts';
import { showValue } from '../form/reading.ts';
import { type Plan, type Sources, sourcesOf } from './plan.ts';

/** A cost as it stands in one column: a number, a state in words (未確定, 該当なし), or neither. */
const amountSchema = z.strictObject({ value: z.string().nullable(), state: z.string().nullable() });

const indicatorSchema = z.strictObject({
  /** Table and row; unique in a sheet. */
  key: z.string(),
  /** The cell of its target, to go to. */
  address: z.string(),
  /** What it is called on the sheet (①), and its name. */
  label: z.string(),
  name: z.string(),
  unit: z.string(),
  type: z.enum(INDICATOR_TYPES).nullable(),
  status: z.enum(['achieved', 'missed', 'unknown']),
  statement: z.string(),
  /** Against the year before: 1 better, 0 the same, -1 worse; null where that cannot be said. */
  movement: z.union([z.literal(-1), z.literal(0), z.literal(1)]).nullable(),
  base: z.string().nullable(),
  points: z.array(z.strictObject({ year: z.number().int(), value: z.string(), isExpected: z.boolean() })),
  target: z.strictObject({ year: z.number().int(), value: z.string().nullable() }),
  upper: z.string().nullable(),
});
export type IndicatorFact = z.output<typeof indicatorSchema>;

export const sheetFactsSchema = z.strictObject({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  units: z.array(z.string()),
  /** Which of the plans the sheet's form has. */
  plan: z.number().int().min(0),
  /** What stands in the cell that groups sheets; '' for a blank. */
  goal: z.string(),
  /** By rating of the plan, by rater: a code of the scale, or null. */
  grades: z.array(z.array(z.string().nullable())),
  /** By cost of the plan, by column. */
  costs: z.array(z.array(amountSchema)),
  /** Without the empty slots. */
  indicators: z.array(indicatorSchema),
});
export type SheetFacts = z.output<typeof sheetFactsSchema>;
export type Facts = Pick<SheetFacts, 'goal' | 'grades' | 'costs' | 'indicators'>;

/** Reads sheets of one form. `values` of a sheet must hold the computed cells too. */
export function readerOf(form: Form): { sources: Sources; read(values: Values): Facts } {
  const sources = sourcesOf(form);
  const indicators = indicatorsOf(form);
  const goal = sources.goal === null ? undefined : form.byAddress.get(sources.goal);
  const text = (values: Values, address: string) => {
    const value = values[address];
    return typeof value === 'string' ? value : null;
  };
  return {
    sources,
    read: (values) => ({
      goal: goal === undefined ? '' : showValue(goal, values).replace(/\s+/g, ' ').trim(),
      grades: sources.ratings.map((addresses, at) => {
        const codes = new Set((sources.plan.ratings[at]?.options ?? []).map(({ code }) => code));
        return addresses.map((address) => {
          const code = text(values, address);
          return code !== null && codes.has(code) ? code : null;
        });
      }),
      costs: sources.costs.map((addresses) =>
        addresses.map((address) => ({ value: text(values, address), state: stateAt(values, address) })),
      ),
      indicators: indicators.flatMap((indicator) => indicatorFact(indicator, values) ?? []),
    }),
  };
}

const stateAt = (values: Values, address: string): string | null =>
  NUMBER_STATES.find(({ code }) => code === values[stateAddress(address)])?.label ?? null;

function indicatorFact(indicator: Indicator, values: Values): IndicatorFact | undefined {
  const judgement = judge(indicator, values);
  if (!judgement) return undefined;
  const { name, unit, type, status, statement, series } = judgement;
  return {
    key: `${indicator.table} ${indicator.key}`,
    address: indicator.target.address,
    label: indicator.label,
    name,
    unit,
    type,
    status,
    statement,
    movement: directionOf(judgement),
    base: series.base,
    points: series.points.map((point) => ({ ...point })),
    target: series.target,
    upper: series.upper,
  };
}

/** A page of sheets with the plans of their forms. */
export type Page = { plans: readonly Plan[]; sheets: readonly SheetFacts[] };

/** Asks for page after page until all sheets are there; `told` hears how far it has come, and says by false to stop. */
export async function pagesOf<P extends Page & { total: number }>(
  ask: (start: number) => Promise<P>,
  told: (done: number, total: number) => boolean = () => true,
): Promise<P[]> {
  const pages: P[] = [];
  for (let from = 0; ; ) {
    const page = await ask(from);
    pages.push(page);
    from += page.sheets.length;
    if (!told(from, page.total) || page.sheets.length === 0 || from >= page.total) return pages;
  }
}

/** Pages as one, without the pages' own numbering of plans. A sheet that two pages hold is taken from the first. */
export function joinPages(pages: readonly Page[]): { plans: Plan[]; sheets: SheetFacts[] } {
  const plans = new Map<string, Plan>();
  const sheets = new Map<string, SheetFacts>();
  for (const page of pages) {
    const keys = page.plans.map((plan) => JSON.stringify(plan));
    for (const [at, plan] of page.plans.entries()) if (!plans.has(keys[at] ?? '')) plans.set(keys[at] ?? '', plan);
    const places = keys.map((key) => [...plans.keys()].indexOf(key));
    for (const sheet of page.sheets) {
      if (!sheets.has(sheet.id)) sheets.set(sheet.id, { ...sheet, plan: places[sheet.plan] ?? 0 });
    }
  }
  return { plans: [...plans.values()], sheets: [...sheets.values()] };
}
