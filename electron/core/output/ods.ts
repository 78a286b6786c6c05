// A book as .ods (OpenDocument 1.3): the same book as xlsx.ts spells. Everything that cells refer to is declared before the
// first of them, in whole points, because a stream cannot go back.
// Promise: no formula, macro, link or person's name is ever in it; numbers stand there with the places they were written with.
import { UNREAD_TAIL } from '../../../shared/form/reading.ts';
import type { Book, BookCell, BookRow, Format, Look, Slot, Worksheet } from './book.ts';
import { FILL, FONT, FORMATS, LOOK_FACTS, STYLES, shownNumber, slotter, styleIndex, TYPE_SIZE } from './book.ts';
import { columnName } from './xlsx.ts';
import type { Part } from './zip.ts';

const MEDIA_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const ODF = 'urn:oasis:names:tc:opendocument:xmlns';
const SPACES = [
  ...['office', 'style', 'table', 'text', 'config'].map((name) => `xmlns:${name}="${ODF}:${name}:1.0"`),
  `xmlns:number="${ODF}:datastyle:1.0"`,
  `xmlns:fo="${ODF}:xsl-fo-compatible:1.0"`,
  `xmlns:svg="${ODF}:svg-compatible:1.0"`,
  'office:version="1.3"',
].join(' ');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML holds it: the two code points that are no characters are the only ones that it cannot. */
const escaped = (text: string): string =>
  text.replace(/[\uFFFE\uFFFF]/g, '\uFFFD').replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

/** A text as paragraphs. White space that XML would fold is written as elements. */
function paragraphs(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const kept = escaped(line)
        .replace(/^ | {2,}| $/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)
        .replaceAll('\t', '<text:tab/>');
      return `<text:p>${kept}</text:p>`;
    })
    .join('');
}

/** LibreOffice drops tabs out of paragraphs, but takes the text from here where it stands. */
const wholeText = (text: string): string =>
  text.includes('\t')
    ? ` office:string-value="${escaped(text).replace(/[\t\n]/g, (c) => `&#${c.charCodeAt(0)};`)}"`
    : '';

/** What is known of a worksheet once it is written. */
type Written = { name: string; isTable: boolean; end: string; page: Worksheet['page'] };

/** The parts of the file. */
export async function* odsParts(book: Book): AsyncGenerator<Part> {
  const written: Written[] = [];
  yield { name: 'mimetype', pieces: [MEDIA_TYPE], isStored: true };
  yield { name: 'content.xml', pieces: contentXml(book, written) };
  yield { name: 'styles.xml', pieces: [stylesXml(written)] };
  yield { name: 'settings.xml', pieces: [settingsXml(written)] };
  yield { name: 'META-INF/manifest.xml', pieces: [manifestXml()] };
}

async function* contentXml({ pages, worksheets }: Book, written: Written[]): AsyncGenerator<string> {
  yield `${HEAD}<office:document-content ${SPACES}>${fontsXml()}<office:automatic-styles>`;
  yield [...dataStyles(), ...cellStyles(), ...trackStyles(), ...tableStyles(pages)].join('');
  yield '</office:automatic-styles><office:body><office:spreadsheet>';
  let page = 0;
  for await (const worksheet of worksheets) {
    if (worksheet.page) page += 1;
    yield* tableXml(worksheet, worksheet.page ? page : 0, written);
  }
  yield `${filtersXml(written)}</office:spreadsheet></office:body></office:document-content>`;
}

async function* tableXml(worksheet: Worksheet, page: number, written: Written[]): AsyncGenerator<string> {
  const { name, widths, isTable, rows } = worksheet;
  const columns = widths
    .map((width) => `<table:table-column table:style-name="co${trackOf(width, WIDEST)}"/>`)
    .join('');
  yield `<table:table table:name="${escaped(name)}" table:style-name="ta${page}">${columns}`;
  const slotsOf = slotter();
  let count = 0;
  for await (const batch of rows) {
    count += batch.length;
    yield batch.map((row) => rowXml(row, slotsOf(row))).join('');
  }
  if (count === 0) yield '<table:table-row><table:table-cell/></table:table-row>';
  yield '</table:table>';
  const end = `${columnName(Math.max(0, widths.length - 1))}${Math.max(1, count)}`;
  written.push({ name, isTable, end, page: worksheet.page });
}

function rowXml({ height }: BookRow, slots: readonly Slot[]): string {
  const cells: string[] = [];
  let next = 0;
  for (const { column, cell } of slots) {
    if (column > next) cells.push(`<table:table-cell table:number-columns-repeated="${column - next}"/>`);
    cells.push(cell ? cellXml(cell) : '<table:covered-table-cell/>');
    next = column + 1;
  }
  const style = height === undefined ? 'ro' : `ro${trackOf(height, TALLEST)}`;
  return `<table:table-row table:style-name="${style}">${cells.join('') || '<table:table-cell/>'}</table:table-row>`;
}

