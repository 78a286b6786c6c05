// A package's result as a script reads it: what says nothing is left out.
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';

/** The result with the problem's code, message and hint beside it, and without empty lists. */
export function packageAsData({ reason, sheets, ...rest }: PackageResult) {
  return {
    ...rest,
    ...(reason ? { reason: reason.code, message: reason.message, hint: reason.hint } : {}),
    sheets: sheets.map(({ incomplete, beside, reason: why, ...sheet }) => ({
      ...sheet,
      ...(beside.length ? { beside } : {}),
      ...(incomplete.length ? { incomplete } : {}),
      ...(why ? { reason: why } : {}),
    })),
  };
}
