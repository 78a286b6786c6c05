// What a filled sheet asks by itself: words against the grade.
import { expect, test } from 'vitest';
import { runChecks } from '../../shared/form/checks.ts';
import { readCell } from '../../shared/form/reading.ts';
import { measureForm } from './sample.ts';

const form = measureForm();
const ask = (text: string, grade?: string) =>
  runChecks(form, { board_text: text, ...(grade === undefined ? {} : { board: grade }) });

test('words that say another step than the circle are asked about, with both to choose from', () => {
  const [question, ...others] = ask('担当課評価と同様に、前進したと評価する。', 'D');
  expect(others).toEqual([]);
  expect(question).toMatchObject({
    address: 'board',
    label: '経営戦略会議 進捗結果',
    raw: 'D',
    reason: '文章は「前進した」（C）、○は D です。どちらが正しいか確かめてください。',
  });
  expect(question?.candidates.map(({ value }) => value)).toEqual(['C', 'D']);
  const cell = form.byAddress.get('board');
  for (const { value } of question?.candidates ?? []) {
    expect(cell && readCell(cell, value)).toEqual({ kind: 'value', value });
  }
});

test.each([
  ['大きく前進したと評価する。', 'B', 0],
  ['大きく前進したと評価する。', 'C', 1],
  ['大きく 前進した。', 'B', 0],
  ['大きく\n前進した。', 'C', 1],
  ['前進した部分も、変わらない部分もある。', 'D', 0],
  ['前進した部分も、後退した部分もある。', 'D', 1],
  ['着実に取り組んでいる。', 'D', 0],
  ['前進した。', undefined, 0],
  ['', 'D', 0],
])('「%s」 beside %s raises %i', (text, grade, count) => expect(ask(text, grade)).toHaveLength(count));

test('the longest wording counts', () => {
  expect(ask('大きく前進した。', 'C')[0]?.reason).toContain('「大きく前進」（B）');
});

test('each rater is checked for itself', () => {
  const values = { rating_text: '実現した', rating: 'B', council_text: '後退した', council: 'D', board: 'A' };
  expect(runChecks(form, values).map(({ address }) => address)).toEqual(['rating', 'council']);
});
