// A host as the suite needs it, and the spy that stands before it: whatever a host answers must be what the contract
// declares, or the run fails.
import {
  contract,
  type Input,
  type MethodName,
  type Output,
  type Progress,
  problemsOf,
  type Topic,
} from '../../shared/contract/contract.ts';
import type { FilePurpose } from '../../shared/contract/host.ts';
import { type Problem, problemSchema } from '../../shared/kernel/problem.ts';
import type { Reply } from '../../shared/kernel/result.ts';

export type Written = { name: string; bytes: Buffer };
export type TestOptions = { signal?: AbortSignal; onProgress?: (progress: Progress) => void };

/** One running program behind one wire; two of them share nothing but the files that the test carries over. */
export type TestHost = {
  /** Asks whatever is wanted, also what no proper page would ask. */
  raw(method: string, input: unknown, options?: TestOptions): Promise<Reply<unknown>>;
  /** A file that the person gives in; the answer is its handle. */
  upload(name: string, bytes: Uint8Array): Promise<string>;
  /** A place that the person chooses; for `open-workspace`, the workspace that was made last. */
  place(purpose: FilePurpose): Promise<string>;
  /** What was written to a place: one file, or the files of a folder. */
  written(handle: string): Promise<Written[]>;
  /** What the workspace files look like from outside: names, sizes and times, without opening them. */
  stamp(): string;
  /** Changes that were told, oldest first. */
  changes: readonly (readonly Topic[])[];
  close(): Promise<void>;
};

export type MakeHost = () => Promise<TestHost>;

export type Asker = {
  host: TestHost;
  /** The answer; fails on a problem. */
  ask<M extends MethodName>(method: M, input: Input<M>, options?: TestOptions): Promise<Output<M>>;
  /** The problem; fails on an answer. */
  problem<M extends MethodName>(method: M, input: Input<M>, options?: TestOptions): Promise<Problem>;
  /** Methods that have answered well so far. */
  answered: ReadonlySet<string>;
};

/** Puts the spy before a host. */
export function spyOn(host: TestHost): Asker {
  const answered = new Set<string>();

  async function checked<M extends MethodName>(
    method: M,
    input: Input<M>,
    options?: TestOptions,
  ): Promise<Reply<unknown>> {
    const reply = await host.raw(method, input, options);
    const { output } = contract[method];
    if (reply.ok) {
      // Strict schemas: a member too many fails here as well as one too few.
      output.parse(reply.value);
      answered.add(method);
      return reply;
    }
    const problem = problemSchema.parse(reply.problem);
    // `internal` may be answered anywhere and is never right: it fails the run.
    if (problem.code === 'internal' || !problemsOf(method).includes(problem.code)) {
      throw new Error(
        `${method} answered with ${problem.code}, which the contract does not declare: ${problem.message}`,
      );
    }
    return reply;
  }

  return {
    host,
    answered,
    async ask<M extends MethodName>(method: M, input: Input<M>, options?: TestOptions) {
      const reply = await checked(method, input, options);
      if (!reply.ok) throw new Error(`${method}: ${reply.problem.code} ${JSON.stringify(reply.problem.details)}`);
      return reply.value as Output<M>;
    },
    async problem(method, input, options) {
      const reply = await checked(method, input, options);
      if (reply.ok) throw new Error(`${method} was expected to fail`);
      return reply.problem;
    },
  };
}
