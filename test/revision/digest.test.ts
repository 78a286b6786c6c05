// The code that a section head signs: the same for the same words, another for any other, and deaf to the office's cells.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPatch, isComputed, type Values } from '../../shared/form/cell.ts';
import { type Form, roleOf } from '../../shared/form/form.ts';
import { changedAddresses } from '../../shared/form/merge.ts';
import { digestText, shortDigest, signedValues } from '../../shared/revision/digest.ts';
import { form as anyForm, patchOf, valuesOf } from '../arbitrary.ts';

const FORM = 'f'.repeat(64);
const SHEET = `s${'0'.repeat(20)}`;
const drawn = anyForm.chain((form) =>
  fc.record({ form: fc.constant(form), values: valuesOf(form), patch: patchOf(form) }),
);
const isTheirs = (form: Form, address: string) => {
  const cell = form.byAddress.get(address);
  return (
    cell !== undefined &&
    !isComputed(cell) &&
    (roleOf(form, cell) === 'department' || Object.values(form.identity).includes(cell))
  );
};

test('any change of a department’s cell makes another text to hash, an office’s cell does not', () => {
  let [heard, deaf] = [0, 0];
  fc.assert(
    fc.property(drawn, ({ form, values, patch }) => {
      const after = applyPatch(values, patch);
      const theirs = changedAddresses(values, after).filter((address) => isTheirs(form, address));
      const isSame = digestText(form, FORM, SHEET, values) === digestText(form, FORM, SHEET, after);
      expect(isSame).toBe(theirs.length === 0);
      if (isSame) deaf += 1;
      else heard += 1;
    }),
    { numRuns: 600, seed: 12 },
  );
  expect(Math.min(heard, deaf)).toBeGreaterThan(40);
});

test('the order of the record is nothing; another sheet, form or year is', () => {
  fc.assert(
    fc.property(drawn, ({ form, values }) => {
      const text = digestText(form, FORM, SHEET, values);
      const turned: Values = Object.fromEntries(Object.entries(values).reverse());
      expect(digestText(form, FORM, SHEET, turned)).toBe(text);
      expect(digestText(form, FORM, `s${'1'.repeat(20)}`, values)).not.toBe(text);
      expect(digestText(form, 'e'.repeat(64), SHEET, values)).not.toBe(text);
      expect(digestText({ ...form, year: form.year + 1 }, FORM, SHEET, values)).not.toBe(text);
      expect(signedValues(form, signedValues(form, values))).toEqual(signedValues(form, values));
    }),
    { numRuns: 200, seed: 13 },
  );
});

test('the short form is the first 60 bits in letters that nobody mistakes', () => {
  expect(shortDigest('0'.repeat(64))).toBe('0000-0000-0000');
  expect(shortDigest('f'.repeat(64))).toBe('ZZZZ-ZZZZ-ZZZZ');
  expect(shortDigest(`00443214c74254b${'0'.repeat(49)}`)).toBe('0123-4567-89AB');
  fc.assert(
    fc.property(fc.string(), (words) => {
      const hash = createHash('sha256').update(words).digest('hex');
      const short = shortDigest(hash);
      expect(short).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      const values = [...short.replaceAll('-', '')].map((one) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(one));
      const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
      expect(BigInt(`0b${bits}`).toString(16).padStart(15, '0')).toBe(hash.slice(0, 15));
    }),
  );
});
