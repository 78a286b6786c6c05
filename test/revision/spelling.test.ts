// 95 and 95.0 in a merge: one number, whose spelling nobody is asked about and nobody makes up.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell, Values } from '../../shared/form/cell.ts';
import { type History, headsOf, mergeRevisions } from '../../shared/revision/ancestry.ts';
import { changesOf } from '../../shared/revision/changes.ts';
import { historyOf } from '../histories.ts';

const RUNS = { numRuns: 1_500, seed: 20_221_108 };
const common = { short: '', label: '', writer: 'department', public: true, required: 'never' } as const;
const number = { ...common, type: 'decimal', decimals: 2, commas: 'thousands', states: [] } as const;
const words: Cell = { ...common, address: 'words', type: 'text', lines: 1 };
const first: Cell = { ...number, address: 'kpi__r1__a' };
const second: Cell = { ...number, address: 'kpi__r1__b' };
const rules = { together: [], isNumber: (address: string) => address.startsWith('kpi') };

const node = (parents: string[], values: Values) => ({ parents, values });
const historyFrom = (nodes: Record<string, { parents: string[]; values: Values }>): History =>
  new Map(Object.entries(nodes));
const valuesAt = (history: History, id: string): Values => history.get(id)?.values ?? {};

describe('F66 spellings of one number', () => {
  const spellings = fc.constantFrom('95', '95.0', '95.00', '96', '96.0');
  const spelledHistory = historyOf([words, first, second], {
    most: 9,
    entries: (cell) => spellings.map((text) => ({ [cell.address]: text })),
  });
  const plain = (values: Values): Values =>
    Object.fromEntries(
      Object.entries(values).map(([address, value]) => [
        address,
        rules.isNumber(address) ? String(value).replace(/\.0+$/, '') : value,
      ]),
    );

  test('a merge is the merge of the numbers: it asks where those differ and nowhere else', () => {
    let agreedOn = 0;
    fc.assert(
      fc.property(spelledHistory, ({ history }) => {
        const numbers = new Map([...history].map(([id, one]) => [id, { ...one, values: plain(one.values) }] as const));
        const heads = headsOf(history);
        const merged = mergeRevisions(history, heads, rules);
        const wanted = mergeRevisions(numbers, heads);
        expect(merged.conflicts.map(({ address }) => address)).toEqual(wanted.conflicts.map(({ address }) => address));
        expect(plain(merged.values)).toEqual(wanted.values);
        agreedOn += mergeRevisions(history, heads).conflicts.length - merged.conflicts.length;
      }),
      RUNS,
    );
    expect(agreedOn).toBeGreaterThan(100);
  });

  test('whatever the order of arrival, the spelling is the same, and one that a head holds', () => {
    fc.assert(
      fc.property(spelledHistory, fc.infiniteStream(fc.nat()), ({ history, ids }, chance) => {
        const heads = headsOf(history);
        const merged = mergeRevisions(history, heads, rules);
        const order = ids.map((id) => ({ id, at: chance.next().value ?? 0 })).sort((x, y) => x.at - y.at);
        const other = new Map(order.map(({ id }) => [id, history.get(id) ?? node([], {})]));
        expect(mergeRevisions(other, [...heads].reverse(), rules)).toEqual(merged);
        for (const { address } of [first, second]) {
          if (merged.conflicts.some((conflict) => conflict.address === address)) continue;
          expect(heads.map((id) => valuesAt(history, id)[address])).toContain(merged.values[address]);
        }
      }),
      RUNS,
    );
  });

  const merge = (base: string, a: string, b: string, address = 'kpi__r1__a') =>
    mergeRevisions(
      historyFrom({
        base: node([], { [address]: base }),
        a: node(['base'], { [address]: a }),
        b: node(['base'], { [address]: b }),
      }),
      ['a', 'b'],
      rules,
    );

  test.each([
    ['90', '95', '95.0', '95.0'],
    ['90', '95.00', '95.0', '95.00'],
    ['95', '95.0', '95', '95.0'],
    ['95.0', '95', '95.0', '95'],
    ['95', '95.0', '96', '96'],
    ['95.0', '95', '96.0', '96.0'],
  ])('from %s, %s and %s make %s', (base, a, b, wanted) => {
    for (const merged of [merge(base, a, b), merge(base, b, a)]) {
      expect(merged).toEqual({ values: { kpi__r1__a: wanted }, conflicts: [] });
    }
  });

  test('other numbers, other states and words that look like numbers are asked about', () => {
    expect(merge('90', '95', '95.01').conflicts).toHaveLength(1);
    expect(merge('90', '95', '95.0', 'words').conflicts).toHaveLength(1);
    const history = historyFrom({
      base: node([], {}),
      a: node(['base'], { kpi__r1__a: '95', kpi__r1__a__state: 'expected' }),
      b: node(['base'], { kpi__r1__a: '95.0', kpi__r1__a__state: 'actual' }),
    });
    expect(mergeRevisions(history, ['a', 'b'], rules).conflicts).toHaveLength(1);
  });

  test('the spelling that a merge did not take is not lost: its number stands', () => {
    const history = historyFrom({
      base: node([], { kpi__r1__a: '90' }),
      a: node(['base'], { kpi__r1__a: '95' }),
      b: node(['base'], { kpi__r1__a: '95.0' }),
      joined: node(['a', 'b'], { kpi__r1__a: '95.0' }),
    });
    const lost = (isNumber: boolean) =>
      changesOf(history, 'kpi__r1__a', () => '', isNumber).flatMap((change) => (change.lost ? [change.id] : []));
    expect(lost(true)).toEqual([]);
    expect(lost(false)).toEqual(['a']);
  });
});
