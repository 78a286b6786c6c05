// Text as it is searched: width, case, white space and variants of one character evened out. Promise: every part of the
// folded text can be traced to the part of the written text that it came from. A folded text is never shown or stored
// as an answer.

// A character with what attaches to it: marks, and the half-width voicing signs that are letters by their class.
const CLUSTER = /[^\p{M}\uff9e\uff9f][\p{M}\uff9e\uff9f]*|[\p{M}\uff9e\uff9f]+/gu;
/** Variation selectors choose a shape of the same character. */
const SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

const foldCluster = (cluster: string): string =>
  cluster
    .replace(SELECTOR, '')
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]/gu, ' ')
    .replace(/\p{Lu}/gu, (letter) => letter.toLowerCase())
    .normalize('NFC');

/** A text in what is one character each to a reader; joined, they are the text. */
export const clusters = (text: string): string[] => text.match(CLUSTER) ?? [];

// What folding leaves as it is, and most Japanese is made of; clusters that are nothing else are passed over.
const INERT = String.raw`\x20-\x40\x5b-\x7e\u3001\u3002\u300c-\u300f\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff`;
const ATTACHED = String.raw`[\p{M}\uff9e\uff9f]`;
const ACTIVE = new RegExp(`[^${INERT}]${ATTACHED}*|[${INERT}]${ATTACHED}+`, 'gu');

/** The text as it is searched. */
export const fold = (text: string): string => text.replace(ACTIVE, foldCluster);

/** The words of a query, folded: what stands between blanks, each once. */
export const wordsOf = (query: string): string[] => [...new Set(fold(query).split(' ').filter(Boolean))];

export type Excerpt = { before: string; match: string; after: string };

const AROUND = 40;

/** The written text around the first place where its folded form holds `word`; undefined when it does not. */
export function excerptOf(text: string, word: string): Excerpt | undefined {
  const written = clusters(text);
  const folded = written.map(foldCluster);
  const at = folded.join('').indexOf(word);
  if (at < 0) return undefined;
  let [first, last, passed] = [-1, 0, 0];
  for (const [index, part] of folded.entries()) {
    if (first < 0 && passed + part.length > at) first = index;
    if (passed < at + word.length) last = index;
    passed += part.length;
  }
  const [from, to] = [Math.max(0, first - AROUND), last + 1 + AROUND];
  return {
    before: `${from > 0 ? '…' : ''}${written.slice(from, first).join('')}`,
    match: written.slice(first, last + 1).join(''),
    after: `${written.slice(last + 1, to).join('')}${to < written.length ? '…' : ''}`,
  };
}
