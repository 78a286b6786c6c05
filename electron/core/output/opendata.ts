// The sheets as open data: JSON in its schema's shape, and the machine view's table (CSV) of each form.
import type { Form } from '../../../shared/form/form.ts';
import { bothYears } from '../../../shared/kernel/fiscal.ts';
import { cellsIn } from '../../../shared/paper/edition.ts';
import type { PublicationTexts } from '../../../shared/revision/publication.ts';
import { formData, type OpenData, openDataText, sheetDataText } from '../../../shared/site/data.ts';
import type { Session } from '../session.ts';
import { settingOf } from '../store/settings.ts';
import { type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { textOf } from './csv.ts';
import { inert } from './inert.ts';
import { eachSheet, type Job, type Maker } from './job.ts';
import { fieldsOf, type WideColumn, wideColumns, wideRow } from './machine.ts';
import { spellRow } from './table.ts';

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

/** Collects sheets and gives the files of their data. */
export function collectData(edition: Edition) {
  const forms = new Map<string, { form: Form; file: string; columns: WideColumn[]; rows: string[] }>();
  const sheets: string[] = [];
  return {
    add(sheet: Sheet, page?: string) {
      const { form, assignment } = sheet;
      const values = valuesOf(sheet);
      const known = forms.get(assignment.form) ?? tableOf(form, edition, [...forms.values()]);
      forms.set(assignment.form, known);
      known.rows.push(spellRow(wideRow(form, values, known.columns).map(textOf)));
      const departments = departmentsIn(sheet, edition);
      sheets.push(sheetDataText({ form, values, departments, ...(page ? { page } : {}) }, edition));
    },
    count: () => sheets.length,
    /** Title and file of each table. */
    tables: () => [...forms.values()].map(({ form, file }) => ({ title: form.definition.title, file })),
    csv: () =>
      [...forms.values()].map(({ file, columns, rows }) => ({
        file,
        text: BOM + spellRow(columns.map(({ heading }) => inert(heading))) + rows.join(''),
      })),
    json(head: Head): string {
      const [first] = forms.values();
      const described = [...forms.values()].map(({ form }) => formData(form, edition));
      const subjectYear = first?.form.subjectYear ?? head.evaluationYear;
      const title = `${bothYears(head.evaluationYear)}評価`;
      return openDataText({ title, ...head, subjectYear, forms: described }, sheets);
    },
  };
}

const BOM = '\uFEFF';

/** The machine view's table of a form, without any row yet. Two forms may bear one name and version. */
function tableOf(form: Form, edition: Edition, known: readonly { file: string }[]) {
  const stem = `${form.definition.id}-v${form.definition.version}`;
  let file = `${stem}.csv`;
  for (let count = 2; known.some((one) => one.file === file); count += 1) file = `${stem}-${count}.csv`;
  const rows: string[] = [];
  return { form, file, columns: wideColumns(fieldsOf(form, edition)), rows };
}

/** JSON of the public edition alone. */
export const makeDataJson: Maker = async (task, job) => {
  const data = collectData(job.input.edition);
  await eachSheet(task, job, (sheet) => data.add(sheet));
  await task.ports.files.write(job.file, Buffer.from(data.json(headOf(task, job))), { replace: true });
};
