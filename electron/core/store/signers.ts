// The registry of keys: whom this workspace trusts, under which name, and how far.

import { canonical } from '../../../shared/kernel/json.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { isWithin, type Limit, type Registry, type Rotation } from '../../../shared/package/trust.ts';
import { isSoundPublicKey, printOf } from '../exchange/crypto.ts';
import type { ReadDb, Row, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

/**
 * expected: somebody has typed its digits before anything came from it. trusted: counts. retired: another key has taken
 * its place. revoked: no longer good.
 */
export type SignerState = 'expected' | 'trusted' | 'retired' | 'revoked';

export type Signer = {
  print: string;
  /** null while only the digits are known. */
  publicKey: string | null;
  unit: string;
  /** What people call the workstation; blank where nobody has said. */
  station: string;
  state: SignerState;
  /** The last sequence number that counts, by epoch; null: no bound. */
  bound: Limit | null;
  /** Print of the key whose place it took. */
  follows: string | null;
};

const signerFrom = (row: Row): Signer => ({
  print: String(row.print),
  publicKey: row.public_key === null ? null : String(row.public_key),
  unit: String(row.unit),
  station: String(row.station),
  state: String(row.state) as SignerState,
  bound: row.bound === null ? null : (readKept(row.bound, '送り手の登録') as Limit),
  follows: row.follows === null ? null : String(row.follows),
});

/** The whole registry, by department and workstation. */
export const signersOf = (db: ReadDb): Signer[] =>
  db.all('SELECT * FROM signer ORDER BY unit, station, print').map(signerFrom);

/** The entry of a key; undefined for one that nobody has registered. */
export function signerOf(db: ReadDb, print: string): Signer | undefined {
  const row = db.get('SELECT * FROM signer WHERE print = ?', print);
  return row && signerFrom(row);
}

/**
 * Enters a key in the registry or changes its entry. Raises signer.changed, for the key under a print never changes
 * (T19), and key.unsound for a low-order key (T3) or one of another print.
 */
export function setSigner(db: WriteDb, signer: Signer, at: string): void {
  const { print, publicKey } = signer;
  const known = signerOf(db, print);
  if (known?.publicKey && known.publicKey !== publicKey) fail('signer.changed', { print });
  if (publicKey !== null && !(isSoundPublicKey(publicKey) && printOf(publicKey) === print)) {
    fail('key.unsound', { print });
  }
  db.run(
    `INSERT OR REPLACE INTO signer (print, public_key, unit, station, state, bound, follows, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    signer.print,
    signer.publicKey,
    signer.unit,
    signer.station,
    signer.state,
    signer.bound === null ? null : JSON.stringify(signer.bound),
    signer.follows,
    at,
  );
}

// --- How keys follow from one another --------------------------------------------------------------------------------

/** The statement by which another's key handed its place on, as it was heard first. */
export function rotationOf(db: ReadDb, origin: string): Rotation | undefined {
  const row = db.get('SELECT body FROM rotation WHERE origin = ?', origin);
  return row && (readKept(row.body, '鍵の交替の記録') as Rotation);
}

/** Keeps a statement. Known already: nothing changes. */
export const addRotation = (db: WriteDb, origin: string, rotation: Rotation): number =>
  db.run(
    'INSERT INTO rotation (origin, body) VALUES (?, ?) ON CONFLICT (origin) DO NOTHING',
    origin,
    canonical(rotation),
  );

/** How many keys went before this one in its line. */
export function generationOf(db: ReadDb, print: string): number {
  const passed = new Set<string>();
  for (let at = signerOf(db, print)?.follows; at && !passed.has(at); at = signerOf(db, at)?.follows) passed.add(at);
  return passed.size;
}

/** Whether a package of a key that took this one's place has been taken in. */
export const isOvertaken = (db: ReadDb, print: string): boolean =>
  signersOf(db)
    .filter(({ follows }) => follows === print)
    .some(
      (next) =>
        db.get(`SELECT 1 AS found FROM received WHERE print = ? AND outcome = 'applied'`, next.print) !== undefined ||
        isOvertaken(db, next.print),
    );

// --- What vouches for what -------------------------------------------------------------------------------------------

/** Notes which payloads a package taken in names as gone before. */
export function addVouched(db: WriteDb, voucher: string, payloads: readonly string[]): void {
  for (const payload of payloads) {
    db.run('INSERT INTO vouched (payload, voucher) VALUES (?, ?) ON CONFLICT DO NOTHING', payload, voucher);
  }
}

/** Whether a package that counts names this payload as gone before it. */
export const isVouched = (db: ReadDb, payload: string): boolean =>
  db
    .all(
      `SELECT r.print, r.epoch, r.sequence FROM vouched v JOIN received r ON r.payload = v.voucher
       WHERE v.payload = ? AND r.outcome IN ('applied', 'undone')`,
      payload,
    )
    .some((row) => {
      const signer = signerOf(db, String(row.print));
      const place = { epoch: String(row.epoch), sequence: Number(row.sequence) };
      return signer !== undefined && (signer.state === 'trusted' || isWithin(signer.bound, place));
    });

// --- What the office says of keys ------------------------------------------------------------------------------------

type Told = { print: string; epoch: string; sequence: number; registry: Registry };

/** Keeps what a key of the office says of keys, unless it has said something later. */
export function setRegistry(db: WriteDb, { print, epoch, sequence, registry }: Told): void {
  db.run(
    `INSERT INTO registry (print, epoch, sequence, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (print) DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence, body = excluded.body
     WHERE registry.epoch <> excluded.epoch OR registry.sequence < excluded.sequence`,
    print,
    epoch,
    sequence,
    JSON.stringify(registry),
  );
}

/** What the office's newest key said of keys last; empty before the first word. */
export function registryOf(db: ReadDb): Registry {
  const told = db
    .all('SELECT print, body FROM registry ORDER BY print')
    .map((row) => ({ print: String(row.print), body: row.body }))
    .sort((a, b) => generationOf(db, b.print) - generationOf(db, a.print))[0];
  return told ? (readKept(told.body, '送り手の登録') as Registry) : [];
}
