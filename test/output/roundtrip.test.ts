// A form-view workbook comes back: written, read by the intake as anybody's workbook, and every value stands as before.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planIntake } from '../../electron/core/intake/plan.ts';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { readWorkbook } from '../../electron/core/intake/workbook/workbook.ts';
import { formRows } from '../../electron/core/output/formbook.ts';
import { cellsOf, onPaper } from '../../shared/form/block.ts';
import {
  applyPatch,
  isComputed,
  isFilled,
  NUMBER_STATES,
  ownAddress,
  rawAddress,
  stateAddress,
  type Values,
} from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { form as anyForm, valuesOf } from '../arbitrary.ts';
import { formOf } from '../form/sample.ts';
import { bookOf, bytesOf, FORMATS, type FormatName } from './books.ts';

const forms = [formOf('memuro-shisaku', 2022), formOf('jimujigyo-zaigen', 2025)];

type Years = 'western' | 'era';

async function tableOf(format: FormatName, form: Form, values: Values, years: Years) {
  const { widths, rows } = formRows(form, values, { edition: 'internal', years });
  const page = { header: '2-2　移住の相談', footer: '2022年度評価' };
  const bytes = await bytesOf(format, bookOf([{ name: '2-2', widths, isTable: false, page, rows }]));
  const [table] = await readWorkbook(bytes, '一枚.xlsx', async () => undefined);
  if (!table) throw new Error('no worksheet');
  return table;
}

/** What would be changed by taking the workbook in over these values. */
async function planOf(format: FormatName, form: Form, values: Values, current: Values, years: Years = 'western') {
  const filled = readFilledSheet(form, await tableOf(format, form, values, years));
  return planIntake(form, filled, current, () => undefined, []);
}

const isSettled = (state: unknown) => NUMBER_STATES.some(({ code, settled }) => code === state && settled);

/** Values that stand on paper, plain enough to be nobody's label, lists filled from the top. */
const plainValues = (form: Form): fc.Arbitrary<Values> => {
  const paper = onPaper(form.sections).flatMap((s) => s.groups.flatMap((g) => g.blocks.flatMap(cellsOf)));
  const stored = new Map(paper.filter((cell) => !isComputed(cell)).map((cell) => [cell.address, cell]));
  const words = fc
    .string({
      unit: fc.constantFrom(...'かきくけこサシスセソ①㎥、。"<>&=+-@𠮷・', '\n', '\t', '葛\u{e0100}'),
      minLength: 1,
      maxLength: 30,
    })
    .map((text) => `ぬ${text}の`);
  return fc
    .tuple(valuesOf(form), fc.array(words, { minLength: paper.length, maxLength: paper.length }))
    .map(([values, texts]) => {
      const kept = Object.entries(values).flatMap(([address, value], at) => {
        const cell = stored.get(address) ?? stored.get(ownAddress(address));
        // 見込 without a number is shown nowhere: there is nothing yet that it says something of.
        // A raw text beside an answer has been read; of choices it stands among the options, and is asked about as that.
        const isRead =
          address === rawAddress(cell?.address ?? '') && (cell?.type !== 'decimal' || isFilled(cell, values));
        const isIdle = address !== cell?.address && values[cell?.address ?? ''] === undefined && !isSettled(value);
        if (!cell || isRead || (isIdle && address === stateAddress(cell.address))) return [];
        return [
          [
            address,
            cell.type === 'text' || address === rawAddress(cell.address) ? (texts[at % texts.length] ?? '') : value,
          ] as const,
        ];
      });
      return whole(form, Object.fromEntries(kept));
    });
};

const blocksOf = (form: Form) => form.sections.flatMap((s) => s.groups.flatMap((g) => g.blocks));

/** A list has no gaps on paper, a square both sides or none. */
function whole(form: Form, values: Record<string, string | boolean>): Values {
  const next = { ...values };
  for (const block of blocksOf(form)) {
    if (block.layout === 'list') {
      const entries = block.cells.map(({ address }) => next[address]).filter((value) => value !== undefined);
      for (const [at, { address }] of block.cells.entries()) {
        const entry = entries[at];
        if (entry === undefined) delete next[address];
        else next[address] = entry;
      }
    }
    if (block.layout === 'matrix' && !(next[block.row.address] && next[block.column.address])) {
      delete next[block.row.address];
      delete next[block.column.address];
    }
  }
  return next;
}

const filledForm = fc
  .constantFrom(...forms)
  .chain((form) => fc.record({ form: fc.constant(form), values: plainValues(form) }));

/** Years as somebody may mean them: 令和219年度 is rightly asked about. */
const withPlausibleYears = (form: Form, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([address, value]) => {
      const cell = form.byAddress.get(address);
      return [address, cell?.type === 'decimal' && cell.isYear ? String(1990 + (Number(value) % 60)) : value];
    }),
  );

describe('a form view of any form, in western years or of an era', () => {
  const any = anyForm.chain((form) =>
    fc.record({
      form: fc.constant(form),
      values: plainValues(form).map((values) => withPlausibleYears(form, values)),
      years: fc.constantFrom('western' as const, 'era' as const),
      format: fc.constantFrom(...FORMATS),
    }),
  );
  test('brings every value, number, state and choice over a blank sheet, and changes nothing over its own', async () => {
    await fc.assert(
      fc.asyncProperty(any, async ({ form, values, years, format }) => {
        const { patch, unmatched } = await planOf(format, form, values, {}, years);
        const brought = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null));
        expect(brought).toEqual(values);
        expect(unmatched).toEqual([]);
        const over = await planOf(format, form, values, values, years);
        expect(applyPatch(values, over.patch)).toEqual(values);
      }),
      { numRuns: 60, seed: 20, endOnFailure: true },
    );
  });
});

describe.each(FORMATS)('a form view as %s', (format) => {
  test('taken in over a blank sheet brings every value, number, state and choice', async () => {
    await fc.assert(
      fc.asyncProperty(filledForm, async ({ form, values }) => {
        const { patch, unmatched } = await planOf(format, form, values, {});
        const brought = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null));
        expect(brought).toEqual(values);
        expect(unmatched).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  test('taken in over the sheet that it was written from changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(filledForm, async ({ form, values }) => {
        const { patch } = await planOf(format, form, values, values);
        const after = applyPatch(values, patch);
        for (const [address, value] of Object.entries(values)) expect(after[address], address).toBe(value);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
