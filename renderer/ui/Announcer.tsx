// Says to screen readers, and in small print to everybody, what a key has just done.
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

type Say = (words: string) => void;
const Context = createContext<Say>(() => undefined);

/** Says something once; the same words said again are spoken again. */
export const useSay = (): Say => useContext(Context);

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ words: '', turn: 0 });
  const say = useCallback((words: string) => setSaid(({ turn }) => ({ words, turn: turn + 1 })), []);
  return (
    <Context value={say}>
      {children}
      <div className="said no-print" role="status">
        {/* A new element each time, so that a repeated sentence counts as a change. */}
        <span key={said.turn}>{said.words}</span>
      </div>
    </Context>
  );
}
