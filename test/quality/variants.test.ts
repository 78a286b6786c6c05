// Ways of writing one thing: what is found are places of the text itself, and only what is written in more than one way
// is told.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spellingsSchema } from '../../shared/quality/spellings.ts';
import { GENERAL, type Group, unitGroup, wordGroup } from '../../shared/quality/variants.ts';

const spellings = spellingsSchema.parse(JSON.parse(readFileSync('resources/spelling.json', 'utf8')));
const ALL: readonly Group[] = [...GENERAL, ...spellings.words.map(wordGroup), ...spellings.units.map(unitGroup)];

/** Texts of what the groups look for, with other characters between. */
const text = fc
  .array(
    fc.constantFrom(
      ...'0９aＢｶカー○〇◯－―-〜～（)・･年度令和元平成R3２０令二四',
      '2021年度',
      '令和3年度',
      '2021年度（令和3年度）',
      'R3年度',
      ...spellings.words.flat(),
      ...spellings.units.flat(),
      '30㎡',
      '𠮷',
      '葛\u{e0100}',
      '\n',
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

test('every hit is a place of the text, in its order, none over another of the same group', () => {
  fc.assert(
    fc.property(text, (drawn) => {
      for (const group of ALL) {
        let last = 0;
        for (const { start, end, way } of group.find(drawn)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(drawn.length);
          expect(way).not.toBe('');
          last = end;
        }
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('a listed word is found as itself wherever it stands alone, and longer spellings before shorter ones', () => {
  for (const list of spellings.words) {
    for (const word of list) {
      expect(
        wordGroup(list)
          .find(`の${word}を`)
          .map(({ way }) => way),
      ).toEqual([word]);
    }
  }
});

test('a unit is found behind a number only, and its letters not as the beginning of a word', () => {
  for (const list of spellings.units) {
    for (const unit of list) {
      expect(
        unitGroup(list)
          .find(`12${unit}の`)
          .map(({ way }) => way),
      ).toEqual([unit]);
      expect(unitGroup(list).find(`の${unit}`)).toEqual([]);
    }
  }
  expect(unitGroup(['km', 'キロ']).find('5キログラム、5キロワット')).toEqual([]);
  expect(unitGroup(['km', 'キロ']).find('5キロの道')).toHaveLength(1);
  expect(
    unitGroup(['t', 'トン'])
      .find('8th、3 tと４トン')
      .map(({ way }) => way),
  ).toEqual(['t', 'トン']);
});

test('no spelling stands in two lists of the table', () => {
  for (const lists of [spellings.words, spellings.units]) {
    const all = lists.flat();
    expect(new Set(all).size).toBe(all.length);
  }
});

describe('ways that every town has', () => {
  const waysIn = (title: string, words: string) =>
    GENERAL.find((group) => group.title === title)
      ?.find(words)
      .map(({ way }) => way.replace(/（.*/, ''));

  test.each([
    ['丸印', '○と〇と◯、二〇二四年', ['○', '〇', '◯']],
    ['数字の全角と半角', '12と３４', ['半角の数字', '全角の数字']],
    ['カタカナの全角と半角', 'ｵﾝﾗｲﾝとオンライン、ー', ['半角のカタカナ', '全角のカタカナ']],
    [
      '年度の書き方',
      '2021年度（令和3年度）、令和４年度、平成三十年、R3年度、2022年度',
      ['西暦と和暦の併記', '和暦', '和暦', '和暦の略', '西暦'],
    ],
    ['年度の書き方', 'AR3、SDGs、第2020号', []],
    ['横線', '－―—–‐−-', ['－', '―', '—', '–', '‐', '−', '-']],
  ])('%s in 「%s」', (title, words, ways) => {
    expect(waysIn(title, words)).toEqual(ways);
  });
});
