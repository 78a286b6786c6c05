// Sheets on paper as PDF: one, a book of many with a title page and contents, or a file for each.
// Promise: a file appears only when all is printed and whole; a cancelled or failed job leaves none of its files.
import path from 'node:path';
import { fail } from '../../../shared/kernel/problem.ts';
import { anchorOf, type Book, type BookSheet, bookHtml } from '../../../shared/paper/book.ts';
import { EDITIONS, footOf, yearIn } from '../../../shared/paper/foot.ts';
import { paperOf } from '../../../shared/paper/paper.ts';
import { shortDigest } from '../../../shared/revision/digest.ts';
import { safeName } from '../filename.ts';
import { type Fonts, openFonts } from '../printing/fonts.ts';
import { placesIn } from '../printing/pages.ts';
import type { Press, PrintOptions } from '../printing/printer.ts';
import type { Session } from '../session.ts';
import { sheetDigest } from '../signed.ts';
import { valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { eachSheet, type Job, type Maker } from './job.ts';

async function sheetsOf(task: Task, job: Job): Promise<BookSheet[]> {
  const sheets: BookSheet[] = [];
  await eachSheet(task, job, (sheet, line) => {
    const values = valuesOf(sheet);
    const state = {
      year: sheet.form.year,
      heads: line.heads,
      draft: sheet.draft.size > 0,
      digest: shortDigest(sheetDigest(sheet, values)),
      publication: job.publication?.number,
    };
    sheets.push({ paper: paperOf(sheet.form, values, job.input), foot: footOf(state, job.input) });
  });
  return sheets;
}

function bookOf({ input }: Job, { meta }: Session, sheets: readonly BookSheet[]): Book {
  const [only] = sheets;
  if (sheets.length === 1 && only) return { title: titleOf(only), page: input.page, sheets };
  const titles = [...new Set(sheets.map(({ paper }) => paper.title))];
  const title = `${yearIn(meta.year, input)}　${titles.length === 1 ? titles[0] : '評価シート'}`;
  const owner = meta.office === meta.unit ? meta.office : `${meta.office}　${meta.unit}`;
  return {
    title,
    page: input.page,
    sheets,
    cover: { title, lines: [owner, `${sheets.length}枚`, EDITIONS[input.edition]] },
  };
}

const titleOf = ({ paper }: BookSheet): string => [paper.number, paper.name].filter(Boolean).join('　') || paper.title;

const LOOK_MS = 150;
/** A page takes milliseconds; what takes this long will never come. */
const PATIENCE_MS = 15 * 60_000;

/** Waits for a print in which nothing can be counted, and can be stopped all the same. */
async function printed(
  task: Task,
  press: Press,
  html: string,
  progress: Parameters<Task['step']>[0],
  options?: PrintOptions,
): Promise<Buffer> {
  let isOver = false;
  const work = press.print(html, options).finally(() => {
    isOver = true;
  });
  // Whoever stops waiting does not hear how it ended.
  work.catch(() => undefined);
  for (let waited = 0; !isOver; waited += LOOK_MS) {
    await task.step(progress);
    if (waited > PATIENCE_MS) fail('printer.failed', { reason: '時間がかかりすぎた' });
    await Promise.race([work, task.ports.clock.delay(LOOK_MS)]);
  }
  return work;
}

/** The book as one PDF. The contents need to know the pages, so that it is laid out twice where there are contents. */
async function printBook(task: Task, press: Press, fonts: Fonts, book: Book): Promise<Buffer> {
  const total = book.sheets.length;
  const rules = await fonts.rulesFor(bookHtml(book, '') + DIGITS);
  const named = (name: string) => ({ done: total, total, name });
  if (!book.cover) return printed(task, press, bookHtml(book, rules), named(titleOf(book.sheets[0] as BookSheet)));
  const numbers = await countPages(task, press, rules, book);
  const pdf = await printed(task, press, bookHtml(book, rules, numbers), named('PDF にしています'));
  if (numbersIn(pdf, total).some((page, at) => page !== numbers[at])) {
    fail('printer.failed', { reason: '目次のページが合わない' });
  }
  return pdf;
}

/** So many sheets are laid out at once to count their pages. */
const COUNTED = 20;

/** The pages on which the sheets will begin, found slice by slice with progress between them. */
async function countPages(task: Task, press: Press, rules: string, book: Book): Promise<number[]> {
  const { sheets } = book;
  const total = sheets.length;
  const draft = (part: Book, done: number) =>
    printed(task, press, bookHtml(part, rules), { done, total, name: 'ページを数えています' }, { isDraft: true });
  const numbers: number[] = [];
  let before = placesIn(await draft({ ...book, isFront: true }, 0)).pages;
  for (let at = 0; at < total; at += COUNTED) {
    const slice = sheets.slice(at, at + COUNTED);
    // With contents of its own: a place has a name only where something leads to it.
    const pdf = await draft({ ...book, sheets: slice }, at);
    const found = numbersIn(pdf, slice.length);
    const front = (found[0] ?? 1) - 1;
    numbers.push(...found.map((page) => before + page - front));
    before += placesIn(pdf).pages - front;
  }
  return numbers;
}

/** Page numbers are written by the printer and stand nowhere in the document. */
const DIGITS = '0123456789/';

function numbersIn(pdf: Buffer, count: number): number[] {
  const places = placesIn(pdf);
  return Array.from({ length: count }, (_, at) => places.pageOf(anchorOf(at)));
}

/** A name of its own for each sheet: number and name, as every system takes them. */
function fileNames(sheets: readonly BookSheet[]): string[] {
  const taken = new Set<string>();
  return sheets.map((sheet) => {
    const stem = safeName(`${sheet.paper.number}_${sheet.paper.name}.pdf`, 'シート.pdf').replace(/\.pdf$/, '');
    let name = `${stem}.pdf`;
    // Windows and macOS take capitals and small letters for the same.
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem} (${count}).pdf`;
    taken.add(name.toLowerCase());
    return name;
  });
}

async function writeEach(task: Task, press: Press, fonts: Fonts, job: Job, sheets: readonly BookSheet[]) {
  const { files } = task.ports;
  const isNew = !(await files.exists(job.file));
  const places = fileNames(sheets).map((name) => path.join(job.file, name));
  for (const place of places) if (await files.exists(place)) fail('file.exists', { name: path.basename(place) });
  await files.makeFolder(job.file);
  const written: string[] = [];
  try {
    for (const [at, sheet] of sheets.entries()) {
      const book = { title: titleOf(sheet), page: job.input.page, sheets: [sheet] };
      const html = bookHtml(book, await fonts.rulesFor(bookHtml(book, '') + DIGITS));
      const pdf = await printed(task, press, html, { done: at, total: sheets.length, name: sheet.paper.number });
      const place = places[at] ?? '';
      await files.write(place, pdf);
      written.push(place);
    }
  } catch (error) {
    for (const place of isNew ? [job.file] : written) await files.remove(place);
    throw error;
  }
}

/** Raises printer.missing, printer.failed, file.exists (only with `each`). */
export const makePdf: Maker = async (task, job) => {
  const press = await task.ports.printer.open();
  try {
    const fonts = await openFonts(task.ports.files, path.dirname(task.resources));
    const sheets = await sheetsOf(task, job);
    if (job.input.each) return await writeEach(task, press, fonts, job, sheets);
    const pdf = await printBook(
      task,
      press,
      fonts,
      task.read((_, session) => bookOf(job, session, sheets)),
    );
    await task.ports.files.write(job.file, pdf, { replace: true });
  } finally {
    await press.close();
  }
};
