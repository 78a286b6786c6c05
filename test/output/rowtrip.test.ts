// The table of one row a sheet comes back: written as CSV or as a worksheet, read by the intake as anybody's merge table.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proposer } from '../../electron/core/intake/columns.ts';
import { planIntake } from '../../electron/core/intake/plan.ts';
import { type ColumnUse, readRow, rowTableOf } from '../../electron/core/intake/rows.ts';
import { readSource } from '../../electron/core/intake/source.ts';
import type { Value } from '../../electron/core/output/book.ts';
import { textOf } from '../../electron/core/output/csv.ts';
import { inert } from '../../electron/core/output/inert.ts';
import { fieldsOf, wideColumns, wideRow } from '../../electron/core/output/machine.ts';
import { spellRow } from '../../electron/core/output/table.ts';
import { table } from '../../electron/core/output/workbook.ts';
import { isComputed, isFilled, NUMBER_STATES, ownAddress, rawAddress, type Values } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { form as anyForm, valuesOf } from '../arbitrary.ts';
import { formOf } from '../form/sample.ts';
import { bookOf, bytesOf } from './books.ts';

const forms = fc.oneof(anyForm, fc.constantFrom(formOf('memuro-shisaku', 2022), formOf('jimujigyo-zaigen', 2025)));

/** Also what a spreadsheet would take for a formula; nothing that reading rightly trims. */
const words = fc
  .tuple(
    fc.constantFrom('ぬ', '=', "'=", '-', '＝1+', '@', "'", '+'),
    fc.string({ unit: fc.constantFrom(...'かサ1,."\'<&', '\n', '\t', '𠮷', '㎥'), maxLength: 12 }),
  )
  .map(([head, text]) => `${head}${text}の`);

/** Values as people leave them: what nobody has read yet is one text in a number's place. */
const plainValues = (form: Form): fc.Arbitrary<Values> =>
  fc.tuple(valuesOf(form), fc.array(words, { minLength: 40, maxLength: 40 })).map(([values, texts]) => {
    const kept = Object.entries(values).flatMap(([address, value], at) => {
      const cell = form.byAddress.get(ownAddress(address));
      if (!cell || isComputed(cell)) return [];
      const isRaw = address === rawAddress(cell.address);
      if (isRaw && (cell.type !== 'decimal' || isFilled(cell, values))) return [];
      // 見込 without a number is asked about, like anything that is only half there.
      const isIdle = NUMBER_STATES.some(({ code, settled }) => code === value && !settled);
      if (address !== cell.address && !isRaw && isIdle && values[cell.address] === undefined) return [];
      if (isRaw) return [[address, `ぬ${texts[at % texts.length]}`] as const];
      return [[address, cell.type === 'text' ? (texts[at % texts.length] ?? '') : value] as const];
    });
    return { ...Object.fromEntries(kept), [form.identity.number.address]: '2-2' };
  });

const WAYS = ['表.csv', '表.xlsx', '表.ods'] as const;

async function fileOf(name: (typeof WAYS)[number], headings: string[], row: Value[]): Promise<Buffer> {
  if (name === '表.csv') {
    return Buffer.from(`\uFEFF${[headings.map(inert), row.map(textOf)].map(spellRow).join('')}`);
  }
  const { rows, ...sheet } = table('一覧', headings, [[row]]);
  const made = [];
  for await (const batch of rows) made.push(...batch);
  return bytesOf(name === '表.ods' ? 'ods' : 'xlsx', bookOf([{ ...sheet, rows: made }]));
}

/** What each column is for, as its heading proposes it. */
function usesOf(form: Form, headings: readonly { column: number; path: readonly string[] }[]): ColumnUse[] {
  const propose = proposer(form);
  return headings.map(({ column, path }) => {
    const { address } = propose(path);
    return address === undefined ? { column, use: 'left' } : { column, use: 'cell', address };
  });
}

test('a row brings back every value, number, state, choice and unread text, and no text is left over', async () => {
  const given = forms.chain((form) =>
    fc.record({ form: fc.constant(form), values: plainValues(form), name: fc.constantFrom(...WAYS) }),
  );
  await fc.assert(
    fc.asyncProperty(given, async ({ form, values, name }) => {
      const columns = wideColumns(fieldsOf(form, 'internal'));
      const headings = columns.map(({ heading }) => heading);
      const bytes = await fileOf(name, headings, wideRow(form, values, columns));
      const { tables } = await readSource(bytes, name, async () => undefined);
      const rows = tables[0] && rowTableOf(form, tables[0]);
      const [row] = rows?.rows ?? [];
      if (!rows || !row) throw new Error('no row');
      const filled = readRow(form, rows, row, usesOf(form, rows.headings));
      const { patch, unmatched } = planIntake(form, filled, {}, () => undefined, []);
      expect(Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null))).toEqual(values);
      expect(unmatched).toEqual([]);
    }),
    { numRuns: 150, seed: 8, endOnFailure: true },
  );
});
