// Ways of writing one thing: each group has ways that exclude one another, and finds them in a text.
// Promise: what is found are places of the text itself, left to right, none over another in the same group.
import type { Kind } from './findings.ts';

/** One way of a group at one place. */
export type Hit = { way: string; start: number; end: number };
export type Group = { kind: Kind; title: string; find(text: string): Hit[] };

type Way = readonly [way: string, pattern: string];

/** A group of ways by patterns; of those that begin at one place, the first of the list counts. */
function byPatterns(kind: Kind, title: string, ways: readonly Way[]): Group {
  const pattern = new RegExp(ways.map(([, source], at) => `(?<w${at}>${source})`).join('|'), 'gu');
  return {
    kind,
    title,
    find: (text) =>
      [...text.matchAll(pattern)].map((match) => {
        const at = ways.findIndex((_, index) => match.groups?.[`w${index}`] !== undefined);
        return { way: ways[at]?.[0] ?? '', start: match.index, end: match.index + match[0].length };
      }),
  };
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What signs that look alike are called, with the code point for whoever has to find one by it. */
const NAMES: Readonly<Record<string, string>> = {
  '○': '白い丸',
  〇: '漢数字のゼロ',
  '◯': '大きな丸',
  '－': '全角のハイフン',
  '―': '全角のダッシュ',
  '—': '長いダッシュ',
  '–': '短いダッシュ',
  '‐': 'ハイフン',
  '−': '引き算の記号',
  '-': '半角のハイフン',
  '〜': '波ダッシュ',
  '～': '全角のチルダ',
  '（': '全角',
  '(': '半角',
  '・': '全角',
  '･': '半角',
};
const named = (sign: string): string =>
  `${sign}（${NAMES[sign]}、U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`;
const signs = (title: string, ...all: readonly string[]): Group =>
  byPatterns(
    'width',
    title,
    all.map((sign) => [named(sign), literally(sign)]),
  );

const DIGIT = '[0-9０-９]';
const KANJI = '[一二三四五六七八九十〇]';
const ERA = `(?:令和|平成|昭和)[ 　]?(?:元|${DIGIT}{1,2}|${KANJI}{1,3})年度?`;
const WESTERN = `(?:[1１][9９]|[2２][0０])${DIGIT}{2}年度?`;

/** What holds for every town: width, signs that look alike, ways of naming a fiscal year. */
export const GENERAL: readonly Group[] = [
  byPatterns('width', '数字の全角と半角', [
    ['全角の数字', '[０-９]+'],
    ['半角の数字', '[0-9]+'],
  ]),
  byPatterns('width', '英字の全角と半角', [
    ['全角の英字', '[Ａ-Ｚａ-ｚ]+'],
    ['半角の英字', '[A-Za-z]+'],
  ]),
  byPatterns('width', 'カタカナの全角と半角', [
    ['半角のカタカナ', '[ｦ-ﾟ]+'],
    ['全角のカタカナ', '[ァ-ヺー]*[ァ-ヺ][ァ-ヺー]*'],
  ]),
  byPatterns('width', '丸印', [
    [named('○'), '○'],
    // Between numerals it is the digit zero: 二〇二四年.
    [named('〇'), `(?<!${KANJI})〇(?!${KANJI})`],
    [named('◯'), '◯'],
  ]),
  signs('横線', '－', '―', '—', '–', '‐', '−', '-'),
  signs('波線', '〜', '～'),
  signs('かっこ', '（', '('),
  signs('中点', '・', '･'),
  byPatterns('year', '年度の書き方', [
    ['西暦と和暦の併記', `${WESTERN}[（(]${ERA}[）)]|${ERA}[（(]${WESTERN}[）)]`],
    ['西暦', WESTERN],
    ['和暦', ERA],
    ['和暦の略', `(?<![A-Za-zＡ-Ｚａ-ｚ])[RHSＲＨＳ]${DIGIT}{1,2}(?:年度?)?(?!${DIGIT})|令${DIGIT}{1,2}(?:年度?)?`],
  ]),
];

/** A list of spellings of one word. */
export const wordGroup = (spellings: readonly string[]): Group =>
  byPatterns(
    'word',
    spellings.map((word) => `「${word}」`).join(''),
    longestFirst(spellings).map((word) => [word, literally(word)]),
  );

/** A list of spellings of one unit, right behind a number. */
export const unitGroup = (spellings: readonly string[]): Group =>
  byPatterns(
    'unit',
    spellings.map((unit) => `「${unit}」`).join(''),
    longestFirst(spellings).map((unit) => [unit, `(?<=${DIGIT}[ 　]?)${literally(unit)}${afterUnit(unit)}`]),
  );

/** A unit ends where its word does: 5キログラム are no kilometres. */
function afterUnit(unit: string): string {
  if (/[A-Za-z]$/.test(unit)) return '(?![A-Za-z])';
  return /[ァ-ヺー]$/.test(unit) ? '(?![ァ-ヺー])' : '';
}

const longestFirst = (words: readonly string[]): string[] => [...words].sort((a, b) => b.length - a.length);
