// .ods: the sheets of an OpenDocument spreadsheet, with the text that each cell shows.
// Promise: rows and cells that the file only repeats cost nothing while they are blank, and are counted where they are not.
import type { Table } from '../table.ts';
import type { Archive } from './archive.ts';
import { damaged, LIMITS, oversized, spend } from './limits.ts';
import { exactText } from './numbers.ts';
import { addText, COLUMNS, type Found, newFound, ROWS, tableFrom } from './sheetcells.ts';
import { type Attributes, attributeOf, readXml } from './xml.ts';

export const isOds = (archive: Archive): boolean => archive.has('content.xml') && archive.has('META-INF/manifest.xml');

/** Whether a password was put on the document: then its parts are no XML. */
export async function isOdsLocked(archive: Archive): Promise<boolean> {
  let isLocked = false;
  await readXml(archive, 'META-INF/manifest.xml', {
    open(name) {
      if (name === 'encryption-data') isLocked = true;
      return undefined;
    },
  });
  return isLocked;
}

type Cell = { text: string[]; repeated: number; columns: number; rows: number; value: number | undefined };

/** Parts that stand beside the cells, or are no text of a person's. */
const ASIDE: Record<string, string> = { annotation: 'セルに付けたメモ', shapes: '図形の中に書かれている' };
const IGNORED =
  /^(?:tracked-changes|content-validations|forms|named-expressions|ruby-text|scripts|calculation-settings|dde-links)$/;
const DRAWN = /^(?:frame|custom-shape|rect|ellipse|line|connector|g|control|circle|polygon|polyline|path|caption)$/;

/** The sheets of the document, or those among them that are wanted by their place. */
export async function readOds(archive: Archive, wanted?: readonly number[]): Promise<Table[]> {
  const { budget } = archive;
  const tables: Table[] = [];
  const unshown = new Set<string>();
  let style = '';
  let found: Found | undefined;
  let cell: Cell | undefined;
  let [row, column, repeatedRows] = [0, 0, 1];
  let line = '';
  let loose = '';
  let isLine = false;
  /** What is being read aside from the cells: the element that began it, and how many of its name are open. */
  let aside: { name: string; open: number; reason: string; text: string[] } | undefined;

  // Line ends of the file are layout. Runs of spaces should stand as elements, but LibreOffice writes them as they are.
  const settle = () => {
    line += /[\t\r\n]/.test(loose) ? loose.replace(/[ \t\r\n]+/g, ' ') : loose;
    loose = '';
  };
  const openCell = (attributes: Attributes) => {
    const count = (name: string) => Math.max(1, Math.floor(Number(attributeOf(attributes, name) ?? 1)) || 1);
    const value = attributeOf(attributes, 'value');
    cell = {
      text: [],
      repeated: Math.min(COLUMNS, count('number-columns-repeated')),
      columns: Math.min(COLUMNS, count('number-columns-spanned')),
      rows: Math.min(ROWS, count('number-rows-spanned')),
      value: value === undefined ? undefined : Number(value),
    };
  };
  const closeCell = (target: Found, { text, repeated, columns, rows, value }: Cell) => {
    const shown = text.join('\n');
    if (columns * rows > 1) {
      target.merges.push({ top: row, left: column, bottom: row + rows - 1, right: column + columns - 1 });
    }
    if (shown.trim() === '') {
      column += repeated;
      return;
    }
    const isNumber = value !== undefined && Number.isFinite(value);
    const exact = isNumber ? exactText(value, shown) : shown;
    for (let down = 0; down < repeatedRows; down += 1) {
      for (let across = 0; across < repeated; across += 1) {
        if (row + down >= ROWS || column + across >= COLUMNS) damaged(budget, 'セルの場所が表の外にある');
        addText(budget, target, row + down, column + across, exact, isNumber);
      }
    }
    column += repeated;
  };
  const closeAside = () => {
    if (!aside) return;
    const text = aside.text.join('\n').trim();
    spend(budget, 'characters', text.length);
    if (text !== '') found?.asides.push({ text, reason: aside.reason });
    aside = undefined;
  };

  await readXml(archive, 'content.xml', {
    open(name, attributes) {
      settle();
      if (IGNORED.test(name)) return 'skip';
      if (name === 'style') style = attributeOf(attributes, 'name') ?? '';
      else if (name === 'table-properties' && attributeOf(attributes, 'display') === 'false') unshown.add(style);
      else if (name === 'table' && !found) {
        const isHidden = unshown.has(attributeOf(attributes, 'style-name') ?? '');
        found = newFound(attributeOf(attributes, 'name') ?? '', isHidden);
        [row, column] = [0, 0];
        if (tables.length >= LIMITS.worksheets) oversized(budget, 'worksheets');
        if (wanted && !wanted.includes(tables.length)) {
          tables.push(tableFrom(budget, found));
          found = undefined;
          return 'skip';
        }
      } else if (!found) return undefined;
      else if (aside) {
        if (name === aside.name) aside.open += 1;
      } else if (ASIDE[name] !== undefined || DRAWN.test(name)) {
        aside = { name, open: 1, reason: ASIDE[name] ?? '図形の中に書かれている', text: [] };
      } else if (name === 'table-column') {
        const repeated = Math.min(COLUMNS, Number(attributeOf(attributes, 'number-columns-repeated') ?? 1));
        if (isUnseen(attributes)) found.hiddenColumns.fill(1, column, column + repeated);
        column += repeated;
      } else if (name === 'table-row') {
        repeatedRows = Math.min(ROWS, Math.max(1, Number(attributeOf(attributes, 'number-rows-repeated') ?? 1) || 1));
        column = 0;
        if (isUnseen(attributes))
          for (let down = 0; down < Math.min(repeatedRows, 1_000); down += 1) found.hiddenRows.add(row + down);
      } else if (name === 'table-cell' || name === 'covered-table-cell') openCell(attributes);
      if (name === 'p' || name === 'h') {
        line = '';
        isLine = true;
      } else if (isLine) line += spaceOf(name, attributes);
      return undefined;
    },
    text(piece) {
      if (isLine) loose += piece;
    },
    close(name) {
      settle();
      if (!found) return;
      if (name === 'p' || name === 'h') {
        (aside ?? cell)?.text.push(line);
        isLine = false;
      } else if (aside) {
        if (name === aside.name) aside.open -= 1;
        if (aside.open === 0) closeAside();
      } else if (cell && (name === 'table-cell' || name === 'covered-table-cell')) {
        closeCell(found, cell);
        cell = undefined;
      } else if (name === 'table-row') row += repeatedRows;
      else if (name === 'table') {
        tables.push(tableFrom(budget, found));
        found = undefined;
      }
    },
  });
  if (tables.length === 0) damaged(budget, 'シートが一枚もない');
  return tables;
}

const isUnseen = (attributes: Attributes): boolean =>
  /^(?:collapse|filter)$/.test(attributeOf(attributes, 'visibility') ?? '');

/** What an element inside of a line stands for. */
function spaceOf(name: string, attributes: Attributes): string {
  if (name === 'tab') return '\t';
  if (name === 'line-break') return '\n';
  if (name !== 's') return '';
  const count = Math.floor(Number(attributeOf(attributes, 'c') ?? 1)) || 1;
  return ' '.repeat(Math.min(1_000, Math.max(1, count)));
}
