// What every kind of field shares: the author's common properties, years as data, and label templates.
import { z } from 'zod';
import type { Option } from './cell.ts';

/**
 * Keys are joined by __ into addresses, so that no two ways of joining meet. Two words are kept back because the strict
 * JSON reader refuses them as names.
 */
export const keySpec = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, 'key は英小文字・数字と、間に一つずつの _ で書く')
  .max(60, 'key は60文字まで')
  .refine((key) => key !== 'constructor' && key !== 'prototype', { message: 'この key は使えない' });

/** A fiscal year written out. */
export const fiscalYearSpec = z.number().int().min(1900).max(2999);

/** A year as data: relative to the evaluation year, a fixed fiscal year, or an end of the plan. */
export const yearSpec = z.union([
  z.strictObject({ evaluation: z.number().int().min(-100).max(100) }),
  z.strictObject({ fixed: fiscalYearSpec }),
  z.strictObject({ plan: z.enum(['start', 'end']) }),
]);
export type YearSpec = z.output<typeof yearSpec>;

/** Properties that any field may have. */
export const fieldSpec = {
  key: keySpec,
  label: z.string().min(1),
  /** Stands for the label in the full path, where the sheet's own label would not be clear or unique; '' leaves it out. */
  path: z.string().optional(),
  help: z.string().optional(),
  required: z.boolean().default(false),
  writer: z.string().optional(),
  public: z.boolean().default(true),
};

/** What a kind needs to know to turn a field into a block. */
export type Context = {
  year: number;
  plan: { start: number; end: number };
  writer: string;
  /** Full path of what encloses the field; '' at the top. */
  path: string;
  scale(name: string): readonly Option[];
  /** Fills {evaluation}, {subject}, {planStart}, {planEnd} and the given extra names in a template (see fillNames). */
  expand(template: string, extra?: Record<string, string | number>): string;
  /** Reports a contradiction that only shows in this layout. */
  fault(finding: string): void;
};

/** The fiscal year that a YearSpec means in this sheet. */
export function yearOf(spec: YearSpec, context: Pick<Context, 'year' | 'plan'>): number {
  if ('evaluation' in spec) return context.year + spec.evaluation;
  if ('fixed' in spec) return spec.fixed;
  return context.plan[spec.plan];
}

export type Names = Readonly<Record<string, string | number>>;

/**
 * Fills {name} in a template; {name-1} and {name+2} are years so far away. What is no name is told to `fault` and left
 * out.
 */
export const fillNames = (template: string, names: Names, fault: (finding: string) => void): string =>
  template.replace(/\{(\w+)([+-]\d{1,3})?\}/g, (braces, name: string, away: string | undefined) => {
    const value = Object.hasOwn(names, name) ? names[name] : undefined;
    if (value !== undefined && away === undefined) return String(value);
    if (typeof value === 'number') return String(value + Number(away));
    fault(`${braces} は使えない`);
    return '';
  });

/** Joins the parts of a full label, leaving out empty ones. */
export const joinPath = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ');

type Placed = { key: string; label: string; path?: string | undefined; help?: string | undefined };

/** Properties that each cell of a field has in common. */
export function cellBase(
  field: Placed & { required: boolean; public: boolean; writer?: string | undefined },
  context: Context,
) {
  const short = context.expand(field.label);
  const own = field.path === undefined ? short : context.expand(field.path);
  return {
    address: field.key,
    label: joinPath(context.path, own),
    short,
    ...(field.help === undefined ? {} : { help: context.expand(field.help) }),
    writer: field.writer ?? context.writer,
    public: field.public,
    required: field.required ? ('always' as const) : ('never' as const),
  };
}
