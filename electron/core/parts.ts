// The parts of a file from outside (worksheets, or rows of a merge workbook), and for which sheet each of them is.
import path from 'node:path';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { FilledColumn } from '../../shared/contract/intakeviews.ts';
import type { Leftover } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { columnCell, foldLabel } from '../../shared/form/label.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { proposer } from './intake/columns.ts';
import { type ColumnUse, type RowTable, readRow, rowTableOf } from './intake/rows.ts';
import { type FilledSheet, readFilledSheet } from './intake/sheet.ts';
import { readPasted, readSource, type Source } from './intake/source.ts';
import { type Table, tableOf } from './intake/table.ts';
import { otherYearOf } from './intake/years.ts';
import type { Session } from './session.ts';
import { formOf, hashOf } from './store/artifacts.ts';
import type { ReadDb } from './store/database.ts';
import { listSheets } from './store/derived.ts';
import { settingOf } from './store/settings.ts';
import { findSheet, foldNumber, loadSheet, type Sheet } from './store/sheets.ts';
import type { Task } from './task.ts';

export type FilledInput = Pick<ParsedInput<'intake.survey'>, 'file' | 'pasted' | 'layout' | 'columns'>;

/** `read`: what stands in it, by the labels of a form. `yearOf`: as otherYearOf. */
export type Part = {
  part: number;
  name: string;
  isHidden: boolean;
  read: (form: Form) => FilledSheet;
  yearOf: (form: Form) => number | undefined;
};

export type Opened = {
  name: string;
  layout: 'sheets' | 'rows';
  parts: readonly Part[];
  columns: readonly FilledColumn[];
  /** Digest of the headings of a merge workbook. */
  headings: string;
  asides: readonly Leftover[];
  notes: readonly string[];
};

const LIMIT = 20 * 1024 * 1024;
/** A worksheet of more texts is no sheet that somebody filled in. */
const CELLS = 10_000;
/** A merge table stands on one of the first worksheets. */
const TRIED = 5;

/**
 * Reads the file or what was pasted; of a workbook of one sheet per worksheet only the wanted ones.
 * Raises file.*, intake.unreadable, workbook.*.
 */
export async function sourceOf(task: Task, input: FilledInput, wanted?: readonly number[]): Promise<Source> {
  if (input.pasted) return readPasted(input.pasted);
  if (input.file === undefined) return fail('input.invalid', { findings: ['file か pasted のどちらかが要る'] });
  const file = task.pathOf(input.file);
  const name = path.basename(file);
  const bytes = await task.ports.files.read(file, LIMIT);
  const pause = () => task.step({ done: 0, total: 1, name });
  await pause();
  return readSource(bytes, name, pause, input.layout === 'sheets' ? wanted : undefined);
}

/** The parts of a source. Raises intake.columnless where it is to be read as rows and has none. */
export function openParts(db: ReadDb, session: Session, source: Source, input: FilledInput): Opened {
  const form = formOf(db, session.meta.form, session.meta.year);
  const tables = source.tables.map((table, index) => ({ table, index })).filter(({ table }) => !isBlank(table));
  const layout =
    input.layout ??
    layoutOf(
      db,
      form,
      tables.map(({ table }) => table),
    );
  if (layout === 'rows')
    return openRows(
      db,
      form,
      source.name,
      tables.map(({ table }) => table),
      input.columns,
    );
  return {
    name: source.name,
    layout,
    parts: tables.map(({ table, index }) => ({
      part: index,
      name: table.name,
      isHidden: table.isHidden,
      read: (own) => readTable(own, table, source.name),
      yearOf: (own) => otherYearOf(own, table),
    })),
    columns: [],
    headings: '',
    asides: [],
    notes: [],
  };
}

const isBlank = ({ cells, asides }: Table): boolean => cells.length === 0 && asides.length === 0;

