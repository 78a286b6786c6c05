// How data is spelled as text while it is made: a line of a table as CSV (RFC 4180), and JSON that ends in a long list.
import { stringify } from 'csv-stringify/sync';

/**
 * A lone line feed inside of a cell is quoted too: to most readers it ends the line (RFC 4180 knows only CRLF). A tab is,
 * because a reader may take a bare one for the sign between the cells.
 */
export const spellRow = (cells: readonly string[]): string =>
  stringify([cells], { record_delimiter: 'windows', quoted_match: /[\t\r\n]/ });

/** The parts of a JSON object whose last member `sheets` is a list of items that are spelled already. */
export const jsonOpening = (head: object): string => `${JSON.stringify(head).slice(0, -1)},"sheets":[\n`;
export const jsonItem = (item: string, at: number): string => `${at === 0 ? '' : ',\n'}${item}`;
export const JSON_ENDING = '\n]}\n';

/** The bytes of such a JSON, for items that come in slices. */
export async function* jsonPieces(head: object, slices: AsyncIterable<readonly string[]>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(jsonOpening(head));
  let count = 0;
  for await (const items of slices) {
    const from = count;
    count += items.length;
    yield Buffer.from(items.map((item, at) => jsonItem(item, from + at)).join(''));
  }
  yield Buffer.from(JSON_ENDING);
}
