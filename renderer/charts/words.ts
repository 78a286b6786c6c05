// How wide words are in a drawing, and how they break there: by the same rules as in a print box.
import { layText } from '../../shared/form/box.ts';

/** Of the drawings' words, in pixels. */
export const TEXT = 14;
export const LINE = 18;

/** About how wide a text is, in pixels. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (character.charCodeAt(0) < 0x7f ? 0.6 : 1), 0) * TEXT;

/**
 * The text in lines of at most `width` pixels, about as long as one another; what does not fit into `most` lines ends
 * in ….
 */
export function linesOf(text: string, width: number, most: number): string[] {
  const columns = Math.max(2, Math.floor(width / TEXT));
  const lay = (room: number) => layText(text.replace(/\s+/g, ' '), { columns: room, lines: most }).lines;
  let lines = lay(columns);
  // Narrower as long as it takes no more lines: no single character is left for the last one.
  for (let room = columns - 1; lines.length > 1 && lines.length <= most && room >= 2; room -= 1) {
    const narrower = lay(room);
    if (narrower.length > lines.length) break;
    lines = narrower;
  }
  const shown = lines.slice(0, most).map((line) => line.text);
  const last = shown.at(-1);
  if (lines.length > most && last !== undefined) shown[most - 1] = `${[...last].slice(0, -1).join('')}…`;
  return shown;
}
