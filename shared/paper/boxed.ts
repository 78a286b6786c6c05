// A text in its box on paper. Promise: its lines end where layText says, so that the entry screen's counter and the print
// never differ; what layText cannot know the width of is left to the browser and loses nothing.
import { layText } from '../form/box.ts';
import type { Box } from '../form/cell.ts';
import { escaped } from './css.ts';

/**
 * Characters whose width in the sheet's fonts is what layText takes it for (a half for ASCII and half-width kana, a whole
 * for the rest): kana, kanji, and the signs of Japanese print. Greek, Cyrillic, accents, emoji and the like are not.
 */
const KNOWN =
  /^[ -~\u3000-\u3029\u3030-\u3036\u3041-\u3096\u309b-\u30ff\u31f0-\u31ff\u3231\u3239\u4e00-\u9fff\uff01-\uff9d×÷±§①-⑳…―※→←↑↓○●◎◇◆□■△▲▽▼☆★％℃㎡㎥㎝㎞㎏]*$/u;

/** Less than the half character that would let another one in. */
const SLACK = 0.25;

/** Whether layText knows how wide each character of a text prints. */
export const isKnown = (text: string): boolean => text.split('\n').every((paragraph) => KNOWN.test(paragraph));

/** The text as HTML in a block as wide as its box. */
export function boxedHtml(text: string, box: Box): string {
  const paragraphs = text.split('\n').map((paragraph) => {
    if (!KNOWN.test(paragraph)) return escaped(paragraph);
    const lines = layText(paragraph, box).lines.map((line) => escaped(line.text));
    return `<span class="known">${lines.join('<wbr>')}</span>`;
  });
  return `<div class="box" style="width:${box.columns + SLACK}em">${paragraphs.join('\n')}</div>`;
}
