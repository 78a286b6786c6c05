// Last year's sheets beside this year's: taken in from that year's file or its export, found by the sheet's number.
import path from 'node:path';
import { z } from 'zod';
import type { Output, ParsedInput } from '../../shared/contract/contract.ts';
import type { PreviousSheet } from '../../shared/contract/views.ts';
import { applyPatch, type Values } from '../../shared/form/cell.ts';
import { readDefinition, storedAddresses } from '../../shared/form/form.ts';
import { findFaults } from '../../shared/form/validate.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { type OwnList, ownListSchema, soundLists } from '../../shared/quality/spellings.ts';
import { type Previous, previousSchema } from '../../shared/revision/previous.ts';
import { kindOf } from './intake/workbook/workbook.ts';
import { EXTENSION, nameOf } from './name.ts';
import { exportedValues, readExport } from './output/reread.ts';
import { readPreviousBook, type Unread } from './previousbook.ts';
import { assertRole, readCopy } from './session.ts';
import { definitionSourceOf, formOf, hasArtifact, hashOf, putArtifact, verifyArtifacts } from './store/artifacts.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { listSheets } from './store/derived.ts';
import { readMeta } from './store/ledger.ts';
import { previousOf, setPrevious } from './store/previous.ts';
import { setSetting, settingOf } from './store/settings.ts';
import { foldNumber, loadSheet, loadSheets, valuesOf } from './store/sheets.ts';
import type { Task } from './task.ts';

type Source = Record<string, unknown>;
/** An evaluation of an earlier year: its sheets, and the forms that they are filled in. */
type Evaluation = {
  year: number;
  forms: readonly Source[];
  sheets: readonly Previous[];
  unread?: Unread;
  /** How words were to be spelled. */
  spellings?: readonly OwnList[];
};

const EXPORT_LIMIT = 500 * 1024 * 1024;

function evaluationIn(db: ReadDb, name: string): Evaluation {
  const { findings } = verifyArtifacts(db);
  if (findings.length > 0) fail('workspace.damaged', { name, findings: findings.slice(0, 10) });
  const { year } = readMeta(db);
  const sheets = loadSheets(db);
  const kept = z.array(ownListSchema).safeParse(settingOf(db, 'spellings'));
  if (!kept.success) return fail('workspace.damaged', { name, findings: ['書き方の一覧'] });
  return {
    year,
    spellings: kept.data,
    forms: [...new Set(sheets.map(({ assignment }) => assignment.form))].map((hash) => definitionSourceOf(db, hash)),
    sheets: sheets.map((sheet) => ({
      format: 'hyoka-previous/1',
      year: sheet.form.year,
      number: sheet.number,
      name: sheet.name,
      units: sheet.assignment.units,
      form: sheet.assignment.form,
      revisions: [...sheet.standing.heads],
      values: { ...valuesOf(sheet) },
    })),
  };
}

async function evaluationFrom(task: Task, file: string): Promise<Evaluation> {
  const name = path.basename(file);
  const { year } = task.session().meta;
  if (await task.ports.files.isSame(file, task.session().path))
    return fail('previous.mistimed', { found: year, wanted: year });
  if (path.extname(file).toLowerCase() === EXTENSION) {
    try {
      return await readCopy(task.ports, file, (db) => evaluationIn(db, nameOf(file)));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'workspace.foreign') throw error;
      return fail('previous.foreign', { name, reason: '評価のファイルではない' });
    }
  }
  const bytes = await task.ports.files.read(file, EXPORT_LIMIT);
  // Its sheets are of this workspace's form, laid out for that year.
  if (kindOf(bytes) !== undefined) return { forms: [], ...(await readPreviousBook(task, bytes, name)) };
  const exported = readExport(bytes);
  if ('reason' in exported) return fail('previous.foreign', { name, reason: exported.reason });
  return {
    year: exported.year,
    forms: exported.forms,
    sheets: exported.sheets.map(({ number, name, units, heads, form, cells }) => ({
      format: 'hyoka-previous/1',
      year: exported.year,
      number,
      name,
      units,
      form: form.hash,
      revisions: heads,
      values: exportedValues(cells),
    })),
  };
}

