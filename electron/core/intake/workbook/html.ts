// Tables in HTML, as the clipboard gives them and as many systems save "Excel" files: cells with their spans, and what
// stands between the tables as rows of its own. Promise: nothing of it is ever run or fetched; it is text from here on.
import { Parser } from 'htmlparser2';
import { inputText, isBlockTag } from '../markup.ts';
import type { Table } from '../table.ts';
import { type Budget, LIMITS, oversized } from './limits.ts';
import { exactText } from './numbers.ts';
import { addText, COLUMNS, newFound, tableFrom } from './sheetcells.ts';

/** The parser's cost of a tag grows with the tags open around it; pages leave many of them open. */
const DEPTH = 1_000;
const UNSEEN = /^(?:head|style|script|title|template|noscript|rt|rp)$/;
/** Where office programs put the number behind what a cell shows. */
const VALUE = ['sdval', 'x:num'] as const;

/** The page as one table. Raises workbook.oversized. */
export function readHtml(source: string, budget: Budget): Table {
  const found = newFound('', false);
  /** For each column, the row above which a cell from further up covers it. */
  const taken: number[] = [];
  let [row, column, tables, unseen, depth] = [0, 0, 0, 0, 0];
  let cell: { columns: number; rows: number; value: number | undefined } | undefined;
  const lines = textLines();

  const closeCell = () => {
    if (!cell) return;
    const { columns, rows, value } = cell;
    const text = lines.take();
    while ((taken[column] ?? 0) > row) column += 1;
    if (column + columns > COLUMNS) oversized(budget, 'cells');
    addText(budget, found, row, column, value === undefined ? text : exactText(value, text), value !== undefined);
    if (columns * rows > 1)
      found.merges.push({ top: row, left: column, bottom: row + rows - 1, right: column + columns - 1 });
    if (found.merges.length > LIMITS.merges) oversized(budget, 'merges');
    for (let across = 0; across < columns; across += 1) taken[column + across] = row + rows;
    column += columns;
    cell = undefined;
  };
  const closeRow = () => {
    closeCell();
    row += 1;
    column = 0;
  };
  /** What stands outside of the tables, a row for each line. */
  const closeOutside = () => {
    const text = lines.take();
    if (text === '') return;
    for (const part of text.split('\n')) {
      addText(budget, found, row, 0, part);
      row += 1;
    }
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > DEPTH) oversized(budget, 'depth');
      if (UNSEEN.test(name)) unseen += 1;
      if (name === 'table') {
        if (tables === 0) {
          closeOutside();
          taken.length = 0;
        }
        tables += 1;
      } else if (tables === 1 && name === 'tr') {
        if (cell) closeRow();
        column = 0;
      } else if (tables === 1 && (name === 'td' || name === 'th')) {
        closeCell();
        lines.take();
        cell = {
          columns: spanOf(attributes.colspan, 1_000),
          rows: spanOf(attributes.rowspan, 10_000),
          value: numberOf(attributes),
        };
      } else if (name === 'br') lines.end(true);
      else if (isBlockTag(name)) lines.end(false);
      else if (name === 'input') lines.add(inputText(attributes));
    },
    ontext(text) {
      if (unseen === 0) lines.add(text);
    },
    onclosetag(name) {
      depth -= 1;
      if (UNSEEN.test(name)) unseen = Math.max(0, unseen - 1);
      if (name === 'table') {
        if (tables === 1 && cell) closeRow();
        tables = Math.max(0, tables - 1);
        if (tables === 0) lines.take();
      } else if (tables === 1 && (name === 'td' || name === 'th')) closeCell();
      else if (tables === 1 && name === 'tr') closeRow();
      else if (isBlockTag(name)) lines.end(false);
    },
  });
  parser.end(source);
  closeOutside();
  return tableFrom(budget, found);
}

const spanOf = (text: string | undefined, most: number): number =>
  Math.min(most, Math.max(1, Math.floor(Number(text ?? 1)) || 1));

function numberOf(attributes: Readonly<Record<string, string>>): number | undefined {
  const text = VALUE.map((name) => attributes[name]).find((value) => value !== undefined && value !== '');
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? undefined : value;
}

/** Lines as a browser shows them: white space of the source is one space, and none at the ends of lines. */
function textLines() {
  let written = '';
  return {
    add(text: string) {
      const more = text.replace(/[ \t\r\n]+/g, ' ');
      written += written.endsWith(' ') && more.startsWith(' ') ? more.slice(1) : more;
    },
    end(isHard: boolean) {
      if (isHard || !/(?:^|\n) *$/.test(written.slice(-200))) written += '\n';
    },
    take(): string {
      const text = written
        .replace(/ *\n */g, '\n')
        .replace(/\u00a0/g, ' ')
        .trim();
      written = '';
      return text;
    },
  };
}
