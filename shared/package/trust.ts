// What packages say about keys: statements by which a key hands its place on, and the office's registry as it stands.
import { z } from 'zod';
import { instantSchema, nameSchema, unitSchema } from '../revision/revision.ts';

export const printSchema = z.string().regex(/^\d{30}$/);

/**
 * A print as somebody typed it, from paper or the telephone: blanks, hyphens of any kind and full-width digits do not
 * matter, every digit does. What is no digit stays, so that it can never be taken for a print.
 */
export const typedPrint = (typed: string): string => typed.normalize('NFKC').replace(/[\s\p{Pd}\u2212\u30fc]/gu, '');
export const epochSchema = z.string().regex(/^[0-9a-f]{16}$/);
/** Behind it a sender begins a new epoch. */
export const LAST_SEQUENCE = 9_999_999;
export const sequenceSchema = z.number().int().min(1).max(LAST_SEQUENCE);
/** Base64 of the 32 bytes of an Ed25519 key. */
export const publicKeySchema = z.string().max(100);
/** What people call a workstation (窓口の端末); blank where nobody has said. */
export const stationSchema = nameSchema.max(60);

/** The last sequence number that counts, for each epoch that counts; what lies beyond is not trusted. */
export const limitSchema = z
  .array(z.strictObject({ epoch: epochSchema, sequence: z.number().int().min(0).max(LAST_SEQUENCE) }))
  .max(100);
export type Limit = z.output<typeof limitSchema>;

/** The payloadType under which a statement of rotation is signed (DSSE's PAE), so that it is good for nothing else. */
export const ROTATION_TYPE = 'application/vnd.hyoka.rotation.v1+json';

/**
 * A key names the one that takes its place, and how far its own packages go. `signature`: base64, by `from`, over the
 * PAE of ROTATION_TYPE and the canonical JSON of `statement`.
 */
export const rotationSchema = z.strictObject({
  statement: z.strictObject({
    format: z.literal('hyoka-rotation/1'),
    /** Print of the key that founded the round. */
    office: printSchema,
    unit: unitSchema,
    from: publicKeySchema,
    to: publicKeySchema,
    limit: limitSchema,
    at: instantSchema,
  }),
  signature: z.string().max(100),
});
export type Rotation = z.output<typeof rotationSchema>;

/** More statements than these are no lineage (a key of each year of a working life). */
export const LONGEST_LINEAGE = 20;

/** Whether a place in a key's sequence counts under a bound; null: every place does. */
export const isWithin = (limit: Limit | null, { epoch, sequence }: { epoch: string; sequence: number }): boolean =>
  limit === null || limit.some((bound) => bound.epoch === epoch && sequence <= bound.sequence);

/** trusted: counts. retired: another key has taken its place. revoked: somebody has said that it is no longer good. */
export const signerStates = ['trusted', 'retired', 'revoked'] as const;

/** One key of the office's registry, as the office's packages carry it to whom it concerns. */
export const registrySchema = z
  .array(
    z.strictObject({
      print: printSchema,
      unit: unitSchema,
      station: stationSchema,
      state: z.enum(signerStates),
      /** null: all of its packages count. */
      limit: limitSchema.nullable(),
    }),
  )
  .max(500);
export type Registry = z.output<typeof registrySchema>;
