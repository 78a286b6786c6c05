// The two immutable artifacts of a sheet: a revision (what stood in it) and an assignment (who fills it, in which form).
// Each is named by the SHA-256 of its canonical JSON (RFC 8785).
import { z } from 'zod';

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** Made once by the office, never reused, without meaning: numbers and names may change, this does not. */
export const sheetIdSchema = z.string().regex(/^s[0-9a-f]{20}$/);
export const instantSchema = z.iso.datetime({ precision: 3 });
// What cannot be seen, or turns the text beside it round: two names that look alike would be two names. Variants of
// characters (異体字) are told by selectors, which may stay.
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--\p{Variation_Selector}]/v;

/** A name that people go by: one spelling (NFC), no blanks around it, nothing in it that cannot be seen. */
export const nameSchema = z
  .string()
  .max(200)
  .refine((name) => name === name.normalize('NFC') && name.trim() === name && !UNSEEN.test(name), {
    message: '名前の表記が正しくない',
  });
export const unitSchema = nameSchema.min(1).max(100);

export const scalarSchema = z.union([z.string(), z.boolean()]);
export const storedValuesSchema = z.record(z.string().regex(/^\w{1,200}$/), scalarSchema);

export const authorSchema = z.strictObject({
  role: z.enum(['office', 'department']),
  unit: unitSchema,
  /** Print of the workstation's key. */
  station: z.string().regex(/^\d{30}$/),
});

export const revisionSchema = z.strictObject({
  format: z.literal('hyoka-revision/1'),
  form: hashSchema,
  year: z.number().int().min(1900).max(2999),
  sheet: sheetIdSchema,
  parents: z.array(hashSchema).max(2),
  author: authorSchema,
  /** For people only: no decision rests on a clock. */
  at: instantSchema,
  note: z.string().max(2_000),
  values: storedValuesSchema,
});
export type Revision = z.output<typeof revisionSchema>;

export const assignmentSchema = z.strictObject({
  format: z.literal('hyoka-assignment/1'),
  sheet: sheetIdSchema,
  form: hashSchema,
  year: z.number().int().min(1900).max(2999),
  /** Departments that fill the sheet; the first one is in charge. */
  units: z.array(unitSchema).min(1).max(20),
  /** Addresses that the office filled in beforehand; departments may not write them. */
  fixed: z.array(z.string().regex(/^\w{1,200}$/)).max(500),
  /** Key of the round of the form that is in force; without it, everybody may write who may write at all. */
  round: z
    .string()
    .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
    .max(60)
    .optional(),
});
export type Assignment = z.output<typeof assignmentSchema>;
