// Says to screen readers, and in small print to everybody, what a key has just done.
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

type Say = (words: string) => void;
const Context = createContext<Say>(() => undefined);

/** Says something once; the same words said again are spoken again. */
export const useSay = (): Say => useContext(Context);

/** What is said while something else is still being read joins it: neither may push the other away. */
const TOGETHER_MS = 4_000;
const MOST = 3;
type Said = { words: string; turn: number; at: number };

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const say = useCallback((words: string) => {
    const at = performance.now();
    setSaid((before) => {
      const fresh = before.filter((one) => at - one.at < TOGETHER_MS).slice(1 - MOST);
      return [...fresh, { words, turn: (before.at(-1)?.turn ?? 0) + 1, at }];
    });
  }, []);
  return (
    <Context value={say}>
      {children}
      <div className="said no-print" role="status" aria-atomic="false">
        {/* A new element each time, so that a repeated sentence counts as a change, and only what is new is read. */}
        {said.map(({ words, turn }) => (
          <span key={turn}>{words}</span>
        ))}
      </div>
    </Context>
  );
}
