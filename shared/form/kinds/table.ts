// Kind `table`: rows × columns, such as indicators by year or costs by year. What a cell holds is said by its column or
// by its row; a row may be computed from other rows. Year columns follow from the evaluation year by data.
import { z } from 'zod';
import type { Block, GridBlock, Indicator } from '../block.ts';
import { type Cell, INDICATOR_TYPES, isQuantity } from '../cell.ts';
import { type Context, cellBase, fieldSpec, joinPath, keySpec, yearOf, yearSpec } from '../spec.ts';
import { decimalCell, numberProperties } from './number.ts';
import { textCell, textProperties } from './text.ts';
import { yearCell, yearProperties } from './year.ts';

const content = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), ...textProperties }),
  z.strictObject({ kind: z.literal('number'), ...numberProperties }),
  z.strictObject({ kind: z.literal('year'), ...yearProperties }),
  z.strictObject({ kind: z.literal('choice'), scale: z.string() }),
]);

/** always: must be filled; row: when anything in its row is filled; never. */
const required = z.enum(['always', 'row', 'never']);

const column = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9]*(?:_(?:[a-z0-9]+|\{year\}))*$/)
      .max(60),
    label: z.string().min(1),
    /** Heading on the sheet where it differs from the label (「重要業績評価指標(KPI)」 over the names). */
    heading: z.string().optional(),
    /** A heading above this one; neighbours that have the same share it. */
    over: z.string().optional(),
    year: yearSpec.optional(),
    years: z.strictObject({ from: yearSpec, to: yearSpec }).optional(),
    content: content.optional(),
    required: required.default('never'),
    /** From this year on no answer is needed yet, whatever the row says. */
    optionalFrom: yearSpec.optional(),
    /** A column that the program needs and the official sheet does not have. */
    onPaper: z.boolean().default(true),
  })
  .refine((c) => !(c.year && c.years), { message: 'year と years は一方だけ' })
  .refine((c) => !c.optionalFrom || c.year || c.years, { message: 'optionalFrom は年度の列だけに書ける' });

/** More year columns than any paper holds. */
const SPAN_LIMIT = 60;

const row = z.strictObject({
  key: keySpec,
  label: z.string().min(1),
  path: z.string().optional(),
  /** A heading left of the label; neighbours that have the same share it. */
  over: z.string().optional(),
  content: content.optional(),
  required: required.optional(),
  /** Rows with the same slot belong together for the rule `row`, such as 計画 and 実績 of one indicator. */
  slot: keySpec.optional(),
  /** Keys of columns, as written, in which this row has no cell. */
  without: z.array(z.string()).default([]),
  sum: z.array(keySpec).min(1).optional(),
});

/** Which columns, as written, hold the parts of an indicator; `rows` where plan and actual stand in different rows. */
const indicator = z.strictObject({
  type: z.string(),
  name: z.string(),
  unit: z.string(),
  base: z.string().optional(),
  actuals: z.string(),
  target: z.string(),
  upper: z.string().optional(),
  /** Address of a text that says what is aimed at (「①95.0%以上」). */
  hint: z.string().optional(),
  rows: z
    .array(z.strictObject({ own: keySpec, actual: keySpec }))
    .min(1)
    .optional(),
});

export const spec = z.strictObject({
  kind: z.literal('table'),
  ...fieldSpec,
  /** Heading above the row labels. */
  corner: z.string().default(''),
  columns: z.array(column).min(1).max(60),
  rows: z.array(row).min(1).max(100),
  indicator: indicator.optional(),
});
type Field = z.output<typeof spec>;
type Content = z.output<typeof content>;

/** A column as laid out; `at` is its year, `source` its key as written. */
type Column = Field['columns'][number] & { source: string; heading: string; open: boolean; at: number | undefined };

function columnsOf(field: Field, context: Context): Column[] {
  return field.columns.flatMap((c): Column[] => {
    const span = c.years ?? (c.year ? { from: c.year, to: c.year } : undefined);
    if (!span) {
      const label = context.expand(c.label);
      const heading = c.heading === undefined ? label : context.expand(c.heading);
      return [{ ...c, source: c.key, label, heading, open: false, at: undefined }];
    }
    const from = yearOf(span.from, context);
    const to = yearOf(span.to, context);
    if (to - from >= SPAN_LIMIT) {
      context.fault(`「${field.label}」の年度の列が多すぎる（上限 ${SPAN_LIMIT}）`);
      return [];
    }
    const open = c.optionalFrom ? yearOf(c.optionalFrom, context) : Number.POSITIVE_INFINITY;
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
      const year = from + index;
      const label = context.expand(c.label, { year });
      return {
        ...c,
        source: c.key,
        key: context.expand(c.key, { year }),
        label,
        heading: c.heading === undefined ? label : context.expand(c.heading, { year }),
        open: year >= open,
        at: year,
      };
    });
  });
}

function contentCell(content: Content, context: Context) {
  if (content.kind === 'text') return textCell(content);
  if (content.kind === 'number') return decimalCell(content);
  if (content.kind === 'year') return yearCell(content);
  return { type: 'code' as const, options: context.scale(content.scale) };
}

