// Packages as they are put together: what goes to whom, at which place of the sequence, sealed. A place in the sequence
// is taken together with the revisions that the package covers.
import { gunzipSync, gzipSync } from 'node:zlib';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Carrier, Distribution, Payload, Submission } from '../../../shared/package/payload.ts';
import { LAST_SEQUENCE, LONGEST_LINEAGE, type Registry } from '../../../shared/package/trust.ts';
import { ancestorsOf } from '../../../shared/revision/ancestry.ts';
import type { Remark } from '../../../shared/revision/remark.ts';
import type { Revision } from '../../../shared/revision/revision.ts';
import { lackOf } from '../commit.ts';
import { type Session, signingKey } from '../session.ts';
import { definitionSourceOf } from '../store/artifacts.ts';
import { confirmationsOf } from '../store/confirmations.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { listSheets } from '../store/derived.ts';
import { formerKeys } from '../store/formerkeys.ts';
import { addSent, allSent, lastPlaces, nextPlace, readMeta, sentEnvelope, setEpoch } from '../store/ledger.ts';
import { previousOf } from '../store/previous.ts';
import { remarksOf } from '../store/remarks.ts';
import { historyOf, loadSheet, type Sheet } from '../store/sheets.ts';
import { signersOf } from '../store/signers.ts';
import { readPackage } from './authorise.ts';
import { randomId } from './crypto.ts';
import { sealEnvelope } from './envelope.ts';
import { recipientOf } from './secrecy.ts';

/** A finished package: its file and what it says. */
export type Sealed = { name: string; bytes: Buffer; payload: Payload; hash: string };

const LETTERS = { distribution: 'D', submission: 'S', return: 'R', receipt: 'A' } as const;

/** A name that says nothing about the content: letter and sender's station, year, sequence, eight digits of the hash. */
export const fileName = (payload: Payload, hash: string): string =>
  [
    `${LETTERS[payload.kind]}${payload.sender.print.slice(0, 4)}`,
    payload.year,
    String(payload.sequence).padStart(4, '0'),
    `${hash.slice(0, 8)}.hyoka.json`,
  ].join('-');
/** A sheet with the heads that go out: as they stand, or as they were when the receiver last had the sheet. */
type Outgoing = { sheet: Sheet; heads: readonly string[] };

export const asItStands = (sheet: Sheet): Outgoing => ({ sheet, heads: sheet.standing.heads });

/** Sheets that this department was given once and that are others' now: it is told so with the next distribution. */
function withdrawnFrom(db: ReadDb, unit: string): Outgoing[] {
  const given = new Map(
    allSent(db)
      .filter((sent) => sent.recipient === unit)
      .flatMap(({ heads }) => Object.entries(heads)),
  );
  return listSheets(db)
    .filter(({ id, units }) => given.has(id) && !units.includes(unit))
    .map(({ id }) => ({ sheet: loadSheet(db, id), heads: given.get(id) ?? [] }));
}

/** The key of the office that is in force: the department seals and addresses its packages to it. */
const officeKeyOf = (db: ReadDb, { meta }: Session): string =>
  signersOf(db).find(({ unit, state }) => unit === meta.office && state === 'trusted')?.print ?? meta.officePrint;

/** Under what an answer may be sealed. */
const sealsOf = (session: Session): string[] => [
  recipientOf(signingKey(session).privateKey),
  ...(session.meta.recovery ? [session.meta.recovery.recipient] : []),
];

/** The next place in the sequence to a unit. Where one has come to its end, no receiver takes more: a new epoch begins. */
function placeFor(db: WriteDb, unit: string) {
  // Receiving may have begun a new epoch since the file was opened.
  const { epoch } = readMeta(db);
  const place = nextPlace(db, epoch, unit);
  if (place.sequence <= LAST_SEQUENCE) return { epoch, ...place };
  const next = randomId(8);
  setEpoch(db, next);
  return { epoch: next, ...nextPlace(db, next, unit) };
}

/** What every package says of its way: from whom, to whom, at which place of the sequence. */
export function headerFor(db: WriteDb, session: Session, unit: string, at: string) {
  const { meta } = session;
  return {
    format: 'hyoka-package/1' as const,
    office: { unit: meta.office, print: meta.officePrint },
    year: meta.year,
    sender: {
      unit: meta.unit,
      station: meta.station,
      print: meta.print,
      publicKey: meta.publicKey,
      seals: sealsOf(session),
    },
    recipient: { unit, print: meta.role === 'office' ? null : officeKeyOf(db, session) },
    ...placeFor(db, unit),
    seen: [...seenOf(db, unit), ...formerTips(db, unit)],
    lineage: formerKeys(db)
      .map(({ rotation }) => rotation)
      .slice(-LONGEST_LINEAGE),
    at,
  };
}

/** The last packages that came from the recipient's keys: the other recipients' are none of its business. */
const seenOf = (db: ReadDb, unit: string): Payload['seen'] =>
  lastPlaces(
    db,
    signersOf(db).flatMap((signer) => (signer.unit === unit ? [signer.print] : [])),
  );

const MOST_TIPS = 100;

/** Where the sequences of own former keys to this recipient end: what is late of them is known by that. */
const formerTips = (db: ReadDb, unit: string): Payload['seen'] => {
  const former = new Set(formerKeys(db).map(({ print }) => print));
  const tips = new Map<string, Payload['seen'][number]>();
  for (const { print, epoch, recipient, sequence, payload } of allSent(db)) {
    if (former.has(print) && recipient === unit) tips.set(`${print}:${epoch}`, { print, epoch, sequence, payload });
  }
  // Of very many those of the last keys: what is late of the others is bounded by their statements.
  return [...tips.values()].slice(-MOST_TIPS);
};

