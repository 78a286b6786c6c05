// Labels as they are compared when a sheet is read: as everywhere, and with years of an era written in the western way.
import { foldLabel } from '../../../shared/form/label.ts';
import { ERAS } from '../../../shared/kernel/fiscal.ts';

const names = ERAS.flatMap(({ name, letter, zero }) =>
  [name, letter.toLowerCase()].map((word) => [word, zero] as const),
);
const ZERO: ReadonlyMap<string, number> = new Map(names);
/** 令和3年度, R3年度, and R3実績 as headings shorten it. */
const ERA_YEAR = new RegExp(
  `(?<![a-z])(${[...ZERO.keys()].join('|')})(元|\\d{1,2})(?:年度|(?=実績|決算|予算|目標|見込|計画))`,
  'g',
);

/** The text as a key: width, white space, case and the way of counting years evened out. For matching only. */
export const keyOf = (text: string): string =>
  foldLabel(text).replace(ERA_YEAR, (_, era: string, count: string) => {
    const year = (ZERO.get(era) ?? 0) + (count === '元' ? 1 : Number(count));
    return `${year}年度`;
  });
