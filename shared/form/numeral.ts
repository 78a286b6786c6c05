// Numbers as people type them: full-width digits, commas, ▲ for a minus, units, states in words.
// Promise: what has one meaning is read; everything else is asked about, and nothing is repaired in silence.
import { compareDecimals, plainDecimal, showDecimal, writtenDecimal } from '../kernel/decimal.ts';
import type { DecimalCell } from './cell.ts';
import { asked, type Numeral, readState } from './firmness.ts';
import { decimalPattern } from './validate.ts';

const DASH = '\\-\u2010-\u2015\u2212\u30fc\u2500';
const LONE_DASH = new RegExp(`^[${DASH}]+$`);
const SIGNED = new RegExp(`^([${DASH}▲△+])?\\s*([\\d.][\\d.,]*)$`);
/** How much of 円 each unit of money holds, as a power of ten. */
const MONEY: Record<string, number> = { 円: 0, 千円: 3, 万円: 4, 百万円: 6, 億円: 8 };

/** Reads a typed number that is not blank. */
export function readNumeral(cell: DecimalCell, raw: string): Numeral {
  // NFKC would make 1 of ① and 102 of 10²: such a sign is no digit that anybody meant as one.
  if (/[\p{No}\p{Nl}]/u.test(raw)) return asked(cell, '丸数字や上付きの数字は、数として読めません。', []);
  const text = raw.normalize('NFKC').trim();
  if (LONE_DASH.test(text)) {
    return asked(cell, `「${raw.trim()}」だけでは、空欄・0・該当なしのどれなのか分かりません。`, nothings(cell));
  }
  const number = (typed: string) => readUnit(cell, typed) ?? readPlain(cell, typed) ?? guess(cell, typed);
  return readState(cell, text, number) ?? number(text);
}

/** A number with a unit behind it, or 円 in another size than the cell's. */
function readUnit(cell: DecimalCell, text: string): Numeral | undefined {
  const own = cell.unit?.normalize('NFKC').replace(/\s/g, '');
  const found = /^(¥?)(.*?[\d.,])\s*([^\d.,\s]*)$/u.exec(text);
  const number = found?.[2] ?? '';
  const unit = found?.[1] ? found[3] || '円' : (found?.[3] ?? '');
  if (unit === '') return undefined;
  if (unit === own && !found?.[1]) return readPlain(cell, number) ?? guess(cell, number);
  const from = MONEY[unit];
  const to = own === undefined ? undefined : MONEY[own];
  if (from === undefined || to === undefined || unit === own) return undefined;
  const value = plainNumber(number);
  if (value === undefined) return undefined;
  const exact = shift(value, from - to);
  const moved = decimalPattern(cell.decimals).test(exact) ? exact : roundHalfUp(exact, cell.decimals);
  const how = moved === exact ? `${cell.unit}に直す` : `${cell.unit}に直して四捨五入する`;
  return asked(cell, `この欄の単位は「${cell.unit}」ですが、「${unit}」で書かれています。`, [
    { label: `${showDecimal(moved)}（${how}）`, value: moved },
    { label: `${showDecimal(value)}（数字はそのまま）`, value },
  ]);
}

/** Sign, digits, thousands marks grouped right, one point. */
function readPlain(cell: DecimalCell, text: string): Numeral | undefined {
  const found = SIGNED.exec(text);
  if (!found) return undefined;
  const minus = found[1] !== undefined && found[1] !== '+';
  const digits = found[2] ?? '';
  const signed = (body: string) => (minus ? `-${body}` : body);
  if (digits.includes(',')) {
    const grouped = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(digits);
    if (grouped && cell.commas === 'thousands') return readDigits(cell, signed(digits.replaceAll(',', '')));
    const point = /^\d+,\d+$/.test(digits) ? signed(digits.replace(',', '.')) : '';
    const joined = signed(digits.replaceAll(',', ''));
    const reason = grouped
      ? 'コンマが小数点なのか桁区切りなのか、確かめてください。'
      : 'コンマの位置が桁区切りと合いません。小数点の書き間違いかどうか、確かめてください。';
    return asked(cell, reason, [
      ...(point ? [{ label: `${plain(point)}（コンマを小数点と読む）`, value: point }] : []),
      { label: `${plain(joined)}（コンマを桁区切りと読む）`, value: joined },
    ]);
  }
  return readDigits(cell, signed(digits));
}

function readDigits(cell: DecimalCell, digits: string): Numeral | undefined {
  if (!/^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(digits)) return undefined;
  if (/^-?0\d/.test(digits)) {
    const value = writtenDecimal(digits);
    return asked(cell, '0 で始まっています。番号ではなく数かどうか、確かめてください。', [{ label: value, value }]);
  }
  // Zeros beyond what the cell holds say nothing and may go; all other decimals stay as they were written.
  const value = [writtenDecimal(digits), plainDecimal(digits)].find((v) => decimalPattern(cell.decimals).test(v));
  // Where whole numbers stand nobody means a decimal point: 12.000 may be 12, or 12,000 by a slip for the comma.
  const isSlip = cell.decimals === 0 && THOUSANDS.test(digits);
  if (value !== undefined && !isSlip) return { kind: 'value', value };
  return askAboutPoint(cell, digits, value);
}

