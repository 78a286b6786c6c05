// What lies over or beside the cells of a worksheet: texts in shapes and notes on cells. They are listed, never read as cells.
import type { Archive } from './archive.ts';
import { spend } from './limits.ts';
import type { Found } from './sheetcells.ts';
import { unescaped } from './worksheet.ts';
import { readXml } from './xml.ts';

const SHAPES = ['sp', 'cxnSp', 'pic'];

/** Texts in shapes become asides; shapes without a text (a circle drawn around a grade) are counted. */
export async function readShapes(archive: Archive, part: string, found: Found): Promise<void> {
  let lines: string[] = [];
  let isText = false;
  let wordless = 0;
  await readXml(archive, part, {
    open(name) {
      if (SHAPES.includes(name)) lines = [];
      if (name === 'p') lines.push('');
      isText = name === 't';
      // The second wording of a shape, for programs that do not know the first.
      return name === 'Fallback' ? 'skip' : undefined;
    },
    text(piece) {
      if (isText) lines.push(`${lines.pop() ?? ''}${piece}`);
    },
    close(name) {
      isText = false;
      if (!SHAPES.includes(name)) return;
      const text = lines.join('\n').trim();
      spend(archive.budget, 'characters', text.length);
      if (text !== '') found.asides.push({ text, reason: '図形の中に書かれている' });
      else if (name === 'sp') wordless += 1;
      lines = [];
    },
  });
  if (wordless > 0) {
    found.notes.push(
      `セルの上に、文字のない図形が${wordless}個あります。図形で付けた○などは読めないので、欄を確かめてください。`,
    );
  }
}

/** Notes on cells become asides. */
export async function readComments(archive: Archive, part: string, found: Found): Promise<void> {
  let pieces: string[] = [];
  let place = '';
  let isText = false;
  await readXml(archive, part, {
    open(name, attributes) {
      if (name === 'comment') {
        pieces = [];
        place = attributes.ref ?? '';
      }
      isText = name === 't';
      return name === 'rPh' || name === 'Fallback' ? 'skip' : undefined;
    },
    text(piece) {
      if (isText) pieces.push(piece);
    },
    close(name) {
      isText = false;
      if (name !== 'comment') return;
      const text = unescaped(pieces.join('')).trim();
      spend(archive.budget, 'characters', text.length);
      if (text !== '') found.asides.push({ text, reason: `セル ${place.slice(0, 10)} に付けたメモ` });
    },
  });
}
