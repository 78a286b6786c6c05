// What a text says against what is marked: wordings that overlap, and wordings that are denied.
import { describe, expect, test } from 'vitest';
import type { Values } from '../../shared/form/cell.ts';
import { runChecks } from '../../shared/form/checks.ts';
import { readCell } from '../../shared/form/reading.ts';
import { measureForm } from './sample.ts';

const form = measureForm();
const asked = (values: Values, check: string) => runChecks(form, values).filter((question) => question.check === check);
const ask = (text: string, grade?: string) =>
  asked({ board_text: text, ...(grade === undefined ? {} : { board: grade }) }, 'words_board');

describe('F51 words against the grade', () => {
  test('words that say another step than the circle are asked about, with both to choose from', () => {
    const [question, ...others] = ask('担当課評価と同様に、前進したと評価する。', 'D');
    expect(others).toEqual([]);
    expect(question).toEqual({
      check: 'words_board',
      address: 'board',
      label: '経営戦略会議 進捗結果',
      raw: 'D',
      reason: '文章は「前進した」（C）、○は D です。どちらが正しいか確かめてください。',
      candidates: [
        { label: 'C：(総合戦略策定時と比較して)前進した', value: 'C' },
        { label: 'D：(総合戦略策定時と比較して)変わらない又は維持した', value: 'D' },
      ],
      answer: null,
    });
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
    ['前進したとは言えない。', 'D', 0],
    ['前進したとまでは言えません。', 'D', 0],
    ['前進したとは、まだ言い難い。', 'D', 0],
    ['「前進した」とは言えず、課題が残る。', 'D', 0],
    ['大きく前進していない。', 'D', 0],
    ['大きく前進したとは言えないが、前進した。', 'D', 1],
    ['大きく前進したとは言えないが、前進した。', 'C', 0],
    ['後退したわけではない。', 'D', 0],
    ['実現したとは考えていない。', 'D', 0],
    ['前進したと言わざるを得ない。', 'D', 1],
    ['前進したと考える。課題は少なくない。', 'D', 1],
    ['前進したと評価するが、まだ十分ではない。', 'D', 1],
  ])('「%s」 beside %s raises %i', (text, grade, count) => expect(ask(text, grade)).toHaveLength(count));

  test('the longest wording counts', () => {
    expect(ask('大きく前進した。', 'C')[0]?.reason).toContain('「大きく前進」（B）');
  });

  test('each rater is checked for itself', () => {
    const values = { rating_text: '実現した', rating: 'B', council_text: '後退した', council: 'D', board: 'A' };
    expect(runChecks(form, values).map(({ address }) => address)).toEqual(['rating', 'council']);
  });
});