function cellXml(cell: BookCell): string {
  const { value, rows, columns, format } = cell;
  const spans =
    rows > 1 || columns > 1 ? ` table:number-columns-spanned="${columns}" table:number-rows-spanned="${rows}"` : '';
  const head = `<table:table-cell table:style-name="ce${styleIndex(cell)}"${spans}`;
  if (!value) return `${head}/>`;
  if ('text' in value) {
    return `${head} office:value-type="string"${wholeText(value.text)}>${paragraphs(value.text)}</table:table-cell>`;
  }
  const shown = format ? shownNumber(value.decimal, format) : value.decimal;
  return `${head} office:value-type="float" office:value="${value.decimal}"><text:p>${shown}</text:p></table:table-cell>`;
}

/** Points, the largest width and the largest height (as Excel has it) that are declared. */
const WIDEST = 1_200;
const TALLEST = 409;
const trackOf = (points: number, most: number): number => Math.min(most, Math.max(1, Math.round(points)));

function trackStyles(): string[] {
  const style = (name: string, family: string, properties: string) =>
    `<style:style style:name="${name}" style:family="table-${family}"><style:table-${family}-properties ${properties}/></style:style>`;
  const sizesTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1);
  return [
    style('ro', 'row', 'style:use-optimal-row-height="true"'),
    ...sizesTo(WIDEST).map((size) => style(`co${size}`, 'column', `style:column-width="${size}pt"`)),
    ...sizesTo(TALLEST).map((size) =>
      style(`ro${size}`, 'row', `style:row-height="${size}pt" style:use-optimal-row-height="false"`),
    ),
  ];
}

/** `ta0` is every table without a page, `ta1` the first worksheet with one. */
function tableStyles(pages: number): string[] {
  return Array.from(
    { length: pages + 1 },
    (_, at) =>
      `<style:style style:name="ta${at}" style:family="table" style:master-page-name="${masterOf(at)}">` +
      '<style:table-properties table:display="true"/></style:style>',
  );
}

const masterOf = (page: number): string => (page === 0 ? 'Default' : `Page${page}`);

function dataStyles(): string[] {
  const text = (name: string, tail: string) =>
    `<number:text-style style:name="${name}"><number:text-content/>${tail}</number:text-style>`;
  return [text('NT', ''), text('NU', `<number:text>${UNREAD_TAIL}</number:text>`), ...FORMATS.map(dataStyle)];
}

function dataStyle({ places, isGrouped, tail }: Format, at: number): string {
  const number =
    `<number:number number:decimal-places="${places}" number:min-decimal-places="${places}" number:min-integer-digits="1"` +
    `${isGrouped ? ' number:grouping="true"' : ''}/>${tail === '' ? '' : `<number:text>${tail}</number:text>`}`;
  if (!isGrouped) return `<number:number-style style:name="N${at}">${number}</number:number-style>`;
  return (
    `<number:number-style style:name="N${at}P0" style:volatile="true">${number}</number:number-style>` +
    `<number:number-style style:name="N${at}"><number:text>▲</number:text>${number}` +
    `<style:map style:condition="value()&gt;=0" style:apply-style-name="N${at}P0"/></number:number-style>`
  );
}

const DOWN = { top: 'top', center: 'middle', bottom: 'bottom' };
const ACROSS = { left: 'start', center: 'center', right: 'end' };

const fontsXml = (): string =>
  `<office:font-face-decls><style:font-face style:name="${FONT}" svg:font-family="'${FONT}'"/></office:font-face-decls>`;

const typeXml = (size: number, isBold: boolean): string => {
  const weight = isBold ? 'fo:font-weight="bold" style:font-weight-asian="bold"' : '';
  return (
    `<style:text-properties style:font-name="${FONT}" style:font-name-asian="${FONT}" fo:font-size="${size}pt" ` +
    `style:font-size-asian="${size}pt" fo:language="ja" fo:country="JP" ${weight}/>`
  );
};

function cellStyles(): string[] {
  return STYLES.map(({ look, format }, at) => {
    const { size, isBold, isFilled, isBoxed, isStruck, isWrapped, across, down } = LOOK_FACTS[look];
    const box = [
      `fo:border="${isBoxed ? '0.5pt solid #000000' : 'none'}"`,
      ...(isFilled ? [`fo:background-color="#${FILL}"`] : []),
      ...(isStruck ? ['style:diagonal-bl-tr="0.5pt solid #000000"'] : []),
      ...(isWrapped ? ['fo:wrap-option="wrap"'] : []),
      ...(across ? ['style:text-align-source="fix"'] : []),
      `style:vertical-align="${DOWN[down]}"`,
    ];
    const align = across ? `<style:paragraph-properties fo:text-align="${ACROSS[across]}"/>` : '';
    return (
      `<style:style style:name="ce${at}" style:family="table-cell" style:parent-style-name="Default"${dataOf(look, format)}>` +
      `<style:table-cell-properties ${box.join(' ')}/>${align}${typeXml(size, isBold === true)}</style:style>`
    );
  });
}

