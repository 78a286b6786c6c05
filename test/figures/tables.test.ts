// Laws of the tables behind the pictures: whatever goes in is counted once, and nothing that is blank becomes a number.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SheetFacts } from '../../shared/figures/facts.ts';
import * as tables from '../../shared/figures/tables.ts';
import { foldLabel } from '../../shared/form/label.ts';
import { addDecimals, compareDecimals } from '../../shared/kernel/decimal.ts';
import { town } from './arbitrary.ts';

const RUNS = { numRuns: 200, seed: 31 };
const holds = (law: (drawn: { plans: Parameters<typeof tables.ratingsIn>[0]; sheets: SheetFacts[] }) => void) =>
  fc.assert(fc.property(town, law), RUNS);

const itemsOf = <T extends tables.Counted>({ squares }: tables.Cross<T>): T[] => squares.flat(2) as T[];
const idsOf = (items: readonly tables.Counted[]) => items.map(({ sheet }) => sheet.id).sort();
const sum = (parts: readonly number[]) => parts.reduce((whole, part) => whole + part, 0);

describe('grades', () => {
  test('a cross table of two raters holds every sheet of the rating exactly once, under the grades that it has', () => {
    holds(({ plans, sheets }) => {
      for (const graded of tables.ratingsIn(plans, sheets)) {
        const last = graded.rating.raters.length - 1;
        const table = tables.gradesCross(graded, 0, last);
        expect(idsOf(itemsOf(table))).toEqual(idsOf(graded.sheets));
        for (const [row, columns] of table.squares.entries()) {
          for (const [column, found] of columns.entries()) {
            for (const { sheet } of found) {
              const { grades = [] } = graded.sheets.find((one) => one.sheet === sheet) ?? {};
              expect([grades[0] ?? '', grades[last] ?? '']).toEqual([table.rows[row]?.key, table.columns[column]?.key]);
            }
          }
        }
      }
    });
  });

  test('every rater’s row adds up to all sheets of the rating', () => {
    holds(({ plans, sheets }) => {
      for (const graded of tables.ratingsIn(plans, sheets)) {
        for (const row of tables.gradesByRater(graded).squares) {
          expect(idsOf(row.flat())).toEqual(idsOf(graded.sheets));
        }
      }
    });
  });

  test('sheets differ exactly where two have rated and not alike; who has not rated contradicts nobody', () => {
    holds(({ plans, sheets }) => {
      for (const graded of tables.ratingsIn(plans, sheets)) {
        const differ = new Set(tables.differing(graded));
        for (const one of graded.sheets) {
          const given = one.grades.filter((grade) => grade !== null);
          expect(differ.has(one)).toBe(given.some((grade) => grade !== given[0]));
        }
      }
    });
  });

  test('a sheet stands under each rating of its own form and under no other', () => {
    holds(({ plans, sheets }) => {
      const found = tables.ratingsIn(plans, sheets).flatMap((graded) => graded.sheets.map(({ sheet }) => sheet.id));
      const wanted = sheets.flatMap((sheet) => (plans[sheet.plan]?.ratings ?? []).map(() => sheet.id));
      expect(found.sort()).toEqual(wanted.sort());
    });
  });
});

describe('indicators', () => {
  test('each stands once among the groups, and once among the types; empty slots and sheets without any count nowhere', () => {
    holds(({ sheets }) => {
      const all = tables.indicatorsIn(sheets);
      expect(all).toHaveLength(sum(sheets.map(({ indicators }) => indicators.length)));
      for (const table of [tables.achievement(sheets), tables.movement(sheets)]) {
        expect(new Set(itemsOf(table).map(({ indicator }) => indicator)).size).toBe(all.length);
        expect(itemsOf(table)).toHaveLength(all.length);
      }
    });
  });

  test('unknown is not missed, and what cannot be compared is not unchanged', () => {
    holds(({ sheets }) => {
      const all = tables.indicatorsIn(sheets).map(({ indicator }) => indicator);
      const columnOf = <T extends tables.Counted>(table: tables.Cross<T>, key: string): T[] =>
        table.squares.flatMap((row) => row[table.columns.findIndex((column) => column.key === key)] ?? []) as T[];
      for (const status of ['achieved', 'missed', 'unknown'] as const) {
        const own = all.filter((one) => one.status === status);
        expect(columnOf(tables.achievement(sheets), status)).toHaveLength(own.length);
      }
      for (const movement of [1, 0, -1, null] as const) {
        const own = all.filter((one) => one.movement === movement);
        expect(columnOf(tables.movement(sheets), String(movement))).toHaveLength(own.length);
      }
    });
  });

  test('groups are one whatever the width or the blanks, under a spelling that somebody wrote; blanks come last', () => {
    holds(({ sheets }) => {
      const goals = tables.goalsOf(sheets);
      expect(new Set(goals.map(({ key }) => key))).toEqual(new Set(sheets.map(({ goal }) => foldLabel(goal))));
      expect(new Set(goals.map(({ key }) => key)).size).toBe(goals.length);
      for (const { key, label } of goals) {
        if (key !== '') expect(sheets.map(({ goal }) => goal)).toContain(label);
      }
      const at = goals.findIndex(({ key }) => key === '');
      if (at >= 0) expect(at).toBe(goals.length - 1);
    });
  });
});

describe('costs', () => {
  test('the groups’ sums add up to the whole, to the last decimal; each sheet is counted or lacking', () => {
    holds(({ plans, sheets }) => {
      for (const costed of tables.costsIn(plans, sheets)) {
        const { totals } = tables.costTotals(costed);
        for (const at of costed.cost.columns.keys()) {
          const column = totals.flatMap((row) => row[at] ?? []);
          const whole = tables.totalOf(costed.sheets, at);
          const sums = column.flatMap((total) => total.sum ?? []);
          expect(addDecimals(sums, 20)).toBe(addDecimals(whole.sum === null ? [] : [whole.sum], 20));
          expect(whole.sum === null).toBe(whole.counted.length === 0);
          const told = column.flatMap((total) => [...total.counted, ...total.lacking]).map(({ id }) => id);
          expect(told.sort()).toEqual(idsOf(costed.sheets));
        }
      }
    });
  });

  test('the dearest come first, those without a number last, and nobody is lost', () => {
    holds(({ plans, sheets }) => {
      for (const costed of tables.costsIn(plans, sheets)) {
        const sorted = tables.byCost(costed, 0);
        expect(idsOf(sorted)).toEqual(idsOf(costed.sheets));
        const values = sorted.map(({ amounts }) => amounts[0]?.value ?? null);
        const numbers = values.filter((value) => value !== null);
        expect(values).toEqual([...numbers, ...values.filter((value) => value === null)]);
        for (const [at, value] of numbers.slice(1).entries()) {
          expect(compareDecimals(numbers[at] ?? '', value)).not.toBe(-1);
        }
      }
    });
  });
});