/** The table with one cell for each row and column that has a content. */
export function block(field: Field, context: Context): Block {
  const base = cellBase(field, context);
  const columns = columnsOf(field, context);
  const rows = field.rows.map((r) => {
    const rowLabel = context.expand(r.label);
    const rowPath = r.path === undefined ? rowLabel : context.expand(r.path);
    for (const key of r.without) {
      if (!field.columns.some((c) => c.key === key)) context.fault(`「${field.label}」に列 ${key} がない`);
    }
    const cells = columns.map((c): Cell | null => {
      const holds = c.content ?? r.content;
      if (!holds || r.without.includes(c.source)) return null;
      const common = {
        ...base,
        address: `${field.key}__${r.key}__${c.key}`,
        label: joinPath(base.label, rowPath, c.label),
        short: `${rowLabel} ${c.label}`,
        row: `${field.key}__${r.slot ?? r.key}`,
        // A column that the paper does not have asks for nothing that its row asks for.
        required: r.sum || c.open ? ('never' as const) : c.onPaper ? (r.required ?? c.required) : c.required,
      };
      const cell = { ...common, ...contentCell(holds, context) };
      if (!r.sum || cell.type !== 'decimal' || !isQuantity(cell)) return cell;
      return { ...cell, formula: { sum: r.sum.map((key) => `${field.key}__${key}__${c.key}`) } };
    });
    return { key: r.key, label: rowLabel, ...(r.over === undefined ? {} : { over: context.expand(r.over) }), cells };
  });
  return {
    layout: 'grid',
    key: field.key,
    label: base.short,
    corner: context.expand(field.corner),
    columns: columns.map((c) => ({
      key: c.key,
      label: c.heading,
      source: c.source,
      onPaper: c.onPaper,
      ...(c.over === undefined ? {} : { over: context.expand(c.over, c.at === undefined ? {} : { year: c.at }) }),
      ...(c.at === undefined ? {} : { year: c.at }),
    })),
    rows,
    indicators: indicatorsIn(field, columns, rows, context),
  };
}

/** The rows as indicators, with the cells in which their parts stand. */
function indicatorsIn(
  field: Field,
  columns: readonly Column[],
  rows: GridBlock['rows'],
  context: Context,
): Indicator[] {
  const { indicator } = field;
  if (!indicator) return [];
  const pairs = indicator.rows ?? field.rows.map(({ key }) => ({ own: key, actual: key }));
  const labels = pairs.map(({ own }) => rows.find(({ key }) => key === own)?.label.split(/\s/)[0] ?? own);
  /** The cells of a row in the columns of one series, each with its year. */
  const cellsIn = (row: string, source: string, types: readonly Cell['type'][]) => {
    const cells = rows.find(({ key }) => key === row)?.cells ?? [];
    const found = columns.flatMap((c, at) => (c.source === source && cells[at] ? [{ at: c.at, cell: cells[at] }] : []));
    if (found.length === 0) context.fault(`「${field.label}」の行 ${row} に、指標の列 ${source} がない`);
    for (const { cell } of found) {
      if (!types.includes(cell.type) || (cell.type === 'decimal' && !isQuantity(cell)))
        context.fault(`「${field.label}」の指標の列 ${source} の種類が違う`);
    }
    return found;
  };
  const one = (row: string, source: string, types: readonly Cell['type'][]) => cellsIn(row, source, types)[0];
  return pairs.flatMap(({ own, actual }, at): Indicator[] => {
    const type = one(own, indicator.type, ['code']);
    const target = one(own, indicator.target, ['decimal']);
    if (target && target.at === undefined) context.fault(`指標の目標の列 ${indicator.target} に年度がない`);
    if (type?.cell.type === 'code') {
      const odd = type.cell.options.filter(({ code }) => !INDICATOR_TYPES.some((known) => known === code));
      for (const { code } of odd) context.fault(`「${field.label}」の指標の種類 ${code} は使えない`);
    }
    const base = indicator.base === undefined ? undefined : one(own, indicator.base, ['decimal']);
    const upper = indicator.upper === undefined ? undefined : one(own, indicator.upper, ['decimal']);
    const actuals = cellsIn(actual, indicator.actuals, ['decimal']);
    if (actuals.some((found) => found.at === undefined))
      context.fault(`指標の実績の列 ${indicator.actuals} に年度がない`);
    const name = one(own, indicator.name, ['text'])?.cell.address ?? '';
    const unit = one(own, indicator.unit, ['text'])?.cell.address ?? '';
    if (!type || !target) return [];
    return [
      {
        key: own,
        table: field.key,
        label: labels[at] ?? own,
        type: type.cell.address,
        name,
        unit,
        ...(base ? { base: base.cell.address } : {}),
        actuals: actuals
          .map((found) => ({ year: found.at ?? 0, address: found.cell.address }))
          .sort((a, b) => a.year - b.year),
        target: { year: target.at ?? 0, address: target.cell.address },
        ...(upper ? { upper: upper.cell.address } : {}),
        ...(indicator.hint === undefined ? {} : { hint: context.expand(indicator.hint) }),
        labels,
      },
    ];
  });
}
