// Fiscal years (April to March) and how they are written. 年度 take the era of their April; 2019年度 is 令和元年度 by the
// government's notice of 2019-04-01 on the naming of fiscal years, although April 2019 was still Heisei 31.
const ERAS = [
  { name: '令和', from: 2019, zero: 2018 },
  { name: '平成', from: 1989, zero: 1988 },
  // 昭和元年 was the last week of 1926; its April was still 大正.
  { name: '昭和', from: 1927, zero: 1925 },
] as const;

/** 2022 -> 令和4年度; years before 昭和 are written in the western way. */
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
