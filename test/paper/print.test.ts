// Sheets printed by a real browser and read back: nothing is cut off, pages end where they may, and a reader of the PDF
// finds tags, bookmarks, page numbers and fonts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { type Fonts, openFonts } from '../../electron/core/printing/fonts.ts';
import { placesIn } from '../../electron/core/printing/pages.ts';
import type { Press } from '../../electron/core/printing/printer.ts';
import { anchorOf, bookHtml } from '../../shared/paper/book.ts';
import { type Content, type Paper, type PaperOptions, paperOf } from '../../shared/paper/paper.ts';
import type { Page } from '../../shared/paper/style.ts';
import { printByBrowser } from '../browser/browser.ts';
import { fontsIn, type Pdf, readPdf } from './pdf.ts';
import { samples } from './samples.ts';

const A4: Page = { size: 'A4', orientation: 'portrait' };
const internal: PaperOptions = { edition: 'internal', years: 'western' };
const open: PaperOptions = { edition: 'public', years: 'era' };
const FOOT = '2022年度評価　庁内用　改訂 1a2b3c4d　内容コード ABCD-EFGH-JKMN';

let press: Press;
let fonts: Fonts;
beforeAll(async () => {
  await printByBrowser();
  const { printer, files } = systemPorts();
  press = await printer.open();
  fonts = await openFonts(files, process.cwd());
});
afterAll(() => press?.close());

async function print(papers: readonly Paper[], page = A4, cover?: { title: string; lines: string[] }) {
  const sheets = papers.map((paper) => ({ paper, foot: FOOT }));
  const book = { title: papers[0]?.name || '無題', page, sheets, ...(cover ? { cover } : {}) };
  const rules = await fonts.rulesFor(`${bookHtml(book, '')}0123456789/`);
  const bytes = await press.print(bookHtml(book, rules));
  return { bytes, pdf: await readPdf(bytes) };
}

const bare = (text: string) => text.replace(/\s/gu, '');
const wordsOf = (content: Content): string => {
  if (content.kind === 'mark') return content.isChosen ? '○' : '';
  if (content.kind === 'options') return content.options.map((o) => `${o.isChosen ? '☑' : '☐'}${o.label}`).join('');
  return content.text;
};
const squaresOf = (paper: Paper) =>
  paper.sections.flatMap((section) =>
    section.groups.flatMap((group) => group.tables.flatMap((table) => table.squares)),
  );
const headingsOf = (paper: Paper) =>
  paper.sections.flatMap((section) => [section.title, ...section.groups.map(({ title }) => title)]).filter(Boolean);

/** Every square's words stand in the PDF, and every annex is whole. */
function expectNothingCut(paper: Paper, pdf: Pdf): void {
  const whole = bare(pdf.pages.map(({ text }) => text).join(''));
  for (const { content } of squaresOf(paper)) expect(whole).toContain(bare(wordsOf(content)));
  for (const { text } of paper.annex) expect(whole).toContain(bare(text));
}

/** No page ends with a heading of what stands on the next. */
function expectNoHeadingAlone(paper: Paper, pdf: Pdf): void {
  for (const { text } of pdf.pages) {
    for (const heading of headingsOf(paper)) expect(bare(text).endsWith(bare(heading)), heading).toBe(false);
  }
}

const OTHERS: readonly [Page, PaperOptions][] = [
  [{ size: 'A4', orientation: 'landscape' }, open],
  [{ size: 'A3', orientation: 'landscape' }, internal],
  [{ size: 'A3', orientation: 'portrait' }, open],
];

// Every sample on the page that offices use, and on one of the others in turn.
describe.each(samples().map((sample, at) => ({ ...sample, at })))('$name', ({ form, values, at: turn }) => {
  test.each<[Page, PaperOptions]>([[A4, internal], OTHERS[turn % 3] ?? [A4, open]])(
    'on %o as %o: nothing is cut off, and pages end where they may',
    async (page, options) => {
      const paper = paperOf(form, values, options);
      const { pdf } = await print([paper], page);
      expectNothingCut(paper, pdf);
      expectNoHeadingAlone(paper, pdf);
      for (const { width, height, foot } of pdf.pages) {
        const sides = page.size === 'A4' ? [595, 842] : [842, 1191];
        expect([Math.round(width), Math.round(height)]).toEqual(
          page.orientation === 'portrait' ? sides : sides.toReversed(),
        );
        expect(bare(foot)).toContain(bare(FOOT));
      }
      expect(pdf.pages.map(({ foot }) => /(\d+) \/ (\d+)/.exec(foot)?.slice(1).map(Number))).toEqual(
        pdf.pages.map((_, at) => [at + 1, pdf.pages.length]),
      );
    },
  );
});

test('a row that fits on a page is not split over two', async () => {
  const filled = samples().find(({ name }) => name === '埋まった施策');
  const paper = paperOf(filled?.form ?? expect.unreachable(), filled?.values ?? {}, internal);
  const { pdf } = await print([paper]);
  const pages = pdf.pages.map(({ text }) => bare(text));
  expect(pages.length).toBeGreaterThan(2);
  for (const { content } of squaresOf(paper)) {
    expect(pages.some((page) => page.includes(bare(wordsOf(content))))).toBe(true);
  }
});

test('headings of a table stand on each of its pages', async () => {
  const long = samples().at(-1);
  const { pdf } = await print([paperOf(long?.form ?? expect.unreachable(), long?.values ?? {}, internal)]);
  const inside = pdf.pages.filter(({ text }) => /番の事業/.test(bare(text)));
  expect(inside.length).toBeGreaterThan(5);
  for (const { text, foot } of inside) expect(bare(text + foot)).toContain('内容');
});

test('a book has a title page, contents with the pages on which sheets begin, bookmarks, tags and its own fonts', async () => {
  const papers = samples().map(({ form, values }) => paperOf(form, values, internal));
  const { bytes, pdf } = await print(papers, A4, { title: '施策評価', lines: ['企画課'] });
  const begins = papers.map((_, at) => placesIn(bytes).pageOf(anchorOf(at)));
  expect(placesIn(bytes).pages).toBe(pdf.pages.length);
  for (const [at, { name, number }] of papers.entries()) {
    expect(bare(pdf.pages[(begins[at] ?? 0) - 1]?.text ?? '')).toContain(bare(number + name));
  }
  expect(begins[0]).toBe(3);
  const tops = papers.map(({ number, name, title }) => [number, name].filter(Boolean).join('　') || title);
  expect(pdf.bookmarks.map(({ title }) => title)).toEqual(expect.arrayContaining(['施策評価', '目次']));
  const first = pdf.bookmarks.find(({ title }) => title === tops[0]);
  expect(first?.page).toBe(begins[0]);
  expect(first?.items.map(({ title }) => title)).toEqual(
    papers[0]?.sections.map(({ title }) => title).filter((title) => title !== ''),
  );
  expect(pdf.isTagged).toBe(true);
  expect([...pdf.roles]).toEqual(expect.arrayContaining(['Table', 'TR', 'TH', 'TD', 'H1', 'H2']));
  const { used, embedded, named } = fontsIn(bytes);
  expect(used).toBeGreaterThan(0);
  expect([embedded, named]).toEqual([used, used]);
});
