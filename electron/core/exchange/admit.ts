// Which revisions of a package may enter a sheet's history, and which of their cells do not count there.
// Promise: whatever graph of revisions a department signs, a cell that it may not write keeps what stood below.
import { ownAddress } from '../../../shared/form/cell.ts';
import { type Form, lockAt, mergeRulesOf } from '../../../shared/form/form.ts';
import { changedAddresses, withCellsFrom } from '../../../shared/form/merge.ts';
import { findFaults } from '../../../shared/form/validate.ts';
import { ancestorsOf, mergeRevisions } from '../../../shared/revision/ancestry.ts';
import type { Assignment, Revision } from '../../../shared/revision/revision.ts';
import { type Kept, valuesBelow } from '../store/sheets.ts';

export type Admitted = {
  /** Known and new revisions together, the new ones with the values that count. */
  history: Map<string, Kept>;
  /** The new ones, oldest first, with the cells that are not taken from them. */
  fresh: { revision: Revision; refused: readonly string[] }[];
};

/**
 * Adds a package's revisions of one sheet to what is known of it. The order in which they are listed does not matter.
 * Gives a reason in words instead when one of them cannot belong to the sheet.
 */
export function admit(
  form: Form,
  assignment: Assignment,
  known: ReadonlyMap<string, Kept>,
  own: ReadonlyMap<string, Revision>,
): Admitted | string {
  const admitted: Admitted = { history: new Map(known), fresh: [] };
  const waiting = new Map([...own].filter(([hash]) => !known.has(hash)));
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, { parents }]) => parents.every((id) => admitted.history.has(id)));
    if (ready.length === 0) return '別のシートの版をもとにした版がある';
    for (const [hash, revision] of ready) {
      waiting.delete(hash);
      const fault = enter(admitted, form, assignment, hash, revision);
      if (fault !== undefined) return fault;
    }
  }
  return admitted;
}

function enter(
  { history, fresh }: Admitted,
  form: Form,
  assignment: Assignment,
  hash: string,
  revision: Revision,
): string | undefined {
  if (revision.form !== assignment.form || revision.year !== form.year) return '様式または年度が違う版';
  const [fault] = findFaults(form, revision.values);
  if (fault !== undefined) return `様式に合わない値（${fault}）`;
  const { parents } = revision;
  const isDoubled = parents.some((id, index) =>
    parents.some((other, at) => at !== index && ancestorsOf(history, other).has(id)),
  );
  if (isDoubled) return 'もとの版の一方が、もう一方のもとになっている版';
  const isLocked = lockFor(form, assignment, revision);
  const { conflicts } = mergeRevisions(history, parents, mergeRulesOf(form));
  if (conflicts.some(({ address }) => isLocked(address))) return '送り手が決められない欄の競合を決めている版';
  const below = valuesBelow(history, parents, form);
  const refused = changedAddresses(below, revision.values).filter(isLocked);
  history.set(hash, { parents, values: withCellsFrom(revision.values, below, refused), revision });
  fresh.push({ revision, refused });
  return undefined;
}

/** Whether the author of a revision may not write at an address; a reason belongs to its cell. */
function lockFor(form: Form, assignment: Assignment, revision: Revision): (address: string) => boolean {
  if (revision.author.role === 'office') return () => false;
  const fixed = new Set(assignment.fixed);
  return (address) => lockAt(form, ownAddress(address), 'department', fixed) !== undefined;
}
