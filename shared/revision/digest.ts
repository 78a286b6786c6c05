// What a section head signs: one code for what the departments' part of a sheet says, the same on every screen, on paper
// and at the receiver's. Promise: two sheets with the same code say the same there.
import { isComputed, ownAddress, reasonParts, type Values } from '../form/cell.ts';
import { type Form, roleOf } from '../form/form.ts';
import { canonical } from '../kernel/json.ts';

/** The values of a sheet for which departments answer, with their companions and reasons, and those that name the sheet. */
export function signedValues(form: Form, values: Values): Values {
  const named = new Set(Object.values(form.identity));
  const isSigned = (address: string): boolean => {
    const own = ownAddress(address);
    const cell = form.byAddress.get(reasonParts(own)?.address ?? own);
    if (!cell) return false;
    // A reason beside a computed cell is the word of the cell's writer, although the number is nobody's.
    const isTheirs = roleOf(form, cell) === 'department' && !(isComputed(cell) && reasonParts(own) === undefined);
    return isTheirs || named.has(cell);
  };
  return Object.fromEntries(Object.entries(values).filter(([address]) => isSigned(address)));
}

/** The text that is hashed: canonical JSON (RFC 8785) of the form's hash, the year, the sheet and its signed values. */
export const digestText = (form: Form, formHash: string, sheet: string, values: Values): string =>
  canonical({ form: formHash, year: form.year, sheet, values: signedValues(form, values) });

/** Letters and digits that nobody mistakes for each other (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A hash (hexadecimal) as people read it out: its first 60 bits as twelve characters in groups of four. */
export function shortDigest(hash: string): string {
  const bits = BigInt(`0x${hash.slice(0, 15)}`);
  const characters = Array.from({ length: 12 }, (_, at) => ALPHABET[Number((bits >> BigInt(55 - at * 5)) & 31n)] ?? '');
  return characters.join('').replace(/.{4}(?=.)/g, '$&-');
}
