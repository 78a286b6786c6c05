// Sheets on paper as PDF: one, a book of many with a title page and contents, or a file for each.
// Promise: a file appears only when all is printed and whole; a cancelled or failed job leaves none of its files.
import path from 'node:path';
import { fail } from '../../../shared/kernel/problem.ts';
import {
  anchorOf,
  type BookSheet,
  type Front,
  frontHtml,
  numbersHtml,
  sheetsHtml,
} from '../../../shared/paper/book.ts';
import { EDITIONS, footOf, yearIn } from '../../../shared/paper/foot.ts';
import { type Paper, paperOf } from '../../../shared/paper/paper.ts';
import { shortDigest } from '../../../shared/revision/digest.ts';
import { type Fonts, openFonts } from '../printing/fonts.ts';
import { countPages, openJoining } from '../printing/joining.ts';
import type { Press, PrintOptions } from '../printing/printer.ts';
import type { Session } from '../session.ts';
import { sheetDigest } from '../signed.ts';
import { type Sheet, valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { assertNone, fileNamer, intoFolder } from './each.ts';
import { type Job, type JobSheet, type Maker, sheetSlices } from './job.ts';

/** Sheets that are laid out at once: more are no faster, and a browser needs about 5 MB for each. */
const PART = 20;
/** Page numbers that are printed at once: of more, each takes longer. */
const NUMBERS = 200;

/** A sheet as it prints. */
const bookSheetOf =
  (job: Job) =>
  (sheet: Sheet, line: JobSheet): BookSheet => {
    const values = valuesOf(sheet);
    const state = {
      year: sheet.form.year,
      heads: line.heads,
      draft: sheet.draft.size > 0,
      digest: shortDigest(sheetDigest(sheet, values)),
      publication: job.publication?.number,
    };
    return { paper: paperOf(sheet.form, values, job.input), foot: footOf(state, job.input) };
  };

/** The sheets of a job, as many at once as are printed at once. */
const partsOf = (task: Task, job: Job, atOnce: number): AsyncGenerator<BookSheet[]> =>
  sheetSlices(task, job, bookSheetOf(job), { atOnce });

function frontOf({ input }: Job, { meta }: Session, papers: readonly PaperHead[]): Front {
  const titles = [...new Set(papers.map(({ title }) => title))];
  const owner = meta.office === meta.unit ? meta.office : `${meta.office}　${meta.unit}`;
  return {
    title: `${yearIn(meta.year, input)}　${titles.length === 1 ? titles[0] : '評価シート'}`,
    page: input.page,
    lines: [owner, `${papers.length}枚`, EDITIONS[input.edition]],
    sheets: papers,
  };
}

type PaperHead = Pick<Paper, 'title' | 'number' | 'name' | 'unit'>;
const headOf = ({ paper: { title, number, name, unit } }: BookSheet): PaperHead => ({ title, number, name, unit });

const titleOf = ({ paper }: BookSheet): string => [paper.number, paper.name].filter(Boolean).join('　') || paper.title;

/** What every way of printing needs. */
type Work = { task: Task; press: Press; fonts: Fonts };

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

/** A document with the fonts that it needs; `margins` holds what stands in its margins. */
const withFonts = async (fonts: Fonts, html: (rules: string) => string, margins = ''): Promise<string> =>
  html(await fonts.rulesFor(html('') + margins));

/** One sheet by itself. */
async function printSheet({ task, press, fonts }: Work, job: Job, sheet: BookSheet, done: number): Promise<Buffer> {
  const part = { title: titleOf(sheet), page: job.input.page, sheets: [sheet] };
  const html = await withFonts(fonts, (rules) => sheetsHtml(part, rules), sheet.foot);
  return printed(task, press, html, { done, total: job.listed.length, name: sheet.paper.number });
}

/**
 * The bytes of a book. Its sheets are printed part by part; then it is known on which pages they begin, so that the
 * contents can be printed, and last the page numbers.
 */
async function* bookBytes({ task, press, fonts }: Work, job: Job): AsyncGenerator<Buffer> {
  const total = job.listed.length;
  const { page } = job.input;
  const joining = openJoining();
  const heads: PaperHead[] = [];
  const begins: number[] = [];
  let count = 0;
  for await (const sheets of partsOf(task, job, PART)) {
    const first = heads.length;
    const part = { title: '', page, sheets, first };
    const html = await withFonts(fonts, (rules) => sheetsHtml(part, rules), sheets.map(({ foot }) => foot).join(''));
    const pdf = await printed(task, press, html, { done: first, total, name: sheets[0]?.paper.number ?? '' });
    const added = yield* joining.add(
      pdf,
      sheets.map((_, at) => anchorOf(first + at)),
    );
    begins.push(...added.begins.map((begin) => count + begin));
    count += added.pages;
    heads.push(...sheets.map(headOf));
  }

  const front = task.read((_, session) => frontOf(job, session, heads));
  const rules = await fonts.rulesFor(frontHtml(front, '') + front.title);
  const contents = { done: total, total, name: '目次を作っています' };
  const counted = await countPages(await printed(task, press, frontHtml(front, rules), contents, { isDraft: true }));
  const numbers = begins.map((begin) => 1 + counted + begin);
  const added = yield* joining.addFront(await printed(task, press, frontHtml(front, rules, numbers), contents));
  if (added.pages !== counted) fail('printer.failed', { reason: '目次のページが合わない' });

  count += counted;
  for (let from = 1; from <= count; from += NUMBERS) {
    const to = Math.min(count, from + NUMBERS - 1);
    const html = await withFonts(fonts, (given) => numbersHtml(page, from, to, count, given));
    const pdf = await printed(
      task,
      press,
      html,
      { done: total, total, name: 'ページ番号を入れています' },
      { isDraft: true },
    );
    yield* joining.stamp(pdf, from - 1, to - 1);
  }
  yield joining.end();
}

async function writeEach(work: Work, job: Job): Promise<void> {
  const { files } = work.task.ports;
  const heads: PaperHead[] = [];
  for await (const sheets of partsOf(work.task, job, PART)) heads.push(...sheets.map(headOf));
  const names = heads.map(fileNamer('pdf'));
  // Printing takes long: what is in the way is told before it begins.
  await assertNone(files, job.file, names);
  await intoFolder(files, job.file, async (write) => {
    let at = 0;
    for await (const [sheet] of partsOf(work.task, job, 1)) {
      const pdf = await printSheet(work, job, sheet as BookSheet, at);
      await write(names[at] ?? '', (place) => files.write(place, pdf));
      at += 1;
    }
  });
}

/** Raises printer.missing, printer.failed, file.exists (only with `each`). */
export const makePdf: Maker = async (task, job) => {
  const { files, printer } = task.ports;
  const press = await printer.open();
  try {
    const work = { task, press, fonts: await openFonts(files, path.dirname(task.resources)) };
    if (job.input.each) await writeEach(work, job);
    else if (job.listed.length > 1) await files.stream(job.file, bookBytes(work, job), { replace: true });
    else {
      for await (const [sheet] of partsOf(task, job, 1)) {
        await files.write(job.file, await printSheet(work, job, sheet as BookSheet, 0), { replace: true });
      }
    }
  } finally {
    await press.close();
  }
};
