// The grid of a filled sheet as tokens: where each text stands, and whether something has claimed it yet.
// Promise: a token is claimed once; what nothing claims is still there at the end, to be reported.
import { bareLabel } from '../../../shared/form/label.ts';
import { keyOf } from './key.ts';
import { plainText } from './markup.ts';
import type { Aside, Table } from './table.ts';

export type Token = {
  row: number;
  column: number;
  /** Over how many columns the cell is merged. */
  columns: number;
  text: string;
  /** Folded, for matching only; `bare` is without bracketed parts. */
  key: string;
  bare: string;
  /** The text came with line breaks of its own. */
  broken: boolean;
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

/** A label on the page, with what follows it in the same cell. */
export type Anchor = { token: Token; rest: string };

/** Turns the cells of a table into tokens. Of blank rows on end one is left: how far apart things stand says nothing. */
export function pageOf(table: Table, labels: readonly string[]): Page {
  const asides = [...table.asides];
  const rows: Token[][] = [];
  let before = -1;
  for (const { row: place, column, columns, text: source } of table.cells) {
    if (place > before + 1) rows.push([]);
    if (place > before) rows.push([]);
    before = place;
    const { text, broken, hidden } = table.isMarkup ? plainText(source) : { text: source, broken: true, hidden: [] };
    asides.push(...hidden);
    if (text.trim() === '') continue;
    const row = rows.length - 1;
    const key = keyOf(text);
    rows[row]?.push({ row, column, columns, text, key, bare: bareLabel(key), broken, use: 'free' });
  }
  return { rows, headers: new Set(), labels: new Set(labels.map(keyOf)), odd: [], asides };
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
