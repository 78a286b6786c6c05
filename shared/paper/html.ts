// A laid-out sheet as HTML: real tables with scopes, real headings, real text. Paper and the page for the web share it.
// Promise: every text is escaped; nothing in it is ever markup.
import { boxedHtml } from './boxed.ts';
import type { Content } from './content.ts';
import { escaped } from './css.ts';
import { STRUCK } from './grid.ts';
import { characters, PADDING } from './measure.ts';
import type { Paper, PaperGroup, Square, Table } from './paper.ts';

export { escaped };

const inline = (declarations: string): string => `style="${declarations}"`;

export type HtmlOptions = {
  /** How far down the headings of a sheet begin: 1 for a sheet of its own. */
  level: number;
  /** Whether circles are said in words too. */
  spokenMarks: boolean;
  idPrefix: string;
  /** For paper: texts stand in boxes as wide as the form says and break their lines where the entry screen shows it. */
  boxes?: boolean;
  /** A name for the pages of this sheet (CSS `page`), which then may have a foot of their own. */
  pages?: string;
  /** The attribute that gives an element these declarations; a style attribute without. */
  styled?: (declarations: string) => string;
  /** For windows of any width: tables stand in boxes that scroll and can be reached by keyboard, and no room is left blank. */
  onScreen?: boolean;
};

/** The sheet as one <article>; its style sheet is style.ts. */
export function paperHtml(paper: Paper, options: HtmlOptions): string {
  const { level, idPrefix } = options;
  // A sheet that has no name yet is called by its form: every sheet has a heading, and a bookmark.
  const name = [paper.number, paper.name].filter(Boolean).join('　') || paper.title;
  const sections = paper.sections.map(({ key, title, groups }) => {
    const below = title === '' ? level : level + 1;
    const inner = groups.map((group) => groupHtml(group, below + 1, options, title || name)).join('');
    const whole = !options.onScreen && isSmall(groups) ? ' class="small"' : '';
    return `<section id="${idPrefix}${key}"${whole}>${heading(below, title, 'section-title')}${inner}</section>`;
  });
  return (
    `<article class="sheet" id="${idPrefix}sheet"${options.pages === undefined ? '' : ` style="page:${options.pages}"`}><header>${heading(level, name, 'sheet-name')}<p class="sheet-form">${escaped(paper.title)}</p></header>` +
    `${sections.join('')}${annexHtml(paper, options)}</article>`
  );
}

const heading = (level: number, text: string, name = ''): string => {
  const tag = `h${Math.min(6, level)}`;
  return text === '' ? '' : `<${tag}${name ? ` class="${name}"` : ''}>${escaped(text)}</${tag}>`;
};

function groupHtml(group: PaperGroup, level: number, options: HtmlOptions, said: string): string {
  return (
    heading(level, group.title, 'group-title') +
    group.tables.map((table) => tableHtml(table, options, group.title || said)).join('')
  );
}

function tableHtml(table: Table, options: HtmlOptions, said: string): string {
  const { styled = inline, onScreen = false } = options;
  const total = table.tracks.reduce((a, b) => a + b, 0);
  const columns = table.tracks
    .map((track) => `<col ${styled(`width:${((track / total) * 100).toFixed(3)}%`)}>`)
    .join('');
  const byRow = Array.from({ length: table.rows }, (): Square[] => []);
  const linked = new Set<number>();
  for (const square of table.squares) {
    byRow[square.row]?.push(square);
    for (let row = square.row; row < square.row + square.rows - 1; row += 1) linked.add(row);
  }
  const rows = byRow.map((squares, row) => rowHtml(table, row, squares, linked.has(row), options));
  const caption = table.caption || said;
  const isHidden = table.isCaptionSaid || table.caption === '';
  const [open, close] = onScreen ? boxAround(table, caption) : ['', ''];
  return (
    `${open}<table><caption${isHidden ? ' class="unseen"' : ''}>${escaped(caption)}</caption><colgroup>${columns}</colgroup>` +
    (table.headRows > 0 ? `<thead>${rows.slice(0, table.headRows).join('')}</thead>` : '') +
    `<tbody>${rows.slice(table.headRows).join('')}</tbody></table>${close}`
  );
}

/** Lines of a section that had better stand on one page: about a quarter of one. */
const SMALL = 14;

const isSmall = (groups: readonly PaperGroup[]): boolean =>
  groups.flatMap(({ tables }) => tables).reduce((lines, table) => lines + linesOf(table), 0) <= SMALL;

/** The lines that the form leaves for a table. */
function linesOf({ rows, squares }: Table): number {
  const lines = Array.from({ length: rows }, () => 1);
  for (const { row, rows: span, kind, lines: own } of squares) {
    if (span === 1 && kind === 'value') lines[row] = Math.max(lines[row] ?? 1, own);
  }
  return lines.reduce((a, b) => a + b, 0);
}

/** `pairs`: every value comes right after its label, so that in a narrow window they may stand one below the other. */
function boxAround(table: Table, name: string): [string, string] {
  return [
    `<div class="table-box${isPaired(table) ? ' pairs' : ''}" role="group" tabindex="0" aria-label="${escaped(name)}">`,
    '</div>',
  ];
}

/** Whether each square, read row by row, belongs to the heading that was read last before it. */
function isPaired({ squares }: Table): boolean {
  const read = squares.toSorted((a, b) => a.row - b.row || a.column - b.column);
  return read.every((square, at) => {
    if (square.kind === 'heading') return square.scope === 'row';
    if (square.content.kind === 'mark') return false;
    const owner = read.findLast(
      ({ kind, row, rows, column }) =>
        kind === 'heading' && row <= square.row && square.row < row + rows && column < square.column,
    );
    return square.kind === 'note' || owner === read.slice(0, at).findLast(({ kind }) => kind === 'heading');
  });
}

