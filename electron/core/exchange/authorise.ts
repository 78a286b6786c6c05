// Whether a package may speak here at all: its signature, its shape, its recipient, and its sender's place in the registry.
import { fail } from '../../../shared/kernel/problem.ts';
import { KINDS, type Kind } from '../../../shared/package/envelope.ts';
import { isOverlong, type Payload, payloadSchema } from '../../../shared/package/payload.ts';
import { isWithin } from '../../../shared/package/trust.ts';
import type { Session } from '../session.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { formerKeys } from '../store/formerkeys.ts';
import { receivedOf } from '../store/ledger.ts';
import { addRotation, addVouched, isVouched, type Signer, setRegistry, setSigner, signerOf } from '../store/signers.ts';
import { printOf } from './crypto.ts';
import { type Opened, openEnvelope } from './envelope.ts';
import { type Admission, admissionOf } from './lineage.ts';

/** The payload of a package whose signature holds. Raises package.* problems; says nothing of trust. */
export function readPackage(bytes: Buffer): { opened: Opened; payload: Payload } {
  const opened = openEnvelope(bytes);
  if (isOverlong(opened.payload)) fail('package.malformed', { reason: '項目が多すぎる' });
  const parsed = payloadSchema.safeParse(opened.payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('package.malformed', { reason: `${issue?.path.join('.')}：${issue?.message}` });
  }
  if (parsed.data.kind !== opened.kind) fail('package.miskinded', { found: parsed.data.kind, wanted: opened.kind });
  if (printOf(opened.publicKey) !== parsed.data.sender.print) {
    fail('package.inconsistent', { reason: '送り手の鍵と確認番号が合わない' });
  }
  return { opened, payload: parsed.data };
}

const MEANT_FOR: Record<Session['meta']['role'], readonly Kind[]> = {
  office: ['submission'],
  department: ['distribution', 'return', 'receipt'],
};

/**
 * What a package changes in the registry of keys, for one that is for this workspace and whose sender may send it here;
 * raises why it is not or may not. `hash`: of its payload.
 */
export function authorise(db: ReadDb, session: Session, payload: Payload, hash: string): Admission {
  const { meta } = session;
  const wanted = MEANT_FOR[meta.role];
  if (!wanted.includes(payload.kind)) {
    fail('package.miskinded', { found: KINDS[payload.kind], wanted: wanted.map((kind) => KINDS[kind]).join('・') });
  }
  const { unit } = payload.recipient;
  if (unit !== meta.unit) fail('package.misdirected', { found: unit, wanted: meta.unit });
  const { office, sender } = payload;
  if (meta.role === 'department') {
    if (office.unit !== meta.office) fail('package.misdirected', { found: office.unit, wanted: meta.office });
    if (office.print !== meta.officePrint) fail('signer.changed', { print: office.print });
    if (sender.unit !== office.unit)
      fail('package.inconsistent', { reason: '事務局でない送り手が、事務局として送っている' });
  } else if (office.print !== meta.officePrint || !isOwnKey(db, session, payload.recipient.print)) {
    fail('package.misdirected', { found: office.unit, wanted: `${meta.unit}（この事務局の今のファイル）` });
  }
  if (payload.year !== meta.year) fail('package.outdated', { found: payload.year, wanted: meta.year });
  // A department has typed its office's digits: another key that does not follow from it is a change of keys in silence.
  const unknown = meta.role === 'department' ? 'signer.changed' : 'signer.unknown';
  const admission = admissionOf(db, payload, unknown);
  const signer = admission.signers.find(({ print }) => print === sender.print) ?? signerOf(db, sender.print);
  assertCounts(db, signer, payload, hash);
  return admission;
}

/** Whether a key is this workspace's, or was before it was replaced. */
export const isOwnKey = (db: ReadDb, { meta }: Session, print: string | null): boolean =>
  print === meta.print || formerKeys(db).some((former) => former.print === print);

/** Raises why a package of this key does not count: signer.unknown, signer.retired, signer.revoked, signer.unproven. */
function assertCounts(db: ReadDb, signer: Signer | undefined, payload: Payload, hash: string): void {
  const { print, unit } = payload.sender;
  if (!signer || signer.state === 'expected') fail('signer.unknown', { print, unit });
  if (signer.state === 'trusted') return;
  const who = { print, unit: signer.unit };
  const { state, bound } = signer;
  // The key itself signed how far it goes when it handed its place on; of one that was revoked, no signature counts.
  // Older programs noted no bound when a registration was taken back: what was here by then stays.
  const isInside = isWithin(bound, payload) && !(state === 'revoked' && bound === null);
  if (!isInside) fail(state === 'retired' ? 'signer.retired' : 'signer.revoked', who);
  if (state === 'revoked' && receivedOf(db, hash)?.outcome !== 'applied' && !isVouched(db, hash)) {
    fail('signer.unproven', who);
  }
}

/** Enters in the registry what a package changes in it, and what it vouches for and says of keys. */
export function keepAdmission(
  db: WriteDb,
  session: Session,
  payload: Payload,
  hash: string,
  admission: Admission,
  at: string,
): void {
  for (const signer of admission.signers) setSigner(db, signer, at);
  for (const { from, rotation } of admission.rotations) addRotation(db, from, rotation);
  addVouched(db, hash, [
    ...(payload.previous === null ? [] : [payload.previous]),
    ...payload.seen.map((place) => place.payload),
  ]);
  if (session.meta.role === 'office' || payload.kind === 'submission') return;
  const { registry, epoch, sequence } = payload;
  setRegistry(db, { print: payload.sender.print, epoch, sequence, registry });
}
