// Excel's form view of one sheet: over random forms and values it says what the paper says, and cuts nothing off.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BookCell, type BookRow, isKept, shownNumber, slotter } from '../../electron/core/output/book.ts';
import { formRows } from '../../electron/core/output/formbook.ts';
import { layText } from '../../shared/form/box.ts';
import { isFilled, rawAddress, type Values } from '../../shared/form/cell.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import { UNREAD_TAIL } from '../../shared/form/reading.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import { form as anyForm, valuesOf } from '../arbitrary.ts';
import { formOf } from '../form/sample.ts';
import { sourceWith } from '../form/small.ts';

const internal = { edition: 'internal', years: 'western' } as const;
const filled = anyForm.chain((form) => fc.record({ form: fc.constant(form), values: valuesOf(form) }));

const shown = ({ value, format, look }: BookCell): string =>
  look === 'unread'
    ? `${value && 'text' in value ? value.text : ''}${UNREAD_TAIL}`
    : value === null
      ? ''
      : 'text' in value
        ? value.text
        : format
          ? shownNumber(value.decimal, format)
          : value.decimal;
const textsOf = (rows: readonly BookRow[]) =>
  rows.flatMap(({ cells }) => cells.map(shown)).filter((text) => text !== '');

/** Every text of the paper, as the form view has to show it. */
function textsOfPaper(form: Form, values: Values): string[] {
  const paper = paperOf(form, values, internal);
  const squares = paper.sections.flatMap(({ title, groups }) => [
    title,
    ...groups.flatMap((group) => [
      group.title,
      ...group.tables.flatMap(({ caption, isCaptionSaid, squares: own }) => [
        isCaptionSaid ? '' : caption,
        ...own
          .toSorted((a, b) => a.row - b.row || a.column - b.column)
          .map(({ content, addresses, kind }) => {
            // Struck through by a line.
            if (kind === 'value' && content.kind === 'words' && content.text === '／' && addresses.length !== 1)
              return '';
            if (content.kind === 'mark') return content.isChosen ? '○' : '';
            if (content.kind === 'options')
              return content.options.map(({ label, isChosen }) => `${isChosen ? '☑' : '☐'} ${label}`).join('\n');
            if (content.kind === 'words' && content.annex !== undefined)
              return paper.annex[content.annex - 1]?.text ?? '';
            // A number that a spreadsheet would round is a text there, with nothing in it that is asked about when it comes back.
            if (content.kind === 'figure' && /^▲?[\d,.]+(?:（\D+）)?$/.test(content.text))
              return isKept(content.text.replace(/[^\d.]/g, '')) ? content.text : content.text.replaceAll(',', '');
            return content.text;
          }),
      ]),
    ]),
  ]);
  return [paper.title, ...squares].filter((text) => text !== '');
}

