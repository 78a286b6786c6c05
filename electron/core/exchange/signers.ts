// The registry of keys as a person sees and changes it.
import type { SignerView } from '../../../shared/contract/exchangeviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { printSchema, typedPrint } from '../../../shared/package/trust.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { listSheets } from '../store/derived.ts';
import { allReceived, type ReceivedHead } from '../store/ledger.ts';
import { type Signer, setSigner, signersOf } from '../store/signers.ts';

function viewSigner(
  signer: Pick<Signer, 'print' | 'unit'> & { state: SignerView['state'] },
  received: readonly ReceivedHead[],
): SignerView {
  const own = received.filter((r) => r.print === signer.print);
  return {
    print: signer.print,
    unit: signer.unit,
    state: signer.state,
    packages: own.length,
    lastSequence: own.length > 0 ? Math.max(...own.map((r) => r.sequence)) : null,
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
    ...[...seen.values()].map(({ print, unit }) => viewSigner({ print, unit, state: 'seen' }, received)),
  ];
}

/** Raises print.incomplete, and print.mismatched unless these are the digits of `print`. */
export function assertPrint(typed: string, print: string): void {
  const digits = typedPrint(typed);
  if (!printSchema.safeParse(digits).success) fail('print.incomplete', { digits: digits.replace(/\D/g, '').length });
  if (digits !== print) fail('print.mismatched', {});
}

/**
 * Registers the key of this print under a department's name. Raises signer.unseen when nothing from it has arrived, and
 * unit.unknown when other departments have sheets here and this one has none.
 */
export function acceptSigner(db: WriteDb, typed: string, unit: string, at: string): SignerView {
  const print = typedPrint(typed);
  const publicKey =
    signersOf(db).find((signer) => signer.print === print)?.publicKey ??
    allReceived(db).find((received) => received.print === print)?.publicKey;
  if (!publicKey) return fail('signer.unseen', { print });
  const name = unit.normalize('NFC').trim();
  const known = [...new Set(listSheets(db).flatMap((sheet) => sheet.units))];
  // A file without any sheets (restored from early in the year) has nothing to check the name against.
  if (known.length > 0 && !known.includes(name)) return fail('unit.unknown', { unit: name, known });
  const entry = { print, publicKey, unit: name, station: '', state: 'trusted', bound: null, follows: null } as const;
  setSigner(db, entry, at);
  return signerView(db, print);
}

/** Takes the registration of a key back; what came before stays. Raises signer.unseen for a key not registered. */
export function revokeSigner(db: WriteDb, typed: string, at: string): SignerView {
  const print = typedPrint(typed);
  const signer = signersOf(db).find((known) => known.print === print);
  if (!signer) return fail('signer.unseen', { print });
  setSigner(db, { ...signer, state: 'revoked' }, at);
  return signerView(db, print);
}

const signerView = (db: ReadDb, print: string): SignerView =>
  listSigners(db).find((signer) => signer.print === print) ?? fail('signer.unseen', { print });
