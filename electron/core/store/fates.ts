// What became of own packages at the other side's, and what the office decided of sheets that were handed in. Words are
// only ever added; which of them counts follows from the packages that said them.
import type { Decision, Place, RefusedSheet } from '../../../shared/package/payload.ts';
import { inSequence } from './accounts.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

/** A place of an own package in its sequence, with what became of it there. */
export type Acknowledged = Place & {
  outcome: 'applied' | 'quarantined' | 'undone';
  /** Code of the problem for which it waits there. */
  reason: string | null;
  /** Its sheets that were not taken there. */
  refused: readonly RefusedSheet[];
  receivedAt: string;
  /** Hash of the package that said so. */
  receipt: string;
};

/** A word that counts, and who said it. */
export type Fate = Acknowledged & {
  /** Unit of the side that said so, and the kind of package in which it did. */
  unit: string;
  said: string;
};

/** Keeps what a package says of an own one. */
export function addAcknowledged(db: WriteDb, word: Acknowledged): void {
  db.run(
    `INSERT INTO acknowledged (payload, print, epoch, sequence, outcome, reason, refused, received_at, receipt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (payload, receipt) DO NOTHING`,
    word.payload,
    word.print,
    word.epoch,
    word.sequence,
    word.outcome,
    word.reason,
    JSON.stringify(word.refused),
    word.receivedAt,
    word.receipt,
  );
}

/**
 * What the other side says of own packages, by payload: the newest word of those whose packages count. A payload may be
 * one that this file does not know (any more).
 */
export function fatesOf(db: ReadDb): Map<string, Fate> {
  const words = db
    .all(
      `SELECT a.*, r.print AS sayer, r.epoch AS said_in, r.sequence AS said_at, r.kind AS said, r.unit
       FROM acknowledged a JOIN received r ON r.payload = a.receipt WHERE r.outcome = 'applied' ORDER BY r.rowid`,
    )
    .map((row) => ({
      print: String(row.sayer),
      epoch: String(row.said_in),
      sequence: Number(row.said_at),
      fate: {
        payload: String(row.payload),
        print: String(row.print),
        epoch: String(row.epoch),
        sequence: Number(row.sequence),
        outcome: String(row.outcome) as Acknowledged['outcome'],
        reason: row.reason === null ? null : String(row.reason),
        refused: readKept(row.refused, '受領の記録') as RefusedSheet[],
        receivedAt: String(row.received_at),
        receipt: String(row.receipt),
        unit: String(row.unit),
        said: String(row.said),
      } satisfies Fate,
    }));
  const fates = new Map<string, Fate>();
  for (const { fate } of inSequence(db, words)) {
    // Only a receipt speaks of sheets; that a package was seen takes nothing of that back.
    const told = fate.said === 'receipt' ? fate.refused : (fates.get(fate.payload)?.refused ?? []);
    fates.set(fate.payload, { ...fate, refused: told });
  }
  return fates;
}

/** Places of own keys that the other side has seen and this file has never taken: it was restored from a copy, or cloned. */
export function unknownPlaces(db: ReadDb): Fate[] {
  const known = new Set(db.all('SELECT payload FROM sent').map(({ payload }) => String(payload)));
  return [...fatesOf(db).values()].filter(({ payload }) => !known.has(payload));
}

/** Keeps what a return says of its sheets, with the places that it judged. Known already: nothing changes. */
export function addDecisions(
  db: WriteDb,
  payload: string,
  { decisions, seen }: { decisions: readonly Decision[]; seen: readonly Place[] },
  at: string,
): void {
  for (const decision of decisions) {
    db.run(
      `INSERT INTO decision (sheet, payload, body, seen, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (sheet, payload) DO NOTHING`,
      decision.sheet,
      payload,
      JSON.stringify(decision),
      JSON.stringify(seen),
      at,
    );
  }
}

export type Decided = {
  /** Read when it is asked for: a list of thousands asks for few. */
  decision(): Decision;
  /** The return that told it, when the office made it, and the last packages that it had judged then. */
  payload: string;
  at: string;
  seen: readonly Place[];
};

/**
 * The office's decisions by sheet, the newest last: by the office's own order in its file, by its sequence elsewhere.
 * A decision counts at the office once its return was written, elsewhere while its return counts. `only`: of one sheet.
 */
export function decisionsOf(db: ReadDb, only?: string): Map<string, Decided[]> {
  // All decisions of one return have seen the same.
  const known = new Map<string, Place[]>();
  const seenIn = (text: string): Place[] => {
    const seen = known.get(text) ?? (readKept(text, '返却の記録') as Place[]);
    known.set(text, seen);
    return seen;
  };
  const rows = db
    .all(
      `SELECT d.sheet, d.payload, d.body, d.seen, d.at, r.print, r.epoch, r.sequence, r.made_at
       FROM decision d LEFT JOIN received r ON r.payload = d.payload LEFT JOIN sent s ON s.payload = d.payload
       WHERE (r.outcome = 'applied' OR s.delivered = 1) AND (? IS NULL OR d.sheet = ?) ORDER BY r.rowid, d.id`,
      only ?? null,
      only ?? null,
    )
    .map((row, index) => ({
      print: String(row.print),
      epoch: String(row.epoch),
      // An own one has no place among those received.
      sequence: row.sequence === null ? index : Number(row.sequence),
      sheet: String(row.sheet),
      decided: {
        decision: () => readKept(row.body, '返却の記録') as Decision,
        payload: String(row.payload),
        at: String(row.made_at ?? row.at),
        seen: seenIn(String(row.seen)),
      },
    }));
  const bySheet = Map.groupBy(inSequence(db, rows), ({ sheet }) => sheet);
  return new Map([...bySheet].map(([sheet, all]) => [sheet, all.map(({ decided }) => decided)] as const));
}

/** Whether a place was known to who had these in view. */
export const isSeen = (seen: readonly Place[], { print, epoch, sequence }: Omit<Place, 'payload'>): boolean =>
  seen.some((one) => one.print === print && one.epoch === epoch && one.sequence >= sequence);
