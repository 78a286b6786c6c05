// Excel's form view of one sheet: the official paper as a worksheet, in the squares and words of shared/paper.
// Promise: nothing is cut off. All tables share one fine raster of columns, and rows are as high as their texts need.
import { layText } from '../../../shared/form/box.ts';
import { type DecimalCell, NUMBER_STATES, rawAddress, stateAddress, type Values } from '../../../shared/form/cell.ts';
import { withComputed } from '../../../shared/form/compute.ts';
import type { Form } from '../../../shared/form/form.ts';
import { UNREAD_TAIL } from '../../../shared/form/reading.ts';
import { type Paper, type PaperOptions, paperOf, type Square, type Table } from '../../../shared/paper/paper.ts';
import {
  type BookCell,
  type BookRow,
  type Format,
  formatIndex,
  isKept,
  type Look,
  placesOf,
  shownNumber,
  TYPE_SIZE,
  type Value,
} from './book.ts';

/** Points: one line of the sheet's type, and what a square is higher than its lines. */
const LINE = 14;
const PADDING = 5;
/** Full-width characters of a square's width that its text does not get: its margins, and what other fonts take more. */
const MARGIN = 1;
const SPARE = 0.95;
/** Rows higher than this are several, merged: Excel knows none above 409 points, and pages break only between rows. */
const TALL = 14 * LINE;
const PIECE = 10 * LINE;
const GAP = 8;
const TITLE = 26;

/** Widths (in points) and rows of the worksheet of a sheet with these values, as stored. */
export function formRows(form: Form, stored: Values, options: PaperOptions): { widths: number[]; rows: BookRow[] } {
  const paper = paperOf(form, stored, options);
  const raster = rasterOf(paper);
  const view = { form, values: withComputed(form, stored), raster, paper };
  const rows: BookRow[] = [band(raster, 'title', paper.title, TITLE)];
  for (const section of paper.sections) {
    rows.push({ height: GAP, cells: [] });
    if (section.title !== '') rows.push(band(raster, 'section', section.title));
    for (const group of section.groups) {
      if (group.title !== '') rows.push(band(raster, 'group', group.title));
      for (const table of group.tables) {
        if (!table.isCaptionSaid && table.caption !== '') rows.push(band(raster, 'caption', table.caption));
        rows.push(...tableRows(table, view));
      }
    }
  }
  const widths = raster.slice(1).map((edge, at) => (edge - (raster[at] ?? 0)) * TYPE_SIZE);
  return { widths, rows };
}

type View = { form: Form; values: Values; raster: readonly number[]; paper: Paper };

/** Edges nearer to each other than this (in full-width characters) are one. No column of a table is as narrow. */
const SAME_EDGE = 0.5;

/** Where the columns of all tables begin and end, in full-width characters from the left. */
function rasterOf({ sections, width }: Paper): number[] {
  const tables = sections.flatMap(({ groups }) => groups.flatMap((group) => group.tables));
  const edges = tables.flatMap((table) => edgesOf(table)).sort((a, b) => a - b);
  const raster = [0];
  for (const edge of edges) if (edge - (raster.at(-1) ?? 0) > SAME_EDGE) raster.push(edge);
  if (width - (raster.at(-1) ?? 0) > SAME_EDGE) raster.push(width);
  return raster;
}

function edgesOf({ tracks }: Table): number[] {
  const edges = [0];
  for (const track of tracks) edges.push((edges.at(-1) ?? 0) + track);
  return edges;
}

/** Place in the raster of an edge: the last at or before it. */
const placeOf = (raster: readonly number[], edge: number): number => raster.findLastIndex((own) => own <= edge + 1e-6);

/** One square over the whole width. */
function band(raster: readonly number[], look: Look, text: string, height = 0): BookRow {
  const needed = heightOf(text, raster.at(-1) ?? 0, 1);
  const cell = { column: 0, rows: 1, columns: raster.length - 1, look, value: { text } };
  return { height: Math.max(needed, height), cells: [cell] };
}

/** Height in points of a text in a square so many full-width characters wide, with room for at least so many lines. */
function heightOf(text: string, width: number, lines: number): number {
  const columns = Math.max(1, Math.floor((width - MARGIN) * SPARE * 2) / 2);
  const { used } = layText(text, { columns, lines: Number.POSITIVE_INFINITY });
  return Math.max(used, lines, 1) * LINE + PADDING;
}

