// One long question at a time, with its progress, its cancelling and what went wrong.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input, MethodName, Output, Progress } from '../../shared/contract/contract.ts';
import type { ChosenFile, FilePurpose } from '../../shared/contract/host.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import { useHost } from './HostContext.tsx';
import { disconnected } from './wire.ts';

export type Task = {
  running: boolean;
  /** What is going on, in words for the progress bar. */
  name: string;
  progress: Progress | undefined;
  problem: Problem | undefined;
  /** The answer, or undefined when it failed, was cancelled, or another call is still running. */
  run<M extends MethodName>(name: string, method: M, input: Input<M>): Promise<Output<M> | undefined>;
  /** Files that the person chose; an empty list when they changed their mind. */
  choose(purpose: FilePurpose): Promise<readonly ChosenFile[]>;
  reveal(file: string): Promise<void>;
  cancel(): void;
  clear(): void;
};

export function useTask(): Task {
  const host = useHost();
  const control = useRef<AbortController | undefined>(undefined);
  const [name, setName] = useState('');
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => () => control.current?.abort(), []);

  const run: Task['run'] = useCallback(
    async (title, method, input) => {
      if (control.current) return undefined;
      const controller = new AbortController();
      control.current = controller;
      setName(title);
      setRunning(true);
      setProgress(undefined);
      setProblem(undefined);
      const reply = await host.call(method, input, { signal: controller.signal, onProgress: setProgress });
      control.current = undefined;
      setRunning(false);
      if (reply.ok) return reply.value;
      setProblem(reply.problem);
      return undefined;
    },
    [host],
  );

  const guarded = useCallback(async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    setProblem(undefined);
    try {
      return await work();
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : disconnected);
      return otherwise;
    }
  }, []);

  return {
    running,
    name,
    progress,
    problem,
    run,
    choose: (purpose) => guarded(() => host.chooseFiles(purpose), []),
    reveal: (file) => guarded(() => host.reveal(file), undefined),
    cancel: () => control.current?.abort(),
    clear: () => setProblem(undefined),
  };
}
