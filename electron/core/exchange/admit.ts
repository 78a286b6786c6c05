// Which revisions of a package may enter a sheet's history, and which of their cells do not count there.
// Promise: whatever graph of revisions a department signs, a cell that it may not write keeps what stood below.
import { ownAddress } from '../../../shared/form/cell.ts';
import { type Form, lockAt, type MergeRules, mergeRulesOf } from '../../../shared/form/form.ts';
import { contentAt, sameContent } from '../../../shared/form/merge.ts';
import { findFaults } from '../../../shared/form/validate.ts';
import { ancestorsOf, type Merged, mergeRevisions } from '../../../shared/revision/ancestry.ts';
import { counted, lockedIn } from '../../../shared/revision/counted.ts';
import type { Assignment, Revision } from '../../../shared/revision/revision.ts';
import type { Kept } from '../store/sheets.ts';

export type Admitted = {
  /** Known and new revisions together, the new ones with the values that count. */
  history: Map<string, Kept>;
  /** The new ones, oldest first, with the cells that are not taken from them. */
  fresh: { revision: Revision; refused: readonly string[] }[];
  /** Known ones of which more cells count now, with those that still do not. */
  reopened: { hash: string; refused: readonly string[] }[];
};

/** Why none of a sheet can be taken; `isLasting`: under any assignment of it. */
export type Misfit = { fault: string; isLasting: boolean };
const misfit = (fault: string, isLasting = true): Misfit => ({ fault, isLasting });

/** What was refused before, by revision, and the unit whose package brings its own revisions once more. */
export type Earlier = { refused: ReadonlyMap<string, readonly string[]>; unit: string };

/**
 * Adds a package's revisions of one sheet to what is known of it. The order in which they are listed does not matter.
 * With `earlier`, cells that were refused and that their writer may write by now are let through where the writer's own
 * unit brings the revision again, unless the office has gone on without them: what is refused of a revision only ever
 * shrinks, so the order of packages cannot matter.
 * A decision between sides in a cell that its writer may not write is refused like any other content there, and both sides
 * stay open. Gives a reason in words instead when one of the revisions cannot belong to the sheet.
 */
export function admit(
  form: Form,
  assignment: Assignment,
  known: ReadonlyMap<string, Kept>,
  own: ReadonlyMap<string, Revision>,
  earlier?: Earlier,
): Admitted | Misfit {
  const admitted: Admitted = { history: new Map(known), fresh: [], reopened: [] };
  if (earlier) reopen(admitted, form, assignment, own, earlier);
  const waiting = new Map([...own].filter(([hash]) => !known.has(hash)));
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, { parents }]) => parents.every((id) => admitted.history.has(id)));
    if (ready.length === 0) return misfit('別のシートの版をもとにした版がある');
    for (const [hash, revision] of ready) {
      waiting.delete(hash);
      const fault = enter(admitted, form, assignment, hash, revision);
      if (fault !== undefined) return fault;
    }
  }
  return admitted;
}

/** Judges revisions anew of which cells had been refused; what follows from them follows from what counts now. */
function reopen(
  { history, reopened }: Admitted,
  form: Form,
  assignment: Assignment,
  own: ReadonlyMap<string, Revision>,
  { refused, unit }: Earlier,
): void {
  const isAgain = (hash: string) => own.get(hash)?.author.unit === unit && refused.has(hash);
  if (![...refused.keys()].some(isAgain)) return;
  const rules = mergeRulesOf(form);
  const done = new Set<string>();
  const visit = (hash: string): void => {
    const kept = history.get(hash);
    if (!kept || done.has(hash)) return;
    done.add(hash);
    kept.parents.forEach(visit);
    const before = refused.get(hash) ?? [];
    if (before.length === 0 && kept.open === undefined) return;
    const { revision } = kept;
    const locked = lockedIn(
      mergedBelow(history, revision, rules),
      revision.values,
      lockFor(form, assignment, revision),
      rules,
    );
    const left = isAgain(hash)
      ? before.filter((address) => locked.includes(address) || isPassedOver(history, hash, address))
      : before;
    if (left.length < before.length) reopened.push({ hash, refused: left });
    history.set(
      hash,
      counted(history, revision, left, () => rules),
    );
  };
  for (const hash of [...history.keys()]) visit(hash);
}

/**
 * Whether the office has gone on from a revision without what it says at an address. To let it through then would only
 * bury it under what the office carried on: refused it stays in sight, and what its writer makes on top of it counts.
 */
function isPassedOver(history: Admitted['history'], hash: string, address: string): boolean {
  const said = contentAt(history.get(hash)?.revision.values ?? {}, address);
  return [...history].some(
    ([id, { revision }]) =>
      revision.author.role === 'office' &&
      !sameContent(contentAt(revision.values, address), said) &&
      ancestorsOf(history, id).has(hash),
  );
}

const mergedBelow = (history: Admitted['history'], { parents }: Revision, rules: MergeRules): Merged =>
  parents.length === 0 ? { values: {}, conflicts: [] } : mergeRevisions(history, parents, rules);

function enter(
  { history, fresh }: Admitted,
  form: Form,
  assignment: Assignment,
  hash: string,
  revision: Revision,
): Misfit | undefined {
  if (revision.form !== assignment.form || revision.year !== form.year) return misfit('様式または年度が違う版', false);
  const [fault] = findFaults(form, revision.values);
  if (fault !== undefined) return misfit(`様式に合わない値（${fault}）`);
  const { parents } = revision;
  const isDoubled = parents.some((id, index) =>
    parents.some((other, at) => at !== index && ancestorsOf(history, other).has(id)),
  );
  if (isDoubled) return misfit('もとの版の一方が、もう一方のもとになっている版');
  const rules = mergeRulesOf(form);
  const below = mergedBelow(history, revision, rules);
  const refused = lockedIn(below, revision.values, lockFor(form, assignment, revision), rules);
  history.set(
    hash,
    counted(history, revision, refused, () => rules),
  );
  fresh.push({ revision, refused });
  return undefined;
}

/** Whether the author of a revision may not write at an address; a reason belongs to its cell. */
function lockFor(form: Form, assignment: Assignment, revision: Revision): (address: string) => boolean {
  if (revision.author.role === 'office') return () => false;
  const fixed = new Set(assignment.fixed);
  return (address) => lockAt(form, ownAddress(address), 'department', fixed, assignment.round) !== undefined;
}
