// Choosing sheets of the list: one, a range, all; and that a range leaves what was chosen before.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chosen, extended, NOTHING, stepped, toggled, toggledAll } from '../../renderer/screens/selection.ts';

const ORDER = [...'abcdefghij'];
const ids = (chosen: Chosen) => ORDER.filter((id) => chosen.ids.has(id)).join('');
const choose = (...these: string[]) => these.reduce(toggled, NOTHING);

describe('a range', () => {
  test('reaches from the last box to this one, in the order that is shown, and grows and shrinks', () => {
    const wide = extended(choose('b'), ORDER, 'e');
    expect(ids(wide)).toBe('bcde');
    expect(ids(extended(wide, ORDER, 'c'))).toBe('bc');
    expect(ids(extended(wide, ORDER, 'a'))).toBe('ab');
    expect([...extended(choose('b'), [...'fbcae'], 'a').ids].sort().join('')).toBe('abc');
  });

  test('leaves what was chosen before, and leaves rows out where it began by leaving one out', () => {
    expect(ids(extended(choose('a', 'i', 'd'), ORDER, 'f'))).toBe('adefi');
    const all = toggledAll(NOTHING, ORDER);
    expect(ids(extended(toggled(all, 'c'), ORDER, 'e'))).toBe('abfghij');
  });

  test('begins here where nothing began, or where it began is not shown', () => {
    expect(ids(extended(NOTHING, ORDER, 'c'))).toBe('c');
    expect(ids(extended(choose('z'), ORDER, 'c'))).toBe('c');
  });

  test('by keys chooses the row that it leaves and the row that it comes to, and turns back', () => {
    const one = stepped(NOTHING, ORDER, 'c', 'd');
    expect(ids(one)).toBe('cd');
    const two = stepped(one, ORDER, 'd', 'e');
    expect(ids(two)).toBe('cde');
    const back = stepped(two, ORDER, 'e', 'd');
    expect(ids(back)).toBe('cd');
    expect(ids(stepped(stepped(back, ORDER, 'd', 'c'), ORDER, 'c', 'b'))).toBe('bc');
    // Elsewhere another range begins.
    expect(ids(stepped(two, ORDER, 'h', 'g'))).toBe('cdegh');
  });

  test('is always what was chosen before and the rows between its ends, whatever the steps', () => {
    const row = fc.constantFrom(...ORDER);
    fc.assert(
      fc.property(fc.uniqueArray(row), row, fc.array(row, { minLength: 1, maxLength: 8 }), (before, from, path) => {
        const start = toggled(choose(...before), from);
        const end = path.reduce((chosen, to) => extended(chosen, ORDER, to), start);
        const last = path.at(-1) ?? from;
        const [low, high] = [ORDER.indexOf(from), ORDER.indexOf(last)].sort((a, b) => a - b);
        const wanted = ORDER.filter((id, at) => {
          const isInside = at >= (low ?? 0) && at <= (high ?? 0);
          return isInside ? start.ids.has(from) : start.ids.has(id);
        });
        expect(ids(end)).toBe(wanted.join(''));
      }),
      { numRuns: 1_000, seed: 4 },
    );
  });
});

test('all of some are chosen, or left out where all are chosen; the others stay', () => {
  const some = toggledAll(choose('a', 'c'), [...'cde']);
  expect(ids(some)).toBe('acde');
  expect(ids(toggledAll(some, [...'cde']))).toBe('a');
});
