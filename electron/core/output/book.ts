// A workbook as Excel's and OpenDocument's spellings both see it: worksheets of rows of cells, made while they are written.
// Promise: a text is a text in both, whatever it begins with; a number is one only where a spreadsheet keeps its digits.
import { showDecimal } from '../../../shared/kernel/decimal.ts';

/** What stands in a cell. A `decimal` keeps the places it was written with; every text stays a text. */
export type Value = { text: string } | { decimal: string } | null;

export type BookCell = {
  column: number;
  /** Rows and columns that it is merged over. */
  rows: number;
  columns: number;
  value: Value;
  look: Look;
  /** How a number is shown here. */
  format?: Format;
};

/** `height` in points; left out, the program that opens it decides. Cells from left to right, none over another. */
export type BookRow = { height?: number; cells: readonly BookCell[] };

export type Worksheet = {
  name: string;
  /** Widths of the columns in points. */
  widths: readonly number[];
  /** A table for machines: its first row stays in sight and filters. */
  isTable: boolean;
  /** A sheet for paper: what stands over and under each page. */
  page?: { header: string; footer: string };
  /** In batches, each made just before it is written. */
  rows: AsyncIterable<readonly BookRow[]> | Iterable<readonly BookRow[]>;
};

/** `pages`: how many of the worksheets have a page at most. Names are unique and fit for both spellings. */
export type Book = { pages: number; worksheets: AsyncIterable<Worksheet> };

export const LOOKS = [
  'title',
  'section',
  'group',
  'caption',
  'heading',
  'side',
  'value',
  'line',
  'figure',
  'stated',
  'unread',
  'mark',
  'struck',
  'note',
  'field',
  'datum',
] as const;
export type Look = (typeof LOOKS)[number];

type LookFacts = {
  size: number;
  isBold?: true;
  isFilled?: true;
  isBoxed?: true;
  /** A line from corner to corner: no place to write. */
  isStruck?: true;
  isWrapped?: true;
  across?: 'left' | 'center' | 'right';
  down: 'top' | 'center' | 'bottom';
};

/** Points. */
export const TYPE_SIZE = 10;
/** Full-width characters as wide as two half-width ones, on every Windows since 2018. */
export const FONT = 'BIZ UDゴシック';
export const FILL = 'EEEEEE';

/**
 * `line` is a value of one line; `figure` holds a number or waits for one, `stated` and `unread` words in its place.
 * `field` and `datum` are the headings and contents of a table for machines.
 */
export const LOOK_FACTS: Record<Look, LookFacts> = {
  title: { size: 14, isBold: true, down: 'center' },
  section: { size: 11, isBold: true, isWrapped: true, across: 'left', down: 'bottom' },
  group: { size: TYPE_SIZE, isFilled: true, isBoxed: true, isWrapped: true, across: 'left', down: 'center' },
  caption: { size: TYPE_SIZE, isWrapped: true, across: 'left', down: 'center' },
  heading: { size: TYPE_SIZE, isFilled: true, isBoxed: true, isWrapped: true, across: 'center', down: 'center' },
  side: { size: TYPE_SIZE, isFilled: true, isBoxed: true, isWrapped: true, across: 'left', down: 'center' },
  value: { size: TYPE_SIZE, isBoxed: true, isWrapped: true, across: 'left', down: 'top' },
  line: { size: TYPE_SIZE, isBoxed: true, isWrapped: true, across: 'left', down: 'center' },
  figure: { size: TYPE_SIZE, isBoxed: true, isWrapped: true, across: 'right', down: 'center' },
  stated: { size: TYPE_SIZE, isBoxed: true, isWrapped: true, across: 'right', down: 'center' },
  unread: { size: TYPE_SIZE, isBoxed: true, isWrapped: true, across: 'right', down: 'center' },
  mark: { size: TYPE_SIZE, isBoxed: true, across: 'center', down: 'center' },
  struck: { size: TYPE_SIZE, isBoxed: true, isStruck: true, down: 'center' },
  note: { size: 9, isBoxed: true, isWrapped: true, across: 'left', down: 'center' },
  field: { size: TYPE_SIZE, isBold: true, isFilled: true, down: 'center' },
  datum: { size: TYPE_SIZE, down: 'top' },
};

/** A number's spelling: places after the point, thousands (then also ▲ for a minus), and words behind it. */
export type Format = { places: number; isGrouped: boolean; tail: string };

