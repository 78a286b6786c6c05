// Workbooks of a job, .xlsx and .ods: the form view with a worksheet for each sheet, or the machine view as tables.
// Promise: what is made is written at once, so that memory does not grow with the sheets.
import type { Form } from '../../../shared/form/form.ts';
import { identityIn } from '../../../shared/paper/edition.ts';
import { shortDigest } from '../../../shared/revision/digest.ts';
import type { Session } from '../session.ts';
import { sheetDigest } from '../signed.ts';
import { type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { type Book, type BookRow, type Look, namer, placesOf, type Value, type Worksheet } from './book.ts';
import { fileNamer, intoFolder } from './each.ts';
import { formRows } from './formbook.ts';
import { FEW_AT_ONCE, type FormWalk, formsIn, type Job, type Maker, sheetSlices, type TableJob } from './job.ts';
import {
  FIELD_HEADINGS,
  type Field,
  fieldRows,
  fieldsOf,
  OPTION_HEADINGS,
  optionRows,
  TIDY_HEADINGS,
  tidyRows,
  wideColumns,
  wideRow,
} from './machine.ts';
import { odsParts } from './ods.ts';
import { xlsxParts } from './xlsx.ts';
import { zipped } from './zip.ts';

const makeWorkbook =
  (spell: typeof xlsxParts): Maker =>
  async (task, job) => {
    if (job.input.each && job.input.view === 'form') return writeEach(task, job, spell);
    const book = job.input.view === 'form' ? formBook(task, job) : await machineBook(task, job);
    await task.ports.files.stream(job.file, zipped(spell(book)), { replace: true });
  };

export const makeXlsx = makeWorkbook(xlsxParts);
export const makeOds = makeWorkbook(odsParts);

/** A workbook for each sheet. Raises file.exists. */
async function writeEach(task: Task, job: Job, spell: typeof xlsxParts): Promise<void> {
  const { files } = task.ports;
  const nameOf = fileNamer(job.input.format);
  const make = (sheet: Sheet, _: unknown, __: unknown, session: Session) => ({
    name: nameOf(identityIn(sheet.form, valuesOf(sheet), job.input.edition)),
    worksheet: worksheetOf(sheet, job, session, namer()),
  });
  await intoFolder(files, job.file, async (write) => {
    for await (const made of sheetSlices(task, job, make, { atOnce: FEW_AT_ONCE })) {
      for (const { name, worksheet } of made) {
        const book = { pages: 1, worksheets: only(worksheet) };
        await write(name, (place) => files.stream(place, zipped(spell(book))));
      }
    }
  });
}

async function* only(worksheet: Worksheet): AsyncGenerator<Worksheet> {
  yield worksheet;
}

function formBook(task: Task, job: Job): Book {
  const nameOf = namer();
  async function* worksheets() {
    const make = (sheet: Sheet, _: unknown, __: unknown, session: Session) => worksheetOf(sheet, job, session, nameOf);
    for await (const made of sheetSlices(task, job, make, { atOnce: FEW_AT_ONCE })) yield* made;
  }
  return { pages: job.listed.length, worksheets: worksheets() };
}

function worksheetOf(sheet: Sheet, { input }: Job, { meta }: Session, nameOf: (wanted: string) => string): Worksheet {
  const values = valuesOf(sheet);
  // A worksheet's name and the head of its pages are read by whoever reads the sheet.
  const { number, name } = identityIn(sheet.form, values, input.edition);
  const said = [number, name].filter(Boolean);
  const laid = formRows(sheet.form, values, input);
  return {
    name: nameOf(said.join(' ')),
    isTable: false,
    page: {
      header: said.join('　'),
      footer: `${meta.year}年度評価　内容コード ${shortDigest(sheetDigest(sheet, values))}`,
    },
    ...laid,
    rows: [laid.rows],
  };
}

/** The sheets of one form, with its cells in the edition that is made. */
export type Batch = FormWalk & { fields: readonly Field[] };

/** Worksheets: one row a sheet for each form; one row a cell; the dictionary of cells; the choices. */
async function machineBook(task: Task, job: Job): Promise<Book> {
  // Read once for the one table and once for the other.
  const total = 2 * job.listed.length;
  const batches = await batchesOf(task, job, total);
  const nameOf = namer();
  async function* worksheets() {
    let before = 0;
    for (const batch of batches) {
      const name = batches.length > 1 ? `一覧 ${titleOf(batch.form)}` : '一覧';
      yield wideSheet(task, batch, nameOf(name), { before, total });
      before += batch.listed.length;
    }
    yield* tidySheets(task, job, batches, nameOf, { before, total });
    yield table(nameOf('項目'), FIELD_HEADINGS, [batches.flatMap(({ form, fields }) => fieldRows(form, fields))]);
    yield table(nameOf('選択肢'), OPTION_HEADINGS, [batches.flatMap(({ form, fields }) => optionRows(form, fields))]);
  }
  return { pages: 0, worksheets: worksheets() };
}

const titleOf = ({ definition: { title, version } }: Form): string => `${title.slice(0, 20)} 第${version}版`;

/** The forms of a job in the order in which they come up, each with its sheets. */
export const batchesOf = async (task: Task, job: TableJob, total: number): Promise<Batch[]> =>
  (await formsIn(task, job, total)).map((own) => ({ ...own, fields: fieldsOf(own.form, job.input.edition) }));

type Stretch = { before: number; total: number };

function wideSheet(task: Task, { form, fields, ...walk }: Batch, name: string, stretch: Stretch): Worksheet {
  const columns = wideColumns(fields);
  const rows = sheetSlices(task, walk, (sheet) => wideRow(form, valuesOf(sheet), columns), {
    ...stretch,
    atOnce: FEW_AT_ONCE,
  });
  return table(
    name,
    columns.map(({ heading }) => heading),
    rows,
  );
}

/** Rows of a worksheet at most. */
const ROWS = 1_048_576;

/** One row a cell. Where a worksheet is full, the next one goes on. */
async function* tidySheets(
  task: Task,
  job: TableJob,
  batches: readonly Batch[],
  nameOf: (wanted: string) => string,
  stretch: Stretch,
): AsyncGenerator<Worksheet> {
  const fieldsBy = new Map(batches.map(({ form, fields }) => [form, fields]));
  const made = sheetSlices(
    task,
    job,
    (sheet) => tidyRows(sheet.form, valuesOf(sheet), fieldsBy.get(sheet.form) ?? [], job.input.edition),
    { ...stretch, atOnce: FEW_AT_ONCE },
  );
  const slices = made[Symbol.asyncIterator]();
  let isDone = false;
  let waiting: Value[][] = [];
  async function* rows() {
    let room = ROWS - 1;
    while (room > 0) {
      if (waiting.length === 0) {
        const next = await slices.next();
        isDone = next.done === true;
        if (next.done) return;
        waiting = next.value.flat();
      }
      const batch = waiting.slice(0, room);
      waiting = waiting.slice(room);
      room -= batch.length;
      yield batch;
    }
  }
  do yield table(nameOf('データ'), TIDY_HEADINGS, rows());
  while (!isDone);
}

/** Points: a column of a table is as wide as its heading asks for, within reason. */
const NARROWEST = 60;
const WIDEST = 180;
const CHARACTER = 11;

/** A table for machines as a worksheet: its headings, and rows that come in batches. */
export function table(
  name: string,
  headings: readonly string[],
  batches: AsyncIterable<readonly Value[][]> | Iterable<readonly Value[][]>,
): Worksheet {
  async function* rows(): AsyncGenerator<BookRow[]> {
    yield [{ cells: headings.map((text, column) => single(column, { text }, 'field')) }];
    for await (const batch of batches) {
      yield batch.map((values) => ({
        height: ROW_HEIGHT,
        cells: values.flatMap((value, column) => (value ? [single(column, value, 'datum')] : [])),
      }));
    }
  }
  const widths = headings.map((text) => Math.min(WIDEST, Math.max(NARROWEST, text.length * CHARACTER)));
  return { name, widths, isTable: true, rows: rows() };
}

/** Points: line breaks inside a datum must not make its row high. */
const ROW_HEIGHT = 15;

const single = (column: number, value: NonNullable<Value>, look: Look) => ({
  column,
  rows: 1,
  columns: 1,
  value,
  look,
  ...('decimal' in value ? { format: { places: placesOf(value.decimal), isGrouped: false, tail: '' } } : {}),
});
