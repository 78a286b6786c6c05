// How each layout of block stands on a page: which labels it claims, and where its values lie from there.
// Promise: only the layout decides; no field is known by name.
import type { Block, FieldBlock, FlagsBlock, ListBlock, MarksBlock, OptionsBlock } from '../../../shared/form/block.ts';
import type { Cell, CodeCell } from '../../../shared/form/cell.ts';
import { showOption } from '../../../shared/form/reading.ts';
import { findGrid, findMatrix } from './grids.ts';
import { keyOf } from './key.ts';
import { chosenOf, isLegend, type Marked, readMarked } from './options.ts';
import {
  type Anchor,
  between,
  claimLabel,
  freeIn,
  isUnder,
  nextClaimed,
  type Page,
  type Region,
  type Token,
  textFor,
} from './page.ts';
import type { Place } from './regions.ts';

/** Where values go: to a cell, or back as text that fits nowhere. */
export type Out = {
  cell(cell: Cell, raw: string, broken: boolean): void;
  left(text: string, reason: string): void;
  note(text: string): void;
};

/** A block whose labels have been claimed. `rows` claims what depends on all tables' headings; `take` hands out. */
export type Finder = { rows?: () => void; take: (out: Out) => void; isLast?: boolean };

/** Claims the labels of a block in its place; undefined when they are not there. */
export function findBlock(page: Page, place: Place, block: Block, loose: boolean): Finder | undefined {
  if (block.layout === 'grid') return findGrid(page, place.region, block, loose);
  if (block.layout === 'matrix') return findMatrix(page, place.region, block, loose);
  if (block.layout === 'note') return undefined;
  if (place.group.flow === 'body' && place.group.blocks.length === 1) return findBody(page, place, block);
  const anchor = claimLabel(page, place.region, block.label, loose);
  if (!anchor) return undefined;
  const reach =
    place.group.flow === 'columns' ? belowOf(page, place.region, anchor) : besideOf(page, place.region, anchor);
  if (block.layout === 'marks') return findMarks(page, place.region, block, anchor, reach);
  return { take: (out) => takeBlock(block, reach(), out) };
}

/**
 * Tokens that a label reaches: `first` is its value, `more` may continue it (`text` stands in the label's own cell).
 * `beside`: the label, where its values stand right of it.
 */
type Entry = Token | { text: string; broken: boolean };
type Reach = { text?: string; first: readonly Token[]; more: readonly Token[]; beside?: Token };

/** Right of the label up to the next label; further rows continue it while nothing else stands under the label. */
function besideOf(page: Page, region: Region, { token, rest }: Anchor): () => Reach {
  return () => {
    const to = nextClaimed(page, token);
    const first = between(page, token.row, token.column + 1, to);
    const more: Token[][] = [];
    for (let row = token.row + 1; row < region.to; row += 1) {
      if (between(page, row, 0).length === 0) continue;
      const here = between(page, row, token.column + 1, to).filter(({ use }) => use === 'free');
      const stops =
        between(page, row, token.column, to).some(({ use }) => use !== 'free') || isHeld(page, row, token.column);
      // A label that is merged over several rows has them all, blank ones too.
      const isOwn = row < token.row + token.rows;
      if (stops || (here.length === 0 && !isOwn)) break;
      more.push(here);
    }
    return { ...(rest === '' ? {} : { text: rest }), first, more: more.flat(), beside: token };
  };
}

const isHeld = (page: Page, row: number, column: number) => between(page, row, column, column + 1).length > 0;

/**
 * Below the label, as wide as it reaches until the next label in its row. Further down than the next row, what stands right
 * of another label is that one's.
 */
function belowOf(page: Page, region: Region, { token, rest }: Anchor): () => Reach {
  return () => {
    const to = nextClaimed(page, token);
    const next = token.row + token.rows;
    const found: Token[][] = [];
    for (let row = token.row + 1; row < region.to; row += 1) {
      const here = between(page, row, token.column, to);
      const isOthers = row > next && between(page, row, 0, token.column).some(({ use }) => use === 'form');
      if (isOthers || here.some(({ use }) => use !== 'free')) break;
      if (here.length > 0) found.push(here);
    }
    const [first = [], ...more] = found;
    return { ...(rest === '' ? {} : { text: rest }), first, more: more.flat() };
  };
}

function takeBlock(block: FieldBlock | OptionsBlock | FlagsBlock | ListBlock, reach: Reach, out: Out): void {
  if (block.layout === 'field') takeField(block, reach, out);
  else if (block.layout === 'list') takeList(block, reach, out);
  else takeOptions(block, reach, out);
}

