// F47: boxes as they print. In a real browser with the program's fonts every box of the forms that come with it has exactly
// the columns and lines that its form says, and lines end where layText, and so the entry screen's counter, says.
import fc from 'fast-check';
import type { Browser, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { openFonts } from '../../electron/core/printing/fonts.ts';
import { layText } from '../../shared/form/box.ts';
import type { Form } from '../../shared/form/form.ts';
import { sheetsHtml } from '../../shared/paper/book.ts';
import { boxedHtml, isKnown } from '../../shared/paper/boxed.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import { type Page, roomOf, SHEET_STYLE } from '../../shared/paper/style.ts';
import { launch } from '../browser/browser.ts';
import { formOf, measureForm } from '../form/sample.ts';
import { samples } from './samples.ts';

const A4: Page = { size: 'A4', orientation: 'portrait' };
let browser: Browser;
let tab: Tab;
beforeAll(async () => {
  browser = await launch();
  tab = await browser.newPage();
  await tab.emulateMedia({ media: 'print' });
});
afterAll(() => browser?.close());

async function show(html: string): Promise<void> {
  await tab.setContent(html);
  await tab.evaluate(() => document.fonts.ready);
}
const fontsFor = async (text: string) => (await openFonts(systemPorts().files, process.cwd())).rulesFor(text);

/** Columns and lines of the squares of an empty sheet, in the order in which its boxes stand. */
async function measured(form: Form) {
  const book = {
    title: '空',
    page: A4,
    sheets: [{ paper: paperOf(form, {}, { edition: 'internal', years: 'western' }), foot: '' }],
  };
  await show(sheetsHtml(book, await fontsFor(sheetsHtml(book, ''))));
  await tab.addStyleTag({ content: `body { width: ${roomOf(A4)}mm; }` });
  const found = await tab.evaluate(() =>
    [...document.querySelectorAll('.box')].map((box) => {
      const square = box.parentElement as HTMLElement;
      const style = getComputedStyle(square);
      const em = Number.parseFloat(style.fontSize);
      const inner = (side: 'width' | 'height', from: string, to: string) =>
        square.getBoundingClientRect()[side] -
        [from, to].reduce((sum, one) => sum + Number.parseFloat(style.getPropertyValue(one)), 0);
      return {
        columns: inner('width', 'padding-left', 'padding-right') / em,
        lines: inner('height', 'padding-top', 'padding-bottom') / Number.parseFloat(style.lineHeight),
      };
    }),
  );
  const squares = book.sheets[0]?.paper.sections.flatMap((section) =>
    section.groups.flatMap((group) =>
      group.tables.flatMap((table) => table.squares.toSorted((a, b) => a.row - b.row || a.column - b.column)),
    ),
  );
  const boxes = squares?.filter(({ box }) => box) ?? [];
  expect(found).toHaveLength(boxes.length);
  return boxes.map(({ box, addresses }, at) => ({ address: addresses[0] ?? '', box, found: found[at] }));
}

describe.each([
  ['施策', measureForm()],
  ['事務事業', formOf('jimujigyo-zaigen', 2025)],
] as const)('%s', (_, form) => {
  test('every box prints the columns and lines of its form, no more and no less', async () => {
    const boxes = await measured(form);
    const texts = form.cells.filter((cell) => cell.type === 'text' && !/__r(?:[2-9]|\d\d+)$/.test(cell.address));
    expect(boxes.length).toBeGreaterThanOrEqual(texts.length);
    const told = boxes.flatMap(({ address, box, found }) => {
      const columns = Math.floor((found?.columns ?? 0) + 0.15);
      const lines = Math.floor((found?.lines ?? 0) + 0.15);
      // An entry of a list is as high as the heading beside it lets it be.
      const isEntry = form.byAddress.get(address)?.short.endsWith(' 1') === true;
      const isRight = columns === box?.columns && (lines === box.lines || (isEntry && lines > box.lines));
      return isRight ? [] : [`${address} ${box?.columns}×${box?.lines} → ${columns}×${lines}`];
    });
    expect(told).toEqual([]);
  });
});

/** The lines in which the browser sets a text. */
async function linesOf(text: string, columns: number): Promise<string[]> {
  await tab.evaluate(
    ({ html }) => {
      const square = document.querySelector('td');
      if (square) square.innerHTML = html;
    },
    { html: boxedHtml(text, { columns, lines: 1 }) },
  );
  await tab.evaluate(() => document.fonts.ready);
  return tab.evaluate(() => {
    const lines = new Map<number, string>();
    const walker = document.createTreeWalker(document.querySelector('.box') as Node, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent ?? '';
      for (let at = 0; at < words.length; ) {
        const length = (words.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + length);
        const rectangle = range.getClientRects()[0];
        const top = Math.round(((rectangle?.top ?? 0) + (rectangle?.bottom ?? 0)) / 2);
        const character = words.slice(at, at + length);
        if (rectangle && character !== '\n') lines.set(top, (lines.get(top) ?? '') + character);
        at += length;
      }
    }
    return [...lines].toSorted(([a], [b]) => a - b).map(([, line]) => line);
  });
}

const shown = (text: string, columns: number) =>
  layText(text, { columns, lines: 1 })
    .lines.map((line) => line.text)
    .filter((line) => line !== '');

describe('lines', () => {
  const alphabet = 'あいうえおかきくけこ漢字評価、。「」（）・ーっャ々ァｱｲｶ①②※→km19,305.8%ab-/ \n';
  beforeAll(async () => {
    const rules = await fontsFor(
      alphabet +
        samples()
          .flatMap(({ values }) => Object.values(values))
          .join(''),
    );
    await show(
      `<!doctype html><html lang="ja"><style>${rules}${SHEET_STYLE}</style><div class="sheet" style="--type:3mm"><table><td></table></div>`,
    );
  });

  test('of the samples end in the browser where layText ends them', async () => {
    const texts = samples().flatMap(({ form, values }) =>
      form.cells.flatMap((cell) => {
        const text = values[cell.address];
        return cell.type === 'text' && cell.box && typeof text === 'string' && text.length < 1_500
          ? [{ text, columns: cell.box.columns }]
          : [];
      }),
    );
    const distinct = [...new Map(texts.map((one) => [`${one.columns} ${one.text.slice(0, 200)}`, one])).values()];
    expect(distinct.length).toBeGreaterThan(50);
    for (const { text, columns } of distinct.slice(0, 150)) {
      expect(isKnown(text), text).toBe(true);
      expect(await linesOf(text, columns)).toEqual(shown(text, columns));
    }
  });

  test('of any text in the characters of Japanese print end in the browser where layText ends them', async () => {
    const any = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(any, fc.integer({ min: 4, max: 24 }), async (text, columns) => {
        const isBlank = (line: string) => line.trim() === '';
        const found = (await linesOf(text, columns)).filter((line) => !isBlank(line));
        expect(found).toEqual(shown(text, columns).filter((line) => !isBlank(line)));
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  test('other characters are as wide as their font has them: the browser breaks their lines, and nothing is lost', async () => {
    const text = 'ΑΒΓ Ωmegaとкириллицаが“まざる”文。Ⅷ号・Ünïcödé😀、👨‍👩‍👧と続く。'.repeat(3);
    expect(isKnown(text)).toBe(false);
    const lines = await linesOf(text, 12);
    expect(lines.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
    const width = await tab.evaluate(() => {
      const box = document.querySelector('.box') as HTMLElement;
      return box.scrollWidth - box.clientWidth;
    });
    expect(width).toBeLessThanOrEqual(1);
    // What the counter says of such a text is a guess; this is how far it was off here.
    console.info(`上のような文字を含む文：ブラウザーは${lines.length}行、数え方では${shown(text, 12).length}行`);
  });
});

test('a variant of a kanji is drawn as it is where the font has it, and as its base where it has not', async () => {
  const drawn = async (text: string) => {
    const fonts = await fontsFor(text);
    await show(`<style>${fonts}${SHEET_STYLE} article { --type: 40px; } span { display: inline-block; }</style>
      <article class="sheet"><span>${text}</span></article>`);
    return (await tab.locator('span').screenshot()).toString('base64');
  };
  const [base, variant, unknown] = [await drawn('葛'), await drawn('葛\u{e0100}'), await drawn('葛\u{e0105}')];
  expect(variant).not.toBe(base);
  expect(unknown).toBe(base);
});
