// The machine view, by the check list of 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」 (2020-12).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value } from '../../electron/core/output/book.ts';
import {
  FIELD_HEADINGS,
  fieldRows,
  fieldsOf,
  OPTION_HEADINGS,
  optionRows,
  TIDY_HEADINGS,
  tidyRows,
  wideColumns,
  wideRow,
} from '../../electron/core/output/machine.ts';
import { isFilled, NUMBER_STATES, rawAddress, stateAddress, type Values } from '../../shared/form/cell.ts';
import { withComputed } from '../../shared/form/compute.ts';
import type { Form } from '../../shared/form/form.ts';
import { form as anyForm, valuesOf } from '../arbitrary.ts';
import { formOf } from '../form/sample.ts';

const filled = anyForm.chain((form) => fc.record({ form: fc.constant(form), values: valuesOf(form) }));
const memuro = formOf('memuro-shisaku', 2022);

const said = (value: Value | undefined): string => (!value ? '' : 'text' in value ? value.text : value.decimal);
/** The tidy rows of a sheet as records by heading. */
const recordsOf = (form: Form, values: Values, edition: 'internal' | 'public' = 'internal') =>
  tidyRows(form, values, fieldsOf(form, edition), edition).map((row) => {
    expect(row).toHaveLength(TIDY_HEADINGS.length);
    return Object.fromEntries(TIDY_HEADINGS.map((heading, at) => [heading, row[at]] as const));
  });
const recordAt = (form: Form, values: Values, address: string) =>
  recordsOf(form, values).find(({ 番地 }) => said(番地) === address);

