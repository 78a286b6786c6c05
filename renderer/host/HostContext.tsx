// Hands the host to every screen, and asks it questions that keep themselves fresh.
import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { Input, MethodName, Output, Topic } from '../../shared/contract/contract.ts';
import type { Host } from '../../shared/contract/host.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { keepAlike } from './alike.ts';

const Context = createContext<Host | null>(null);
export const HostProvider = Context.Provider;

export function useHost(): Host {
  const host = useContext(Context);
  if (!host) throw new Error('no host above this component');
  return host;
}

export type Query<T> = {
  value: T | undefined;
  /** What is shown answers an earlier question: this one is still being asked. */
  isOld: boolean;
  problem: Problem | undefined;
  reload: () => void;
};

/**
 * Asks once and again whenever one of the topics changes, or `of` is another object: what the answer follows from. The
 * last answer stays visible meanwhile. What of an answer says the same as before is the same object.
 */
export function useQuery<M extends MethodName>(
  method: M,
  input: Input<M>,
  topics: readonly Topic[],
  of?: object,
): Query<Output<M>> {
  const host = useHost();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ asked?: string; value?: Output<M> | undefined; problem?: Problem }>({});
  const inputKey = JSON.stringify(input);
  const topicKey = topics.join();
  const reload = useCallback(() => setRound((n) => n + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` and `of` ask again; input and topics count by content
  useEffect(() => {
    let current = true;
    void host.call(method, JSON.parse(inputKey) as Input<M>).then((reply) => {
      if (!current) return;
      setState((before) =>
        keepAlike(before, {
          asked: inputKey,
          ...(reply.ok ? { value: reply.value } : { value: before.value, problem: reply.problem }),
        }),
      );
    });
    return () => {
      current = false;
    };
  }, [host, method, inputKey, round, of]);

  useEffect(
    () =>
      host.onChanged((changed) => {
        if (changed.some((topic) => topicKey.split(',').includes(topic))) reload();
      }),
    [host, topicKey, reload],
  );

  return { value: state.value, isOld: state.asked !== inputKey, problem: state.problem, reload };
}
