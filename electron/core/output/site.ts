// The town's web site of an evaluation as a folder of static files, with its open data beside the pages.
// Promise: nothing that the edition hides is in any file; the folder appears whole under its name, or not at all.
import path from 'node:path';
import type { Cell } from '../../../shared/form/cell.ts';
import { withComputed } from '../../../shared/form/compute.ts';
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
import {
  type Entry,
  type Errata,
  MARK,
  type Site,
  searchFile,
  sheetFiles,
  sheetTitle,
} from '../../../shared/site/site.ts';
import { errataBetween } from '../errata.ts';
import { publicationNumbered } from '../store/publications.ts';
import { type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { eachSheet, formsIn, type Job, type Maker, sheetSlices } from './job.ts';
import { dataSpelling, departmentsIn, headOf, japaneseDay, openDataFiles, textsOf } from './opendata.ts';
import { withSinks } from './sink.ts';

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

/** Sheets of one part of the search index: half a megabyte at most, which is read and folded in a moment. */
const SEARCHED_AT_ONCE = 100;

/** Laying a sheet out is more work than reading it. */
const DRAWN_AT_ONCE = 5;

async function writeSite(task: Task, job: Job, folder: string): Promise<void> {
  const { files } = task.ports;
  const { edition, years } = job.input;
  const placeOf = (file: string) => path.join(folder, ...file.split('/'));
  const write = (file: string, text: string) => files.write(placeOf(file), Buffer.from(text), { replace: true });
  const forms = (await formsIn(task, job, 2 * job.listed.length)).map(({ form }) => form);
  const entries = await entriesOf(partOf(task, 0, 2), job);
  const data = dataSpelling(forms, edition);
  const head = headOf(task, job);
  const site: Site = {
    ...{ ...head, day: head.updated, years, entries, tables: data.tables },
    errata: await errataUpTo(task, job),
    note: textsOf(task, job).note,
    subjectYear: forms[0]?.subjectYear ?? head.evaluationYear,
    goalLabel: joined(forms.flatMap((form) => goalCell(form, { edition, years }) ?? [])),
    unitLabel: joined(forms.map(({ identity }) => identity.unit).filter((unit) => unit.public)),
    searchParts: Math.ceil(entries.length / SEARCHED_AT_ONCE),
  };
  const rules = collectRules();
  let at = 0;
  const draw = (sheet: Sheet) => {
    const entry = entries[at];
    if (!entry) throw new RangeError(`no entry at ${at}`);
    const page = sheetPage(site, at, paperOf(sheet.form, valuesOf(sheet), { edition, years }), rules);
    at += 1;
    return { page, data: data.textsOf(sheet, `../${entry.file}`), found: foundText(entry, searchText(sheet, edition)) };
  };
  await withSinks(files, async (open) => {
    const dataFiles = await openDataFiles(data, head, (name) => open(placeOf(`data/${name}`)));
    let found: string[] = [];
    let part = 0;
    const writeFound = async () => {
      part += 1;
      await write(searchFile(part), searchScript(found));
      found = [];
    };
    for await (const drawn of sheetSlices(partOf(task, 1, 2), job, draw, { atOnce: DRAWN_AT_ONCE })) {
      for (const sheet of drawn) {
        await write(sheet.page.file, pageHtml(site, sheet.page));
        await dataFiles.add(sheet.data);
        found.push(sheet.found);
        if (found.length === SEARCHED_AT_ONCE) await writeFound();
      }
    }
    if (found.length > 0) await writeFound();
    await dataFiles.end();
  });
  for (const page of [indexPage(site), ...groupPages(site), errataPage(site), aboutPage(site)]) {
    await write(page.file, pageHtml(site, page));
  }
  await write('assets/tables.css', rules.css());
  for (const name of ASSETS) {
    const bytes = await files.read(path.join(task.resources, 'site', name));
    await write(`assets/${name}`, bytes.toString('utf8'));
  }
  await write(MARK, openDataJsonSchema());
}

/** The cells' labels, each once. */
const joined = (cells: readonly Cell[]): string => [...new Set(cells.map(({ label }) => label))].join('・');

/** What the search says of a sheet, and where it looks. */
const foundText = (entry: Entry, text: string): string =>
  JSON.stringify({ file: entry.file, title: sheetTitle(entry), departments: entry.departments.join('、'), text });

/** A part of the search index: a script, since a page that lies in a folder may fetch nothing. */
const searchScript = (found: readonly string[]): string => `globalThis.hyokaIndex.push(\n${found.join(',\n')}\n);\n`;

/** Lines of the lists for all sheets, in order, with the files that their pages will be. */
async function entriesOf(task: Task, job: Job): Promise<Entry[]> {
  const { edition, years } = job.input;
  const found: Omit<Entry, 'file'>[] = [];
  await eachSheet(task, job, (sheet) => found.push(entryOf(sheet, { edition, years })));
  const names = sheetFiles(found.map(({ number }) => number));
  return found.map((entry, at) => ({ ...entry, file: names[at] ?? '' }));
}
