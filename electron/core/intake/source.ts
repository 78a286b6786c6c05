// What somebody hands in to be read: a file of any of the known formats, or what the clipboard held.
// Promise: told by its bytes; every format ends as tables, and what is none as a problem with the way out.
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { asWritten } from '../output/inert.ts';
import { decodeText, readGrid, splitRows } from './grid.ts';
import { cellsOf, isConverted, plainTable, type Table, type TableCell, tableOf } from './table.ts';
import { kindOf, readPage, readWorkbook, refuseCompound } from './workbook/workbook.ts';

export type Source = { name: string; tables: readonly Table[] };

/**
 * Reads a file. `wanted`: only these tables of a workbook are needed. Raises intake.unreadable, workbook.damaged,
 * workbook.oversized, workbook.protected, workbook.legacy.
 */
export async function readSource(
  bytes: Buffer,
  name: string,
  pause: () => Promise<void>,
  wanted?: readonly number[],
): Promise<Source> {
  const kind = kindOf(bytes);
  if (kind === 'zip') return { name, tables: await readWorkbook(bytes, name, pause, wanted) };
  if (kind === 'compound') return refuseCompound(bytes, name);
  if (kind === 'html') return { name, tables: readPage(decodeText(bytes, name), name) };
  if (!/\.csv$/i.test(name)) return { name, tables: [tableOf(readGrid(bytes, name))] };
  return { name, tables: [asTyped(await readCsv(decodeText(bytes, name), pause))] };
}

/** What was pasted: a page where the program that it was copied from gave one, else its text. */
export function readPasted({ html, text }: { html: string; text: string }): Source {
  const name = '貼り付けた内容';
  return {
    name,
    tables: /<(?:table|p|div|br)\b/i.test(html) ? readPage(html, name) : [asTyped(tableOf(splitRows(text)))],
  };
}

/** The table of texts that a program wrote as they are, unless they plainly were converted from a document before. */
const asTyped = (table: Table): Table => ({ ...table, isMarkup: isConverted(table.cells) });

/** So much of a file tells whether tabs part its cells, whatever its name says. */
const LOOKED_AT = 200_000;
/** Characters that are read before everything else has its turn. */
const AT_ONCE = 100_000;

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    // Each piece is encoded by itself: a character of two halves must not be parted.
    const end = at + AT_ONCE + (isHighHalf(text, at + AT_ONCE - 1) ? 1 : 0);
    yield text.slice(at, end);
    at = end;
  }
}
const isHighHalf = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800;

/** The table of a CSV, without what keeps texts from being formulas there; one that is torn is read as far as plain lines go. */
async function readCsv(text: string, pause: () => Promise<void>): Promise<Table> {
  const bare = text.slice(0, LOOKED_AT).replace(/"[^"]*(?:"|$)/g, '');
  if (bare.split('\n', 20).some((line) => line.includes('\t'))) return tableOf(splitRows(text));
  try {
    const parser = Readable.from(pieces(text)).pipe(parse({ relaxColumnCount: true, relaxQuotes: true }));
    const cells: TableCell[] = [];
    let [row, read] = [0, 0];
    for await (const texts of parser as AsyncIterable<string[]>) {
      cells.push(...cellsOf(texts.map(asWritten), row));
      row += 1;
      read += texts.reduce((sum, cell) => sum + cell.length, 0);
      if (read < AT_ONCE) continue;
      read = 0;
      await pause();
    }
    return plainTable(cells);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return tableOf(splitRows(text));
  }
}
