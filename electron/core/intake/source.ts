// What somebody hands in to be read: a file of any of the known formats, or what the clipboard held.
// Promise: told by its bytes; every format ends as tables, and what is none as a problem with the way out.
import { parse } from 'csv-parse/sync';
import { asWritten } from '../output/inert.ts';
import { decodeText, readGrid, splitRows } from './grid.ts';
import { isConverted, type Table, tableOf } from './table.ts';
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
  return { name, tables: [/\.csv$/i.test(name) ? asTyped(readCsv(bytes, name)) : tableOf(readGrid(bytes, name))] };
}

/** What was pasted: a page where the program that it was copied from gave one, else its text. */
export function readPasted({ html, text }: { html: string; text: string }): Source {
  const name = '貼り付けた内容';
  return { name, tables: /<(?:table|p|div|br)\b/i.test(html) ? readPage(html, name) : [asTyped(splitRows(text))] };
}

/** The table of texts that a program wrote as they are, unless they plainly were converted from a document before. */
function asTyped(rows: readonly (readonly string[])[]): Table {
  const table = tableOf(rows);
  return { ...table, isMarkup: isConverted(table.cells) };
}

/** So much of a file tells whether tabs part its cells, whatever its name says. */
const LOOKED_AT = 200_000;

/** Rows of a CSV, without what keeps texts from being formulas there; one that is torn is read as far as plain lines go. */
function readCsv(bytes: Buffer, name: string): string[][] {
  const text = decodeText(bytes, name);
  const bare = text.slice(0, LOOKED_AT).replace(/"[^"]*(?:"|$)/g, '');
  if (bare.split('\n', 20).some((line) => line.includes('\t'))) return splitRows(text);
  try {
    const rows: string[][] = parse(text, { relaxColumnCount: true, relaxQuotes: true });
    return rows.map((row) => row.map(asWritten));
  } catch {
    return splitRows(text);
  }
}
