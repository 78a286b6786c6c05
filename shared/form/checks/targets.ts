// Rules that look at indicators as judged by their type: `target-passed`, `missed-but-hopeful` and `improved-but-fell`.
import { z } from 'zod';
import { compareDecimals } from '../../kernel/decimal.ts';
import type { Indicator } from '../block.ts';
import type { Values } from '../cell.ts';
import { directionOf, type Judgement, judge } from '../indicator.ts';
import { checkSpec, codeFaults, expand, type Finding, type LaidOut, type Sight, tableFaults, tableOf } from './rule.ts';

type Judged = { indicator: Indicator; judgement: Judgement };

/** The indicators of tables that are none of the empty slots, judged by their actuals up to the year `last`. */
const judgedIn = (
  form: LaidOut,
  tables: readonly string[],
  values: Values,
  last = Number.POSITIVE_INFINITY,
): Judged[] =>
  tables
    .flatMap((key) => tableOf(form, key)?.indicators ?? [])
    .flatMap((indicator) => {
      const actuals = indicator.actuals.filter(({ year }) => year <= last);
      const judgement = judge({ ...indicator, actuals }, values);
      return judgement ? [{ indicator, judgement }] : [];
    });

/** Which way an indicator went from the year before to `year`; null where that cannot be said. */
const directionIn = ({ judgement }: Judged, year: number): ReturnType<typeof directionOf> =>
  judgement.series.points.at(-1)?.year === year ? directionOf(judgement) : null;

const indicatorFaults = (form: LaidOut, tables: readonly string[]): string[] =>
  tables.flatMap((key) => tableFaults(form, key, { indicators: true }));

const named = ({ indicator, judgement }: Judged, more = ''): string =>
  `${indicator.label}${judgement.name === '' ? '' : `「${judgement.name}」`}${more}`;

const tables = z.array(z.string()).min(1);

const passedSpec = z.strictObject({ ...checkSpec, rule: z.literal('target-passed'), tables });
type Passed = z.output<typeof passedSpec>;

export const passed = {
  spec: passedSpec,
  message:
    '{targetYear}年度の目標を、{year}年度の実績でもう達成しています。目標を見直すか、見直さない理由を書いてください。',
  facts: ['year', 'targetYear', 'actual', 'target'],
  faults: ({ tables: keys }: Passed, form: LaidOut): string[] => indicatorFaults(form, keys),
  ask: ({ tables: keys }: Passed, { form, values }: Sight): Finding[] =>
    judgedIn(form, keys, values).flatMap(({ indicator, judgement }): Finding[] => {
      const { points, target } = judgement.series;
      const latest = points.at(-1);
      const isEarly = latest !== undefined && latest.year < target.year && judgement.status === 'achieved';
      // What is only expected has not met anything yet.
      if (!isEarly || latest.isExpected || target.value === null || !isReachedAnew(judgement)) return [];
      const facts = {
        year: latest.year,
        targetYear: target.year,
        actual: latest.value,
        target: target.value,
      };
      return [{ address: indicator.target.address, facts }];
    }),
};

/** What is only to be kept may be where it should be from the start: that alone is no reason to raise the target. */
function isReachedAnew({ type, series: { base, target } }: Judgement): boolean {
  if (type === 'increase' || type === 'decrease' || type === 'cumulative') return true;
  if (base === null || target.value === null) return false;
  if (type === 'keep_above') return compareDecimals(base, target.value) < 0;
  return type === 'keep_below' && compareDecimals(base, target.value) > 0;
}

const hopefulSpec = z.strictObject({
  ...checkSpec,
  rule: z.literal('missed-but-hopeful'),
  tables,
  choice: z.string(),
  /** Codes that say the target will be met. */
  hopeful: z.array(z.string()).min(1),
});
type Hopeful = z.output<typeof hopefulSpec>;

export const hopeful = {
  spec: hopefulSpec,
  message: '「{chosen}」が選ばれていますが、{indicators}。達成できると見込む理由を書いてください。',
  facts: ['chosen', 'indicators'],
  faults: ({ tables: keys, choice, hopeful: codes }: Hopeful, form: LaidOut): string[] => [
    ...indicatorFaults(form, keys),
    ...codeFaults(form, choice, codes),
  ],
  ask: (check: Hopeful, { form, values }: Sight): Finding[] => {
    const address = expand(form, check.choice);
    if (!check.hopeful.some((code) => code === values[address])) return [];
    const missed = judgedIn(form, check.tables, values).filter(({ judgement }) => judgement.status === 'missed');
    if (missed.length === 0) return [];
    const indicators = missed.map((one) => named(one, `は${one.judgement.statement}`)).join('、');
    return [{ address, facts: { indicators, chosen: chosenAt(form, values, address) } }];
  },
};

const fellSpec = z.strictObject({
  ...checkSpec,
  rule: z.literal('improved-but-fell'),
  tables,
  choice: z.string(),
  /** Codes that say things got better, and codes that say they got worse. */
  better: z.array(z.string()).default([]),
  worse: z.array(z.string()).default([]),
});
type Fell = z.output<typeof fellSpec>;

export const fell = {
  spec: fellSpec,
  message:
    '「{chosen}」が選ばれていますが、前年度に比べて{indicators}。どちらが正しいか確かめ、正しければ理由を書いてください。',
  facts: ['chosen', 'indicators'],
  faults: ({ tables: keys, choice, better, worse }: Fell, form: LaidOut): string[] => [
    ...indicatorFaults(form, keys),
    ...codeFaults(form, choice, [...better, ...worse]),
  ],
  /**
   * Asks about the year that is judged, and only where some indicator went the other way and none went the way that was
   * chosen: mixed results are usual.
   */
  ask: (check: Fell, { form, values }: Sight): Finding[] => {
    const address = expand(form, check.choice);
    const chosen = values[address];
    const wanted = check.better.some((code) => code === chosen)
      ? 1
      : check.worse.some((code) => code === chosen)
        ? -1
        : 0;
    const judged = judgedIn(form, check.tables, values, form.subjectYear);
    const against = judged.filter((one) => directionIn(one, form.subjectYear) === -wanted);
    const isMixed = judged.some((one) => directionIn(one, form.subjectYear) === wanted);
    if (wanted === 0 || isMixed || against.length === 0) return [];
    const indicators = against
      .map((one) => named(one, wanted === 1 ? 'は悪くなっています' : 'は良くなっています'))
      .join('、');
    return [{ address, facts: { indicators, chosen: chosenAt(form, values, address) } }];
  },
};

function chosenAt(form: LaidOut, values: Values, address: string): string {
  const cell = form.byAddress.get(address);
  const option = cell?.type === 'code' ? cell.options.find(({ code }) => code === values[address]) : undefined;
  return option?.label ?? '';
}
