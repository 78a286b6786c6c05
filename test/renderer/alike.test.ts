// Answers that say the same again keep their objects: the ground on which a save redraws one cell and not the sheet.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepAlike } from '../../renderer/host/alike.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

test('says what was said last, whatever stood before', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
      expect(keepAlike(before, next)).toEqual(next);
    }),
  );
});

test('is the same object when the same is said again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const before = copy(value);
      expect(keepAlike(before, copy(value))).toBe(before);
    }),
  );
});

test('keeps each part that says the same, beside one that does not', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), (values, at) => {
      const before = copy(values);
      const place = at % values.length;
      const next = keepAlike(before, copy(values).with(place, { new: 'ever' }));
      for (const [index, part] of next.entries()) if (index !== place) expect(part).toBe(before[index]);
      expect(next[place]).toEqual({ new: 'ever' });
    }),
  );
});

test('neither takes a list for a record, nor keeps what is gone', () => {
  expect(keepAlike({ 0: 'a' }, ['a'])).toEqual(['a']);
  expect(keepAlike(['a', 'b'], ['a'])).toEqual(['a']);
  expect(keepAlike({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
});
