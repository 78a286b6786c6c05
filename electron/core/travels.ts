// How far each sheet has come between the office and the departments: derived from what went out, what came in, what the
// other side said of it, and what was made here since.
import type { SheetState } from '../../shared/contract/views.ts';
import type { Session } from './session.ts';
import type { ReadDb } from './store/database.ts';
import type { Listed } from './store/derived.ts';
import { type Decided, decisionsOf, type Fate, fatesOf, isSeen } from './store/fates.ts';
import { type Arrived, allSent, type Sent, sheetsReceived } from './store/ledger.ts';
import { lastOwn } from './store/own.ts';

/** What this side knows of all sheets' travels. */
export type Travels = {
  /** The last own package that was written with a sheet in it. */
  sent: ReadonlyMap<string, Sent>;
  /** Packages taken in, by `travelKey` of sheet and department. */
  received: ReadonlyMap<string, readonly Arrived[]>;
  decided: ReadonlyMap<string, readonly Decided[]>;
  fates: ReadonlyMap<string, Fate>;
  /** The place of what was made last on a sheet. */
  made: ReadonlyMap<string, number>;
};

/** A sheet together with the department that handed it in. */
export const travelKey = (sheet: string, unit: string): string => `${sheet} ${unit}`;

/** Reads the travels of all sheets; with `only`, what is decided of that sheet alone. */
export function travelsOf(db: ReadDb, { meta }: Session, only?: string): Travels {
  const decided = decisionsOf(db, only);
  if (meta.role === 'office') {
    const arrived = sheetsReceived(db).flatMap((one) => one.sheets.map((sheet) => [sheet, one] as const));
    const byKey = Map.groupBy(arrived, ([sheet, { unit }]) => travelKey(sheet, unit));
    const received = new Map([...byKey].map(([key, all]) => [key, all.map(([, one]) => one)] as const));
    return { sent: new Map(), received, decided, fates: new Map(), made: new Map() };
  }
  // What could not be written, or was cut off while it was, has not been handed over.
  const sent = new Map(
    allSent(db)
      .filter(({ delivered }) => delivered)
      .flatMap((one) => Object.keys(one.heads).map((sheet) => [sheet, one] as const)),
  );
  return { sent, received: new Map(), decided, fates: fatesOf(db), made: lastOwn(db) };
}

/** The newest decision of the office on a sheet, if nothing has been handed in since that it did not judge. */
export function decisionInForce(session: Session, sheet: Listed, travels: Travels): Decided | undefined {
  const last = travels.decided.get(sheet.id)?.at(-1);
  if (!last) return undefined;
  if (session.meta.role === 'department') {
    const sent = travels.sent.get(sheet.id);
    return sent === undefined || isSeen(last.seen, sent) ? last : undefined;
  }
  const judged = travels.decided.get(sheet.id)?.flatMap(({ seen }) => seen) ?? [];
  const arrived = sheet.units.flatMap((unit) => travels.received.get(travelKey(sheet.id, unit)) ?? []);
  return arrived.every((one) => isSeen(judged, one)) ? last : undefined;
}

/** What became, at the office's, of the last package in which this department handed the sheet in. */
export const fateOf = (sheet: string, { sent, fates }: Travels): Fate | undefined =>
  fates.get(sent.get(sheet)?.payload ?? '');

/** Why the other side did not take a sheet of a package; undefined where it did. */
export const refusalOf = (sheet: string, { refused }: Fate): string | undefined =>
  refused.find((one) => one.sheet === sheet)?.reason;

/** How far a sheet has come. */
export function stateOf(session: Session, sheet: Listed, travels: Travels): SheetState {
  if (sheet.conflicts > 0) return 'conflict';
  const decision = decisionInForce(session, sheet, travels)?.decision().decision;
  if (session.meta.role === 'office') {
    const isHere = sheet.units.some((unit) => travels.received.has(travelKey(sheet.id, unit)));
    return isHere ? (decision ?? 'received') : 'waiting';
  }
  // What was returned stays so until it is handed in again, however much is typed.
  if (decision === 'returned') return 'returned';
  const sent = travels.sent.get(sheet.id);
  if (sheet.draft || (travels.made.get(sheet.id) ?? 0) > (sent?.made ?? 0)) return 'editing';
  if (decision === 'accepted') return 'accepted';
  if (!sent) return sheet.departmental ? 'editing' : 'waiting';
  const fate = fateOf(sheet.id, travels);
  return fate?.outcome === 'applied' && refusalOf(sheet.id, fate) === undefined ? 'arrived' : 'submitted';
}
