// How much may wait here. Promise: what strangers or one station send cannot fill the file or keep the others out; nothing
// that is kept is ever let go for it without a person's word.
import { makeProblem, type Problem } from '../../../shared/kernel/problem.ts';
import type { ReadDb } from '../store/database.ts';
import { keptOf, receivedOf } from '../store/ledger.ts';
import { signerOf } from '../store/signers.ts';

/** All keys that nobody has registered together: room for what a hundred departments send before their first call. */
export const ROOM_FOR_STRANGERS = { packages: 500, bytes: 256 * 1024 * 1024 };
/** Each registered key: more than this is a station out of order. */
export const ROOM_FOR_ONE = { packages: 200, bytes: 256 * 1024 * 1024 };

/** held.full where the file of a package finds no room; undefined where it does. One that is kept already has its place. */
export function crowding(db: ReadDb, print: string, payload: string, size: number): Problem | undefined {
  if (receivedOf(db, payload)?.envelope) return undefined;
  const signer = signerOf(db, print);
  const isStranger = !signer || signer.state === 'expected';
  const room = isStranger ? ROOM_FOR_STRANGERS : ROOM_FOR_ONE;
  const { packages, bytes } = keptOf(db, isStranger ? undefined : print);
  if (packages < room.packages && bytes + size <= room.bytes) return undefined;
  return makeProblem('held.full', { unit: isStranger ? null : signer.unit, packages });
}
