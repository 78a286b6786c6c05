// The tables behind the pictures: what is counted, under which heading, and which sheets stand behind each number.
// Promise: whatever is counted stands in exactly one square, so the squares of a table add up to what went in.
import { INDICATOR_TYPES } from '../form/cell.ts';
import { foldLabel } from '../form/label.ts';
import { addDecimals, compareDecimals } from '../kernel/decimal.ts';
import type { IndicatorFact, SheetFacts } from './facts.ts';
import type { Cost, Plan, Rating } from './plan.ts';

/** Whatever is counted leads to its sheet. */
export type Counted = { sheet: SheetFacts };
/** `short`: enough where the words stand beside it. */
export type Heading = { key: string; label: string; short?: string };
/** `squares[row][column]`: what stands there. */
export type Cross<T extends Counted> = {
  rows: readonly Heading[];
  columns: readonly Heading[];
  squares: readonly (readonly T[])[][];
};

/** What goes under no heading of an axis is left out of the table: give every item one. */
function crossTable<T extends Counted>(
  items: readonly T[],
  rows: readonly Heading[],
  columns: readonly Heading[],
  keysOf: (item: T) => [row: string, column: string],
): Cross<T> {
  const squares = rows.map(() => columns.map((): T[] => []));
  const rowAt = new Map(rows.map(({ key }, at) => [key, at]));
  const columnAt = new Map(columns.map(({ key }, at) => [key, at]));
  for (const item of items) {
    const [row, column] = keysOf(item);
    squares[rowAt.get(row) ?? -1]?.[columnAt.get(column) ?? -1]?.push(item);
  }
  return { rows, columns, squares };
}

const BLANK = '';
const blankGrade: Heading = { key: BLANK, label: '記入なし' };

/** Sheets with the grades that were given on them to one rating, in the order of its raters. */
export type Graded = { rating: Rating; sheets: readonly { sheet: SheetFacts; grades: readonly (string | null)[] }[] };

/** What plans have of a kind, those that say the same as one; sheets under each by the places in their own plan. */
function underOne<D, T>(
  plans: readonly Plan[],
  sheets: readonly SheetFacts[],
  kindOf: (plan: Plan) => readonly D[],
  entryOf: (sheet: SheetFacts, at: number) => T,
): { one: D; entries: T[] }[] {
  const found = new Map<string, { one: D; entries: T[] }>();
  const places = plans.map((plan) =>
    kindOf(plan).map((one) => {
      const key = JSON.stringify(one);
      const group = found.get(key) ?? { one, entries: [] };
      found.set(key, group);
      return group;
    }),
  );
  for (const sheet of sheets) {
    for (const [at, group] of (places[sheet.plan] ?? []).entries()) group.entries.push(entryOf(sheet, at));
  }
  return [...found.values()];
}

/** Every rating of the plans; ratings of several forms that say the same are one. */
export const ratingsIn = (plans: readonly Plan[], sheets: readonly SheetFacts[]): Graded[] =>
  underOne(
    plans,
    sheets,
    ({ ratings }) => ratings,
    (sheet, at) => ({ sheet, grades: sheet.grades[at] ?? [] }),
  ).map(({ one, entries }) => ({ rating: one, sheets: entries }));

const gradeHeadings = ({ options }: Rating): Heading[] => [
  ...options.map(({ code, label }) => {
    const words = gradeWords({ code, label });
    return { key: code, label: words, ...(words === label ? {} : { short: code }) };
  }),
  blankGrade,
];

/** A grade as people say it: its letter with its words, or its words alone where the code is only for the program. */
export const gradeWords = ({ code, label }: { code: string; label: string }): string =>
  /^[A-Z0-9]{1,2}$/.test(code) ? `${code} ${label}` : label;

/** How one rater's grades (down) meet another's (across): each sheet once. */
export const gradesCross = ({ rating, sheets }: Graded, down: number, across: number): Cross<Counted> =>
  crossTable(sheets, gradeHeadings(rating), gradeHeadings(rating), ({ grades }) => [
    grades[down] ?? BLANK,
    grades[across] ?? BLANK,
  ]);

/** The sheets on which those who have rated do not agree. */
export const differing = ({ sheets }: Graded): Graded['sheets'] =>
  sheets.filter(({ grades }) => new Set(grades.filter((grade) => grade !== null)).size > 1);

/** Which grades each rater gave: each sheet once in every rater's row. */
export const gradesByRater = ({ rating, sheets }: Graded): Cross<Counted> =>
  crossTable(
    rating.raters.flatMap((_, rater) => sheets.map(({ sheet, grades }) => ({ sheet, rater, grade: grades[rater] }))),
    rating.raters.map((label, at) => ({ key: String(at), label })),
    gradeHeadings(rating),
    ({ rater, grade }) => [String(rater), grade ?? BLANK],
  );

/** Groups of sheets by what stands in the cell that groups them; blank ones last. Spellings of one width are one group. */
export function goalsOf(sheets: readonly SheetFacts[]): Heading[] {
  const spelled = Map.groupBy(sheets, ({ goal }) => foldLabel(goal));
  const headings = [...spelled]
    .filter(([key]) => key !== BLANK)
    .map(([key, own]) => ({ key, label: mostFrequent(own.map(({ goal }) => goal)) }));
  return spelled.has(BLANK) ? [...headings, { key: BLANK, label: '記入なし' }] : headings;
}

