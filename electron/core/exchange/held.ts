// Packages that wait: kept whole until what was missing arrives, then taken in by themselves. A person may look at one,
// take it out as it came, or drop it; dropped ones stay in the list and can be taken up again.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { HeldView, PackageResult } from '../../../shared/contract/exchangeviews.ts';
import { fail, makeProblem } from '../../../shared/kernel/problem.ts';
import type { Session } from '../session.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { DROPPED, hashesWaiting, headsHeld, letGo, type ReceivedHead, receivedOf, setReason } from '../store/ledger.ts';
import type { Task } from '../task.ts';
import { applyPackage, planPackage, unreadable } from './receive.ts';

const isTaken = ({ outcome }: PackageResult): boolean => outcome === 'applied' || outcome === 'stale';

type Ways = {
  read<T>(work: (db: ReadDb) => T): T;
  write(work: (db: WriteDb) => PackageResult): PackageResult;
};

/**
 * Takes in what waits and can be taken now, one after the other, until nothing more follows from what was taken; each by
 * a `write` of its own.
 */
export function takeHeld({ read, write }: Ways, session: Session, at: string): PackageResult[] {
  const taken: PackageResult[] = [];
  for (let before = -1; before < taken.length; ) {
    before = taken.length;
    for (const hash of read(hashesWaiting)) {
      const waiting = read((db) => receivedOf(db, hash));
      if (!waiting?.envelope) continue;
      const { file, envelope } = waiting;
      if (!read((db) => isTaken(planPackage(db, session, file, envelope).result))) continue;
      taken.push(write((db) => applyPackage(db, session, file, envelope, at)));
    }
  }
  return taken;
}

/** Reads and writes inside the caller's transaction. */
export const within = (db: WriteDb): Ways => ({ read: (work) => work(db), write: (work) => work(db) });

/** As takeHeld, inside the caller's transaction. */
export const takeHeldWithin = (db: WriteDb, session: Session, at: string): PackageResult[] =>
  takeHeld(within(db), session, at);

/** What waits and was not dropped: by its hash where it may be tried again, told where nothing has changed for it. */
export function waitingHere(db: ReadDb): ({ name: string } & ({ held: string } | { told: PackageResult }))[] {
  const mayHaveChanged = new Set(hashesWaiting(db));
  return headsHeld(db)
    .filter(({ reason }) => reason !== DROPPED)
    .map((head) =>
      isStrange(head, mayHaveChanged)
        ? { name: head.file, told: unknownOf(head) }
        : { name: head.file, held: head.payload },
    );
}

/** Of a sender who is as unknown as before. What strangers sent may be much: it need not be opened to be told. */
const isStrange = ({ reason, payload }: ReceivedHead, mayHaveChanged: ReadonlySet<string>): boolean =>
  reason === 'signer.unknown' && !mayHaveChanged.has(payload);

/** Everything that waits or was dropped, with what would become of it now. */
export function listHeld(db: ReadDb, session: Session): HeldView[] {
  const mayHaveChanged = new Set(hashesWaiting(db));
  return headsHeld(db).flatMap((head): HeldView[] => {
    const more = { receivedAt: head.receivedAt, isDropped: head.reason === DROPPED };
    if (isStrange(head, mayHaveChanged)) return [{ ...unknownOf(head), ...more }];
    const envelope = receivedOf(db, head.payload)?.envelope;
    return envelope ? [{ ...planPackage(db, session, head.file, envelope).result, ...more }] : [];
  });
}

const unknownOf = ({ file, kind, unit, print, sequence, payload }: ReceivedHead): PackageResult => ({
  ...unreadable(file, makeProblem('signer.unknown', { print, unit })),
  ...{ outcome: 'quarantined', kind, claimed: unit, print, sequence, hash: payload, held: true },
});

/** Drops packages that wait, or takes them up again. Nothing of them is deleted. All or none. Raises held.unknown. */
export function dropHeld(db: WriteDb, session: Session, { packages, isDropped }: ParsedInput<'held.drop'>): HeldView[] {
  for (const hash of new Set(packages)) {
    const held = receivedOf(db, hash);
    if (held?.outcome !== 'quarantined' || !held.envelope) return fail('held.unknown', {});
    const reason = isDropped ? DROPPED : planPackage(db, session, held.file, held.envelope).result.reason?.code;
    setReason(db, hash, reason ?? null);
  }
  return listHeld(db, session);
}

/**
 * Deletes the files of packages that were dropped: the person has said so twice. All or none. Raises held.unknown, and
 * held.kept for one that was not dropped.
 */
export function discardHeld(db: WriteDb, session: Session, { packages }: ParsedInput<'held.discard'>): HeldView[] {
  const dropped = new Map(headsHeld(db).map(({ payload, reason }) => [payload, reason === DROPPED] as const));
  for (const hash of packages) {
    if (!dropped.has(hash)) fail('held.unknown', {});
    if (!dropped.get(hash)) fail('held.kept', {});
    letGo(db, hash);
  }
  return listHeld(db, session);
}

/** Writes a package that waits into a folder, byte for byte as it came. Raises held.unknown and those of writing. */
export async function exportHeld(task: Task, { hash, folder }: ParsedInput<'held.export'>): Promise<{ file: string }> {
  const held = task.read((db) => receivedOf(db, hash));
  if (held?.outcome !== 'quarantined' || !held.envelope) return fail('held.unknown', {});
  const place = task.pathOf(folder);
  await task.ports.files.makeFolder(place);
  await task.ports.files.write(path.join(place, path.basename(held.file)), held.envelope);
  return { file: path.basename(held.file) };
}