/** A place for a number that is still blank must not turn what is typed there into a text. */
function dataOf(look: Look, format: Format | undefined): string {
  if (format) return ` style:data-style-name="N${FORMATS.indexOf(format)}"`;
  if (look === 'unread') return ' style:data-style-name="NU"';
  return look === 'figure' ? '' : ' style:data-style-name="NT"';
}

function stylesXml(written: readonly Written[]): string {
  const layout = (name: string, size: string, orientation: string, more: string) =>
    `<style:page-layout style:name="${name}"><style:page-layout-properties ${size} style:print-orientation="${orientation}" ` +
    `fo:margin-left="12mm" fo:margin-right="12mm" fo:margin-top="8mm" fo:margin-bottom="8mm" style:table-centering="horizontal" ` +
    `style:first-page-number="1" ${more}/>` +
    '<style:header-style><style:header-footer-properties fo:min-height="7mm" fo:margin-left="0mm" fo:margin-right="0mm" fo:margin-bottom="2mm"/></style:header-style>' +
    '<style:footer-style><style:header-footer-properties fo:min-height="7mm" fo:margin-left="0mm" fo:margin-right="0mm" fo:margin-top="2mm"/></style:footer-style></style:page-layout>';
  const small = `<style:style style:name="T" style:family="text">${typeXml(8, false)}</style:style>`;
  const said = (inner: string) => `<text:p><text:span text:style-name="T">${inner}</text:span></text:p>`;
  const masters = written
    .flatMap(({ page }) => (page ? [page] : []))
    .map(
      ({ header, footer }, at) =>
        `<style:master-page style:name="${masterOf(at + 1)}" style:page-layout-name="Sheet">` +
        `<style:header><style:region-right>${said(escaped(header))}</style:region-right></style:header>` +
        `<style:footer><style:region-left>${said(escaped(footer))}</style:region-left>` +
        `<style:region-right>${said('<text:page-number/> / <text:page-count/>')}</style:region-right></style:footer></style:master-page>`,
    );
  return (
    `${HEAD}<office:document-styles ${SPACES}>${fontsXml()}<office:styles>` +
    `<style:style style:name="Default" style:family="table-cell">${typeXml(TYPE_SIZE, false)}</style:style></office:styles>` +
    `<office:automatic-styles>${small}` +
    layout(
      'Sheet',
      'fo:page-width="210mm" fo:page-height="297mm"',
      'portrait',
      'style:scale-to-X="1" style:scale-to-Y="0"',
    ) +
    layout('Table', 'fo:page-width="297mm" fo:page-height="210mm"', 'landscape', '') +
    '</office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="Table"/>' +
    `${masters.join('')}</office:master-styles></office:document-styles>`
  );
}

/** Filters over the tables for machines. */
function filtersXml(written: readonly Written[]): string {
  const ranges = written
    .filter(({ isTable }) => isTable)
    .map(({ name, end }, at) => {
      const sheet = `'${name.replaceAll("'", "''")}'`;
      const area = escaped(`${sheet}.A1:${sheet}.${end}`);
      return `<table:database-range table:name="filter${at + 1}" table:target-range-address="${area}" table:display-filter-buttons="true"/>`;
    });
  return ranges.length > 0 ? `<table:database-ranges>${ranges.join('')}</table:database-ranges>` : '';
}

/** The first row of the tables for machines stays in sight. */
function settingsXml(written: readonly Written[]): string {
  const item = (name: string, type: string, value: number | boolean) =>
    `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
  const held =
    item('VerticalSplitMode', 'short', 2) + item('VerticalSplitPosition', 'int', 1) + item('PositionBottom', 'int', 1);
  const tables = written.map(
    ({ name, isTable }) =>
      `<config:config-item-map-entry config:name="${escaped(name)}">` +
      `${isTable ? held : item('ShowGrid', 'boolean', false)}</config:config-item-map-entry>`,
  );
  return (
    `${HEAD}<office:document-settings ${SPACES}><office:settings><config:config-item-set config:name="ooo:view-settings">` +
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>' +
    `<config:config-item-map-named config:name="Tables">${tables.join('')}</config:config-item-map-named>` +
    '</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>'
  );
}

function manifestXml(): string {
  const entry = (path: string, type: string) =>
    `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`;
  return (
    `${HEAD}<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0" manifest:version="1.3">${entry('/', MEDIA_TYPE)}` +
    `${['content.xml', 'styles.xml', 'settings.xml'].map((part) => entry(part, 'text/xml')).join('')}</manifest:manifest>`
  );
}
