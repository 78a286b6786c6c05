// Fiscal years and their era names.
import { expect, test } from 'vitest';
import { bothYears, ERAS, eraYear, fiscalYearOf } from '../../shared/kernel/fiscal.ts';

test('an era year is that of its April; 2019 is 令和元年度 by notice', () => {
  expect([2022, 2020, 2019, 2018, 1990, 1989, 1988, 1927].map(eraYear)).toEqual([
    '令和4年度',
    '令和2年度',
    '令和元年度',
    '平成30年度',
    '平成2年度',
    '平成元年度',
    '昭和63年度',
    '昭和2年度',
  ]);
});

test('older eras are named as well; before 明治 years are written in the western way', () => {
  expect([1926, 1913, 1912, 1900, 1868, 1867].map(eraYear)).toEqual([
    '大正15年度',
    '大正2年度',
    '明治45年度',
    '明治33年度',
    '明治元年度',
    '1867年度',
  ]);
});

test('every fiscal year is called by one era, within the years that this era had', () => {
  for (let year = 1868; year <= 2100; year += 1) {
    const era = ERAS.find(({ name }) => eraYear(year).startsWith(name));
    const count = year - (era?.zero ?? 0);
    expect(count).toBeGreaterThanOrEqual(1);
    expect(count).toBeLessThanOrEqual(era?.last ?? 99);
  }
});

test('at first mention both ways', () => {
  expect(bothYears(2022)).toBe('2022年度（令和4年度）');
});

test('a fiscal year begins in April', () => {
  const days = ['2022-04-01', '2023-03-31', '2022-03-31', '2022-12-31T23:59:59.999Z', '2022-01-01'];
  expect(days.map(fiscalYearOf)).toEqual([2022, 2022, 2021, 2022, 2021]);
});