describe('the form view of any sheet', () => {
  test('shows every text of the paper, in its order, and nothing else', () => {
    fc.assert(
      fc.property(filled, ({ form, values }) => {
        expect(textsOf(formRows(form, values, internal).rows)).toEqual(textsOfPaper(form, values));
      }),
      { numRuns: 150 },
    );
  });

  test('is one raster in which no square lies over another or beyond the edge', () => {
    fc.assert(
      fc.property(filled, ({ form, values }) => {
        const { rows, widths } = formRows(form, values, internal);
        const slots = slotter();
        for (const row of rows) {
          const columns = slots(row).map(({ column }) => column);
          expect(new Set(columns).size).toBe(columns.length);
          for (const column of columns) expect(column).toBeLessThan(widths.length);
        }
        // Nothing reaches below the last row.
        expect(slots({ cells: [] })).toEqual([]);
        expect(Math.min(...widths)).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  test('gives every text the height that its lines need, in rows that Excel can have', () => {
    fc.assert(
      fc.property(filled, ({ form, values }) => {
        const { rows, widths } = formRows(form, values, internal);
        for (const [at, { cells, height }] of rows.entries()) {
          expect(height).toBeGreaterThan(0);
          expect(height).toBeLessThanOrEqual(409);
          for (const cell of cells) {
            const width = widths.slice(cell.column, cell.column + cell.columns).reduce((a, b) => a + b, 0);
            const room = rows.slice(at, at + cell.rows).reduce((sum, row) => sum + (row.height ?? 0), 0);
            const { used } = layText(shown(cell), { columns: Math.max(1, width / 10 - 1), lines: 1_000 });
            expect(room).toBeGreaterThanOrEqual(used * 13.5);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('holds a number as a number wherever the paper shows one', () => {
    fc.assert(
      fc.property(filled, ({ form, values }) => {
        const all = withComputed(form, values);
        const { rows } = formRows(form, values, internal);
        const numbers = rows.flatMap(({ cells }) =>
          cells.flatMap(({ value }) => (value && 'decimal' in value ? [value.decimal] : [])),
        );
        const wanted = form.cells.flatMap((cell) => {
          const value = all[cell.address];
          if (cell.type !== 'decimal' || typeof value !== 'string' || !isFilled(cell, all)) return [];
          return value.replace(/\D/g, '').replace(/^0+/, '').length <= 15 ? [value] : [];
        });
        expect(numbers.toSorted()).toEqual(wanted.toSorted());
      }),
      { numRuns: 150 },
    );
  });
});

describe('the seed form', () => {
  const form = formOf('memuro-shisaku', 2022);

  test('keeps blank, 0, 該当なし, 見込 and what nobody has read apart', () => {
    const [a = '', b = '', c = '', d = ''] = form.cells
      .filter((cell) => cell.type === 'decimal' && cell.states.length > 0)
      .map(({ address }) => address);
    const values = {
      [a]: '0',
      [`${b}__state`]: 'none',
      [c]: '1234.50',
      [`${c}__state`]: 'expected',
      [rawAddress(d)]: '2,2948',
    };
    const { rows } = formRows(form, values, internal);
    const cells = rows
      .flatMap((row) => row.cells)
      .filter(({ look }) => look === 'figure' || look === 'stated' || look === 'unread');
    expect(cells.filter(({ value }) => value !== null).map((cell) => [cell.look, shown(cell)])).toEqual([
      ['figure', '0'],
      ['stated', '該当なし'],
      ['figure', '1,234.50（見込）'],
      ['unread', '2,2948（要確認）'],
    ]);
    expect(cells.filter(({ value }) => value === null).length).toBeGreaterThan(10);
  });

  test('a text of a hundred lines is in rows of which none is taller than a page', () => {
    const text = Array.from({ length: 100 }, (_, at) => `${at + 1}行目`).join('\n');
    const { rows } = formRows(form, { policy: text }, internal);
    const at = rows.findIndex(({ cells }) => cells.some((cell) => shown(cell) === text));
    const cell = rows[at]?.cells.find((one) => shown(one) === text);
    expect(cell?.rows).toBeGreaterThan(5);
    const heights = rows.slice(at, at + (cell?.rows ?? 0)).map(({ height }) => height ?? 0);
    expect(Math.max(...heights)).toBeLessThan(200);
    expect(heights.reduce((sum, height) => sum + height, 0)).toBeGreaterThanOrEqual(1_400);
  });
});

test('what paper continues in an annex stands in its square whole', () => {
  const field = {
    kind: 'text',
    key: 'long',
    label: '長い欄',
    lines: 2,
    box: { columns: 10, lines: 2 },
    overflow: 'annex',
  };
  const form = layOut(readDefinition(sourceWith([field] as never), '様式'), 2022);
  const text = '十文字十文字十文字十'.repeat(5);
  expect(paperOf(form, { long: text }, internal).annex).toHaveLength(1);
  expect(textsOf(formRows(form, { long: text }, internal).rows)).toContain(text);
});

test('the public edition holds no internal cell', () => {
  const form = formOf('memuro-shisaku', 2022);
  const values = Object.fromEntries(
    form.cells.filter((cell) => cell.type === 'text').map((cell) => [cell.address, `〔${cell.address}〕`]),
  );
  const texts = textsOf(formRows(form, values, { ...internal, edition: 'public' }).rows).join('\n');
  expect(form.cells.filter((cell) => cell.type === 'text' && !cell.public).length).toBeGreaterThan(0);
  for (const cell of form.cells) if (!cell.public) expect(texts).not.toContain(`〔${cell.address}〕`);
});
