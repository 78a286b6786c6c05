// Merge of sheets, cell by cell. A cell's value, its state and its unread raw text travel together.
import { compareDecimals } from '../kernel/decimal.ts';
import { ownAddress, rawAddress, type Scalar, stateAddress, type Values } from './cell.ts';

/** All that a cell holds; null where there is nothing. */
export type Content = { value: Scalar | null; state: string | null; raw: string | null };

/** What stands at a cell. */
export function contentAt(values: Values, address: string): Content {
  return {
    value: values[address] ?? null,
    state: (values[stateAddress(address)] as string | undefined) ?? null,
    raw: (values[rawAddress(address)] as string | undefined) ?? null,
  };
}

/** The content as entries of a sheet's values. */
export function contentEntries(address: string, content: Content): [string, Scalar][] {
  const entries: [string, Scalar | null][] = [
    [address, content.value],
    [stateAddress(address), content.state],
    [rawAddress(address), content.raw],
  ];
  return entries.filter((entry): entry is [string, Scalar] => entry[1] !== null);
}

/** Nothing differs, not even how a number is spelled. */
export const sameContent = (a: Content, b: Content): boolean =>
  a.value === b.value && a.state === b.state && a.raw === b.raw;

/** As sameContent; of a number's cell also where the same number is written with other decimals (95 and 95.0). */
export const alikeContent = (a: Content, b: Content, isNumber: boolean): boolean =>
  sameContent(a, b) ||
  (isNumber &&
    a.state === b.state &&
    a.raw === b.raw &&
    typeof a.value === 'string' &&
    typeof b.value === 'string' &&
    compareDecimals(a.value, b.value) === 0);

/** Of contents that are alike the one with the most decimals: it says how exactly was measured. */
export const finestContent = (contents: readonly [Content, ...Content[]]): Content =>
  contents.reduce((finest, content) => (decimalsOf(content) > decimalsOf(finest) ? content : finest));

const decimalsOf = ({ value }: Content): number => (typeof value === 'string' ? (value.split('.')[1]?.length ?? 0) : 0);

/** The cells (own addresses) under which anything stands in any of the sheets, sorted. */
export function filledAddresses(...sheets: readonly Values[]): string[] {
  return [...new Set(sheets.flatMap((values) => Object.keys(values).map(ownAddress)))].sort();
}

/** The cells (own addresses) in which two sheets differ, sorted. */
export const changedAddresses = (before: Values, after: Values): string[] =>
  filledAddresses(before, after).filter(
    (address) => !sameContent(contentAt(before, address), contentAt(after, address)),
  );

/** `of` with the given cells taken from `from`. */
export function withCellsFrom(of: Values, from: Values, addresses: Iterable<string>): Values {
  const next: Record<string, Scalar> = { ...of };
  for (const address of addresses) {
    for (const name of [address, stateAddress(address), rawAddress(address)]) delete next[name];
    for (const [name, value] of contentEntries(address, contentAt(from, address))) next[name] = value;
  }
  return next;
}
