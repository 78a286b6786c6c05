// Indicators: the seed's three, and laws for every type.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Indicator } from '../../shared/form/block.ts';
import { INDICATOR_TYPES, type IndicatorType, type Values } from '../../shared/form/cell.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { directionOf, indicatorsOf, type Judgement, judge } from '../../shared/form/indicator.ts';
import { compareDecimals, multiplyDecimals, subtractDecimals } from '../../shared/kernel/decimal.ts';
import { decimal } from '../arbitrary.ts';
import { formOf, measureForm } from './sample.ts';
import { findingsOf, sourceWith } from './small.ts';

const form = measureForm();
const [first, second, third] = indicatorsOf(form) as [Indicator, Indicator, Indicator];
const seed: Values = {
  kpi__r1__name: '芽室町が好きな町民の割合',
  kpi__r1__measure: '%',
  kpi__r1__base: '98.6',
  kpi__r1__actual_2020: '92.6',
  kpi__r1__actual_2021: '94.3',
  kpi__r1__target: '95.0',
  kpi__r2__name: 'ふるさと納税の寄附件数',
  kpi__r2__base: '7023',
  kpi__r2__actual_2020: '8378',
  kpi__r2__actual_2021: '19313',
  kpi__r2__target: '8000',
  kpi_reason: '①95.0%以上を目指す。\n②8,000件以上を目指す。',
};
const judged = (values: Values, indicator = first): Judgement => {
  const found = judge(indicator, values);
  if (!found) throw new Error('no indicator');
  return found;
};

describe('the sheet that was filled', () => {
  test('F50 KPI① is below its target, 119 % is said nowhere, and both changes stand beside it', () => {
    const one = judged(seed);
    expect(one).toMatchObject({
      type: 'keep_above',
      typeIsAssumed: true,
      status: 'missed',
      statement: '目標を下回っている（94.3 ＜ 95.0）',
      fromPrevious: { delta: '1.7', percent: '1.8', unit: 'ポイント', year: 2020 },
      fromBase: { delta: '-4.3', percent: '-4.4' },
      progress: null,
    });
    // Only who says that it is to fall may hear so.
    for (const type of INDICATOR_TYPES.filter((known) => known !== 'decrease')) {
      expect(JSON.stringify(judged({ ...seed, kpi__r1__type: type }))).not.toMatch(/11[89]/);
    }
    expect(judged(seed, second)).toMatchObject({
      status: 'achieved',
      statement: '目標を達成している（19,313 ≧ 8,000）',
    });
  });

  test('F50 an empty slot is no indicator, whatever type was chosen for it', () => {
    expect(judge(third, seed)).toBeNull();
    expect(judge(third, { ...seed, kpi__r3__type: 'increase', kpi__r3__measure: '件' })).toBeNull();
  });

  test('F50 without a type: 以上 and 以下 behind the row’s own label, a higher target, or the request to choose', () => {
    const { kpi_reason: _, ...bare } = seed;
    expect(judged({ ...bare, kpi_reason: '①5%以下にする。②8件以上。' })).toMatchObject({ type: 'keep_below' });
    expect(judged({ ...bare, kpi_reason: '②8,000件以上。' })).toMatchObject({ type: null, status: 'unknown' });
    expect(judged(bare).assumption).toMatch(/選んでください/);
    expect(judged(bare, second)).toMatchObject({ type: 'increase', typeIsAssumed: true, progress: '1257.9' });
    expect(judged({ ...seed, kpi__r1__type: 'decrease' })).toMatchObject({ typeIsAssumed: false, assumption: '' });
  });

  test('F49 plan and actual in two rows are one indicator', () => {
    const [plan] = indicatorsOf(formOf('jimujigyo-zaigen', 2025));
    expect(plan).toMatchObject({ label: '①', target: { year: 2027, address: 'katsudo__a1_keikaku__mokuhyo' } });
    expect(plan?.actuals.map(({ address }) => address)).toEqual([
      'katsudo__a1_jisseki__nendo_2023',
      'katsudo__a1_jisseki__nendo_2024',
    ]);
  });

  test('F48 type and second bound stand on no paper and ask for nothing', () => {
    for (const key of ['type', 'upper']) expect(form.byAddress.get(`kpi__r1__${key}`)?.required).toBe('never');
    const grid = form.sections.flatMap((s) => s.groups.flatMap((g) => g.blocks)).find((b) => b.layout === 'grid');
    expect(grid?.layout === 'grid' && grid.columns.filter((c) => !c.onPaper).map((c) => c.key)).toEqual([
      'type',
      'upper',
    ]);
  });

  test('「未満」 leaves the target itself out, so nothing is judged by it', () => {
    const values = { ...seed, kpi_reason: '①95.0%未満を目指す。', kpi__r1__actual_2021: '95.0' };
    expect(judged(values)).toMatchObject({ type: null, status: 'unknown' });
    expect(judged(values).assumption).toContain('95.0%未満');
  });

  test('見込 is said to be 見込', () => {
    expect(judged({ ...seed, kpi__r1__actual_2021__state: 'expected' }).statement).toMatch(/（見込）$/);
  });
});

/** Made-up addresses: the laws need no form. */
const row: Indicator = {
  key: 'r',
  table: 't',
  label: '①',
  labels: ['①'],
  type: 'type',
  name: 'name',
  unit: 'unit',
  base: 'base',
  actuals: [
    { year: 2020, address: 'a' },
    { year: 2021, address: 'b' },
  ],
  target: { year: 2024, address: 'target' },
  upper: 'upper',
};
const numbers = fc.record({ base: decimal(2), a: decimal(2), b: decimal(2), target: decimal(2), upper: decimal(2) });
const typed = fc.tuple(fc.constantFrom<IndicatorType>(...INDICATOR_TYPES), numbers);
const RUNS = { numRuns: 1_000, seed: 7 };

