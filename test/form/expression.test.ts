// The small language of the check `expression`: what it reads, refuses and gives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate, type Lookup, type Result, readExpression, typeOf } from '../../shared/form/checks/expression.ts';
import { addDecimals, compareDecimals } from '../../shared/kernel/decimal.ts';
import { decimal } from '../arbitrary.ts';

const cells: Record<string, Result> = {
  a: { number: '10' },
  b: { number: '2.5' },
  gone: null,
  code: { text: 'up' },
  mark: true,
};
const lookup: Lookup = {
  value: (address) => cells[address] ?? null,
  isBlank: (address) => (cells[address] ?? null) === null,
};
const type = (address: string) =>
  address === 'code' ? ('text' as const) : address === 'mark' ? ('truth' as const) : ('number' as const);
const give = (source: string) => {
  const expression = readExpression(source);
  typeOf(expression, type);
  return evaluate(expression, lookup);
};

test.each<[string, Result]>([
  ['1 + 2 * 3', { number: '7' }],
  ['(1 + 2) × 3', { number: '9' }],
  ['a ÷ b', { number: '4' }],
  ['a - b - 1', { number: '6.5' }],
  ['-a + 1', { number: '-9' }],
  ['--1', { number: '1' }],
  ['2 * -3', { number: '-6' }],
  ['abs(b − a)', { number: '7.5' }],
  ['0.1 + 0.2 = 0.3', true],
  ['a > b and not (a = 10 and b = 2)', true],
  ['a ≧ 10 or gone > 1', true],
  ['a < 10 and gone > 1', false],
  ['a > 1 and gone > 1', null],
  ['gone + 1', null],
  ['gone > 1', null],
  ['not gone > 1', null],
  ['a / 0 > 1', null],
  ['blank(gone) and filled(a)', true],
  ["code = 'up'", true],
  ["code != 'down'", true],
  ['mark', true],
  ['mark and a ≠ 3', true],
])('F59 %s', (source, wanted) => expect(give(source)).toEqual(wanted));

test.each([
  ['', /終わっている/],
  ['1 +', /終わっている/],
  ['1 2', /記号が足りない/],
  ['(1', /「\)」が足りない/],
  ['1)', /記号が足りない/],
  ['* 1', /前に値がない/],
  ['a ; b', /読めない/],
  ['Constructor', /読めない/],
  ["'open", /読めない/],
  ['blank(1)', /使い方が違う/],
  ['blank a', /「\(」が足りない/],
  ['1 < 2 < 3', /記号が足りない/],
  ['a and b', /組み合わせが合わない/],
  ["a = 'up'", /組み合わせが合わない/],
  ['code + 1', /組み合わせが合わない/],
  ['(a > 1) + 1', /組み合わせが合わない/],
  [`${'('.repeat(200)}1${')'.repeat(200)}`, /深すぎる/],
])('F59 %s is refused', (source, reason) => expect(() => give(source)).toThrow(reason));

test('F59 sums and comparisons are those of exact decimals', () => {
  const plain = (value: string) => (value.startsWith('-') ? `(${value})` : value);
  fc.assert(
    fc.property(decimal(4), decimal(4), (a, b) => {
      const sum = addDecimals([a, b], 20);
      expect(give(`${plain(a)} + ${plain(b)}`)).toEqual({ number: sum });
      expect(give(`${plain(a)} < ${plain(b)}`)).toBe(compareDecimals(a, b) < 0);
    }),
    { numRuns: 500, seed: 3 },
  );
});

test('F59 whatever is written is read or refused in words, and never runs', () => {
  const source = fc.string({
    unit: fc.constantFrom(..."ab01.+-*/()<>=!' \n", 'and ', 'not ', 'blank(', '÷'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(source, (text) => {
      try {
        give(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
        expect((error as SyntaxError).message).toMatch(/式/);
      }
    }),
    { numRuns: 3_000, seed: 3 },
  );
});
