// The registry of keys as a person sees and changes it.
import type { KeptPackage, SignerView, Station } from '../../../shared/contract/exchangeviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { isWithin, type Limit, printSchema, stationSchema, typedPrint } from '../../../shared/package/trust.ts';
import type { Session } from '../session.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { listSheets } from '../store/derived.ts';
import { allReceived, type ReceivedHead } from '../store/ledger.ts';
import { registryOf, type Signer, setSigner, signerOf, signersOf } from '../store/signers.ts';

type Entry = Pick<Signer, 'print' | 'unit' | 'station' | 'bound' | 'follows'> & { state: SignerView['state'] };

function viewSigner(signer: Entry, received: readonly ReceivedHead[]): SignerView {
  const own = received.filter((r) => r.print === signer.print);
  return {
    print: signer.print,
    unit: signer.unit,
    station: signer.station,
    state: signer.state,
    follows: signer.follows,
    packages: own.length,
    lastSequence: own.length > 0 ? Math.max(...own.map((r) => r.sequence)) : null,
    after: signer.bound === null ? 0 : own.filter((r) => r.outcome === 'applied' && !isWithin(signer.bound, r)).length,
  };
}

/** Registered keys, then those from which something has been set aside. */
export function listSigners(db: ReadDb): SignerView[] {
  const received = allReceived(db);
  const registered = signersOf(db);
  const known = new Set(registered.map((signer) => signer.print));
  const seen = new Map(received.filter((r) => !known.has(r.print)).map((r) => [r.print, r] as const));
  return [
    ...registered.map((signer) => viewSigner(signer, received)),
    ...[...seen.values()].map(({ print, unit, station }) =>
      viewSigner({ print, unit, station, state: 'seen', bound: null, follows: null }, received),
    ),
  ];
}

/** What the office has said of the workstations of this department, this one among them. */
export const stationsOf = (db: ReadDb, { meta }: Session): Station[] =>
  registryOf(db)
    .filter(({ unit }) => meta.role === 'department' && unit === meta.unit)
    .map(({ print, station, state }) => ({ print, station, state, isThis: print === meta.print }));

/** What the office has said of this workstation's key; null before it has said anything. */
export const standingOfKey = (db: ReadDb, session: Session): Station['state'] | null =>
  stationsOf(db, session).find(({ isThis }) => isThis)?.state ?? null;

/** 30 digits as somebody typed them. Raises print.incomplete. */
function readPrint(typed: string): string {
  const digits = typedPrint(typed);
  if (!printSchema.safeParse(digits).success) fail('print.incomplete', { digits: digits.replace(/\D/g, '').length });
  return digits;
}

/** Raises print.incomplete, and print.mismatched unless these are the digits of `print`. */
export function assertPrint(typed: string, print: string): void {
  if (readPrint(typed) !== print) fail('print.mismatched', {});
}

/** A workstation's name in its one spelling. Raises input.invalid. */
export function stationName(name: string): string {
  const station = name.normalize('NFC').trim();
  if (stationSchema.safeParse(station).success) return station;
  return fail('input.invalid', { findings: [`「${name}」は端末の呼び名に使えない`] });
}

type Enrolment = { print: string; unit: string; station: string };

/**
 * Registers the key of these digits under a department's name (at a department: under the office's): what it sent counts,
 * also when it was revoked before. `expected`: it may be one of which nothing has arrived; it counts as soon as something
 * does. Raises print.incomplete, unit.unknown, key.unsound, and signer.unseen when nothing has arrived.
 */
