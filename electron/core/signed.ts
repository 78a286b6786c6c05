// The digest under a section head's confirmation, and which of a sheet's confirmations counts.
import type { Values } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import type { Confirmation } from '../../shared/revision/confirmation.ts';
import { digestText } from '../../shared/revision/digest.ts';
import { sha256 } from './exchange/crypto.ts';
import type { Sheet } from './store/sheets.ts';

/** SHA-256 (hexadecimal) of what departments answer for in a sheet. */
export const signedDigest = (form: Form, formHash: string, sheet: string, values: Values): string =>
  sha256(digestText(form, formHash, sheet, values));

/** As signedDigest, for a sheet with these values. */
export const sheetDigest = (sheet: Pick<Sheet, 'form' | 'assignment' | 'id'>, values: Values): string =>
  signedDigest(sheet.form, sheet.assignment.form, sheet.id, values);

export type ConfirmationState = 'none' | 'valid' | 'fallen';

/**
 * The confirmation that counts among those of the given departments for a sheet with this digest: the last one that
 * holds, else the last one. Instants only choose which of several is shown.
 */
export function confirmationIn(
  confirmations: Iterable<Confirmation>,
  units: readonly string[],
  digest: string,
): { state: ConfirmationState; confirmation: Confirmation | undefined } {
  const own = [...confirmations].filter(({ author }) => author.role === 'department' && units.includes(author.unit));
  const holding = own.filter((confirmation) => confirmation.digest === digest);
  const confirmation = latest(holding) ?? latest(own);
  return { state: holding.length > 0 ? 'valid' : confirmation ? 'fallen' : 'none', confirmation };
}

const latest = (confirmations: readonly Confirmation[]): Confirmation | undefined =>
  confirmations.toSorted((a, b) => (a.at === b.at ? (a.name < b.name ? -1 : 1) : a.at < b.at ? -1 : 1)).at(-1);
