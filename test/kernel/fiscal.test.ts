// Fiscal years and their era names.
import { expect, test } from 'vitest';
import { bothYears, eraYear, fiscalYearOf } from '../../shared/kernel/fiscal.ts';

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

test('years before 昭和 are written in the western way: April 1926 was still 大正', () => {
  expect(eraYear(1926)).toBe('1926年度');
  expect(eraYear(1900)).toBe('1900年度');
});

test('at first mention both ways', () => {
  expect(bothYears(2022)).toBe('2022年度（令和4年度）');
});

test('a fiscal year begins in April', () => {
  const days = ['2022-04-01', '2023-03-31', '2022-03-31', '2022-12-31T23:59:59.999Z', '2022-01-01'];
  expect(days.map(fiscalYearOf)).toEqual([2022, 2022, 2021, 2022, 2021]);
});
