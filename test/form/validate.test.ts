// The draft validator takes exactly what may stand in a form: everything the arbitraries make, and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatch, type Cell, type Scalar, type Values } from '../../shared/form/cell.ts';
import { layOut, readDefinition, storedAddresses } from '../../shared/form/form.ts';
import { decimalPattern, findFaults, impossiblePairs, TEXT_LIMIT } from '../../shared/form/validate.ts';
import { decimal, form, patchOf, valuesOf } from '../arbitrary.ts';
import { type FieldSource, sourceWith } from './small.ts';

const RUNS = { numRuns: 300, seed: 23 };
const sheet = form.chain((form) =>
  fc.record({ form: fc.constant(form), values: valuesOf(form), patch: patchOf(form) }),
);
const small = (...fields: FieldSource[]) => layOut(readDefinition(sourceWith(fields), '小'), 2022);

/** Contents that a cell of its type can never hold. */
function wrongFor(cell: Cell): unknown[] {
  const never = [1, 0, null, '', {}, [], ['A'], Number.NaN, 'x\u0000', '\u202e反転', '\ud800'];
  if (cell.type === 'text') return [...never, true, 'a'.repeat(TEXT_LIMIT + 1), '一行目\r\n二行目'];
  if (cell.type === 'flag') return [...never, false, 'true', '○'];
  if (cell.type === 'code') return [...never, true, 'Z', ' A', 'constructor', cell.options[0]?.label];
  const fraction = `0.${'1'.repeat(cell.decimals + 1)}`;
  const dirty = [
    '01',
    '+1',
    '-0',
    '1.',
    '.5',
    '1,000',
    '１',
    '1e3',
    ' 1',
    '1 ',
    '−1',
    '▲1',
    '0x1',
    '1\n',
    '-',
    '--1',
    '該当なし',
  ];
  return [...never, true, ...dirty, fraction, '1'.repeat(19), 'Infinity'];
}

