// Indicators: whether a target is reached, and how far things have moved, by what kind of indicator it is.
// Promise: a percentage of progress is given only where it means something; nothing is judged on a type that was guessed
// without saying so.
import {
  absoluteDecimal,
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  showDecimal,
  subtractDecimals,
} from '../kernel/decimal.ts';
import type { GridBlock, Indicator } from './block.ts';
import { INDICATOR_TYPES, type IndicatorType, stateAddress, type Values } from './cell.ts';
import type { Form } from './form.ts';

/** A change; `percent` (one decimal) is null where the base is zero. `unit` is ポイント for shares in percent. */
export type Change = { delta: string; percent: string | null; unit: string };

export type Judgement = {
  name: string;
  unit: string;
  /** What it was judged by; null while nobody can say. */
  type: IndicatorType | null;
  typeIsAssumed: boolean;
  /** What the assumed type follows from, or what is missing for one; '' where a person has chosen. */
  assumption: string;
  status: 'achieved' | 'missed' | 'unknown';
  /** In Japanese, with the two numbers where there are two: 「目標を下回っている（94.3 ＜ 95.0）」. */
  statement: string;
  fromPrevious: (Change & { year: number }) | null;
  fromBase: Change | null;
  /** (実績−基準)÷(目標−基準) in percent with one decimal; null for every type in which that says nothing. */
  progress: string | null;
  /** For a small drawing; `points` in the order of years, years without a number left out. */
  series: {
    base: string | null;
    points: readonly { year: number; value: string; isExpected: boolean }[];
    target: { year: number; value: string | null };
    upper: string | null;
  };
};

/** All indicators of a form, in reading order. */
export const indicatorsOf = (form: Pick<Form, 'sections'>): Indicator[] =>
  form.sections
    .flatMap((section) => section.groups.flatMap((group) => group.blocks))
    .filter((block): block is GridBlock => block.layout === 'grid')
    .flatMap((block) => block.indicators);

/** Judges one row. An empty slot (no name, no number) is no indicator: null. */
export function judge(indicator: Indicator, values: Values): Judgement | null {
  const text = (address: string | undefined) => {
    const value = address === undefined ? undefined : values[address];
    return typeof value === 'string' ? value : undefined;
  };
  const name = text(indicator.name) ?? '';
  const unit = text(indicator.unit) ?? '';
  const base = text(indicator.base) ?? null;
  const upper = text(indicator.upper) ?? null;
  const target = text(indicator.target.address) ?? null;
  const points = indicator.actuals.flatMap(({ year, address }) => {
    const value = text(address);
    return value === undefined ? [] : [{ year, value, isExpected: values[stateAddress(address)] === 'expected' }];
  });
  if (name === '' && base === null && target === null && points.length === 0) return null;
  const { type, assumption } = typeOf(indicator, text(indicator.type), text(indicator.hint) ?? '', base, target);
  const latest = points.at(-1);
  const previous = points.at(-2);
  const verdict = verdictOf(type, latest?.value, target, upper);
  const change = (from: string, to: string): Change => changeOf(from, to, unit);
  return {
    name,
    unit,
    type,
    typeIsAssumed: text(indicator.type) === undefined && type !== null,
    assumption,
    status: verdict.status,
    statement: `${verdict.statement}${latest?.isExpected && verdict.status !== 'unknown' ? '（見込）' : ''}`,
    fromPrevious: latest && previous ? { ...change(previous.value, latest.value), year: previous.year } : null,
    fromBase: latest && base !== null ? change(base, latest.value) : null,
    progress: latest && target !== null ? progressOf(type, base, latest.value, target) : null,
    series: { base, points, target: { year: indicator.target.year, value: target }, upper },
  };
}

type Typed = { type: IndicatorType | null; assumption: string };

/**
 * The chosen type, or the one that the sheet itself suggests: 「①95.0%以上を目指す」 says of ① that it is to be kept above.
 * A target below the base says nothing: 「減らす」 and 「この値より下げない」 look alike (98.6 → 95.0).
 */
function typeOf(
  indicator: Indicator,
  chosen: string | undefined,
  hint: string,
  base: string | null,
  target: string | null,
): Typed {
  const known = INDICATOR_TYPES.find((type) => type === chosen);
  if (known) return { type: known, assumption: '' };
  const said = hintFor(indicator, hint);
  if (said.includes('未満')) {
    // No type leaves the target itself out: 30件 would count as 30件未満.
    return {
      type: null,
      assumption: `「${said.trim()}」は目標の数を含みません。目標の数を確かめ、種類を選んでください。`,
    };
  }
  const isAbove = said.includes('以上');
  const isBelow = said.includes('以下');
  if (isAbove !== isBelow) {
    const word = isAbove ? '以上' : '以下';
    return {
      type: isAbove ? 'keep_above' : 'keep_below',
      assumption: `「${said.trim()}」とあるので、目標${word}を保つ指標とみなしています。`,
    };
  }
  if (base !== null && target !== null && compareDecimals(target, base) >= 0) {
    return { type: 'increase', assumption: '目標が基準値より高いので、増やす指標とみなしています。' };
  }
  return { type: null, assumption: '指標の種類（増やす・減らす・保つなど）を選んでください。' };
}

