// Random graphs of revisions for property tests, valid by construction.
import fc from 'fast-check';
import type { Cell, Values } from '../shared/form/cell.ts';
import { cellEntries } from './arbitrary.ts';

export type Drawn = {
  /** Revision by id; ids say nothing about the order in which revisions were made. */
  history: ReadonlyMap<string, { parents: readonly string[]; values: Values }>;
  /** In the order in which they were made: parents first. */
  ids: readonly string[];
};

/**
 * A random graph of revisions over a few cells with a few contents each, so that sides really meet. Revisions are new
 * sheets (`roots`: how many may be), edits, and merges in which somebody took each cell from one parent or typed it anew.
 */
export function historyOf(
  cells: readonly Cell[],
  options: { most?: number; roots?: number; merges?: boolean; entries?: (cell: Cell) => fc.Arbitrary<Values> } = {},
): fc.Arbitrary<Drawn> {
  const { most = 8, roots = 2, merges = true, entries = cellEntries } = options;
  const edit = fc.tuple(fc.nat({ max: cells.length - 1 }), fc.nat({ max: 2 }));
  const step = fc.record({
    kind: fc.constantFrom(
      'edit' as const,
      'edit' as const,
      merges ? ('merge' as const) : ('edit' as const),
      'root' as const,
    ),
    a: fc.nat({ max: 20 }),
    b: fc.nat({ max: 20 }),
    sides: fc.array(fc.boolean(), { minLength: cells.length, maxLength: cells.length }),
    edits: fc.array(edit, { maxLength: 3 }),
  });
  const contents = fc.tuple(...cells.map((cell) => fc.tuple(entries(cell), entries(cell), entries(cell))));
  const names = fc.shuffledSubarray(NAMES, { minLength: most, maxLength: most });
  return fc.record({ contents, names, steps: fc.array(step, { minLength: 1, maxLength: most }) }).map((drawn) => {
    const history = new Map<string, { parents: readonly string[]; values: Values }>();
    const picks: { parents: readonly string[]; at: readonly Values[] }[] = [];
    let starts = 0;
    drawn.steps.forEach((step, index) => {
      const isRoot = index === 0 || (step.kind === 'root' && starts < roots);
      if (isRoot) starts += 1;
      const a = step.a % Math.max(1, index);
      const b = step.b % Math.max(1, index);
      const parents = isRoot ? [] : step.kind === 'merge' && a !== b ? [a, b] : [a];
      const from = parents.map((parent) => picks[parent]?.at ?? []);
      const at = cells.map((_, cell) => (step.sides[cell] ? from[1]?.[cell] : undefined) ?? from[0]?.[cell] ?? {});
      for (const [cell, content] of step.edits) at[cell] = drawn.contents[cell]?.[content] ?? {};
      const names = parents.map((parent) => drawn.names[parent] ?? '');
      picks.push({ parents: names, at });
      history.set(drawn.names[index] ?? '', { parents: names, values: Object.assign({}, ...at) });
    });
    return { history, ids: [...history.keys()] };
  });
}

const NAMES = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index).repeat(4));
