// Laws of history: heads, ancestors, and the merge that must not depend on what came first.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell, Values } from '../../shared/form/cell.ts';
import {
  ancestorsOf,
  type History,
  headsAmong,
  headsOf,
  type Merged,
  mergeRevisions,
  nearestCommonAncestors,
} from '../../shared/revision/ancestry.ts';
import { type Drawn, historyOf } from '../histories.ts';

const RUNS = { numRuns: 1_500, seed: 20_221_108 };
const common = { short: '', writer: 'department', public: true, required: 'never' } as const;
const number = { type: 'decimal', decimals: 1, commas: 'thousands', states: ['expected', 'pending', 'none'] } as const;
const CELLS: readonly Cell[] = [
  { ...common, address: 'words', label: '文', type: 'text', lines: 1 },
  { ...common, address: 'kpi__r1__a', label: '数', ...number },
  { ...common, address: 'kpi__r1__b', label: '数2', ...number },
  { ...common, address: 'mark', label: '印', type: 'flag' },
];
const graph = historyOf(CELLS, { most: 9 });
const rooted = historyOf(CELLS, { most: 9, roots: 1 });

/** The oracle's own reading of a cell: the value and its companions as one text. */
const contentOf = (values: Values | undefined, address: string): string =>
  JSON.stringify([values?.[address], values?.[`${address}__state`], values?.[`${address}__raw`]].map((v) => v ?? null));
const valuesAt = (history: History, id: string | undefined): Values => history.get(id ?? '')?.values ?? {};
const conflictAt = (merged: Merged, address: string) => merged.conflicts.find((c) => c.address === address);
const spelled = (content: { value: unknown; state: unknown; raw: unknown }): string =>
  JSON.stringify([content.value, content.state, content.raw]);

/** Ancestors by the definition: whoever can be reached, found by growing until nothing is added. */
function reached(history: History, id: string): Set<string> {
  let found = new Set([id]);
  for (;;) {
    const next = new Set([...found, ...[...found].flatMap((one) => history.get(one)?.parents ?? [])]);
    if (next.size === found.size) return next;
    found = next;
  }
}

/** Three-way merge written anew: undefined where both sides changed to different contents. */
function threeWay(base: Values, a: Values, b: Values, address: string): string | undefined {
  const [start, left, right] = [base, a, b].map((values) => contentOf(values, address));
  if (left === right) return left;
  if (left === start) return right;
  return right === start ? left : undefined;
}

/** Some content of the cell was brought in by two revisions that did not have it from a parent. */
function bringsBack(history: History, address: string): boolean {
  const brought = [...history.values()]
    .filter((one) =>
      one.parents.every((id) => contentOf(valuesAt(history, id), address) !== contentOf(one.values, address)),
    )
    .map((one) => contentOf(one.values, address));
  return new Set(brought).size < brought.length;
}

const node = (parents: string[], values: Values) => ({ parents, values });
const historyFrom = (nodes: Record<string, { parents: string[]; values: Values }>): History =>
  new Map(Object.entries(nodes));

describe('graph', () => {
  test('ancestors and heads are what can and cannot be reached', () => {
    fc.assert(
      fc.property(graph, ({ history, ids }) => {
        for (const id of ids) expect(ancestorsOf(history, id)).toEqual(reached(history, id));
        const isHead = (id: string) => !ids.some((other) => other !== id && reached(history, other).has(id));
        expect(headsOf(history)).toEqual(ids.filter(isHead).sort());
        expect(headsAmong(history, ids)).toEqual(headsOf(history));
      }),
      RUNS,
    );
  });

  test('nearest common ancestors: common to all, and nothing common follows from them', () => {
    fc.assert(
      fc.property(graph, fc.infiniteStream(fc.nat()), ({ history, ids }, chance) => {
        const chosen = [...chance.take(3)].map((n) => ids[n % ids.length] ?? '');
        const shared = ids.filter((id) => chosen.every((one) => reached(history, one).has(id)));
        const nearest = shared.filter((id) => !shared.some((other) => other !== id && reached(history, other).has(id)));
        expect(nearestCommonAncestors(history, chosen)).toEqual(nearest.sort());
      }),
      RUNS,
    );
  });

  test('parents that are not there are passed over', () => {
    const history = historyFrom({ a: node(['gone'], {}) });
    expect([...ancestorsOf(history, 'a')]).toEqual(['a']);
    expect(ancestorsOf(history, 'gone').size).toBe(0);
    expect(nearestCommonAncestors(history, [])).toEqual([]);
  });
});

