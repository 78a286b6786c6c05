// Makes the workbooks beside it with LibreOffice: node test/vectors/workbooks/make.ts (needs soffice; nothing else does).
// Sheet 1 is resources/samples/memuro-sample.txt as an office lays it out: merged cells, numbers as numbers, line breaks.
// Sheet 2 shows how cells can look: formats, eras, phonetic guides, formulas, hidden rows and columns, notes.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unfold } from '../../../electron/core/intake/breaks.ts';
import { readGrid } from '../../../electron/core/intake/grid.ts';
import { plainText } from '../../../electron/core/intake/markup.ts';

const here = import.meta.dirname;
const sample = path.join(here, '../../../resources/samples/memuro-sample.txt');
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const paragraphs = (text: string) =>
  text
    .split('\n')
    .map((line) => `<text:p>${escaped(line).replace(/ {2,}/g, (run) => `<text:s text:c="${run.length}"/>`)}</text:p>`)
    .join('');

const textCell = (text: string, attributes = '') =>
  `<table:table-cell office:value-type="string"${attributes}>${paragraphs(text)}</table:table-cell>`;
const numberCell = (value: string, style: string, attributes = '') =>
  `<table:table-cell table:style-name="${style}" office:value-type="float" office:value="${value}"${attributes}/>`;

/** A text of the sample as a cell: what a person would have typed as a number is one. */
function sampleCell(text: string, span: number): string {
  const attributes = span > 1 ? ` table:number-columns-spanned="${span}" table:number-rows-spanned="1"` : '';
  const covered = '<table:covered-table-cell/>'.repeat(span - 1);
  const grouped = /^\d{1,3}(,\d{3})+$/.test(text);
  if (!grouped && !/^\d+\.\d+$/.test(text)) return textCell(text, attributes) + covered;
  const places = text.split('.')[1]?.length ?? 0;
  return numberCell(text.replaceAll(',', ''), grouped ? 'thousands' : `places${places}`, attributes) + covered;
}

function sampleRows(): string {
  const rows = readGrid(readFileSync(sample));
  const width = Math.max(...rows.map((row) => row.length));
  return rows
    .map((row) => {
      const texts = Array.from({ length: width }, (_, column) => unfold(plainText(row[column] ?? '').text).text);
      let xml = '';
      for (let column = 0; column < width; ) {
        const text = texts[column] ?? '';
        let span = 1;
        // Only a text that ends its row reaches over the blank cells behind it: elsewhere a blank cell is an answer.
        const isLast = text !== '' && texts.slice(column + 1).every((other) => other === '');
        if (isLast) span = width - column;
        xml += text === '' ? '<table:table-cell/>' : sampleCell(text, span);
        column += span;
      }
      return `<table:table-row>${xml}</table:table-row>`;
    })
    .join('');
}

const format = (name: string, body: string, kind = 'number') =>
  `<number:${kind}-style style:name="N${name}"${kind === 'date' ? ' number:language="ja" number:country="JP"' : ''}>${body}</number:${kind}-style>` +
  `<style:style style:name="${name}" style:family="table-cell" style:data-style-name="N${name}"/>`;
const digits = (places: number, grouping = false, factor = 1) =>
  `<number:number number:decimal-places="${places}" number:min-decimal-places="${places}" number:min-integer-digits="1"${grouping ? ' number:grouping="true"' : ''}${factor > 1 ? ` number:display-factor="${factor}"` : ''}/>`;
const word = (text: string) => `<number:text>${text}</number:text>`;
const era = (parts: string) => parts.replaceAll('CAL', 'number:calendar="gengou"');

const STYLES = [
  format('thousands', digits(0, true)),
  ...[0, 1, 2, 4].map((places) => format(`places${places}`, digits(places))),
  format('scaled', digits(0, true, 1000)),
  format('percent', `${digits(1)}${word('%')}`, 'percentage'),
  format('unit', `${digits(0, true)}${word('千円')}`),
  `<number:number-style style:name="Nplus" style:volatile="true">${digits(0, true)}</number:number-style>`,
  `<number:number-style style:name="Ntriangle">${word('▲ ')}${digits(0, true)}<style:map style:condition="value()&gt;=0" style:apply-style-name="Nplus"/></number:number-style>`,
  '<style:style style:name="triangle" style:family="table-cell" style:data-style-name="Ntriangle"/>',
  format(
    'era',
    era(
      `<number:era CAL number:style="long"/><number:year CAL/>${word('年')}<number:month CAL/>${word('月')}<number:day CAL/>${word('日')}`,
    ),
    'date',
  ),
  '<style:style style:name="unshown" style:family="table"><style:table-properties table:display="false"/></style:style>',
].join('');

const dateCell = (day: string) =>
  `<table:table-cell table:style-name="era" office:value-type="date" office:date-value="${day}"/>`;
const ruby = `<table:table-cell office:value-type="string"><text:p><text:ruby><text:ruby-base>移住</text:ruby-base><text:ruby-text>いじゅう</text:ruby-text></text:ruby>定住</text:p></table:table-cell>`;
const noted = `<table:table-cell office:value-type="string"><office:annotation><text:p>前の担当の覚え</text:p></office:annotation><text:p>メモ付き</text:p></table:table-cell>`;
const LOOKS: [label: string, cell: string, hidden?: boolean][] = [
  ['桁区切り', numberCell('64542', 'thousands')],
  ['丸めて見せる', numberCell('2.2948', 'places2')],
  ['小数の零', numberCell('95', 'places1')],
  ['千円で見せる', numberCell('64542000', 'scaled')],
  ['百分率', numberCell('0.943', 'percent')],
  ['単位つき', numberCell('1204', 'unit')],
  ['三角', numberCell('-1234', 'triangle')],
  ['元号の日付', dateCell('2022-03-31')],
  ['元号の初日', dateCell('2019-05-01')],
  ['ふりがな', ruby],
  ['メモ', noted],
  ['数式', '<table:table-cell table:formula="of:=1204+1187" office:value-type="float" office:value="2391"/>'],
  ['割れない式', '<table:table-cell table:formula="of:=1/0" office:value-type="string"/>'],
  ['改行と空白', textCell('一行目\n二行目  ・三')],
  ['隠れた行', textCell('見えない文'), true],
];

const looks = LOOKS.map(
  ([label, cell, hidden]) =>
    `<table:table-row${hidden ? ' table:visibility="collapse"' : ''}>${textCell(label)}${cell}</table:table-row>`,
).join('');

const NAMESPACES = 'office style text table number'
  .split(' ')
  .map((name) => [name, name === 'number' ? 'datastyle' : name] as const)
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');

const fods = `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${NAMESPACES} xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>${STYLES}</office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="3-1 みどりの暮らし">${sampleRows()}</table:table>
<table:table table:name="見え方">${looks}</table:table>
<table:table table:name="隠れたシート" table:style-name="unshown"><table:table-row>${textCell('裏')}</table:table-row></table:table>
</office:spreadsheet></office:body></office:document>`;

const folder = mkdtempSync(path.join(tmpdir(), 'hyoka-books-'));
try {
  writeFileSync(path.join(folder, 'sample.fods'), fods);
  for (const ending of ['ods', 'xlsx', 'xls', 'html']) {
    execFileSync('soffice', ['--headless', '--convert-to', ending, '--outdir', folder, path.join(folder, 'sample.fods')]);
    copyFileSync(path.join(folder, `sample.${ending}`), path.join(here, `sample.${ending}`));
  }
} finally {
  rmSync(folder, { recursive: true });
}
