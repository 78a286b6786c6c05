// Fiscal years as people type them: 「令和６年度」「R6」「H30」「2024年」. Promise: what names one year is read as the western
// year; what could be several (a bare 18), never was (平成32) or says two things is asked about.
import { bothYears, ERAS, type Era, fiscalYearOf } from '../kernel/fiscal.ts';
import type { DecimalCell } from './cell.ts';
import { asked, type Numeral, readState } from './firmness.ts';
import { numberPattern } from './validate.ts';

/** One year, or why it has to be asked about and which years may be meant. */
type Meant = { year: number } | { reason: string; years: readonly number[] };

const NAMES = ERAS.flatMap(({ name, letter }) => [name, name.slice(0, 1), letter]).join('|');
const COUNT = '元|\\d{1,2}(?!\\d)|[一二三四五六七八九十]+';
const ERA_YEAR = `(?:${NAMES})[.・]?(?:${COUNT})`;
const WESTERN = '(?:西暦|FY)?\\d{4}(?!\\d)';
const TAIL = '(?:年度|年|FY)?';

/** Reads a typed year that is not blank. */
export function readYear(cell: DecimalCell, raw: string): Numeral {
  // NFKC makes 令和 of ㋿ and digits of full-width ones; of a circled number it would make a digit that nobody meant.
  if (/[\p{No}\p{Nl}]/u.test(raw)) return asked(cell, '丸数字や上付きの数字は、年度として読めません。', []);
  const text = raw.normalize('NFKC').replace(/\s+/g, '');
  return readState(cell, text, (year) => readWords(cell, year)) ?? readWords(cell, text);
}

function readWords(cell: DecimalCell, text: string): Numeral {
  if (/^[-\u2010-\u2015\u2212\u30fc\u2500]+$|^(?:なし|無し|無|ナシ|n\/?a|継続|期限なし|毎年度?)$/i.test(text)) {
    const none = cell.states.includes('none') ? [{ label: '該当なし', value: '該当なし' }] : [];
    const which = none.length > 0 ? '空欄・該当なしのどちらなのか' : '空欄のことなのか';
    return asked(cell, `「${text}」が、${which}分かりません。`, [{ label: '空欄', value: '' }, ...none]);
  }
  if (/^(?:未定|不明)$/.test(text)) {
    const pending = cell.states.includes('pending') ? [{ label: '未確定', value: '未確定' }] : [];
    const reason = pending.length > 0 ? `「${text}」は「未確定」のことか、確かめてください。` : undefined;
    return asked(cell, reason ?? `「${text}」は年度ではありません。`, [...pending, { label: '空欄', value: '' }]);
  }
  const meant = readBoth(text) ?? readOne(text) ?? readDate(text) ?? readAround(text);
  if ('year' in meant && numberPattern(cell).test(String(meant.year))) {
    return { kind: 'value', value: String(meant.year) };
  }
  const [reason, years] =
    'year' in meant
      ? [`${meant.year}年度は、この欄で扱える年度（1900〜2999年度）ではありません。`, []]
      : [meant.reason, meant.years];
  return asked(
    cell,
    reason,
    years.map((year) => ({ label: bothYears(year), value: String(year) })),
  );
}

/** A year in one spelling and nothing else. */
function readOne(text: string): Meant | undefined {
  const era = new RegExp(`^(${NAMES})[.・]?(${COUNT})${TAIL}$`, 'i').exec(text);
  const found = era && eraBy(era[1] ?? '');
  if (found) return yearIn(found, countOf(era[2] ?? ''));
  const western = new RegExp(`^(?:西暦|FY)?(\\d{4})${TAIL}$`, 'i').exec(text)?.[1];
  if (western !== undefined) return { year: Number(western) };
  const bare = new RegExp(`^(?:FY|')?(\\d{1,2}|元)${TAIL}$`, 'i').exec(text)?.[1];
  return bare === undefined ? undefined : readBare(text, bare);
}

