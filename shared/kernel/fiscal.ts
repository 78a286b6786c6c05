// Fiscal years (April to March) and how they are written. 年度 take the era of their April; 2019年度 is 令和元年度 by the
// government's notice of 2019-04-01 on the naming of fiscal years, although April 2019 was still Heisei 31.
/**
 * An era by the fiscal years that bear its name. Its nth year is fiscal year `zero` + n; `from` is the first fiscal year
 * that is called by it, `last` the number of the last one that ever was (none while the era lasts).
 */
export type Era = { name: string; letter: string; zero: number; from: number; last?: number };

/** Newest first. */
export const ERAS: readonly Era[] = [
  { name: '令和', letter: 'R', zero: 2018, from: 2019 },
  // Budgets called FY2019 平成31年度 too, until the notice.
  { name: '平成', letter: 'H', zero: 1988, from: 1989, last: 31 },
  // 昭和元年 was the last week of 1926; 昭和64年 the first week of 1989, when 昭和63年度 was still running.
  { name: '昭和', letter: 'S', zero: 1925, from: 1927, last: 63 },
  { name: '大正', letter: 'T', zero: 1911, from: 1913, last: 15 },
  { name: '明治', letter: 'M', zero: 1867, from: 1868, last: 45 },
];

/** 2022 -> 令和4年度; years before 明治 are written in the western way. */
export function eraYear(year: number): string {
  const era = ERAS.find((e) => year >= e.from);
  if (!era) return `${year}年度`;
  const count = year - era.zero;
  return `${era.name}${count === 1 ? '元' : count}年度`;
}

/** 2022 -> 2022年度（令和4年度）, as at first mention. */
export const bothYears = (year: number): string => `${year}年度（${eraYear(year)}）`;

/** The fiscal year of a day given as YYYY-MM-DD…: January to March belong to the year before. */
export function fiscalYearOf(day: string): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) >= 4 ? year : year - 1;
}
