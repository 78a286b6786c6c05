// Makes small .xlsx and .ods files for tests: only what a reader has to understand, spelled as Excel and LibreOffice do.
import { strToU8, zipSync } from 'fflate';

export type BookCell = {
  at: string;
  text?: string;
  /** As it stands in the file: a number's digits, 1 or 0, an error's name. */
  value?: string;
  type?: 'n' | 'b' | 'e' | 'str' | 'inlineStr' | 's';
  format?: string;
  formula?: string;
  /** Inner XML of a shared string, instead of a plain text. */
  rich?: string;
};
export type BookSheet = {
  name: string;
  cells: readonly BookCell[];
  merges?: readonly string[];
  state?: 'hidden' | 'veryHidden';
  hiddenRows?: readonly number[];
  hiddenColumns?: readonly number[];
  /** XML after the cells. */
  tail?: string;
};
export type BookOptions = { is1904?: boolean; prefix?: string; parts?: Readonly<Record<string, string>> };

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // XML turns a carriage return into a line feed unless it is written out.
    .replaceAll('\r', '&#13;');

/** A1, B1 … for places that count from 0. */
export function place(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The parts of an .xlsx by name. */
export function xlsxParts(sheets: readonly BookSheet[], options: BookOptions = {}): Record<string, string> {
  const p = options.prefix === undefined ? '' : `${options.prefix}:`;
  const xmlns = options.prefix === undefined ? `xmlns="${MAIN}"` : `xmlns:${options.prefix}="${MAIN}"`;
  const strings: string[] = [];
  const formats: string[] = [];
  const styleOf = (format: string | undefined) => {
    if (format === undefined) return '';
    if (!formats.includes(format)) formats.push(format);
    return ` s="${formats.indexOf(format) + 1}"`;
  };
  const cellXml = ({ at, text, value, type, format, formula, rich }: BookCell): string => {
    const f = formula === undefined ? '' : `<${p}f>${escaped(formula)}</${p}f>`;
    if (value !== undefined) {
      const t = type === undefined || type === 'n' ? '' : ` t="${type}"`;
      return `<${p}c r="${at}"${styleOf(format)}${t}>${f}<${p}v>${escaped(value)}</${p}v></${p}c>`;
    }
    if (type === 'inlineStr') {
      return `<${p}c r="${at}" t="inlineStr"><${p}is><${p}t xml:space="preserve">${escaped(text ?? '')}</${p}t></${p}is></${p}c>`;
    }
    if (text === undefined && rich === undefined) return `<${p}c r="${at}">${f}</${p}c>`;
    strings.push(rich ?? `<${p}t xml:space="preserve">${escaped(text ?? '')}</${p}t>`);
    return `<${p}c r="${at}"${styleOf(format)} t="s"><${p}v>${strings.length - 1}</${p}v></${p}c>`;
  };
  const sheetXml = ({ cells, merges = [], hiddenRows = [], hiddenColumns = [], tail = '' }: BookSheet): string => {
    const rows = new Map<number, BookCell[]>();
    for (const cell of cells) {
      const row = Number(/\d+$/.exec(cell.at)?.[0]);
      rows.set(row, [...(rows.get(row) ?? []), cell]);
    }
    const body = [...rows]
      .sort(([a], [b]) => a - b)
      .map(([row, here]) => {
        const hidden = hiddenRows.includes(row) ? ' hidden="1"' : '';
        return `<${p}row r="${row}"${hidden}>${here.map(cellXml).join('')}</${p}row>`;
      });
    const columns = hiddenColumns.map((c) => `<${p}col min="${c}" max="${c}" width="9" hidden="1"/>`);
    const merged = merges.map((ref) => `<${p}mergeCell ref="${ref}"/>`);
    return [
      HEAD,
      `<${p}worksheet ${xmlns} xmlns:r="${RELATIONS}"><${p}dimension ref="A1:XFD1048576"/>`,
      columns.length > 0 ? `<${p}cols>${columns.join('')}</${p}cols>` : '',
      `<${p}sheetData>${body.join('')}</${p}sheetData>`,
      merged.length > 0 ? `<${p}mergeCells count="${merged.length}">${merged.join('')}</${p}mergeCells>` : '',
      `${tail}</${p}worksheet>`,
    ].join('');
  };
  const bodies = sheets.map(sheetXml);
  const entry = ({ name, state }: BookSheet, index: number) =>
    `<${p}sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const custom = formats.map((code, index) => `<${p}numFmt numFmtId="${164 + index}" formatCode="${escaped(code)}"/>`);
  const styles = formats.map((_, index) => `<${p}xf numFmtId="${164 + index}" applyNumberFormat="1"/>`);
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${HEAD}<${p}workbook ${xmlns} xmlns:r="${RELATIONS}"><${p}workbookPr${options.is1904 ? ' date1904="1"' : ''}/><${p}sheets>${sheets.map(entry).join('')}</${p}sheets></${p}workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}">${sheets
      .map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`))
      .join(
        '',
      )}${relation('rIdS', 'sharedStrings', 'sharedStrings.xml')}${relation('rIdT', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `${HEAD}<${p}sst ${xmlns}>${strings.map((xml) => `<${p}si>${xml}</${p}si>`).join('')}</${p}sst>`,
    'xl/styles.xml': `${HEAD}<${p}styleSheet ${xmlns}><${p}numFmts>${custom.join('')}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="0"/></${p}cellStyleXfs><${p}cellXfs><${p}xf numFmtId="0"/>${styles.join('')}</${p}cellXfs></${p}styleSheet>`,
    ...Object.fromEntries(bodies.map((body, index) => [`xl/worksheets/sheet${index + 1}.xml`, body])),
    ...options.parts,
  };
}

/** Parts as a zip. */
export const zipped = (parts: Readonly<Record<string, string | Uint8Array>>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
      ),
    ),
  );

export const makeXlsx = (sheets: readonly BookSheet[], options: BookOptions = {}): Buffer =>
  zipped(xlsxParts(sheets, options));

/** A worksheet of rows of texts. */
export const sheetOf = (name: string, rows: readonly (readonly string[])[]): BookSheet => ({
  name,
  cells: rows.flatMap((texts, row) =>
    texts.flatMap((text, column) => (text === '' ? [] : [{ at: place(row, column), text }])),
  ),
});