const eraBy = (typed: string): Era | undefined =>
  ERAS.find(({ name, letter }) => [name, name.slice(0, 1), letter].includes(typed.toUpperCase()));

function yearIn(era: Era, count: number): Meant {
  const { name, last, zero } = era;
  const year = zero + count;
  if (count === 0) return { reason: `${name}0年度という年度はありません。`, years: [] };
  if (last === undefined || count <= last) return { year };
  const reason = `${name}は${last}年度までで、${name}${count}年度という年度はありません。`;
  // The week of 昭和64年 that there was lay in 昭和63年度.
  return { reason, years: name === '昭和' && count === last + 1 ? [year - 1, year] : [year] };
}

/** 元, digits, or a number below a hundred in kanji; 0 for kanji that are no number. */
function countOf(text: string): number {
  if (text === '元') return 1;
  if (/^\d+$/.test(text)) return Number(text);
  const [, tens, ten, ones = ''] = /^(?:([二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text) ?? [];
  const digit = (kanji: string) => '〇一二三四五六七八九'.indexOf(kanji || '〇');
  return (ten === undefined ? 0 : 10 * (tens === undefined ? 1 : digit(tens))) + digit(ones);
}

/** Digits without an era: any of the eras that people still count in, or the end of a western year. */
function readBare(text: string, digits: string): Meant {
  const count = countOf(digits);
  const inEras = ERAS.filter(({ name }) => ['令和', '平成', '昭和'].includes(name)).flatMap((era) => {
    const meant = yearIn(era, count);
    return 'year' in meant ? [meant.year] : [];
  });
  const years = digits === '元' ? inEras : [...inEras, 2000 + count];
  return { reason: `「${text}」だけでは、どの元号の年度なのか、西暦の下2桁なのか分かりません。`, years };
}

/** The same year in two spellings, as on a sheet that writes 2024年度（令和6年度）. */
function readBoth(text: string): Meant | undefined {
  const [, before = '', inside = ''] = /^([^()]+)\(([^()]+)\)$/.exec(text) ?? [];
  const [a, b] = [readOne(before), readOne(inside)];
  if (!a || !b) return undefined;
  if ('year' in a && 'year' in b && a.year === b.year) return a;
  const years = [...new Set([a, b].flatMap((meant) => ('year' in meant ? [meant.year] : meant.years)))];
  const impossible = [a, b].find((meant) => 'reason' in meant);
  return {
    reason: impossible && 'reason' in impossible ? impossible.reason : 'かっこの前と中で、年度が違います。',
    years,
  };
}

/** A day or a month: from January to March its fiscal year is the one before. */
function readDate(text: string): Meant | undefined {
  const found = new RegExp(`^(${ERA_YEAR}|\\d{4})[年./-](\\d{1,2})(?:月|[./-]\\d{1,2}日?|月\\d{1,2}日?)?$`, 'i').exec(
    text,
  );
  const meant = found && readOne(found[1] ?? '');
  const month = Number(found?.[2]);
  if (!meant || !('year' in meant) || month < 1 || month > 12) return undefined;
  const fiscal = fiscalYearOf(`${meant.year}-${String(month).padStart(2, '0')}`);
  return {
    reason: '日付が書かれています。欄に入れる年度を確かめてください。',
    years: [...new Set([fiscal, meant.year])],
  };
}

const MOST_YEARS = 4;

/** Something else: asked about, with the years that stand in it. */
function readAround(text: string): Meant {
  const plain = text.replace(/^(\d),(\d{3})$/, '$1$2');
  const found = plain.match(new RegExp(`${ERA_YEAR}|(?<![\\d.])${WESTERN}`, 'gi')) ?? [];
  const years = found.flatMap((part) => {
    const meant = readOne(part);
    return meant === undefined ? [] : 'year' in meant ? [meant.year] : meant.years;
  });
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { reason: `「${shown}」を一つの年度として読めません。`, years: [...new Set(years)].slice(0, MOST_YEARS) };
}