describe('the table of one row a cell', () => {
  test('gives back every cell of a sheet: value, state, and what nobody has read', () => {
    fc.assert(
      fc.property(filled, ({ form, values }) => {
        const found: Record<string, string | boolean> = {};
        for (const { 番地, 数値, 文字, コード, 状態 } of recordsOf(form, values)) {
          const address = said(番地);
          const cell = form.byAddress.get(address);
          const state = NUMBER_STATES.find(({ label }) => label === said(状態));
          const value = said(コード) || said(数値) || said(文字);
          if (said(状態) === '要確認') found[rawAddress(address)] = said(文字);
          else if (value !== '') found[address] = cell?.type === 'flag' ? true : value;
          if (state) found[stateAddress(address)] = state.code;
        }
        // A raw text beside an answer has been read; a code that the scale lacks is told in words alone.
        const wanted = Object.fromEntries(
          Object.entries(withComputed(form, values)).filter(([address]) => {
            const own = form.byAddress.get(address.replace(/__raw$/, ''));
            return !address.endsWith('__raw') || (own && !isFilled(own, values));
          }),
        );
        expect(found).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  test('has one row a cell, none with two values, and no blank made of spaces (1-2, 1-5)', () => {
    fc.assert(
      fc.property(filled, ({ form, values }) => {
        const records = recordsOf(form, values);
        const addresses = records.map(({ 番地 }) => said(番地));
        expect(new Set(addresses).size).toBe(addresses.length);
        for (const record of records) {
          expect([record.数値, record.文字].filter((value) => value).length).toBeLessThanOrEqual(1);
          // Every row says something of its cell: a value or why there is none.
          expect(said(record.数値) + said(record.文字) + said(record.状態)).not.toBe('');
        }
      }),
      { numRuns: 100 },
    );
  });

  test('holds numbers as numbers without words, thousands or units (1-3), units and years beside them (1-9, 1-11)', () => {
    const cost = memuro.cells.find(({ label }) => label.includes('施策事業費'))?.address ?? '';
    const [base = ''] = memuro.cells
      .filter(({ label }) => label.includes('2020年度実績'))
      .map(({ address }) => address);
    const unit = memuro.cells.find(({ label }) => /指標 ① 単位/.test(label))?.address ?? '';
    const values = { [cost]: '60564', [base]: '92.60', [unit]: '％' };
    expect(recordAt(memuro, values, cost)).toMatchObject({
      数値: { decimal: '60564' },
      単位: { text: '千円' },
      年度: { decimal: '2020' },
      評価年度: { decimal: '2022' },
      対象年度: { decimal: '2021' },
    });
    expect(recordAt(memuro, values, base)).toMatchObject({ 数値: { decimal: '92.60' }, 単位: { text: '％' } });
  });

  test('keeps blank, 0, 該当なし, 見込 and what nobody has read as different facts', () => {
    const cells = memuro.cells.filter(
      (cell) => cell.type === 'decimal' && cell.states.includes('none') && cell.states.includes('expected'),
    );
    const [a = '', b = '', c = '', d = '', e = ''] = cells.map(({ address }) => address);
    const values = {
      [a]: '0',
      [stateAddress(b)]: 'none',
      [c]: '12',
      [stateAddress(c)]: 'expected',
      [rawAddress(d)]: '2,2948',
    };
    const told = (address: string) => {
      const { 数値, 文字, 状態 } = recordAt(memuro, values, address) ?? {};
      return [said(数値), said(文字), said(状態)];
    };
    expect(told(a)).toEqual(['0', '', '']);
    expect(told(b)).toEqual(['', '', '該当なし']);
    expect(told(c)).toEqual(['12', '', '見込']);
    expect(told(d)).toEqual(['', '2,2948', '要確認']);
    expect(told(e)).toEqual(['', '', '未記入']);
  });

  test('has no row for an indicator that is none', () => {
    const third = memuro.cells.filter(({ label }) => /指標 ③/.test(label));
    const records = recordsOf(memuro, { number: '2-2' }).map(({ 番地 }) => said(番地));
    expect(third.length).toBeGreaterThan(3);
    for (const { address } of third) expect(records).not.toContain(address);
    expect(records).toContain('policy');
  });

  test('tells the reason that was given', () => {
    const cell = memuro.cells.find(({ type }) => type === 'decimal')?.address ?? '';
    const check = memuro.checks[0]?.key ?? '';
    const values = { [cell]: '1', [`${cell}__why__${check}`]: '制度が変わった' };
    expect(recordAt(memuro, values, cell)?.理由).toEqual({ text: '制度が変わった' });
  });
});

describe('the table of one row a sheet', () => {
  test('has one heading for each column, all different, and under it one datum of its cell', () => {
    fc.assert(
      fc.property(filled, ({ form, values }) => {
        const columns = wideColumns(fieldsOf(form, 'internal'));
        const row = wideRow(form, values, columns);
        expect(row).toHaveLength(columns.length);
        expect(new Set(columns.map(({ heading }) => heading)).size).toBe(columns.length);
        const all = withComputed(form, values);
        for (const [at, { field, isState }] of columns.entries()) {
          const { cell } = field;
          const value = row[at];
          if (isState) expect(NUMBER_STATES.some(({ label }) => label === said(value)) || value === null).toBe(true);
          else if (isFilled(cell, all) && all[cell.address] !== undefined) expect(value).not.toBeNull();
          else if (all[rawAddress(cell.address)] !== undefined && !isFilled(cell, all))
            expect(said(value)).toBe(`${String(all[rawAddress(cell.address)])}（要確認）`);
          else expect(value).toBeNull();
          if (cell.type === 'decimal' && !isState && all[cell.address] !== undefined)
            expect(said(value)).toBe(all[cell.address]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('an edition for the public', () => {
  test('has no internal cell in any of its tables', () => {
    const secret = memuro.cells.filter((cell) => !cell.public).map(({ address }) => address);
    const values = Object.fromEntries(secret.map((address) => [address, '〔庁内〕']));
    const fields = fieldsOf(memuro, 'public');
    const rows = [
      ...tidyRows(memuro, values, fields, 'public'),
      wideRow(memuro, values, wideColumns(fields)),
      ...fieldRows(memuro, fields),
      ...optionRows(memuro, fields),
    ];
    const all = rows.flat().map(said);
    expect(secret.length).toBeGreaterThan(0);
    for (const word of ['〔庁内〕', '庁内', ...secret]) expect(all).not.toContain(word);
    expect(fieldsOf(memuro, 'internal').length).toBe(memuro.cells.length);
    expect(fields.length).toBe(memuro.cells.length - secret.length);
  });
});

test('the dictionary says of every cell what it holds, and of every choice what it means', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const fields = fieldsOf(form, 'internal');
      const rows = fieldRows(form, fields);
      expect(rows.map((row) => said(row[FIELD_HEADINGS.indexOf('番地')])).toSorted()).toEqual(
        form.cells.map(({ address }) => address).toSorted(),
      );
      for (const row of rows) expect(row).toHaveLength(FIELD_HEADINGS.length);
      const options = optionRows(form, fields);
      for (const row of options) expect(row).toHaveLength(OPTION_HEADINGS.length);
      expect(options).toHaveLength(
        form.cells.reduce((sum, cell) => sum + (cell.type === 'code' ? cell.options.length : 0), 0),
      );
    }),
    { numRuns: 50 },
  );
});
