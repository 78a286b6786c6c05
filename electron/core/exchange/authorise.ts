// Whether a package may speak here at all: its signature, its shape, its recipient, and its sender's place in the registry.
import { fail } from '../../../shared/kernel/problem.ts';
import { KINDS, type Kind } from '../../../shared/package/envelope.ts';
import { type Payload, payloadSchema } from '../../../shared/package/payload.ts';
import type { Session } from '../session.ts';
import type { ReadDb } from '../store/database.ts';
import { signerOf } from '../store/signers.ts';
import { printOf } from './crypto.ts';
import { type Opened, openEnvelope } from './envelope.ts';

/** The payload of a package whose signature holds. Raises package.* problems; says nothing of trust. */
export function readPackage(bytes: Buffer): { opened: Opened; payload: Payload } {
  const opened = openEnvelope(bytes);
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

/** Raises why a package is not for this workspace or its sender may not send it here. */
export function authorise(db: ReadDb, session: Session, payload: Payload): void {
  const { meta } = session;
  const wanted = MEANT_FOR[meta.role];
  if (!wanted.includes(payload.kind)) {
    fail('package.miskinded', { found: KINDS[payload.kind], wanted: wanted.map((kind) => KINDS[kind]).join('・') });
  }
  const { unit } = payload.recipient;
  if (unit !== meta.unit) fail('package.misdirected', { found: unit, wanted: meta.unit });
  if (meta.role === 'department') {
    if (payload.office.unit !== meta.office) {
      fail('package.misdirected', { found: payload.office.unit, wanted: meta.office });
    }
    if (payload.sender.print !== meta.officePrint) fail('signer.changed', { print: payload.sender.print });
  } else if (payload.office.print !== meta.officePrint || payload.recipient.print !== meta.print) {
    fail('package.misdirected', { found: payload.office.unit, wanted: `${meta.unit}（この事務局の今のファイル）` });
  }
  if (payload.year !== meta.year) fail('package.outdated', { found: payload.year, wanted: meta.year });
  const { print, unit: claimed } = payload.sender;
  const signer = signerOf(db, print) ?? fail('signer.unknown', { print, unit: claimed });
  if (signer.state === 'expected') fail('signer.unknown', { print, unit: claimed });
  if (signer.state === 'revoked') fail('signer.revoked', { print, unit: signer.unit });
  if (signer.unit !== claimed) fail('signer.mismatched', { claimed, registered: signer.unit });
}
