// What the check of all texts tells: findings by kind, each with the spellings (or persons, characters, cells) that it is
// about, how often they are there, and where. Nothing here is ever corrected.
import { z } from 'zod';

export const KINDS = [
  { key: 'unit', label: '単位の書き方' },
  { key: 'word', label: '言葉の書き方' },
  { key: 'width', label: '文字と記号の書き方' },
  { key: 'year', label: '年度の書き方' },
  { key: 'character', label: '外字・古い形式で失われる文字' },
  { key: 'personal', label: '個人の情報のように見えるもの' },
  { key: 'leak', label: '公表しない欄の内容が、公表する文章にあるもの' },
  { key: 'same', label: '前年度と一字一句同じ文章' },
  { key: 'internal', label: '公表しない欄' },
] as const;
export type Kind = (typeof KINDS)[number]['key'];

const count = z.number().int().min(0);

const placeSchema = z.strictObject({
  /** Which of the sheets that were read. */
  sheet: count,
  address: z.string(),
  label: z.string(),
  before: z.string(),
  match: z.string(),
  after: z.string(),
});
export type Place = z.output<typeof placeSchema>;

const useSchema = z.strictObject({
  /** The spelling, character, cell or kind of number. */
  label: z.string(),
  /** Places in all, and sheets with at least one. */
  count,
  sheets: count,
  /** The town has said that it is spelled so. */
  isUsual: z.boolean(),
  /** The first of them. */
  places: z.array(placeSchema),
});
export type Use = z.output<typeof useSchema>;

export const findingSchema = z.strictObject({
  kind: z.enum(KINDS.map(({ key }) => key)),
  title: z.string(),
  /** The spellings of the list that it is about; null where it is about no list. */
  words: z.array(z.string()).nullable(),
  /** The rarest first, those are the ones that look out of place; the usual one last. */
  uses: z.array(useSchema),
});
export type Finding = z.output<typeof findingSchema>;

/** More places of one use are counted and not listed. */
export const LISTED = 50;
const AROUND = 18;

/** A place in a text with a little of what stands around it, on one line. */
export function placeAt(
  at: Omit<Place, 'before' | 'match' | 'after'>,
  text: string,
  start: number,
  end: number,
): Place {
  const line = (part: string) => part.replace(/\s*\n\s*/g, '／');
  const before = [...text.slice(0, start)];
  const after = [...text.slice(end)];
  return {
    ...at,
    before: line(`${before.length > AROUND ? '…' : ''}${before.slice(-AROUND).join('')}`),
    match: line(text.slice(start, end)),
    after: line(`${after.slice(0, AROUND).join('')}${after.length > AROUND ? '…' : ''}`),
  };
}
