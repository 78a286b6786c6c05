// Fiscal years as people type them: one table of what each must mean, and the laws behind it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecimalCell } from '../../shared/form/cell.ts';
import { runChecks } from '../../shared/form/checks.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { type Reading, readCell, showValue } from '../../shared/form/reading.ts';
import { findFaults } from '../../shared/form/validate.ts';
import { bothYears, ERAS, eraYear } from '../../shared/kernel/fiscal.ts';
import { number } from './sample.ts';
import { findingsOf, sourceWith } from './small.ts';
import { ask, BLANK, type Expected, is } from './typed.ts';

const year: DecimalCell = number({ decimals: 0, states: ['expected', 'pending', 'none'], isYear: true });
const bare: DecimalCell = { ...year, states: [] };

const rows: [raw: string, expected: Expected][] = [
  ['', BLANK],
  ['　', BLANK],
  ['令和６年度', is('2024')],
  ['令和6年度', is('2024')],
  ['令和6年', is('2024')],
  ['令和6', is('2024')],
  ['令和 6 年度', is('2024')],
  ['令和　６　年度', is('2024')],
  ['令和06年度', is('2024')],
  ['令和六年度', is('2024')],
  ['令和十年度', is('2028')],
  ['平成三十年度', is('2018')],
  ['平成二十一年', is('2009')],
  ['昭和五十', is('1975')],
  ['令6', is('2024')],
  ['㋿6年度', is('2024')],
  ['㍻30', is('2018')],
  ['R6', is('2024')],
  ['r6', is('2024')],
  ['Ｒ６', is('2024')],
  ['R06', is('2024')],
  ['R.6', is('2024')],
  ['R6年度', is('2024')],
  ['R元', is('2019')],
  ['R1', is('2019')],
  ['令和元年度', is('2019')],
  ['令和1年度', is('2019')],
  ['平成31年度', is('2019')],
  ['平成31', is('2019')],
  ['H31', is('2019')],
  ['H30', is('2018')],
  ['H30年度', is('2018')],
  ['h30', is('2018')],
  ['平成元年度', is('1989')],
  ['昭和63年度', is('1988')],
  ['S63', is('1988')],
  ['S60', is('1985')],
  ['昭和元年度', is('1926')],
  ['大正15', is('1926')],
  ['T2', is('1913')],
  ['明治45年度', is('1912')],
  ['2024', is('2024')],
  ['２０２４', is('2024')],
  ['2024年', is('2024')],
  ['2024年度', is('2024')],
  ['2024 年度', is('2024')],
  ['西暦2024年', is('2024')],
  ['FY2024', is('2024')],
  ['2024FY', is('2024')],
  ['2024年度（令和6年度）', is('2024')],
  ['令和6年度(2024年度)', is('2024')],
  ['平成18(2006)', is('2006')],
  ['2019年度（平成31年度）', is('2019')],
  ['2024年度（見込）', is('2024', 'expected')],
  ['R8見込', is('2026', 'expected')],
  ['2024年度（令和6年度）（見込）', is('2024', 'expected')],
  ['令和六年度（見込）', is('2024', 'expected')],
  ['未確定', is(null, 'pending')],
  ['該当なし', is(null, 'none')],
  // Never was.
  ['平成32', ask('2020')],
  ['平成32年度', ask('2020')],
  ['H35', ask('2023')],
  ['平成32(2020)', ask('2020')],
  ['昭和64年度', ask('1988', '1989')],
  ['昭和65', ask('1990')],
  ['令和0年度', ask()],
  ['大正16', ask('1927')],
  ['明治1', ask()],
  ['1899', ask()],
  ['3000', ask()],
  ['0006', ask()],
  // Several may be meant.
  ['18', ask('2036', '2006', '1943', '2018')],
  ['１８', ask('2036', '2006', '1943', '2018')],
  ['18年度', ask('2036', '2006', '1943', '2018')],
  ["'18", ask('2036', '2006', '1943', '2018')],
  ['FY24', ask('2042', '2012', '1949', '2024')],
  ['6', ask('2024', '1994', '1931', '2006')],
  ['40', ask('2058', '1965', '2040')],
  ['元年度', ask('2019', '1989', '1926')],
  ['0', ask('2000')],
  ['2024（令和5）', ask('2024', '2023')],
  ['令和6〜8年度', ask('2024')],
  ['令和6年度～令和8年度', ask('2024', '2026')],
  ['R6-R8', ask('2024', '2026')],
  ['平成20年度以前', ask('2008')],
  ['概ね平成20年', ask('2008')],
  ['2024年度末', ask('2024')],
  ['2,024', ask('2024')],
  ['2024.0', ask('2024')],
  // A day: its fiscal year first.
  ['令和6年4月1日', ask('2024')],
  ['令和6年3月', ask('2023', '2024')],
  ['2024/3/31', ask('2023', '2024')],
  ['2024-04-01', ask('2024')],
  ['R6.1.10', ask('2023', '2024')],
  ['2024/13/1', ask('2024')],
  // No year.
  ['-', ask('', '該当なし')],
  ['なし', ask('', '該当なし')],
  ['継続', ask('', '該当なし')],
  ['未定', ask('未確定', '')],
  ['不明', ask('未確定', '')],
  ['2024年度（未確定）', ask('未確定', '2024')],
  ['令和', ask()],
  ['令和六六年度', ask()],
  ['X6', ask()],
  ['⑥', ask()],
  ['令和⑥年度', ask()],
  ['123', ask()],
  ['20240', ask()],
  ['検討中', ask()],
];

