// How a sheet's HTML looks when it is printed: the page, its margins with what stands in them, and the tables.
import { escapedForCss } from './css.ts';
import type { Paper } from './paper.ts';

export type Page = { size: 'A4' | 'A3'; orientation: 'portrait' | 'landscape' };

const SHORT_SIDE = { A4: 210, A3: 297 };
const LONG_SIDE = { A4: 297, A3: 420 };
/** In millimetres. */
export const MARGIN = { side: 12, top: 12, bottom: 15 };

/** Width between the margins, in millimetres. */
export const roomOf = ({ size, orientation }: Page): number =>
  (orientation === 'portrait' ? SHORT_SIDE : LONG_SIDE)[size] - 2 * MARGIN.side;

/** Height between the margins, in millimetres. */
export const heightOf = ({ size, orientation }: Page): number =>
  (orientation === 'portrait' ? LONG_SIDE : SHORT_SIDE)[size] - MARGIN.top - MARGIN.bottom;

/** Larger type than this (10.5 pt) looks shouted on a form. */
const LARGEST = 3.7;

/** Size of the sheet's type in millimetres: what its width asks for, so that boxes hold the characters that the form says. */
export const typeSizeOf = (paper: Paper, page: Page): number => Math.min(LARGEST, roomOf(page) / paper.width);

const FAMILY = `'Sheet Signs', 'Noto Sans JP', 'Noto Sans', 'Noto Sans Symbols', 'Noto Sans Symbols 2', 'Noto Sans Math', sans-serif`;

/**
 * Whether the page is as wide as the sheet asks for, so that boxes have the columns of their form. On a wider one type
 * grows no further, and texts take the room that there is.
 */
export const hasBoxes = (paper: Paper, page: Page): boolean => roomOf(page) / paper.width <= LARGEST;

/** How the words in the bottom margin look. */
export const FOOT = `font: 7.5pt ${FAMILY}; color: #444;`;

/** The page itself. `foot` stands at the bottom left of every page, page numbers at the right where they are counted here. */
export const pageStyle = (page: Page, foot: string, isCounted = true): string => `
@page {
  size: ${page.size} ${page.orientation};
  margin: ${MARGIN.top}mm ${MARGIN.side}mm ${MARGIN.bottom}mm;
  @bottom-left { content: ${escapedForCss(foot)}; ${FOOT} }
  ${isCounted ? `@bottom-right { content: counter(page) " / " counter(pages); ${FOOT} }` : ''}
}
`;

/** Numbers where the page counts them itself, one paragraph to a page. */
export const numbersStyle = (page: Page): string => `
@page { size: ${page.size} ${page.orientation}; margin: 0; }
body { margin: 0; ${FOOT} }
p {
  box-sizing: border-box; height: ${MARGIN.bottom}mm; margin: ${heightOf(page) + MARGIN.top}mm ${MARGIN.side}mm 0 0;
  display: flex; align-items: center; justify-content: end; break-inside: avoid;
}
p + p { break-before: page; }
`;

/** Its ASCII is exactly half as wide as a Japanese character, as the counter of the entry screen takes it to be. */
const HALF = `'BIZ UDGothic'`;

/** No ink of a heading may reach above its line: at the top of a page it would be drawn, and told, on the page before too. */
const HEADING_LINE = 1.7;

