// What was published: which sheets, at which revisions, in which edition. It names what it holds and repeats none of it,
// so that everything made of it can be made again, whatever the sheets say by then.
import { z } from 'zod';
import { hashSchema, instantSchema, nameSchema, sheetIdSchema, unitSchema } from './revision.ts';

/** What the office says of a publication, in its own words; blank: nothing is said. */
export const publicationTextsSchema = z.strictObject({
  /** Whose publication it is, such as the name of the town. */
  publisher: nameSchema.max(100),
  /** 出典: how it wants to be named by whoever uses the data. */
  source: z.string().max(2_000),
  licence: z.string().max(2_000),
  /** What readers should know of this evaluation. */
  note: z.string().max(10_000),
});
export type PublicationTexts = z.output<typeof publicationTextsSchema>;

const publishedSheetSchema = z.strictObject({
  sheet: sheetIdSchema,
  /** The assignment that was in force: it names the form, the year and the departments. */
  assignment: hashSchema,
  /** The revisions on which it stood; its values follow from these. */
  heads: z.array(hashSchema).max(100),
  /** Cells that were not taken from a revision below, by revision. */
  refused: z.record(hashSchema, z.array(z.string().regex(/^\w{1,200}$/)).max(5_000)),
  /** SHA-256 of the canonical JSON of its values, to notice it if they came out otherwise. */
  values: hashSchema,
});
export type PublishedSheet = z.output<typeof publishedSheetSchema>;

export const publicationSchema = z.strictObject({
  format: z.literal('hyoka-publication/1'),
  /** 第1号, 第2号 …, counted in one file. */
  number: z.number().int().min(1),
  at: instantSchema,
  /** Who published it, as typed; it is printed nowhere. */
  person: nameSchema.min(1).max(100),
  office: unitSchema,
  year: z.number().int().min(1900).max(2999),
  edition: z.enum(['internal', 'public']),
  years: z.enum(['western', 'era']),
  texts: publicationTextsSchema,
  /** In the order of the list. */
  sheets: z.array(publishedSheetSchema).min(1).max(5_000),
});
export type Publication = z.output<typeof publicationSchema>;
