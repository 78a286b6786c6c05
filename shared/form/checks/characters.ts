// Rules on characters: `unsafe-characters` (private use, or nothing that CP932 can hold) and `personal-data` (what looks
// like a telephone number, a mail address or a long number of a person).
import { z } from 'zod';
import { isCp932 } from '../cp932.ts';
import { addressFaults, checkSpec, type Finding, type LaidOut, type Sight, textAt, textsOf } from './rule.ts';

const texts = z.array(z.string()).min(1).optional();
const textFaults = (check: { texts?: string[] | undefined }, form: LaidOut): string[] =>
  addressFaults(form, check.texts ?? [], 'text');

/** Every text cell, unless `texts` says which. */
const unsafeSpec = z.strictObject({ ...checkSpec, rule: z.literal('unsafe-characters'), texts });
type Unsafe = z.output<typeof unsafeSpec>;

/** More are not named: a text full of them is one question. */
const NAMED = 10;

export const unsafe = {
  spec: unsafeSpec,
  message:
    '{characters}は、ほかのシステムや古い形式（CP932）で失われることがあります。別の書き方にできるか確かめてください。',
  facts: ['characters'],
  faults: textFaults,
  ask: (check: Unsafe, { form, values }: Sight): Finding[] =>
    textsOf(form, check.texts, () => true).flatMap((address) => {
      const found = unsafeIn(textAt(values, address));
      if (found.length === 0) return [];
      const named = found.slice(0, NAMED).map(nameOfCharacter).join('、');
      const characters = found.length > NAMED ? `${named} ほか${found.length - NAMED}字` : named;
      return [{ address, raw: characters, facts: { characters } }];
    }),
};

/** The characters of a text that other systems may lose, each once. Line breaks and tabs are no matter of a character set. */
export const unsafeIn = (text: string): string[] =>
  [...new Set(text.replace(/[\n\t]/g, ''))].filter((character) => !isCp932(character));

/** A character that may not be drawn everywhere is named by its code point too. */
export function nameOfCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (/\p{Co}/u.test(character)) return `外字（${code}）`;
  return /[\p{M}\p{Cf}]/u.test(character) ? `異体字などの印（${code}）` : `「${character}」（${code}）`;
}

/** Every text cell that is published, unless `texts` says which: 内線 on an internal cell is meant to be there. */
const personalSpec = z.strictObject({ ...checkSpec, rule: z.literal('personal-data'), texts });
type Personal = z.output<typeof personalSpec>;

// Written on the folded text: digits and signs in ASCII, every dash a hyphen. 12 digits are a My Number.
const PERSONAL: readonly [what: string, pattern: RegExp][] = [
  ['メールアドレス', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  [
    '電話番号',
    /(?<![\d-])(?:0\d{1,4}-\d{1,4}-\d{3,4}|\(0\d{1,4}\)\d{1,4}-\d{4}|0\d{1,4}\(\d{1,4}\)\d{4}|0\d{9,10})(?![\d-])/,
  ],
  ['長い番号', /(?<!\d)(?:\d{10,}|\d{4}[- ]\d{4}[- ]\d{4})(?!\d)/],
];

export const personal = {
  spec: personalSpec,
  message: '{what}のように見える「{found}」があります。公表してよいものか確かめてください。',
  facts: ['what', 'found'],
  faults: textFaults,
  ask: (check: Personal, { form, values }: Sight): Finding[] =>
    textsOf(form, check.texts, (cell) => cell.public).flatMap((address) => {
      const hit = personalIn(textAt(values, address));
      return hit ? [{ address, raw: hit.found, facts: hit }] : [];
    }),
};

/** The first of what in a text looks as if it belonged to a person, and what it looks like. */
export function personalIn(text: string): { what: string; found: string } | undefined {
  const folded = text.normalize('NFKC').replace(/[\u2010-\u2015\u2212\u30fc\uff70]/g, '-');
  for (const [what, pattern] of PERSONAL) {
    const found = pattern.exec(folded)?.[0];
    if (found !== undefined) return { what, found };
  }
  return undefined;
}