const PLACES = Array.from({ length: 9 }, (_, places) => places);
const STATES = ['', '（実績）', '（見込）'];

/** All formats that a book may use. They are declared before the first cell, because a stream cannot go back. */
export const FORMATS: readonly Format[] = [
  ...PLACES.map((places) => ({ places, isGrouped: false, tail: '' })),
  ...STATES.flatMap((tail) => PLACES.map((places) => ({ places, isGrouped: true, tail }))),
  ...STATES.map((tail) => ({ places: 0, isGrouped: false, tail: `年度${tail}` })),
];

const sameFormat = (a: Format, b: Format) => a.places === b.places && a.isGrouped === b.isGrouped && a.tail === b.tail;

/** Place of a format in FORMATS; undefined for one that is none of them. */
export function formatIndex(format: Format): number | undefined {
  const at = FORMATS.findIndex((known) => sameFormat(known, format));
  return at < 0 ? undefined : at;
}

/** Every look with texts, then every look that holds numbers with every format. */
export const STYLES: readonly { look: Look; format?: Format }[] = [
  ...LOOKS.map((look) => ({ look })),
  ...(['figure', 'datum'] as const).flatMap((look) => FORMATS.map((format) => ({ look, format }))),
];

const styleIndexes = new Map(
  STYLES.map(({ look, format }, at) => [format ? `${look} ${FORMATS.indexOf(format)}` : look, at]),
);

/** Place of a cell's style in STYLES. */
export function styleIndex({ look, format }: Pick<BookCell, 'look' | 'format'>): number {
  const at = format && formatIndex(format);
  return styleIndexes.get(at === undefined ? look : `${look} ${at}`) ?? 0;
}

/** Spreadsheets keep 15 significant digits of a number; more would come back as others. */
export const isKept = (decimal: string): boolean => decimal.replace(/^-?[0.]*/, '').replace('.', '').length <= 15;

/** A stored decimal as a number where it keeps its digits, else as the text that it is. */
export const numberValue = (decimal: string): Value => (isKept(decimal) ? { decimal } : { text: decimal });

export const placesOf = (decimal: string): number => decimal.split('.')[1]?.length ?? 0;

/** A number as its format shows it. */
export const shownNumber = (decimal: string, { isGrouped, tail }: Format): string =>
  `${isGrouped ? showDecimal(decimal) : decimal}${tail}`;

/** One place of a row: a cell, or a place that a cell from the left or from above covers. */
export type Slot = { column: number; look: Look; cell?: BookCell };

/** Gives the places of one row after the other, covered ones too. */
export function slotter(): (row: BookRow) => Slot[] {
  let covers: { cell: BookCell; left: number }[] = [];
  return ({ cells }) => {
    const slots: Slot[] = [];
    const cover = (cell: BookCell, from: number) => {
      for (let column = from; column < cell.column + cell.columns; column += 1) slots.push({ column, look: cell.look });
    };
    for (const { cell } of covers) cover(cell, cell.column);
    covers = covers.map(({ cell, left }) => ({ cell, left: left - 1 })).filter(({ left }) => left > 0);
    for (const cell of cells) {
      slots.push({ column: cell.column, look: cell.look, cell });
      cover(cell, cell.column + 1);
      if (cell.rows > 1) covers.push({ cell, left: cell.rows - 1 });
    }
    return slots.sort((a, b) => a.column - b.column);
  };
}

/** Most characters of a worksheet's name. */
const NAME_LENGTH = 31;

/**
 * Gives each worksheet a name that Excel takes: without the signs it forbids, at most 31 characters, unlike all others
 * (capitals are no difference), never Excel's own.
 */
export function namer(): (wanted: string) => string {
  const taken = new Set(['history', '履歴', '変更履歴']);
  return (wanted) => {
    const safe = wanted.replace(/[[\]:*?/\\\p{Cc}\uFFFE\uFFFF]/gu, '_').replace(/^[\s']+|[\s']+$/g, '') || 'シート';
    for (let count = 1; ; count += 1) {
      const tail = count === 1 ? '' : `(${count})`;
      const name = `${cut(safe, NAME_LENGTH - tail.length)}${tail}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** At most `length` UTF-16 units, never a part of what a reader sees as one character. */
function cut(text: string, length: number): string {
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length > length) break;
    kept += segment;
  }
  return kept.replace(/[\s']+$/, '');
}
