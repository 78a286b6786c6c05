// Fixed decimals as strings, so that "2.2948" is the same everywhere and for ever. Arithmetic is big.js: small, kept,
// exact for the four operations used here.
import Big from 'big.js';

/** The sum of decimals, written with at most `decimals` places and no trailing zeros. */
export function addDecimals(parts: readonly string[], decimals: number): string {
  return plain(
    parts.reduce((sum, part) => sum.plus(part), new Big(0)),
    decimals,
  );
}

/** Minuend − subtrahend, with at most `decimals` places. */
export const subtractDecimals = (minuend: string, subtrahend: string, decimals: number): string =>
  plain(new Big(minuend).minus(subtrahend), decimals);

/** The exact product. */
export const multiplyDecimals = (a: string, b: string): string => new Big(a).times(b).toFixed();

/** Dividend ÷ divisor, rounded half up to `decimals` places; undefined where the divisor is zero. */
export const divideDecimals = (dividend: string, divisor: string, decimals: number): string | undefined =>
  new Big(divisor).eq(0) ? undefined : plain(divided(dividend, divisor), decimals);

/** The value without its sign. */
export const absoluteDecimal = (value: string): string => value.replace(/^-/, '');

/** −1, 0 or 1. */
export const compareDecimals = (a: string, b: string): -1 | 0 | 1 => new Big(a).cmp(b);

/**
 * `value` as it was written, its decimals included (95.0 stays 95.0: a table of 98.6, 94.3 and 95.0 says how exactly
 * was measured), but without leading zeros and without a sign on zero.
 */
export function writtenDecimal(value: string): string {
  const [, minus = '', whole = '', fraction] = /^(-?)0*(\d*)(\.\d+)?$/.exec(value) ?? [];
  const text = `${whole || '0'}${fraction ?? ''}`;
  return /[1-9]/.test(text) ? `${minus}${text}` : text;
}

/** `value` without leading or trailing zeros and without a sign on zero ("-0.50" -> "-0.5"). */
export const plainDecimal = (value: string): string => plain(new Big(value), 20);

/** For people: thousands separated, ▲ for a minus ("-1234.5" -> "▲1,234.5"). */
export function showDecimal(value: string): string {
  const [whole = '', fraction] = value.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value.startsWith('-') ? '▲' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

// big.js cuts quotients at 20 places: enough for any rounding that is asked for here.
const divided = (dividend: string, divisor: string): Big => new Big(dividend).div(divisor);

// toFixed writes no sign before zero.
const plain = (value: Big, decimals: number): string => value.round(decimals, 1).toFixed();
