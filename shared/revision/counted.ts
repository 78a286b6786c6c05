// A revision as it counts where not all of its cells are taken. A function of the graph behind it and of what is refused.
// Promise: a decision that is refused decides nothing. The sides that it was about stay open for whoever may decide.
import type { Values } from '../form/cell.ts';
import type { MergeRules } from '../form/form.ts';
import { changedAddresses, contentAt, sameContent, withCellsFrom } from '../form/merge.ts';
import { headsAmong, type Merged, mergeRevisions, type Node } from './ancestry.ts';

/** A node of the graph with what its author wrote. */
export type Counted = Node & { revision: { values: Values } };

/** The cells of each conflict: those that are merged as one together. */
function disputes(below: Merged, rules: MergeRules): (readonly string[])[] {
  const units = below.conflicts.map(
    ({ address }) => rules.together.find((cells) => cells.includes(address)) ?? [address],
  );
  return [...new Map(units.map((cells) => [cells[0], cells] as const)).values()];
}

/**
 * The cells that are not taken from a revision whose author may not write where `isLocked` says so, by what stood below:
 * those that it changes, and those in which sides differed, for whatever it says there would decide between them.
 */
export function lockedIn(
  below: Merged,
  values: Values,
  isLocked: (address: string) => boolean,
  rules: MergeRules,
): string[] {
  const changed = changedAddresses(below.values, values).filter(isLocked);
  const disputed = disputes(below, rules).filter((cells) => cells.some(isLocked));
  return [...new Set([...changed, ...disputed.flat()])].sort();
}

/**
 * A revision without the cells `refused`. Where sides differ below it, it leaves open what is refused, and what it only
 * carries on from parents that left it open: from there it says what was shown, or what such a parent's author had written.
 * Who decides what a parent left open stands on the sides themselves, or says something else than both.
 */
export function counted<R extends { parents: readonly string[]; values: Values }>(
  history: ReadonlyMap<string, Counted>,
  revision: R,
  refused: readonly string[],
  rulesOf: () => MergeRules,
): { parents: readonly string[]; values: Values; open?: readonly string[]; revision: R } {
  const { parents, values } = revision;
  const isOpenBelow = parents.some((id) => history.get(id)?.open !== undefined);
  if (refused.length === 0 && !isOpenBelow) return { parents, values, revision };
  const rules = rulesOf();
  const below = parents.length === 0 ? { values: {}, conflicts: [] } : mergeRevisions(history, parents, rules);
  const tops = new Set(headsAmong(history, parents));
  const isCarried = (address: string): boolean => {
    const own = contentAt(values, address);
    const shown = [below.values, ...parents.flatMap((id) => writtenAt(history.get(id), address))];
    return shown.some((from) => sameContent(own, contentAt(from, address)));
  };
  const open = disputes(below, rules).filter((cells) => {
    if (cells.some((address) => refused.includes(address))) return true;
    const sides = below.conflicts.find(({ address }) => cells.includes(address))?.sides ?? [];
    return sides.some((side) => !tops.has(side.revision)) && cells.every(isCarried);
  });
  const counts = withCellsFrom(values, below.values, [...refused, ...open.flat()]);
  return { parents, values: counts, ...(open.length > 0 ? { open: open.flat().sort() } : {}), revision };
}

/** What the author of a revision that leaves a cell open wrote there. */
const writtenAt = (node: Counted | undefined, address: string): Values[] =>
  node?.open?.includes(address) ? [node.revision.values] : [];
