// Random facts of sheets under random plans, valid by construction.
import fc from 'fast-check';
import type { IndicatorFact, SheetFacts } from '../../shared/figures/facts.ts';
import type { Plan } from '../../shared/figures/plan.ts';
import { INDICATOR_TYPES } from '../../shared/form/cell.ts';

const CODES = ['A', 'B', 'C'];

const plan: fc.Arbitrary<Plan> = fc
  .record({
    // Few shapes, so that several forms often say the same.
    ratings: fc.array(fc.record({ label: fc.constantFrom('進捗', '必要性'), raters: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 2,
    }),
    costs: fc.array(fc.record({ label: fc.constantFrom('事業費', '人工'), years: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 2,
    }),
  })
  .map(({ ratings, costs }) => ({
    goal: '基本目標',
    // One form does not say the same twice.
    ratings: [...new Map(ratings.map((one) => [one.label, one])).values()].map(({ label, raters }) => ({
      label,
      raters: ['担当課', '庁内', '外部'].slice(0, raters),
      options: CODES.map((code) => ({ code, label: `段階${code}` })),
    })),
    costs: [...new Map(costs.map((one) => [one.label, one])).values()].map(({ label, years }) => ({
      label,
      unit: '千円',
      columns: [2020, 2021, 2022].slice(0, years).map((year) => ({ year, label: `${year}年度` })),
    })),
  }));

const level = fc.constantFrom('0', '12.5', '-4', '8000');

const indicator: fc.Arbitrary<IndicatorFact> = fc.record({
  key: fc.constantFrom('kpi r1', 'kpi r2'),
  address: fc.constant('kpi__r1__target'),
  label: fc.constantFrom('①', '②'),
  name: fc.constantFrom('利用者数', '割合'),
  unit: fc.constantFrom('人', '％'),
  type: fc.option(fc.constantFrom(...INDICATOR_TYPES)),
  status: fc.constantFrom('achieved' as const, 'missed' as const, 'unknown' as const),
  statement: fc.constant(''),
  movement: fc.option(fc.constantFrom(-1 as const, 0 as const, 1 as const)),
  base: fc.option(level),
  points: fc.array(fc.record({ year: fc.integer({ min: 2019, max: 2023 }), value: level, isExpected: fc.boolean() })),
  target: fc.record({ year: fc.constant(2024), value: fc.option(level) }),
  upper: fc.option(level),
});

const amount = fc.record({
  value: fc.option(fc.constantFrom('0', '-3', '1200', '0.25', '99999999999999999', '2.2948')),
  state: fc.option(fc.constantFrom('見込', '該当なし')),
});

/** Drawn as large as any plan wants it, and cut to the plan: arbitraries made anew for each sheet are slow. */
const sheet = fc.record({
  number: fc.constantFrom('1-1', '1-2'),
  name: fc.constantFrom('移住', '観光'),
  units: fc.constant<string[]>(['企画課']),
  plan: fc.nat({ max: 2 }),
  goal: fc.constantFrom('', '人の流れ', '人の 流れ', '学びの町', '２　まち', '2 まち'),
  grades: fc.array(fc.array(fc.option(fc.constantFrom(...CODES)), { minLength: 3, maxLength: 3 }), {
    minLength: 2,
    maxLength: 2,
  }),
  costs: fc.array(fc.array(amount, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
  indicators: fc.array(indicator, { maxLength: 3 }),
});

/** Up to three forms' plans, and sheets of them. */
export const town: fc.Arbitrary<{ plans: Plan[]; sheets: SheetFacts[] }> = fc
  .record({ plans: fc.array(plan, { minLength: 1, maxLength: 3 }), sheets: fc.array(sheet, { maxLength: 12 }) })
  .map(({ plans, sheets }) => ({
    plans,
    sheets: sheets.map((drawn, at) => {
      const own = drawn.plan % plans.length;
      const { ratings = [], costs = [] } = plans[own] ?? {};
      return {
        ...drawn,
        id: `s${at}`,
        plan: own,
        grades: ratings.map(({ raters }, which) => (drawn.grades[which] ?? []).slice(0, raters.length)),
        costs: costs.map(({ columns }, which) => (drawn.costs[which] ?? []).slice(0, columns.length)),
      };
    }),
  }));
