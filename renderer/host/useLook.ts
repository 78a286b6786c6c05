// A long look that follows what it is about: asked anew when that changes, with its progress, and given up when nobody
// waits for it any more.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input, MethodName, Output, Progress } from '../../shared/contract/contract.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { useHost } from './HostContext.tsx';

export type Look<T> = {
  /** Of this input; undefined until it is there. */
  value: T | undefined;
  problem: Problem | undefined;
  running: boolean;
  progress: Progress | undefined;
  cancel: () => void;
  reload: () => void;
};

/** `input` null: nothing is looked at. */
export function useLook<M extends MethodName>(method: M, input: Input<M> | null): Look<Output<M>> {
  const host = useHost();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ value?: Output<M>; problem?: Problem; running: boolean }>({ running: false });
  const [progress, setProgress] = useState<Progress>();
  const control = useRef<AbortController>(undefined);
  const key = JSON.stringify(input);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again; the input counts by content
  useEffect(() => {
    const asked = JSON.parse(key) as Input<M> | null;
    if (asked === null) return setState({ running: false });
    const controller = new AbortController();
    control.current = controller;
    let isWaited = true;
    setState({ running: true });
    setProgress(undefined);
    const onProgress = (steps: Progress) => {
      if (isWaited) setProgress(steps);
    };
    void host.call(method, asked, { signal: controller.signal, onProgress }).then((reply) => {
      if (!isWaited) return;
      setState(reply.ok ? { value: reply.value, running: false } : { problem: reply.problem, running: false });
    });
    return () => {
      isWaited = false;
      controller.abort();
    };
  }, [host, method, key, round]);

  return {
    value: state.value,
    problem: state.problem,
    running: state.running,
    progress,
    cancel: () => control.current?.abort(),
    reload: useCallback(() => setRound((n) => n + 1), []),
  };
}
