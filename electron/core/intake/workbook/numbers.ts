// What a person reads in a cell that holds a number: as its format shows it, and never fewer digits than were typed.
// numfmt: kept, small, the whole grammar of number formats; the Japanese eras, which it leaves out, are written in here.
import Big from 'big.js';
import { format as formatNumber, isDateFormat } from 'numfmt';

/** `isUnseen`: the format shows nothing of it. */
export type Shown = { text: string; isUnseen: boolean };

/** The decimal that somebody typed: what a binary number of 15 significant digits stands for. */
export const decimalOf = (value: number): string => new Big(value.toPrecision(15)).toFixed();

/** Days between the two systems in which a workbook may count its dates. */
const DAYS_TO_1904 = 1_462;

/**
 * A number as its format shows it. Where the format rounds, the digits are those of the number; where it scales (%, and
 * thousands by a comma at the end), so are they. A sign that the format leaves to a colour is written.
 */
export function showNumber(value: number, format: string, is1904: boolean): Shown {
  if (!Number.isFinite(value)) return { text: String(value), isUnseen: false };
  const plain = { text: decimalOf(value), isUnseen: false };
  if (/^(?:general|g\/標準|@|)$/i.test(format) || format.length > 500) return plain;
  try {
    if (isDateFormat(format)) return { text: showDate(value + (is1904 ? DAYS_TO_1904 : 0), format), isUnseen: false };
    const shown = formatNumber(format, value, { throws: true }).trim();
    if (shown === '') return { ...plain, isUnseen: true };
    return { text: exactText(value, shown), isUnseen: false };
  } catch {
    return plain;
  }
}

/** `shown` with all the digits that the number has. Also for files that say what they show beside the number. */
export function exactText(value: number, shown: string): string {
  const decimal = decimalOf(value);
  const [numeral, other] = shown.matchAll(/\d[\d,]*(?:\.\d+)?|\.\d+/g);
  // The dash with which accounts write a zero is no word; 該当なし is one.
  if (!numeral) return /\p{L}/u.test(shown) ? shown : decimal;
  if (/\dE[+-]?\d/i.test(shown)) return decimal;
  if (other) return shown;
  const digits = numeral[0].replaceAll(',', '');
  const places = digits.split('.')[1]?.length ?? 0;
  const size = new Big(decimal).abs();
  const scaled = (/[%％]/.test(shown) ? [2] : [0, -3, -6, -9])
    .map((power) => size.times(new Big(10).pow(power)))
    .find((candidate) => candidate.round(places, 1).eq(digits));
  if (!scaled) return shown;
  const before = shown.slice(0, numeral.index);
  const after = shown.slice(numeral.index + numeral[0].length);
  const exact = scaled.eq(digits) ? numeral[0] : scaled.toFixed();
  if (value >= 0 || /[-−‐▲△]/.test(before)) return `${before}${exact}${after}`;
  // (5) and a red 5 are both −5.
  return `${before.replace(/\($/, '')}-${exact}${after.replace(/^\)/, '')}`;
}

/** Days (with hours as their fraction) in a date format. */
function showDate(serial: number, format: string): string {
  // A Japanese Excel writes months (mmm) in English and days of the week (aaa) in Japanese.
  const locale = /a{3}/i.test(format) ? 'ja' : 'en';
  return formatNumber(withEras(format, serial), serial, { locale, throws: true }).trim();
}

/** Calendar eras by the serial of their first day. */
const CALENDAR_ERAS = [
  { from: 43_586, zero: 2018, letter: 'R', short: '令', name: '令和' },
  { from: 32_516, zero: 1988, letter: 'H', short: '平', name: '平成' },
  { from: 9_856, zero: 1925, letter: 'S', short: '昭', name: '昭和' },
  { from: 4_595, zero: 1911, letter: 'T', short: '大', name: '大正' },
  { from: 1, zero: 1867, letter: 'M', short: '明', name: '明治' },
] as const;

/** The era's name (g) and year (e) of a date format written out; quoted text and conditions stay. */
function withEras(format: string, serial: number): string {
  const era = CALENDAR_ERAS.find(({ from }) => Math.floor(serial) >= from);
  if (!era) return format;
  const year = Number(formatNumber('yyyy', serial, { throws: true })) - era.zero;
  const isFirstNamed = /gannen/i.test(format);
  const [section = ''] = format.split(';');
  return section.replace(/"[^"]*"|\\.|\[[^\]]*\]|g+|e+/gi, (token) => {
    if (/^g+$/i.test(token)) return `"${[era.letter, era.short, era.name][Math.min(token.length, 3) - 1]}"`;
    if (!/^e+$/i.test(token)) return token;
    return `"${isFirstNamed && year === 1 ? '元' : String(year).padStart(Math.min(token.length, 2), '0')}"`;
  });
}

/** Formats that stand in a file by their number alone, as a Japanese Excel shows them. */
export const BUILT_IN: ReadonlyMap<number, string> = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [5, '"¥"#,##0;"¥"\\-#,##0'],
  [6, '"¥"#,##0;"¥"\\-#,##0'],
  [7, '"¥"#,##0.00;"¥"\\-#,##0.00'],
  [8, '"¥"#,##0.00;"¥"\\-#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [12, '# ?/?'],
  [13, '# ??/??'],
  [14, 'yyyy/m/d'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm AM/PM'],
  [19, 'h:mm:ss AM/PM'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'yyyy/m/d h:mm'],
  [27, 'ge.m.d'],
  [28, 'ggge"年"m"月"d"日"'],
  [29, 'ggge"年"m"月"d"日"'],
  [30, 'm/d/yy'],
  [31, 'yyyy"年"m"月"d"日"'],
  [32, 'h"時"mm"分"'],
  [33, 'h"時"mm"分"ss"秒"'],
  [34, 'yyyy"年"m"月"'],
  [35, 'm"月"d"日"'],
  [36, 'ge.m.d'],
  [37, '#,##0;\\-#,##0'],
  [38, '#,##0;\\-#,##0'],
  [39, '#,##0.00;\\-#,##0.00'],
  [40, '#,##0.00;\\-#,##0.00'],
  [41, '#,##0;\\-#,##0;"-"'],
  [42, '"¥"#,##0;"¥"\\-#,##0;"-"'],
  [43, '#,##0.00;\\-#,##0.00;"-"'],
  [44, '"¥"#,##0.00;"¥"\\-#,##0.00;"-"'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
  [48, '##0.0E+0'],
  [50, 'ge.m.d'],
  [51, 'ggge"年"m"月"d"日"'],
  [52, 'yyyy"年"m"月"'],
  [53, 'm"月"d"日"'],
  [54, 'ggge"年"m"月"d"日"'],
  [55, 'yyyy"年"m"月"'],
  [56, 'm"月"d"日"'],
  [57, 'ge.m.d'],
  [58, 'ggge"年"m"月"d"日"'],
]);
