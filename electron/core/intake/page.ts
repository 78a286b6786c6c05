// The grid of a filled sheet as tokens: where each text stands, and whether something has claimed it yet.
// Promise: a token is claimed once; what nothing claims is still there at the end, to be reported.
import type { Cell } from '../../../shared/form/cell.ts';
import { bareLabel } from '../../../shared/form/label.ts';
import { keyOf } from './key.ts';
import { plainText } from './markup.ts';
import type { Aside, Table } from './table.ts';

export type Token = {
  row: number;
  column: number;
  /** Over how many columns and rows the cell is merged. */
  columns: number;
  rows: number;
  text: string;
  /** Folded, for matching only; `bare` is without bracketed parts. */
  key: string;
  bare: string;
  /** The text came with line breaks of its own. */
  broken: boolean;
  /** The cell held a number, and this is how it looked. */
  isNumber: boolean;
  /** form: words of the form itself; value: read into a cell. */
  use: 'free' | 'form' | 'value';
};

/** Rows from `from` up to, not including, `to`. */
export type Region = { from: number; to: number };

/**
 * `rows` hold the tokens that are not blank, from left to right. `headers` are rows that head a table. `labels` are the
 * form's own, folded: where one stands, another field's value has ended. `odd` are labels whose brackets say something
 * else than the form's. `asides` is what stands beside the cells, or in their markup, and in no token.
 */
export type Page = {
  rows: readonly (readonly Token[])[];
  headers: Set<number>;
  labels: ReadonlySet<string>;
  odd: { token: Token; label: string }[];
  asides: readonly Aside[];
};

/** What a token says in a cell: where both are numbers, a comma in it can only part thousands. */
export const textFor = (cell: Cell, { text, isNumber }: Pick<Token, 'text' | 'isNumber'>): string =>
  isNumber && cell.type === 'decimal' ? text.replace(/(?<=\d),(?=\d{3})/g, '') : text;

/** A label on the page, with what follows it in the same cell. */
export type Anchor = { token: Token; rest: string };

/** Blank rows on end that are kept: more than a merged label spans. */
const GAP = 50;

/** Turns the cells of a table into tokens. Of many blank rows on end few are left: they say nothing. */
export function pageOf(table: Table, labels: readonly string[]): Page {
  const asides = [...table.asides];
  const rows: Token[][] = [];
  const places: number[] = [];
  for (const { row: place, column, columns, rows: height, text: source, isNumber = false } of table.cells) {
    const before = places.at(-1) ?? -1;
    for (let blank = Math.max(before + 1, place - GAP); blank <= place; blank += 1) {
      rows.push([]);
      places.push(blank);
    }
    const { text, broken, hidden } = table.isMarkup ? plainText(source) : { text: source, broken: true, hidden: [] };
    asides.push(...hidden);
    if (text.trim() === '') continue;
    const key = keyOf(text);
    const at = { row: rows.length - 1, column, columns, rows: height };
    rows.at(-1)?.push({ ...at, text, key, bare: bareLabel(key), broken, isNumber, use: 'free' });
  }
  for (const token of rows.flat()) if (token.rows > 1) token.rows = heightOn(places, token);
  return { rows, headers: new Set(), labels: new Set(labels.map(keyOf)), odd: [], asides };
}

/** How many rows of the page a token reaches over that is merged over more rows of the file. */
function heightOn(places: readonly number[], { row, rows }: Token): number {
  const end = (places[row] ?? 0) + rows;
  let height = 1;
  while (row + height < places.length && (places[row + height] ?? end) < end) height += 1;
  return height;
}

/** The free tokens of a region in reading order. */
export const freeIn = (page: Page, region: Region): Token[] =>
  page.rows.slice(region.from, region.to).flatMap((row) => row.filter((token) => token.use === 'free'));

/** The first free token of a region, in reading order, that fits. */
export function findFree(page: Page, region: Region, fits: (token: Token) => boolean): Token | undefined {
  for (let row = region.from; row < region.to; row += 1) {
    const found = page.rows[row]?.find((token) => token.use === 'free' && fits(token));
    if (found) return found;
  }
  return undefined;
}

/** The tokens of one row between two columns (`to` not included), from left to right. */
export const between = (page: Page, row: number, from: number, to = Number.POSITIVE_INFINITY): Token[] =>
  (page.rows[row] ?? []).filter((token) => token.column >= from && token.column < to);

/** The tokens of one row that stand under (or beside) a heading, as wide as it is. */
export const under = (page: Page, row: number, head: Token): Token[] =>
  (page.rows[row] ?? []).filter((token) => isUnder(token, head));

/** The tokens that reach into a row, from it and from rows above it. */
export const reaching = (page: Page, row: number, from: number): Token[] =>
  page.rows.slice(from, row + 1).flatMap((tokens) => tokens.filter((token) => token.row + token.rows > row));

/** Whether two tokens share a column. */
export const isUnder = (token: Token, head: Token): boolean =>
  token.column < head.column + head.columns && head.column < token.column + token.columns;

/** The column of the next claimed token right of `token`: what stands before it belongs to `token`. */
export const nextClaimed = (page: Page, token: Token): number =>
  between(page, token.row, token.column + 1).find((other) => other.use !== 'free')?.column ?? Number.POSITIVE_INFINITY;

/** Claims the first free token that is the label; `loose` also takes one without brackets or with its value behind it. */
export function claimLabel(page: Page, region: Region, label: string, loose: boolean): Anchor | undefined {
  const wanted = keyOf(label);
  if (wanted === '') return undefined;
  const exact = findFree(page, region, ({ key }) => key === wanted);
  if (exact || !loose) return exact && claim({ token: exact, rest: '' });
  const bare = bareLabel(wanted);
  const alike = bare === '' ? undefined : findFree(page, region, (token) => token.bare === bare);
  if (alike) {
    noteOdd(page, alike, label);
    return claim({ token: alike, rest: '' });
  }
  const longer = findFree(
    page,
    region,
    (token) => token.key.startsWith(wanted) && afterLabel(token, label) !== undefined,
  );
  return longer && claim({ token: longer, rest: afterLabel(longer, label) ?? '' });
}

/** Remembers a label that was recognised although its brackets hold other words, so that those words are not lost. */
export function noteOdd(page: Page, token: Token, label: string): void {
  if (token.key !== keyOf(label) && token.key !== token.bare) page.odd.push({ token, label });
}

function claim(anchor: Anchor): Anchor {
  anchor.token.use = 'form';
  return anchor;
}

/** What follows a label in its own cell (「内線 231」 -> 231); undefined when the cell does not begin with the label. */
export function afterLabel(token: Token, label: string): string | undefined {
  const wanted = keyOf(label);
  if (!token.key.startsWith(wanted)) return undefined;
  const longest = Math.min(token.text.length, 2 * label.length + 20);
  for (let end = 1; end <= longest; end += 1) {
    if (keyOf(token.text.slice(0, end)) !== wanted) continue;
    const rest = token.text.slice(end);
    // ① or (1) end themselves; after other labels a gap or a colon has to show where the label ends.
    const ends = /[\p{No})）】.．]$/u.test(label) && token.text.startsWith(label);
    return rest === '' || ends || /^[\s:：]/.test(rest) ? rest.replace(/^[\s:：]+/, '') : undefined;
  }
  return undefined;
}
