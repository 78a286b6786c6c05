// The round trip of Excel's form view: what the program writes as the official sheet, the intake reads back cell by cell.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planIntake } from '../../electron/core/intake/plan.ts';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import type { Table, TableCell } from '../../electron/core/intake/table.ts';
import { exactText } from '../../electron/core/intake/workbook/numbers.ts';
import { type BookRow, shownNumber } from '../../electron/core/output/book.ts';
import { formRows } from '../../electron/core/output/formbook.ts';
import { cellsOf, onPaper } from '../../shared/form/block.ts';
import { applyPatch, isComputed, NUMBER_STATES, type Values } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentAt, contentEntries } from '../../shared/form/merge.ts';
import { readCell } from '../../shared/form/reading.ts';
import type { PaperOptions } from '../../shared/paper/paper.ts';
import { valuesOf } from '../arbitrary.ts';
import { formOf } from '../form/sample.ts';

/** The rows of a form view as the reader of workbooks hands them on. */
function tableFrom(rows: readonly BookRow[]): Table {
  const cells = rows.flatMap(({ cells: row }, index) =>
    row.flatMap(({ column, columns, rows: height, value, format }): TableCell[] => {
      if (value === null) return [];
      const text =
        'text' in value
          ? value.text
          : exactText(Number(value.decimal), format ? shownNumber(value.decimal, format) : value.decimal);
      return text.trim() === ''
        ? []
        : [
            {
              row: index,
              column,
              rows: height,
              columns,
              text,
              ...('decimal' in value ? { isNumber: true as const } : {}),
            },
          ];
    }),
  );
  return { name: '', isHidden: false, isMarkup: false, cells, asides: [], notes: [] };
}

/** What stands on paper, as it reads when it is typed again: neither what nobody has read yet nor blank lines. */
function paperValues(form: Form, values: Values): Values {
  const cells = onPaper(form.sections)
    .flatMap(({ groups }) => groups.flatMap(({ blocks }) => blocks.flatMap(cellsOf)))
    .filter((cell) => !isComputed(cell));
  return Object.fromEntries(
    cells.flatMap(({ address, ...cell }) => {
      const { value, state } = contentAt(values, address);
      const reading = cell.type === 'text' ? readCell({ address, ...cell }, String(value ?? '')) : undefined;
      const text = reading?.kind === 'value' ? reading.value : null;
      // How firm a number is that does not stand there, paper does not say.
      const isSettled = NUMBER_STATES.some((known) => known.code === state && known.settled);
      const firm = value === null && !isSettled ? null : state;
      // Nobody reads 令和100年度 without asking.
      const isFar = cell.type === 'decimal' && cell.isYear === true && Number(value) > 2090;
      return contentEntries(address, {
        value: reading ? text : isFar ? null : value,
        state: isFar ? null : firm,
        raw: null,
      });
    }),
  );
}

const forms = [formOf('memuro-shisaku', 2022), formOf('jimujigyo-zaigen', 2025)] as const;
const filled = fc
  .constantFrom(0 as const, 1 as const)
  .chain((index) => fc.record({ index: fc.constant(index), values: valuesOf(forms[index]) }));

describe('Excel’s form view', () => {
  test.each(['western', 'era'] as const)('comes back as it was written, with %s years', (years) => {
    fc.assert(
      fc.property(filled, ({ index, values }) => {
        const form = forms[index];
        const own = paperValues(form, values);
        const options = { edition: 'internal', years } as PaperOptions;
        const read = readFilledSheet(form, tableFrom(formRows(form, own, options).rows));
        const { patch, unmatched } = planIntake(form, read, {}, () => undefined, []);
        expect({ values: applyPatch({}, patch), unmatched }).toEqual({ values: own, unmatched: [] });
      }),
      { numRuns: 200 },
    );
  });
});
