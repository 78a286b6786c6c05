// A book of parts that a real browser printed, joined: a reader finds in it what he finds in the sheets printed by themselves,
// one table of contents that leads to them, one tree of tags, and the numbers of all pages.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { type Fonts, openFonts } from '../../electron/core/printing/fonts.ts';
import { countPages, openJoining } from '../../electron/core/printing/joining.ts';
import type { Press } from '../../electron/core/printing/printer.ts';
import { anchorOf, frontHtml, numbersHtml, sheetsHtml } from '../../shared/paper/book.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import type { Page } from '../../shared/paper/style.ts';
import { printByBrowser } from '../browser/browser.ts';
import { fontsIn, namesIn, type Pdf, type PdfPage, readPdf } from './pdf.ts';
import { samples } from './samples.ts';

const A4: Page = { size: 'A4', orientation: 'portrait' };
const NAMES = ['見本のシート', '空の事務事業', '長い名前', '300行の表と50行の一覧'];
const chosen = samples().filter(({ name }) => NAMES.includes(name));
const sheets = chosen.map(({ form, values }, at) => ({
  paper: paperOf(form, values, { edition: 'internal', years: 'western' }),
  foot: `2022年度評価　改訂 1a2b3c4${at}`,
}));
/** Three parts, so that there are borders between parts and between sheets. */
const PARTS = [sheets.slice(0, 2), sheets.slice(2, 3), sheets.slice(3)];

let press: Press;
let fonts: Fonts;
let bytes: Buffer;
let book: Pdf;
let alone: Pdf[];
beforeAll(async () => {
  await printByBrowser();
  const { printer, files } = systemPorts();
  press = await printer.open();
  fonts = await openFonts(files, process.cwd());
  bytes = Buffer.concat(await joined());
  book = await readPdf(bytes);
  alone = [];
  for (const sheet of sheets) alone.push(await readPdf(await print({ title: '一枚', page: A4, sheets: [sheet] })));
});
afterAll(() => press?.close());

async function print(part: Parameters<typeof sheetsHtml>[0]): Promise<Buffer> {
  const feet = part.sheets.map(({ foot }) => foot).join('');
  return press.print(sheetsHtml(part, await fonts.rulesFor(sheetsHtml(part, '') + feet)));
}

async function joined(): Promise<Buffer[]> {
  const joining = openJoining();
  const written: Buffer[] = [];
  const through = async <T>(bytesOf: AsyncGenerator<Buffer, T>): Promise<T> => {
    for (;;) {
      const { value, done } = await bytesOf.next();
      if (done) return value as T;
      written.push(value as Buffer);
    }
  };
  const begins: number[] = [];
  let pages = 0;
  for (const part of PARTS) {
    const first = begins.length;
    const names = part.map((_, at) => anchorOf(first + at));
    const added = await through(joining.add(await print({ title: '', page: A4, sheets: part, first }), names));
    begins.push(...added.begins.map((begin) => pages + begin));
    pages += added.pages;
  }
  const front = { title: '施策評価', page: A4, lines: ['企画課'], sheets: sheets.map(({ paper }) => paper) };
  const rules = await fonts.rulesFor(frontHtml(front, ''));
  const before = await countPages(await press.print(frontHtml(front, rules), { isDraft: true }));
  const numbers = begins.map((begin) => 1 + before + begin);
  await through(joining.addFront(await press.print(frontHtml(front, rules, numbers))));
  const total = before + pages;
  // In two pieces, the first of them one page.
  for (const [from, to] of [
    [1, 1],
    [2, total],
  ] as const) {
    const html = numbersHtml(A4, from, to, total, rules);
    await through(joining.stamp(await press.print(html, { isDraft: true }), from - 1, to - 1));
  }
  return [...written, joining.end()];
}

