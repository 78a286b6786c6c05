// What became of own packages at the other side's, and what the office decided of sheets that were handed in.
import type { Decision } from '../../../shared/package/payload.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

export type Acknowledged = {
  /** Hash of the own package's payload; it may be one that this file does not know (any more). */
  payload: string;
  /** Print of the key that signed it. */
  print: string;
  outcome: 'applied' | 'quarantined' | 'undone';
  /** Code of the problem for which it waits there. */
  reason: string | null;
  receivedAt: string;
  /** Hash of the package that said so. */
  receipt: string;
};

/** Keeps what the other side says of a package, in place of what it said before. */
export function setAcknowledged(db: WriteDb, word: Acknowledged): void {
  db.run(
    `INSERT OR REPLACE INTO acknowledged (payload, print, outcome, reason, received_at, receipt)
     VALUES (?, ?, ?, ?, ?, ?)`,
    word.payload,
    word.print,
    word.outcome,
    word.reason,
    word.receivedAt,
    word.receipt,
  );
}

/** Everything that the other side has said of own packages. */
export const allAcknowledged = (db: ReadDb): Acknowledged[] =>
  db.all('SELECT * FROM acknowledged ORDER BY received_at, payload').map((row) => ({
    payload: String(row.payload),
    print: String(row.print),
    outcome: String(row.outcome) as Acknowledged['outcome'],
    reason: row.reason === null ? null : String(row.reason),
    receivedAt: String(row.received_at),
    receipt: String(row.receipt),
  }));

/** Keeps what a return says of a sheet. Known already: nothing changes. */
export function addDecision(db: WriteDb, payload: string, decision: Decision, at: string): void {
  db.run(
    'INSERT INTO decision (sheet, payload, body, at) VALUES (?, ?, ?, ?) ON CONFLICT (sheet, payload) DO NOTHING',
    decision.sheet,
    payload,
    JSON.stringify(decision),
    at,
  );
}

/** A decision with the return that told it. */
export type Decided = { payload: string; decision: Decision; at: string };

/** The decisions on all sheets, in the order in which they were heard. */
export const allDecisions = (db: ReadDb): Decided[] =>
  db.all('SELECT payload, body, at FROM decision ORDER BY id').map((row) => ({
    payload: String(row.payload),
    decision: readKept(row.body, '返却の記録') as Decision,
    at: String(row.at),
  }));
