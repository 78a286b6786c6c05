// What happened to one cell, as the graph of revisions tells it. A function of the set of revisions alone.
import { alikeContent, type Content, contentAt, sameContent } from '../form/merge.ts';
import { ancestorsOf, type History, headsOf } from './ancestry.ts';

/** A revision that gave a cell another content than all of its parents had. */
export type Change = {
  id: string;
  /** What stood in the first parent. */
  before: Content;
  after: Content;
  /** A merge was given another content although both sides had changed the cell: nobody wrote over this one as such. */
  lost: boolean;
  /** The merge that passed over it, if it is lost: of several the first by name that nothing of them goes before. */
  lostTo: string | undefined;
};

/**
 * The changes of a cell, newest first: never before what follows from them, and by `when` (an instant, for people)
 * where nothing follows from the other. A change is lost when it stands in no head, nobody who stood on it alone wrote
 * over it, and some merge of sides that had both changed the cell took another content. `isNumber`: the cell holds a
 * number, so 95 is not lost where 95.0 stands.
 */
export function changesOf(history: History, address: string, when: (id: string) => string, isNumber = false): Change[] {
  const blank = contentAt({}, address);
  const contents = new Map([...history].map(([id, { values }]) => [id, contentAt(values, address)] as const));
  const at = (id: string | undefined): Content => contents.get(id ?? '') ?? blank;
  const isOpen = (id: string): boolean => history.get(id)?.open?.includes(address) ?? false;
  const isChange = (id: string): boolean => {
    if (isOpen(id)) return false;
    const parents = history.get(id)?.parents ?? [];
    return (parents.length > 0 ? parents.map(at) : [blank]).every((before) => !sameContent(before, at(id)));
  };
  const isAlike = (a: string, b: string) => alikeContent(at(a), at(b), isNumber);
  const changed = newestFirst(history, when).filter(isChange);
  const behind = new Map([...history.keys()].map((id) => [id, ancestorsOf(history, id)] as const));
  const isBehind = (id: string, later: string) => behind.get(later)?.has(id) ?? false;
  const followers = followersOf(history);
  const heads = new Set(headsOf(history));

  function lostTo(change: string): string | undefined {
    const carriers = new Set([change]);
    const passing: string[] = [];
    for (const id of carriers) {
      if (heads.has(id)) return undefined;
      for (const next of followers.get(id) ?? []) {
        if (isOpen(next) || isAlike(next, change)) carriers.add(next);
        else if (isOpen(id)) passing.push(next);
        else if (history.get(next)?.parents.length === 1) return undefined;
        else if (isRival(id, next)) passing.push(next);
      }
    }
    return passing.filter((id) => !passing.some((other) => other !== id && isBehind(other, id))).sort()[0];
  }
  /** Whether another parent of a merge had changed the cell by itself, to something else than stands in `side`. */
  const isRival = (side: string, merge: string): boolean =>
    (history.get(merge)?.parents ?? []).some(
      (other) => !isAlike(other, side) && changed.some((id) => isBehind(id, other) && !isBehind(id, side)),
    );

  return changed.map((id) => ({
    id,
    before: at(history.get(id)?.parents[0]),
    after: at(id),
    ...lossOf(lostTo(id)),
  }));
}

const lossOf = (to: string | undefined) => ({ lost: to !== undefined, lostTo: to });

function followersOf(history: History): Map<string, string[]> {
  const followers = new Map<string, string[]>();
  for (const [id, { parents }] of history) {
    for (const parent of parents) followers.set(parent, [...(followers.get(parent) ?? []), id]);
  }
  return followers;
}

/** All revisions, each before those it follows from; of those that are free to come, the one with the latest instant. */
function newestFirst(history: History, when: (id: string) => string): string[] {
  const waiting = new Map([...followersOf(history)].map(([id, ids]) => [id, ids.length] as const));
  const byInstant = (a: string, b: string) => (when(a) === when(b) ? (a < b ? -1 : 1) : when(a) < when(b) ? -1 : 1);
  const free = headsOf(history);
  const order: string[] = [];
  while (free.length > 0) {
    const next = free.sort(byInstant).pop() ?? '';
    order.push(next);
    for (const parent of history.get(next)?.parents ?? []) {
      const left = (waiting.get(parent) ?? 0) - 1;
      waiting.set(parent, left);
      if (left === 0 && history.has(parent)) free.push(parent);
    }
  }
  return order;
}
