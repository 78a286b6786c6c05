// What a package says: who sends what to whom, where in the sender's sequence it stands, and the artifacts it carries.
// The rules, with their numbers, are in SPEC.md.
import { z } from 'zod';
import { confirmationSchema } from '../revision/confirmation.ts';
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
import {
  epochSchema,
  LONGEST_LINEAGE,
  printSchema,
  publicKeySchema,
  registrySchema,
  rotationSchema,
  sequenceSchema,
  stationSchema,
} from './trust.ts';

/** A place in the sequence of a key: the packages that it sent to one recipient, numbered from 1 in each epoch. */
export const placeSchema = z.strictObject({
  print: printSchema,
  epoch: epochSchema,
  sequence: sequenceSchema,
  payload: hashSchema,
});
export type Place = z.output<typeof placeSchema>;

const header = {
  format: z.literal('hyoka-package/1'),
  /** The round of evaluation that this belongs to: the office's name, and the key that founded the round. */
  office: z.strictObject({ unit: unitSchema, print: printSchema }),
  year: z.number().int().min(1900).max(2999),
  sender: z.strictObject({
    unit: unitSchema,
    station: stationSchema,
    print: printSchema,
    /** It says who signed; whether that is trusted is decided by the receiver's registry. */
    publicKey: publicKeySchema,
    /** age recipients under which an answer may be sealed: the workstation's, and that of its recovery file. */
    seals: z.array(z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/)).max(2),
  }),
  /** A department has many workstations and is named by its unit alone; the office by the key that is in force. */
  recipient: z.strictObject({ unit: unitSchema, print: printSchema.nullable() }),
  /** Starts anew when a workspace is restored from a copy, or its key replaced. */
  epoch: epochSchema,
  /** Counts what this key sent to this recipient in this epoch, from 1. */
  sequence: sequenceSchema,
  /** Hash of the payload before this one in the same epoch and to the same recipient; null for the first. */
  previous: hashSchema.nullable(),
  /** The last package taken in from each key of the other side: it acknowledges them and holds the tip of their chain. */
  seen: z.array(placeSchema).max(200),
  /** By which statements the signing key follows from older ones, the oldest first; too many are refused by name. */
  lineage: z.array(rotationSchema).max(2 * LONGEST_LINEAGE),
  at: instantSchema,
};

const contents = {
  sheets: z
    .array(
      z.strictObject({ sheet: sheetIdSchema, number: z.string().max(200), heads: z.array(hashSchema).min(1).max(20) }),
    )
    .min(1)
    .max(5_000),
  revisions: z.array(revisionSchema).max(20_000),
  /** All that the sender may say of what is said on these sheets. */
  remarks: z.array(remarkSchema).max(20_000),
  /** The section heads' words on these sheets that the sender knows of. */
  confirmations: z.array(confirmationSchema).max(20_000),
};

/** What the office tells a department beside the sheets. */
const fromOffice = {
  /** Definitions as their authors wrote them: hashed as they are, read with `readDefinition` afterwards. */
  forms: z.array(z.record(z.string(), z.unknown())).min(1).max(20),
  assignments: z.array(assignmentSchema).min(1).max(5_000),
  /** Keys of the recipient's unit and of the office, as the office has registered them. */
  registry: registrySchema,
};

export const distributionSchema = z.strictObject({
  ...header,
  ...contents,
  ...fromOffice,
  kind: z.literal('distribution'),
  /** The same sheets in the evaluation before, with the definitions that they are filled in where those differ. */
  lastYear: z.strictObject({
    forms: z.array(z.record(z.string(), z.unknown())).max(20),
    sheets: z.array(z.strictObject({ sheet: sheetIdSchema, previous: previousSchema })).max(5_000),
  }),
});

export const submissionSchema = z.strictObject({
  ...header,
  ...contents,
  kind: z.literal('submission'),
  forms: z.array(hashSchema).min(1).max(20),
  /** Sheets handed in although something is missing, with the labels: the sender knew and said so. */
  incomplete: z.array(z.strictObject({ sheet: sheetIdSchema, missing: z.array(z.string()).max(5_000) })).max(5_000),
});

/** remarked: a remark waits for an answer. overruled: another side's content was taken. refused: not the sender's to write. */
export const verdicts = ['remarked', 'overruled', 'refused'] as const;

/** What the office has decided of a sheet that was handed in; cells that are not named stand as they came. */
export const decisionSchema = z.strictObject({
  sheet: sheetIdSchema,
  decision: z.enum(['accepted', 'returned']),
  /** Heads that the office judged. */
  heads: z.array(hashSchema).min(1).max(20),
  cells: z.array(z.strictObject({ address: z.string().regex(/^\w{1,200}$/), verdict: z.enum(verdicts) })).max(5_000),
});
export type Decision = z.output<typeof decisionSchema>;

export const returnSchema = z.strictObject({
  ...header,
  ...contents,
  ...fromOffice,
  kind: z.literal('return'),
  /** One for each of `sheets`. */
  decisions: z.array(decisionSchema).min(1).max(5_000),
});

/** What became of a package at the receiver's. */
export const receiptOutcomes = ['applied', 'quarantined', 'undone'] as const;

const LONGEST_REASON = 400;

/** A sheet of a package that is not taken as a whole, with the reason in words. */
export const refusedSheetSchema = z.strictObject({ sheet: sheetIdSchema, reason: z.string().max(LONGEST_REASON) });
export type RefusedSheet = z.output<typeof refusedSheetSchema>;

/** The same, with a reason of any length cut to what a receipt may say. */
export const refusedSheet = (sheet: string, reason: string): RefusedSheet => ({
  sheet,
  reason: [...reason].slice(0, LONGEST_REASON / 2).join(''),
});

export const receiptSchema = z.strictObject({
  ...header,
  kind: z.literal('receipt'),
  /** Every package of the recipient's keys that is here, in the order of their sequences. */
  receipts: z
    .array(
      z.strictObject({
        ...placeSchema.shape,
        outcome: z.enum(receiptOutcomes),
        /** Code of the problem for which it waits. */
        reason: z.string().max(60).nullable(),
        /** Its sheets that were not taken. */
        refused: z.array(refusedSheetSchema).max(5_000),
        receivedAt: instantSchema,
      }),
    )
    .min(1)
    .max(20_000),
  registry: registrySchema,
});

export const payloadSchema = z.discriminatedUnion('kind', [
  distributionSchema,
  submissionSchema,
  returnSchema,
  receiptSchema,
]);
const LONGEST = 20_000;

/**
 * Whether a payload has a list or a record longer than any that the schema takes: told before the schema looks at
 * every item of it, so that a million bad rows cost no more than one.
 */
export function isOverlong(value: unknown): boolean {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const items = Object.values(next);
    if (items.length > LONGEST) return true;
    for (const item of items) if (typeof item === 'object' && item !== null) open.push(item);
  }
  return false;
}

export type Distribution = z.output<typeof distributionSchema>;
export type Submission = z.output<typeof submissionSchema>;
export type Return = z.output<typeof returnSchema>;
export type Receipt = z.output<typeof receiptSchema>;
/** A package that carries sheets. */
export type Carrier = Distribution | Submission | Return;
export type Payload = Carrier | Receipt;
