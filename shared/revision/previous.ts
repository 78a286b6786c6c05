// A sheet of an earlier evaluation as it stood at the end, kept for comparison beside this year's. Cells of the two
// correspond by address, since addresses name the western year that a value is about.
import { z } from 'zod';
import { hashSchema, storedValuesSchema, unitSchema } from './revision.ts';

export const previousSchema = z.strictObject({
  format: z.literal('hyoka-previous/1'),
  year: z.number().int().min(1900).max(2999),
  number: z.string().min(1).max(200),
  name: z.string().max(20_000),
  /** The one in charge first. */
  units: z.array(unitSchema).max(20),
  /** null where the source did not bring its form along. */
  form: hashSchema.nullable(),
  /** The revisions that it stood on, as far as the source knew them. */
  revisions: z.array(hashSchema).max(20),
  values: storedValuesSchema,
});
export type Previous = z.output<typeof previousSchema>;