function tableRows(table: Table, view: View): BookRow[] {
  const { raster } = view;
  const edges = edgesOf(table);
  const squares = table.squares.map((square) => {
    const from = placeOf(raster, edges[square.column] ?? 0);
    const to = placeOf(raster, edges[square.column + square.columns] ?? 0);
    const content = contentOf(square, view);
    const width = (raster[to] ?? 0) - (raster[from] ?? 0);
    const height = heightOf(content.text, width, square.kind === 'value' ? square.lines : 1);
    return { square, from, columns: to - from, content, height };
  });
  const heights = Array.from({ length: table.rows }, () => LINE + PADDING);
  // Squares of one row first: those that span several only ask for what is still lacking.
  for (const { square, height } of squares.toSorted((a, b) => a.square.rows - b.square.rows)) {
    const last = square.row + square.rows - 1;
    const lacking = height - sum(heights.slice(square.row, last + 1));
    if (lacking > 0) heights[last] = (heights[last] ?? 0) + lacking;
  }
  const counts = heights.map((height) => (height > TALL ? Math.ceil(height / PIECE) : 1));
  return heights.flatMap((height, row) => {
    const count = counts[row] ?? 1;
    const cells = squares
      .filter(({ square }) => square.row === row)
      .map(({ square, from, columns, content }): BookCell => {
        const rows = sum(counts.slice(row, row + square.rows));
        const { value, look, format } = content;
        return { column: from, columns, rows, value, look, ...(format ? { format } : {}) };
      })
      .sort((a, b) => a.column - b.column);
    return Array.from({ length: count }, (_, piece) => ({
      height: Math.ceil(height / count),
      cells: piece === 0 ? cells : [],
    }));
  });
}

type Shown = { text: string; value: Value; look: Look; format?: Format };

const said = (look: Look, text: string): Shown => ({ text, value: text === '' ? null : { text }, look });

function contentOf(square: Square, { form, values, paper }: View): Shown {
  const { content, kind, scope } = square;
  if (kind === 'note') return said('note', textOf(square, paper));
  if (kind === 'heading') return said(scope === 'row' ? 'side' : 'heading', textOf(square, paper));
  if (isStruck(square)) return said('struck', '');
  if (content.kind === 'mark') return said('mark', content.isChosen ? '○' : '');
  if (content.kind !== 'figure')
    return said(square.lines === 1 && content.kind === 'words' ? 'line' : 'value', textOf(square, paper));
  const cell = form.byAddress.get(square.addresses[0] ?? '');
  return cell?.type === 'decimal' ? figureOf(cell, content.text, values) : said('stated', content.text);
}

/** A place that has no cell, or is none of a cross. The paper's ／ would be read back as an answer. */
const isStruck = ({ content, addresses }: Square): boolean =>
  content.kind === 'words' && content.text === '／' && addresses.length !== 1;

/** A number where the cell then shows letter by letter what the paper says; every other figure is the paper's text. */
function figureOf(cell: DecimalCell, text: string, values: Values): Shown {
  if (text === '') {
    const format = cell.isYear ? yearFormat('') : { places: 0, isGrouped: true, tail: '' };
    // How many places will be typed nobody knows yet.
    return { text, value: null, look: 'figure', ...(cell.decimals === 0 ? { format } : {}) };
  }
  const raw = values[rawAddress(cell.address)];
  if (typeof raw === 'string' && text === `${raw}${UNREAD_TAIL}`) return { text, value: { text: raw }, look: 'unread' };
  const value = values[cell.address];
  if (typeof value !== 'string') return said('stated', text);
  // Words in a number's place; without commas, which some numbers ask about when they are read back.
  if (!isKept(value)) return said('stated', /^-?[\d.]+$/.test(value) ? text.replaceAll(',', '') : text);
  const state = NUMBER_STATES.find(({ code }) => code === values[stateAddress(cell.address)]);
  const tail = state ? `（${state.label}）` : '';
  const format = cell.isYear ? yearFormat(tail) : { places: placesOf(value), isGrouped: true, tail };
  if (formatIndex(format) === undefined || shownNumber(value, format) !== text) return said('stated', text);
  return { text, value: { decimal: value }, look: 'figure', format };
}

const yearFormat = (tail: string): Format => ({ places: 0, isGrouped: false, tail: `年度${tail}` });

/** The words of a square. What paper continues in an annex stands here whole: a row can grow. */
function textOf({ content }: Square, { annex }: Paper): string {
  switch (content.kind) {
    case 'words':
      return annex.find(({ index }) => index === content.annex)?.text ?? content.text;
    case 'options':
      return content.options.map(({ label, isChosen }) => `${isChosen ? '☑' : '☐'} ${label}`).join('\n');
    case 'mark':
      return content.isChosen ? '○' : '';
    case 'figure':
      return content.text;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
