// Finding words in a text as people mean them, just as the search over all sheets does: width, case and the shape of a
// character do not matter. Places are those of the text itself, and no character is ever split.
import { clusters, fold } from '../../../shared/kernel/fold.ts';

export type Place = { start: number; end: number };

/** Every place of `wanted`, without overlaps. It reaches over no line's end. */
export function placesOf(text: string, wanted: string): Place[] {
  const key = fold(wanted);
  // Most texts of a sheet are done with here.
  if (key === '' || !fold(text).includes(key)) return [];
  const written = clusters(text);
  const folded = written.map((cluster) => (cluster === '\n' ? cluster : fold(cluster)));
  const whole = folded.join('');
  // Where each character begins: in the folded text, and in the text itself.
  const begins = new Map<number, number>();
  let [at, place] = [0, 0];
  for (const [index, part] of folded.entries()) {
    if (part !== '') begins.set(at, place);
    at += part.length;
    place += written[index]?.length ?? 0;
  }
  begins.set(at, place);
  const places: Place[] = [];
  for (let from = whole.indexOf(key); from >= 0; ) {
    const [start, end] = [begins.get(from), begins.get(from + key.length)];
    const isWhole = start !== undefined && end !== undefined;
    if (isWhole) places.push({ start, end });
    from = whole.indexOf(key, from + (isWhole ? key.length : 1));
  }
  return places;
}

const AROUND = 18;

/** A place with a little of what stands around it, on one line. */
export function excerptAt(text: string, { start, end }: Place): { before: string; match: string; after: string } {
  const line = (part: string) => part.replace(/\s*\n\s*/g, '／');
  const before = clusters(text.slice(0, start));
  const after = clusters(text.slice(end));
  return {
    before: line(`${before.length > AROUND ? '…' : ''}${before.slice(-AROUND).join('')}`),
    match: line(text.slice(start, end)),
    after: line(`${after.slice(0, AROUND).join('')}${after.length > AROUND ? '…' : ''}`),
  };
}

/** The text with `by` in some of the places. */
export function replaceAt(text: string, places: readonly Place[], by: string): string {
  let result = '';
  let at = 0;
  for (const { start, end } of places) {
    result += text.slice(at, start) + by;
    at = end;
  }
  return result + text.slice(at);
}

/** Whether all of the words, apart by blanks, stand in one of the texts. */
export function matchesWords(texts: readonly string[], wanted: string): boolean {
  const words = fold(wanted).split(/\s+/).filter(Boolean);
  const folded = texts.map(fold);
  return words.every((word) => folded.some((text) => text.includes(word)));
}
