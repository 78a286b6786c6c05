// Sheets printed by a real browser and read back: nothing is cut off, pages end where they may, and a reader of the PDF
// finds page numbers and the foot.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { type Fonts, openFonts } from '../../electron/core/printing/fonts.ts';
import type { Press } from '../../electron/core/printing/printer.ts';
import { sheetsHtml } from '../../shared/paper/book.ts';
import { type Content, type Paper, type PaperOptions, paperOf } from '../../shared/paper/paper.ts';
import type { Page } from '../../shared/paper/style.ts';
import { printByBrowser } from '../browser/browser.ts';
import { measureForm } from '../form/sample.ts';
import { type Pdf, readPdf } from './pdf.ts';
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

async function print(paper: Paper, page = A4): Promise<Pdf> {
  const part = { title: paper.name || '無題', page, sheets: [{ paper, foot: FOOT }] };
  return readPdf(await press.print(sheetsHtml(part, await fonts.rulesFor(sheetsHtml(part, '') + FOOT))));
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
/** Every square's words stand in the PDF, and every annex is whole. */
function expectNothingCut(paper: Paper, pdf: Pdf): void {
  const whole = bare(pdf.pages.map(({ text }) => text).join(''));
  for (const { content } of squaresOf(paper)) expect(whole).toContain(bare(wordsOf(content)));
  for (const { text } of paper.annex) expect(whole).toContain(bare(text));
}

/** No page ends with a heading of what stands on the next: an empty table, too, is drawn below its heading. */
function expectNoHeadingAlone(pdf: Pdf): void {
  for (const { tags } of pdf.pages) expect(tags.match(/\b(?:H\d|Table|TR|T[HD]|P|Link)\b/g)?.at(-1)).not.toMatch(/^H/);
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
      const pdf = await print(paper, page);
      expectNothingCut(paper, pdf);
      expectNoHeadingAlone(pdf);
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
  const pdf = await print(paper);
  const pages = pdf.pages.map(({ text }) => bare(text));
  expect(pages.length).toBeGreaterThan(2);
  for (const { content } of squaresOf(paper)) {
    expect(pages.some((page) => page.includes(bare(wordsOf(content))))).toBe(true);
  }
});

test('headings of a table stand on each of its pages', async () => {
  const long = samples().at(-1);
  const pdf = await print(paperOf(long?.form ?? expect.unreachable(), long?.values ?? {}, internal));
  const inside = pdf.pages.filter(({ text }) => /番の事業/.test(bare(text)));
  expect(inside.length).toBeGreaterThan(5);
  for (const { text, foot } of inside) expect(bare(text + foot)).toContain('内容');
});

test('variants of kanji are printed and told apart', async () => {
  const name = '辻\u{e0100}と辻、葛\u{e0100}城と葛城';
  const pdf = await print(paperOf(measureForm(), { number: '1', name }, internal));
  expect(bare(pdf.pages[0]?.text ?? '')).toContain(name);
});