/** A point that stands where a thousands mark could. */
const THOUSANDS = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** `value`: what it is with the point as a decimal point, where the cell holds that. */
function askAboutPoint(cell: DecimalCell, digits: string, value: string | undefined): Numeral {
  const [whole = '', fraction = ''] = digits.split('.');
  if (whole.replace('-', '').length > 18) return asked(cell, '桁が多すぎます。', []);
  const joined = `${whole}${fraction}`;
  const asThousands = { label: `${plain(joined)}（点を桁区切りと読む）`, value: joined };
  const others = THOUSANDS.test(digits) ? [asThousands] : [];
  if (value !== undefined) {
    const asDecimals = { label: `${showDecimal(value)}（点を小数点と読む）`, value };
    return asked(cell, '点が小数点なのか桁区切りなのか、確かめてください。', [asDecimals, ...others]);
  }
  const rounded = roundHalfUp(plainDecimal(digits), cell.decimals);
  const asRounded = { label: `${showDecimal(rounded)}（四捨五入する）`, value: rounded };
  return asked(cell, `この欄の小数は${cell.decimals}桁までです。`, [asRounded, ...others]);
}

/** Something else: asked about, with the number that stands in it when there is just one outside of brackets. */
function guess(cell: DecimalCell, text: string): Numeral {
  const zero = /^(?:なし|無し|無|ナシ|n\/?a)$/i.test(text);
  if (zero) return asked(cell, `「${text}」が、空欄・0・該当なしのどれなのか分かりません。`, nothings(cell));
  if (text === '未定' && cell.states.includes('pending')) {
    return asked(cell, '「未定」は「未確定」のことか、確かめてください。', [{ label: '未確定', value: '未確定' }]);
  }
  const made = madeBySpreadsheet(text);
  if (made !== undefined) return asked(cell, made, []);
  const inBrackets = /^\(([^()]*)\)$/.exec(text)?.[1];
  const negative = inBrackets === undefined ? undefined : plainNumber(inBrackets);
  if (negative !== undefined) {
    const values = [`-${negative}`, negative];
    return asked(
      cell,
      'かっこがマイナスの意味かどうか、確かめてください。',
      values.map((value) => ({ label: value, value })),
    );
  }
  const outside = text.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ');
  const numbers = outside.match(new RegExp(`[${DASH}▲△]?[\\d][\\d.,]*`, 'g')) ?? [];
  const value = numbers.length === 1 && numbers[0] ? plainNumber(numbers[0]) : undefined;
  const reason = /^[約およそ]/.test(text)
    ? 'おおよその数が書かれています。欄に入れる数を確かめてください。'
    : `「${text.length > 40 ? `${text.slice(0, 40)}…` : text}」を一つの数として読めません。`;
  return asked(cell, reason, value === undefined ? [] : [{ label: showDecimal(value), value }]);
}

const MONTH = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DATE = new RegExp(
  `^(?:\\d{1,2}月\\d{1,2}日|\\d{4}[-/年]\\d{1,2}[-/月]\\d{1,2}日?|(?:${MONTH})-\\d+|\\d+-(?:${MONTH}))$`,
  'i',
);

/** Why a text that a spreadsheet has made of something else holds no number: its digits are not what was typed. */
function madeBySpreadsheet(text: string): string | undefined {
  if (DATE.test(text))
    return `「${text}」は日付です。表計算ソフトが番号や数を日付に変えたのかもしれません。もとの値を確かめてください。`;
  if (/^#[A-Z]/i.test(text)) return `「${text}」は表計算ソフトの計算の誤りです。もとの値を確かめてください。`;
  if (/^[-+]?\d(?:\.\d+)?E[-+]?\d+$/i.test(text)) {
    return `「${text}」は長い数を縮めた書き方です。けたが失われているかもしれません。もとの数を確かめてください。`;
  }
  return undefined;
}

/** The canonical decimal behind a signed number whose commas are thousands marks. */
function plainNumber(text: string): string | undefined {
  const found = SIGNED.exec(text.trim());
  const digits = found?.[2] ?? '';
  if (!/^(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/.test(digits)) return undefined;
  const minus = found?.[1] !== undefined && found[1] !== '+';
  return writtenDecimal(`${minus ? '-' : ''}${digits.replaceAll(',', '')}`);
}

function nothings(cell: DecimalCell): { label: string; value: string }[] {
  const none = cell.states.includes('none') ? [{ label: '該当なし', value: '該当なし' }] : [];
  return [{ label: '空欄', value: '' }, { label: '0', value: '0' }, ...none];
}

/** `value` × 10^places, in canonical form. */
function shift(value: string, places: number): string {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const pad = '0'.repeat(Math.abs(places));
  const all = `${pad}${whole}${fraction}${pad}`;
  const point = pad.length + whole.length + places;
  return plainDecimal(`${value.startsWith('-') ? '-' : ''}${all.slice(0, point) || '0'}.${all.slice(point) || '0'}`);
}

function roundHalfUp(value: string, decimals: number): string {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const up = compareDecimals(`0.${fraction.slice(decimals) || '0'}`, '0.5') >= 0 ? 1n : 0n;
  const scaled = BigInt(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`) + up;
  const text = shift(String(scaled), -decimals);
  return value.startsWith('-') && text !== '0' ? `-${text}` : text;
}

const plain = (digits: string): string =>
  /^-?\d/.test(digits) && !/^-?0\d/.test(digits) ? showDecimal(digits) : digits;