/** Everything inside of the sheets. The size of type is set on each article as \`--type\`. */
export const SHEET_STYLE = `
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; font-family: ${FAMILY}; }
.sheet {
  --padding: 0.4em; --line: 1.45em; --rule: 0.26mm;
  color: #000; font-family: ${FAMILY}; font-size: var(--type); line-height: 1.45; text-align: left; line-break: strict; overflow-wrap: anywhere;
  font-kerning: none; text-spacing-trim: space-all; text-autospace: no-autospace;
  /* A printer's page ends at its last whole dot: rules at its edge would be cut in half. */
  padding-right: 0.2mm;
}
.sheet + .sheet { break-before: var(--new-page, page); }
.sheet header { display: flex; justify-content: space-between; align-items: baseline; gap: 1em; margin-bottom: 0.6em; }
.sheet :is(h1, h2, h3, h4, h5, h6) {
  font-size: 1em; font-weight: 700; line-height: ${HEADING_LINE}; margin: 0; break-after: avoid;
}
.sheet .sheet-name { font-size: 1.4em; }
.sheet .sheet-form { flex: none; max-width: 40%; margin: 0; font-size: 0.9em; text-align: right; }
.sheet section { margin-top: 0.8em; }
.sheet .section-title { font-size: 1.1em; margin-bottom: 0.3em; }
.sheet .group-title { padding: 0.1em 0.5em; border: var(--rule) solid #000; border-bottom: 0; background: #eee; }
.sheet table { width: 100%; table-layout: fixed; border-collapse: collapse; }
.sheet table + table { margin-top: calc(-1 * var(--rule)); }
.sheet th, .sheet td { border: var(--rule) solid #000; padding: var(--padding) 0.45em; vertical-align: top; white-space: pre-wrap; }
.sheet th, .sheet td.corner {
  background: #eee; font-weight: 400; text-align: center; vertical-align: middle; padding-inline: 0.25em;
  text-wrap: balance; word-break: auto-phrase;
}
.sheet th[scope^='row'] { text-align: left; }
.sheet td.figure { text-align: right; vertical-align: middle; font-variant-numeric: tabular-nums; }
.sheet td.mark { text-align: center; vertical-align: middle; font-size: 1.2em; padding-block: 0; }
.sheet td.none { text-align: center; vertical-align: middle; }
.sheet td.note { font-size: 0.85em; color: #222; }

.sheet tr, .sheet section.small { break-inside: avoid; }
.sheet tr.linked { break-after: avoid; }
.sheet :is(h2, h3, h4, h5) + table, .sheet :is(h2, h3, h4, h5) + table > tbody,
.sheet :is(h2, h3, h4, h5) + table > tbody > tr:first-child, .sheet thead + tbody > tr:first-child { break-before: avoid; }
.sheet tr.note-row { break-before: avoid; }
.sheet thead { display: table-header-group; }
.sheet ul { margin: 0; padding: 0; list-style: none; }
.sheet .box { font-family: ${HALF}, ${FAMILY}; }
.sheet .known { white-space: pre; }
.sheet .known wbr { white-space: normal; }
.sheet .abreast ul { display: flex; flex-wrap: wrap; column-gap: 1em; }
.sheet li { padding-left: 1.3em; text-indent: -1.3em; }
.sheet li.chosen { font-weight: 700; }
.sheet caption { text-align: left; padding: 0.25em 0; }
.sheet .annex { break-before: var(--new-page, page); }
.sheet .annexed { white-space: pre-wrap; margin: 0.3em 0 1em; }
.sheet .continued { display: block; font-size: 0.85em; }
.sheet .continued a { color: inherit; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
caption.unseen { display: block; }
`;

/** What stands before the sheets of a book. On a screen there is nothing: only what is printed is laid out, and once. */
export const BOOK_STYLE = `
@media screen { body { display: none; } }
.cover {
  height: 150mm; display: flex; flex-direction: column; justify-content: center; text-align: center; break-after: page;
}
.cover h1 { font-size: 22pt; line-height: ${HEADING_LINE}; margin: 0 0 12mm; text-wrap: balance; word-break: auto-phrase; }
.cover p { font-size: 12pt; margin: 0 0 3mm; }
.contents { font-size: 10pt; line-height: 1.5; break-after: page; }
.contents h1 { font-size: 14pt; line-height: ${HEADING_LINE}; margin: 0 0 4mm; }
.contents table { width: 100%; table-layout: fixed; border-collapse: collapse; overflow-wrap: anywhere; }
.contents th, .contents td {
  text-align: left; vertical-align: baseline; font-weight: 400; padding: 0.9mm 2mm; border-bottom: 0.2mm solid #bbb;
}
.contents thead th { border-bottom: 0.3mm solid #000; white-space: nowrap; }
.contents thead th:first-child { width: 26mm; }
.contents thead th:nth-child(3) { width: 44mm; }
.contents thead th:last-child, .contents td.figure { width: 18mm; text-align: right; font-variant-numeric: tabular-nums; }
.contents tr { break-inside: avoid; }
.contents a { color: inherit; text-decoration: none; }
`;
