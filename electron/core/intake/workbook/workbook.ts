// A workbook or a page from outside as tables, whatever format it is in: told by its bytes, not by its name.
// Promise: any bytes end as tables or as a problem that says what to do; memory and time follow from the limits.
import { fail } from '../../../../shared/kernel/problem.ts';
import { isConverted, type Table } from '../table.ts';
import { openArchive } from './archive.ts';
import { readHtml } from './html.ts';
import { damaged, newBudget } from './limits.ts';
import { isOds, isOdsLocked, readOds } from './ods.ts';
import { isXlsx, readXlsx } from './xlsx.ts';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** What a file is, by its first bytes; undefined for everything that is no workbook. */
export function kindOf(bytes: Buffer): 'zip' | 'compound' | 'html' | undefined {
  if (bytes.subarray(0, 4).equals(ZIP)) return 'zip';
  if (bytes.subarray(0, 8).equals(COMPOUND)) return 'compound';
  const head = bytes.subarray(0, 2_000).toString('latin1').replaceAll('\0', '').trimStart();
  return /^(?:ï»¿|ÿþ|þÿ)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|table|meta)\b/i.test(
    head,
  )
    ? 'html'
    : undefined;
}

/**
 * The tables of a zipped workbook (.xlsx, .xlsm, .ods …), or those at the wanted places; the others come without cells.
 * `pause` lets others have their turn. Raises workbook.damaged, workbook.oversized, workbook.protected, workbook.legacy,
 * intake.unreadable.
 */
export async function readWorkbook(
  bytes: Buffer,
  name: string,
  pause: () => Promise<void>,
  wanted?: readonly number[],
): Promise<Table[]> {
  const archive = await openArchive(bytes, newBudget(name), pause);
  if (isXlsx(archive)) {
    if (archive.has('xl/workbook.bin')) fail('workbook.legacy', { name, format: 'Excel バイナリ（.xlsb）' });
    return marked(await readXlsx(archive, wanted));
  }
  if (isOds(archive)) {
    if (await isOdsLocked(archive)) fail('workbook.protected', { name });
    return marked(await readOds(archive, wanted));
  }
  return fail('intake.unreadable', { name, reason: '表計算のブックではない' });
}

/** The reason why a compound file (.xls, or a workbook under a password) is not read. Always raises. */
export function refuseCompound(bytes: Buffer, name: string): never {
  const holds = (stream: string) => bytes.includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptedPackage')) fail('workbook.protected', { name });
  if (holds('Workbook') || holds('Book')) fail('workbook.legacy', { name, format: 'Excel 97-2003（.xls）' });
  return damaged(newBudget(name), '表計算のブックではない');
}

/** The tables of a page. Raises workbook.oversized. */
export const readPage = (source: string, name: string): Table[] => [readHtml(source, newBudget(name))];

const marked = (tables: readonly Table[]): Table[] =>
  tables.map((table) =>
    isConverted(table.cells)
      ? {
          ...table,
          isMarkup: true,
          notes: [...table.notes, 'セルの中にHTMLの書式（<br> など）があるため、書式を除いて読みました。'],
        }
      : table,
  );
