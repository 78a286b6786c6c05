// A line of a table as CSV (RFC 4180).
import { stringify } from 'csv-stringify/sync';

/** A lone line feed inside of a cell is quoted too: to most readers it ends the line (RFC 4180 knows only CRLF). */
export const spellRow = (cells: readonly string[]): string =>
  stringify([cells], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
