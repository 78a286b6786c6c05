// How a key hands its place on: the statement that it signs, and what a receiver makes of the statements in a package.
// Promise: a key follows only from one that is trusted here, by signatures that hold, and one statement is all it makes.
import { canonical } from '../../../shared/kernel/json.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Payload, Place } from '../../../shared/package/payload.ts';
import { type Limit, LONGEST_LINEAGE, ROTATION_TYPE, type Rotation } from '../../../shared/package/trust.ts';
import type { ReadDb } from '../store/database.ts';
import { rotationOf, type Signer, signerOf } from '../store/signers.ts';
import { fromBase64, isSoundPublicKey, type KeyPair, printOf, sign, verify } from './crypto.ts';
import { pae } from './envelope.ts';

/** The statement with the signature of the key that hands its place on. */
export function signRotation(statement: Rotation['statement'], key: KeyPair): Rotation {
  const bytes = pae(ROTATION_TYPE, Buffer.from(canonical(statement)));
  return { statement, signature: Buffer.from(sign(key.privateKey, bytes)).toString('base64') };
}

/** One statement with the prints of both keys. */
type Step = { rotation: Rotation; from: string; to: string };

const holds = ({ statement, signature }: Rotation): boolean =>
  verify(
    statement.from,
    pae(ROTATION_TYPE, Buffer.from(canonical(statement))),
    fromBase64(signature) ?? new Uint8Array(0),
  );

/**
 * The statements of a package, oldest first, down to the key that signed it. Raises lineage.long, lineage.foreign,
 * lineage.broken, lineage.circular. Says nothing of trust.
 */
export function lineageOf({ lineage, office, sender }: Pick<Payload, 'lineage' | 'office' | 'sender'>): Step[] {
  if (lineage.length > LONGEST_LINEAGE) fail('lineage.long', { limit: LONGEST_LINEAGE });
  const steps = lineage.map((rotation): Step => {
    const { from, to, ...statement } = rotation.statement;
    if (statement.office !== office.print || statement.unit !== sender.unit) fail('lineage.foreign', {});
    if (!isSoundPublicKey(to)) fail('lineage.broken', { reason: '新しい鍵が使えない値' });
    if (!holds(rotation)) fail('lineage.broken', { reason: '署名が合わない' });
    return { rotation, from: printOf(from), to: printOf(to) };
  });
  const prints = [...steps.slice(0, 1).map(({ from }) => from), ...steps.map(({ to }) => to)];
  if (new Set(prints).size < prints.length) fail('lineage.circular', {});
  const isUnbroken = steps.every(({ to }, index) => to === (steps[index + 1]?.from ?? sender.print));
  if (!isUnbroken) fail('lineage.broken', { reason: '前の鍵と次の鍵が続いていない' });
  return steps;
}

/** What a package changes in the registry of keys, and how a person is told. */
export type Admission = {
  signers: readonly Signer[];
  rotations: readonly Step[];
  /** Keys that take another's place by this package. */
  succession: readonly { from: string; to: string }[];
};

/**
 * What the registry becomes by a package whose sender is trusted: a key that was waited for counts from now on, and one
 * that follows from a trusted key takes its place. Raises `unknown` for a key that nobody typed, signer.revoked, signer.mismatched and the
 * problems of lineages.
 */
export function admissionOf(db: ReadDb, payload: Payload, unknown: 'signer.unknown' | 'signer.changed'): Admission {
  const { print, publicKey, unit } = payload.sender;
  const steps = lineageOf(payload);
  const entries = new Map<string, Signer>();
  const entryOf = (key: string) => entries.get(key) ?? signerOf(db, key);
  const line = [...steps.map(({ from }) => from), print];
  const root = line.findLast((key) => signerOf(db, key) !== undefined);
  if (root === undefined)
    return unknown === 'signer.changed' ? fail(unknown, { print }) : fail(unknown, { print, unit });
  for (const key of line) {
    const registered = signerOf(db, key)?.unit ?? unit;
    if (registered !== unit) fail('signer.mismatched', { claimed: unit, registered });
  }
  if (root !== print && entryOf(root)?.state === 'revoked') fail('signer.revoked', { print: root, unit });
  for (const step of steps) assertOnly(db, step);

  const succession: { from: string; to: string }[] = [];
  for (const { rotation, from, to } of steps) {
    const { statement } = rotation;
    const before = entryOf(from);
    if (!before) continue;
    if (before.state === 'trusted' || before.state === 'expected') {
      entries.set(from, { ...before, publicKey: statement.from, state: 'retired', bound: statement.limit });
    }
    const after = entryOf(from);
    if (after?.state === 'retired' && after.bound !== null) {
      const bound = narrowed(
        after.bound,
        payload.seen.filter((place) => place.print === from),
      );
      if (canonical(bound) !== canonical(after.bound)) entries.set(from, { ...after, bound });
    }
    if (entryOf(to)) continue;
    const { station } = before;
    entries.set(to, {
      print: to,
      publicKey: statement.to,
      unit,
      station,
      state: 'trusted',
      bound: null,
      follows: from,
    });
    succession.push({ from, to });
  }
  const own = entryOf(print);
  if (own?.state === 'expected') entries.set(print, { ...own, publicKey, state: 'trusted' });
  return { signers: [...entries.values()], rotations: steps, succession };
}

/**
 * A bound as far as it concerns this recipient. The statement names how far a key went with all recipients together; the
 * key that took its place names in every package where the sequences to this one ended (P28). Of epochs that it does not
 * name it knows nothing: it may go on from a recovery file.
 */
const narrowed = (bound: Limit, tips: readonly Place[]): Limit =>
  bound.map(({ epoch, sequence }) => {
    const ends = tips.filter((place) => place.epoch === epoch).map((place) => place.sequence);
    return { epoch, sequence: ends.length > 0 ? Math.min(sequence, Math.max(...ends)) : sequence };
  });

/** A key makes one statement in its life, and never one that leads back. */
function assertOnly(db: ReadDb, { rotation, from, to }: Step): void {
  const known = rotationOf(db, from);
  if (known && canonical(known) !== canonical(rotation)) fail('lineage.redated', { print: from });
  for (let at = signerOf(db, from)?.follows; at; at = signerOf(db, at)?.follows) {
    if (at === to) fail('lineage.circular', {});
  }
}
