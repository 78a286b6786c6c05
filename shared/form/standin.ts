// What people usually write for characters that CP932 lacks. Promise: every stand-in consists of characters that CP932
// holds; where there is no usual one, nothing is made up.
import { isCp932 } from './cp932.ts';

/** Single characters that look alike, or whose words everybody writes. The rest follows from Unicode's own tables. */
const USUAL: ReadonlyMap<string, string> = new Map(
  [
    '〜～ −－ –- —― ‖∥ ¢￠ £￡ ¬￢ ·・ •・ ‣・ ☐□ ☑■ ☒■ ✓レ ✔レ ✅レ ➡→ ➔→ ⇨→ ❌× ✕× ✗× ✖× ⭕○ ⚪○ ⚫● 🔴●',
    '▶＞ ►＞ ▸＞ ◀＜ ➀① ➁② ➂③ ➃④ ➄⑤ ➅⑥ ➆⑦ ➇⑧ ➈⑨ ➉⑩ ❶① ❷② ❸③ ❹④ ❺⑤ ❻⑥ ❼⑦ ❽⑧ ❾⑨ ❿⑩ ゔヴ ㇰク',
    'ℓL 𠮷吉 𠮟叱 塡填 剝剥 頰頬 俠侠 俱倶 僲仙 噓嘘 姸妍 嚙噛 囊嚢 屛屏 幷并 搔掻 摑掴 攢攅 潑溌 瀆涜 焰焔 瘦痩 禱祷',
    '簞箪 繡繍 繫繋 萊莱 蔣蒋 蟬蝉 蠟蝋 軀躯 醬醤 醱醗 顚顛 驒騨 鷗鴎 鹼鹸 麴麹',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => {
      const [from = '', ...to] = Array.from(pair);
      return [from, to.join('')] as const;
    }),
);

/** Line breaks and tabs are no matter of a character set. */
export const fitsCp932 = (text: string): boolean => Array.from(text).every((c) => /[\t\n\r]/.test(c) || isCp932(c));

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** What a reader sees as one character, each with whether CP932 holds it. */
export const cp932Pieces = (text: string): { text: string; fits: boolean }[] =>
  fitsCp932(text)
    ? [{ text, fits: true }]
    : Array.from(segmenter.segment(text), ({ segment }) => ({ text: segment, fits: fitsCp932(segment) }));

/** What is usually written for one character (as a reader sees it) that CP932 lacks; undefined where nothing is. */
export function standInFor(character: string): string | undefined {
  const known = USUAL.get(character);
  if (known !== undefined) return known;
  // 10² is not 102: what stands raised has no plain spelling.
  if (/^[\u00b2\u00b3\u00b9\u2070-\u209c]$/u.test(character)) return undefined;
  // A mark that chooses a variant of the character before it, or joins, is left out.
  const plain = character.replace(/[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}\u200d]/gu, '');
  const spellings = [plain.normalize('NFC'), bracketed(plain), plain.normalize('NFKC'), withoutMarks(plain)];
  const found = spellings.find((spelling) => spelling !== '' && spelling !== character && fitsCp932(spelling));
  return found ?? (plain === character ? undefined : standInFor(plain));
}

/** A number or letter in a circle as one in brackets: ㉑ is not 21. */
const bracketed = (text: string): string =>
  /^[\u24b6-\u24e9\u3251-\u325f\u32b1-\u32bf]$/u.test(text) ? `(${text.normalize('NFKC')})` : '';

/** é as e: what a keyboard here has. Kana keep their marks: が is no か. */
const withoutMarks = (text: string): string =>
  /\p{Script=Latin}/u.test(text) ? text.normalize('NFD').replace(/[\u0300-\u036f]/g, '') : '';

/** Written where there is no usual stand-in: 〓 (ゲタ) says that a character is missing. */
export const GETA = '〓';
