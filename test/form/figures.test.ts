// What an author says for the pictures of the whole: sound or refused, and what follows where nothing is said.
import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../shared/figures/plan.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { formOf } from './sample.ts';
import { type FieldSource, findingsOf, sourceWith } from './small.ts';

const scale = (label: string, ...codes: string[]) => ({
  label,
  items: codes.map((code) => ({ code, label: `${label}${code}` })),
});
const more = {
  writers: {
    department: { label: '担当課', role: 'department' },
    board: { label: '庁内会議', role: 'office' },
  },
  scales: { steps: scale('段階', 'A', 'B'), ways: scale('方法', 'A', 'B'), other: scale('別', 'X', 'Y') },
};
const grade = (key: string, writer: string, of = 'steps'): FieldSource => ({
  kind: 'grade',
  key,
  label: `評価${key}`,
  scale: of,
  writer,
});
const table: FieldSource = {
  kind: 'table',
  key: 'money',
  label: '費用',
  columns: [
    { key: 'note', label: '備考', content: { kind: 'text' } },
    { key: 'done_{year}', label: '{year}年度決算', years: { from: { evaluation: -2 }, to: { evaluation: -1 } } },
    { key: 'plan_{year}', label: '{year}年度予算', year: { evaluation: 0 } },
  ],
  rows: [
    { key: 'total', label: '事業費', content: { kind: 'number', unit: '千円' } },
    { key: 'words', label: '説明', content: { kind: 'text' } },
  ],
};
const fields = [table, grade('own', 'department'), grade('theirs', 'board'), grade('way', 'board', 'ways')];
const faults = (figures: unknown, own: FieldSource[] = fields) => findingsOf(sourceWith(own, { ...more, figures }));
const planOf = (own: FieldSource[], figures: unknown = {}) =>
  sourcesOf(layOut(readDefinition(sourceWith(own, { ...more, figures }), '小'), 2022));

describe('F75 what groups sheets', () => {
  test('is a text or a choice that is there', () => {
    expect(faults({ goal: 'name' })).toEqual([]);
    expect(faults({ goal: 'own' })).toEqual([]);
    expect(faults({ goal: 'nowhere' })).toEqual(['番地 nowhere を指しているが、ない']);
    expect(faults({ goal: 'amount' }, [{ kind: 'number', key: 'amount', label: '額' }])).toEqual([
      '番地 amount は文字か選択の欄でなければならない',
    ]);
  });

  test('is told by its label, or not at all', () => {
    expect(planOf(fields, { goal: 'name' }).plan.goal).toBe('名称');
    expect(planOf(fields).plan.goal).toBeNull();
  });
});

describe('F76 what a measure costs', () => {
  test('is a row of numbers by year', () => {
    expect(faults({ costs: [{ table: 'money', row: 'total' }] })).toEqual([]);
    expect(faults({ costs: [{ table: 'money', row: 'total', columns: ['plan_{year}'] }] })).toEqual([]);
    expect(faults({ costs: [{ table: 'cash', row: 'total' }] })).toEqual(['表 cash を指しているが、ない']);
    expect(faults({ costs: [{ table: 'money', row: 'sum' }] })).toEqual(['表 money に行 sum がない']);
    expect(faults({ costs: [{ table: 'money', row: 'total', columns: ['done'] }] })).toEqual([
      '表 money に列 done がない',
    ]);
    expect(faults({ costs: [{ table: 'money', row: 'total', columns: ['note'] }] })).toContain(
      '表 money の列 note に年度がない',
    );
    expect(faults({ costs: [{ table: 'money', row: 'words' }] })[0]).toMatch(/は数の欄でなければならない$/);
    const twice = { table: 'money', row: 'total' };
    expect(faults({ costs: [twice, twice] })).toEqual(['費用の行 money の total が重なっている']);
  });

  test('has the years of its columns and the unit of its cells', () => {
    const { plan, costs } = planOf(fields, { costs: [{ table: 'money', row: 'total' }] });
    expect(plan.costs).toEqual([
      {
        label: '事業費',
        unit: '千円',
        columns: [
          { year: 2020, label: '2020年度決算' },
          { year: 2021, label: '2021年度決算' },
          { year: 2022, label: '2022年度予算' },
        ],
      },
    ]);
    expect(costs).toEqual([['money__total__done_2020', 'money__total__done_2021', 'money__total__plan_2022']]);
    expect(planOf(fields, { costs: [{ table: 'money', row: 'total', columns: ['plan_{year}'] }] }).costs).toEqual([
      ['money__total__plan_2022'],
    ]);
  });
});

describe('F77 who rates', () => {
  const rating = (...cells: string[]) => ({ label: '評価', cells });
  test('is said by choices with the same codes, each of another writer', () => {
    expect(faults({ ratings: [rating('own', 'theirs')] })).toEqual([]);
    expect(faults({ ratings: [rating('own', 'nowhere')] })).toEqual(['番地 nowhere を指しているが、ない']);
    expect(faults({ ratings: [rating('name')] })).toEqual(['番地 name は選択の欄でなければならない']);
    expect(faults({ ratings: [rating('theirs', 'way')] })).toEqual(['評価「評価」に記入者「board」が二度ある']);
    expect(faults({ ratings: [rating('own', 'odd')] }, [...fields, grade('odd', 'board', 'other')])).toEqual([
      '評価「評価」の欄の選択肢がそろっていない',
    ]);
    expect(faults({ ratings: [rating('own'), rating('theirs')] })).toEqual(['評価「評価」が重なっている']);
  });

  test('follows from grades and writers where nothing is said', () => {
    const { plan, ratings } = planOf(fields);
    expect(ratings).toEqual([['own', 'theirs'], ['way']]);
    expect(plan.ratings[0]).toEqual({
      label: '評価own',
      raters: ['担当課', '庁内会議'],
      options: [
        { code: 'A', label: '段階A' },
        { code: 'B', label: '段階B' },
      ],
    });
    const two = [grade('one', 'department'), grade('two', 'department'), grade('third', 'board')];
    expect(planOf(two).ratings).toEqual([['one'], ['two'], ['third']]);
    expect(planOf(two, { ratings: [rating('one', 'third')] }).ratings).toEqual([['one', 'third']]);
  });
});

test('F75 F76 F77 both bundled forms say what the pictures need', () => {
  const measure = sourcesOf(formOf('memuro-shisaku', 2022));
  expect(measure.ratings).toEqual([['rating', 'board', 'council']]);
  expect(measure.plan).toMatchObject({ goal: '基本目標', costs: [{ unit: '千円' }, { label: '人工数(業務量)' }] });
  const project = sourcesOf(formOf('jimujigyo-zaigen', 2025)).plan;
  expect(project.goal).toBe('施策名');
  expect(project.ratings.map(({ label, raters }) => [label, ...raters])).toEqual([
    ['必要性', '担当課'],
    ['有効性', '担当課'],
    ['効率性', '担当課'],
    ['二次評価の判定', '事務事業評価委員会'],
  ]);
  expect(project.costs.map(({ columns }) => columns.length)).toEqual([4, 4, 4]);
});
