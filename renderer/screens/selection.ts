// Which sheets of the list are chosen: one by one, a range with Shift, or many at once. Pure.
// Promise: a range grows and shrinks from where it began, as in a spreadsheet, and leaves what was chosen before.
export type Chosen = {
  ids: ReadonlySet<string>;
  /** Where a range begins and where it ends now; undefined before anything was chosen. */
  range: { from: string; to: string } | undefined;
  /** What was chosen when the range began, its first row included. */
  before: ReadonlySet<string>;
};

export const NOTHING: Chosen = { ids: new Set(), range: undefined, before: new Set() };

/** Chooses one sheet, or leaves it out; a range may begin there. */
export function toggled({ ids }: Chosen, id: string): Chosen {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, range: { from: id, to: id }, before: next };
}

/** The range from where it began to `to`, in the order of the rows as they are shown: chosen, or left out like its first row. */
export function extended(chosen: Chosen, order: readonly string[], to: string): Chosen {
  const from = chosen.range?.from;
  const [start, end] = [from === undefined ? -1 : order.indexOf(from), order.indexOf(to)];
  if (from === undefined || start < 0 || end < 0) return toggled(chosen, to);
  const rows = order.slice(Math.min(start, end), Math.max(start, end) + 1);
  const ids = new Set(chosen.before);
  for (const id of rows) {
    if (chosen.before.has(from)) ids.add(id);
    else ids.delete(id);
  }
  return { ...chosen, ids, range: { from, to } };
}

/** A step from one row to another with Shift: goes on with the range that ends here, or begins one with this row. */
export function stepped(chosen: Chosen, order: readonly string[], from: string, to: string): Chosen {
  if (chosen.range?.to === from) return extended(chosen, order, to);
  const before = new Set([...chosen.ids, from]);
  return extended({ ids: before, range: { from, to: from }, before }, order, to);
}

/** Chooses all of these, or leaves all of them out where they are chosen already. */
export function toggledAll({ ids }: Chosen, these: readonly string[]): Chosen {
  const isAll = these.every((id) => ids.has(id));
  const next = new Set(ids);
  for (const id of these) {
    if (isAll) next.delete(id);
    else next.add(id);
  }
  return { ids: next, range: undefined, before: next };
}
