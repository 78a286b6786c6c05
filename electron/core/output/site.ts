// The town's web site of an evaluation as a folder of static files, with its open data beside the pages.
// Promise: nothing that the edition hides is in any file; the folder appears whole under its name, or not at all.
import path from 'node:path';
import type { Cell } from '../../../shared/form/cell.ts';
import { withComputed } from '../../../shared/form/compute.ts';
import type { Form } from '../../../shared/form/form.ts';
import { contentAt } from '../../../shared/form/merge.ts';
import { showContent } from '../../../shared/form/reading.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { PaperOptions } from '../../../shared/paper/content.ts';
import { cellsIn, identityIn } from '../../../shared/paper/edition.ts';
import { paperOf } from '../../../shared/paper/paper.ts';
import { groupPages, indexPage } from '../../../shared/site/contents.ts';
import { openDataJsonSchema } from '../../../shared/site/data.ts';
import { pageHtml } from '../../../shared/site/frame.ts';
import { aboutPage, errataPage } from '../../../shared/site/otherpages.ts';
import { goalCell, goalOf, gradesOf } from '../../../shared/site/overview.ts';
import { collectRules, sheetPage } from '../../../shared/site/sheetpage.ts';
import { type Entry, type Errata, MARK, type Site, sheetFiles, sheetTitle } from '../../../shared/site/site.ts';
import { errataBetween } from '../errata.ts';
import { publicationNumbered } from '../store/publications.ts';
import { type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { eachSheet, type Job, type Maker, sheetSlices } from './job.ts';
import { collectData, departmentsIn, headOf, japaneseDay, textsOf } from './opendata.ts';

/** Files that are the same on every site, as they lie in resources/site. */
const ASSETS = ['site.css', 'sheet.css', 'site.js', 'search.js'];

type Edition = Job['input']['edition'];

/** A sheet's line in the lists; its file is named once all are known. */
function entryOf(sheet: Sheet, options: PaperOptions): Omit<Entry, 'file'> {
  const { form } = sheet;
  const values = valuesOf(sheet);
  const { number, name } = identityIn(form, values, options.edition);
  return {
    ...{ number, name },
    departments: departmentsIn(sheet, options.edition),
    goal: goalOf(form, values, options),
    form: form.definition.title,
    grades: gradesOf(form, values, options),
  };
}

/** Everything that a reader of the page can read of a sheet. */
function searchText({ form, ...sheet }: Sheet, edition: Edition): string {
  const values = withComputed(form, valuesOf(sheet));
  const texts = cellsIn(form, edition).map(({ address }) => showContent(form, address, contentAt(values, address)));
  return texts.filter((text) => text !== '').join('\n');
}

/** Every correction up to a publication, newest first. */
async function errataUpTo(task: Task, { publication }: Job): Promise<Errata[]> {
  const found: Errata[] = [];
  for (let number = publication?.number ?? 1; number > 1; number -= 1) {
    const [before, after] = task.read((db) => [publicationNumbered(db, number - 1), publicationNumbered(db, number)]);
    // What an internal edition corrected is not for everybody to read.
    if (before.edition !== publication?.edition || after.edition !== publication.edition) continue;
    found.push({ ...(await errataBetween(task, before, after)), day: japaneseDay(after.at) });
  }
  return found;
}

/** Whether a site may be written there: the place is free, empty, or holds a site that was written before. */
async function assertFree({ ports: { files } }: Task, folder: string): Promise<void> {
  if (!(await files.exists(folder))) return;
  const isOurs =
    (await files.isFolder(folder)) &&
    ((await files.listFolder(folder)).length === 0 || (await files.exists(path.join(folder, MARK))));
  if (!isOurs) fail('folder.occupied', { name: path.basename(folder) });
}

/** The same task, whose progress is the given part of a longer way. */
const partOf = (task: Task, part: number, parts: number): Task => ({
  ...task,
  step: ({ done, total, name }) => task.step({ done: part * total + done, total: parts * total, name }),
});

/** Writes the site to the folder `job.file`. Raises folder.occupied. */
export const makeSite: Maker = async (task, job) => {
  const { files } = task.ports;
  await assertFree(task, job.file);
  const staging = `${job.file}.part`;
  await files.remove(staging);
  try {
    for (const folder of ['assets', 'data', 'sheets']) await files.makeFolder(path.join(staging, folder));
    await writeSite(task, job, staging);
    await files.settleFolder(staging, job.file);
  } finally {
    await files.remove(staging);
  }
};

/** Laying a sheet out is more work than reading it. */
const DRAWN_AT_ONCE = 5;

async function writeSite(task: Task, job: Job, folder: string): Promise<void> {
  const { edition, years } = job.input;
  const write = (file: string, text: string) =>
    task.ports.files.write(path.join(folder, ...file.split('/')), Buffer.from(text), { replace: true });
  const found: Omit<Entry, 'file'>[] = [];
  const texts: string[] = [];
  const forms = new Set<Form>();
  await eachSheet(partOf(task, 0, 2), job, (sheet) => {
    found.push(entryOf(sheet, { edition, years }));
    texts.push(searchText(sheet, edition));
    forms.add(sheet.form);
  });
  const [first] = forms;
  if (!first) throw new RangeError('a site has at least one sheet');
  const names = sheetFiles(found.map(({ number }) => number));
  const entries = found.map((entry, at) => ({ ...entry, file: names[at] ?? '' }));
  const data = collectData(edition);
  const errata = await errataUpTo(task, job);
  const head = headOf(task, job);
  const site: Site = {
    ...{ ...head, day: head.updated, years, entries, errata, tables: [] },
    note: textsOf(task, job).note,
    subjectYear: first.subjectYear,
    goalLabel: joined([...forms].flatMap((form) => goalCell(form, { edition, years }) ?? [])),
    unitLabel: joined([...forms].map(({ identity }) => identity.unit).filter((unit) => unit.public)),
  };
  const rules = collectRules();
  const draw = (sheet: Sheet) => {
    const at = data.count();
    data.add(sheet, `../${names[at] ?? ''}`);
    return sheetPage(site, at, paperOf(sheet.form, valuesOf(sheet), { edition, years }), rules);
  };
  const slices = sheetSlices(partOf(task, 1, 2), job, draw, { atOnce: DRAWN_AT_ONCE });
  for await (const pages of slices) for (const page of pages) await write(page.file, pageHtml(site, page));
  const whole = { ...site, tables: data.tables() };
  for (const page of [indexPage(whole), ...groupPages(whole), errataPage(whole), aboutPage(whole)]) {
    await write(page.file, pageHtml(whole, page));
  }
  await write('assets/tables.css', rules.css());
  await write('assets/search-index.js', searchIndex(entries, texts));
  for (const name of ASSETS) {
    const bytes = await task.ports.files.read(path.join(task.resources, 'site', name));
    await write(`assets/${name}`, bytes.toString('utf8'));
  }
  for (const { file, text } of data.csv()) await write(`data/${file}`, text);
  await write('data/sheets.json', data.json(head));
  await write(MARK, openDataJsonSchema());
}

/** The cells' labels, each once. */
const joined = (cells: readonly Cell[]): string => [...new Set(cells.map(({ label }) => label))].join('・');

/** A script, since a page that lies in a folder may fetch nothing. */
const searchIndex = (entries: readonly Entry[], texts: readonly string[]): string =>
  `globalThis.hyokaIndex = [\n${entries
    .map((entry, at) =>
      JSON.stringify({
        file: entry.file,
        title: sheetTitle(entry),
        departments: entry.departments.join('、'),
        text: texts[at] ?? '',
      }),
    )
    .join(',\n')}\n];\n`;
