// One sheet as the pictures see it: read from its own form's cells, blanks staying blanks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readerOf, sheetFactsSchema } from '../../shared/figures/facts.ts';
import { planSchema } from '../../shared/figures/plan.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { form as anyForm, valuesOf } from '../arbitrary.ts';
import { formOf, measureForm } from '../form/sample.ts';

test('whatever a form and its values are, the facts have the shape of the plan, and a blank sheet says nothing', () => {
  fc.assert(
    fc.property(
      anyForm.chain((form) => fc.tuple(fc.constant(form), valuesOf(form))),
      ([form, values]) => {
        const { sources, read } = readerOf(form);
        const facts = read(withComputed(form, values));
        expect(planSchema.parse(sources.plan)).toEqual(sources.plan);
        expect(sheetFactsSchema.pick({ goal: true, grades: true, costs: true, indicators: true }).parse(facts)).toEqual(
          facts,
        );
        expect(facts.grades.map((own) => own.length)).toEqual(sources.plan.ratings.map(({ raters }) => raters.length));
        for (const [at, grades] of facts.grades.entries()) {
          const codes = sources.plan.ratings[at]?.options.map(({ code }) => code);
          for (const grade of grades) if (grade !== null) expect(codes).toContain(grade);
        }
        const blank = read({});
        expect(blank.grades.flat().every((grade) => grade === null)).toBe(true);
        expect(blank.indicators).toEqual([]);
      },
    ),
    { numRuns: 100, seed: 5 },
  );
});

const kpi = { kpi__r1__name: '割合', kpi__r1__type: 'increase', kpi__r1__target: '50' };

test('an empty slot is no indicator; one without an actual is unknown, not missed', () => {
  const { read } = readerOf(measureForm());
  const [one, ...others] = read(kpi).indicators;
  expect(one).toMatchObject({ key: 'kpi r1', label: '①', status: 'unknown', movement: null });
  expect(others).toEqual([]);
});

test('moved against the year before only where that year has a number', () => {
  const { read } = readerOf(measureForm());
  const movement = (more: Record<string, string>) => read({ ...kpi, ...more }).indicators[0]?.movement;
  expect(movement({ kpi__r1__actual_2020: '40', kpi__r1__actual_2021: '41' })).toBe(1);
  expect(movement({ kpi__r1__actual_2020: '40', kpi__r1__actual_2021: '40.0' })).toBe(0);
  expect(movement({ kpi__r1__actual_2020: '40', kpi__r1__actual_2021: '39' })).toBe(-1);
  expect(movement({ kpi__r1__actual_2020: '40', kpi__r1__actual_2022: '60' })).toBeNull();
  expect(movement({ kpi__r1__actual_2020: '40', kpi__r1__actual_2021: '41', kpi__r1__type: 'qualitative' })).toBeNull();
});

test('costs: a number, a state in words, or nothing; computed rows count as they come out', () => {
  const { read } = readerOf(measureForm());
  const { costs } = read({ cost__expense__settled_2020: '0', cost__expense__settled_2021__state: 'none' });
  expect(costs[0]).toEqual([
    { value: '0', state: null },
    { value: null, state: '該当なし' },
    { value: null, state: null },
  ]);
  const project = formOf('jimujigyo-zaigen', 2025);
  const values = { zaigen__kokko__kessan_2023: '1200', zaigen__ippan__kessan_2023: '34' };
  expect(readerOf(project).read(withComputed(project, values)).costs[0]?.[0]).toEqual({ value: '1234', state: null });
});
