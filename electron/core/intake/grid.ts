// Bytes of a text file -> rows of cells, whatever the encoding; quoted cells may span lines, as Excel copies them.
// Promise: every character of the text ends in a cell, a separator or a quoting mark.
import { fail } from '../../../shared/kernel/problem.ts';

/**
 * Decodes a tab-separated text (UTF-8, UTF-16 with a mark, else CP932) and splits it. `name` is for the message.
 * Raises intake.unreadable when the bytes are no text.
 */
export const readGrid = (bytes: Uint8Array, name = '選んだファイル'): string[][] => splitRows(decodeText(bytes, name));

/** The text behind the bytes, in whichever of the encodings above. Raises intake.unreadable. */
export function decodeText(bytes: Uint8Array, name: string): string {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  const isMarked = marked === 'utf-16le' || (bytes[0] === 0xfe && bytes[1] === 0xff);
  // The standard's "shift_jis" is CP932, with NEC's and IBM's characters.
  for (const encoding of isMarked ? [marked] : ['utf-8', 'shift_jis']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      // Not in this encoding: the next one is tried.
    }
  }
  return fail('intake.unreadable', { name, reason: '文字だけのファイルではない' });
}

/** Splits tab-separated text. A quote that is not closed before a tab or a line end is part of the text. */
export function splitRows(text: string): string[][] {
  const quoted = /"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)/y;
  const bare = /[^\t\r\n]*/y;
  const rows: string[][] = [[]];
  for (let at = 0; at <= text.length; at += 1) {
    const quote = text[at] === '"' ? matchAt(quoted, text, at) : null;
    const found = quote ?? matchAt(bare, text, at);
    rows.at(-1)?.push(quote ? (quote[1] ?? '').replaceAll('""', '"') : (found?.[0] ?? ''));
    at += found?.[0].length ?? 0;
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    if (text[at] === '\r' || text[at] === '\n') rows.push([]);
  }
  return rows;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
