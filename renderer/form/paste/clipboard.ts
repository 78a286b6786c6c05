// What lies on the clipboard, as a block of cells: its HTML where that is one table, its text otherwise.
import { type PastedBlock, readHtmlBlock } from './html.ts';
import { readTsv } from './tsv.ts';

/** `keepsLines`: text of several lines without a tab is one text, because a cell that holds lines is in hand. */
export function readClipboard(data: Pick<DataTransfer, 'getData'>, keepsLines: boolean): PastedBlock {
  const html = data.getData('text/html');
  const block = html === '' ? undefined : readHtmlBlock(html);
  if (block) return block;
  const text = data.getData('text/plain').replaceAll('\u00a0', ' ');
  if (text === '') return { rows: [], notes: [] };
  if (keepsLines && !text.includes('\t'))
    return { rows: [[{ text: text.replace(/\r\n?/g, '\n').trimEnd() }]], notes: [] };
  const rows = readTsv(text);
  const width = Math.max(...rows.map((row) => row.length));
  return {
    rows: rows.map((row) => Array.from({ length: width }, (_, index) => ({ text: row[index] ?? '' }))),
    notes: [],
  };
}
