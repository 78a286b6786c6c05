// The board: what each department has, what came from it, and whether what went to it has arrived.
import type { DepartmentRow, SheetRow } from '../../shared/contract/views.ts';
import type { Session } from './session.ts';
import { inSequence } from './store/accounts.ts';
import type { ReadDb } from './store/database.ts';
import { fatesOf } from './store/fates.ts';
import { allReceived, allSent } from './store/ledger.ts';
import { signersOf } from './store/signers.ts';
import { type Travels, travelKey } from './travels.ts';

/** Departments of all sheets, with their counts and their packages. */
export function departmentsOf(
  db: ReadDb,
  session: Session,
  rows: readonly SheetRow[],
  travels: Travels,
): DepartmentRow[] {
  const isOffice = session.meta.role === 'office';
  const isHandedIn = (row: SheetRow, unit: string) =>
    isOffice ? travels.received.has(travelKey(row.id, unit)) : travels.sent.has(row.id);
  // A name that only a package claims is no department's word: what counts is whom the registry knows.
  const registered = new Map(signersOf(db).map((signer) => [signer.print, signer.unit] as const));
  const received = inSequence(db, allReceived(db, 'arrival'));
  const sent = allSent(db).filter(({ kind, delivered }) => delivered && kind !== 'receipt');
  const fates = fatesOf(db);
  return [...new Set(rows.flatMap((row) => row.units))].map((unit) => {
    const own = rows.filter((row) => row.units.includes(unit));
    const count = (state: SheetRow['state']) => own.filter((row) => row.state === state).length;
    const last = received.findLast((one) => registered.get(one.print) === unit && one.outcome !== 'undone');
    const out = isOffice ? sent.findLast(({ recipient }) => recipient === unit) : undefined;
    return {
      unit,
      sheets: own.length,
      submitted: own.filter((row) => isHandedIn(row, unit)).length,
      arrived: count('arrived'),
      returned: count('returned'),
      accepted: count('accepted'),
      lastPackage: last
        ? { sequence: last.sequence, at: last.madeAt, receivedAt: last.receivedAt, outcome: last.outcome }
        : null,
      lastSent: out
        ? { kind: out.kind, sequence: out.sequence, at: out.at, taken: fates.get(out.payload)?.outcome === 'applied' }
        : null,
    };
  });
}