export const sheetsIn = (outgoing: readonly Outgoing[]): Carrier['sheets'] =>
  outgoing.map(({ sheet, heads }) => ({ sheet: sheet.id, number: sheet.number, heads: [...heads] }));

/** What the office has registered of the recipient's keys, and its own. */
export const registryFor = (db: ReadDb, { meta }: Session, unit: string): Registry => [
  { print: meta.print, unit: meta.unit, station: meta.station, state: 'trusted', limit: null },
  ...formerKeys(db).map(({ print, rotation }) => ({
    print,
    unit: meta.unit,
    station: meta.station,
    state: 'retired' as const,
    limit: rotation.statement.limit,
  })),
  ...signersOf(db).flatMap(({ print, unit: own, station, state, bound }) =>
    own === unit && state !== 'expected' ? [{ print, unit: own, station, state, limit: bound }] : [],
  ),
];

/** The revisions behind the outgoing heads of a sheet that `wanted` picks, oldest first. */
export function revisionsOf(
  db: ReadDb,
  { sheet, heads }: Outgoing,
  wanted: (revision: Revision) => boolean,
): Revision[] {
  const history = historyOf(db, sheet.id);
  const ids = new Set(heads.flatMap((head) => [...ancestorsOf(history, head)]));
  const depth = (id: string) => ancestorsOf(history, id).size;
  return [...ids]
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
    .flatMap((id) => history.get(id)?.revision ?? [])
    .filter(wanted);
}

/** Remarks and confirmations travel in full each time, like revisions. */
export const saidOn = (db: ReadDb, sheets: readonly Sheet[], wanted: (said: Pick<Remark, 'author'>) => boolean) => ({
  remarks: sheets.flatMap((sheet) => [...remarksOf(db, sheet.id).values()].filter(wanted)),
  confirmations: sheets.flatMap((sheet) => [...confirmationsOf(db, sheet.id).values()].filter(wanted)),
});

function previousFor(db: ReadDb, sheets: readonly Sheet[], carried: readonly string[]): Distribution['lastYear'] {
  const found = sheets.flatMap((sheet) => {
    const previous = previousOf(db, sheet.id);
    return previous ? [{ sheet: sheet.id, previous }] : [];
  });
  const forms = new Set(found.flatMap(({ previous }) => previous.form ?? []).filter((hash) => !carried.includes(hash)));
  return { forms: [...forms].map((hash) => definitionSourceOf(db, hash)), sheets: found };
}

/** Signs a package and takes its place in the sequence. Raises key.locked. */
export function seal(db: WriteDb, session: Session, payload: Payload): Sealed {
  const bytes = sealEnvelope(payload.kind, payload, signingKey(session));
  // What no receiver could take in takes no place in the sequence.
  const hash = readPackage(bytes).opened.payloadHash;
  const sheets = payload.kind === 'receipt' ? [] : payload.sheets;
  const sent = {
    print: payload.sender.print,
    epoch: payload.epoch,
    recipient: payload.recipient.unit,
    sequence: payload.sequence,
    payload: hash,
    kind: payload.kind,
    heads: Object.fromEntries(sheets.map(({ sheet, heads }) => [sheet, heads])),
    at: payload.at,
    delivered: false,
  };
  addSent(db, sent, gzipSync(bytes));
  return { name: fileName(payload, hash), bytes, payload, hash };
}

/** A package that was made before, byte for byte. Raises package.unkept. */
export function composedBefore(db: ReadDb, hash: string): Sealed {
  const kept = sentEnvelope(db, hash) ?? fail('package.unkept', {});
  const bytes = gunzipSync(kept);
  const { payload } = readPackage(bytes);
  return { name: fileName(payload, hash), bytes, payload, hash };
}

/** A department's sheets with their forms and all that stands in them; those that are others' now are taken back. */
export function sealDistribution(
  db: WriteDb,
  session: Session,
  unit: string,
  sheets: readonly Sheet[],
  at: string,
): Sealed {
  const outgoing = [...sheets.map(asItStands), ...withdrawnFrom(db, unit)];
  const forms = [...new Set(outgoing.map(({ sheet }) => sheet.assignment.form))];
  const payload: Distribution = {
    ...headerFor(db, session, unit, at),
    ...saidOn(db, sheets, () => true),
    kind: 'distribution',
    sheets: sheetsIn(outgoing),
    forms: forms.map((hash) => definitionSourceOf(db, hash)),
    assignments: outgoing.map(({ sheet }) => sheet.assignment),
    revisions: outgoing.flatMap((out) => revisionsOf(db, out, () => true)),
    registry: registryFor(db, session, unit),
    lastYear: previousFor(db, sheets, forms),
  };
  return seal(db, session, payload);
}

/** The chosen sheets for the office. Raises key.locked. */
export function sealSubmission(db: WriteDb, session: Session, sheets: readonly Sheet[], at: string): Sealed {
  const payload: Submission = {
    ...headerFor(db, session, session.meta.office, at),
    ...saidOn(db, sheets, ({ author }) => author.role === 'department' && author.unit === session.meta.unit),
    kind: 'submission',
    sheets: sheetsIn(sheets.map(asItStands)),
    forms: [...new Set(sheets.map((sheet) => sheet.assignment.form))],
    // The office's own revisions are in its file; everything that departments wrote travels in full each time, so
    // that a lost or late package never holds up the next one.
    revisions: sheets.flatMap((sheet) =>
      revisionsOf(db, asItStands(sheet), (revision) => revision.author.role === 'department'),
    ),
    incomplete: sheets.flatMap((sheet) => {
      const { labels, asked } = lackOf(sheet);
      return labels.length + asked.length > 0 ? [{ sheet: sheet.id, missing: [...labels, ...asked] }] : [];
    }),
  };
  return seal(db, session, payload);
}
