// Packages that wait: kept whole until what was missing arrives, then taken in by themselves. A person may look at one,
// take it out as it came, or drop it; dropped ones stay in the list and can be taken up again.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { HeldView, PackageResult } from '../../../shared/contract/exchangeviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Session } from '../session.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { allHeld, DROPPED, hashesWaiting, receivedOf, setReason } from '../store/ledger.ts';
import type { Task } from '../task.ts';
import { applyPackage, planPackage } from './receive.ts';

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

/** Everything that waits or was dropped, with what would become of it now. */
export function listHeld(db: ReadDb, session: Session): HeldView[] {
  return allHeld(db).flatMap(({ file, envelope, receivedAt, reason }) =>
    envelope ? [{ ...planPackage(db, session, file, envelope).result, receivedAt, isDropped: reason === DROPPED }] : [],
  );
}

/** Drops a package that waits, or takes it up again. Nothing of it is deleted. Raises held.unknown. */
export function dropHeld(db: WriteDb, session: Session, hash: string, isDropped: boolean): HeldView[] {
  const held = receivedOf(db, hash);
  if (held?.outcome !== 'quarantined' || !held.envelope) return fail('held.unknown', {});
  const reason = planPackage(db, session, held.file, held.envelope).result.reason?.code ?? null;
  setReason(db, hash, isDropped ? DROPPED : reason);
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
