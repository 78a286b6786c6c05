// The ledger of exchange: what this workspace is, whom it trusts, what it sent and what it received.
import { fail } from '../../../shared/kernel/problem.ts';
import type { ReadDb, Row, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

/** Lasting facts of a workspace; written when it is made. */
export type Meta = {
  role: 'office' | 'department';
  /** Own name: the office's or the department's. */
  unit: string;
  /** The office of this round, by name and by the print of its key. */
  office: string;
  officePrint: string;
  year: number;
  form: string;
  epoch: string;
  publicKey: string;
  print: string;
  /** Base64 PKCS8, lying open, or a key sealed with a passphrase. */
  privateKey: { open: string } | { sealed: string };
};

export const readMeta = (db: ReadDb): Meta =>
  Object.fromEntries(
    db.all('SELECT name, value FROM meta').map((row) => [String(row.name), readKept(row.value, '基本の記録')]),
  ) as Meta;

export function writeMeta(db: WriteDb, meta: Meta): void {
  for (const [name, value] of Object.entries(meta)) {
    db.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', name, JSON.stringify(value));
  }
}

export type Signer = { print: string; publicKey: string; unit: string; state: 'trusted' | 'revoked' };

const signerFrom = (row: Row): Signer => ({
  print: String(row.print),
  publicKey: String(row.public_key),
  unit: String(row.unit),
  state: row.state === 'revoked' ? 'revoked' : 'trusted',
});

export const signersOf = (db: ReadDb): Signer[] => db.all('SELECT * FROM signer ORDER BY unit, print').map(signerFrom);

export function signerOf(db: ReadDb, print: string): Signer | undefined {
  const row = db.get('SELECT * FROM signer WHERE print = ?', print);
  return row && signerFrom(row);
}

/** Enters a key in the registry or changes its state. The key under a print never changes (T19). */
export function setSigner(db: WriteDb, signer: Signer, at: string): void {
  const known = signerOf(db, signer.print);
  if (known && known.publicKey !== signer.publicKey) fail('signer.changed', { print: signer.print });
  db.run(
    'INSERT OR REPLACE INTO signer (print, public_key, unit, state, at) VALUES (?, ?, ?, ?, ?)',
    signer.print,
    signer.publicKey,
    signer.unit,
    signer.state,
    at,
  );
}

export type Received = {
  payload: string;
  outcome: 'applied' | 'quarantined';
  kind: string;
  print: string;
  publicKey: string;
  unit: string;
  epoch: string;
  sequence: number;
  previous: string | null;
  madeAt: string;
  receivedAt: string;
  file: string;
  /** Ids of the sheets it carries. */
  sheets: readonly string[];
  envelope: Buffer | null;
};

const receivedFrom = (row: Row): Received => ({
  payload: String(row.payload),
  outcome: row.outcome === 'applied' ? 'applied' : 'quarantined',
  kind: String(row.kind),
  print: String(row.print),
  publicKey: String(row.public_key),
  unit: String(row.unit),
  epoch: String(row.epoch),
  sequence: Number(row.sequence),
  previous: row.previous === null ? null : String(row.previous),
  madeAt: String(row.made_at),
  receivedAt: String(row.received_at),
  file: String(row.file),
  sheets: readKept(row.sheets, '受け取りの記録') as string[],
  envelope: row.envelope instanceof Uint8Array ? Buffer.from(row.envelope) : null,
});

export function receivedOf(db: ReadDb, payload: string): Received | undefined {
  const row = db.get('SELECT * FROM received WHERE payload = ?', payload);
  return row && receivedFrom(row);
}

/** Everything taken in or set aside, in the sender's order; without the files, which may be many megabytes. */
export const allReceived = (db: ReadDb): Omit<Received, 'envelope'>[] =>
  db
    .all(
      `SELECT payload, outcome, kind, print, public_key, unit, epoch, sequence, previous, made_at, received_at, file, sheets
       FROM received ORDER BY print, epoch, sequence, payload`,
    )
    .map(receivedFrom);

/** What has been set aside, with its files. */
export const allSetAside = (db: ReadDb): Received[] =>
  db
    .all(`SELECT * FROM received WHERE outcome = 'quarantined' ORDER BY print, epoch, sequence, payload`)
    .map(receivedFrom);

/** Which sheets each package taken in carried, and from which department. The packages themselves stay unread. */
export const sheetsReceived = (db: ReadDb): { unit: string; sheets: readonly string[] }[] =>
  db
    .all(`SELECT unit, sheets FROM received WHERE outcome = 'applied'`)
    .map((row) => ({ unit: String(row.unit), sheets: readKept(row.sheets, '受け取りの記録') as string[] }));

/** The highest sequence number taken in from a key in an epoch; 0 before the first. */
export const lastSequenceOf = (db: ReadDb, print: string, epoch: string): number =>
  Number(
    db.get(
      `SELECT COALESCE(MAX(sequence), 0) AS last FROM received WHERE print = ? AND epoch = ? AND outcome = 'applied'`,
      print,
      epoch,
    )?.last,
  );

/** Enters a package, or changes its outcome once it could be taken in (its file is then no longer kept). */
export function setReceived(db: WriteDb, received: Received): void {
  db.run(
    `INSERT OR REPLACE INTO received
      (payload, outcome, kind, print, public_key, unit, epoch, sequence, previous, made_at, received_at, file, sheets, envelope)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    received.payload,
    received.outcome,
    received.kind,
    received.print,
    received.publicKey,
    received.unit,
    received.epoch,
    received.sequence,
    received.previous,
    received.madeAt,
    received.receivedAt,
    received.file,
    JSON.stringify(received.sheets),
    received.envelope,
  );
}

export type Sent = {
  sequence: number;
  epoch: string;
  payload: string;
  kind: string;
  recipient: string;
  /** Heads of the sheets it carries, by sheet id. */
  heads: Record<string, readonly string[]>;
  at: string;
  delivered: boolean;
};

export function addSent(db: WriteDb, sent: Sent): void {
  db.run(
    'INSERT INTO sent (sequence, epoch, payload, kind, recipient, heads, at, delivered) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    sent.sequence,
    sent.epoch,
    sent.payload,
    sent.kind,
    sent.recipient,
    JSON.stringify(sent.heads),
    sent.at,
    sent.delivered ? 1 : 0,
  );
}

/** The file was written, read back and found good. */
export const markDelivered = (db: WriteDb, sequence: number): number =>
  db.run('UPDATE sent SET delivered = 1 WHERE sequence = ?', sequence);

/** All that was sent, oldest first. */
export const allSent = (db: ReadDb): Sent[] =>
  db.all('SELECT * FROM sent ORDER BY sequence').map((row) => ({
    sequence: Number(row.sequence),
    epoch: String(row.epoch),
    payload: String(row.payload),
    kind: String(row.kind),
    recipient: String(row.recipient),
    heads: readKept(row.heads, '書き出しの記録') as Sent['heads'],
    at: String(row.at),
    delivered: row.delivered === 1,
  }));
