// What the user interface is told of filled sheets from outside.
import { z } from 'zod';
import { problemSchema } from '../kernel/problem.ts';
import { scalarSchema } from '../revision/revision.ts';
import { leftover, question } from './views.ts';

/** What a column of a merge workbook is for; `left`: for no cell, its texts are listed; `ignored`: not even that. */
export const columnUse = z.discriminatedUnion('use', [
  z.strictObject({ column: z.number().int().min(0), use: z.literal('cell'), address: z.string().min(1).max(500) }),
  z.strictObject({ column: z.number().int().min(0), use: z.literal('left') }),
  z.strictObject({ column: z.number().int().min(0), use: z.literal('ignored') }),
]);
export type ColumnUse = z.output<typeof columnUse>;

const sheetName = z.strictObject({ id: z.string(), number: z.string(), name: z.string() });

export const intakeView = z.strictObject({
  sheet: sheetName,
  /**
   * Cells as read: what will stand in them (`value` null where a settled state stands instead); `same` when it stood there
   * already. `replaced` is what stands there now, as a person reads it, and goes; null where nothing goes.
   */
  matched: z.array(
    z.strictObject({
      address: z.string(),
      label: z.string(),
      value: scalarSchema.nullable(),
      state: z.string().nullable(),
      same: z.boolean(),
      replaced: z.string().nullable(),
    }),
  ),
  asked: z.array(question),
  unmatched: z.array(leftover),
  /** Remarks on the reading as a whole, such as spaces read as line breaks. */
  notes: z.array(z.string()),
});
export type IntakeView = z.output<typeof intakeView>;

/** A worksheet, or a row of a merge workbook, and the sheet that it is for. */
export const filledPart = z.strictObject({
  /** Names it in later questions about the same file. */
  part: z.number().int(),
  /** A worksheet's name, or which row. */
  name: z.string(),
  isHidden: z.boolean(),
  /** The number that stands in it. */
  number: z.string().nullable(),
  /** null where a person has to say, or where it is for none. */
  sheet: sheetName.nullable(),
  /** How many cells change, of them with something in its place now, and how much has to be asked and is left over. */
  counts: z
    .strictObject({
      matched: z.number().int(),
      changed: z.number().int(),
      replaced: z.number().int(),
      asked: z.number().int(),
      unmatched: z.number().int(),
    })
    .nullable(),
  /** Why it cannot be taken as it is. */
  problem: problemSchema.nullable(),
});
export type FilledPart = z.output<typeof filledPart>;

/** A column of a merge workbook with what it is for and why that is thought. */
export const filledColumn = z.strictObject({
  column: z.number().int(),
  /** Its headings from top to bottom. */
  path: z.array(z.string()),
  samples: z.array(z.string()),
  use: columnUse,
  /** kept: as last time; proposed: by its headings; asked: several cells fit; none: no cell fits; given: by a person now. */
  how: z.enum(['kept', 'proposed', 'asked', 'none', 'given']),
  /** The cells that fit equally well. */
  near: z.array(z.string()),
});
export type FilledColumn = z.output<typeof filledColumn>;

/** What a file holds: a sheet a worksheet, or a sheet a row. */
export const filledSurvey = z.strictObject({
  name: z.string(),
  layout: z.enum(['sheets', 'rows']),
  /** For `form.show`: the cells that columns may be for. */
  form: z.string(),
  year: z.number().int(),
  parts: z.array(filledPart),
  columns: z.array(filledColumn),
  /** Texts that belong to no part, and remarks on the reading as a whole. */
  asides: z.array(leftover),
  notes: z.array(z.string()),
});
export type FilledSurvey = z.output<typeof filledSurvey>;

/** A part that was taken. */
export const takenPart = z.strictObject({
  part: z.number().int(),
  sheet: sheetName,
  changed: z.number().int(),
  asked: z.number().int(),
  unmatched: z.number().int(),
});
