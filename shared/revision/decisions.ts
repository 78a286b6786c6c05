// Decisions: merges in which somebody said what stands in a cell that was in conflict below. A function of the set of
// revisions alone.
import type { MergeRules } from '../form/form.ts';
import { ancestorsOf, type History, mergeRevisions } from './ancestry.ts';

/**
 * The last decision about a cell behind the given revisions: what was said where sides had been in conflict below; of several
 * of which none follows from another, the first by name. Undefined where nobody has decided anything.
 */
export function lastDecision(
  history: History,
  ids: readonly string[],
  address: string,
  rules: MergeRules,
): string | undefined {
  const behind = new Set(ids.flatMap((id) => [...ancestorsOf(history, id)]));
  const decisions = [...behind].filter((id) => {
    const { parents = [], open } = history.get(id) ?? {};
    if (parents.length === 0 || open?.includes(address)) return false;
    return mergeRevisions(history, parents, rules).conflicts.some((conflict) => conflict.address === address);
  });
  const isOlder = (id: string) => decisions.some((other) => other !== id && ancestorsOf(history, other).has(id));
  return decisions.filter((id) => !isOlder(id)).sort()[0];
}
