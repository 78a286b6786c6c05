// Words that somebody has begun beside the cells and not yet sent: a reason, a remark, a third text for a conflict.
// Promise: whoever looks at another cell or screen meanwhile finds them again, as long as the window has the same file.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useSay } from '../../ui/Announcer.tsx';

/** By what they are about. */
type Begun = Map<string, string>;
const Context = createContext<Begun>(new Map());

/** `file`: with another one everything begun is forgotten. */
export function Drafts({ file, children }: { file: string | undefined; children: ReactNode }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each file has its own
  const begun = useMemo((): Begun => new Map(), [file]);
  useEffect(() => {
    const ask = (event: Event) => {
      if (begun.size > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [begun]);
  return <Context value={begun}>{children}</Context>;
}

/** Whether somebody has begun to write about it. */
export const useIsBegun = (about: string): boolean => useContext(Context).has(about);

/** The text of one box. `first`: what stands in it before anybody writes; `word`: what is written there. */
export function useDraft(about: string, first: string, word: string) {
  const begun = useContext(Context);
  const say = useSay();
  const [text, setText] = useState(begun.get(about) ?? first);
  const [isAgain] = useState(begun.has(about));
  useEffect(
    () => () => {
      if (begun.has(about)) say(`書きかけの${word}を残してあります。`);
    },
    [begun, about, word, say],
  );
  return {
    text,
    /** It was begun before: the person has not asked for the box just now. */
    isAgain,
    write(next: string) {
      setText(next);
      if (next === first || next.trim() === '') begun.delete(about);
      else begun.set(about, next);
    },
    /** It was sent, or given up. */
    end: () => void begun.delete(about),
  };
}
