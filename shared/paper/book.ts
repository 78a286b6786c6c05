// Sheets as one printable HTML document: a title page and contents where there are several, then each sheet with a foot of
// its own. Promise: the document needs nothing from anywhere (no script, no address but those inside of it).
import { escaped, escapedForCss } from './css.ts';
import { paperHtml } from './html.ts';
import type { Paper } from './paper.ts';
import { BOOK_STYLE, FOOT, hasBoxes, type Page, pageStyle, SHEET_STYLE, typeSizeOf } from './style.ts';

/** `foot` stands at the bottom left of the sheet's pages. */
export type BookSheet = { paper: Paper; foot: string };

export type Cover = {
  title: string;
  /** Who, when, which edition: one below the other. */
  lines: readonly string[];
};

export type Book = {
  title: string;
  page: Page;
  sheets: readonly BookSheet[];
  cover?: Cover;
  /** Only what stands before the sheets. */
  isFront?: boolean;
};

/** The name under which a PDF of the document knows the place where a sheet begins. `at` counts from 0. */
export const anchorOf = (at: number): string => `s${at + 1}-sheet`;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

/**
 * The document. `fonts`: @font-face rules with their files as data. `numbers`: the pages on which the sheets begin, for
 * the contents; without them their places are kept free.
 */
export function bookHtml(book: Book, fonts: string, numbers?: readonly number[]): string {
  const { title, page, sheets, cover, isFront = false } = book;
  const feet = sheets.map(
    ({ foot }, at) => `@page s${at + 1} { @bottom-left { content: ${escapedForCss(foot)}; ${FOOT} } }`,
  );
  const style = `${fonts}${pageStyle(page, title)}${feet.join('\n')}${SHEET_STYLE}${BOOK_STYLE}`;
  const body = sheets.map(
    ({ paper }, at) =>
      `<div style="--type:${typeSizeOf(paper, page)}mm">${paperHtml(paper, {
        level: 1,
        spokenMarks: false,
        idPrefix: `s${at + 1}-`,
        boxes: hasBoxes(paper, page),
        pages: `s${at + 1}`,
      })}</div>`,
  );
  return (
    `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<title>${escaped(title)}</title><style>${style}</style></head><body>` +
    `${cover ? coverHtml(cover) + contentsHtml(sheets, numbers) : ''}${isFront ? '' : body.join('')}</body></html>`
  );
}

const coverHtml = ({ title, lines }: Cover): string =>
  `<section class="cover"><h1>${escaped(title)}</h1>${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}</section>`;

function contentsHtml(sheets: readonly BookSheet[], numbers: readonly number[] | undefined): string {
  const rows = sheets.map(
    ({ paper }, at) =>
      `<tr><td>${escaped(paper.number)}</td><th scope="row"><a href="#${anchorOf(at)}">${escaped(paper.name || '（名称なし）')}</a></th>` +
      `<td>${escaped(paper.unit)}</td><td class="figure">${numbers?.[at] ?? ''}</td></tr>`,
  );
  return (
    '<section class="contents"><h1>目次</h1><table><thead><tr><th scope="col">番号</th><th scope="col">名称</th>' +
    `<th scope="col">担当</th><th scope="col">ページ</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`
  );
}
