// The result as data: JSON for programs, CSV for tables. Both are made from the form's cells and nothing else.
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import { NUMBER_STATES, rawAddress, type Scalar, stateAddress, type Values } from '../../../shared/form/cell.ts';
import { reasonsIn } from '../../../shared/form/checks.ts';
import { withComputed } from '../../../shared/form/compute.ts';
import type { Form } from '../../../shared/form/form.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Session } from '../session.ts';
import { rowOf, travelsOf } from '../sheet.ts';
import { definitionSourceOf } from '../store/artifacts.ts';
import type { ReadDb } from '../store/database.ts';
import { listedSheet } from '../store/derived.ts';
import { loadSheets, openConflictsOf, type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';

/** Filled cells of a sheet as data. `state` says how firm a number is, in words; `raw` what was typed and not read. */
function cellsAsData(form: Form, values: Values) {
  return form.cells.flatMap((cell) => {
    const value = values[cell.address] ?? null;
    const state = NUMBER_STATES.find((s) => s.code === values[stateAddress(cell.address)])?.label;
    const raw = value === null ? values[rawAddress(cell.address)] : undefined;
    if (value === null && state === undefined && raw === undefined) return [];
    return [{ address: cell.address, label: cell.label, value, ...(state ? { state } : {}), ...(raw ? { raw } : {}) }];
  });
}

function asJson(db: ReadDb, session: Session, sheets: readonly Sheet[]): string {
  const { meta } = session;
  const travels = travelsOf(db, session);
  const body = {
    format: 'hyoka-export/1',
    office: meta.office,
    unit: meta.unit,
    year: meta.year,
    forms: [...new Set(sheets.map(({ assignment }) => assignment.form))].map((hash) => definitionSourceOf(db, hash)),
    sheets: sheets.map((sheet) => {
      const { id: _, filled, required, ...row } = rowOf(session, listedSheet(db, sheet.id), travels);
      return {
        ...row,
        form: { id: sheet.form.definition.id, version: sheet.form.definition.version, hash: sheet.assignment.form },
        subjectYear: sheet.form.subjectYear,
        completeness: { filled, required },
        cells: cellsAsData(sheet.form, withComputed(sheet.form, valuesOf(sheet))),
        reasons: reasonsIn(sheet.form, valuesOf(sheet)),
        openConflicts: openConflictsOf(sheet).map(({ address, base, sides }) => ({ address, base, sides })),
      };
    }),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** Text that a spreadsheet would take for a formula, also behind full-width signs, is made inert (OWASP CSV injection). */
const inert = (text: string): string => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);

function csvCell(form: Form, address: string, value: Scalar | undefined, state: Scalar | undefined): string {
  const cell = form.byAddress.get(address);
  if (value === undefined) return NUMBER_STATES.find((s) => s.code === state)?.label ?? '';
  if (typeof value === 'boolean') return value ? '○' : '';
  if (cell?.type === 'decimal') return value;
  if (cell?.type === 'code') return cell.options.find((option) => option.code === value)?.code ?? value;
  return inert(value);
}

/** One line a sheet, one column a cell; sheets of another form stand below under headings of their own. */
function asCsv(sheets: readonly Sheet[]): string {
  const forms = [...new Set(sheets.map((sheet) => sheet.form))];
  const lines = forms.flatMap((form, index) => {
    const body = sheets
      .filter((sheet) => sheet.form === form)
      .map((sheet) => {
        const values = withComputed(form, valuesOf(sheet));
        return form.cells.map(({ address }) => csvCell(form, address, values[address], values[stateAddress(address)]));
      });
    return [...(index > 0 ? [[]] : []), form.cells.map((cell) => inert(cell.label)), ...body];
  });
  // A lone line feed inside of a cell is quoted too: to most readers it ends the line (RFC 4180 knows only CRLF).
  return stringify(lines, { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/**
 * Writes all sheets to a chosen file, replacing what stood there. Raises sheet.none, file.unwritable.
 * What is typed and not committed is included: the file shows what the screen shows.
 */
export async function writeExport(task: Task, input: ParsedInput<'export.write'>) {
  const file = task.pathOf(input.file);
  const { text, count } = task.read((db, session) => {
    const sheets = loadSheets(db);
    if (sheets.length === 0) fail('sheet.none', {});
    return { text: input.format === 'json' ? asJson(db, session, sheets) : asCsv(sheets), count: sheets.length };
  });
  await task.step({ done: 0, total: 1, name: path.basename(file) });
  await task.ports.files.write(file, Buffer.from(text), { replace: true });
  return { file: path.basename(file), sheets: count };
}
