// What a package says: who sends what to whom, where in the sender's sequence it stands, and the artifacts it carries.
import { z } from 'zod';
import { previousSchema } from '../revision/previous.ts';
import { remarkSchema } from '../revision/remark.ts';
import {
  assignmentSchema,
  hashSchema,
  instantSchema,
  revisionSchema,
  sheetIdSchema,
  unitSchema,
} from '../revision/revision.ts';

const printSchema = z.string().regex(/^\d{30}$/);

const header = {
  format: z.literal('hyoka-package/1'),
  /** The round of evaluation that this belongs to; made with the office's file. */
  office: z.strictObject({ unit: unitSchema, print: printSchema }),
  year: z.number().int().min(1900).max(2999),
  sender: z.strictObject({
    unit: unitSchema,
    print: printSchema,
    /** Base64 of the 32 bytes. It says who signed; whether that is trusted is decided by the receiver's registry. */
    publicKey: z.string().max(100),
  }),
  recipient: z.strictObject({ unit: unitSchema }),
  /** Starts anew when a workspace is restored from a copy. */
  epoch: z.string().regex(/^[0-9a-f]{16}$/),
  sequence: z.number().int().min(1).max(9_999_999),
  /** Hash of the payload before this one in the same epoch. */
  previous: hashSchema.nullable(),
  at: instantSchema,
  sheets: z
    .array(
      z.strictObject({ sheet: sheetIdSchema, number: z.string().max(200), heads: z.array(hashSchema).min(1).max(20) }),
    )
    .min(1)
    .max(5_000),
  revisions: z.array(revisionSchema).max(20_000),
  /** All that the sender may say of what is said on these sheets; absent in packages of older programs. */
  remarks: z.array(remarkSchema).max(20_000).optional(),
};

export const distributionSchema = z.strictObject({
  ...header,
  kind: z.literal('distribution'),
  /** Definitions as their authors wrote them: hashed as they are, read with `readDefinition` afterwards. */
  forms: z.array(z.record(z.string(), z.unknown())).min(1).max(20),
  assignments: z.array(assignmentSchema).min(1).max(5_000),
  /** The same sheets in the evaluation before, with the definitions that they are filled in where those differ. */
  lastYear: z
    .strictObject({
      forms: z.array(z.record(z.string(), z.unknown())).max(20),
      sheets: z.array(z.strictObject({ sheet: sheetIdSchema, previous: previousSchema })).max(5_000),
    })
    .optional(),
});

export const submissionSchema = z.strictObject({
  ...header,
  kind: z.literal('submission'),
  forms: z.array(hashSchema).min(1).max(20),
  /** Sheets handed in although something is missing, with the labels: the sender knew and said so. */
  incomplete: z.array(z.strictObject({ sheet: sheetIdSchema, missing: z.array(z.string()).max(5_000) })).max(5_000),
});

export const payloadSchema = z.discriminatedUnion('kind', [distributionSchema, submissionSchema]);
export type Distribution = z.output<typeof distributionSchema>;
export type Submission = z.output<typeof submissionSchema>;
export type Payload = z.output<typeof payloadSchema>;
