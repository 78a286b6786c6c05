// What the user interface is shown of places to write to, of what is written there, and of the export register.
import { z } from 'zod';

const count = z.number().int().min(0);

/** unknown: it cannot be told, and is treated like removable. */
export const placeKind = z.enum(['fixed', 'removable', 'network', 'unknown']);
export type PlaceKind = z.output<typeof placeKind>;

export const placeView = z.strictObject({
  kind: placeKind,
  /** What the system calls the medium: a drive letter, a volume's name, a share. */
  volume: z.string().nullable(),
});
export type PlaceView = z.output<typeof placeView>;

/** How packages leave: sealed or not, and what the export register is told. */
export const carriage = z.strictObject({
  /**
   * Whether only the recipient (and this file) can read them. Left out: as the place asks for, which is yes for
   * removable and unknown places, as said last time for shared drives (at first yes) and for this machine (at first no).
   */
  seal: z.boolean().optional(),
  /** Seals packages to recipients of whom no key is known yet. */
  passphrase: z.string().min(10).max(200).optional(),
  /** Such packages may go out without a seal. */
  open: z.boolean().default(false),
  /** Who carries them, and the label of the medium; left out: as said last. */
  person: z.string().max(100).optional(),
  medium: z.string().max(100).optional(),
});
export type Carry = z.input<typeof carriage>;
/** As every method that writes packages takes it. */
export const carry = carriage.default({ open: false });

export const outlookView = z.strictObject({
  place: placeView,
  /** Whether packages are sealed there when nobody says otherwise. */
  seal: z.boolean(),
  person: z.string(),
  medium: z.string(),
  recipients: z.array(
    z.strictObject({
      unit: z.string(),
      /** Registered workstations that can open what is sealed for them, and those that cannot yet. */
      ready: count,
      missing: count,
    }),
  ),
});
export type OutlookView = z.output<typeof outlookView>;

export const writtenPackage = z.strictObject({
  file: z.string(),
  unit: z.string(),
  sequence: z.number().int(),
  hash: z.string(),
  sheets: z.array(z.string()),
  sealed: z.enum(['open', 'keys', 'passphrase']),
});
export type WrittenPackage = z.output<typeof writtenPackage>;

export const registerEntry = z.strictObject({
  id: z.number().int(),
  at: z.string(),
  person: z.string(),
  medium: z.string(),
  place: placeKind,
  kind: z.string(),
  recipient: z.string(),
  sequence: z.number().int().nullable(),
  hash: z.string().nullable(),
  file: z.string(),
  sheets: count,
  sealed: z.boolean(),
  erasedAt: z.string().nullable(),
  erasedBy: z.string().nullable(),
  /** The very same package can be written again. */
  kept: z.boolean(),
});
export type RegisterEntry = z.output<typeof registerEntry>;

export const registerView = z.strictObject({
  /** Newest first. */
  entries: z.array(registerEntry),
  /** Packages that took their place in the sequence and were never proved to be written. */
  unwritten: z.array(
    z.strictObject({
      hash: z.string(),
      kind: z.string(),
      recipient: z.string(),
      sequence: z.number().int(),
      at: z.string(),
      kept: z.boolean(),
    }),
  ),
  person: z.string(),
});
export type RegisterView = z.output<typeof registerView>;
