// A Host over any wire: gives every call an id, hands progress to its caller, and turns a lost connection into a value.
import type { Input, MethodName, Output, Progress, Topic } from '../../shared/contract/contract.ts';
import { type CallOptions, type Host, PLAIN_PAGE } from '../../shared/contract/host.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import type { Reply } from '../../shared/kernel/result.ts';
import { freshWord } from '../ui/clock.ts';
import type { Wire } from './bridge.ts';

/** The privileged side cannot be reached; no code of its own, since only the renderer can notice it. */
export const disconnected: Problem = {
  code: 'internal',
  details: { incident: 'connection' },
  message: 'プログラムの本体とつながりません。',
  hint: 'プログラムが動いているか確かめてから、もう一度試してください。保存済みと表示された入力は残っています。',
};

/** The privileged side turned a request away without saying why. */
export function refused(status: number): Problem {
  if (status === 401) {
    return {
      ...disconnected,
      message: 'この画面は、動いているプログラムのものではありません。',
      hint: 'プログラムを起動し直し、表示された番地を開いてください。保存済みと表示された入力は残っています。',
    };
  }
  if (status !== 413) return disconnected;
  return { ...disconnected, message: 'ファイルが大きすぎます。', hint: '選んだファイルを確かめてください。' };
}

export function makeHost(wire: Wire): Host {
  const session = freshWord();
  const progressOf = new Map<string, (progress: Progress) => void>();
  const listeners = new Set<(topics: readonly Topic[]) => void>();
  let calls = 0;

  wire.on((event) => {
    if (event.type === 'progress') progressOf.get(event.id)?.(event.progress);
    else for (const listener of listeners) listener(event.topics);
  });

  async function call<M extends MethodName>(
    method: M,
    input: Input<M>,
    options: CallOptions = {},
  ): Promise<Reply<Output<M>>> {
    calls += 1;
    const id = `${session}-${calls}`;
    if (options.onProgress) progressOf.set(id, options.onProgress);
    options.signal?.addEventListener('abort', () => void wire.cancel(id).catch(() => undefined));
    try {
      // The privileged side has checked its answer against the contract's schema.
      return (await wire.call(method, input, id)) as Reply<Output<M>>;
    } catch (error) {
      return { ok: false, problem: error instanceof ProblemError ? error.problem : disconnected };
    } finally {
      progressOf.delete(id);
    }
  }

  return {
    call,
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    chooseFiles: (purpose) => wire.chooseFiles(purpose),
    reveal: (file) => wire.reveal(file),
    print: (page = PLAIN_PAGE) => wire.print(page),
  };
}