/** `isLinked`: some square reaches down into the next row, so that a page had better not end between them. */
function rowHtml(
  table: Table,
  row: number,
  squares: readonly Square[],
  isLinked: boolean,
  options: HtmlOptions,
): string {
  const here = squares.toSorted((a, b) => a.column - b.column);
  const isNote = here.every(({ kind }) => kind === 'note');
  // A note belongs to what it explains: below it at the end of a table, else above.
  const isLast = row === table.rows - 1;
  const name =
    isNote && isLast && row > 0 ? ' class="note-row"' : isLinked || (isNote && !isLast) ? ' class="linked"' : '';
  return `<tr${name}>${here.map((square) => squareHtml(table, square, options)).join('')}</tr>`;
}

/** More columns than the form asked for, from which on a text is set as wide as its square. */
const MORE = 2;
/** Padding at both sides, the tick and the space behind it. */
const TICK = 1.7;
const GAP = 1;

/** Options that have room beside each other stand so. */
function isAbreast(table: Table, { column, columns, content }: Square): boolean {
  if (content.kind !== 'options') return false;
  const room = table.tracks.slice(column, column + columns).reduce((a, b) => a + b, -GAP);
  return content.options.reduce((width, { label }) => width + characters(label) + TICK + GAP, -GAP) <= room;
}

function squareHtml(table: Table, square: Square, options: HtmlOptions): string {
  const spans =
    (square.rows > 1 ? ` rowspan="${square.rows}"` : '') + (square.columns > 1 ? ` colspan="${square.columns}"` : '');
  const inner = contentHtml(table, square, options);
  // A heading without words would be one that says nothing; it is the empty corner of a table.
  if (square.kind === 'heading' && inner === '') return `<td class="corner"${spans}></td>`;
  if (square.kind === 'heading') {
    const group = square.scope === 'row' ? square.rows > 1 : square.columns > 1;
    const axis = square.scope === 'row' ? 'row' : 'col';
    const isCode = square.scope === 'column' && square.row >= table.headRows;
    return `<th scope="${axis}${group ? 'group' : ''}"${spans}${isCode ? heightOf(1, options) : ''}>${inner}</th>`;
  }
  const room = square.lines > 1 ? heightOf(square.lines, options) : '';
  const name =
    square.kind === 'note'
      ? 'note'
      : isStruck(square)
        ? 'none'
        : `${square.content.kind}${isAbreast(table, square) ? ' abreast' : ''}`;
  return `<td class="${name}"${spans}${room}>${inner}</td>`;
}

/** A place that has no cell, or a pair that cannot be chosen. */
const isStruck = ({ content, box }: Square): boolean =>
  content.kind === 'words' && content.text === STRUCK && box === undefined;

const heightOf = (lines: number, { styled = inline, onScreen = false }: HtmlOptions): string =>
  onScreen ? '' : ` ${styled(`height:calc(${lines} * var(--line) + var(--padding) * 2 + var(--rule))`)}`;

/** The box of a square, unless there is so much more room in it that the form's box would only leave it blank. */
function boxIn({ tracks }: Table, { box, column, columns }: Square): Square['box'] {
  const room = tracks.slice(column, column + columns).reduce((a, b) => a + b, -PADDING);
  return box && room < box.columns + MORE ? box : undefined;
}

function contentHtml(table: Table, square: Square, options: HtmlOptions): string {
  const { content } = square;
  const { spokenMarks, idPrefix } = options;
  switch (content.kind) {
    case 'words': {
      const box = options.boxes ? boxIn(table, square) : undefined;
      const text = box ? boxedHtml(content.text, box) : escaped(content.text);
      return content.annex === undefined ? text : text + continuedHtml(content, idPrefix);
    }
    case 'figure':
      return escaped(content.awaited === undefined ? content.text : `${content.text}（${content.awaited}）`);
    case 'options':
      return `<ul>${content.options
        .map(({ label, isChosen }) => {
          const said = isChosen && spokenMarks ? '<span class="unseen">（該当）</span>' : '';
          const sign = `<span${spokenMarks ? ' aria-hidden="true"' : ''}>${isChosen ? '☑' : '☐'}</span>`;
          return `<li${isChosen ? ' class="chosen"' : ''}>${sign} ${escaped(label)}${said}</li>`;
        })
        .join('')}</ul>`;
    case 'mark':
      if (!content.isChosen) return '';
      return spokenMarks ? `○<span class="unseen">（${escaped(content.meaning)}に該当）</span>` : '○';
  }
}

const continuedHtml = ({ annex }: Extract<Content, { kind: 'words' }>, idPrefix: string): string =>
  `<span class="continued">…（<a href="#${idPrefix}annex-${annex}">別紙${annex}</a>に全文）</span>`;

function annexHtml({ annex }: Paper, { level, idPrefix }: HtmlOptions): string {
  if (annex.length === 0) return '';
  const entries = annex.map(
    ({ index, label, text }) =>
      `<section id="${idPrefix}annex-${index}">${heading(level + 2, `別紙${index}　${label}`)}<p class="annexed">${escaped(text)}</p></section>`,
  );
  return `<section class="annex">${heading(level + 1, '別紙')}${entries.join('')}</section>`;
}
