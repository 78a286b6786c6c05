// A sheet from outside as texts at places, whatever file it came in: the one shape that the reading by labels sees.
// Promise: every text of the file is a cell, or an aside with the reason why it is none.

/**
 * `rows` and `columns`: over how many the cell is merged; 1 for a plain one. Both places count from 0. `isNumber`: the file
 * holds a number there, and `text` is how it looks.
 */
export type TableCell = { row: number; column: number; rows: number; columns: number; text: string; isNumber?: true };

/** A text that stands in no cell, with the reason why it is listed. */
export type Aside = { text: string; reason: string };

/**
 * `cells` from top to bottom and from left to right, none of them blank. `isMarkup`: the texts may hold HTML, and line
 * breaks that a conversion folded. `isHidden`: a worksheet that the workbook does not show.
 */
export type Table = {
  name: string;
  isHidden: boolean;
  isMarkup: boolean;
  cells: readonly TableCell[];
  asides: readonly Aside[];
  notes: readonly string[];
};

/** The cells of a text's row, without the blank ones; nothing is merged. */
export const cellsOf = (texts: readonly string[], row: number): TableCell[] =>
  texts.flatMap((text, column) => (text.trim() === '' ? [] : [{ row, column, rows: 1, columns: 1, text }]));

/** The table of a text's rows (see readGrid), which may have been converted. */
export const tableOf = (rows: readonly (readonly string[])[], name = ''): Table =>
  plainTable(rows.flatMap(cellsOf), name);

/** A table of nothing but these cells. */
export const plainTable = (cells: readonly TableCell[], name = ''): Table => ({
  name,
  isHidden: false,
  isMarkup: true,
  cells,
  asides: [],
  notes: [],
});

/** What a conversion from a document leaves in a cell: check boxes, and paragraphs and lists from their beginning to their end. */
const BOX = /<input\s[^<>]*>/i;
const ENDED = ['p', 'ul', 'ol', 'li', 'div'].map(
  (name) => [new RegExp(`<${name}(?:\\s[^<>]*)?>`, 'i'), `</${name}>`] as const,
);
const BREAK = /<br\s*\/?>/i;

/**
 * Whether the cells hold what a conversion from a document left: then they are read as a converted text is. One <br> alone
 * may be somebody's words.
 */
export function isConverted(cells: readonly TableCell[]): boolean {
  const marked = cells.flatMap(({ text }) => (text.includes('<') ? [text] : []));
  const isDocument = (text: string) =>
    BOX.test(text) || ENDED.some(([begin, end]) => begin.test(text) && text.toLowerCase().includes(end));
  return marked.filter((text) => BREAK.test(text)).length > 1 || marked.some(isDocument);
}
