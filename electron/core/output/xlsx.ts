// A book as .xlsx (ECMA-376, SpreadsheetML): parts spelled as strings while the book is made. An own spelling, because
// the libraries that would do it keep whole books, or numbers only as binary fractions, or know no page and no second format.
// Promise: no formula, macro, link or person's name is ever in it; every text is an inline string in a cell of texts.
import { UNREAD_TAIL } from '../../../shared/form/reading.ts';
import type { Book, BookCell, BookRow, Format, Look, Slot, Worksheet } from './book.ts';
import { FILL, FONT, FORMATS, LOOK_FACTS, LOOKS, STYLES, slotter, styleIndex } from './book.ts';
import type { Part } from './zip.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text between tags. What XML cannot hold, and what would read as an escape, is written as OOXML's own escape (ST_Xstring). */
export const xlsxText = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (c) =>
      c === '\n' || c === '\t' ? c : `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

const attribute = (text: string): string => text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

/** The parts of the file, in the order in which they can be known. */
export async function* xlsxParts({ worksheets }: Book): AsyncGenerator<Part> {
  const names: string[] = [];
  for await (const worksheet of worksheets) {
    names.push(worksheet.name);
    yield { name: `xl/worksheets/sheet${names.length}.xml`, pieces: worksheetXml(worksheet) };
  }
  yield { name: 'xl/styles.xml', pieces: [stylesXml()] };
  yield { name: 'xl/workbook.xml', pieces: [workbookXml(names)] };
  yield { name: 'xl/_rels/workbook.xml.rels', pieces: [workbookRelations(names.length)] };
  yield { name: '_rels/.rels', pieces: [relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']])] };
  yield { name: '[Content_Types].xml', pieces: [contentTypes(names.length)] };
}

/** Pixels of a digit of the font at its size on screen, in which Excel counts the width of columns. */
const DIGIT = 7;
const PIXELS_PER_POINT = 96 / 72;
/** MARGIN of shared/paper/style.ts (12, 12, 15 mm), and room for header and footer, in inches. */
const MARGINS = 'left="0.47" right="0.47" top="0.63" bottom="0.59" header="0.28" footer="0.28"';

async function* worksheetXml({ widths, isTable, page, rows }: Worksheet): AsyncGenerator<string> {
  const view = isTable
    ? '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    : '<sheetView showGridLines="0" workbookViewId="0"/>';
  const columns = widths.map((width, at) => {
    const characters = ((width * PIXELS_PER_POINT) / DIGIT).toFixed(2);
    return `<col min="${at + 1}" max="${at + 1}" width="${characters}" customWidth="1"/>`;
  });
  yield `${HEAD}<worksheet xmlns="${MAIN}">${page ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : ''}` +
    `<sheetViews>${view}</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns.join('')}</cols><sheetData>`;
  const slotsOf = slotter();
  const merges: string[] = [];
  let count = 0;
  for await (const batch of rows) {
    const written = batch.map((row) => {
      count += 1;
      for (const cell of row.cells) if (cell.rows > 1 || cell.columns > 1) merges.push(areaOf(cell, count));
      return rowXml(row, slotsOf(row), count);
    });
    yield written.join('');
  }
  const end = `${columnName(Math.max(0, widths.length - 1))}${Math.max(1, count)}`;
  yield '</sheetData>' +
    (isTable ? `<autoFilter ref="A1:${end}"/>` : '') +
    (merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : '') +
    (page ? '<printOptions horizontalCentered="1"/>' : '') +
    `<pageMargins ${MARGINS}/>` +
    `<pageSetup paperSize="9" orientation="${page ? 'portrait' : 'landscape'}"${page ? ' fitToWidth="1" fitToHeight="0"' : ''}/>` +
    (page
      ? `<headerFooter><oddHeader>${headerText('R', page.header)}</oddHeader>` +
        `<oddFooter>${headerText('L', page.footer)}&amp;R&amp;8&amp;P / &amp;N</oddFooter></headerFooter>`
      : '') +
    `<ignoredErrors><ignoredError sqref="A1:${end}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

/** Most of a header that Excel keeps, with room for its codes. */
const HEADER_LENGTH = 200;

/** One side of a header: & begins a code there, and a digit must not join the size of type before it. */
const headerText = (side: 'L' | 'R', text: string): string =>
  attribute(`&${side}&8 ${[...text].slice(0, HEADER_LENGTH).join('').replaceAll('&', '&&')}`);

function rowXml({ height }: BookRow, slots: readonly Slot[], row: number): string {
  const cells = slots.map(({ column, look, cell }) => cellXml(cell, styleIndex(cell ?? { look }), column, row));
  const high = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${row}"${high}>${cells.join('')}</row>`;
}

