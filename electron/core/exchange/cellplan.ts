// What a package does to each cell of a sheet, in words as a person reads them. Derived from the same values that applying
// writes, so that the plan cannot say anything else than what is then done.
import type { CellOutcome, CellPlan } from '../../../shared/contract/exchangeviews.ts';
import { reasonParts, type Values } from '../../../shared/form/cell.ts';
import type { Form } from '../../../shared/form/form.ts';
import { labelAt } from '../../../shared/form/label.ts';
import { type Content, changedAddresses, contentAt } from '../../../shared/form/merge.ts';
import { showContent } from '../../../shared/form/reading.ts';
import type { Standing } from '../store/sheets.ts';
import type { Admitted } from './admit.ts';

export type CellChange = {
  form: Form;
  /** What stands here, with what is typed; and what will stand. */
  before: Values;
  after: Pick<Standing, 'values' | 'conflicts'>;
  /** What the sender's newest revisions say. */
  sent: Values;
  fresh: Admitted['fresh'];
  /** Cells that the sender's new revisions change, by what stood below each. */
  written: ReadonlySet<string>;
  /** Others have worked on the sheet meanwhile. */
  isParallel: boolean;
  /** The sender's content is older than what it has sent since. */
  isStale: boolean;
  /** Why the sender may not write at an address. */
  lockOf: (address: string) => string | undefined;
};

/** Why the sender's content does not simply stand; `lock`: why the sender may not write there. */
function reasonOf(outcome: CellOutcome, lock: string | undefined): string | null {
  if (outcome === 'refused') return lock ?? null;
  if (outcome === 'stale') return '同じ課の、より新しい内容がある';
  if (outcome !== 'conflict') return null;
  return lock === undefined
    ? 'ほかで書かれた内容と食い違う。取り込んだ後に選ぶ'
    : `ほかで書かれた内容と食い違う。送り手の決定は採らず（${lock}）、取り込んだ後に選ぶ`;
}

/** The cells in the order of the form; reasons for checks follow their cells. */
export function planCells(change: CellChange): CellPlan[] {
  const { form, before, after, sent, fresh, written, isParallel, isStale, lockOf } = change;
  const outcomes = new Map<string, { outcome: CellOutcome; after: Content }>();
  const put = (address: string, outcome: CellOutcome, content: Content) => {
    if (!outcomes.has(address)) outcomes.set(address, { outcome, after: content });
  };
  if (isStale) for (const address of changedAddresses(sent, before)) put(address, 'stale', contentAt(sent, address));
  // A decision that is refused is the sender's word all the same.
  const refusedAt = new Map(
    fresh.flatMap(({ revision, refused }) => refused.map((address) => [address, revision.values] as const)),
  );
  for (const { address } of after.conflicts) {
    put(address, 'conflict', contentAt(refusedAt.get(address) ?? sent, address));
  }
  for (const { revision, refused } of [...fresh].reverse()) {
    for (const address of refused) put(address, 'refused', contentAt(revision.values, address));
  }
  for (const address of changedAddresses(before, after.values)) {
    const taken = textAt(form, before, address) === '' ? 'new' : 'changed';
    put(address, isParallel ? 'merged' : taken, contentAt(after.values, address));
  }
  for (const address of written) {
    const told = textAt(form, before, address);
    if (told !== '' && told === textAt(form, sent, address)) put(address, 'same', contentAt(after.values, address));
  }
  return [...outcomes]
    .map(([address, { outcome, after: content }]) => ({
      address,
      label: labelAt(form, address),
      outcome,
      before: textAt(form, before, address),
      after: showContent(form, address, content),
      reason: reasonOf(outcome, refusedAt.has(address) ? lockOf(address) : undefined),
    }))
    .sort(inOrderOf(form));
}

const textAt = (form: Form, values: Values, address: string): string =>
  showContent(form, address, contentAt(values, address));

function inOrderOf(form: Form): (a: CellPlan, b: CellPlan) => number {
  const places = new Map(form.cells.map((cell, index) => [cell.address, index] as const));
  const placeOf = ({ address }: CellPlan) => places.get(reasonParts(address)?.address ?? address) ?? places.size;
  return (a, b) => placeOf(a) - placeOf(b) || (a.address < b.address ? -1 : 1);
}
