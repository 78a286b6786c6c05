// A laid-out sheet as HTML: real tables with scopes, real headings, real text. Paper and the page for the web share it.
// Promise: every text is escaped; nothing in it is ever markup.
import type { Content } from './content.ts';
import type { Paper, PaperGroup, Square, Table } from './paper.ts';

/** How far down the headings of a sheet begin (1 for a sheet of its own), and whether circles are said in words too. */
export type HtmlOptions = { level: number; spokenMarks: boolean; idPrefix: string };

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand between tags and inside quoted attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** The sheet as one <article>; its style sheet is style.ts. */
export function paperHtml(paper: Paper, options: HtmlOptions): string {
  const { level, idPrefix } = options;
  const sections = paper.sections.map(({ key, title, groups }) => {
    const below = title === '' ? level : level + 1;
    const inner = groups.map((group) => groupHtml(group, below + 1, options, title)).join('');
    return `<section id="${idPrefix}${key}">${heading(below, title)}${inner}</section>`;
  });
  const name = [paper.number, paper.name].filter(Boolean).join('　');
  return (
    `<article class="sheet"><header>${heading(level, name, 'sheet-name')}<p class="sheet-form">${escaped(paper.title)}</p></header>` +
    `${sections.join('')}${annexHtml(paper, options)}</article>`
  );
}

const heading = (level: number, text: string, name = ''): string => {
  const tag = `h${Math.min(6, level)}`;
  return text === '' ? '' : `<${tag}${name ? ` class="${name}"` : ''}>${escaped(text)}</${tag}>`;
};

function groupHtml(group: PaperGroup, level: number, options: HtmlOptions, said: string): string {
  return (
    heading(level, group.title) + group.tables.map((table) => tableHtml(table, options, group.title || said)).join('')
  );
}

function tableHtml(table: Table, options: HtmlOptions, said: string): string {
  const total = table.tracks.reduce((a, b) => a + b, 0);
  const columns = table.tracks.map((track) => `<col style="width:${((track / total) * 100).toFixed(3)}%">`).join('');
  const rows = Array.from({ length: table.rows }, (_, row) => rowHtml(table, row, options));
  const caption = table.caption || said;
  const isHidden = table.isCaptionSaid || table.caption === '';
  return (
    `<table><caption${isHidden ? ' class="unseen"' : ''}>${escaped(caption)}</caption><colgroup>${columns}</colgroup>` +
    (table.headRows > 0 ? `<thead>${rows.slice(0, table.headRows).join('')}</thead>` : '') +
    `<tbody>${rows.slice(table.headRows).join('')}</tbody></table>`
  );
}

function rowHtml(table: Table, row: number, options: HtmlOptions): string {
  const here = table.squares.filter((square) => square.row === row).toSorted((a, b) => a.column - b.column);
  return `<tr>${here.map((square) => squareHtml(square, options)).join('')}</tr>`;
}

function squareHtml(square: Square, options: HtmlOptions): string {
  const spans =
    (square.rows > 1 ? ` rowspan="${square.rows}"` : '') + (square.columns > 1 ? ` colspan="${square.columns}"` : '');
  const inner = contentHtml(square.content, options);
  if (square.kind === 'heading') {
    const group = square.scope === 'row' ? square.rows > 1 : square.columns > 1;
    const axis = square.scope === 'row' ? 'row' : 'col';
    return `<th scope="${axis}${group ? 'group' : ''}"${spans}>${inner}</th>`;
  }
  const room = square.lines > 1 ? ` style="height:calc(${square.lines} * var(--line) + var(--padding) * 2)"` : '';
  return `<td class="${square.kind === 'note' ? 'note' : square.content.kind}"${spans}${room}>${inner}</td>`;
}

function contentHtml(content: Content, { spokenMarks, idPrefix }: HtmlOptions): string {
  switch (content.kind) {
    case 'words':
      return content.annex === undefined
        ? escaped(content.text)
        : `${escaped(content.text)}<span class="continued">…（<a href="#${idPrefix}annex-${content.annex}">別紙${content.annex}</a>に全文）</span>`;
    case 'figure':
      return escaped(content.text);
    case 'options':
      return `<ul>${content.options
        .map(
          ({ label, isChosen }) =>
            `<li${isChosen ? ' class="chosen"' : ''}><span>${isChosen ? '☑' : '☐'}</span> ${escaped(label)}</li>`,
        )
        .join('')}</ul>`;
    case 'mark':
      if (!content.isChosen) return '';
      return spokenMarks ? `○<span class="unseen">（${escaped(content.meaning)}に該当）</span>` : '○';
  }
}

function annexHtml({ annex }: Paper, { level, idPrefix }: HtmlOptions): string {
  if (annex.length === 0) return '';
  const entries = annex.map(
    ({ index, label, text }) =>
      `<section id="${idPrefix}annex-${index}">${heading(level + 2, `別紙${index}　${label}`)}<p class="annexed">${escaped(text)}</p></section>`,
  );
  return `<section class="annex">${heading(level + 1, '別紙')}${entries.join('')}</section>`;
}
