// What the user interface is shown: shapes of answers, as strict schemas. Plain JSON only; no path, no SQL, no key.
import { z } from 'zod';
import { scalarSchema, storedValuesSchema } from '../revision/revision.ts';

const count = z.number().int().min(0);
const role = z.enum(['office', 'department']);

export const workspaceView = z.strictObject({
  name: z.string(),
  role,
  /** The department's or the office's own name. */
  unit: z.string(),
  /** What people call this workstation; blank where nobody has said. */
  station: z.string(),
  office: z.string(),
  year: z.number().int(),
  subjectYear: z.number().int(),
  form: z.strictObject({ hash: z.string(), id: z.string(), version: z.number().int(), title: z.string() }),
  /** Own key's print, 30 digits. */
  print: z.string(),
  /**
   * none: the key lies open in the file; locked: a passphrase is needed before signing; open: unlocked for now; kept: by
   * the system of this machine; lost: the system does not give it back, only the recovery file does.
   */
  key: z.enum(['none', 'locked', 'open', 'kept', 'lost']),
  /** When the recovery file of this key was written and opened again; null: not yet. */
  recoveryAt: z.string().nullable(),
  /** What the office has said of this workstation's key; null before it has said anything, and at the office. */
  standing: z.enum(['trusted', 'retired', 'revoked']).nullable(),
  sheets: count,
});
export type WorkspaceView = z.output<typeof workspaceView>;

/** A file that the person chose (or the host offers), by a word that only the host can turn into a path. */
export const fileHandle = z.string().min(1).max(200);

export const aboutView = z.strictObject({
  version: z.string(),
  forms: z.array(z.strictObject({ id: z.string(), version: z.number().int(), title: z.string() })),
  recent: z.array(z.strictObject({ file: fileHandle, name: z.string() })),
  workspace: workspaceView.nullable(),
});

/**
 * waiting: nothing of it has been handed in (office) or typed (department); editing: typed, not handed in; submitted;
 * arrived: handed in, and the office has said so; received (office): waits for a decision; returned, accepted: so the
 * office decided, and nothing has been handed in since; conflict: a person has to choose.
 */
export const sheetState = z.enum([
  'waiting',
  'editing',
  'submitted',
  'arrived',
  'received',
  'returned',
  'accepted',
  'conflict',
]);
export type SheetState = z.output<typeof sheetState>;

/** What the office said of the last package in which the sheet was handed in; `reason`: code for which it waits there. */
export const sheetFate = z.strictObject({
  outcome: z.enum(['applied', 'quarantined', 'undone']),
  reason: z.string().nullable(),
  /** Why the office did not take this sheet of it, in words; null where it did, or where the whole package waits. */
  refusal: z.string().nullable(),
  receivedAt: z.string(),
});
export type SheetFate = z.output<typeof sheetFate>;

/** none: nobody has confirmed. valid: what stands is what the section head confirmed. fallen: it has changed since. */
export const confirmationState = z.enum(['none', 'valid', 'fallen']);
export type ConfirmationState = z.output<typeof confirmationState>;

export const sheetRow = z.strictObject({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  units: z.array(z.string()),
  state: sheetState,
  fate: sheetFate.nullable(),
  /** Required cells of this side: filled and in all. */
  filled: count,
  required: count,
  asked: count,
  conflicts: count,
  /** The revision that stands; null before the first. With several heads, the first of them. */
  head: z.string().nullable(),
  heads: z.array(z.string()),
  /** Something is typed that no revision holds yet. */
  draft: z.boolean(),
  /** Threads of remarks that wait for the department, and those that it has answered. */
  remarks: count,
  answered: count,
  /** Key of the round in force; null where all may write. */
  round: z.string().nullable(),
  /** The department's own confirmation, or at the office that of any department of the sheet. */
  confirmation: confirmationState,
  /** The latest of the instants at which somebody typed, committed or remarked, by their own clocks. */
  updatedAt: z.string(),
});
export type SheetRow = z.output<typeof sheetRow>;

