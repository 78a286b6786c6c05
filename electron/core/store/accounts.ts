// The accounts of packages: what each carries of what counts here, sheet by sheet. Promise: from these accounts and what
// was made here follows all that stands here, so that leaving one out takes back exactly what it alone brought.
import type { ReadDb } from './database.ts';
import { readKept } from './kept.ts';
import type { Received } from './ledger.ts';
import { generationOf } from './signers.ts';

/** What a package carries of one sheet. Everything is named by its artifact's hash. */
export type CarriedSheet = {
  sheet: string;
  heads: readonly string[];
  /** The cells of each revision that are not taken from this package. */
  revisions: Record<string, readonly string[]>;
  remarks: readonly string[];
  confirmations: readonly string[];
  /** null where the package does not say. */
  assignment: string | null;
  previous: string | null;
};

export type Account = Pick<Received, 'payload' | 'print' | 'epoch' | 'sequence' | 'outcome' | 'reason'> & {
  sheets: readonly CarriedSheet[];
};

/** The accounts of all packages for which one is kept, in the order of their arrival. */
export const allAccounts = (db: ReadDb): Account[] =>
  db
    .all(
      `SELECT payload, print, epoch, sequence, outcome, reason, brought FROM received
       WHERE brought IS NOT NULL ORDER BY rowid`,
    )
    .map((row) => ({
      payload: String(row.payload),
      print: String(row.print),
      epoch: String(row.epoch),
      sequence: Number(row.sequence),
      outcome: String(row.outcome) as Account['outcome'],
      reason: row.reason === null ? null : String(row.reason),
      sheets: readKept(row.brought, '受け取りの記録') as CarriedSheet[],
    }));

/** The account of one package; undefined where none is kept. */
export function accountOf(db: ReadDb, payload: string): CarriedSheet[] | undefined {
  const brought = db.get('SELECT brought FROM received WHERE payload = ?', payload)?.brought;
  return typeof brought === 'string' ? (readKept(brought, '受け取りの記録') as CarriedSheet[]) : undefined;
}

/**
 * Packages by their senders' sequences, the newest last: a key that took another's place after it, those of one key and
 * epoch by number, and of several keys and epochs the one first that was heard of first. No clock has a say in it.
 */
export function inSequence<P extends Pick<Account, 'print' | 'epoch' | 'sequence'>>(
  db: ReadDb,
  arrived: readonly P[],
): P[] {
  const stream = ({ print, epoch }: P) => `${print}:${epoch}`;
  const ranks = new Map([...new Set(arrived.map(stream))].map((name, rank) => [name, rank] as const));
  const rank = (one: P) => ranks.get(stream(one)) ?? 0;
  const generations = new Map(arrived.map(({ print }) => [print, 0]));
  for (const print of generations.keys()) generations.set(print, generationOf(db, print));
  const generation = ({ print }: P) => generations.get(print) ?? 0;
  return [...arrived].sort((a, b) => generation(a) - generation(b) || rank(a) - rank(b) || a.sequence - b.sequence);
}

/** Whether a package waits because what it stood on has been taken back: its file is not here, its account is. */
export const isSuspended = ({ outcome, reason }: Account): boolean =>
  outcome === 'quarantined' && reason === 'base.missing';

/** Whether anything has been taken back here, so that what stands no longer follows from arriving alone. */
export const hasTakenBack = (db: ReadDb): boolean =>
  db.get(`SELECT 1 AS found FROM received WHERE brought IS NOT NULL AND outcome <> 'applied' LIMIT 1`) !== undefined;
