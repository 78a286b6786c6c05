// The draft validator: whether values may stand in a form at all. It never asks for completeness.
import { z } from 'zod';
import { forbiddenCharacter } from '../kernel/json.ts';
import {
  type Cell,
  type DecimalCell,
  isComputed,
  NUMBER_STATES,
  ownAddress,
  rawAddress,
  reasonParts,
  stateAddress,
  type Values,
} from './cell.ts';
import type { Form } from './form.ts';
import { labelAt } from './label.ts';

/** Hard limit of one text, far above any print box: it guards the program, not the office. */
export const TEXT_LIMIT = 20_000;

const textSchema = z
  .string('文字ではない')
  .min(1, '空の文字列は置けない')
  .max(TEXT_LIMIT, `長すぎる（上限 ${TEXT_LIMIT} 文字）`)
  .refine((text) => forbiddenCharacter(text) === undefined, { message: '使えない制御文字がある' });

/** Fixed decimal: no leading zeros, no plus sign, no negative zero, no trailing zeros beyond what was written. */
export const decimalPattern = (decimals: number): RegExp =>
  new RegExp(`^(?!-0(?:\\.0*)?$)-?(?:0|[1-9]\\d{0,17})${decimals > 0 ? `(?:\\.\\d{1,${decimals}})?` : ''}$`);

/** A fiscal year as a cell stores it, within the years that a form may speak of. */
const YEAR = /^(?:19|2\d)\d\d$/;

/** What a stored number of the cell looks like. */
export const numberPattern = (cell: DecimalCell): RegExp => (cell.isYear ? YEAR : decimalPattern(cell.decimals));

function cellSchema(cell: Cell): z.ZodType {
  if (cell.type === 'text') return textSchema;
  if (cell.type === 'decimal') {
    const what = cell.isYear ? '年度ではない' : '数ではない';
    return z.string(what).regex(numberPattern(cell), what);
  }
  if (cell.type === 'flag') return z.literal(true, '印ではない');
  return z.enum(
    cell.options.map((option) => option.code),
    '選択肢にない',
  );
}

const schemas = new WeakMap<Form, z.ZodType>();

/** The schema that stored values of this form satisfy, reasons apart; unknown and computed addresses and excluded pairs are refused. */
function valuesSchema(form: Form): z.ZodType {
  const known = schemas.get(form);
  if (known) return known;
  const shape: Record<string, z.ZodType> = {};
  for (const cell of form.cells) {
    if (isComputed(cell)) continue;
    shape[cell.address] = cellSchema(cell).optional();
    shape[rawAddress(cell.address)] = textSchema.optional();
    if (cell.type === 'decimal' && cell.states.length > 0) {
      const codes = NUMBER_STATES.map((state) => state.code).filter((code) => cell.states.includes(code));
      shape[stateAddress(cell.address)] = z.enum(codes, 'この欄では使えない状態').optional();
    }
  }
  const schema = z
    .strictObject(shape, {
      error: (issue) => (issue.code === 'unrecognized_keys' ? '様式にない番地がある' : undefined),
    })
    .superRefine((values, context) => {
      for (const [address, message] of [
        ...impossiblePairs(form, values as Values),
        ...statesBesideNumbers(form, values as Values),
      ]) {
        context.addIssue({ code: 'custom', path: [address], message });
      }
    });
  schemas.set(form, schema);
  return schema;
}

/** Pairs of codes that a matrix excludes: the address of the row's cell, and why in words. */
export function impossiblePairs(form: Form, values: Values): [string, string][] {
  const blocks = form.sections.flatMap((section) => section.groups.flatMap((group) => group.blocks));
  return blocks.flatMap((block): [string, string][] => {
    if (block.layout !== 'matrix') return [];
    const [row, column] = [values[block.row.address], values[block.column.address]];
    if (!block.excluded.some(([a, b]) => a === row && b === column)) return [];
    const named = block.column.options.find((option) => option.code === column)?.label ?? String(column);
    return [[block.row.address, `「${block.column.short} ${named}」とは組み合わせられない`]];
  });
}

/** Cells in which a state that stands in place of a number stands beside one: nobody could say which of the two is meant. */
function statesBesideNumbers(form: Form, values: Values): [string, string][] {
  return form.cells.flatMap((cell): [string, string][] => {
    const state = NUMBER_STATES.find(({ code }) => code === values[stateAddress(cell.address)]);
    if (!state?.settled || values[cell.address] === undefined) return [];
    return [[cell.address, `「${state.label}」と数の両方が入っている`]];
  });
}

/** What is wrong with the values, at most 100 findings; empty when they may stand. */
export function findFaults(form: Form, values: unknown): string[] {
  const [cells, reasons] = withoutReasons(form, values);
  const parsed = valuesSchema(form).safeParse(cells);
  const findings = [...(parsed.error?.issues ?? []), ...reasonIssues(reasons)].flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key.slice(0, 200)}：${issue.message}`);
    const label = labelAt(form, ownAddress(String(issue.path[0] ?? '')));
    return [label === '' ? issue.message : `${label}：${issue.message}`];
  });
  return findings.slice(0, 100);
}

type Entries = Readonly<Record<string, unknown>>;

/**
 * The record in two: cells, and the reasons that this form has a place for (an existing cell and one of its checks).
 * They are no part of the schema: every cell times every check would make it grow beyond bounds.
 */
function withoutReasons(form: Form, values: unknown): [cells: unknown, reasons: Entries] {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return [values, {}];
  const keys = new Set(form.checks.map((check) => check.key));
  const [cells, reasons]: [[string, unknown][], [string, unknown][]] = [[], []];
  for (const entry of Object.entries(values)) {
    const parts = reasonParts(entry[0]);
    (parts && form.byAddress.has(parts.address) && keys.has(parts.check) ? reasons : cells).push(entry);
  }
  return [Object.fromEntries(cells), Object.fromEntries(reasons)];
}

const reasonIssues = (reasons: Entries): z.core.$ZodIssue[] =>
  z.record(z.string(), textSchema).safeParse(reasons).error?.issues ?? [];
