// The command-line host: the same application and dispatcher, asked once for each command. Its files are paths that
// the person typed; its answers are values, and a problem is an exit status.
import path from 'node:path';
import type { Input, MethodName, Output } from '../../shared/contract/contract.ts';
import { fail, type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import { type App, openApp } from '../core/app.ts';
import { typedPath, workspacePath } from '../core/name.ts';
import { systemPorts } from '../core/ports.ts';

export type CommandHost = {
  app: App;
  /** Asks a method; a problem is raised as ProblemError. */
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  /** The handle of a file. */
  file(name: string): string;
  /** The handle of a workspace; its ending may be left out. */
  workspace(name: string): string;
  /** Opens a workspace. */
  open(name: string, passphrase: string | undefined): Promise<Output<'workspace.open'>>;
  wait(milliseconds: number): Promise<void>;
  /** The first line of a passphrase file. */
  passphrase(file: string | undefined): Promise<string | undefined>;
};

/** A host over the real disk. `resources` is the folder of what comes with the program. */
export function makeCommandHost(resources = path.join(import.meta.dirname, '../../resources')): CommandHost {
  const ports = systemPorts();
  const app = openApp({ ports, resources });
  const file = (name: string) => app.offer(typedPath(name));
  const workspace = (name: string) => app.offer(workspacePath(name));

  async function ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
    const reply = await app.call(method, input);
    // The dispatcher has checked the value against the contract's output schema.
    if (reply.ok) return reply.value as Output<M>;
    throw new ProblemError(reply.problem as Problem);
  }

  return {
    app,
    ask,
    file,
    workspace,
    open: (name, passphrase) =>
      ask('workspace.open', { file: workspace(name), ...(passphrase === undefined ? {} : { passphrase }) }),
    wait: ports.clock.delay,
    passphrase: async (name) => {
      if (name === undefined) return undefined;
      const text = (await ports.files.read(typedPath(name), 10_000)).toString('utf8');
      const [phrase = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
      return phrase === '' ? fail('input.invalid', { findings: ['合い言葉のファイルの1行目が空です'] }) : phrase;
    },
  };
}
