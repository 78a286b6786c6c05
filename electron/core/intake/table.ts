// A sheet from outside as texts at places, whatever file it came in: the one shape that the reading by labels sees.
// Promise: every text of the file is a cell, or an aside with the reason why it is none.

/** `rows` and `columns`: over how many the cell is merged; 1 for a plain one. Both places count from 0. */
export type TableCell = { row: number; column: number; rows: number; columns: number; text: string };

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

/** The table of a text's rows (see readGrid): nothing is merged, and the texts may have been converted. */
export function tableOf(rows: readonly (readonly string[])[], name = ''): Table {
  const cells = rows.flatMap((texts, row) =>
    texts.flatMap((text, column) => (text.trim() === '' ? [] : [{ row, column, rows: 1, columns: 1, text }])),
  );
  return { name, isHidden: false, isMarkup: true, cells, asides: [], notes: [] };
}

/** A tag of the kinds that give a text its lines, as a conversion to HTML leaves them in a cell. */
const CONVERTED = /<(?:br|p|ul|ol|li|div|input)\b[^<>]*>/i;

/** Whether the cells hold what a conversion from a document left: then they are read as a converted text is. */
export const isConverted = (cells: readonly TableCell[]): boolean => cells.some(({ text }) => CONVERTED.test(text));
