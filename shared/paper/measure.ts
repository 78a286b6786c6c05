// How wide things want to be on paper, in full-width characters of the sheet's type.
import { type Box, type Cell, NUMBER_STATES } from '../form/cell.ts';

/** Room at both sides of a square's text. */
export const PADDING = 1;
/** A label longer than this is set in several lines. */
const LABEL_LINE = 8;
/** What a choice in one square is given before it is set in several lines. */
const OPTION_LINE = 20;
const FIGURE = 6;
const YEAR = 7;

/** Full-width characters of a line of text; half-width ones count a half. */
export const characters = (text: string): number =>
  Array.from(text).reduce((width, character) => width + (/[\u0020-\u007e\uff61-\uff9f]/.test(character) ? 0.5 : 1), 0);

/** A label balanced over as few lines as its length asks for. */
export function labelWidth(label: string): number {
  const length = characters(label);
  return Math.max(2, Math.ceil(length / Math.max(1, Math.ceil(length / LABEL_LINE)))) + PADDING;
}

/** What a cell wants for its content. */
export function valueWidth(cell: Cell): number {
  switch (cell.type) {
    case 'text':
      return (cell.box?.columns ?? OPTION_LINE) + PADDING;
    case 'decimal': {
      const state = Math.max(
        0,
        ...cell.states.map((code) => NUMBER_STATES.find((s) => s.code === code)?.label.length ?? 0),
      );
      return (cell.isYear ? YEAR : Math.max(FIGURE, state)) + PADDING;
    }
    case 'code':
      return Math.min(OPTION_LINE, Math.max(4, ...cell.options.map(({ label }) => characters(label) + 2))) + PADDING;
    case 'flag':
      return 2 + PADDING;
  }
}

/** The lines that a form leaves for a cell, and the box in which it wants them. */
export function roomOf(cell: Cell): { lines: number; box?: Box } {
  if (cell.type !== 'text') return { lines: 1 };
  return cell.box ? { lines: cell.box.lines, box: cell.box } : { lines: cell.lines };
}
