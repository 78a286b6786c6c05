// Line breaks that a conversion folded into single spaces, read back where the marks of the text show them.

const BULLET = '[・●○◯〇◎■□◆◇▼▽★☆※•▪《【①-⑳⑴-⒇❶-❿]|[(（][0-9０-９]{1,2}[)）]';
const CJK = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー「『（(〈〔［]';
const FOLDED = new RegExp(`(?<=[^ \\n]) (?=${BULLET})|(?<=[》】。]) (?=${CJK})`, 'gu');

/** The text with folded line breaks read back, and how many they were. */
export function unfold(text: string): { text: string; breaks: number } {
  let breaks = 0;
  const unfolded = text.replace(FOLDED, () => {
    breaks += 1;
    return '\n';
  });
  return { text: unfolded, breaks };
}
