// Receipts: the office's signed word on every package of a department's keys that is here, and what became of it.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { WrittenPackage } from '../../../shared/contract/outgoingviews.ts';
import type { MissingView } from '../../../shared/contract/recordviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Receipt } from '../../../shared/package/payload.ts';
import { assertRole, type Session, signingKey } from '../session.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { fatesOf } from '../store/fates.ts';
import { allReceived, allSent, type ReceivedHead } from '../store/ledger.ts';
import { signersOf } from '../store/signers.ts';
import type { Task } from '../task.ts';
import { carriageTo, deliver } from './carriage.ts';
import { headerFor, registryFor, type Sealed, seal } from './compose.ts';

/** What came from registered keys, by the department that each is registered for. */
function arrivals(db: ReadDb): Map<string, ReceivedHead[]> {
  const units = new Map(
    signersOf(db).flatMap(({ print, unit, state }) => (state === 'expected' ? [] : [[print, unit] as const])),
  );
  const known = allReceived(db).filter(({ print }) => units.has(print));
  return Map.groupBy(known, ({ print }) => units.get(print) ?? '');
}

function sealReceipt(db: WriteDb, session: Session, unit: string, at: string): Sealed {
  const payload: Receipt = {
    ...headerFor(db, session, unit, at),
    kind: 'receipt',
    receipts: (arrivals(db).get(unit) ?? []).map(
      ({ print, epoch, sequence, payload: hash, outcome, reason, refused, receivedAt }) => ({
        print,
        epoch,
        sequence,
        payload: hash,
        outcome,
        reason,
        refused: [...refused],
        receivedAt,
      }),
    ),
    registry: registryFor(db, session, unit),
  };
  return seal(db, session, payload);
}

/**
 * Writes a receipt for each department (or each of `units`) from whose registered keys something has come. Raises
 * role.wrong, package.none where there is none, seal.unknown, key.locked and the problems of writing.
 */
export async function acknowledge(task: Task, input: ParsedInput<'package.acknowledge'>) {
  const folder = task.pathOf(input.folder);
  assertRole(task.session(), 'office');
  signingKey(task.session());
  const known = [...task.read(arrivals).keys()];
  const units = known.filter((unit) => input.units === undefined || input.units.includes(unit));
  if (units.length === 0) fail('package.none', {});
  const carriage = await carriageTo(task, folder, input.carry, units);
  const packages: WrittenPackage[] = [];
  for (const [index, unit] of units.entries()) {
    await task.step({ done: index, total: units.length, name: unit });
    const at = task.ports.clock.now();
    packages.push(
      await deliver(
        task,
        carriage,
        task.write((db, session) => sealReceipt(db, session, unit, at)),
      ),
    );
  }
  return { packages, place: carriage.place };
}

/**
 * Own packages that the other side lacks, oldest first: its last receipt names a later one of the same key and epoch, and
 * does not name these. What came after the last that it names may still be on its way.
 */
export function missingThere(db: ReadDb): MissingView[] {
  const fates = fatesOf(db);
  const told = [...fates.values()].filter(({ said }) => said === 'receipt');
  const last = Map.groupBy(told, ({ print, epoch }) => `${print}:${epoch}`);
  return allSent(db)
    .filter(({ kind, delivered }) => kind === 'submission' && delivered)
    .filter(({ payload, print, epoch, sequence }) => {
      const reached = Math.max(0, ...(last.get(`${print}:${epoch}`) ?? []).map((one) => one.sequence));
      return !fates.has(payload) && sequence < reached;
    })
    .map(({ payload, sequence, at }) => ({ hash: payload, sequence, at }));
}
