// A table in the HTML that spreadsheets put on the clipboard: its rows as people saw them, merged cells and all.
// Promise: the HTML is parsed in a document of its own, where nothing runs and nothing is fetched, and never inserted.

/** `exact`: the number behind a rounded one. null: covered by a merged cell before it. */
export type PastedCell = { text: string; exact?: string } | null;
export type PastedBlock = { rows: readonly (readonly PastedCell[])[]; notes: readonly string[] };

/** More than any form's table; what a whole selected column holds beyond it is only looked at for the note. */
const MOST_ROWS = 2_000;
const MOST_COLUMNS = 500;

/** Undefined where the HTML is no table, or has words beside it. */
export function readHtmlBlock(html: string): PastedBlock | undefined {
  const page = new DOMParser().parseFromString(withoutStyles(html), 'text/html');
  const table = page.querySelector('table');
  if (!table || page.querySelectorAll('table').length > 1 || hasWordsBeside(page, table)) return undefined;
  const rows: PastedCell[][] = [];
  const notes: string[] = [];
  let hidden = 0;
  // Cells that reach down from rows above: for each column, how many rows more.
  let reaching: number[] = [];
  const all = [...table.rows];
  for (const tr of all.slice(0, MOST_ROWS)) {
    const { row, next, hasHidden } = readRow(tr, reaching);
    reaching = next;
    if (isHidden(tr)) hidden += hasWords(tr) ? 1 : 0;
    else rows.push(row);
    if (hasHidden) hidden += isHidden(tr) ? 0 : 1;
  }
  if (hidden > 0) notes.push('隠れた行または列がありました。隠れたところは貼り付けません。');
  if (all.length > MOST_ROWS) notes.push(`${MOST_ROWS}行より下は読みませんでした。`);
  return { rows: trimmed(rows), notes };
}

/** The page's policy would report each style, parsed or not; what they hide is still read from what takes their place. */
const withoutStyles = (html: string): string =>
  html
    .replace(/<style\b[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(?<=\s)style(?=\s*=)/gi, 'data-style'));

function readRow(tr: HTMLTableRowElement, reaching: readonly number[]) {
  const row: PastedCell[] = [];
  const next: number[] = reaching.map((rows) => Math.max(0, rows - 1));
  let hasHidden = false;
  const pass = () => {
    while ((reaching[row.length] ?? 0) > 0) row.push(null);
  };
  for (const td of tr.cells) {
    pass();
    if (isHidden(td)) {
      hasHidden ||= hasWords(td);
      continue;
    }
    const width = Math.max(1, Math.min(td.colSpan, MOST_COLUMNS - row.length));
    for (let index = 0; index < width; index += 1) {
      next[row.length] = Math.max(0, td.rowSpan - 1);
      row.push(index === 0 ? cellOf(td) : null);
    }
  }
  pass();
  return { row, next: Array.from(next, (rows) => rows ?? 0), hasHidden };
}

function cellOf(td: HTMLTableCellElement): PastedCell {
  const text = textIn(td);
  const exact = exactBehind(td.getAttribute('sdval') ?? td.getAttribute('x:num') ?? '', text);
  return exact === undefined ? { text } : { text, exact };
}

const isHidden = (element: Element): boolean => /display\s*:\s*none/i.test(element.getAttribute('data-style') ?? '');
const hasWords = (element: Element): boolean => textIn(element) !== '';

function hasWordsBeside(page: Document, table: Element): boolean {
  const rest = page.body.cloneNode(true) as HTMLElement;
  for (const inside of rest.querySelectorAll('table, style, script')) inside.remove();
  return table.isConnected && (rest.textContent ?? '').trim() !== '';
}

const BLOCKS = new Set(['P', 'DIV', 'LI', 'TR', 'UL', 'OL']);
const SILENT = new Set(['STYLE', 'SCRIPT', 'TEMPLATE']);
// Scripts without spaces between words: a line break in the source says nothing there.
const WIDE = '[\\u3000-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef]';
const BREAK_IN_WORDS = new RegExp(`(?<=${WIDE})[ \\t]*[\\r\\n][ \\t\\r\\n]*(?=${WIDE})`, 'gu');

/** Stands for a line break of the source, which is none of the text. */
const SOFT = '\f';

/** The text as it stood in the cell: its lines and its blanks kept (Calc writes blanks as they are), hard ones as blanks. */
function textIn(element: Element): string {
  return written(element)
    .replace(/[ \f]*\n\f*/g, '\n')
    .replaceAll(SOFT, ' ')
    .replace(/^[ \n]+|[ \n]+$/g, '')
    .replaceAll('\u00a0', ' ')
    .trimEnd();
}

function written(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) {
    return (node.nodeValue ?? '')
      .replace(BREAK_IN_WORDS, '')
      .replace(/[ \t]*[\r\n\f][ \t\r\n\f]*/g, SOFT)
      .replaceAll('\t', ' ');
  }
  if (!(node.nodeType === Node.ELEMENT_NODE)) return '';
  const element = node as Element;
  if (element.tagName === 'BR') return '\n';
  if (SILENT.has(element.tagName) || (isHidden(element) && element.tagName !== 'TR' && element.tagName !== 'TD'))
    return '';
  const inside = [...element.childNodes].map(written).join('');
  return BLOCKS.has(element.tagName) ? `\n${inside}\n` : inside;
}

/** The stored number, where what is shown is that number rounded, or rounded to thousands. */
function exactBehind(stored: string, shown: string): string | undefined {
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(stored)) return undefined;
  const plain = shown.replaceAll(',', '').replace(/^[▲△]/, '-');
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return undefined;
  const number = Number(stored);
  const decimals = plain.split('.')[1]?.length ?? 0;
  if (number === Number(plain)) return undefined;
  const isRounded = [number, number / 1_000].some(
    (value) => value.toFixed(decimals) === Number(plain).toFixed(decimals),
  );
  return isRounded ? (/e/i.test(stored) ? String(number) : stored) : undefined;
}

/** Without empty rows and columns at the end: who selects whole columns means what stands in them. */
function trimmed(rows: readonly PastedCell[][]): PastedCell[][] {
  const isFull = (cell: PastedCell | undefined) => cell !== null && cell !== undefined && cell.text !== '';
  const lastRow = rows.findLastIndex((row) => row.some(isFull));
  const kept = rows.slice(0, Math.max(1, lastRow + 1));
  const width = Math.max(1, ...kept.map((row) => row.findLastIndex(isFull) + 1));
  return kept.map((row) =>
    Array.from({ length: width }, (_, index) => (index < row.length ? (row[index] ?? null) : { text: '' })),
  );
}
