// What a package that has just been taken in carries of what counts here.
import type { Carrier } from '../../../shared/package/payload.ts';
import type { CarriedSheet } from '../store/accounts.ts';
import { hashOf, putArtifact } from '../store/artifacts.ts';
import { hasConfirmation } from '../store/confirmations.ts';
import type { WriteDb } from '../store/database.ts';
import { hasRemark } from '../store/remarks.ts';
import { refusedIn } from '../store/sheets.ts';
import { isFromOffice } from './sheetplan.ts';

/** Accounts for these sheets of a package and keeps what the account names. */
export function accountFor(db: WriteDb, payload: Carrier, taken: ReadonlySet<string>): CarriedSheet[] {
  const revisions = Map.groupBy(payload.revisions, ({ sheet }) => sheet);
  const remarks = Map.groupBy(payload.remarks, ({ sheet }) => sheet);
  const confirmations = Map.groupBy(payload.confirmations, ({ sheet }) => sheet);
  const assignments = isFromOffice(payload) ? payload.assignments : [];
  const lastYear = payload.kind === 'distribution' ? payload.lastYear.sheets : [];
  return payload.sheets
    .filter(({ sheet }) => taken.has(sheet))
    .map(({ sheet, heads }) => {
      const assignment = assignments.find((one) => one.sheet === sheet);
      const previous = lastYear.find((one) => one.sheet === sheet)?.previous;
      const taken = (revisions.get(sheet) ?? []).flatMap((revision) => {
        const hash = hashOf(revision);
        const refused = refusedIn(db, hash);
        return refused ? [[hash, refused] as const] : [];
      });
      return {
        sheet,
        heads,
        revisions: Object.fromEntries(taken),
        remarks: (remarks.get(sheet) ?? []).map(hashOf).filter((hash) => hasRemark(db, hash)),
        confirmations: (confirmations.get(sheet) ?? []).map(hashOf).filter((hash) => hasConfirmation(db, hash)),
        assignment: assignment ? putArtifact(db, 'assignment', assignment) : null,
        previous: previous ? putArtifact(db, 'previous', previous) : null,
      };
    });
}