const goalKey = ({ goal }: SheetFacts): string => foldLabel(goal);

function mostFrequent(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, own]) => ({ word, count: own.length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).word;
}

export type SheetIndicator = { sheet: SheetFacts; indicator: IndicatorFact };

/** All indicators that are no empty slot, in the order of the sheets. */
export const indicatorsIn = (sheets: readonly SheetFacts[]): SheetIndicator[] =>
  sheets.flatMap((sheet) => sheet.indicators.map((indicator) => ({ sheet, indicator })));

export const STATUSES: readonly Heading[] = [
  { key: 'achieved', label: '達成' },
  { key: 'missed', label: '未達' },
  { key: 'unknown', label: '判定できない' },
];

/** Indicators by group and by whether they have reached their target: each once. */
export const achievement = (sheets: readonly SheetFacts[]): Cross<SheetIndicator> =>
  crossTable(indicatorsIn(sheets), goalsOf(sheets), STATUSES, ({ sheet, indicator }) => [
    goalKey(sheet),
    indicator.status,
  ]);

const MOVEMENTS: readonly Heading[] = [
  { key: '1', label: '改善' },
  { key: '0', label: '変わらない' },
  { key: '-1', label: '悪化' },
  { key: 'null', label: '比べられない' },
];

export const TYPE_WORDS: Readonly<Record<string, string>> = {
  increase: '増やす',
  decrease: '減らす',
  keep_above: '目標以上を保つ',
  keep_below: '目標以下を保つ',
  range: '範囲に収める',
  cumulative: '累計を積み上げる',
  yes_no: '実施の有無',
  qualitative: '数では判定しない',
};
const noType: Heading = { key: BLANK, label: '種類が分からない' };

/** Indicators by type and by how they moved against the year before: each once. Types that no sheet has are left out. */
export function movement(sheets: readonly SheetFacts[]): Cross<SheetIndicator> {
  const items = indicatorsIn(sheets);
  const used = new Set(items.map(({ indicator }) => indicator.type));
  const types = INDICATOR_TYPES.filter((type) => used.has(type)).map((key) => ({ key, label: TYPE_WORDS[key] ?? key }));
  return crossTable(items, used.has(null) ? [...types, noType] : types, MOVEMENTS, ({ indicator }) => [
    indicator.type ?? BLANK,
    String(indicator.movement),
  ]);
}

type Amount = SheetFacts['costs'][number][number];
export type Costed = { cost: Cost; sheets: readonly { sheet: SheetFacts; amounts: readonly Amount[] }[] };

/** Every cost of the plans; costs of several forms that say the same are one. */
export const costsIn = (plans: readonly Plan[], sheets: readonly SheetFacts[]): Costed[] =>
  underOne(
    plans,
    sheets,
    ({ costs }) => costs,
    (sheet, at) => ({ sheet, amounts: sheet.costs[at] ?? [] }),
  ).map(({ one, entries }) => ({ cost: one, sheets: entries }));

/** What a group cost in one column: the sum of its sheets that have a number (null where none has), and all its sheets. */
export type Total = { sum: string | null; counted: readonly SheetFacts[]; lacking: readonly SheetFacts[] };

/** Sums by group and column. Exact; what has no number adds nothing and is counted as lacking. */
export function costTotals({ cost, sheets }: Costed): { rows: readonly Heading[]; totals: readonly Total[][] } {
  const rows = goalsOf(sheets.map(({ sheet }) => sheet));
  const groups = Map.groupBy(sheets, ({ sheet }) => goalKey(sheet));
  return {
    rows,
    totals: rows.map(({ key }) => cost.columns.map((_, at) => totalOf(groups.get(key) ?? [], at))),
  };
}

/** The sum of one column over all sheets. */
export const totalOf = (sheets: Costed['sheets'], column: number): Total => {
  const numbers = sheets.flatMap(({ amounts }) => amounts[column]?.value ?? []);
  const hasNumber = ({ amounts }: Costed['sheets'][number]) => typeof amounts[column]?.value === 'string';
  return {
    sum: numbers.length === 0 ? null : addDecimals(numbers, 20),
    counted: sheets.filter(hasNumber).map(({ sheet }) => sheet),
    lacking: sheets.filter((one) => !hasNumber(one)).map(({ sheet }) => sheet),
  };
};

/** The sheets by what they cost in one column, the dearest first, and those without a number last. */
export const byCost = ({ sheets }: Costed, column: number): Costed['sheets'] =>
  sheets.toSorted((a, b) => {
    const [one, other] = [a.amounts[column]?.value, b.amounts[column]?.value];
    if (typeof one !== 'string' || typeof other !== 'string')
      return Number(typeof one !== 'string') - Number(typeof other !== 'string');
    // Exact only where it has to be: a comparison of decimals takes its time.
    return Number(other) - Number(one) || compareDecimals(other, one);
  });
