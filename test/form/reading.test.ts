// Reading typed values: one table of what each of them must mean.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../shared/form/cell.ts';
import { type Reading, readCell, showValue } from '../../shared/form/reading.ts';
import { decimalPattern, TEXT_LIMIT } from '../../shared/form/validate.ts';
import { code, flag, number, text } from './sample.ts';
import { ask, BLANK, type Expected, is, typedNumbers } from './typed.ts';

const kpi = number();
const money = number({ decimals: 0, unit: '千円' });
const labour = number({ decimals: 4, commas: 'ask' });
const percent = number({ decimals: 1, unit: '%', states: [] });
const grade = code(
  ['A', '実現した'],
  ['B', '(策定時と比較して)大きく前進した'],
  ['C', '(策定時と比較して)前進した'],
  ['D', '変わらない又は維持した'],
  ['E', '後退した'],
);
const result = code(['up', '成果は向上した'], ['same', '成果は変わらなかった'], ['down', '成果は低下した']);

const table: Record<string, [cell: Cell, rows: [raw: string, expected: Expected][]]> = {
  'a number with thousands marks': [kpi, typedNumbers],
  'an amount in 千円': [
    money,
    [
      ['60,564', is('60564')],
      ['60,564千円', is('60564')],
      ['60,564 千円', is('60564')],
      ['６０，５６４千円', is('60564')],
      ['▲60,564千円', is('-60564')],
      ['60,564千円（見込）', is('60564', 'expected')],
      ['60,564,000円', ask('60564', '60564000')],
      ['60564000円', ask('60564', '60564000')],
      ['￥60,564,000', ask('60564', '60564000')],
      ['60,564,500円', ask('60565', '60564500')],
      ['6万円', ask('60', '6')],
      ['1.2億円', ask('120000')],
      ['60.564', ask('61', '60564')],
      ['60.500', ask('61', '60500')],
      ['60.000', ask('60', '60000')],
      ['▲1.000千円', ask('-1', '-1000')],
      ['1234.000', is('1234')],
      ['60.5', ask('61')],
      ['60.4', ask('60')],
      ['-60.5', ask('-61')],
      ['5.00', is('5')],
      ['2,2948', ask('22948')],
      ['60,564人', ask('60564')],
      ['６０，５６４ 千円', is('60564')],
      ['60564 千円', is('60564')],
      ['▲ 60,564 千円', is('-60564')],
      ['-60,564千円', is('-60564')],
      ['△６０，５６４千円', is('-60564')],
      ['約60,564千円', ask('60564')],
      ['60,564千円（未確定）', ask('未確定', '60564')],
      ['千円', ask()],
      ['0千円', is('0')],
      ['0円', ask('0')],
      ['６０，５６４，０００円', ask('60564', '60564000')],
      ['▲60,564,000円', ask('-60564', '-60564000')],
      ['¥1,000', ask('1', '1000')],
      ['￥1,000円', ask('1', '1000')],
      ['1,000万円', ask('10000', '1000')],
      ['100万円', ask('1000', '100')],
      ['１００百万円', ask('100000', '100')],
      ['1億円', ask('100000', '1')],
      ['499円', ask('0', '499')],
      ['500円', ask('1', '500')],
      ['1.5千円', ask('2')],
      ['1,234.5', ask('1235')],
      ['1E+06', ask()],
      ['60.564千円', ask('61', '60564')],
      ['60,564$', ask('60564')],
      ['60,564 (千円)', ask('60564')],
      ['予算内', ask()],
    ],
  ],
  'a number whose comma may be a slip': [
    labour,
    [
      ['2.2948', is('2.2948')],
      ['２．２９４８', is('2.2948')],
      ['2', is('2')],
      ['0.25', is('0.25')],
      ['2,2948', ask('2.2948', '22948')],
      ['２，２９４８', ask('2.2948', '22948')],
      ['1,2091', ask('1.2091', '12091')],
      ['1,234', ask('1.234', '1234')],
      ['1,5', ask('1.5', '15')],
      ['▲1,5', ask('-1.5', '-15')],
      ['1,234,567', ask('1234567')],
      ['2.29485', ask('2.2949')],
      ['2.2948（見込）', is('2.2948', 'expected')],
      ['２，２９４８人', ask()],
      ['2.2948人', ask('2.2948')],
      ['0,25', ask('0.25')],
      ['０，２５', ask('0.25')],
      ['1,20', ask('1.20', '120')],
      ['12,3456', ask('12.3456', '123456')],
      ['1.8025', is('1.8025')],
      ['2.0150', is('2.0150')],
      ['1.20人工', ask('1.20')],
      ['3名', ask('3')],
      ['1/2', ask()],
      ['0.5人×2', ask()],
    ],
  ],
  'a share in % without states': [
    percent,
    [
      ['95.0%', is('95.0')],
      ['95.0％', is('95.0')],
      ['９５．５　％', is('95.5')],
      ['-', ask('', '0')],
      ['該当なし', ask()],
      ['未定', ask()],
      ['12(見込)', ask('12')],
      ['95.05', ask('95.1')],
    ],
  ],
  'a grade': [
    grade,
    [
      ['', BLANK],
      ['　', BLANK],
      ['D', is('D')],
      ['d', is('D')],
      ['Ｄ', is('D')],
      [' D ', is('D')],
      ['○D', is('D')],
      ['D○', is('D')],
      ['◯ Ｄ', is('D')],
      ['実現した', is('A')],
      ['実 現 した', is('A')],
      ['前進した', is('C')],
      ['(策定時と比較して)前進した', is('C')],
      ['（策定時と比較して）大きく前進した', is('B')],
      ['大きく前進した', is('B')],
      ['D: 変わらない又は維持した', is('D')],
      ['D：変わらない又は維持した', is('D')],
      ['D 変わらない又は維持した', is('D')],
      ['C: 前進した', is('C')],
      ['☑ 後退した', is('E')],
      ['○', ask('A', 'B', 'C', 'D', 'E')],
      ['CD', ask('A', 'B', 'C', 'D', 'E')],
      ['F', ask('A', 'B', 'C', 'D', 'E')],
      ['変わらない', ask('A', 'B', 'C', 'D', 'E')],
      ['-', ask('A', 'B', 'C', 'D', 'E')],
      ['D\u0007', ask('D')],
    ],
  ],
  'a choice with codes for the program': [
    result,
    [
      ['up', is('up')],
      ['UP', is('up')],
      ['成果は向上した', is('up')],
      ['☑ 成果は向上した', is('up')],
      ['☑成果は 変わらなかった', is('same')],
      ['向上', ask('up', 'same', 'down')],
      ['☑ 成果は向上した ☑ 成果は低下した', ask('up', 'same', 'down')],
    ],
  ],
  'a mark': [
    flag,
    [
      ['○', is(true)],
      ['〇', is(true)],
      ['◯', is(true)],
      ['☑', is(true)],
      ['レ', is(true)],
      ['✓', is(true)],
      ['1', is(true)],
      ['１', is(true)],
      ['true', is(true)],
      ['TRUE', is(true)],
      ['はい', is(true)],
      ['', BLANK],
      ['×', BLANK],
      ['□', BLANK],
      ['☐', BLANK],
      ['FALSE', BLANK],
      ['△', ask('○', '')],
      ['-', ask('○', '')],
      ['いいえ', ask('○', '')],
    ],
  ],
  'a text': [
    text,
    [
      ['', BLANK],
      ['\r\n\r\n', BLANK],
      ['芽', is('芽')],
      ['一\r\n二', is('一\n二')],
      ['一\r二', is('一\n二')],
      ['\n\n一\n\n二\n　\n', is('一\n\n二')],
      ['  字下げ ', is('  字下げ ')],
      ['①は㎥、⑴は㏊', is('①は㎥、⑴は㏊')],
      ['ｶﾅ　ＡＢ', is('ｶﾅ　ＡＢ')],
      ['葛󠄀と𠮷', is('葛󠄀と𠮷')],
      ['<b>太字</b> &amp;', is('<b>太字</b> &amp;')],
      ['タブ\tあり', is('タブ\tあり')],
      ['-', is('-')],
      ['甲\u0000乙', ask('甲乙')],
      ['甲\u000b乙', ask('甲乙')],
      ['甲\u0085乙', ask('甲乙')],
      ['甲\u202e乙', ask('甲乙')],
      ['甲\ud83d乙😀', ask('甲乙😀')],
      ['\u0007', ask('')],
      ['あ'.repeat(TEXT_LIMIT), is('あ'.repeat(TEXT_LIMIT))],
      ['あ'.repeat(TEXT_LIMIT + 1), ask()],
    ],
  ],
};

