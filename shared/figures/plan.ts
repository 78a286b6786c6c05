// Which cells of a form the pictures of the whole are drawn from: who rates by which scale, what costs, what groups.
// Promise: it follows from the definition alone; no field is known here by its name.
import { z } from 'zod';
import type { Block, GridBlock } from '../form/block.ts';
import type { CodeCell } from '../form/cell.ts';
import type { Form } from '../form/form.ts';

const optionSchema = z.strictObject({ code: z.string(), label: z.string() });

/** What people are shown of a form's plan; sheets of forms with the same words are drawn together. */
export const planSchema = z.strictObject({
  /** Label of the cell by which sheets are grouped; null where the form has none. */
  goal: z.string().nullable(),
  ratings: z.array(z.strictObject({ label: z.string(), raters: z.array(z.string()), options: z.array(optionSchema) })),
  costs: z.array(
    z.strictObject({
      label: z.string(),
      unit: z.string(),
      columns: z.array(z.strictObject({ year: z.number().int(), label: z.string() })),
    }),
  ),
});
export type Plan = z.output<typeof planSchema>;
export type Rating = Plan['ratings'][number];
export type Cost = Plan['costs'][number];

/** The plan with the addresses behind it, in the same order. */
export type Sources = { plan: Plan; goal: string | null; ratings: string[][]; costs: string[][] };

const blocksOf = (form: Form): readonly Block[] =>
  form.sections.flatMap((section) => section.groups.flatMap((group) => group.blocks));

/** What the pictures of a form's sheets are drawn from. */
export function sourcesOf(form: Form): Sources {
  const { goal } = form.definition.figures;
  const ratings = ratingsOf(form);
  const costs = costsOf(form);
  return {
    plan: {
      goal: goal === undefined ? null : (form.byAddress.get(goal)?.label ?? null),
      ratings: ratings.map(({ label, cells }) => ({
        label,
        raters: cells.map(({ writer }) => form.definition.writers[writer]?.label ?? writer),
        options: (cells[0]?.options ?? []).map(({ code, label: words }) => ({ code, label: words })),
      })),
      costs: costs.map(({ label, unit, columns }) => ({
        label,
        unit,
        columns: columns.map(({ year, label: words }) => ({ year, label: words })),
      })),
    },
    goal: goal ?? null,
    ratings: ratings.map(({ cells }) => cells.map(({ address }) => address)),
    costs: costs.map(({ columns }) => columns.map(({ address }) => address)),
  };
}

type RatingCells = { label: string; cells: CodeCell[] };

function ratingsOf(form: Form): RatingCells[] {
  const { ratings } = form.definition.figures;
  if (ratings) {
    return ratings.map(({ label, cells }) => ({
      label,
      cells: cells.flatMap((address) => {
        const cell = form.byAddress.get(address);
        return cell?.type === 'code' ? [cell] : [];
      }),
    }));
  }
  const grades = blocksOf(form).filter((block) => block.layout === 'marks');
  const scales = Map.groupBy(grades, ({ cell }) =>
    JSON.stringify(cell.options.map(({ code, label }) => [code, label])),
  );
  return [...scales.values()].flatMap((blocks): RatingCells[] => {
    const isOneEach = new Set(blocks.map(({ cell }) => cell.writer)).size === blocks.length;
    if (isOneEach) return [{ label: blocks[0]?.label ?? '', cells: blocks.map(({ cell }) => cell) }];
    return blocks.map(({ cell }) => ({ label: cell.label, cells: [cell] }));
  });
}

type CostCells = { label: string; unit: string; columns: { year: number; label: string; address: string }[] };

function costsOf(form: Form): CostCells[] {
  const tables = blocksOf(form).filter((block): block is GridBlock => block.layout === 'grid');
  return form.definition.figures.costs.flatMap(({ table: key, row: rowKey, columns: chosen }): CostCells[] => {
    const table = tables.find((one) => one.key === key);
    const row = table?.rows.find((one) => one.key === rowKey);
    if (!table || !row) return [];
    const columns = table.columns.flatMap(({ source, year, label }, at) => {
      const cell = row.cells[at];
      const isMeant = chosen === undefined || chosen.includes(source);
      return cell?.type === 'decimal' && year !== undefined && isMeant ? [{ year, label, cell }] : [];
    });
    return [
      {
        label: row.label,
        unit: columns.find(({ cell }) => cell.unit !== undefined)?.cell.unit ?? '',
        columns: columns.map(({ year, label, cell }) => ({ year, label, address: cell.address })),
      },
    ];
  });
}
