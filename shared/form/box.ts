// How a text lies in its print box: lines as they will break on paper, and what does not fit.
// Promise: nothing is lost (the lines and their breaks are the text), no line is wider than the box, and what a reader
// sees as one character is never split. Widths are those of a Japanese font: full-width 1, half-width ½.
import type { Box } from './cell.ts';

export type Line = {
  text: string;
  /** The line break that follows in the text itself; '' where the line only ends because the box does. */
  end: '' | '\n';
  /** Below the last line of the box. */
  overflow: boolean;
};
export type Laid = {
  lines: readonly Line[];
  /** Lines that the text takes. */
  used: number;
  /** Characters as people count them, line breaks left out. */
  characters: number;
  /** Where in the text (in UTF-16 units) the first line that does not fit begins; null where all fits. */
  overflowAt: number | null;
};

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** What a reader sees as one character each, line breaks left out. */
const graphemesOf = (line: string): string[] => Array.from(segmenter.segment(line), ({ segment }) => segment);

/** Characters as people count them, line breaks left out. */
export const charactersIn = (text: string): number =>
  text.split('\n').reduce((count, line) => count + graphemesOf(line).length, 0);

// JIS X 4051 (日本語組版): 行頭禁則 and 行末禁則, with small kana and the long-vowel sign as in strict setting.
const NEVER_FIRST =
  /^[、。，．,.・：；:;？！?!゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】)\]}»›‐゠–〜～ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ｡､｣･ｰﾞﾟｧ-ｯ]/u;
const NEVER_LAST = /^[‘“（〔［｛〈《「『【([{«‹｢]/u;
/** Letters and digits of one word or number (19,313 or 98.6%) stay together where the box allows. */
const WORD = /^[A-Za-z0-9]/;
const INSIDE = /^[.,:/'-]/;

/** Lays a text into a box. */
export function layText(text: string, box: Box): Laid {
  const lines: Line[] = [];
  let characters = 0;
  let at = 0;
  let overflowAt: number | null = null;
  const add = (line: string, end: Line['end']) => {
    const overflow = lines.length >= box.lines;
    if (overflow) overflowAt ??= at;
    lines.push({ text: line, end, overflow });
    at += line.length + end.length;
  };
  const paragraphs = text.split('\n');
  for (const [index, paragraph] of paragraphs.entries()) {
    const graphemes = graphemesOf(paragraph);
    characters += graphemes.length;
    const broken = breakLines(graphemes, box.columns * 2);
    for (const [which, line] of broken.entries()) {
      add(line, which === broken.length - 1 && index < paragraphs.length - 1 ? '\n' : '');
    }
  }
  const isEmpty = text === '';
  return { lines: isEmpty ? [] : lines, used: isEmpty ? 0 : lines.length, characters, overflowAt };
}

/** `room` is in half-widths. */
function breakLines(graphemes: readonly string[], room: number): string[] {
  const lines: string[] = [];
  let from = 0;
  while (from < graphemes.length) {
    let width = 0;
    let to = from;
    for (; to < graphemes.length; to += 1) {
      width += widthOf(graphemes[to] ?? '');
      // A single character wider than the box stands alone: there is nowhere else for it.
      if (width > room && to > from) break;
    }
    if (to < graphemes.length) to = allowedBreak(graphemes, from, to);
    lines.push(graphemes.slice(from, to).join(''));
    from = to;
  }
  return lines.length > 0 ? lines : [''];
}

/** The last allowed break at or before `to`; `to` itself where there is none, since a line has to hold something. */
function allowedBreak(graphemes: readonly string[], from: number, to: number): number {
  for (let at = to; at > from; at -= 1) {
    if (mayBreak(graphemes, at)) return at;
  }
  return to;
}

function mayBreak(graphemes: readonly string[], at: number): boolean {
  const [before = '', after = ''] = [graphemes[at - 1], graphemes[at]];
  if (NEVER_FIRST.test(after) || NEVER_LAST.test(before)) return false;
  if (!WORD.test(after)) return !(WORD.test(before) && /^[%％]/.test(after));
  return !(WORD.test(before) || (INSIDE.test(before) && WORD.test(graphemes[at - 2] ?? '')));
}

/** × and ÷, which stand among accented letters and are full-width signs of Japanese print. */
const SIGNS = new Set([0xd7, 0xf7]);

/** In half-widths. Half-width kana carry their ﾞ as a second half; what East Asian fonts draw in either width is full. */
function widthOf(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  const isHalf =
    code < 0x7f ||
    code === 0xa5 ||
    (code >= 0xc0 && code <= 0x24f && !SIGNS.has(code)) ||
    (code >= 0xff61 && code <= 0xffdc);
  if (!isHalf) return 2;
  return 1 + (grapheme.slice(1).match(/[ﾞﾟ]/g)?.length ?? 0);
}
