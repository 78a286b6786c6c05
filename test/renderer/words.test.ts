// Words in drawings: never wider than their place, never more lines than asked for, no single character left over.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, TEXT } from '../../renderer/charts/words.ts';

test('no character is left alone on the last line where the lines may share alike', () => {
  expect(linesOf('基本目標12 安心して暮らし続けられる地域をつくる', TEXT * 23, 3)).toEqual([
    '基本目標12 安心して暮ら',
    'し続けられる地域をつくる',
  ]);
});

test('what is shown is the beginning of the text, and … where something is left out', () => {
  const text = fc.string({ unit: fc.constantFrom(...'基本目標を安心して暮らA12 、（'), minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), fc.integer({ min: 1, max: 4 }), (whole, columns, most) => {
      const lines = linesOf(whole, columns * TEXT, most);
      expect(lines.length).toBeLessThanOrEqual(most);
      const told = lines.join('').replace(/…$/, '');
      expect(whole.replace(/\s+/g, ' ').startsWith(told)).toBe(true);
      if (!lines.at(-1)?.endsWith('…')) expect(told).toBe(whole.replace(/\s+/g, ' '));
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns * 2);
    }),
    { numRuns: 300, seed: 7 },
  );
});
