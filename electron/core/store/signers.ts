// The registry of keys: whom this workspace trusts, under which name, and how far.

import { fail } from '../../../shared/kernel/problem.ts';
import type { Limit } from '../../../shared/package/trust.ts';
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

export const signersOf = (db: ReadDb): Signer[] =>
  db.all('SELECT * FROM signer ORDER BY unit, station, print').map(signerFrom);

export function signerOf(db: ReadDb, print: string): Signer | undefined {
  const row = db.get('SELECT * FROM signer WHERE print = ?', print);
  return row && signerFrom(row);
}

/** Enters a key in the registry or changes its entry. The key under a print never changes (T19): raises signer.changed. */
export function setSigner(db: WriteDb, signer: Signer, at: string): void {
  const known = signerOf(db, signer.print);
  if (known?.publicKey && known.publicKey !== signer.publicKey) fail('signer.changed', { print: signer.print });
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
