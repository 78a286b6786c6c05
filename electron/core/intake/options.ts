// Choices as they stand on paper: options written out with a box before each, and legends of a scale.
import type { Option } from '../../../shared/form/cell.ts';
import { keyOf } from './key.ts';

/** One option as it was read, with the mark that stood before or behind it. */
export type Marked<T> = { option: T; mark: string };

const MARKS = /^[☐□☑☒✓✔✅■○◯〇◎●レ]+/u;
const BETWEEN = /^[、,/・;|]+/u;

/**
 * Reads a text that consists of options and marks alone (「☑ 向上した ☐ 低下した」, 「☐ A：進んだ ☑ B：遅れた」); undefined for
 * any other text. `spellings` are how an option may be written out.
 */
export function readMarked<T extends { spellings: readonly string[] }>(
  text: string,
  options: readonly T[],
): Marked<T>[] | undefined {
  const labels = options
    .flatMap((option) => option.spellings.map((spelling) => ({ option, key: keyOf(spelling) })))
    .sort((a, b) => b.key.length - a.key.length);
  const found: Marked<T>[] = [];
  let rest = keyOf(text);
  while (rest !== '') {
    const mark = MARKS.exec(rest)?.[0] ?? '';
    const label = labels.find(({ key }) => rest.startsWith(key, mark.length));
    const last = found.at(-1);
    if (label) {
      found.push({ option: label.option, mark });
      rest = rest.slice(mark.length + label.key.length).replace(BETWEEN, '');
    } else if (mark !== '' && mark.length === rest.length && last?.mark === '') {
      last.mark = mark;
      rest = '';
    } else {
      return undefined;
    }
  }
  return found.length > 0 ? found : undefined;
}

/** The options that are marked; one alone that stands there without any mark is meant as well. */
export function chosenOf<T>(marked: readonly Marked<T>[]): T[] {
  const [first] = marked;
  if (first && marked.length === 1 && first.mark === '') return [first.option];
  // Beside a filled circle an empty one says "not this".
  const empty = marked.some(({ mark }) => mark.includes('●')) ? /^[☐□○◯〇]*$/u : /^[☐□]*$/u;
  return marked.filter(({ mark }) => !empty.test(mark)).map(({ option }) => option);
}

/** Whether a folded text is the legend of a scale or a line of it (「A: 実現した B: …」). */
export function isLegend(key: string, options: readonly Option[]): boolean {
  const lines = options.flatMap(({ code, label }) => [`${code}:${label}`, `${code}.${label}`, `${code}${label}`]);
  let rest = key;
  let steps = 0;
  while (rest !== '') {
    const line = lines.map(keyOf).find((text) => rest.startsWith(text));
    if (line === undefined) return false;
    rest = rest.slice(line.length).replace(BETWEEN, '');
    steps += 1;
  }
  // One step alone may be an answer.
  return steps > 1;
}