function readTable(form: Form, table: Table, name: string): FilledSheet {
  if (table.cells.length > CELLS)
    fail('workbook.oversized', { name: table.name || name, what: '一枚の中の文字の入ったセルの数', limit: CELLS });
  return readFilledSheet(form, table);
}

/** Rows where headings find more cells than labels do, and the numbers below them are of more than one sheet. */
function layoutOf(db: ReadDb, form: Form, tables: readonly Table[]): Opened['layout'] {
  for (const table of tables.slice(0, TRIED)) {
    const rows = rowTableOf(form, table);
    if (!rows) continue;
    const uses = usesOf(db, form, rows, undefined);
    const columns = uses.map(({ use }) => use);
    const known = new Set<string>();
    for (const row of rows.rows) {
      const { number } = readRow(form, rows, row, columns);
      if (number && sheetNamed(db, number)) known.add(foldNumber(number));
      // Two tell as much as thousands.
      if (known.size > 1) break;
    }
    const mapped = uses.filter(({ use }) => use.use === 'cell').length;
    const isOne = table.cells.length <= CELLS && readFilledSheet(form, table).cells.length >= mapped;
    if (mapped > 1 && (known.size > 1 || (known.size === 1 && !isOne))) return 'rows';
  }
  return 'sheets';
}

function openRows(
  db: ReadDb,
  form: Form,
  name: string,
  tables: readonly Table[],
  given: readonly ColumnUse[] | undefined,
): Opened {
  const found = tables.map((table) => ({ table, rows: rowTableOf(form, table) }));
  const best = found
    .filter((entry): entry is { table: Table; rows: RowTable } => entry.rows !== undefined)
    // A long table of something else tells fewer cells.
    .sort((a, b) => b.rows.told - a.rows.told || b.rows.rows.length - a.rows.rows.length)[0];
  if (!best) return fail('intake.columnless', { name });
  const { table, rows } = best;
  const columns = usesOf(db, form, rows, given);
  const uses = columns.map(({ use }) => use);
  const headed = tableOf([rows.headings.flatMap(({ path: words }) => words)]);
  const others = tables.filter((other) => other !== table).map((other) => `「${other.name}」`);
  return {
    name,
    layout: 'rows',
    parts: rows.rows.map((row) => ({
      part: row.row,
      name: `${row.row + 1}行目`,
      isHidden: false,
      read: (own) => readRow(own, rows, row, uses),
      yearOf: (own) => otherYearOf(own, headed),
    })),
    columns,
    headings: headingsDigest(rows),
    asides: [...rows.above.map((text) => ({ text, reason: '見出しより上にある' })), ...table.asides],
    notes: [...table.notes, ...(others.length > 0 ? [`ブックの中のほかのシートは読みません：${others.join('')}`] : [])],
  };
}

const headingsDigest = (rows: RowTable): string => hashOf(rows.headings.map(({ path: words }) => words.join('\n')));

/** What each column is for: as a person says now, as it was last time, or as its headings propose. */
function usesOf(db: ReadDb, form: Form, rows: RowTable, given: readonly ColumnUse[] | undefined): FilledColumn[] {
  const said = new Map(given?.map((use) => [use.column, use]));
  const digest = headingsDigest(rows);
  const kept = settingOf(db, 'columns').find(
    ({ form: id, headings }) => id === form.definition.id && headings === digest,
  );
  const propose = proposer(form);
  const proposals = rows.headings.map((heading) => propose(heading.path));
  const times = new Map<string, number>();
  for (const { address } of proposals) if (address !== undefined) times.set(address, (times.get(address) ?? 0) + 1);
  return rows.headings.map((heading, index) => {
    const { column } = heading;
    const { address, near } = proposals[index] ?? { address: undefined, near: [] };
    const base = { column, path: [...heading.path], samples: heading.samples.map((text) => text.slice(0, 100)) };
    const left: ColumnUse = { column, use: 'left' };
    const now = said.get(column);
    if (now) return { ...base, use: fitting(form, now), how: 'given', near: [...near] };
    const before = kept?.uses[String(column)];
    if (before !== undefined && (before === null || before === '' || columnCell(form, before))) {
      const use: ColumnUse =
        before === null ? { column, use: 'ignored' } : before === '' ? left : { column, use: 'cell', address: before };
      return { ...base, use, how: 'kept', near: [...near] };
    }
    // Two columns for one cell: neither of them is taken to be meant.
    if (address !== undefined && times.get(address) === 1) {
      return { ...base, use: { column, use: 'cell', address }, how: 'proposed', near: [] };
    }
    const candidates = address === undefined ? near : [address];
    return { ...base, use: left, how: candidates.length > 0 ? 'asked' : 'none', near: [...candidates] };
  });
}

