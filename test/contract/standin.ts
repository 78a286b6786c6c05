// A stand-in for the application: what a host does by itself is tested without a core.
import type { App } from '../../electron/core/app.ts';
import type { Topic } from '../../shared/contract/contract.ts';
import { fail, makeProblem } from '../../shared/kernel/problem.ts';

export type StandIn = App & {
  calls: { method: string; input: unknown }[];
  offered: Map<string, string>;
  change(topics: readonly Topic[]): void;
};

/** Answers every method with its input; `test.hold` reports progress and then waits until it is cancelled. */
export function standInApp(): StandIn {
  const listeners = new Set<(topics: readonly Topic[]) => void>();
  const offered = new Map<string, string>();
  const calls: StandIn['calls'] = [];
  return {
    calls,
    offered,
    change: (topics) => {
      for (const listener of listeners) listener(topics);
    },
    async call(method, input, options) {
      calls.push({ method, input });
      if (method !== 'test.hold') return { ok: true, value: input };
      options?.onProgress?.({ done: 1, total: 2, name: '一件目' });
      while (!options?.signal?.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
      return { ok: false, problem: makeProblem('task.cancelled', {}) };
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    offer(file) {
      const handle = `handle-${offered.size + 1}`;
      offered.set(handle, file);
      return handle;
    },
    pathOf: (handle) => offered.get(handle) ?? fail('handle.unknown', {}),
    close: async () => {},
  };
}
