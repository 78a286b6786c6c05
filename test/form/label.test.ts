// Finding the cell that a person means by a label.
import { expect, test } from 'vitest';
import { findCell, foldLabel } from '../../shared/form/label.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { measureForm } from './sample.ts';

const form = measureForm();

test.each([
  ['kpi__r1__actual_2021', 'kpi__r1__actual_2021'],
  ['重要業績評価指標 ① 2021年度実績', 'kpi__r1__actual_2021'],
  ['重要業績評価指標①２０２１年度実績', 'kpi__r1__actual_2021'],
  ['重要業績評価指標 ② 2024年度', 'kpi__r2__target'],
  ['人工数(業務量) 2020年度決算', 'cost__labour__settled_2020'],
  ['人工数（業務量）　2020年度決算', 'cost__labour__settled_2020'],
  ['人工数 2020年度決算', 'cost__labour__settled_2020'],
  ['施策事業費 2021年度決算', 'cost__expense__settled_2021'],
  ['担当課評価', 'rating_text'],
  ['担当課 評価', 'rating_text'],
  ['担当課評価 進捗結果', 'rating'],
  ['経営戦略会議 進捗結果', 'board'],
  ['総合計画審議会 今後の取組に対する意見', 'council_opinion'],
  ['①2021年度の成果評価', 'result'],
  ['この施策に対して住民や議会からどんな意見や要望が寄せられているか?', 'opinions'],
  ['施策番号', 'number'],
])('%s names %s', (label, address) => expect(findCell(form, label).address).toBe(address));

test('every cell is found by its address and by its label', () => {
  for (const cell of form.cells) {
    expect(findCell(form, cell.address)).toBe(cell);
    expect(findCell(form, cell.label)).toBe(cell);
    expect(findCell(form, foldLabel(cell.label))).toBe(cell);
  }
});

function nearOf(label: string): unknown {
  try {
    return findCell(form, label).address;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(error.problem.code).toBe('cell.unknown');
    return error.problem.details.near;
  }
}

test('a label of no cell is answered with labels that are near', () => {
  expect(nearOf('人工数 2019年度決算')).toContain('人工数(業務量) 2020年度決算');
  expect(nearOf('進捗結果')).toContain('経営戦略会議 進捗結果');
  expect(nearOf('経営会議 進捗結果')).toHaveLength(5);
  expect(nearOf('zzz')).toEqual([]);
  expect(nearOf('')).toEqual([]);
  expect(nearOf('(業務量)')).not.toBe('cost__labour__settled_2020');
});

test('companions of a cell are no labels', () => {
  expect(nearOf('kpi__r1__actual_2021__state')).toBeInstanceOf(Array);
  expect(nearOf('kpi__r1__actual_2021__raw')).toBeInstanceOf(Array);
});

test('folding evens out width, white space and case, and nothing else', () => {
  expect(foldLabel('　ＫＰＩ (％)\n')).toBe('kpi(%)');
  expect(foldLabel('ガ行')).toBe(foldLabel('ｶﾞ行'));
  expect(foldLabel('は')).not.toBe(foldLabel('ハ'));
});
