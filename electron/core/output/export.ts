// The result as data: JSON for programs, CSV for tables. Both are made from the form's cells and nothing else.
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { NUMBER_STATES, rawAddress, type Scalar, stateAddress, type Values } from '../../../shared/form/cell.ts';
import { reasonsIn } from '../../../shared/form/checks.ts';
import { withComputed } from '../../../shared/form/compute.ts';
import type { Form } from '../../../shared/form/form.ts';
import type { Session } from '../session.ts';
import { rowOf } from '../sheet.ts';
import { definitionSourceOf } from '../store/artifacts.ts';
import type { ReadDb } from '../store/database.ts';
import type { Listed } from '../store/derived.ts';
import { openConflictsOf, type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { type Travels, travelsOf } from '../travels.ts';
import { inert } from './inert.ts';
import { type ExportInput, eachSheet, jobOf, type Maker } from './job.ts';
import { makePdf } from './pdf.ts';

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

function sheetAsData(session: Session, sheet: Sheet, listed: Listed, travels: Travels) {
  const { id: _, filled, required, ...row } = rowOf(session, listed, travels);
  const values = valuesOf(sheet);
  return {
    ...row,
    form: { id: sheet.form.definition.id, version: sheet.form.definition.version, hash: sheet.assignment.form },
    subjectYear: sheet.form.subjectYear,
    completeness: { filled, required },
    cells: cellsAsData(sheet.form, withComputed(sheet.form, values)),
    reasons: reasonsIn(sheet.form, values),
    openConflicts: openConflictsOf(sheet).map(({ address, base, sides }) => ({ address, base, sides })),
  };
}

/** What stands around the sheets of a JSON export; `sheets` are spelled already. */
function jsonAround(db: ReadDb, { meta }: Session, forms: Iterable<string>, sheets: readonly string[]): string {
  const head = {
    format: 'hyoka-export/1',
    office: meta.office,
    unit: meta.unit,
    year: meta.year,
    forms: [...forms].map((hash) => definitionSourceOf(db, hash)),
  };
  return `${JSON.stringify(head).slice(0, -1)},"sheets":[\n${sheets.join(',\n')}\n]}\n`;
}

function csvCell(form: Form, address: string, value: Scalar | undefined, state: Scalar | undefined): string {
  const cell = form.byAddress.get(address);
  if (value === undefined) return NUMBER_STATES.find((s) => s.code === state)?.label ?? '';
  if (typeof value === 'boolean') return value ? '○' : '';
  if (cell?.type === 'decimal') return value;
  if (cell?.type === 'code') return cell.options.find((option) => option.code === value)?.code ?? value;
  return inert(value);
}

// A lone line feed inside of a cell is quoted too: to most readers it ends the line (RFC 4180 knows only CRLF).
const spellRow = (cells: readonly string[]): string =>
  stringify([cells], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });

function sheetAsRow(sheet: Sheet): string {
  const { form } = sheet;
  const values = withComputed(form, valuesOf(sheet));
  return spellRow(
    form.cells.map(({ address }) => csvCell(form, address, values[address], values[stateAddress(address)])),
  );
}

/** Sheets of another form stand below under headings of their own. */
function csvAround(rows: ReadonlyMap<Form, readonly string[]>): string {
  const tables = [...rows].map(
    ([form, lines]) => spellRow(form.cells.map((cell) => inert(cell.label))) + lines.join(''),
  );
  return `\uFEFF${tables.join('\r\n')}`;
}

function rowsOf(rows: Map<Form, string[]>, form: Form): string[] {
  const known = rows.get(form) ?? [];
  rows.set(form, known);
  return known;
}

const makeJson: Maker = async (task, job) => {
  const travels = task.read(travelsOf);
  const forms = new Set<string>();
  const sheets: string[] = [];
  await eachSheet(task, job, (sheet, line, _, session) => {
    forms.add(sheet.assignment.form);
    sheets.push(JSON.stringify(sheetAsData(session, sheet, line, travels)));
  });
  const text = task.read((db, session) => jsonAround(db, session, forms, sheets));
  await task.ports.files.write(job.file, Buffer.from(text), { replace: true });
};

const makeCsv: Maker = async (task, job) => {
  const rows = new Map<Form, string[]>();
  await eachSheet(task, job, (sheet) => {
    rowsOf(rows, sheet.form).push(sheetAsRow(sheet));
  });
  await task.ports.files.write(job.file, Buffer.from(csvAround(rows)), { replace: true });
};

const MAKERS: Record<ExportInput['format'], Maker> = { json: makeJson, csv: makeCsv, pdf: makePdf };

/**
 * Writes all sheets, or those named, to a chosen place, replacing what stood there. Raises sheet.none, sheet.unknown,
 * file.unwritable, and what the format's maker raises. What is typed and not committed is included: the file shows what
 * the screen shows.
 */
export async function writeExport(task: Task, input: ExportInput) {
  const job = jobOf(task, input);
  await MAKERS[input.format](task, job);
  return { file: path.basename(job.file), sheets: job.listed.length };
}
