// The one dispatcher: parses what was asked, opens the transaction that the contract names, runs one function, and
// turns every outcome into a value. Nothing is ever thrown at a host.
import {
  contract,
  type MethodName,
  type MethodsOf,
  type Output,
  type ParsedInput,
  problemsOf,
  type Topic,
} from '../../shared/contract/contract.ts';
import { makeProblem, ProblemError } from '../../shared/kernel/problem.ts';
import type { Reply } from '../../shared/kernel/result.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';
import type { ReadDb, Synchronous, WriteDb } from './store/database.ts';
import type { Task } from './task.ts';

/** What a synchronous handler may use beside its database. */
export type Scene = { session: Session; ports: Ports };

export type Handlers = {
  [M in MethodsOf<'query'>]: (db: ReadDb, input: ParsedInput<M>, scene: Scene) => Synchronous<Output<M>>;
} & {
  [M in MethodsOf<'command'>]: (db: WriteDb, input: ParsedInput<M>, scene: Scene) => Synchronous<Output<M>>;
} & {
  [M in MethodsOf<'task'>]: (task: Task, input: ParsedInput<M>) => Promise<Output<M>>;
};

/** Called with what nobody foresaw: a bug, or a problem that the contract does not declare for the method. */
export type Incident = (incident: string, method: string, error: unknown) => void;

const isMethod = (name: string): name is MethodName => Object.hasOwn(contract, name);

/** Which parts of the screen a command's change concerns. */
function topicsOf(method: MethodName): Topic[] {
  if (method.startsWith('signer.')) return ['signers'];
  return method.startsWith('cell.') ? ['cells'] : ['sheets'];
}

/** Binds handlers to the contract. */
export function makeDispatch(handlers: Handlers, ports: Ports, changed: (topics: Topic[]) => void, report: Incident) {
  function run(method: MethodName, input: unknown, task: Task): unknown {
    // The table ties each name to its input; here, behind the parse, only the nature matters.
    const handler = handlers[method] as (...parts: unknown[]) => unknown;
    if (contract[method].nature === 'task') return handler(task, input);
    const session = task.session();
    const scene: Scene = { session, ports };
    if (contract[method].nature === 'query') return session.store.read((db) => handler(db, input, scene) as never);
    const value = session.store.write((db) => handler(db, input, scene) as never);
    changed(topicsOf(method));
    return value;
  }

  function explain(method: MethodName, error: unknown): Reply<never> {
    if (error instanceof ProblemError && problemsOf(method).includes(error.problem.code)) {
      return { ok: false, problem: error.problem };
    }
    const incident = ports.entropy.id(4);
    report(incident, method, error);
    return { ok: false, problem: makeProblem('internal', { incident }) };
  }

  return async function dispatch(method: string, input: unknown, task: Task): Promise<Reply<unknown>> {
    if (!isMethod(method))
      return { ok: false, problem: makeProblem('method.unknown', { method: method.slice(0, 100) }) };
    const { input: inputSchema, output } = contract[method];
    try {
      const parsed = inputSchema.safeParse(input);
      if (!parsed.success) {
        const findings = parsed.error.issues.slice(0, 20).map((i) => `${i.path.join('.') || '全体'}：${i.message}`);
        return { ok: false, problem: makeProblem('input.invalid', { findings }) };
      }
      return { ok: true, value: output.parse(await run(method, parsed.data, task)) };
    } catch (error) {
      return explain(method, error);
    }
  };
}
