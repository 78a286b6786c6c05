// Waiting, in three shapes: until a state has lasted, until a person has stopped for a moment, and for the next turn.
import { useEffect, useState } from 'react';

/** True once `on` has been true for `ms`; false at once when it ends. */
export function useLasting(on: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [on, ms]);
  return on && lasting;
}

export type Quiet = { start(then: () => void): void; stop(): void };

/** Does something after `ms` in which it was not started again. */
export function createQuiet(ms: number): Quiet {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  return {
    start(then) {
      stop();
      timer = setTimeout(then, ms);
    },
    stop,
  };
}

/** Does something every `ms` as long as it is drawn; undefined: not at all. */
export function useEvery(ms: number | undefined, then: () => void): void {
  useEffect(() => {
    if (ms === undefined) return;
    const timer = setInterval(then, ms);
    return () => clearInterval(timer);
  }, [ms, then]);
}

/** Does something once, after `ms`. */
export function later(ms: number, then: () => void): void {
  setTimeout(then, ms);
}

export type Turns = { next(then: (took: number) => void): () => void };

/**
 * Does something after the browser has had its turn to draw and to hear keys, in a hidden window too. It is told how many
 * milliseconds have gone by since the last time; what is given back calls it off.
 */
export function createTurns(): Turns {
  let since = performance.now();
  return {
    next(then) {
      const timer = setTimeout(() => {
        const took = performance.now() - since;
        since += took;
        then(took);
      });
      return () => clearTimeout(timer);
    },
  };
}
