// What the user interface is shown of packages and of the registry of senders.
import { z } from 'zod';
import { problemSchema } from '../kernel/problem.ts';
import { signerStates } from '../package/trust.ts';
import { confirmationState } from './views.ts';

const count = z.number().int().min(0);

/** undone: it was taken in and taken back; only a person may take it in again (`package.redo`). */
export const packageOutcome = z.enum(['applied', 'duplicate', 'stale', 'quarantined', 'refused', 'undone']);
export const sheetOutcome = z.enum(['new', 'updated', 'unchanged', 'merged', 'conflict', 'stale', 'refused']);
/**
 * new: was blank here. changed: something else stood here. merged: taken in beside work that the sender did not know.
 * same: the sender wrote what stands here already. conflict: a person has to decide. refused: not the sender's to write.
 * stale: the sender's older content, which does not come back.
 */
export const cellOutcome = z.enum(['new', 'changed', 'merged', 'same', 'conflict', 'refused', 'stale']);
export type PackageOutcome = z.output<typeof packageOutcome>;
export type SheetOutcome = z.output<typeof sheetOutcome>;
export type CellOutcome = z.output<typeof cellOutcome>;

/** One cell of a plan, in words as a person reads them, whole; a blank cell is ''. */
export const cellPlan = z.strictObject({
  address: z.string(),
  label: z.string(),
  outcome: cellOutcome,
  /** What stands here before. */
  before: z.string(),
  /** What stands here afterwards; for a conflict, a refusal and stale content: what the sender wrote. */
  after: z.string(),
  /** Why the sender's content does not simply stand; null where it does. */
  reason: z.string().nullable(),
});
export type CellPlan = z.output<typeof cellPlan>;

export const sheetResult = z.strictObject({
  number: z.string(),
  name: z.string(),
  outcome: sheetOutcome,
  /** The cells that the sender wrote or that change here, in the order of the form. */
  cells: z.array(cellPlan),
  /** What else arrives for the sheet, in words: remarks, confirmations, last year's content, another assignment. */
  beside: z.array(z.string()),
  /** Why the sheet as a whole is not taken; null otherwise. */
  reason: z.string().nullable(),
  /** What the sender knew to be missing. */
  incomplete: z.array(z.string()),
  /** Short digest of what then stands, as the section head sees it; null where the sheet is not taken. */
  digest: z.string().nullable(),
  /** Whether a section head's confirmation holds for what then stands; null where there is none and none is asked for. */
  confirmation: confirmationState.nullable(),
});
export type SheetResult = z.output<typeof sheetResult>;

export const packageResult = z.strictObject({
  /** The file's name as chosen. */
  file: z.string(),
  outcome: packageOutcome,
  reason: problemSchema.nullable(),
  kind: z.string().nullable(),
  /** The sender by the registry's name and workstation; null while the key is not registered here. */
  unit: z.string().nullable(),
  station: z.string().nullable(),
  /** What the sender calls itself: nobody has confirmed it. */
  claimed: z.string().nullable(),
  /** Print of the key under which the signature holds. */
  print: z.string().nullable(),
  sequence: z.number().int().nullable(),
  hash: z.string().nullable(),
  /** It had been set aside before. */
  held: z.boolean(),
  /** Advice on a package that is taken nevertheless. */
  notes: z.array(z.string()),
  /** Keys that take the place of others by this package, by their prints; a key never changes without being told. */
  succession: z.array(z.strictObject({ from: z.string(), to: z.string() })).optional(),
  sheets: z.array(sheetResult),
});
export type PackageResult = z.output<typeof packageResult>;

export const heldView = packageResult.extend({
  receivedAt: z.string(),
  /** A person does not want it; it stays in the list. */
  isDropped: z.boolean(),
});
export type HeldView = z.output<typeof heldView>;

/** What has arrived under one key. */
export const chainView = z.strictObject({
  print: z.string(),
  /** Registered name; null while the key is not registered. */
  unit: z.string().nullable(),
  station: z.string(),
  claimed: z.string(),
  packages: count,
  held: count,
  epochs: count,
  /** Ranges of numbers that have not arrived; of many, the first ones. */
  missing: z.array(z.strictObject({ from: z.number().int(), to: z.number().int() })),
  missingCount: count,
  /** Places at which the key spoke with two tongues. */
  forks: count,
  lastSeen: z.string(),
});
export type ChainView = z.output<typeof chainView>;

/**
 * fork: two packages at one place, or one that does not follow from the one before. return: an older count went on after
 * a newer one had begun. cloned: the other side holds packages under the own key that this file never sent.
 */
export const alarmView = z.strictObject({
  id: z.string(),
  kind: z.enum(['fork', 'return', 'cloned']),
  print: z.string(),
  unit: z.string().nullable(),
  station: z.string(),
  sequence: z.number().int().nullable(),
  noted: z.strictObject({ at: z.string(), person: z.string() }).nullable(),
});
export type AlarmView = z.output<typeof alarmView>;

export const chains = z.strictObject({ chains: z.array(chainView), alarms: z.array(alarmView) });

/** The folder that is watched, and what lies in it. Names only: no path leaves the privileged side. */
export const inboxView = z.strictObject({
  folder: z.string().nullable(),
  /** Why the folder cannot be looked into just now; it is looked at again. */
  problem: problemSchema.nullable(),
  /** Whole packages that were not taken in yet; the handles are good for `package.plan`. */
  fresh: z.array(z.strictObject({ file: z.string(), name: z.string() })),
  /** Still being copied, as far as one can see. */
  waiting: z.array(z.string()),
  /** Neither growing nor a package that can be opened, with what befell them. */
  spoiled: z.array(z.strictObject({ file: z.string(), name: z.string(), problem: problemSchema })),
  /** Already taken in, or set aside. */
  known: count,
});
export type InboxView = z.output<typeof inboxView>;

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
  /** Registered name of the workstation; for keys that are only seen, the name that they claim. */
  station: z.string(),
  /** seen: something from it has been set aside; the others as in the registry. */
  state: z.enum(['seen', 'expected', 'trusted', 'retired', 'revoked']),
  /** Print of the key whose place it took. */
  follows: z.string().nullable(),
  packages: count,
  lastSequence: z.number().int().nullable(),
  /** Packages that were taken in and lie beyond what counts of it. */
  after: count,
});
export type SignerView = z.output<typeof signerView>;

/** A workstation of the own department, as the office has registered it. */
export const station = z.strictObject({
  print: z.string(),
  station: z.string(),
  state: z.enum(signerStates),
  isThis: z.boolean(),
});
export type Station = z.output<typeof station>;

/** A package that was taken in or set aside, with the numbers of its sheets. */
export const keptPackage = z.strictObject({
  hash: z.string(),
  kind: z.string(),
  outcome: z.enum(['applied', 'quarantined', 'undone']),
  epoch: z.string(),
  sequence: z.number().int(),
  madeAt: z.string(),
  receivedAt: z.string(),
  sheets: z.array(z.string()),
});
export type KeptPackage = z.output<typeof keptPackage>;
