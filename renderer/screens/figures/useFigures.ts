// All sheets as the pictures need them, asked for page by page and again when something has changed.
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { Progress } from '../../../shared/contract/contract.ts';
import { joinPages, pagesOf, type SheetFacts } from '../../../shared/figures/facts.ts';
import type { Plan } from '../../../shared/figures/plan.ts';
import { type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import { useHost } from '../../host/HostContext.tsx';
import { createQuiet } from '../../ui/timing.ts';

export type Figures = { plans: readonly Plan[]; sheets: readonly SheetFacts[] };
export type Counting = {
  figures: Figures | undefined;
  running: boolean;
  progress: Progress | undefined;
  problem: Problem | undefined;
  stop(): void;
  again(): void;
};

/** What comes in one after another is counted once. */
const TOGETHER_MS = 300;

export function useFigures(): Counting {
  const host = useHost();
  const [round, setRound] = useState(0);
  const [figures, setFigures] = useState<Figures>();
  const [running, setRunning] = useState(true);
  const [progress, setProgress] = useState<Progress>();
  const [problem, setProblem] = useState<Problem>();
  const stopped = useRef(false);
  const again = useCallback(() => setRound((n) => n + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` counts anew
  useEffect(() => {
    let current = true;
    stopped.current = false;
    setRunning(true);
    setProblem(undefined);
    const isWanted = () => current && !stopped.current;
    const ask = async (start: number) => {
      const reply = await host.call('figures.show', { start });
      if (reply.ok) return reply.value;
      throw new ProblemError(reply.problem);
    };
    const told = (done: number, total: number) => {
      if (current) setProgress({ done, total, name: '' });
      return isWanted();
    };
    pagesOf(ask, told)
      .then((pages) =>
        startTransition(() => {
          if (isWanted()) setFigures(joinPages(pages));
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
        if (current) setProblem(error.problem);
      })
      .finally(() => current && setRunning(false));
    return () => {
      current = false;
    };
  }, [host, round]);

  useEffect(() => {
    const together = createQuiet(TOGETHER_MS);
    const stop = host.onChanged((topics) => {
      if (topics.includes('sheets')) together.start(again);
    });
    return () => {
      stop();
      together.stop();
    };
  }, [host, again]);

  const stop = useCallback(() => {
    stopped.current = true;
    setRunning(false);
  }, []);
  return { figures, running, progress, problem, stop, again };
}
