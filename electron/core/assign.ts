// The office says which sheets there are: a table of rows becomes sheets with their first cells filled in and fixed.
import path from 'node:path';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import { applyPatch, type Cell, isComputed, type Values } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { findCell } from '../../shared/form/label.ts';
import { contentAt } from '../../shared/form/merge.ts';
import { readCell } from '../../shared/form/reading.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { type Assignment, assignmentSchema, unitSchema } from '../../shared/revision/revision.ts';
import { type Row, readTable } from './assigntable.ts';
import { commitDraft } from './commit.ts';
import { takeHeldWithin } from './exchange/held.ts';
import type { Ports } from './ports.ts';
import { assertRole, type Session } from './session.ts';
import { formOf } from './store/artifacts.ts';
import type { WriteDb } from './store/database.ts';
import { listSheets, refreshSheet } from './store/derived.ts';
import { assignSheet, findSheet, foldNumber, loadSheet, makeRevision } from './store/sheets.ts';
import type { Task } from './task.ts';
import { keepContents } from './typing.ts';

const TABLE_LIMIT = 20 * 1024 * 1024;
/** Departments that share a sheet stand in one cell, the one in charge first. */
const BETWEEN_UNITS = /[、,，／/;；\n]+/;

function valuesIn(form: Form, columns: Columns, row: Row): { values: Values; units: string[] } {
  const invalid = (reason: string) => fail('assignment.invalid', { line: row.line, reason });
  let values: Values = {};
  let units: string[] = [];
  for (const [label, raw] of Object.entries(row.cells)) {
    const cell = columns(label);
    const isUnits = cell === form.identity.unit;
    if (isUnits) units = unitsIn(raw);
    if (isComputed(cell)) invalid(`「${cell.label}」は計算される欄`);
    const reading = readCell(cell, isUnits ? units.join('、') : raw);
    if (reading.kind === 'asked') invalid(`「${cell.label}」の「${raw}」：${reading.reason}`);
    if (reading.kind === 'value' && reading.value !== null)
      values = applyPatch(values, { [cell.address]: reading.value });
  }
  for (const cell of [form.identity.number, form.identity.name, form.identity.unit]) {
    const hasColumn = Object.keys(row.cells).some((label) => columns(label) === cell);
    if (!hasColumn) invalid(`見出し「${cell.label}」の列がない。${neededIn(form)}`);
    if (values[cell.address] === undefined) invalid(`「${cell.label}」が空`);
  }
  for (const unit of units) if (!unitSchema.safeParse(unit).success) invalid(`「${unit}」は課の名前に使えない`);
  // What departments would not take must not be assigned.
  const { shape } = assignmentSchema;
  if (!shape.units.safeParse(units).success) invalid('一枚のシートに課が多すぎる（20まで）');
  if (!shape.fixed.safeParse(Object.keys(values)).success) invalid('あらかじめ記入する欄が多すぎる（500まで）');
  return { values, units };
}

const unitsIn = (raw: string): string[] => [
  ...new Set(
    raw
      .normalize('NFC')
      .split(BETWEEN_UNITS)
      .map((unit) => unit.trim())
      .filter(Boolean),
  ),
];

/** The headings without which no sheet can be assigned. */
const neededIn = ({ identity: { number, name, unit } }: Form): string =>
  `要る見出しは ${[number, name, unit].map((cell) => `「${cell.label}」`).join('')}`;

/** The cell that a heading means. Raises assignment.invalid. */
type Columns = (label: string) => Cell;

/** Looks each heading up once: rows are many. */
function columnsOf(form: Form): Columns {
  const known = new Map<string, Cell>();
  return (label) => {
    const cell = known.get(label) ?? findColumn(form, label);
    known.set(label, cell);
    return cell;
  };
}

function findColumn(form: Form, label: string): Cell {
  try {
    return findCell(form, label);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return fail('assignment.invalid', {
      line: 1,
      reason: `見出し「${label}」に当たる欄が様式にない。${neededIn(form)}`,
    });
  }
}

/**
 * Makes a sheet for each row, or gives the sheet of that number the row's departments and cells. All rows or none.
 * Raises role.wrong, assignment.invalid with the line, sheet.duplicate for a number that stands in two rows.
 */
export function assignRows(db: WriteDb, session: Session, ports: Ports, rows: readonly Row[], at: string) {
  assertRole(session, 'office');
  const { meta } = session;
  const form = formOf(db, meta.form, meta.year);
  const columns = columnsOf(form);
  const numbers = new Set<string>();
  const alike = new Set<string>();
  for (const row of rows) {
    const { values, units } = valuesIn(form, columns, row);
    const number = String(values[form.identity.number.address]);
    // Numbers are looked up by their folding: two spellings of one would be two rows for the same sheet.
    if (alike.has(foldNumber(number))) fail('sheet.duplicate', { sheet: number });
    alike.add(foldNumber(number));
    numbers.add(number);
    const known = findSheet(db, number);
    const id = known?.id ?? `s${ports.entropy.id(10)}`;
    const assignment: Assignment = {
      format: 'hyoka-assignment/1',
      sheet: id,
      form: meta.form,
      year: meta.year,
      units,
      fixed: [...new Set([...(known?.assignment.fixed ?? []), ...Object.keys(values)])].sort(),
      ...(known?.assignment.round === undefined ? {} : { round: known.assignment.round }),
    };
    assignSheet(db, assignment);
    if (known) {
      // What the row says is typed on top of what stands, and committed like anything the office types.
      const typed = Object.keys(values).map((address) => [address, contentAt(values, address)] as const);
      keepContents(db, known, typed, at);
      commitDraft(db, session, loadSheet(db, id), at, '割り当て');
    } else {
      const author = { role: meta.role, unit: meta.unit, station: meta.print };
      const base = { format: 'hyoka-revision/1' as const, form: meta.form, year: meta.year, sheet: id };
      makeRevision(db, { ...base, parents: [], author, at, note: '割り当て', values: { ...values } });
    }
    refreshSheet(db, id);
  }
  return { sheets: [...numbers], departments: [...new Set(listSheets(db).flatMap(({ units }) => units))] };
}

/**
 * Reads an assignment table from a file and assigns its rows; takes in what waited for just that. Raises what `assignRows`
 * and reading the file raise.
 */
export async function importAssignment(task: Task, input: ParsedInput<'assignment.import'>) {
  const file = task.pathOf(input.file);
  const name = path.basename(file);
  const rows = await readTable(await task.ports.files.read(file, TABLE_LIMIT), name, () =>
    task.step({ done: 0, total: 1, name }),
  );
  const at = task.ports.clock.now();
  return task.write((db, session) => ({
    ...assignRows(db, session, task.ports, rows, at),
    taken: takeHeldWithin(db, session, at),
  }));
}