function summary(reading: Reading): Expected {
  if (reading.kind === 'blank') return BLANK;
  if (reading.kind === 'value') return is(reading.value, reading.state);
  return ask(...reading.candidates.map(({ value }) => value));
}

describe('F61–F62 a typed year', () => {
  test.each(rows)('%j', (raw, expected) => {
    const reading = readCell(year, raw);
    expect(summary(reading)).toEqual(expected);
    if (reading.kind !== 'asked') return;
    expect(reading.reason).toMatch(/。$/);
    expect(reading.raw).toBe(raw);
    for (const { label, value } of reading.candidates) {
      if (/^\d/.test(value)) expect(label).toBe(bothYears(Number(value)));
      expect(readCell(year, value).kind).not.toBe('asked');
    }
  });

  test('F61 says why a year is asked about', () => {
    const reasonOf = (raw: string) => {
      const reading = readCell(year, raw);
      return reading.kind === 'asked' ? reading.reason : '';
    };
    expect(reasonOf('平成32年度')).toBe('平成は31年度までで、平成32年度という年度はありません。');
    expect(reasonOf('18')).toBe('「18」だけでは、どの元号の年度なのか、西暦の下2桁なのか分かりません。');
    expect(reasonOf('2024（令和5）')).toBe('かっこの前と中で、年度が違います。');
  });

  test('where no state may stand, words in place of a year offer a blank alone', () => {
    for (const raw of ['未定', '-', 'なし']) expect(summary(readCell(bare, raw))).toEqual(ask(''));
    expect(summary(readCell(bare, '未確定'))).toEqual(ask());
  });

  const spelling = fc.record({
    year: fc.integer({ min: 1900, max: 2117 }),
    name: fc.constantFrom<(era: (typeof ERAS)[number]) => string>(
      ({ name }) => name,
      ({ name }) => name.slice(0, 1),
      ({ letter }) => letter,
      ({ letter }) => letter.toLowerCase(),
    ),
    count: fc.constantFrom<(n: number) => string>(
      (n) => (n === 1 ? '元' : String(n)),
      String,
      (n) => String(n).padStart(2, '0'),
      (n) => String(n).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
    ),
    tail: fc.constantFrom('', '年', '年度', ' 年度'),
  });

  test('F61 every year is read from every spelling of its era', () => {
    fc.assert(
      fc.property(spelling, ({ year: wanted, name, count, tail }) => {
        const eras = ERAS.filter(({ zero, last }) => wanted > zero && wanted - zero <= (last ?? 99));
        for (const era of eras) {
          const typed = `${name(era)}${count(wanted - era.zero)}${tail}`;
          expect(readCell(year, typed), typed).toEqual({ kind: 'value', value: String(wanted) });
        }
        expect(readCell(year, eraYear(wanted))).toEqual({ kind: 'value', value: String(wanted) });
      }),
      { numRuns: 2_000, seed: 71 },
    );
  });

  test('F63 what is shown reads back as what is stored', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2999 }), fc.constantFrom(undefined, 'expected'), (wanted, state) => {
        const values = { x: String(wanted), ...(state ? { x__state: state } : {}) };
        const reading = readCell(year, showValue(year, values));
        // Beyond 令和99 the era has three digits, which nobody types and nothing reads.
        if (wanted <= 2117) expect(summary(reading)).toEqual(is(String(wanted), state));
        else expect(summary(reading)).toEqual(ask(state ? `${wanted}(見込)` : String(wanted)));
      }),
    );
  });

  test('words of a form in which the cell was a text are shown as they are', () => {
    expect(showValue(year, { x: '平成20年度ごろ' })).toBe('平成20年度ごろ');
  });

  test('any text is read without failing, and what is read may be stored', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789元令和平成昭RHS年度月日()（）-/.一二三十見込未確定') }),
    );
    const form = small({ kind: 'year', key: 'y', label: '年度', states: ['expected', 'pending', 'none'] });
    const cell = form.byAddress.get('y');
    if (!cell) throw new Error('no cell');
    fc.assert(
      fc.property(typed, (raw) => {
        const reading = readCell(cell, raw);
        if (reading.kind === 'asked') {
          for (const { value } of reading.candidates) expect(readCell(cell, value).kind).not.toBe('asked');
          expect(findFaults(form, { y__raw: reading.raw })).toEqual([]);
        } else if (reading.kind === 'value' && reading.value !== null) {
          const state = reading.state === undefined ? {} : { y__state: reading.state };
          expect(findFaults(form, { y: reading.value, ...state })).toEqual([]);
        }
      }),
      { numRuns: 3_000, seed: 72 },
    );
  });
});

