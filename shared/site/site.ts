// The town's web site of one evaluation: what it says, and how its files are called.
// Promise: names of files are lower-case ASCII and differ by more than case, so that any web server keeps them apart.
import { bothYears, eraYear } from '../kernel/fiscal.ts';

/** A choice that a list shows: what stands there, and what it means. */
export type Grade = { label: string; text: string; meaning: string };

/** A sheet as lists show it. Of what the edition hides, nothing is in it. */
export type Entry = {
  file: string;
  number: string;
  name: string;
  departments: readonly string[];
  /** What sheets are grouped by; blank where the form names nothing or nothing is written. */
  goal: string;
  /** Title of its form. */
  form: string;
  grades: readonly Grade[];
};

/** What one publication says otherwise than the one before it. */
export type Errata = {
  before: number;
  after: number;
  /** YYYY-MM-DD of the later one. */
  day: string;
  sheets: readonly {
    number: string;
    name: string;
    kind: 'changed' | 'added' | 'withdrawn';
    cells: readonly { label: string; before: string; after: string }[];
  }[];
};

export type Site = {
  office: string;
  publisher: string;
  source: string;
  licence: string;
  note: string;
  evaluationYear: number;
  subjectYear: number;
  years: 'western' | 'era';
  edition: 'internal' | 'public';
  /** The number of the publication; null for what has not been published. */
  publication: number | null;
  /** YYYY-MM-DD on which it was published, or made. */
  day: string;
  /** What sheets are grouped by, in the form's word; blank where no form groups them. */
  goalLabel: string;
  unitLabel: string;
  entries: readonly Entry[];
  /** Newest first. */
  errata: readonly Errata[];
  /** The tables of open data: what each holds, and its file below data/. */
  tables: readonly { title: string; file: string }[];
  /** Into how many files the search index is cut. */
  searchParts: number;
};

/** The file of one part of the search index, from 1. */
export const searchFile = (part: number): string => `assets/search-${part}.js`;

/** The folder is recognised by this file when it is written anew. */
export const MARK = 'data/sheets.schema.json';

const NAME_LENGTH = 60;

/** A file name for each sheet number, in order; numbers that are alike are told apart by their place. */
export function sheetFiles(numbers: readonly string[]): string[] {
  const taken = new Set<string>();
  return numbers.map((number) => {
    const plain = Array.from(number.normalize('NFKC').toLowerCase(), (character) =>
      /[a-z0-9-]/.test(character) ? character : `_${character.codePointAt(0)?.toString(16)}`,
    )
      .join('')
      .slice(0, NAME_LENGTH);
    let name = plain;
    for (let count = 2; taken.has(name); count += 1) name = `${plain}--${count}`;
    taken.add(name);
    return `sheets/no-${name}.html`;
  });
}

/** A fiscal year as the edition writes it. */
export const yearWord = (year: number, { years }: Pick<Site, 'years'>): string =>
  years === 'era' ? eraYear(year) : `${year}年度`;

/** A fiscal year at first mention. */
export const bothYearWords = (year: number, { years }: Pick<Site, 'years'>): string =>
  years === 'era' ? `${eraYear(year)}（${year}年度）` : bothYears(year);

/** A day (YYYY-MM-DD) in words: 令和4年11月22日 or 2022年11月22日. */
export function dayWord(day: string, { years }: Pick<Site, 'years'>): string {
  const calendar = years === 'era' ? 'japanese' : 'gregory';
  return new Intl.DateTimeFormat(`ja-JP-u-ca-${calendar}-nu-latn`, {
    ...(years === 'era' ? { era: 'long' } : {}),
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** What the site is called. */
export function siteTitle(site: Site): string {
  const forms = [...new Set(site.entries.map(({ form }) => form))];
  const what = forms.length === 1 ? (forms[0] ?? '') : '行政評価シート';
  return `${yearWord(site.evaluationYear, site)}評価　${what}`;
}

export const sheetTitle = ({ number, name }: { number: string; name: string }): string =>
  [number, name].filter(Boolean).join('　') || '番号のないシート';