function takeField({ cell }: FieldBlock, { text, first }: Reach, out: Out): void {
  const [value, unit] = text === undefined ? first : [{ text, broken: false }, first[0]];
  if (!value) return;
  if ('use' in value) value.use = 'value';
  out.cell(cell, 'use' in value ? textFor(cell, value) : value.text, value.broken);
  const isUnit = cell.type === 'decimal' && cell.unit !== undefined && unit?.key === keyOf(cell.unit);
  if (unit && isUnit) unit.use = 'form';
}

function takeList(block: ListBlock, { text, first, more, beside }: Reach, out: Out): void {
  const own = text === undefined ? [] : [{ text, broken: false }];
  const entries: Entry[] = [...own, ...first, ...more];
  const hasPlaces = beside !== undefined && havePlaces(block, entries, beside);
  for (const [index, entry] of entries.entries()) {
    if ('use' in entry) entry.use = 'value';
    const cell = block.cells[hasPlaces && 'row' in entry ? entry.row - beside.row : index];
    if (cell) out.cell(cell, 'use' in entry ? textFor(cell, entry) : entry.text, entry.broken);
    else out.left(entry.text, `「${block.label}」の欄は${block.cells.length}行までで、入りきらない`);
  }
}

/** Whether the label spans a row for each entry: then a blank one between them stays blank. */
function havePlaces(block: ListBlock, entries: readonly Entry[], label: Token): boolean {
  const end = label.row + label.rows;
  // The last one may reach to the end of the label; others over several rows are long texts.
  const isRow = (entry: Entry) => 'row' in entry && (entry.rows === 1 || entry.row + entry.rows === end);
  return label.rows > 1 && label.rows <= block.cells.length && entries.every(isRow);
}

/** The options of a choice as they may be written out. */
const spelledOptions = (cell: CodeCell) =>
  cell.options.map((option) => {
    const { code, label } = option;
    return { label, spellings: [label, showOption(option), `${code}.${label}`], cell };
  });

function takeOptions(block: OptionsBlock | MarksBlock | FlagsBlock, { text, first, more }: Reach, out: Out): void {
  const options: { label: string; spellings: string[]; cell: Cell }[] =
    block.layout === 'flags'
      ? block.cells.map((cell) => ({ label: cell.short, spellings: [cell.short], cell }))
      : spelledOptions(block.cell);
  const marked: Marked<(typeof options)[number]>[] = [];
  const other: string[] = [];
  const read = (source: string): boolean => {
    const found = readMarked(source, options);
    for (const entry of found ?? []) marked.push(entry);
    return found !== undefined;
  };
  if (text !== undefined && !read(text)) other.push(text);
  for (const token of first) {
    const isOptions = read(token.text);
    if (!isOptions) other.push(token.text);
    token.use = 'value';
  }
  // Below, only what is plainly an option still belongs here.
  for (const token of more) if (read(token.text)) token.use = 'value';
  const chosen = chosenOf(marked);
  if (block.layout === 'flags') {
    for (const { cell } of chosen) out.cell(cell, '○', false);
    for (const words of other) out.left(words, `「${block.label}」の選択肢にない`);
    return;
  }
  const raw = [...chosen.map(({ label }) => (chosen.length > 1 ? `☑ ${label}` : label)), ...other].join(' ');
  if (raw !== '') out.cell(block.cell, raw, false);
}

/** Everything below the title that no label has claimed, up to the next label, is the one value. */
function findBody(
  page: Page,
  place: Place,
  block: Exclude<Block, { layout: 'grid' | 'matrix' | 'note' }>,
): Finder | undefined {
  const { title, region } = place;
  if (!title) return undefined;
  return {
    isLast: true,
    take: (out) => {
      const tokens = unclaimedRows(page, { from: title.row, to: region.to }, title);
      if (block.layout !== 'field' && block.layout !== 'marks') {
        takeBlock(block, { first: tokens, more: [] }, out);
        return;
      }
      if (tokens.length === 0) return;
      for (const token of tokens) token.use = 'value';
      const isBroken = tokens.length > 1 || tokens.some(({ broken }) => broken);
      out.cell(block.cell, tokens.map((token) => textFor(block.cell, token)).join('\n'), isBroken);
      if (tokens.length > 1)
        out.note(`「${block.cell.label}」は、${tokens.length}つのセルを改行でつないで読みました。`);
    },
  };
}