describe('F60 the kind', () => {
  test('is a labelled cell, and a content of a table', () => {
    const form = small(
      { kind: 'year', key: 'start', label: '開始年度', states: ['pending'] },
      {
        kind: 'table',
        key: 't',
        label: '工事',
        columns: [{ key: 'done', label: '完了年度', content: { kind: 'year' } }],
        rows: [{ key: 'a', label: '本館' }],
      },
    );
    expect(form.byAddress.get('start')).toMatchObject({ type: 'decimal', isYear: true, states: ['pending'] });
    expect(form.byAddress.get('t__a__done')).toMatchObject({ type: 'decimal', isYear: true, states: [] });
    expect(showValue(form.byAddress.get('t__a__done') as DecimalCell, { t__a__done: '2019' })).toBe(
      '2019年度（令和元年度）',
    );
  });

  test('F63 holds a western year from 1900 to 2999 and nothing else', () => {
    const form = small({ kind: 'year', key: 'y', label: '年度' });
    for (const value of ['1900', '2024', '2999']) expect(findFaults(form, { y: value })).toEqual([]);
    for (const value of ['1899', '3000', '24', '2024.0', '-2024', '02024', '令和6年度', true])
      expect(findFaults(form, { y: value }), String(value)).toEqual(['年度：年度ではない']);
    expect(findFaults(form, { y__state: 'pending' })).toHaveLength(1);
  });

  const field = { kind: 'year', key: 'y', label: '年度' };
  test.each<[string, unknown, RegExp]>([
    ['a sum', sourceWith([field, { kind: 'computed', key: 'c', label: '計', sum: ['y'] }]), /数の欄/],
    [
      'a check of sums',
      sourceWith([field, { kind: 'number', key: 'n', label: '数' }], {
        checks: [{ key: 'c', rule: 'sum-differs', total: 'n', parts: ['y'] }],
      }),
      /数の欄/,
    ],
    ['a state that no year has', sourceWith([{ ...field, states: ['actual'] }]), /states/],
  ])('F64 a year is no part of %s', (_, source, finding) => {
    expect(findingsOf(source).join('\n')).toMatch(finding);
  });

  test('F64 a jump between years is none', () => {
    const form = small(
      {
        kind: 'table',
        key: 't',
        label: '表',
        columns: [{ key: 'a_{year}', label: '{year}', years: { from: { evaluation: -1 }, to: { evaluation: 0 } } }],
        rows: [
          { key: 'y', label: '年度', content: { kind: 'year' } },
          { key: 'n', label: '数', content: { kind: 'number' } },
        ],
      },
      [{ key: 'c', rule: 'jump', table: 't', limit: '1' }],
    );
    const values = { t__y__a_2021: '1950', t__y__a_2022: '2024', t__n__a_2021: '1950', t__n__a_2022: '2024' };
    expect(runChecks(form, values).map(({ address }) => address)).toEqual(['t__n__a_2022']);
  });

  test('F64 years are compared in expressions, and named in their messages', () => {
    const form = small({ kind: 'year', key: 'from', label: '開始' }, { kind: 'year', key: 'to', label: '終了' }, [
      { key: 'c', rule: 'expression', at: 'to', ask: 'to < from', message: '終わり[to]が始まり[from]より前です。' },
    ]);
    expect(runChecks(form, { from: '2020', to: '2020' })).toEqual([]);
    expect(runChecks(form, { from: '2020', to: '2018' }).map(({ reason }) => reason)).toEqual([
      '終わり2018年度（平成30年度）が始まり2020年度（令和2年度）より前です。',
    ]);
  });
});

/** The small form with these fields; a list among them is its checks. */
function small(...parts: (object | object[])[]) {
  const fields = parts.filter((part) => !Array.isArray(part));
  const checks = parts.filter((part) => Array.isArray(part)).flat();
  return layOut(readDefinition(sourceWith(fields, { checks }), '小'), 2022);
}