/** What the hint says behind this indicator's label, up to the next one's; '' where it does not name it. */
function hintFor({ label, labels }: Indicator, hint: string): string {
  const from = hint.indexOf(label);
  if (from < 0) return '';
  const rest = hint.slice(from + label.length);
  const ends = labels.map((other) => (other === label ? -1 : rest.indexOf(other))).filter((at) => at >= 0);
  return rest.slice(0, Math.min(rest.length, ...ends));
}

type Verdict = Pick<Judgement, 'status' | 'statement'>;
const unknown = (statement: string): Verdict => ({ status: 'unknown', statement });

function verdictOf(
  type: IndicatorType | null,
  actual: string | undefined,
  target: string | null,
  upper: string | null,
): Verdict {
  if (type === 'qualitative') return unknown('数では判定しない指標');
  if (actual === undefined) return unknown('実績の数がまだない');
  if (type === null) return unknown('指標の種類が分からないので判定できない');
  if (type === 'yes_no') return verdictOfYesNo(actual, target);
  if (target === null) return unknown('目標の数がない');
  if (type === 'range') return verdictOfRange(actual, target, upper);
  const order = compareDecimals(actual, target);
  const pair = (sign: string) => `（${showDecimal(actual)} ${sign} ${showDecimal(target)}）`;
  const isUpward = type !== 'decrease' && type !== 'keep_below';
  if (isUpward ? order >= 0 : order <= 0) {
    return { status: 'achieved', statement: `目標を達成している${pair(isUpward ? '≧' : '≦')}` };
  }
  const words = { increase: '目標を下回っている', keep_above: '目標を下回っている', cumulative: '目標に届いていない' };
  const missed =
    type === 'increase' || type === 'keep_above' || type === 'cumulative' ? words[type] : '目標を上回っている';
  return { status: 'missed', statement: `${missed}${pair(isUpward ? '＜' : '＞')}` };
}

/** 1 is yes, 0 is no; without a target, yes is aimed at. */
function verdictOfYesNo(actual: string, target: string | null): Verdict {
  const isDone = compareDecimals(actual, target ?? '1') === 0;
  return isDone
    ? { status: 'achieved', statement: '目標のとおり実施している' }
    : { status: 'missed', statement: '目標のとおりには実施していない' };
}

function verdictOfRange(actual: string, lower: string, upper: string | null): Verdict {
  if (upper === null) return unknown('目標の範囲の上限がない');
  if (compareDecimals(lower, upper) > 0) return unknown('目標の範囲の下限が上限より大きい');
  const range = `${showDecimal(lower)}〜${showDecimal(upper)}`;
  if (compareDecimals(actual, lower) < 0) {
    return { status: 'missed', statement: `目標の範囲を下回っている（${showDecimal(actual)}、範囲 ${range}）` };
  }
  if (compareDecimals(actual, upper) > 0) {
    return { status: 'missed', statement: `目標の範囲を上回っている（${showDecimal(actual)}、範囲 ${range}）` };
  }
  return { status: 'achieved', statement: `目標の範囲に入っている（${showDecimal(actual)}、範囲 ${range}）` };
}

/**
 * (実績−基準)÷(目標−基準), only for what is to grow, to shrink or to pile up, and only where the target lies on that side
 * of the base. A running total without a base starts from zero.
 */
function progressOf(type: IndicatorType | null, base: string | null, actual: string, target: string): string | null {
  const from = type === 'cumulative' ? (base ?? '0') : base;
  if (from === null || (type !== 'increase' && type !== 'decrease' && type !== 'cumulative')) return null;
  const way = subtractDecimals(target, from, 20);
  const wanted = type === 'decrease' ? -1 : 1;
  if (compareDecimals(way, '0') !== wanted) return null;
  return divideDecimals(multiplyDecimals(subtractDecimals(actual, from, 20), '100'), way, 1) ?? null;
}

function changeOf(from: string, to: string, unit: string): Change {
  const delta = subtractDecimals(to, from, 20);
  const percent = divideDecimals(multiplyDecimals(delta, '100'), absoluteDecimal(from), 1) ?? null;
  return { delta, percent, unit: /^[%％]$/.test(unit) ? 'ポイント' : unit };
}

/**
 * Whether the change against the year before is for the better by the type: 1 better, -1 worse, 0 no change; null where
 * the type cannot say, or the year before has no number: one of two or three years ago is not last year's.
 */
export function directionOf({ type, fromPrevious, series }: Judgement): -1 | 0 | 1 | null {
  if (!fromPrevious || fromPrevious.year !== (series.points.at(-1)?.year ?? 0) - 1) return null;
  if (type === null || type === 'range' || type === 'yes_no' || type === 'qualitative') return null;
  const up = compareDecimals(fromPrevious.delta, '0');
  const isDownward = type === 'decrease' || type === 'keep_below';
  return isDownward && up !== 0 ? (up === 1 ? -1 : 1) : up;
}