describe('findFaults', () => {
  test('F39 takes every valid sheet, and the blank one', () => {
    fc.assert(
      fc.property(sheet, ({ form, values, patch }) => {
        expect(findFaults(form, values)).toEqual([]);
        expect(findFaults(form, {})).toEqual([]);
        const patched = applyPatch(values, patch);
        if (impossiblePairs(form, patched).length === 0) expect(findFaults(form, patched)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('F41–F43 refuses the sheet as soon as one cell holds what it cannot hold, and names the cell', () => {
    fc.assert(
      fc.property(sheet, fc.nat(), fc.nat(), ({ form, values }, where, which) => {
        const cells = form.cells.filter((cell) => cell.type !== 'decimal' || !cell.formula);
        const cell = cells[where % cells.length];
        if (!cell) return;
        const wrong = wrongFor(cell);
        const [finding = ''] = findFaults(form, { ...values, [cell.address]: wrong[which % wrong.length] });
        expect(finding).toContain(cell.label);
        expect(finding).toMatch(/[ぁ-ん]/);
      }),
      RUNS,
    );
  });

  test('F40 companions stand only beside cells that may have them', () => {
    fc.assert(
      fc.property(sheet, fc.nat(), ({ form, values }, where) => {
        const cell = form.cells[where % form.cells.length];
        if (!cell) return;
        const isStored = storedAddresses(form).has(cell.address);
        const withRaw = findFaults(form, { ...values, [`${cell.address}__raw`]: '2,2948' });
        expect(withRaw.length === 0).toBe(isStored);
        for (const state of ['actual', 'expected', 'pending', 'none', 'unratable', 'done']) {
          const isBesideNumber = ['pending', 'none', 'unratable'].includes(state) && values[cell.address] !== undefined;
          const may = isStored && cell.type === 'decimal' && cell.states.includes(state) && !isBesideNumber;
          expect(findFaults(form, { ...values, [`${cell.address}__state`]: state }).length === 0).toBe(may);
        }
      }),
      RUNS,
    );
  });

  test('F65 a state that stands in place of a number is refused beside one; the others are not', () => {
    const form = small({
      kind: 'number',
      key: 'n',
      label: '値',
      states: ['actual', 'expected', 'pending', 'none', 'unratable'],
    });
    const beside = (state: string) => findFaults(form, { n: '36', n__state: state });
    expect(['actual', 'expected'].flatMap(beside)).toEqual([]);
    expect(['pending', 'none', 'unratable'].flatMap(beside)).toEqual([
      '値：「未確定」と数の両方が入っている',
      '値：「該当なし」と数の両方が入っている',
      '値：「評価不能」と数の両方が入っている',
    ]);
    for (const state of ['pending', 'none', 'unratable']) expect(findFaults(form, { n__state: state })).toEqual([]);
  });

  test('F43 unknown and computed addresses are refused, each by name', () => {
    const form = small(
      { kind: 'number', key: 'n', label: '数' },
      { kind: 'computed', key: 'c', label: '計', sum: ['n'] },
    );
    expect(findFaults(form, { c: '1' })).toEqual(['c：様式にない番地がある']);
    expect(findFaults(form, { n: '1', gone: 'x', N: '1' })).toEqual([
      'gone：様式にない番地がある',
      'N：様式にない番地がある',
    ]);
    expect(findFaults(form, JSON.parse('{"constructor":"x"}'))).toHaveLength(1);
    for (const other of [null, undefined, [], 'x', 1]) expect(findFaults(form, other)).toHaveLength(1);
  });

  test('at most 100 findings', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`gone_${at}`, 'x']));
    expect(findFaults(small(), many)).toHaveLength(100);
  });

  test('F33 an excluded pair is refused; each half of it alone may stand', () => {
    const axis = { label: 'コスト', scale: 'grade' };
    const excluded: [string, string][] = [['A', 'B']];
    const form = small({
      kind: 'matrix',
      key: 'm',
      label: '方向',
      row: { ...axis, label: '成果' },
      column: axis,
      excluded,
    });
    const pair = (row: Scalar | undefined, column: Scalar | undefined): Values => ({
      ...(row ? { m__row: row } : {}),
      ...(column ? { m__column: column } : {}),
    });
    expect(findFaults(form, pair('A', 'B'))).toEqual(['方向 成果：「コスト 悪い」とは組み合わせられない']);
    for (const [row, column] of [
      ['A', 'A'],
      ['B', 'A'],
      ['B', 'B'],
      ['A', undefined],
      [undefined, 'B'],
    ] as const) {
      expect(findFaults(form, pair(row, column))).toEqual([]);
    }
  });

  test('F19 F42 the print box is no bar; the hard limit is', () => {
    const form = small({ kind: 'text', key: 't', label: '文', max: 5 });
    expect(findFaults(form, { t: '長い文章\n\tです。'.repeat(3) })).toEqual([]);
    expect(findFaults(form, { t: 'あ'.repeat(TEXT_LIMIT) })).toEqual([]);
    expect(findFaults(form, { t: 'あ'.repeat(TEXT_LIMIT + 1) })).toHaveLength(1);
  });
});

describe('F41 decimals', () => {
  test('every number with few enough places, and the same number with one place more is refused', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 8 }).chain((places) => fc.tuple(fc.constant(places), decimal(places))),
        ([places, value]) => {
          expect(value).toMatch(decimalPattern(places));
          const [, fraction = ''] = value.split('.');
          const longer = `${value}${fraction === '' ? '.' : ''}${'0'.repeat(places - fraction.length + 1)}`;
          expect(longer).not.toMatch(decimalPattern(places));
        },
      ),
      { numRuns: 1_000, seed: 23 },
    );
  });

  test('no two spellings of zero, zeros at the end stay', () => {
    const taken = ['0', '0.0', '95.0', '-0.1', '-10', '0.10'].filter((value) => decimalPattern(2).test(value));
    expect(taken).toEqual(['0', '0.0', '95.0', '-0.1', '-10', '0.10']);
    for (const value of ['-0', '-0.0', '-0.00', '00', '-01', '0.', '1.234'])
      expect(value).not.toMatch(decimalPattern(2));
  });
});
