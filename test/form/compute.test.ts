// Sums follow from what is filled, exactly, and are withheld where they would mislead.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecimalCell, Values } from '../../shared/form/cell.ts';
import { computeCell, withComputed } from '../../shared/form/compute.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import { findFaults } from '../../shared/form/validate.ts';
import { form, valuesOf } from '../arbitrary.ts';
import { type FieldSource, sourceWith } from './small.ts';

const sheet = form.chain((form) => fc.record({ form: fc.constant(form), values: valuesOf(form) }));
const computedOf = (form: Form) =>
  form.cells.filter((cell): cell is DecimalCell => cell.type === 'decimal' && cell.formula !== undefined);

/** The oracle: integers of 10⁻⁸, part by part, without rounding; undefined for nothing, null for not yet known. */
function sumOf(form: Form, values: Values, address: string): bigint | undefined | null {
  const cell = form.byAddress.get(address);
  const value = values[address];
  if (cell?.type === 'decimal' && cell.formula) {
    const parts = cell.formula.sum.map((part) => sumOf(form, values, part));
    const known = parts.filter((part) => typeof part === 'bigint');
    if (parts.includes(null)) return null;
    return known.length === 0
      ? undefined
      : rounded(
          known.reduce((a, b) => a + b, 0n),
          cell.decimals,
        );
  }
  if (typeof value === 'string') {
    const [whole = '', fraction = ''] = value.replace('-', '').split('.');
    const units = BigInt(whole + fraction.padEnd(8, '0'));
    return value.startsWith('-') ? -units : units;
  }
  const state = values[`${address}__state`];
  if (state === 'none') return undefined;
  return state === 'pending' || state === 'unratable' || `${address}__raw` in values ? null : undefined;
}

function rounded(units: bigint, decimals: number): bigint {
  const step = 10n ** BigInt(8 - decimals);
  const size = units < 0n ? -units : units;
  const near = ((size + step / 2n) / step) * step;
  return units < 0n ? -near : near;
}

const spelled = (units: bigint): string => {
  const size = (units < 0n ? -units : units).toString().padStart(9, '0');
  const text = `${size.slice(0, -8)}.${size.slice(-8)}`.replace(/\.?0+$/, '');
  return units < 0n ? `-${text}` : text;
};

test('F34 every computed cell is the exact sum of its parts, or withheld', () => {
  fc.assert(
    fc.property(sheet, ({ form, values }) => {
      const all = withComputed(form, values);
      const cells = computedOf(form);
      for (const cell of cells) {
        const sum = sumOf(form, values, cell.address);
        const wanted = typeof sum === 'bigint' ? spelled(sum) : undefined;
        expect(computeCell(form, cell, values)).toBe(wanted);
        expect(all[cell.address]).toBe(wanted);
      }
      const stored = Object.fromEntries(
        Object.entries(all).filter(([at]) => !cells.some((cell) => cell.address === at)),
      );
      expect(stored).toEqual(values);
      if (Object.keys(all).length > Object.keys(values).length) expect(findFaults(form, all)).not.toEqual([]);
    }),
    { numRuns: 500, seed: 41 },
  );
});

describe('F34', () => {
  const numbers = ['a', 'b'].map(
    (key): FieldSource => ({ kind: 'number', key, label: key, decimals: 1, states: ['pending', 'none', 'unratable'] }),
  );
  const fields: FieldSource[] = [
    ...numbers,
    { kind: 'computed', key: 'sum', label: '計', sum: ['a', 'b'], decimals: 1 },
    { kind: 'computed', key: 'total', label: '総計', sum: ['sum', 'a'], decimals: 0 },
  ];
  const form = layOut(readDefinition(sourceWith(fields), '小'), 2022);
  const sums = (values: Values) => {
    const all = withComputed(form, values);
    return [all.sum, all.total];
  };

  test('blank and 該当なし add nothing, 0 is a number', () => {
    expect(sums({})).toEqual([undefined, undefined]);
    expect(sums({ a: '0' })).toEqual(['0', '0']);
    expect(sums({ a: '1.5' })).toEqual(['1.5', '3']);
    expect(sums({ a: '1.5', b__state: 'none' })).toEqual(['1.5', '3']);
    expect(sums({ b__state: 'none' })).toEqual([undefined, undefined]);
  });

  test('未確定, 評価不能 and what is still asked about withhold the sum and all that rests on it', () => {
    for (const unknown of [{ b__state: 'pending' }, { b__state: 'unratable' }, { b__raw: '2,2948' }]) {
      expect(sums({ a: '1.5', ...unknown })).toEqual([undefined, undefined]);
    }
    expect(sums({ a: '1.5', b: '2', b__raw: '2,0' })).toEqual(['3.5', '5']);
  });

  test('minus, and rounding away from zero', () => {
    expect(sums({ a: '-1.5', b: '-1' })).toEqual(['-2.5', '-4']);
    expect(sums({ a: '0.3', b: '-0.1' })).toEqual(['0.2', '1']);
    expect(sums({ a: '0.5', b: '-0.5' })).toEqual(['0', '1']);
  });

  test('sums that share parts over and over are followed once', () => {
    const chain = Array.from({ length: 60 }, (_, at): FieldSource => {
      const sum = at === 0 ? ['a', 'b'] : [`c${at - 1}`, at === 1 ? 'a' : `c${at - 2}`];
      return { kind: 'computed', key: `c${at}`, label: `計${at}`, sum };
    });
    const long = layOut(readDefinition(sourceWith([...numbers, ...chain]), '小'), 2022);
    // Followed anew each time, this would take millions of millions of steps and end the test by its bound.
    expect(withComputed(long, { a: '1' }).c59).toBe('2504730781961');
  });
});

test('the project sheet: funds add up to 事業費計, with 人件費 to 総コスト, two years to one sum', () => {
  const source: unknown = JSON.parse(readFileSync('resources/forms/jimujigyo-zaigen.form.json', 'utf8'));
  const form = layOut(readDefinition(source, 'jimujigyo-zaigen'), 2025);
  const all = withComputed(form, {
    zaigen__kokko__mikomi_2024: '1200',
    zaigen__kenshi__mikomi_2024: '600',
    zaigen__chihosai__mikomi_2024__state: 'none',
    zaigen__ippan__mikomi_2024: '2345',
    zaigen__ninku__mikomi_2024: '0.125',
    zaigen__jinkenhi__mikomi_2024: '980',
    zaigen__ippan__yosan_2025: '4000',
    zaigen__jinkenhi__yosan_2025: '1000',
    zaigen__ippan__keikaku_2026__state: 'pending',
  });
  expect(all.zaigen__jigyohi__mikomi_2024).toBe('4145');
  expect(all.zaigen__sokosuto__mikomi_2024).toBe('5125');
  expect(all.zaigen__sokosuto__yosan_2025).toBe('5000');
  expect(all.ninen_kosuto).toBe('10125');
  expect(all.zaigen__jigyohi__keikaku_2026).toBeUndefined();
  expect(all.zaigen__jigyohi__kessan_2023).toBeUndefined();
});
