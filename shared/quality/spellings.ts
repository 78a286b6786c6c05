// Lists of spellings of one word or unit: those that come with the program, those of a form, and those that the people of
// a file keep for themselves; and which of them count.
// Promise: a list takes the place of those of its kind that stand below it and share a spelling with it.
import { z } from 'zod';
import { fail } from '../kernel/problem.ts';

const spelling = z.string().trim().normalize('NFC').min(1).max(40);

/** The table that comes with the program. */
export const spellingsSchema = z.strictObject({
  words: z.array(z.array(spelling).min(2)),
  /** Units count where they stand alone as a unit, and right behind a number. */
  units: z.array(z.array(spelling).min(2)),
});
export type Spellings = z.output<typeof spellingsSchema>;

export const SPELLING_KINDS = ['word', 'unit'] as const;
export type SpellingKind = (typeof SPELLING_KINDS)[number];

/** A list that people keep for themselves: the first spelling is the usual one, the others are to be put right. */
export const ownListSchema = z.strictObject({
  kind: z.enum(SPELLING_KINDS),
  words: z.array(spelling).max(20),
  /** false: nobody minds how these are spelled. */
  isChecked: z.boolean(),
});
export type OwnList = z.output<typeof ownListSchema>;

export const spellingListSchema = ownListSchema.extend({ from: z.enum(['program', 'form', 'own']) });
export type SpellingList = z.output<typeof spellingListSchema>;

const shares = (one: Omit<OwnList, 'isChecked'>, other: Omit<OwnList, 'isChecked'>): boolean =>
  one.kind === other.kind && one.words.some((word) => other.words.includes(word));

const over = (below: readonly SpellingList[], above: readonly SpellingList[]): SpellingList[] => [
  ...below.filter((list) => !above.some((other) => shares(list, other))),
  ...above,
];

/**
 * The lists that count for sheets of a form: `own` over `ofForm` over the program's `table`. A form does not say of which
 * kind its lists are: one that shares a spelling with units of the program is one of units.
 */
export function listsOver(
  table: Spellings,
  ofForm: readonly (readonly string[])[],
  own: readonly OwnList[] = [],
): SpellingList[] {
  const isOfUnits = (words: readonly string[]) =>
    table.units.some((units) => units.some((unit) => words.includes(unit)));
  const listed = (kind: SpellingKind, words: readonly string[], from: 'program' | 'form'): SpellingList => ({
    ...{ kind, words: [...words], from, isChecked: true },
  });
  const program = [
    ...table.words.map((words) => listed('word', words, 'program')),
    ...table.units.map((words) => listed('unit', words, 'program')),
  ];
  const form = ofForm.map((words) => listed(isOfUnits(words) ? 'unit' : 'word', words, 'form'));
  return over(
    over(program, form),
    own.map((list) => ({ ...list, from: 'own' })),
  );
}

/** The spellings of one line as people write it: the usual one first, with 、 or a comma or a tab between. */
export const wordsOf = (line: string): string[] => line.split(/[、，,\t]/).flatMap((word) => word.trim() || []);

/** Own lists with this one in the place of `instead`, else at the end. */
export const withList = (own: readonly OwnList[], list: OwnList, instead?: OwnList): OwnList[] =>
  instead === undefined ? [...own, list] : own.map((one) => (one === instead ? list : one));

/** Own lists as they may be kept. Raises spelling.single, spelling.twice. */
export function soundLists(lists: readonly OwnList[]): OwnList[] {
  const seen = new Set<string>();
  for (const { kind, words } of lists) {
    if (words.length < 2) fail('spelling.single', { word: words[0] ?? '' });
    for (const word of words) {
      const key = `${kind} ${word}`;
      if (seen.has(key)) fail('spelling.twice', { word });
      seen.add(key);
    }
  }
  return [...lists];
}
