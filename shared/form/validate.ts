// The draft validator: whether values may stand in a form at all. It never asks for completeness.
import { z } from 'zod';
import { forbiddenCharacter } from '../kernel/json.ts';
import { type Cell, isComputed, NUMBER_STATES, rawAddress, stateAddress } from './cell.ts';
import type { Form } from './form.ts';

/** Hard limit of one text, far above any print box: it guards the program, not the office. */
export const TEXT_LIMIT = 20_000;

const textSchema = z
  .string()
  .min(1)
  .max(TEXT_LIMIT)
  .refine((text) => forbiddenCharacter(text) === undefined, { message: '使えない制御文字がある' });

/** Fixed decimal: no leading zeros, no plus sign, no negative zero, no trailing zeros beyond what was written. */
export const decimalPattern = (decimals: number): RegExp =>
  new RegExp(`^(?!-0(?:\\.0*)?$)-?(?:0|[1-9]\\d{0,17})${decimals > 0 ? `(?:\\.\\d{1,${decimals}})?` : ''}$`);

function cellSchema(cell: Cell): z.ZodType {
  if (cell.type === 'text') return textSchema;
  if (cell.type === 'decimal') return z.string().regex(decimalPattern(cell.decimals), '数ではない');
  if (cell.type === 'flag') return z.literal(true);
  return z.enum(cell.options.map((option) => option.code));
}

const schemas = new WeakMap<Form, z.ZodType>();

/** The schema that stored values of this form satisfy; unknown and computed addresses are refused. */
export function valuesSchema(form: Form): z.ZodType {
  const known = schemas.get(form);
  if (known) return known;
  const shape: Record<string, z.ZodType> = {};
  for (const cell of form.cells) {
    if (isComputed(cell)) continue;
    shape[cell.address] = cellSchema(cell).optional();
    shape[rawAddress(cell.address)] = textSchema.optional();
    if (cell.type === 'decimal' && cell.states.length > 0) {
      const codes = NUMBER_STATES.map((state) => state.code).filter((code) => cell.states.includes(code));
      shape[stateAddress(cell.address)] = z.enum(codes).optional();
    }
  }
  const schema = z.strictObject(shape);
  schemas.set(form, schema);
  return schema;
}

/** What is wrong with the values, at most 100 findings; empty when they may stand. */
export function findFaults(form: Form, values: unknown): string[] {
  const parsed = valuesSchema(form).safeParse(values);
  if (parsed.success) return [];
  return parsed.error.issues.slice(0, 100).map((issue) => {
    const at = String(issue.path[0] ?? '');
    return `${form.byAddress.get(at)?.label ?? at}：${issue.message}`;
  });
}