describe('laws', () => {
  test('F50 achieved follows the type', () => {
    fc.assert(
      fc.property(typed, ([type, values]) => {
        const { status } = judged({ ...values, type }, row);
        const order = compareDecimals(values.b, values.target);
        const inRange = order >= 0 && compareDecimals(values.b, values.upper) <= 0;
        const isRange = compareDecimals(values.target, values.upper) <= 0;
        const wanted: Record<IndicatorType, boolean | null> = {
          increase: order >= 0,
          keep_above: order >= 0,
          cumulative: order >= 0,
          decrease: order <= 0,
          keep_below: order <= 0,
          range: isRange ? inRange : null,
          yes_no: order === 0,
          qualitative: null,
        };
        const said = status === 'unknown' ? null : status === 'achieved';
        expect(said).toBe(wanted[type]);
      }),
      RUNS,
    );
  });

  test('F50 another unit (×1,000) changes neither verdict nor percentages nor progress', () => {
    fc.assert(
      fc.property(typed, ([type, values]) => {
        if (type === 'yes_no') return;
        const scaled = Object.fromEntries(Object.entries(values).map(([at, v]) => [at, multiplyDecimals(v, '1000')]));
        const [one, other] = [judged({ ...values, type }, row), judged({ ...scaled, type }, row)];
        expect([other.status, other.progress]).toEqual([one.status, one.progress]);
        expect(other.fromPrevious?.percent).toBe(one.fromPrevious?.percent);
        expect(other.fromBase?.percent).toBe(one.fromBase?.percent);
        expect(directionOf(other)).toBe(directionOf(one));
      }),
      RUNS,
    );
  });

  test('F50 progress only where it says something, and then 100 % or more exactly when achieved', () => {
    fc.assert(
      fc.property(typed, ([type, values]) => {
        const { progress, status } = judged({ ...values, type }, row);
        if (!['increase', 'decrease', 'cumulative'].includes(type)) expect(progress).toBeNull();
        if (progress === null) return;
        // Rounded to one decimal, 99.96 is shown as 100.
        if (compareDecimals(progress, '100') > 0) expect(status).toBe('achieved');
        if (compareDecimals(progress, '100') < 0) expect(status).toBe('missed');
      }),
      RUNS,
    );
  });

  test('F50 the changes are exact', () => {
    fc.assert(
      fc.property(typed, ([type, values]) => {
        const { fromPrevious, fromBase } = judged({ ...values, type }, row);
        expect(fromPrevious?.delta).toBe(subtractDecimals(values.b, values.a, 20));
        expect(fromBase?.delta).toBe(subtractDecimals(values.b, values.base, 20));
      }),
      RUNS,
    );
  });

  test('increase and decrease mirror each other', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const mirrored = Object.fromEntries(Object.entries(values).map(([at, v]) => [at, multiplyDecimals(v, '-1')]));
        const [up, down] = [
          judged({ ...values, type: 'increase' }, row),
          judged({ ...mirrored, type: 'decrease' }, row),
        ];
        expect([down.status, down.progress]).toEqual([up.status, up.progress]);
      }),
      RUNS,
    );
  });

  test('a lone number is not compared, and nothing is achieved without one', () => {
    expect(judged({ name: '名', type: 'increase' }, row)).toMatchObject({ status: 'unknown', fromPrevious: null });
    expect(judged({ name: '名', type: 'increase', b: '5' }, row).statement).toBe('目標の数がない');
    expect(judged({ type: 'range', b: '5', target: '4' }, row).statement).toMatch(/上限がない/);
    expect(judged({ type: 'yes_no', b: '1' }, row).status).toBe('achieved');
    expect(judged({ type: 'increase', base: '0', b: '5', target: '10' }, row).fromBase?.percent).toBeNull();
  });
});

test('F49 an indicator whose columns are not there, or of another kind, is refused', () => {
  const table = (indicator: object, change: object = {}) =>
    sourceWith(
      [
        {
          kind: 'table',
          key: 't',
          label: '表',
          columns: [
            { key: 'name', label: '名', content: { kind: 'text' } },
            { key: 'unit', label: '単位', content: { kind: 'text' } },
            { key: 'type', label: '種類', content: { kind: 'choice', scale: 'types' }, onPaper: false },
            { key: 'a_{year}', label: '{year}', year: { evaluation: -1 }, content: { kind: 'number' } },
            { key: 'goal', label: '目標', year: { plan: 'end' }, content: { kind: 'number' } },
          ],
          rows: [{ key: 'r', label: '行' }],
          indicator: { type: 'type', name: 'name', unit: 'unit', actuals: 'a_{year}', target: 'goal', ...indicator },
        },
      ],
      { scales: { types: { label: '種類', items: [{ code: 'increase', label: '増' }] }, ...change } },
    );
  expect(findingsOf(table({}))).toEqual([]);
  expect(layOut(readDefinition(table({}), '小'), 2022).byAddress.has('t__r__type')).toBe(true);
  expect(findingsOf(table({ base: 'gone' })).join()).toMatch(/列 gone/);
  expect(findingsOf(table({ target: 'name' })).join()).toMatch(/種類が違う/);
  expect(findingsOf(table({ hint: 'gone' })).join()).toMatch(/gone/);
  const odd = { types: { label: '種類', items: [{ code: 'grow', label: '増' }] } };
  expect(findingsOf(table({}, odd)).join()).toMatch(/grow/);
});
