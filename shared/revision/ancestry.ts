// History as a graph of revisions, and the one merge of its heads. Everything is a function of the set of revisions,
// never of the order in which they came: that is why the result cannot depend on it.
import type { Scalar, Values } from '../form/cell.ts';
import { type Content, contentAt, contentEntries, filledAddresses, sameContent } from '../form/merge.ts';

/** A revision as the graph sees it. */
export type Node = { parents: readonly string[]; values: Values };
export type History = ReadonlyMap<string, Node>;

/** `id` and all revisions it follows from. Unknown parents are passed over. */
export function ancestorsOf(history: History, id: string): Set<string> {
  const seen = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = history.get(next);
    if (!node || seen.has(next)) continue;
    seen.add(next);
    open.push(...node.parents);
  }
  return seen;
}

/** The revisions that nothing else follows from, sorted. */
export function headsOf(history: History): string[] {
  const followed = new Set([...history.values()].flatMap((node) => node.parents));
  return [...history.keys()].filter((id) => !followed.has(id)).sort();
}

/** The common ancestors of all given revisions that no other common ancestor follows from, sorted. */
export function nearestCommonAncestors(history: History, ids: readonly string[]): string[] {
  const [first, ...rest] = ids.map((id) => ancestorsOf(history, id));
  const common = [...(first ?? [])].filter((id) => rest.every((set) => set.has(id)));
  const inner = new Set(common.flatMap((id) => [...ancestorsOf(history, id)].filter((other) => other !== id)));
  return common.filter((id) => !inner.has(id)).sort();
}

export type Conflict = { address: string; base: Content; sides: readonly { revision: string; content: Content }[] };
export type Merged = { values: Values; conflicts: readonly Conflict[] };

const BLANK: Content = { value: null, state: null, raw: null };

const same = (a: readonly Content[], b: readonly Content[]): boolean =>
  a.every((content, index) => sameContent(content, b[index] ?? BLANK));

/** What the ancestors agree on at some cells; undefined where they do not. Without ancestors every cell was blank. */
function agreed(history: History, ancestors: readonly string[], cells: readonly string[]): Content[] | undefined {
  const contents = ancestors.map((id) => contentsAt(history.get(id)?.values ?? {}, cells));
  const first = contents[0] ?? cells.map(() => BLANK);
  return contents.every((content) => same(content, first)) ? first : undefined;
}

const contentsAt = (values: Values, cells: readonly string[]): Content[] =>
  cells.map((address) => contentAt(values, address));

/**
 * Merges any number of revisions, cell by cell. A side yields to another when its content is what it was at their
 * nearest common ancestors and the other's is not (three-way merge, for each pair). One content left: that is the
 * result. More than one: a conflict, and the cell shows what all sides started from. Several nearest ancestors that
 * disagree count as "changed on both sides", so criss-cross histories ask a person rather than guess.
 * Symmetric in `ids`; a revision merged with its own ancestor is itself.
 * `together`: lists of addresses that are taken from one side as a whole or all shown as a conflict.
 */
export function mergeRevisions(
  history: History,
  ids: readonly string[],
  together: readonly (readonly string[])[] = [],
): Merged {
  const heads = headsAmong(history, ids);
  const sheets = heads.map((id) => history.get(id)?.values ?? {});
  const onlySheet = sheets[0];
  if (heads.length === 1 && onlySheet) return { values: onlySheet, conflicts: [] };
  const starts = heads.map((a) => heads.map((b) => (a === b ? [] : nearestCommonAncestors(history, [a, b]))));
  const roots = nearestCommonAncestors(history, heads);
  const entries: [string, Scalar][] = [];
  const conflicts: Conflict[] = [];
  // What no head holds any more needs no look: all agree on the blank.
  const filled = filledAddresses(...sheets);
  const units = new Set(filled.map((address) => together.find((cells) => cells.includes(address)) ?? [address]));
  for (const cells of units) {
    const contents = sheets.map((values) => contentsAt(values, cells));
    const yields = (own: readonly Content[], from: number, other: readonly Content[], to: number): boolean => {
      if (same(own, other)) return false;
      const start = agreed(history, starts[from]?.[to] ?? [], cells);
      return start !== undefined && same(own, start);
    };
    const standing = contents.filter((own, from) => !contents.some((other, to) => yields(own, from, other, to)));
    const [winner] = standing;
    if (winner && standing.every((content) => same(content, winner))) {
      entries.push(...cells.flatMap((address, index) => contentEntries(address, winner[index] ?? BLANK)));
      continue;
    }
    const base = agreed(history, roots, cells) ?? cells.map(() => BLANK);
    cells.forEach((address, index) => {
      entries.push(...contentEntries(address, base[index] ?? BLANK));
      conflicts.push({
        address,
        base: base[index] ?? BLANK,
        sides: heads.map((revision, side) => ({ revision, content: contents[side]?.[index] ?? BLANK })),
      });
    });
  }
  return { values: Object.fromEntries(entries), conflicts };
}

/** The given revisions without those that another of them follows from, sorted and without doubles. */
export function headsAmong(history: History, ids: readonly string[]): string[] {
  const unique = [...new Set(ids)].sort();
  return unique.filter((id) => !unique.some((other) => other !== id && ancestorsOf(history, other).has(id)));
}