function cellXml(cell: BookCell | undefined, style: number, column: number, row: number): string {
  const head = `<c r="${columnName(column)}${row}" s="${style}"`;
  if (!cell?.value) return `${head}/>`;
  if ('decimal' in cell.value) return `${head}><v>${cell.value.decimal}</v></c>`;
  return `${head} t="inlineStr"><is><t xml:space="preserve">${xlsxText(cell.value.text)}</t></is></c>`;
}

const areaOf = ({ column, columns, rows }: BookCell, row: number): string =>
  `<mergeCell ref="${columnName(column)}${row}:${columnName(column + columns - 1)}${row + rows - 1}"/>`;

const columnNames: string[] = [];

/** A, B … Z, AA … from 0. */
export function columnName(column: number): string {
  const known = columnNames[column];
  if (known !== undefined) return known;
  const before = Math.floor(column / 26);
  const name = `${before > 0 ? columnName(before - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
  columnNames[column] = name;
  return name;
}

/** The format's code: ▲ for a minus where thousands are grouped, words in quotes. */
export function formatCode({ places, isGrouped, tail }: Format): string {
  const digits = `${isGrouped ? '#,##0' : '0'}${places > 0 ? `.${'0'.repeat(places)}` : ''}`;
  const words = tail === '' ? '' : `"${tail}"`;
  return isGrouped ? `${digits}${words};"▲"${digits}${words}` : `${digits}${words}`;
}

/** Formats of one's own have numbers from here on. */
const FIRST_FORMAT = 164;
/** "@": what is typed over a text stays a text. */
const TEXT_FORMAT = 49;
const GENERAL = 0;
const UNREAD_FORMAT = FIRST_FORMAT + FORMATS.length;
const OWN_FORMATS: Partial<Record<Look, number>> = { figure: GENERAL, unread: UNREAD_FORMAT };

function stylesXml(): string {
  const codes = [...FORMATS.map(formatCode), `@"${UNREAD_TAIL}"`];
  const formats = codes.map((code, at) => `<numFmt numFmtId="${FIRST_FORMAT + at}" formatCode="${attribute(code)}"/>`);
  const fonts = LOOKS.map((look) => {
    const { size, isBold } = LOOK_FACTS[look];
    return `<font>${isBold ? '<b/>' : ''}<sz val="${size}"/><name val="${FONT}"/><family val="3"/><charset val="128"/></font>`;
  });
  const side = (name: string) => `<${name} style="thin"><color rgb="FF000000"/></${name}>`;
  const box = ['left', 'right', 'top', 'bottom'].map(side).join('');
  const cells = STYLES.map(({ look, format }) => {
    const { isFilled, isBoxed, isStruck, isWrapped, across, down } = LOOK_FACTS[look];
    // A place for a number that is still blank must not turn what is typed there into a text.
    const number = format ? FIRST_FORMAT + FORMATS.indexOf(format) : (OWN_FORMATS[look] ?? TEXT_FORMAT);
    const align =
      `<alignment vertical="${down}"${across ? ` horizontal="${across}"` : ''}` +
      `${isWrapped ? ' wrapText="1"' : ''}/>`;
    return (
      `<xf numFmtId="${number}" fontId="${LOOKS.indexOf(look) + 1}" fillId="${isFilled ? 2 : 0}" borderId="${isStruck ? 2 : isBoxed ? 1 : 0}" ` +
      `xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${align}</xf>`
    );
  });
  const plain = `<font><sz val="10"/><name val="${FONT}"/><family val="3"/><charset val="128"/></font>`;
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}">` +
    `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` +
    `<fonts count="${fonts.length + 1}">${plain}${fonts.join('')}</fonts>` +
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
    `<fill><patternFill patternType="solid"><fgColor rgb="FF${FILL}"/><bgColor indexed="64"/></patternFill></fill></fills>` +
    '<borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border>' +
    `<border>${box}<diagonal/></border><border diagonalUp="1">${box}${side('diagonal')}</border></borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="標準" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

function workbookXml(names: readonly string[]): string {
  const sheets = names.map((name, at) => `<sheet name="${attribute(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews>` +
    `<sheets>${sheets.join('')}</sheets></workbook>`
  );
}

function relationsXml(entries: readonly (readonly [id: string, type: string, target: string])[]): string {
  const written = entries.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${RELATIONS}">${written.join('')}</Relationships>`;
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

const workbookRelations = (count: number): string =>
  relationsXml([
    ...numbers(count).map((at) => [`rId${at}`, 'worksheet', `worksheets/sheet${at}.xml`] as const),
    [`rId${count + 1}`, 'styles', 'styles.xml'],
  ]);

function contentTypes(count: number): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${TYPES}.${type}+xml"/>`;
  return (
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    override('workbook', 'sheet.main') +
    override('styles', 'styles') +
    `${numbers(count)
      .map((at) => override(`worksheets/sheet${at}`, 'worksheet'))
      .join('')}</Types>`
  );
}
