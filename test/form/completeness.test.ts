// What is missing before a sheet can be handed in: its laws on random forms, and the rules one by one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell, Values } from '../../shared/form/cell.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { layOut, readDefinition, roleOf } from '../../shared/form/form.ts';
import { form, valuesOf } from '../arbitrary.ts';
import { type FieldSource, sourceWith } from './small.ts';

const RUNS = { numRuns: 400, seed: 31 };
const sheet = form.chain((form) => fc.record({ form: fc.constant(form), values: valuesOf(form) }));
const roles = ['office', 'department'] as const;
const addresses = (cells: readonly Cell[]) => cells.map((cell) => cell.address);
const small = (...fields: FieldSource[]) => layOut(readDefinition(sourceWith(fields), '小'), 2022);

/** Some answer to a cell. */
function answer(cell: Cell): Values {
  if (cell.type === 'flag') return { [cell.address]: true };
  if (cell.type === 'code') return { [cell.address]: cell.options[0]?.code ?? '' };
  return { [cell.address]: '1' };
}

describe('laws', () => {
  test('F35 the blank sheet misses exactly what is always required, and one cell of each row that needs one', () => {
    fc.assert(
      fc.property(form, (form) => {
        for (const role of roles) {
          const own = form.cells.filter((cell) => roleOf(form, cell) === role);
          const firsts = own.filter(
            (cell, at) =>
              cell.required === 'one' && own.findIndex((c) => c.required === 'one' && c.row === cell.row) === at,
          );
          const wanted = own.filter((cell) => cell.required === 'always' || firsts.includes(cell));
          const { missing, asked, filled, required } = completeness(form, {}, role);
          expect(addresses(missing)).toEqual(addresses(wanted));
          expect({ asked, filled, required }).toEqual({ asked: [], filled: 0, required: wanted.length });
        }
      }),
      RUNS,
    );
  });

  test('filled and missing make up what is required; missing and asked are in reading order and of one side', () => {
    fc.assert(
      fc.property(sheet, ({ form, values }) => {
        for (const role of roles) {
          const { missing, asked, filled, required } = completeness(form, values, role);
          expect(filled + missing.length).toBe(required);
          for (const cells of [missing, asked]) {
            expect(cells).toEqual(form.cells.filter((cell) => cells.includes(cell)));
            for (const cell of cells) expect(roleOf(form, cell)).toBe(role);
          }
          for (const cell of missing) expect(values[cell.address]).toBeUndefined();
        }
      }),
      RUNS,
    );
  });

  test('F36 filling a missing cell settles it and never makes another one missing, except in its own row', () => {
    fc.assert(
      fc.property(sheet, fc.nat(), ({ form, values }, which) => {
        for (const role of roles) {
          const before = completeness(form, values, role);
          const cell = before.missing[which % Math.max(1, before.missing.length)];
          if (!cell) continue;
          const after = completeness(form, { ...values, ...answer(cell) }, role);
          expect(addresses(after.missing)).not.toContain(cell.address);
          const added = after.missing.filter((one) => !before.missing.includes(one));
          for (const one of added) expect([one.required, one.row]).toEqual(['row', cell.row]);
        }
      }),
      RUNS,
    );
  });

  test('what the other side fills changes nothing here', () => {
    fc.assert(
      fc.property(sheet, fc.nat(), ({ form, values }, which) => {
        for (const role of roles) {
          const others = form.cells.filter((cell) => roleOf(form, cell) !== role);
          const cell = others[which % Math.max(1, others.length)];
          if (!cell || (cell.type === 'decimal' && cell.formula)) continue;
          expect(completeness(form, { ...values, ...answer(cell) }, role)).toEqual(completeness(form, values, role));
        }
      }),
      RUNS,
    );
  });

  test('answering all that is missing, again and again, comes to an end with nothing missing', () => {
    fc.assert(
      fc.property(sheet, ({ form, values }) => {
        let filled: Values = values;
        for (let round = 0; round < 3; round += 1) {
          const { missing } = completeness(form, filled, 'department');
          filled = Object.assign({}, filled, ...missing.map(answer));
        }
        expect(completeness(form, filled, 'department').missing).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('rules', () => {
  const table: FieldSource = {
    kind: 'table',
    key: 'kpi',
    label: '指標',
    columns: [
      { key: 'name', label: '名', content: { kind: 'text' } },
      { key: 'a', label: '計' },
    ],
    rows: [
      {
        key: 'r1',
        label: '①',
        required: 'row',
        slot: 'first',
        content: { kind: 'number', states: ['expected', 'none'] },
      },
      { key: 'r1b', label: '①実績', required: 'row', slot: 'first', without: ['name'], content: { kind: 'number' } },
      { key: 'r2', label: '②', required: 'row', content: { kind: 'number' } },
    ],
  };
  const missing = (values: Values, ...fields: FieldSource[]) =>
    addresses(completeness(small(...fields), values, 'department').missing);

  test('F36 an empty slot counts nowhere; one cell of it asks for the others of the slot and of no other', () => {
    expect(completeness(small(table), {}, 'department')).toMatchObject({ missing: [], required: 0 });
    expect(missing({ kpi__r1__name: '人口' }, table)).toEqual(['kpi__r1__a', 'kpi__r1b__a']);
    expect(missing({ kpi__r1b__a: '3' }, table)).toEqual(['kpi__r1__name', 'kpi__r1__a']);
    expect(missing({ kpi__r2__a: '3' }, table)).toEqual(['kpi__r2__name']);
  });

  test('F36 what was typed and not yet read uses the row, and is asked about', () => {
    const values = { kpi__r2__a__raw: '約3' };
    expect(missing(values, table)).toEqual(['kpi__r2__name', 'kpi__r2__a']);
    expect(addresses(completeness(small(table), values, 'department').asked)).toEqual(['kpi__r2__a']);
    const read = completeness(small(table), { ...values, kpi__r2__a: '3' }, 'department');
    expect([addresses(read.missing), addresses(read.asked)]).toEqual([['kpi__r2__name'], []]);
  });

  test('F38 該当なし is an answer, 見込 alone is none', () => {
    const values = { kpi__r1__name: '人口', kpi__r1b__a: '1' };
    expect(missing({ ...values, kpi__r1__a__state: 'none' }, table)).toEqual([]);
    expect(missing({ ...values, kpi__r1__a__state: 'expected' }, table)).toEqual(['kpi__r1__a']);
    expect(missing({ ...values, kpi__r1__a: '0' }, table)).toEqual([]);
  });

  test('F35 one mark is enough for a multichoice; it counts as one', () => {
    const field: FieldSource = { kind: 'multichoice', key: 'm', label: '方法', scale: 'grade', required: true };
    expect(completeness(small(field), {}, 'department')).toMatchObject({ required: 1, filled: 0 });
    expect(missing({}, field)).toEqual(['m__a']);
    expect(missing({ m__b: true }, field)).toEqual([]);
    expect(missing({}, { ...field, required: false })).toEqual([]);
  });

  test('F35 of a list the first row', () => {
    const field: FieldSource = { kind: 'list', key: 'l', label: '事業', rows: 3, required: true };
    expect(missing({}, field)).toEqual(['l__r1']);
    expect(missing({ l__r2: '甲' }, field)).toEqual(['l__r1']);
    expect(missing({ l__r1: '甲' }, field)).toEqual([]);
  });

  test('F35 F36 half a pair of a matrix is no answer', () => {
    const axis = { label: 'コスト', scale: 'grade' };
    const field: FieldSource = {
      kind: 'matrix',
      key: 'm',
      label: '方向',
      row: { ...axis, label: '成果' },
      column: axis,
    };
    expect(missing({}, field)).toEqual([]);
    expect(missing({ m__column: 'A' }, field)).toEqual(['m__row']);
    expect(missing({}, { ...field, required: true })).toEqual(['m__row', 'm__column']);
    expect(missing({ m__column: 'A', m__row: 'A' }, field)).toEqual([]);
  });

  test('F27 a computed cell is never asked for', () => {
    const fields: FieldSource[] = [
      { kind: 'number', key: 'n', label: '数' },
      { kind: 'computed', key: 'c', label: '計', sum: ['n'], required: true },
    ];
    expect(missing({}, ...fields)).toEqual([]);
  });
});
