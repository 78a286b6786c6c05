// Decimals stay what was typed, and sums are exact.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  plainDecimal,
  showDecimal,
  subtractDecimals,
  writtenDecimal,
} from '../../shared/kernel/decimal.ts';
import { decimal } from '../arbitrary.ts';

/** The oracle: integers of 10⁻⁸. */
function scaled(value: string): bigint {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(8, '0'));
  return value.startsWith('-') ? -units : units;
}

const RUNS = { numRuns: 2_000, seed: 4 };

describe('decimals', () => {
  test('sums and differences are exact', () => {
    fc.assert(
      fc.property(fc.array(decimal(8), { minLength: 1, maxLength: 5 }), decimal(8), (parts, other) => {
        const sum = addDecimals(parts, 8);
        expect(scaled(sum)).toBe(parts.reduce((total, part) => total + scaled(part), 0n));
        expect(scaled(subtractDecimals(sum, other, 8))).toBe(scaled(sum) - scaled(other));
        expect(addDecimals([...parts].reverse(), 8)).toBe(sum);
      }),
      RUNS,
    );
  });

  test('as written: the same number, its decimals kept, no leading zero, no sign on zero', () => {
    expect(['95.0', '-0.50', '007.10', '-0.00', '.5', '0'].map(writtenDecimal)).toEqual([
      '95.0',
      '-0.50',
      '7.10',
      '0.00',
      '0.5',
      '0',
    ]);
    fc.assert(
      fc.property(decimal(8), fc.nat(3), (value, zeros) => {
        const padded = value.includes('.') ? `${value}${'0'.repeat(zeros)}` : value;
        expect(writtenDecimal(padded)).toBe(padded);
        expect(compareDecimals(writtenDecimal(padded), value)).toBe(0);
      }),
      RUNS,
    );
  });

  test('order is that of numbers', () => {
    fc.assert(
      fc.property(decimal(8), decimal(8), (a, b) => {
        const difference = scaled(a) - scaled(b);
        expect(compareDecimals(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
      RUNS,
    );
  });

  test('plain: one spelling for equal numbers, the same number', () => {
    fc.assert(
      fc.property(decimal(8), (value) => {
        const plain = plainDecimal(value);
        expect(scaled(plain)).toBe(scaled(value));
        expect(plainDecimal(plain)).toBe(plain);
        expect(plain).toMatch(/^(?!-0$)-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      }),
      RUNS,
    );
    expect(['-0.50', '007.0', '-0.00', '1e3'].map(plainDecimal)).toEqual(['-0.5', '7', '0', '1000']);
  });

  test('no float in between: 0.1 + 0.2, and four decimals', () => {
    expect(addDecimals(['0.1', '0.2'], 8)).toBe('0.3');
    expect(addDecimals(['2.2948', '1.2091'], 4)).toBe('3.5039');
    expect(addDecimals(['999999999999999999', '1'], 0)).toBe('1000000000000000000');
    expect(addDecimals([], 2)).toBe('0');
  });

  test('F34 rounds half away from zero', () => {
    expect(['0.5', '-0.5', '0.4', '-0.4', '1.45'].map((value) => addDecimals([value], 0))).toEqual([
      '1',
      '-1',
      '0',
      '0',
      '1',
    ]);
    expect(addDecimals(['2.2948'], 3)).toBe('2.295');
  });

  test('for people: thousands apart, ▲ for minus, decimals as they stand', () => {
    expect(['0', '999', '1000', '-1234567.50', '0.1234', '-0.5', '123456'].map(showDecimal)).toEqual([
      '0',
      '999',
      '1,000',
      '▲1,234,567.50',
      '0.1234',
      '▲0.5',
      '123,456',
    ]);
    fc.assert(
      fc.property(decimal(8), (value) => {
        expect(showDecimal(value).replaceAll(',', '').replace('▲', '-')).toBe(value);
      }),
      RUNS,
    );
  });
});
