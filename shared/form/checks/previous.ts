// Rules that look at last year's sheet: `same-as-previous` (a text was carried over word for word) and `unit-changed`
// (an indicator of the same name is counted in another unit). Both are silent while last year's values are not known.
import { z } from 'zod';
import { foldLabel } from '../label.ts';
import {
  addressFaults,
  checkSpec,
  type Finding,
  type LaidOut,
  type Sight,
  tableFaults,
  tableOf,
  textAt,
  textsOf,
} from './rule.ts';

const sameSpec = z.strictObject({
  ...checkSpec,
  rule: z.literal('same-as-previous'),
  /** Addresses; every text of more than one line without them. */
  texts: z.array(z.string()).min(1).optional(),
});
type Same = z.output<typeof sameSpec>;

export const same = {
  spec: sameSpec,
  message: '前年度の文章と一字一句同じです。今年度も同じでよければ、その理由を書いてください。',
  facts: [],
  faults: ({ texts }: Same, form: LaidOut): string[] => addressFaults(form, texts ?? [], 'text'),
  ask: (check: Same, { form, values, previous }: Sight): Finding[] =>
    textsOf(form, check.texts, (cell) => cell.type === 'text' && cell.lines > 1)
      .filter((address) => previous !== undefined && textAt(values, address) !== '')
      .filter((address) => textAt(values, address) === textAt(previous ?? {}, address))
      .map((address) => ({ address, facts: {} })),
};

const unitSpec = z.strictObject({ ...checkSpec, rule: z.literal('unit-changed'), table: z.string() });
type Unit = z.output<typeof unitSpec>;

export const unit = {
  spec: unitSpec,
  message: '前年度の単位は「{before}」でした。「{after}」に変わった理由を書いてください。',
  facts: ['before', 'after'],
  faults: ({ table }: Unit, form: LaidOut): string[] => tableFaults(form, table, { indicators: true }),
  ask: ({ table }: Unit, { form, values, previous }: Sight): Finding[] =>
    (tableOf(form, table)?.indicators ?? []).flatMap(({ name, unit: address }) => {
      const [before, after] = [textAt(previous ?? {}, address), textAt(values, address)];
      const isSameName = foldLabel(textAt(previous ?? {}, name)) === foldLabel(textAt(values, name));
      // % and ％ are one unit.
      if (before === '' || after === '' || !isSameName || foldLabel(before) === foldLabel(after)) return [];
      return [{ address, facts: { before, after } }];
    }),
};