const rows = Object.entries(table).flatMap(([what, [cell, list]]) =>
  list.map(([raw, expected]) => ({ what, cell, raw, expected, shown: JSON.stringify(raw).slice(0, 40) })),
);

function summary(reading: Reading): Expected {
  if (reading.kind === 'blank') return BLANK;
  if (reading.kind === 'value') return is(reading.value, reading.state);
  return ask(...reading.candidates.map(({ value }) => value));
}

describe('a typed value', () => {
  test.each(rows)('in $what: $shown', ({ cell, raw, expected }) => {
    expect(summary(readCell(cell, raw))).toEqual(expected);
  });

  test('has at least 300 examples', () => expect(rows.length).toBeGreaterThanOrEqual(300));

  test.each(rows.filter(({ expected }) => expected !== BLANK && 'candidates' in expected))(
    'that is asked about ($shown) says why and offers only what reads without a question',
    ({ cell, raw }) => {
      const reading = readCell(cell, raw);
      if (reading.kind !== 'asked') throw new Error('not asked');
      expect(reading.reason).toMatch(/。$/);
      for (const candidate of reading.candidates) {
        expect(candidate.label).not.toBe('');
        expect(readCell(cell, candidate.value).kind).not.toBe('asked');
      }
    },
  );

  test('that is asked about keeps its raw text, with characters that nobody may sign written out', () => {
    expect(readCell(labour, '2,2948')).toMatchObject({ raw: '2,2948' });
    expect(readCell(text, '甲\u202e乙\ud800')).toMatchObject({ raw: '甲〔U+202E〕乙〔U+D800〕' });
    expect(readCell(text, 'あ'.repeat(TEXT_LIMIT * 2))).toMatchObject({ raw: 'あ'.repeat(TEXT_LIMIT) });
  });

  test('of any kind is read without failing, and what is read may be stored', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(...'0123456789.,，．-－―‐–ー▲△ 　()（）%％円千万億約見込該当なし①²'.split('')),
      }),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom<Cell>(kpi, money, labour, percent, grade, flag, text), (raw, cell) => {
        const reading = readCell(cell, raw);
        if (reading.kind === 'asked') {
          for (const { value } of reading.candidates) expect(readCell(cell, value).kind).not.toBe('asked');
        } else if (reading.kind === 'value' && cell.type === 'decimal' && reading.value !== null) {
          expect(reading.value).toMatch(decimalPattern(cell.decimals));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('reads back from what is shown', () => {
    const decimals = fc.tuple(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.integer({ min: 0, max: 99 }));
    const states = fc.constantFrom(undefined, 'expected', 'actual');
    fc.assert(
      fc.property(decimals, states, ([whole, fraction], state) => {
        const first = readCell(kpi, `${whole}.${String(fraction).padStart(2, '0')}`);
        if (first.kind !== 'value' || typeof first.value !== 'string') throw new Error('not read');
        const values = { x: first.value, ...(state === undefined ? {} : { x__state: state }) };
        expect(summary(readCell(kpi, showValue(kpi, values)))).toEqual(is(first.value, state));
      }),
    );
  });
});

describe('what is shown', () => {
  test.each([
    [kpi, { x: '19313' }, '19,313'],
    [kpi, { x: '-1234.5' }, '▲1,234.5'],
    [kpi, { x: '12000', x__state: 'expected' }, '12,000（見込）'],
    [kpi, { x__state: 'pending' }, '未確定'],
    [kpi, {}, ''],
    [grade, { x: 'D' }, 'D：変わらない又は維持した'],
    [result, { x: 'up' }, '成果は向上した'],
    [flag, { x: true }, '○'],
    [flag, {}, ''],
    [text, { x: '一\n二' }, '一\n二'],
  ])('is for people (%#)', (cell, values, shown) => {
    expect(showValue(cell, values as Record<string, string | boolean>)).toBe(shown);
  });
});
