// Finding words in a text as people mean them: width and case do not matter, and places are those of the text itself.

export type Place = { start: number; end: number };

/** Evened out one character at a time, so that places stay; what would become longer or shorter stays as it is. */
export function fold(text: string): string {
  let folded = '';
  for (const character of text) {
    const plain = character.normalize('NFKC').toLowerCase();
    folded += plain.length === character.length ? plain : character;
  }
  return folded;
}

/** Every place of `wanted`, without overlaps. */
export function placesOf(text: string, wanted: string): Place[] {
  const key = fold(wanted);
  if (key === '') return [];
  const folded = fold(text);
  const places: Place[] = [];
  for (let at = folded.indexOf(key); at >= 0; at = folded.indexOf(key, at + key.length)) {
    places.push({ start: at, end: at + key.length });
  }
  return places;
}

const AROUND = 18;

/** A place with a little of what stands around it, on one line. */
export function excerptAt(text: string, { start, end }: Place): { before: string; match: string; after: string } {
  const line = (part: string) => part.replace(/\s*\n\s*/g, '／');
  const before = [...text.slice(0, start)];
  const after = [...text.slice(end)];
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