export const departmentRow = z.strictObject({
  unit: z.string(),
  sheets: count,
  /** Sheets that were handed in at least once, and those of each state beyond. */
  submitted: count,
  arrived: count,
  returned: count,
  accepted: count,
  /** By the sender's sequence, what came last of it. */
  lastPackage: z
    .strictObject({ sequence: z.number().int(), at: z.string(), receivedAt: z.string(), outcome: z.string() })
    .nullable(),
  /** The last distribution or return that went to it, and whether one of its workstations has said that it took it in. */
  lastSent: z
    .strictObject({ kind: z.string(), sequence: z.number().int(), at: z.string(), taken: z.boolean() })
    .nullable(),
});
export type DepartmentRow = z.output<typeof departmentRow>;

export const question = z.strictObject({
  address: z.string(),
  label: z.string(),
  raw: z.string(),
  reason: z.string(),
  /** reading: what was typed has more than one meaning; check: values that contradict each other. */
  kind: z.enum(['reading', 'check']),
  /** Which check of the form asks; null for a reading. */
  check: z.string().nullable(),
  /** The reason that somebody gave; null while the question is open. Only checks can be answered so. */
  answer: z.string().nullable(),
  candidates: z.array(z.strictObject({ label: z.string(), value: z.string() })),
});
export type Question = z.output<typeof question>;

export const leftover = z.strictObject({ text: z.string(), reason: z.string() });
export type Leftover = z.output<typeof leftover>;

export const remarkState = z.enum(['open', 'answered', 'closed']);

/** Remarks on one cell (or, with a blank address, on the sheet) that follow from one another. */
export const remarkThread = z.strictObject({
  /** Name of the first remark. */
  id: z.string(),
  address: z.string(),
  /** Label of the cell; blank for the sheet as a whole. */
  label: z.string(),
  /** open: the department has to answer; answered: the office has to read; closed: done. */
  state: remarkState,
  /** In the order of the conversation. */
  remarks: z.array(
    z.strictObject({
      id: z.string(),
      unit: z.string(),
      role,
      at: z.string(),
      text: z.string(),
      /** This remark closed the thread. */
      closes: z.boolean(),
    }),
  ),
});
export type RemarkThread = z.output<typeof remarkThread>;

const content = z.strictObject({
  value: scalarSchema.nullable(),
  state: z.string().nullable(),
  raw: z.string().nullable(),
});

/** Who wrote something where and when, by their own clocks. */
const written = { unit: z.string(), station: z.string(), at: z.string() };

export const conflictView = z.strictObject({
  address: z.string(),
  label: z.string(),
  base: content,
  sides: z.array(z.strictObject({ revision: z.string(), ...written, content })),
  /** What somebody decided before the contents became others; null where nobody did. */
  earlier: z.strictObject({ ...written, content }).nullable(),
});
export type ConflictView = z.output<typeof conflictView>;

/** An open conflict with the sheet in which it is. */
export const openConflict = z.strictObject({
  sheet: z.string(),
  number: z.string(),
  name: z.string(),
  form: z.string(),
  year: z.number().int(),
  conflict: conflictView,
});
export type OpenConflict = z.output<typeof openConflict>;

/** A value that lost and does not stand. Values are in words, as a person reads them; a blank is ''. */
export const lossView = z.strictObject({
  /** Internal id of the sheet. */
  sheet: z.string(),
  number: z.string(),
  name: z.string(),
  address: z.string(),
  label: z.string(),
  /** overruled: another content was taken where two clashed. refused: its writer may not write there. */
  kind: z.enum(['overruled', 'refused']),
  /** The revision that wrote it; with the address it names the loss. */
  revision: z.string(),
  text: z.string(),
  whose: z.strictObject({ ...written, note: z.string() }),
  /** What it lost to, and by whose decision; null where a lock refused it. */
  to: z.string(),
  by: z.strictObject({ ...written, note: z.string() }).nullable(),
  /** What stands there now. */
  now: z.string(),
  /** Why it cannot be put back here; null where it can. */
  lock: z.string().nullable(),
});
export type Loss = z.output<typeof lossView>;

