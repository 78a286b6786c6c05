// What the user interface is shown of packages and of the registry of senders.
import { z } from 'zod';
import { problemSchema } from '../kernel/problem.ts';

const count = z.number().int().min(0);

export const packageOutcome = z.enum(['applied', 'duplicate', 'stale', 'quarantined', 'refused']);
export const sheetOutcome = z.enum(['new', 'updated', 'unchanged', 'merged', 'conflict', 'refused']);
export type PackageOutcome = z.output<typeof packageOutcome>;
export type SheetOutcome = z.output<typeof sheetOutcome>;

export const packageResult = z.strictObject({
  /** The file's name as chosen; the registry's name of the sender stands in `unit`. */
  file: z.string(),
  outcome: packageOutcome,
  reason: problemSchema.nullable(),
  kind: z.string().nullable(),
  unit: z.string().nullable(),
  print: z.string().nullable(),
  sequence: z.number().int().nullable(),
  hash: z.string().nullable(),
  sheets: z.array(
    z.strictObject({
      number: z.string(),
      name: z.string(),
      outcome: sheetOutcome,
      /** Addresses that a person has to decide, cells the sender may not write, and cells that change. */
      conflicts: z.array(z.string()),
      refused: z.array(z.string()),
      changed: z.array(z.string()),
      /** Labels of the addresses above. */
      labels: z.record(z.string(), z.string()),
      reason: z.string().nullable(),
      incomplete: z.array(z.string()),
    }),
  ),
});
export type PackageResult = z.output<typeof packageResult>;

export const inspectView = z.strictObject({
  file: z.string(),
  kind: z.string().nullable(),
  sender: z.strictObject({ unit: z.string(), print: z.string(), publicKey: z.string() }).nullable(),
  recipient: z.string().nullable(),
  year: z.number().int().nullable(),
  sequence: z.number().int().nullable(),
  at: z.string().nullable(),
  sheets: z.array(z.strictObject({ number: z.string(), head: z.string() })),
  hash: z.string().nullable(),
  /** The bytes are what the sender signed. It does not say that the sender is known here. */
  verified: z.boolean(),
  problem: problemSchema.nullable(),
});
export type InspectView = z.output<typeof inspectView>;

export const signerView = z.strictObject({
  print: z.string(),
  /** Registered name; for keys that are only seen, the name that they claim. */
  unit: z.string(),
  /** seen: something from it has been set aside; the others as in the registry. */
  state: z.enum(['seen', 'expected', 'trusted', 'retired', 'revoked']),
  packages: count,
  lastSequence: z.number().int().nullable(),
});
export type SignerView = z.output<typeof signerView>;

export const writtenPackage = z.strictObject({
  file: z.string(),
  unit: z.string(),
  sequence: z.number().int(),
  hash: z.string(),
  sheets: z.array(z.string()),
});
export type WrittenPackage = z.output<typeof writtenPackage>;