/** The first rows on end in which everything is free; an unclaimed label means that a title is missing: no further. */
function unclaimedRows(page: Page, { from, to }: Region, title: Token): Token[] {
  const found: Token[][] = [];
  for (let row = from; row < to; row += 1) {
    const here = between(page, row, row === title.row ? title.column + 1 : 0);
    const isTaken = here.some(({ use }) => use !== 'free');
    if ((isTaken && found.length > 0) || here.some(({ use, key }) => use === 'free' && page.labels.has(key))) break;
    if (!isTaken && here.length > 0) found.push(here);
  }
  return found.flat();
}

const CIRCLE = /[○◯〇◎●☑☒✓✔✅レ]/gu;
const CIRCLES_ONLY = /^[○◯〇◎●☑☒✓✔✅レ]+$/u;

/**
 * ○ under a code: the codes stand in a row of their own near the label, the mark in the label's row. Where no row has the
 * codes, and where one cell has several of the steps, they are written out like any choice.
 */
function findMarks(page: Page, region: Region, block: MarksBlock, { token, rest }: Anchor, reach: () => Reach): Finder {
  const codes = codeRow(page, region, block, token.row);
  for (const legend of freeIn(page, region)) if (isLegend(legend.key, block.cell.options)) legend.use = 'form';
  for (const head of codes.values()) head.use = 'form';
  return {
    take: (out) => {
      const own = reach();
      const isWrittenOut = own.first.some((t) => (readMarked(t.text, spelledOptions(block.cell))?.length ?? 0) > 1);
      if (codes.size === 0 || isWrittenOut) {
        takeOptions(block, own, out);
        return;
      }
      const heads = [...codes];
      // A mark that is merged to the right stands under the code where it begins.
      const begins = (t: Token) => heads.find(([, head]) => head.column === t.column);
      const codeOver = (t: Token) => (begins(t) ?? heads.find(([, head]) => isUnder(t, head)))?.[0];
      const isCircle = (t: Token) => CIRCLES_ONLY.test(t.text.trim());
      const right = between(page, token.row, token.column + 1);
      // Behind another label stands another's answer.
      const end = right.find((t) => t.use !== 'free' && !heads.some(([, head]) => head === t))?.column ?? Infinity;
      const beside = right.filter((t) => t.use === 'free' && (t.column < end || codeOver(t) !== undefined));
      const below = heads[0]?.[1].row === token.row ? between(page, token.row + 1, token.column + 1) : [];
      const circles = [...beside, ...below.filter(({ use }) => use === 'free')].filter(isCircle);
      const marks = [...circles, ...beside.filter((t) => !isCircle(t) && codeOver(t) !== undefined)];
      // A circle may also stand in the code's own cell.
      const inside = heads.filter(([, head]) => head.text.search(CIRCLE) >= 0).map(([code]) => code);
      // Words beside the codes are an answer only where nothing is marked.
      const answers = marks.length + inside.length > 0 ? marks : beside;
      for (const t of answers) t.use = 'value';
      const read = answers.map((t) => (isCircle(t) ? (codeOver(t) ?? t.text) : t.text));
      const raw = [...(rest === '' ? [] : [rest]), ...inside, ...read].join(' ');
      if (raw !== '') out.cell(block.cell, raw, false);
    },
  };
}

/** The row nearest to the label in which every code of the scale stands in a cell of its own. */
function codeRow(page: Page, region: Region, block: MarksBlock, near: number): Map<string, Token> {
  const rows = Array.from({ length: region.to - region.from }, (_, index) => region.from + index);
  const wanted = block.cell.options.map(({ code, label }) => ({
    code,
    spellings: [code, label, `${code}:${label}`].map(keyOf),
  }));
  for (const row of rows.sort((a, b) => Math.abs(a - near) - Math.abs(b - near))) {
    const found = codesIn(between(page, row, 0), wanted, true) ?? codesIn(between(page, row, 0), wanted, false);
    if (found) return found;
  }
  return new Map();
}

type Code = { code: string; spellings: readonly string[] };

/**
 * A token for each code of the scale, or undefined. `inOrder`: each left of the next, as near to it as can be, so that an
 * answer beside the codes that reads like one of them is none.
 */
function codesIn(tokens: readonly Token[], wanted: readonly Code[], inOrder: boolean): Map<string, Token> | undefined {
  const found = new Map<string, Token>();
  let end = Number.POSITIVE_INFINITY;
  for (const { code, spellings } of wanted.toReversed()) {
    const fits = tokens.filter((t) => spellings.includes(t.key.replace(CIRCLE, '')));
    const head = inOrder ? fits.findLast(({ column }) => column < end) : fits[0];
    if (!head || [...found.values()].includes(head)) return undefined;
    end = head.column;
    found.set(code, head);
  }
  return new Map([...found].reverse());
}