export const confirmationView = z.strictObject({
  state: confirmationState,
  /** Post and name as typed, the department, and when; blank where nobody has confirmed. */
  name: z.string(),
  unit: z.string(),
  at: z.string(),
  /** Labels of the cells that say something else than was confirmed. */
  changed: z.array(z.string()),
});
export type ConfirmationView = z.output<typeof confirmationView>;

export const sheetView = z.strictObject({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  units: z.array(z.string()),
  form: z.string(),
  year: z.number().int(),
  state: sheetState,
  fate: sheetFate.nullable(),
  /** Stored values with the draft on top; computed cells follow from them (shared/form/compute). */
  values: storedValuesSchema,
  /** Why a cell may not be written here, by address; an address that is absent may be written. */
  locks: z.record(z.string(), z.string()),
  questions: z.array(question),
  unmatched: z.array(leftover),
  conflicts: z.array(conflictView),
  head: z.string().nullable(),
  draft: z.boolean(),
  /** When the last typed cell reached the disk; null when nothing is typed since the last revision. */
  savedAt: z.string().nullable(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** Open and answered threads first, in the order of the form. */
  remarks: z.array(remarkThread),
  /** The round in force; null where all may write. */
  round: z.strictObject({ key: z.string(), label: z.string() }).nullable(),
  /** Short digest of what departments answer for, with the draft: what a section head confirms. */
  digest: z.string(),
  confirmation: confirmationView,
});
export type SheetView = z.output<typeof sheetView>;

/** What became of one typed cell. */
export const cellResult = z.strictObject({
  address: z.string(),
  value: scalarSchema.nullable(),
  state: z.string().nullable(),
  raw: z.string().nullable(),
  question: question.nullable(),
});
export type CellResult = z.output<typeof cellResult>;

/** What one step of typing, or undoing or redoing one, made of its cells: none when there was no step to undo or redo. */
export const stepResult = z.strictObject({
  cells: z.array(cellResult),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  savedAt: z.string(),
});
export type StepResult = z.output<typeof stepResult>;

/** One change of a cell, by a revision or by what is typed and not committed (`revision` null). */
export const historyEntry = z.strictObject({
  unit: z.string(),
  role,
  at: z.string(),
  note: z.string(),
  revision: z.string().nullable(),
  before: content,
  after: content,
  /** A merge took another side: it stands nowhere, and nobody wrote over it as such. */
  lost: z.boolean(),
});
export type HistoryEntry = z.output<typeof historyEntry>;

/**
 * Where a text was found: in a cell, in a reason given to a check about it, or in a remark on it; `address` is the cell's
 * ('' for a remark on the sheet as a whole). `excerpt` is of the text as it is written; `match` may differ from the query in
 * width and case.
 */
export const searchHit = z.strictObject({
  /** Internal id of the sheet. */
  sheet: z.string(),
  number: z.string(),
  name: z.string(),
  address: z.string(),
  label: z.string(),
  of: z.enum(['cell', 'reason', 'remark']),
  excerpt: z.strictObject({ before: z.string(), match: z.string(), after: z.string() }),
});
export type SearchHit = z.output<typeof searchHit>;

/** The same sheet as it stood in an earlier evaluation; cells correspond by address. */
export const previousSheet = z.strictObject({
  year: z.number().int(),
  number: z.string(),
  name: z.string(),
  /** Who was in charge then. */
  unit: z.string(),
  /** For `form.show`; null where only the values are known. */
  form: z.string().nullable(),
  values: storedValuesSchema,
});
export type PreviousSheet = z.output<typeof previousSheet>;

/**
 * Characters (as a reader sees them) that CP932 lacks, the most frequent first. `usual`: what people write for it, null
 * where nothing is usual. `places`: the first of them.
 */
export const encodingLosses = z.strictObject({
  characters: z.array(
    z.strictObject({
      character: z.string(),
      /** Its code points, because it may not be drawn everywhere. */
      code: z.string(),
      usual: z.string().nullable(),
      count: z.number().int(),
      places: z.array(z.strictObject({ sheet: z.string(), number: z.string(), label: z.string() })),
    }),
  ),
});
export type EncodingLosses = z.output<typeof encodingLosses>;
