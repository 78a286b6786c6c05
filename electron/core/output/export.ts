// Writing sheets out: JSON for programs here, the other formats in files of their own. All are made from the form's cells.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import { NUMBER_STATES, rawAddress, stateAddress, type Values } from '../../../shared/form/cell.ts';
import { reasonsIn } from '../../../shared/form/checks.ts';
import { withComputed } from '../../../shared/form/compute.ts';
import type { Form } from '../../../shared/form/form.ts';
import type { Session } from '../session.ts';
import { rowOf } from '../sheet.ts';
import { definitionSourceOf } from '../store/artifacts.ts';
import type { ReadDb } from '../store/database.ts';
import { type Listed, listedSheet } from '../store/derived.ts';
import { openConflictsOf, type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { type Travels, travelsOf } from '../travels.ts';
import { csvLosses, makeCsv } from './csv.ts';
import {
  type ExportInput,
  FEW_AT_ONCE,
  formsIn,
  type JobSheet,
  jobOf,
  type Maker,
  sheetSlices,
  walkOf,
} from './job.ts';
import { makeDataJson } from './opendata.ts';
import { makePdf } from './pdf.ts';
import { makeSite } from './site.ts';
import { jsonPieces } from './table.ts';
import { makeOds, makeXlsx } from './workbook.ts';

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

/** What a published sheet is; how far it has come, its questions and its conflicts are no part of what was published. */
function publishedAsData(sheet: Sheet, { number, name, units, heads }: JobSheet) {
  const values = valuesOf(sheet);
  return {
    ...{ number, name, units, heads },
    form: { id: sheet.form.definition.id, version: sheet.form.definition.version, hash: sheet.assignment.form },
    subjectYear: sheet.form.subjectYear,
    cells: cellsAsData(sheet.form, withComputed(sheet.form, values)),
  };
}

function sheetAsData(session: Session, sheet: Sheet, listed: Listed, travels: Travels) {
  const { id: _, filled, required, ...row } = rowOf(session, listed, travels);
  return {
    ...row,
    ...publishedAsData(sheet, listed),
    completeness: { filled, required },
    reasons: reasonsIn(sheet.form, valuesOf(sheet)),
    openConflicts: openConflictsOf(sheet).map(({ address, base, sides }) => ({ address, base, sides })),
  };
}

/** The public edition is the open data of the web site: what is internal stands in no other shape. */
const makeJson: Maker = async (task, job) => {
  if (job.input.edition === 'public') return makeDataJson(task, job);
  const forms = await formsIn(task, job, job.listed.length);
  const travels = task.read(travelsOf);
  const head = task.read((db, { meta }) => ({
    format: 'hyoka-export/1',
    office: meta.office,
    unit: meta.unit,
    year: meta.year,
    forms: [...new Set(forms.map(({ hash }) => hash))].map((hash) => definitionSourceOf(db, hash)),
  }));
  const spell = (sheet: Sheet, line: JobSheet, db: ReadDb, session: Session) =>
    JSON.stringify(
      job.publication ? publishedAsData(sheet, line) : sheetAsData(session, sheet, listedSheet(db, line.id), travels),
    );
  const pieces = jsonPieces(head, sheetSlices(task, job, spell, { atOnce: FEW_AT_ONCE }));
  await task.ports.files.stream(job.file, pieces, { replace: true });
};

const MAKERS: Record<ExportInput['format'], Maker> = {
  json: makeJson,
  csv: makeCsv,
  xlsx: makeXlsx,
  ods: makeOds,
  pdf: makePdf,
  html: makeSite,
};

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

/** What a CSV in CP932 would lose. Raises sheet.none, sheet.unknown. */
export const showLosses = (task: Task, input: ParsedInput<'export.losses'>) =>
  csvLosses(task, { ...walkOf(task, input), input });
