// One worksheet of an .xlsx: its cells as a person sees them, formulas by the result that was kept, phonetic guides left out.
import type { Archive } from './archive.ts';
import { damaged } from './limits.ts';
import { showNumber } from './numbers.ts';
import { type Area, addText, COLUMNS, type Found, ROWS } from './sheetcells.ts';
import { type Attributes, attributeOf, readXml } from './xml.ts';

/** What the cells of all worksheets refer to. `formats` has the number format of each style. */
export type Common = { strings: readonly string[]; formats: readonly string[]; is1904: boolean };

type Cell = { row: number; column: number; type: string; style: number; isFormula: boolean };

/** Characters that XML cannot hold stand as _x0007_, and an underscore before such a thing as _x005F_. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\dA-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Reads the cells of `part` into `found`; gives the relations that lead to its drawing and notes. */
export async function readCells(archive: Archive, part: string, common: Common, found: Found): Promise<string[]> {
  const { budget } = archive;
  const relations: string[] = [];
  let [row, column] = [-1, -1];
  let cell: Cell | undefined;
  let text = '';
  let isText = false;
  let unseen = 0;
  let uncomputed = 0;
  let showsZeros = true;

  const place = (reference: string | undefined): void => {
    if (reference === undefined && column + 1 < COLUMNS) column += 1;
    else ({ row, column } = placeOf(reference ?? '') ?? damaged(budget, 'セルの番地が正しくない'));
  };
  const finish = ({ row: r, column: c, type, style, isFormula }: Cell): void => {
    if (text === '') {
      if (isFormula) uncomputed += 1;
      return;
    }
    if (type === 's')
      addText(budget, found, r, c, common.strings[Number(text)] ?? damaged(budget, '文字の表にない番号がある'));
    else if (type === 'b') addText(budget, found, r, c, text.trim() === '1' ? 'TRUE' : 'FALSE');
    else if (type !== 'n') addText(budget, found, r, c, unescaped(text));
    else {
      const value = Number(text);
      const shown = showNumber(value, common.formats[style] ?? '', common.is1904);
      if (!shown.isUnseen && (value !== 0 || showsZeros)) addText(budget, found, r, c, shown.text, true);
      else if (value === 0) unseen += 1;
      else found.asides.push({ text: shown.text, reason: '書式のために見えなくなっている' });
    }
  };

  await readXml(archive, part, {
    open(name, attributes) {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r) - 1;
        if (!(row >= 0 && row < ROWS)) damaged(budget, '行の番号が正しくない');
        column = -1;
        if (isTrue(attributes.hidden)) found.hiddenRows.add(row);
      } else if (name === 'c') {
        place(attributes.r);
        const { t: type = 'n', s: style = '0' } = attributes;
        cell = { row, column, type, style: Number(style), isFormula: false };
        text = '';
      } else if (name === 'f' && cell) cell.isFormula = true;
      else if (name === 'v' || name === 't') isText = cell !== undefined;
      else if (name === 'rPh' || name === 'extLst' || name === 'phoneticPr') return 'skip';
      else readAround(name, attributes, found, relations);
      if (name === 'sheetView' && isFalse(attributes.showZeros)) showsZeros = false;
      return undefined;
    },
    text(piece) {
      if (isText) text += piece;
    },
    close(name) {
      if (name === 'v' || name === 't') isText = false;
      if (name !== 'c' || !cell) return;
      finish(cell);
      cell = undefined;
    },
  });
  if (unseen > 0) found.notes.push(`書式のために見えない 0 が${unseen}か所あり、空欄として読みました。`);
  if (uncomputed > 0) {
    found.notes.push(
      `計算結果が保存されていない数式が${uncomputed}か所あり、空欄として読みました。表計算ソフトで開いて保存し直すと読めます。`,
    );
  }
  return relations;
}

/** What stands around the cells: hidden columns, merged areas, and where the drawing and the notes are. */
function readAround(name: string, attributes: Attributes, found: Found, relations: string[]): void {
  if (name === 'col' && isTrue(attributes.hidden)) {
    found.hiddenColumns.fill(1, Math.max(0, Number(attributes.min) - 1), Number(attributes.max));
  } else if (name === 'mergeCell') {
    const area = areaOf(attributes.ref ?? '');
    if (area) found.merges.push(area);
  } else if (name === 'drawing') {
    const id = attributeOf(attributes, 'id');
    if (id !== undefined) relations.push(id);
  }
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';
const isFalse = (value: string | undefined): boolean => value === '0' || value === 'false';

function placeOf(reference: string): { row: number; column: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/i.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return row > ROWS || column > COLUMNS ? undefined : { row: row - 1, column: column - 1 };
}

function areaOf(reference: string): Area | undefined {
  const [from, to] = reference.split(':').map(placeOf);
  if (!from || !to) return undefined;
  return {
    top: Math.min(from.row, to.row),
    left: Math.min(from.column, to.column),
    bottom: Math.max(from.row, to.row),
    right: Math.max(from.column, to.column),
  };
}
