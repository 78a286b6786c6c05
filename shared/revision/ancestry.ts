// History as a graph of revisions, and the one merge of its heads. Everything is a function of the set of revisions,
// never of the order in which they came: that is why the result cannot depend on it.
import type { Scalar, Values } from '../form/cell.ts';
import type { MergeRules } from '../form/form.ts';
import {
  alikeContent,
  type Content,
  contentAt,
  contentEntries,
  filledAddresses,
  finestContent,
  sameContent,
} from '../form/merge.ts';

/**
 * A revision as the graph sees it. `open`: cells at which it says nothing, although sides behind it differ: whoever reads
 * such a cell looks through it at its parents.
 */
export type Node = { parents: readonly string[]; values: Values; open?: readonly string[] };
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

/** The contents of the cells that are merged as one. */
type Unit = readonly Content[];

const same = (a: Unit, b: Unit): boolean => a.every((content, index) => sameContent(content, b[index] ?? BLANK));

const contentsAt = (values: Values, cells: readonly string[]): Unit =>
  cells.map((address) => contentAt(values, address));

const PLAIN: MergeRules = { together: [], isNumber: () => false };

/**
 * Merges any number of revisions, cell by cell. A side yields to another when its content is what it was at their
 * nearest common ancestors and the other's is not (three-way merge, for each pair). One content left: that is the
 * result. More than one: a conflict, and the cell shows what all sides started from. Several nearest ancestors that
 * disagree count as "changed on both sides", so criss-cross histories ask a person rather than guess.
 * 95 and 95.0 are one number: nobody is asked which. Who changed the spelling alone is followed; of several spellings the
 * one with the most decimals stands.
 * Where a revision leaves a cell open, its parents are the sides there.
 * Symmetric in `ids`; a revision merged with its own ancestor is itself.
 */
export function mergeRevisions(history: History, ids: readonly string[], rules: MergeRules = PLAIN): Merged {
  const heads = headsAmong(history, ids);
  const sheets = heads.map((id) => history.get(id)?.values ?? {});
  const onlySheet = sheets[0];
  const isOpen = opennessOf(history, heads);
  if (heads.length === 1 && onlySheet && !isOpen) return { values: onlySheet, conflicts: [] };
  const whole = graphOf(history, heads);
  const entries: [string, Scalar][] = [];
  const conflicts: Conflict[] = [];
  // What no head holds any more needs no look: all agree on the blank.
  const filled = [
    ...new Set([...filledAddresses(...sheets), ...heads.flatMap((id) => history.get(id)?.open ?? [])]),
  ].sort();
  const units = new Set(filled.map((address) => rules.together.find((cells) => cells.includes(address)) ?? [address]));
  for (const cells of units) {
    const { sides, starts, roots } = isOpen?.(cells) ? graphOf(history, sidesAt(history, heads, cells)) : whole;
    const contents = sides.map((id) => contentsAt(history.get(id)?.values ?? {}, cells));
    const winner = winnerOf(history, cells, contents, starts, rules);
    if (winner) {
      entries.push(...cells.flatMap((address, index) => contentEntries(address, winner[index] ?? BLANK)));
      continue;
    }
    const base = agreed(history, roots, cells, rules) ?? cells.map(() => BLANK);
    cells.forEach((address, index) => {
      entries.push(...contentEntries(address, base[index] ?? BLANK));
      conflicts.push({
        address,
        base: base[index] ?? BLANK,
        sides: sides.map((revision, side) => ({ revision, content: contents[side]?.[index] ?? BLANK })),
      });
    });
  }
  return { values: Object.fromEntries(entries), conflicts };
}

/** Revisions that are merged, how each two of them are related, and where all of them come from. */
type Graph = {
  sides: readonly string[];
  starts: readonly (readonly (readonly string[])[])[];
  roots: readonly string[];
};

const graphOf = (history: History, sides: readonly string[]): Graph => ({
  sides,
  starts: sides.map((a) => sides.map((b) => (a === b ? [] : nearestCommonAncestors(history, [a, b])))),
  roots: nearestCommonAncestors(history, sides),
});

/** Whether one of the heads leaves some of these cells open; undefined where none leaves any. */
function opennessOf(history: History, heads: readonly string[]): ((cells: readonly string[]) => boolean) | undefined {
  const open = new Set(heads.flatMap((id) => history.get(id)?.open ?? []));
  return open.size === 0 ? undefined : (cells) => cells.some((address) => open.has(address));
}

/** The revisions that say what stands in these cells: the heads, or what lies behind those that leave them open. */
export function sidesAt(history: History, heads: readonly string[], cells: readonly string[]): string[] {
  const sides: string[] = [];
  const passed = new Set<string>();
  const ahead = [...heads];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (passed.has(id)) continue;
    passed.add(id);
    const { open = [], parents = [] } = history.get(id) ?? {};
    if (cells.some((address) => open.includes(address))) ahead.push(...parents);
    else sides.push(id);
  }
  return headsAmong(history, sides);
}

/** The one content that is left of the heads' `contents`; undefined where a person has to say. */
function winnerOf(
  history: History,
  cells: readonly string[],
  contents: readonly Unit[],
  starts: readonly (readonly (readonly string[])[])[],
  rules: MergeRules,
): Unit | undefined {
  const [only] = contents;
  if (only && contents.every((content) => same(content, only))) return only;
  const alike = alikeIn(cells, rules);
  const sides = contents.map((own, at) => ({ own, at }));
  type Side = (typeof sides)[number];
  /** The sides that yield to no other, by what counts as the same. */
  const standingOf = (among: readonly Side[], counts: (a: Unit, b: Unit) => boolean) =>
    among.filter(
      (side) =>
        !among.some((other) => {
          if (counts(side.own, other.own)) return false;
          const start = agreed(history, starts[side.at]?.[other.at] ?? [], cells, rules);
          return start !== undefined && counts(side.own, start);
        }),
    );
  const [first, ...rest] = standingOf(sides, alike);
  if (!first || !rest.every(({ own }) => alike(own, first.own))) return undefined;
  // They mean the same: what is left is how it is spelled.
  const spelled = standingOf([first, ...rest], same);
  return finest((spelled.length > 0 ? spelled : [first, ...rest]).map(({ own }) => own));
}

const alikeIn =
  (cells: readonly string[], { isNumber }: MergeRules) =>
  (a: Unit, b: Unit): boolean =>
    cells.every((address, index) => alikeContent(a[index] ?? BLANK, b[index] ?? BLANK, isNumber(address)));

const finest = ([first = [], ...rest]: readonly Unit[]): Unit =>
  first.map((content, index) => finestContent([content, ...rest.map((unit) => unit[index] ?? BLANK)]));

/** What the ancestors agree on at some cells; undefined where they do not. Without ancestors every cell was blank. */
function agreed(
  history: History,
  ancestors: readonly string[],
  cells: readonly string[],
  rules: MergeRules,
): Unit | undefined {
  const contents = ancestors.map((id) => contentsAt(history.get(id)?.values ?? {}, cells));
  const first = contents[0] ?? cells.map(() => BLANK);
  return contents.every((content) => alikeIn(cells, rules)(content, first)) ? finest([first, ...contents]) : undefined;
}

/** The given revisions without those that another of them follows from, sorted and without doubles. */
export function headsAmong(history: History, ids: readonly string[]): string[] {
  const unique = [...new Set(ids)].sort();
  return unique.filter((id) => !unique.some((other) => other !== id && ancestorsOf(history, other).has(id)));
}
