// What the user interface is shown of packages that came, of what can be taken back, and of what the office decided.
import { z } from 'zod';
import { verdicts } from '../package/payload.ts';

const count = z.number().int().min(0);

/** A package in the record of receiving. */
export const receivedView = z.strictObject({
  hash: z.string(),
  outcome: z.enum(['applied', 'quarantined', 'undone']),
  /** Code of the problem for which it was set aside. */
  reason: z.string().nullable(),
  kind: z.string(),
  /** Registered name; for a key that is not registered (`known` false), the name that it claims. */
  unit: z.string(),
  station: z.string(),
  known: z.boolean(),
  sequence: z.number().int(),
  madeAt: z.string(),
  receivedAt: z.string(),
  file: z.string(),
  sheets: z.array(z.strictObject({ id: z.string(), number: z.string(), name: z.string() })),
  /** Of these, the ones that were not taken, with the reason in words. */
  refused: z.array(z.strictObject({ sheet: z.string(), reason: z.string() })),
  undoable: z.boolean(),
});
export type ReceivedView = z.output<typeof receivedView>;

/** What goes if a package is taken back. `digest` names this list. */
export const dependentsView = z.strictObject({
  package: receivedView,
  sheets: z.array(
    z.strictObject({
      id: z.string(),
      number: z.string(),
      name: z.string(),
      /** Versions and remarks (with confirmations) that go. */
      revisions: count,
      remarks: count,
      /** Something is typed in it that no revision holds; it stays. */
      drafted: z.boolean(),
      /** The sheet leaves the list, and what was made in it here would have no sheet any more. */
      leaves: z.boolean(),
      blocked: z.boolean(),
    }),
  ),
  /** Versions made here on top of it, which go with it; `decided`: labels of conflicts that one decided. */
  made: z.array(
    z.strictObject({
      sheet: z.string(),
      number: z.string(),
      unit: z.string(),
      at: z.string(),
      note: z.string(),
      decided: z.array(z.string()),
    }),
  ),
  /** Later packages that stand on it and would be set aside again. */
  packages: z.array(receivedView),
  digest: z.string(),
});
export type Dependents = z.output<typeof dependentsView>;

/** An own package that the other side does not hold. */
export const missingView = z.strictObject({ hash: z.string(), sequence: z.number().int(), at: z.string() });
export type MissingView = z.output<typeof missingView>;

/** What the office decided of a sheet, as a department reads it; `cells` in the order of the form. */
export const decisionView = z.strictObject({
  sheet: z.string(),
  number: z.string(),
  name: z.string(),
  decision: z.enum(['accepted', 'returned']),
  at: z.string(),
  /** Nothing has been handed in since that it did not judge. */
  inForce: z.boolean(),
  cells: z.array(
    z.strictObject({
      address: z.string(),
      label: z.string(),
      verdict: z.enum(verdicts),
      /** The last words of the remark that waits, where there is one. */
      remark: z.string().nullable(),
    }),
  ),
});
export type DecisionView = z.output<typeof decisionView>;