const bare = (text: string) => text.replace(/\s/gu, '');
const begins = () => sheets.map((_, at) => book.bookmarks[at + 2]?.page ?? 0);
const pagesOf = (at: number): PdfPage[] => {
  const starts = [...begins(), book.pages.length + 1];
  return book.pages.slice((starts[at] ?? 0) - 1, (starts[at + 1] ?? 0) - 1);
};
/** The names of a part's elements and places differ, and its page numbers count on. */
const footWords = ({ foot }: PdfPage) => bare(foot.replace(/\d+ \/ \d+/, ''));

test('every sheet has the pages, words, tags, foot and links that it has by itself', () => {
  for (const [at, sheet] of alone.entries()) {
    const pages = pagesOf(at);
    expect(pages.map(({ text }) => text)).toEqual(sheet.pages.map(({ text }) => text));
    expect(pages.map(footWords)).toEqual(sheet.pages.map(footWords));
    expect(pages.map(({ tags }) => tags)).toEqual(sheet.pages.map(({ tags }) => tags));
    expect(pages.map(({ links }) => links.map((link) => link.replace(/^s\d+-/, '')))).toEqual(
      sheet.pages.map(({ links }) => links.map((link) => link.replace(/^s\d+-/, ''))),
    );
  }
  expect(book.pages.flatMap(({ links }) => links).filter((link) => link.includes('annex')).length).toBeGreaterThan(0);
});

test('pages are numbered from the title page on, in the margin and where a sheet by itself has its number', () => {
  expect(book.pages.map(({ foot }) => /(\d+) \/ (\d+)/.exec(foot)?.[0])).toEqual(
    book.pages.map((_, at) => `${at + 1} / ${book.pages.length}`),
  );
  const [there, here] = [alone[0]?.pages[0]?.footEnd, book.pages.at(-1)?.footEnd];
  expect(here?.[0]).toBeCloseTo(there?.[0] ?? 0, 0);
  expect(here?.[1]).toBeCloseTo(there?.[1] ?? 0, 0);
});

test('contents and bookmarks lead to where the sheets begin, and every link leads somewhere', async () => {
  expect(book.title).toBe('施策評価');
  const tops = sheets.map(({ paper: { number, name, title } }) => [number, name].filter(Boolean).join('　') || title);
  expect(book.bookmarks.map(({ title }) => title)).toEqual(['施策評価', '目次', ...tops]);
  for (const [at, sheet] of alone.entries()) {
    const { page = 0, items = [] } = book.bookmarks[at + 2] ?? {};
    expect(bare(book.pages[page - 1]?.text ?? '')).toContain(bare(tops[at] ?? ''));
    const offset = page - 1;
    const moved = (bookmarks: Pdf['bookmarks']): Pdf['bookmarks'] =>
      bookmarks.map((one) => ({ ...one, page: one.page + offset, items: moved(one.items) }));
    expect(items).toEqual(moved(sheet.bookmarks[0]?.items ?? []));
    expect(book.places.get(anchorOf(at))).toBe(page);
  }
  // A name that takes two lines is two links.
  expect([...new Set(book.pages[1]?.links)]).toEqual(sheets.map((_, at) => anchorOf(at)));
  for (const link of book.pages.flatMap(({ links }) => links)) expect(book.places.has(link), link).toBe(true);
  const contents = bare(book.pages[1]?.text ?? '');
  for (const begin of begins()) expect(contents).toContain(String(begin));
});

test('it is tagged, says its language, names no element twice and has its own fonts', async () => {
  expect([book.isTagged, book.language]).toEqual([true, 'ja']);
  expect([...book.roles]).toEqual(expect.arrayContaining(['Table', 'TR', 'TH', 'TD', 'H1', 'H2', 'Link']));
  const { own, found } = await namesIn(bytes);
  expect(own.length).toBeGreaterThan(100);
  expect(new Set(own).size).toBe(own.length);
  // A reader looks them up in the order in which they stand.
  expect(found).toEqual(own.toSorted());
  const { used, embedded, named } = await fontsIn(bytes);
  expect(used).toBeGreaterThan(0);
  expect([embedded, named]).toEqual([used, used]);
});