export function enrol(
  db: WriteDb,
  { meta }: Session,
  { print: typed, unit, station }: Enrolment,
  at: string,
  expected: boolean,
): SignerView {
  const print = readPrint(typed);
  const known = signerOf(db, print);
  const publicKey = known?.publicKey ?? allReceived(db).find((received) => received.print === print)?.publicKey ?? null;
  if (publicKey === null && !expected) fail('signer.unseen', { print });
  const name = unit.normalize('NFC').trim();
  const units = meta.role === 'office' ? [...new Set(listSheets(db).flatMap((sheet) => sheet.units))] : [meta.office];
  // A file without any sheets (restored from early in the year) has nothing to check the name against.
  if (units.length > 0 && !units.includes(name)) fail('unit.unknown', { unit: name, known: units });
  const entry = {
    print,
    publicKey,
    unit: name,
    station: stationName(station) || (known?.station ?? ''),
    state: publicKey === null ? 'expected' : 'trusted',
    bound: null,
    follows: known?.follows ?? null,
  } as const;
  setSigner(db, entry, at);
  return signerView(db, print);
}

/**
 * From which package on a key is no longer trusted: from the one of this hash, from all (nothing of it counts), or from
 * the next that arrives.
 */
export type From = 'all' | 'next' | { hash: string };

/** The registered signer of these digits. Raises signer.unseen. */
function registered(db: ReadDb, typed: string): Signer {
  const print = readPrint(typed);
  return signerOf(db, print) ?? fail('signer.unseen', { print });
}

/** The bound that follows: for each epoch, the last place before the first that is not trusted, as they came in. */
function boundFrom(db: ReadDb, print: string, from: From): Limit {
  if (from === 'all') return [];
  const all = receivedFrom(db, print);
  const first = from === 'next' ? undefined : all.find(({ hash }) => hash === from.hash);
  if (from !== 'next' && !first) fail('signer.unseen', { print });
  const before = first ? all.slice(0, all.indexOf(first)) : all;
  const last = new Map<string, number>();
  const taken = before.filter(({ outcome }) => outcome !== 'quarantined');
  for (const { epoch, sequence } of taken) last.set(epoch, Math.max(sequence, last.get(epoch) ?? 0));
  if (first) last.set(first.epoch, Math.min(first.sequence - 1, last.get(first.epoch) ?? first.sequence - 1));
  return [...last].map(([epoch, sequence]) => ({ epoch, sequence }));
}

/**
 * Takes the registration of a key back from a package on. What was taken in before stays, and so does what came after:
 * that is listed (`packagesAfter`) and may be undone. Raises signer.unseen, print.incomplete.
 */
export function revokeSigner(db: WriteDb, typed: string, from: From, at: string) {
  const signer = registered(db, typed);
  const bound = boundFrom(db, signer.print, from);
  setSigner(db, { ...signer, state: 'revoked', bound }, at);
  return { signer: signerView(db, signer.print), after: packagesAfter(db, signer.print, bound) };
}

/** What `revokeSigner` would leave behind the bound; nothing is changed. Raises signer.unseen, print.incomplete. */
export function previewRevocation(db: ReadDb, typed: string, from: From): KeptPackage[] {
  const { print } = registered(db, typed);
  return packagesAfter(db, print, boundFrom(db, print, from));
}

/** The packages of a key that have been taken in and lie beyond a bound, with the numbers of their sheets. */
export const packagesAfter = (db: ReadDb, print: string, bound: Limit | null): KeptPackage[] =>
  receivedFrom(db, print).filter((kept) => kept.outcome === 'applied' && !isWithin(bound, kept));

/** The packages of a key in the order in which they came in. Raises signer.unseen, print.incomplete. */
export const packagesOf = (db: ReadDb, typed: string): KeptPackage[] => receivedFrom(db, registered(db, typed).print);

function receivedFrom(db: ReadDb, print: string): KeptPackage[] {
  const numbers = new Map(listSheets(db).map((sheet) => [sheet.id, sheet.number] as const));
  // As they arrived: no clock is asked.
  return allReceived(db, 'arrival')
    .filter((received) => received.print === print)
    .map(({ payload, kind, outcome, epoch, sequence, madeAt, receivedAt, sheets }) => ({
      hash: payload,
      kind,
      outcome,
      epoch,
      sequence,
      madeAt,
      receivedAt,
      sheets: sheets.map((id) => numbers.get(id) ?? id),
    }));
}

const signerView = (db: ReadDb, print: string): SignerView =>
  listSigners(db).find((signer) => signer.print === print) ?? fail('signer.unseen', { print });