describe('merge laws', () => {
  test('the same revisions in any order of arrival give the same heads, values and conflicts', () => {
    fc.assert(
      fc.property(graph, fc.infiniteStream(fc.nat()), ({ history, ids }, chance) => {
        const order = ids.map((id) => ({ id, at: chance.next().value ?? 0 })).sort((x, y) => x.at - y.at);
        const other = new Map(order.map(({ id }) => [id, history.get(id) ?? node([], {})]));
        const heads = headsOf(history);
        expect(headsOf(other)).toEqual(heads);
        const merged = mergeRevisions(history, heads);
        expect(mergeRevisions(other, [...heads].reverse())).toEqual(merged);
        expect(
          mergeRevisions(
            other,
            order.map(({ id }) => id),
          ),
        ).toEqual(merged);
      }),
      RUNS,
    );
  });

  test('one revision merged with itself or with its ancestors is itself', () => {
    fc.assert(
      fc.property(graph, ({ history, ids }) => {
        for (const id of ids) {
          const own = { values: valuesAt(history, id), conflicts: [] };
          expect(mergeRevisions(history, [id, id])).toEqual(own);
          expect(mergeRevisions(history, [...ancestorsOf(history, id)])).toEqual(own);
        }
      }),
      RUNS,
    );
  });

  test('an ancestor adds nothing to any merge', () => {
    fc.assert(
      fc.property(graph, ({ history, ids }) => {
        const heads = headsOf(history);
        const merged = mergeRevisions(history, heads);
        for (const id of ids) expect(mergeRevisions(history, [id, ...heads])).toEqual(merged);
      }),
      RUNS,
    );
  });

  test('two heads with one nearest common ancestor: plain three-way merge, and conflicts show the base', () => {
    let compared = 0;
    fc.assert(
      fc.property(rooted, ({ history, ids }) => {
        for (const a of ids) {
          for (const b of ids) {
            const [base, ...more] = nearestCommonAncestors(history, [a, b]);
            if (headsAmong(history, [a, b]).length < 2 || base === undefined || more.length > 0) continue;
            compared += 1;
            const merged = mergeRevisions(history, [a, b]);
            for (const { address } of CELLS) {
              const [start, left, right] = [base, a, b].map((id) => valuesAt(history, id));
              const wanted = threeWay(start ?? {}, left ?? {}, right ?? {}, address);
              const conflict = conflictAt(merged, address);
              expect(conflict === undefined).toBe(wanted !== undefined);
              expect(contentOf(merged.values, address)).toBe(wanted ?? contentOf(start, address));
              if (conflict) expect(spelled(conflict.base)).toBe(contentOf(start, address));
            }
          }
        }
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(5_000);
  });

  test('no content of any head is lost: it is in the result, in a conflict, or what its ancestors already held', () => {
    fc.assert(
      fc.property(graph, ({ history }) => {
        const heads = headsOf(history);
        const merged = mergeRevisions(history, heads);
        for (const { address } of CELLS) {
          const conflict = conflictAt(merged, address);
          for (const head of heads) {
            const own = contentOf(valuesAt(history, head), address);
            if (conflict) {
              const side = conflict.sides.find((one) => one.revision === head);
              expect(side && spelled(side.content)).toBe(own);
            } else if (own !== contentOf(merged.values, address)) {
              const before = [...reached(history, head)].filter((id) => id !== head);
              const held = before.map((id) => contentOf(valuesAt(history, id), address));
              expect([...held, contentOf({}, address)]).toContain(own);
            }
          }
        }
      }),
      RUNS,
    );
  });

  test('nothing is made up: what the result shows stood in a head or in what all heads started from', () => {
    fc.assert(
      fc.property(graph, ({ history }) => {
        const heads = headsOf(history);
        const merged = mergeRevisions(history, heads);
        const sources = [...heads, ...nearestCommonAncestors(history, heads)].map((id) => valuesAt(history, id));
        for (const { address } of CELLS) {
          const held = [...sources, {}].map((values) => contentOf(values, address));
          expect(held).toContain(contentOf(merged.values, address));
        }
      }),
      RUNS,
    );
  });

  test('a cell that all heads hold alike never conflicts', () => {
    fc.assert(
      fc.property(graph, ({ history }) => {
        const heads = headsOf(history);
        const merged = mergeRevisions(history, heads);
        for (const { address } of CELLS) {
          const [first, ...others] = heads.map((id) => contentOf(valuesAt(history, id), address));
          if (others.some((other) => other !== first)) continue;
          expect(conflictAt(merged, address)).toBeUndefined();
          expect(contentOf(merged.values, address)).toBe(first);
        }
      }),
      RUNS,
    );
  });

  // Where somebody goes back to an older content, pairwise merges may end differently: the reason why heads are merged
  // all at once, as a function of the set.
  test('cells to which nobody brought an old content back: merging two heads first changes nothing', () => {
    let compared = 0;
    fc.assert(
      fc.property(historyOf(CELLS, { most: 7, roots: 1, merges: false }), ({ history }: Drawn) => {
        const heads = headsOf(history);
        const [a, b] = heads;
        if (heads.length < 3 || a === undefined || b === undefined) return;
        const merged = mergeRevisions(history, heads);
        const pair = mergeRevisions(history, [a, b]);
        const longer = new Map([...history, ['pair', node([a, b], pair.values)] as const]);
        const stepwise = mergeRevisions(longer, headsOf(longer));
        for (const { address } of CELLS) {
          if (conflictAt(merged, address) || conflictAt(pair, address) || bringsBack(history, address)) continue;
          compared += 1;
          expect(conflictAt(stepwise, address)).toBeUndefined();
          expect(contentOf(stepwise.values, address)).toBe(contentOf(merged.values, address));
        }
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  test('a merge that a person has finished ends the conflict for everybody', () => {
    fc.assert(
      fc.property(graph, ({ history }) => {
        const [a, b] = headsOf(history);
        if (a === undefined || b === undefined) return;
        const chosen = { ...mergeRevisions(history, [a, b]).values, words: '決めた' };
        const longer = new Map([...history, ['done', node([a, b], chosen)] as const]);
        expect(mergeRevisions(longer, ['done', a, b])).toEqual({ values: chosen, conflicts: [] });
      }),
      RUNS,
    );
  });
});

describe('merge cases', () => {
  const blank = { value: null, state: null, raw: null };

  test('sheets without a common ancestor: what only one holds stands, what differs conflicts over a blank base', () => {
    const history = historyFrom({ a: node([], { x: '1', y: '同' }), b: node([], { x: '2', y: '同', z: 'b' }) });
    expect(mergeRevisions(history, ['b', 'a'])).toEqual({
      values: { y: '同', z: 'b' },
      conflicts: [
        {
          address: 'x',
          base: blank,
          sides: [
            { revision: 'a', content: { ...blank, value: '1' } },
            { revision: 'b', content: { ...blank, value: '2' } },
          ],
        },
      ],
    });
  });

  test('criss-cross: ancestors that disagree make a person choose, ancestors that agree do not', () => {
    const history = historyFrom({
      root: node([], { x: '0', y: '0' }),
      a: node(['root'], { x: '1', y: '1' }),
      b: node(['root'], { x: '2', y: '1' }),
      c: node(['a', 'b'], { x: '1', y: '1' }),
      d: node(['a', 'b'], { x: '2', y: '3' }),
    });
    expect(nearestCommonAncestors(history, ['c', 'd'])).toEqual(['a', 'b']);
    const merged = mergeRevisions(history, ['c', 'd']);
    expect(merged.values).toEqual({ y: '3' });
    expect(merged.conflicts.map((conflict) => conflict.address)).toEqual(['x']);
  });

  test('deleting on one side wins over leaving alone, and conflicts with changing', () => {
    const start = { left: 'a', changed: 'a' };
    const history = historyFrom({
      root: node([], start),
      a: node(['root'], {}),
      b: node(['root'], { left: 'a', changed: 'b' }),
    });
    const merged = mergeRevisions(history, ['a', 'b']);
    expect(merged.values).toEqual({ changed: 'a' });
    expect(merged.conflicts.map((conflict) => conflict.address)).toEqual(['changed']);
  });

  test('F40 a number and its state change as one: two sides never mix', () => {
    const history = historyFrom({
      root: node([], { n: '1' }),
      a: node(['root'], { n: '2' }),
      b: node(['root'], { n: '1', n__state: 'expected' }),
    });
    const merged = mergeRevisions(history, ['a', 'b']);
    expect(merged.values).toEqual({ n: '1' });
    expect(merged.conflicts.map((conflict) => conflict.address)).toEqual(['n']);
  });

  test('F33 cells that belong together are taken from one side or conflict together', () => {
    const history = historyFrom({
      root: node([], { row: 'keep', column: 'same', other: '1' }),
      a: node(['root'], { row: 'expand', column: 'same', other: '1' }),
      b: node(['root'], { row: 'keep', column: 'none', other: '2' }),
      c: node(['root'], { row: 'keep', column: 'same', other: '1' }),
    });
    const together = [['row', 'column']];
    expect(mergeRevisions(history, ['a', 'b']).values).toEqual({ row: 'expand', column: 'none', other: '2' });
    const merged = mergeRevisions(history, ['a', 'b'], { together, isNumber: () => false });
    expect(merged.values).toEqual({ row: 'keep', column: 'same', other: '2' });
    expect(merged.conflicts.map((conflict) => conflict.address)).toEqual(['row', 'column']);
    expect(mergeRevisions(history, ['a', 'c'], { together, isNumber: () => false })).toEqual({
      values: { row: 'expand', column: 'same', other: '1' },
      conflicts: [],
    });
  });

  test('a content that comes and goes in a ring of three heads is asked about, not guessed', () => {
    const history = historyFrom({
      r1: node([], { x: 'a' }),
      r2: node([], { x: 'b' }),
      r3: node([], { x: 'c' }),
      a: node(['r1', 'r3'], { x: 'a' }),
      b: node(['r1', 'r2'], { x: 'b' }),
      c: node(['r2', 'r3'], { x: 'c' }),
    });
    const merged = mergeRevisions(history, ['a', 'b', 'c']);
    expect(merged.conflicts.map((conflict) => conflict.address)).toEqual(['x']);
    expect(merged.conflicts[0]?.sides.map((side) => side.content.value)).toEqual(['a', 'b', 'c']);
  });
});
