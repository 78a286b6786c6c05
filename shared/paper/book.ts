// Sheets as printable HTML documents: one sheet or a part of a book, what stands before the sheets of a book, and the numbers
// of its pages. Promise: a document needs nothing from anywhere (no script, no address but those inside of it).
import { escaped, escapedForCss } from './css.ts';
import { paperHtml } from './html.ts';
import type { Paper } from './paper.ts';
import { BOOK_STYLE, FOOT, hasBoxes, numbersStyle, type Page, pageStyle, SHEET_STYLE, typeSizeOf } from './style.ts';

/** `foot` stands at the bottom left of the sheet's pages. */
export type BookSheet = { paper: Paper; foot: string };

/** Sheets of a book; `first` is the place of the first of them in the book, from 0. Without it they are all there is. */
export type BookPart = { title: string; page: Page; sheets: readonly BookSheet[]; first?: number };

export type Front = {
  title: string;
  page: Page;
  /** Who, when, which edition: one below the other. */
  lines: readonly string[];
  /** What the contents say of each sheet, in order. */
  sheets: readonly Pick<Paper, 'number' | 'name' | 'unit'>[];
};

/** The name of the place where a sheet of a book begins. `at` counts from 0. */
export const anchorOf = (at: number): string => `s${at + 1}-sheet`;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

const documentOf = (title: string, style: string, body: string): string =>
  `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
  `<title>${escaped(title)}</title><style>${style}</style></head><body>${body}</body></html>`;

/**
 * Sheets one after the other. They number their pages, unless they are part of a book. `fonts`: @font-face rules with their
 * files as data.
 */
export function sheetsHtml({ title, page, sheets, first }: BookPart, fonts: string): string {
  const nameOf = (at: number) => `s${(first ?? 0) + at + 1}`;
  const feet = sheets.map(
    ({ foot }, at) => `@page ${nameOf(at)} { @bottom-left { content: ${escapedForCss(foot)}; ${FOOT} } }`,
  );
  const style = `${fonts}${pageStyle(page, title, first === undefined)}${feet.join('\n')}${SHEET_STYLE}${BOOK_STYLE}`;
  const body = sheets.map(
    ({ paper }, at) =>
      `<div style="--type:${typeSizeOf(paper, page)}mm">${paperHtml(paper, {
        level: 1,
        spokenMarks: false,
        idPrefix: `${nameOf(at)}-`,
        boxes: hasBoxes(paper, page),
        pages: nameOf(at),
      })}</div>`,
  );
  return documentOf(title, style, body.join(''));
}

/**
 * The title page and the contents of a book. `numbers`: the pages on which the sheets begin; without them their places are
 * kept free. The contents lead to places with the names of the sheets' own, which stand in for them until both are joined.
 */
export function frontHtml({ title, page, lines, sheets }: Front, fonts: string, numbers?: readonly number[]): string {
  const cover = `<section class="cover"><h1>${escaped(title)}</h1>${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}</section>`;
  const rows = sheets.map(
    ({ number, name, unit }, at) =>
      `<tr><td>${escaped(number)}</td><th scope="row"><a href="#${anchorOf(at)}">${escaped(name || '（名称なし）')}</a></th>` +
      `<td>${escaped(unit)}</td><td class="figure" id="${anchorOf(at)}">${numbers?.[at] ?? ''}</td></tr>`,
  );
  const contents =
    '<section class="contents"><h1>目次</h1><table><thead><tr><th scope="col">番号</th><th scope="col">名称</th>' +
    `<th scope="col">担当</th><th scope="col">ページ</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
  return documentOf(title, `${fonts}${pageStyle(page, title, false)}${SHEET_STYLE}${BOOK_STYLE}`, cover + contents);
}

/** Pages with nothing but their numbers, from `from` to `to` of `total`, where those of a single sheet stand. */
export function numbersHtml(page: Page, from: number, to: number, total: number, fonts: string): string {
  const pages = Array.from({ length: to - from + 1 }, (_, at) => `<p>${from + at} / ${total}</p>`);
  return documentOf('', `${fonts}${numbersStyle(page)}${BOOK_STYLE}`, pages.join(''));
}
