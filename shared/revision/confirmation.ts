// The section head's word that a sheet is right (課長確認): bound to the digest of what stood in it, so that it falls by
// itself when a cell changes. Each is an artifact of its own and only ever added.
import { z } from 'zod';
import { authorSchema, hashSchema, instantSchema, nameSchema, sheetIdSchema } from './revision.ts';

export const confirmationSchema = z.strictObject({
  format: z.literal('hyoka-confirmation/1'),
  sheet: sheetIdSchema,
  /** Digest of the sheet that was confirmed (`sheetDigest`). */
  digest: hashSchema,
  /** Who confirmed, as typed: post and name. */
  name: nameSchema.min(1).max(100),
  author: authorSchema,
  at: instantSchema,
});
export type Confirmation = z.output<typeof confirmationSchema>;