const fitting = (form: Form, use: ColumnUse): ColumnUse =>
  use.use === 'cell' && !columnCell(form, use.address) ? { column: use.column, use: 'left' } : use;

/** A sheet by its number, as it is spelled or as a spreadsheet turned it into a date (2-2 into 2月2日). */
export function sheetNamed(db: ReadDb, number: string): Sheet | undefined {
  const [, month, day] = /^(?:\d{4}[/年-])?(\d{1,2})[/月-](\d{1,2})日?$/.exec(foldLabel(number)) ?? [];
  return findSheet(db, number) ?? (month === undefined ? undefined : findSheet(db, `${month}-${day}`));
}

/** The sheet that a part is for, and what was read from it with that sheet's form. */
export function matchPart(
  db: ReadDb,
  session: Session,
  name: string,
  part: Part,
  wanted: string | undefined,
): { sheet: Sheet; filled: FilledSheet } {
  const chosen = wanted === undefined ? undefined : loadSheet(db, wanted);
  const form = chosen?.form ?? formOf(db, session.meta.form, session.meta.year);
  const filled = part.read(form);
  const title = part.name === '' ? name : `${name}（${part.name}）`;
  if (filled.cells.length === 0) fail('intake.foreign', { name: title });
  const found = part.yearOf(form);
  if (found !== undefined) fail('intake.mistimed', { name: title, found, wanted: form.year });
  const { number } = filled;
  if (!chosen) {
    const sheet = sheetFor(db, form, filled, part, title);
    return { sheet, filled: sheet.form === form ? filled : part.read(sheet.form) };
  }
  if (
    number !== undefined &&
    foldNumber(number) !== foldNumber(chosen.number) &&
    sheetNamed(db, number)?.id !== chosen.id
  ) {
    fail('intake.mismatched', { name: title, found: number, wanted: chosen.number });
  }
  return { sheet: chosen, filled };
}

/** The sheet that a part says it is for. Raises sheet.unknown, intake.unnumbered. */
export function sheetFor(db: ReadDb, form: Form, filled: FilledSheet, part: Part, name: string): Sheet {
  const { number } = filled;
  if (number === undefined) return unnumbered(db, form, filled, part, name);
  return sheetNamed(db, number) ?? loadSheet(db, number);
}

/** Where no number stands in a part: the sheet that is called as the part says, or as the worksheet is. */
function unnumbered(db: ReadDb, form: Form, filled: FilledSheet, part: Part, name: string): Sheet {
  const called = filled.cells.find(({ address }) => address === form.identity.name.address)?.raw ?? '';
  const wanted = [called, part.name].map(foldLabel).filter((text) => text !== '');
  const fits = listSheets(db).filter(({ name: own, number }) =>
    wanted.some((text) => text === foldLabel(own) || text === foldLabel(`${number}${own}`)),
  );
  const byName = fits.length === 1 ? fits[0] : undefined;
  const sheet = byName ? loadSheet(db, byName.id) : part.name === '' ? undefined : findSheet(db, part.name);
  return sheet ?? fail('intake.unnumbered', { name });
}
