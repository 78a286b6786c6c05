// Cells with their companions, patches, and the mergers' tools; and a random form through the merge of whole sheets.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatch, type Values } from '../../shared/form/cell.ts';
import { mergeRulesOf } from '../../shared/form/form.ts';
import {
  changedAddresses,
  contentAt,
  contentEntries,
  filledAddresses,
  sameContent,
  withCellsFrom,
} from '../../shared/form/merge.ts';
import { findFaults } from '../../shared/form/validate.ts';
import { mergeRevisions } from '../../shared/revision/ancestry.ts';
import { form, patchOf, valuesOf } from '../arbitrary.ts';

const RUNS = { numRuns: 300, seed: 53 };
const sheets = form.chain((form) =>
  fc.record({
    form: fc.constant(form),
    a: valuesOf(form),
    b: valuesOf(form),
    base: valuesOf(form),
    patch: patchOf(form),
  }),
);

describe('cells with their companions', () => {
  test('F40 taken apart into contents and put together again a sheet is itself', () => {
    fc.assert(
      fc.property(sheets, ({ a }) => {
        const entries = filledAddresses(a).flatMap((address) => contentEntries(address, contentAt(a, address)));
        expect(Object.fromEntries(entries)).toEqual(a);
        expect(entries).toHaveLength(Object.keys(a).length);
      }),
      RUNS,
    );
  });

  test('F40 changed cells are those whose value, state or raw text differs; without them the sheets are equal', () => {
    fc.assert(
      fc.property(sheets, ({ a, b }) => {
        const changed = changedAddresses(a, b);
        expect(changedAddresses(b, a)).toEqual(changed);
        expect(changed).toEqual([...changed].sort());
        for (const address of filledAddresses(a, b)) {
          expect(changed.includes(address)).toBe(!sameContent(contentAt(a, address), contentAt(b, address)));
        }
        expect(withCellsFrom(a, b, changed)).toEqual(b);
        expect(withCellsFrom(a, b, [])).toEqual(a);
      }),
      RUNS,
    );
  });

  test('cells taken from another sheet come whole, and nothing else comes', () => {
    fc.assert(
      fc.property(sheets, fc.infiniteStream(fc.boolean()), ({ a, b }, chance) => {
        const taken = filledAddresses(a, b).filter(() => chance.next().value);
        const mixed = withCellsFrom(a, b, taken);
        for (const address of filledAddresses(a, b)) {
          expect(contentAt(mixed, address)).toEqual(contentAt(taken.includes(address) ? b : a, address));
        }
      }),
      RUNS,
    );
  });

  test('a patch sets what it names, blanks what it nulls and leaves the rest; twice is once', () => {
    fc.assert(
      fc.property(sheets, ({ a, patch }) => {
        const before = { ...a };
        const once = applyPatch(a, patch);
        expect(a).toEqual(before);
        for (const address of new Set([...Object.keys(a), ...Object.keys(patch)])) {
          const wanted = address in patch ? (patch[address] ?? undefined) : a[address];
          expect(once[address]).toBe(wanted);
          expect(address in once).toBe(wanted !== undefined);
        }
        expect(applyPatch(once, patch)).toEqual(once);
      }),
      RUNS,
    );
  });
});

describe('sheets of a random form', () => {
  const history = (base: Values, a: Values, b: Values) =>
    new Map([
      ['base', { parents: [], values: base }],
      ['left', { parents: ['base'], values: a }],
      ['right', { parents: ['base'], values: b }],
    ]);

  test('F33 F39 merging two valid sheets gives a valid sheet, conflicts or not', () => {
    fc.assert(
      fc.property(sheets, ({ form, a, b, base }) => {
        const merged = mergeRevisions(history(base, a, b), ['left', 'right'], mergeRulesOf(form));
        expect(findFaults(form, merged.values)).toEqual([]);
      }),
      { ...RUNS, numRuns: 400 },
    );
  });

  test('edits of different cells never meet: both are in the result', () => {
    fc.assert(
      fc.property(sheets, fc.infiniteStream(fc.boolean()), ({ a, b, base }, chance) => {
        const cells = filledAddresses(a, b, base);
        const lefts = new Set(cells.filter(() => chance.next().value));
        const left = withCellsFrom(base, a, lefts);
        const right = withCellsFrom(
          base,
          b,
          cells.filter((address) => !lefts.has(address)),
        );
        const merged = mergeRevisions(history(base, left, right), ['left', 'right']);
        expect(merged.conflicts).toEqual([]);
        expect(merged.values).toEqual(withCellsFrom(right, left, lefts));
      }),
      { ...RUNS, numRuns: 1_000 },
    );
  });
});
