// What this workspace is, and the ledger of packages: what it sent, what it received, and what became of each.
import { lastingReasons } from '../../../shared/package/fates.ts';
import type { Place, RefusedSheet } from '../../../shared/package/payload.ts';
import type { ReadDb, Row, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

/** Lasting facts of a workspace; written when it is made. */
export type Meta = {
  role: 'office' | 'department';
  /** Own name: the office's or the department's. */
  unit: string;
  /** What people call this workstation; blank where nobody has said. */
  station: string;
  /** The office of this round, by name and by the print of the key that founded it. */
  office: string;
  officePrint: string;
  year: number;
  form: string;
  epoch: string;
  publicKey: string;
  print: string;
  privateKey: PrivateKey;
  /** The recovery file that was written last and opened again: its age recipient, and when. null: none of this key. */
  recovery: { recipient: string; at: string } | null;
};

/**
 * How a private key (base64 PKCS8) is kept: lying open; sealed with a passphrase; wrapped by the system of this machine
 * for this person, with or without a passphrase beside it.
 */
export type PrivateKey = { open: string } | { sealed: string } | { wrapped: string; sealed?: string };

/** Files of older programs name no workstation and know of no recovery file. */
export const readMeta = (db: ReadDb): Meta =>
  Object.assign(
    { station: '', recovery: null },
    Object.fromEntries(
      db.all('SELECT name, value FROM meta').map((row) => [String(row.name), readKept(row.value, '基本の記録')]),
    ),
  ) as Meta;

/** Writes these lasting facts anew; the others stay. */
export function writeMeta(db: WriteDb, meta: Partial<Meta>): void {
  for (const [name, value] of Object.entries(meta)) {
    db.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', name, JSON.stringify(value));
  }
}

export type Received = {
  payload: string;
  outcome: 'applied' | 'quarantined' | 'undone';
  kind: string;
  print: string;
  publicKey: string;
  unit: string;
  station: string;
  epoch: string;
  sequence: number;
  previous: string | null;
  madeAt: string;
  receivedAt: string;
  file: string;
  /** Ids of the sheets it carries. */
  sheets: readonly string[];
  /** Code of the problem for which it was set aside. */
  reason: string | null;
  /** Sheets of it that were not taken as a whole; its file is kept for as long as there are any. */
  refused: readonly RefusedSheet[];
  /** JSON of what it carries of what counts here; null where no account was kept. */
  brought: string | null;
  envelope: Buffer | null;
};

const receivedFrom = (row: Row): Received => ({
  payload: String(row.payload),
  outcome: String(row.outcome) as Received['outcome'],
  kind: String(row.kind),
  print: String(row.print),
  publicKey: String(row.public_key),
  unit: String(row.unit),
  station: String(row.station),
  epoch: String(row.epoch),
  sequence: Number(row.sequence),
  previous: row.previous === null ? null : String(row.previous),
  madeAt: String(row.made_at),
  receivedAt: String(row.received_at),
  file: String(row.file),
  sheets: readKept(row.sheets, '受け取りの記録') as string[],
  reason: row.reason === null ? null : String(row.reason),
  refused: readKept(row.refused, '受け取りの記録') as RefusedSheet[],
  brought: typeof row.brought === 'string' ? row.brought : null,
  envelope: row.envelope instanceof Uint8Array ? Buffer.from(row.envelope) : null,
});

/** A package that was taken in or set aside, by the hash of its payload. */
export function receivedOf(db: ReadDb, payload: string): Received | undefined {
  const row = db.get('SELECT * FROM received WHERE payload = ?', payload);
  return row && receivedFrom(row);
}

/** A package without its file and what it brought, which may be many megabytes. */
export type ReceivedHead = Omit<Received, 'envelope' | 'brought'>;

/** Everything taken in or set aside, key by key in the sender's order, or as it arrived. */
export const allReceived = (db: ReadDb, order: 'sequence' | 'arrival' = 'sequence'): ReceivedHead[] =>
  db
    .all(
      `SELECT payload, outcome, kind, print, public_key, unit, station, epoch, sequence, previous, made_at, received_at,
       file, sheets, reason, refused FROM received ORDER BY ${order === 'arrival' ? 'rowid' : 'print, epoch, sequence, payload'}`,
    )
    .map(receivedFrom);

/** Stands as the reason of a package that waits and that a person does not want. */
export const DROPPED = 'dropped';

/** What waits, and what was dropped, for as long as its file is kept. The files stay unread. */
export const headsHeld = (db: ReadDb): ReceivedHead[] =>
  db
    .all(
      `SELECT payload, outcome, kind, print, public_key, unit, station, epoch, sequence, previous, made_at, received_at,
       file, sheets, reason, refused FROM received WHERE outcome = 'quarantined' AND envelope IS NOT NULL
       ORDER BY print, epoch, sequence, payload`,
    )
    .map(receivedFrom);

/**
 * Names of packages of which something waits that may have become acceptable, in the order of their senders' sequences.
 * One of an unknown key is not among them before a key of its line is registered.
 */
export const hashesWaiting = (db: ReadDb): string[] =>
  db
    .all(
      `SELECT payload FROM received WHERE envelope IS NOT NULL AND (
         outcome = 'quarantined' AND COALESCE(reason, '') NOT IN (SELECT value FROM json_each(?))
         AND (COALESCE(reason, '') <> 'signer.unknown' OR line = '[]'
           OR EXISTS (SELECT 1 FROM signer, json_each(received.line) AS key WHERE signer.print = key.value))
         OR outcome = 'applied' AND refused <> '[]')
       ORDER BY print, epoch, sequence, payload`,
      JSON.stringify(lastingReasons),
    )
    .map((row) => String(row.payload));

/** Whether anything of this name has arrived; its file stays unread. */
export const isReceived = (db: ReadDb, payload: string): boolean =>
  db.get('SELECT 1 AS found FROM received WHERE payload = ?', payload) !== undefined;

/** How many files are kept of packages of a key; without one, of all keys that nobody has registered. */
export function keptOf(db: ReadDb, print?: string): { packages: number; bytes: number } {
  const row = db.get(
    `SELECT COUNT(*) AS packages, COALESCE(SUM(length(envelope)), 0) AS bytes FROM received
     WHERE envelope IS NOT NULL AND CASE WHEN ? IS NULL
       THEN print NOT IN (SELECT print FROM signer WHERE state <> 'expected') ELSE print = ? END`,
    print ?? null,
    print ?? null,
  );
  return { packages: Number(row?.packages), bytes: Number(row?.bytes) };
}

/** Lets the file of a package go. Of a key that nobody has registered nothing stays; of others, that it arrived. */
export function letGo(db: WriteDb, payload: string): void {
  db.run(
    `DELETE FROM received WHERE payload = ? AND outcome = 'quarantined'
     AND print NOT IN (SELECT print FROM signer WHERE state <> 'expected')`,
    payload,
  );
  db.run(`UPDATE received SET envelope = NULL WHERE payload = ? AND outcome = 'quarantined'`, payload);
}

/** Why a package waits; its file stays. */
export const setReason = (db: WriteDb, payload: string, reason: string | null): number =>
  db.run('UPDATE received SET reason = ? WHERE payload = ?', reason, payload);

/** A package taken in, by its place in the sender's sequence, with the sheets that it carried. */
export type Arrived = Pick<Received, 'unit' | 'print' | 'epoch' | 'sequence' | 'sheets'>;

/** Which sheets were taken from each package, and from which department. The packages themselves stay unread. */
export const sheetsReceived = (db: ReadDb): Arrived[] =>
  db.all(`SELECT unit, print, epoch, sequence, sheets, refused FROM received WHERE outcome = 'applied'`).map((row) => {
    const refused = readKept(row.refused, '受け取りの記録') as RefusedSheet[];
    const sheets = readKept(row.sheets, '受け取りの記録') as string[];
    return {
      unit: String(row.unit),
      print: String(row.print),
      epoch: String(row.epoch),
      sequence: Number(row.sequence),
      sheets: sheets.filter((sheet) => !refused.some((one) => one.sheet === sheet)),
    };
  });

/** Sheets that came in packages of which no account was kept: what these brought cannot be told apart any more. */
export const sheetsWithoutAccount = (db: ReadDb): Set<string> =>
  new Set(
    db
      .all(`SELECT sheets FROM received WHERE outcome = 'applied' AND brought IS NULL AND kind <> 'receipt'`)
      .flatMap((row) => readKept(row.sheets, '受け取りの記録') as string[]),
  );

/** Says what became of a package later on. Its file is not needed any more once all of it counts. */
export const setOutcome = (db: WriteDb, payload: string, outcome: Received['outcome'], reason: string | null): number =>
  db.run(
    `UPDATE received SET outcome = ?, reason = ?,
      envelope = CASE WHEN ? = 'applied' AND refused = '[]' THEN NULL ELSE envelope END
     WHERE payload = ?`,
    outcome,
    reason,
    outcome,
    payload,
  );

/** Notes what a package carries of what counts here. */
export const setBrought = (db: WriteDb, payload: string, brought: string): number =>
  db.run('UPDATE received SET brought = ? WHERE payload = ?', brought, payload);

/** The highest sequence number taken in from a key in an epoch; 0 before the first. */
export const lastSequenceOf = (db: ReadDb, print: string, epoch: string): number =>
  Number(
    db.get(
      `SELECT COALESCE(MAX(sequence), 0) AS last FROM received WHERE print = ? AND epoch = ? AND outcome = 'applied'`,
      print,
      epoch,
    )?.last,
  );

/** So many fit into a package beside the ends of own former keys. */
const PLACES = 100;

/**
 * The furthest packages taken in from these keys in each epoch; two where a key took one place twice. Of many epochs those
 * count that came last: a key that begins ever new ones must not swell what is sent to others.
 */
export const lastPlaces = (db: ReadDb, prints: readonly string[]): Place[] =>
  db
    .all(
      `SELECT print, epoch, sequence, payload FROM (
         SELECT r.rowid AS place, r.print, r.epoch, r.sequence, r.payload FROM received r
         WHERE r.outcome = 'applied' AND r.print IN (SELECT value FROM json_each(?)) AND r.sequence = (
           SELECT MAX(sequence) FROM received o
           WHERE o.print = r.print AND o.epoch = r.epoch AND o.outcome = 'applied')
         ORDER BY place DESC LIMIT ?)
       ORDER BY print, epoch, payload`,
      JSON.stringify(prints),
      PLACES,
    )
    .map((row) => ({
      print: String(row.print),
      epoch: String(row.epoch),
      sequence: Number(row.sequence),
      payload: String(row.payload),
    }));

/**
 * Enters a package, or changes its outcome once it could be taken in (its file is then no longer kept). Its row stays
 * where it was entered first: rows stand in the order of arrival. `line`: prints of the keys on which it depends whether
 * the sender is admitted.
 */
export function setReceived(db: WriteDb, received: Omit<Received, 'brought'>, line: readonly string[]): void {
  db.run(
    `INSERT INTO received
      (payload, outcome, kind, print, public_key, unit, station, epoch, sequence, previous, made_at, received_at, file,
       sheets, reason, refused, line, envelope)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (payload) DO UPDATE SET outcome = excluded.outcome, unit = excluded.unit, station = excluded.station,
       received_at = excluded.received_at, file = excluded.file, reason = excluded.reason, refused = excluded.refused,
       line = excluded.line, envelope = excluded.envelope`,
    received.payload,
    received.outcome,
    received.kind,
    received.print,
    received.publicKey,
    received.unit,
    received.station,
    received.epoch,
    received.sequence,
    received.previous,
    received.madeAt,
    received.receivedAt,
    received.file,
    JSON.stringify(received.sheets),
    received.reason,
    JSON.stringify(received.refused),
    JSON.stringify(line),
    received.envelope,
  );
}

export type Sent = {
  /** Print of the key that signed it. */
  print: string;
  epoch: string;
  recipient: string;
  /** Counts within the epoch and the recipient. */
  sequence: number;
  payload: string;
  kind: string;
  /** Heads of the sheets it carries, by sheet id. */
  heads: Record<string, readonly string[]>;
  at: string;
  delivered: boolean;
  /** The last of what had been made here (`own`) when it was sealed. */
  made: number;
  /** It can be written again, byte for byte. */
  kept: boolean;
};

/**
 * Enters an own package with its signed file, gzipped; all that has been made here until now counts as taken along by it.
 * Files that the other side has taken in are let go.
 */
export function addSent(db: WriteDb, sent: Omit<Sent, 'made' | 'kept'>, envelope: Uint8Array): void {
  db.run(
    `UPDATE sent SET envelope = NULL WHERE envelope IS NOT NULL
     AND payload IN (SELECT payload FROM acknowledged WHERE outcome = 'applied')`,
  );
  db.run(
    `INSERT INTO sent (print, epoch, recipient, sequence, payload, kind, heads, at, delivered, envelope, made)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(id), 0) FROM own))`,
    sent.print,
    sent.epoch,
    sent.recipient,
    sent.sequence,
    sent.payload,
    sent.kind,
    JSON.stringify(sent.heads),
    sent.at,
    sent.delivered ? 1 : 0,
    envelope,
  );
}

/** The signed file of an own package, gzipped; undefined when it is not kept (any more). */
export function sentEnvelope(db: ReadDb, payload: string): Uint8Array | undefined {
  const kept = db.get('SELECT envelope FROM sent WHERE payload = ?', payload)?.envelope;
  return kept instanceof Uint8Array ? kept : undefined;
}

/** The file was written, read back and found good. */
export const markDelivered = (db: WriteDb, payload: string): number =>
  db.run('UPDATE sent SET delivered = 1 WHERE payload = ?', payload);

/** All that was sent, oldest first. */
export const allSent = (db: ReadDb): Sent[] =>
  db
    .all(
      `SELECT print, epoch, recipient, sequence, payload, kind, heads, at, delivered, made, envelope IS NOT NULL AS kept
       FROM sent ORDER BY id`,
    )
    .map((row) => ({
      print: String(row.print),
      epoch: String(row.epoch),
      recipient: String(row.recipient),
      sequence: Number(row.sequence),
      payload: String(row.payload),
      kind: String(row.kind),
      heads: readKept(row.heads, '書き出しの記録') as Sent['heads'],
      at: String(row.at),
      delivered: row.delivered === 1,
      made: Number(row.made),
      kept: row.kept === 1,
    }));

/** From now on own packages are counted anew. */
export const setEpoch = (db: WriteDb, epoch: string): number =>
  db.run(`UPDATE meta SET value = ? WHERE name = 'epoch'`, JSON.stringify(epoch));

/** The next place in the sequence to a recipient: its number and the hash of the payload before it. */
export function nextPlace(db: ReadDb, epoch: string, recipient: string): { sequence: number; previous: string | null } {
  const last = db.get(
    'SELECT sequence, payload FROM sent WHERE epoch = ? AND recipient = ? ORDER BY sequence DESC LIMIT 1',
    epoch,
    recipient,
  );
  return last
    ? { sequence: Number(last.sequence) + 1, previous: String(last.payload) }
    : { sequence: 1, previous: null };
}
