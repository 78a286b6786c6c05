// The section head's confirmation: given at the department for what a sheet says, and held against what it says now.
// Promise: it holds exactly while the departments' part of the sheet is what was confirmed; brought back, it holds again,
// because what stands is then what the head has seen.
import type { ConfirmationView } from '../../shared/contract/views.ts';
import type { Values } from '../../shared/form/cell.ts';
import { labelAt } from '../../shared/form/label.ts';
import { changedAddresses } from '../../shared/form/merge.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { type Confirmation, confirmationSchema } from '../../shared/revision/confirmation.ts';
import { shortDigest, signedValues } from '../../shared/revision/digest.ts';
import { assertDecided, commitDraft, joinHeads } from './commit.ts';
import { assertRole, type Session } from './session.ts';
import { confirmationIn, sheetDigest, signedDigest } from './signed.ts';
import { addConfirmation, confirmationsOf } from './store/confirmations.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { refreshSheet } from './store/derived.ts';
import { historyOf, loadSheet, type Sheet, valuesOf } from './store/sheets.ts';

/** What is to be said of a sheet's confirmation, as far as this side asks. */
export function viewConfirmation(db: ReadDb, { meta }: Session, sheet: Sheet): ConfirmationView {
  const units = meta.role === 'office' ? sheet.assignment.units : [meta.unit];
  const { state, confirmation } = confirmationIn(
    confirmationsOf(db, sheet.id).values(),
    units,
    sheetDigest(sheet, valuesOf(sheet)),
  );
  if (!confirmation) return { state, name: '', unit: '', at: '', changed: [] };
  const changed = state === 'fallen' ? changedSince(db, sheet, confirmation) : [];
  return { state, name: confirmation.name, unit: confirmation.author.unit, at: confirmation.at, changed };
}

/** Labels of the cells that say something else than was confirmed; none where what was confirmed is not known here. */
function changedSince(db: ReadDb, sheet: Sheet, { digest }: Confirmation): string[] {
  const seen = [...historyOf(db, sheet.id).values()].find(
    ({ revision }) => signedDigest(sheet.form, revision.form, sheet.id, revision.values) === digest,
  );
  if (!seen) return [];
  const signed = (values: Values) => signedValues(sheet.form, values);
  const addresses = changedAddresses(signed(seen.revision.values), signed(valuesOf(sheet)));
  return addresses.map((address) => labelAt(sheet.form, address));
}

/**
 * Commits what is typed on each sheet and keeps the section head's word on what then stands. All sheets or none.
 * Raises role.wrong, sheet.unknown, sheet.conflicted, confirmation.unfit.
 */
export function confirmSheets(
  db: WriteDb,
  session: Session,
  input: { sheets: readonly string[]; name: string },
  at: string,
) {
  assertRole(session, 'department');
  const { meta } = session;
  const name = input.name.normalize('NFC').trim();
  if (name === '') fail('confirmation.unfit', { reason: '確認する人の職名と氏名がない' });
  // What others would not take must not be signed here.
  if (!confirmationSchema.shape.name.safeParse(name).success) {
    fail('confirmation.unfit', { reason: '職名と氏名に、見えない文字などの使えない文字がある' });
  }
  const ids = new Set(input.sheets.map((sheet) => loadSheet(db, sheet).id));
  const sheets = [...ids].map((id) => {
    const before = loadSheet(db, id);
    if (!before.assignment.units.includes(meta.unit)) {
      fail('confirmation.unfit', { reason: `シート「${before.number}」は、ほかの課に移った` });
    }
    assertDecided([before]);
    commitDraft(db, session, before, at, '課長確認');
    // One revision holds what is confirmed, so that everybody can tell later what has changed since.
    joinHeads(db, session, loadSheet(db, id), at, '課長確認');
    const sheet = loadSheet(db, id);
    const digest = sheetDigest(sheet, valuesOf(sheet));
    const author = { role: meta.role, unit: meta.unit, station: meta.print };
    addConfirmation(db, { format: 'hyoka-confirmation/1', sheet: id, digest, name, author, at }, true);
    refreshSheet(db, id);
    return { number: sheet.number, digest: shortDigest(digest) };
  });
  return { sheets };
}
