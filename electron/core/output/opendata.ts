// The sheets as open data: JSON in its schema's shape, and the machine view's table (CSV) of each form.
import type { Form } from '../../../shared/form/form.ts';
import { bothYears } from '../../../shared/kernel/fiscal.ts';
import { cellsIn } from '../../../shared/paper/edition.ts';
import type { PublicationTexts } from '../../../shared/revision/publication.ts';
import { formData, type OpenData, openDataHead, sheetDataText } from '../../../shared/site/data.ts';
import type { Session } from '../session.ts';
import { settingOf } from '../store/settings.ts';
import { type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { textOf } from './csv.ts';
import { inert } from './inert.ts';
import { FEW_AT_ONCE, formsIn, type Job, type Maker, sheetSlices } from './job.ts';
import { fieldsOf, type WideColumn, wideColumns, wideRow } from './machine.ts';
import type { Sink } from './sink.ts';
import { JSON_ENDING, jsonItem, jsonOpening, jsonPieces, spellRow } from './table.ts';

type Edition = Job['input']['edition'];
type Head = Omit<OpenData, '$schema' | 'format' | 'sheets' | 'forms' | 'title' | 'subjectYear'>;

/** The day of an instant in Japan, whatever the clock of this machine is set to. */
export const japaneseDay = (instant: string): string =>
  new Date(Date.parse(instant) + 9 * 60 * 60 * 1_000).toISOString().slice(0, 10);

/** What the office says of a publication, or would say now of one. */
export const textsOf = (task: Task, { publication }: Job): PublicationTexts =>
  publication?.texts ?? task.read((db) => settingOf(db, 'texts'));

/** What stands at the head of everything that is published. */
export function headOf(task: Task, job: Job): Head {
  const { publisher, source, licence } = textsOf(task, job);
  const { meta }: Session = task.session();
  return {
    ...{ publisher, source, licence },
    office: job.publication?.office ?? meta.office,
    edition: job.input.edition,
    publication: job.publication?.number ?? null,
    updated: japaneseDay(job.publication?.at ?? task.ports.clock.now()),
    evaluationYear: meta.year,
  };
}

/** Whose departments a sheet is, where the edition shows the department. */
export const departmentsIn = ({ form, assignment }: Sheet, edition: Edition): readonly string[] =>
  cellsIn(form, edition).includes(form.identity.unit) ? assignment.units : [];

const BOM = '\uFEFF';

/** The table of one form: its file, and what it is called. */
export type DataTable = { file: string; title: string };

/** A sheet's part of the data: its line in the table of its form, and its item in the JSON. */
type DataTexts = { file: string; row: string; item: string };

/** How the sheets of these forms are spelled as data. */
export function dataSpelling(forms: readonly Form[], edition: Edition) {
  const tables = new Map<Form, DataTable & { columns: WideColumn[] }>();
  for (const form of forms) {
    const file = freeName(form, [...tables.values()]);
    tables.set(form, { file, title: form.definition.title, columns: wideColumns(fieldsOf(form, edition)) });
  }
  return {
    tables: [...tables.values()],
    textsOf(sheet: Sheet, page?: string): DataTexts {
      const { form } = sheet;
      const table = tables.get(form);
      if (!table) throw new RangeError('a sheet of another form');
      const values = valuesOf(sheet);
      const departments = departmentsIn(sheet, edition);
      return {
        file: table.file,
        row: spellRow(wideRow(form, values, table.columns).map(textOf)),
        item: sheetDataText({ form, values, departments, ...(page ? { page } : {}) }, edition),
      };
    },
    /** What stands in the JSON before the sheets. */
    head: (head: Head) =>
      openDataHead({
        title: `${bothYears(head.evaluationYear)}評価`,
        ...head,
        subjectYear: forms[0]?.subjectYear ?? head.evaluationYear,
        forms: forms.map((form) => formData(form, edition)),
      }),
  };
}

export type DataSpelling = ReturnType<typeof dataSpelling>;

/** Two forms may bear one name and version. */
function freeName({ definition: { id, version } }: Form, known: readonly DataTable[]): string {
  let file = `${id}-v${version}.csv`;
  for (let count = 2; known.some((one) => one.file === file); count += 1) file = `${id}-v${version}-${count}.csv`;
  return file;
}

/** Files of the data, opened by `open` under their names, that take sheet after sheet and then their end. */
export async function openDataFiles(spelling: DataSpelling, head: Head, open: (name: string) => Sink) {
  const json = open('sheets.json');
  await json(jsonOpening(spelling.head(head)));
  const tables = new Map<string, Sink>();
  for (const { file, columns } of spelling.tables) {
    const table = open(file);
    await table(BOM + spellRow(columns.map(({ heading }) => inert(heading))));
    tables.set(file, table);
  }
  let count = 0;
  return {
    async add({ file, row, item }: DataTexts): Promise<void> {
      await tables.get(file)?.(row);
      await json(jsonItem(item, count));
      count += 1;
    },
    end: () => json(JSON_ENDING),
  };
}

/** JSON of the public edition alone. */
export const makeDataJson: Maker = async (task, job) => {
  const forms = await formsIn(task, job, job.listed.length);
  const spelling = dataSpelling(
    forms.map(({ form }) => form),
    job.input.edition,
  );
  const items = sheetSlices(task, job, (sheet) => spelling.textsOf(sheet).item, { atOnce: FEW_AT_ONCE });
  const pieces = jsonPieces(spelling.head(headOf(task, job)), items);
  await task.ports.files.stream(job.file, pieces, { replace: true });
};
