// How the texts are written, by command: each finding with its spellings, how often they are there, and where.
import { type Finding, KINDS } from '../../shared/quality/findings.ts';
import { done, type Run } from './answer.ts';

/** `quality`: all sheets, or those named. Places name their sheets by number. */
export const checkTexts: Run = async (host, call) => {
  const sheets = call.lists.sheet;
  const { read, findings } = await host.ask('quality.check', sheets ? { sheets } : {});
  return done({
    sheets: read.length,
    findings: findings.map(({ uses, ...finding }) => ({
      ...finding,
      uses: uses.map((use) => ({
        ...use,
        places: use.places.map((place) => ({ ...place, sheet: read[place.sheet]?.number ?? '' })),
      })),
    })),
  });
};

/** As many places of one spelling as a person reads on a terminal; all that are kept stand in --json. */
const SHOWN = 5;

/** The answer of `quality` in words. */
export function qualityLines(value: Record<string, unknown>): string[] {
  const findings = value.findings as (Omit<Finding, 'uses'> & {
    uses: (Omit<Finding['uses'][number], 'places'> & {
      places: { sheet: string; label: string; before: string; match: string; after: string }[];
    })[];
  })[];
  const found = KINDS.flatMap(({ key, label }) => {
    const own = findings.filter(({ kind }) => kind === key);
    return own.length === 0
      ? []
      : [
          `■ ${label}`,
          ...own.flatMap(({ title, uses }) => [
            `  ${title}`,
            ...uses.flatMap((use) => [
              `    ${use.label}　${use.count}か所（${use.sheets}枚）${use.isUsual ? '　使う書き方' : ''}`,
              ...use.places
                .slice(0, SHOWN)
                .map(({ sheet, label: cell, before, match, after }) =>
                  `      ${sheet} ${cell}：${before}${match === '' ? '' : `【${match}】`}${after}`.replace(/\s+/g, ' '),
                )
                .map((line) => `      ${line.trim()}`),
            ]),
          ]),
        ];
  });
  return [
    `${String(value.sheets)}枚の文章を調べました。`,
    ...(found.length === 0 ? ['気になるところはありません。'] : found),
  ];
}
