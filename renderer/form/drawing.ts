// A large form is drawn part by part, so that the window answers in between. Promise: each part takes about as long as a
// person does not notice, on a slow computer too; whoever needs the whole form can wait for it.
import { useEffect, useRef, useState } from 'react';
import { createTurns } from '../ui/timing.ts';

/** Less than what a person notices: what a part costs is known only afterwards. */
const WANTED_MS = 75;

/** Cells of the first part, about as many as a window shows, and the fewest of a later one: each part has a price. */
const FIRST = 24;
const FEWEST = 60;

/** How many parts have to stand so that at least `cells` cells come after the first `count` parts. */
export function grown(sizes: readonly number[], count: number, cells: number): number {
  let next = count;
  for (let added = 0; next < sizes.length && added < cells; next += 1) added += sizes[next] ?? 0;
  return next;
}

/** Cells of the next part, after one of `cells` has taken so long. It grows by no more than half of itself. */
export const nextSize = (cells: number, took: number): number =>
  Math.max(FEWEST, Math.min(Math.ceil(cells * 1.5), Math.floor((cells * WANTED_MS) / Math.max(took, 1))));

/** How many parts stand by now. `sizes`: the cells of each, the same list as long as it is the same form. */
export function useParts(sizes: readonly number[]): number {
  const [count, setCount] = useState(() => grown(sizes, 0, FIRST));
  const cells = useRef(FIRST);
  const [turns] = useState(createTurns);
  useEffect(() => {
    if (count >= sizes.length) return;
    return turns.next((took) => {
      cells.current = nextSize(cells.current, took);
      setCount(grown(sizes, count, cells.current));
    });
  }, [sizes, count, turns]);
  return count;
}

const BUSY = '.sheet-form[aria-busy="true"]';

/** The open form, as long as parts of it are still to come. */
export const formInDrawing = (): Element | null => document.querySelector(BUSY);

/** Resolves once the form stands whole, or is gone. */
export function wholeForm(): Promise<void> {
  const form = formInDrawing();
  if (!form) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (form.isConnected && form.matches(BUSY)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-busy'] });
  });
}