/** What may stand in a form: computed numbers follow from the rest and are not kept. */
function storable(db: ReadDb, previous: Previous): { previous: Previous; fault: string | undefined } {
  const { form: hash, year, values } = previous;
  if (hash === null || !hasArtifact(db, hash)) return { previous: { ...previous, form: null }, fault: undefined };
  const form = formOf(db, hash, year);
  const stored = storedAddresses(form);
  const foreign = Object.keys(values).filter((address) => !stored.has(address) && form.byAddress.has(address));
  const kept: Values = applyPatch(values, Object.fromEntries(foreign.map((address) => [address, null])));
  return { previous: { ...previous, values: { ...kept } }, fault: findFaults(form, kept)[0] };
}

/**
 * Keeps the sheets of an evaluation that have the number of one of ours, and the way that words were to be spelled where
 * nothing has been said of that yet. All of it or nothing.
 */
function keepEvaluation(
  db: WriteDb,
  name: string,
  { year, forms, sheets, unread = [], spellings = [] }: Evaluation,
): Output<'previous.import'> {
  const refuse = (reason: string) => fail('previous.foreign', { name, reason });
  const own = listSheets(db);
  const byNumber = new Map(sheets.toReversed().map((sheet) => [foldNumber(sheet.number), sheet] as const));
  const taken = settingOf(db, 'spellings').length === 0 ? soundLists(spellings) : [];
  if (taken.length > 0) setSetting(db, 'spellings', taken);
  const result = { year, matched: [] as string[], unmatched: [] as string[], unread, spellings: taken.length };
  const used = new Set(own.map(({ number }) => byNumber.get(foldNumber(number))?.form));
  for (const source of forms) if (used.has(hashOf(source))) putArtifact(db, 'form', source);
  for (const { id, number } of own) {
    const found = byNumber.get(foldNumber(number));
    (found ? result.matched : result.unmatched).push(number);
    if (!found) continue;
    const parsed = previousSchema.safeParse(found);
    if (!parsed.success) return refuse(`シート ${found.number.slice(0, 50)} の形が正しくない`);
    const { previous, fault } = storable(db, parsed.data);
    if (fault !== undefined) return refuse(`シート ${found.number.slice(0, 50)} が様式に合わない：${fault}`);
    setPrevious(db, id, previous);
  }
  return result;
}

/**
 * Takes last year's sheets in and says which of ours have one now. The file is only read. Raises role.wrong,
 * previous.foreign, previous.mistimed, and what opening a workspace or a file may raise.
 */
export async function importPrevious(
  task: Task,
  input: ParsedInput<'previous.import'>,
): Promise<Output<'previous.import'>> {
  assertRole(task.session(), 'office');
  const file = task.pathOf(input.file);
  const name = path.basename(file);
  await task.step({ done: 0, total: 1, name });
  const evaluation = await evaluationFrom(task, file);
  const wanted = task.session().meta.year;
  if (evaluation.year >= wanted) fail('previous.mistimed', { found: evaluation.year, wanted });
  for (const source of evaluation.forms) assertForm(source, name);
  await task.step({ done: 0, total: 1, name });
  return task.write((db) => keepEvaluation(db, name, evaluation));
}

function assertForm(source: Source, name: string): void {
  try {
    readDefinition(source, hashOf(source).slice(0, 8));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    fail('previous.foreign', { name, reason: error.problem.message });
  }
}

/** Last year's sheet of a sheet, or null. Raises sheet.unknown. */
export function showPrevious(db: ReadDb, sheetName: string): PreviousSheet | null {
  const previous = previousOf(db, loadSheet(db, sheetName).id);
  if (!previous) return null;
  const { year, number, name, units, form, values } = previous;
  return { year, number, name, unit: units[0] ?? '', form, values };
}
