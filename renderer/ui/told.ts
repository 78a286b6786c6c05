// One value that is told to whoever shows it, past everybody who stands between: what changes at every pause of the
// typing must not draw a whole screen anew.
import { useSyncExternalStore } from 'react';

export type Told<T> = { get(): T; tell(value: T): void; subscribe(listener: () => void): () => void };

export function createTold<T>(first: T): Told<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    tell(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value as it was told last. */
export const useTold = <T>(told: Told<T>): T => useSyncExternalStore(told.subscribe, told.get);
