// The command line as an office's script sees it: standard output, standard error, exit status. Most calls run in this
// process, as main.ts runs them, because starting Node is most of a call; `hyokaFrom` starts a real one.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { answerTo } from '../../electron/cli/call.ts';

const main = path.resolve(import.meta.dirname, '../../electron/cli/main.ts');

export type Outcome = { exit: number; stdout: string; stderr: string };

/** Runs one command. A bug of it is raised here. */
export async function hyoka(...args: string[]): Promise<Outcome> {
  const outcome: Outcome = { exit: 0, stdout: '', stderr: '' };
  outcome.exit = await answerTo(args, {
    out: (text) => {
      outcome.stdout += text;
    },
    err: (text) => {
      outcome.stderr += text;
    },
  });
  return outcome;
}

/** Runs one command in a process of its own, as npm runs it for somebody who stands in `folder`. */
export const hyokaFrom = (folder: string, ...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const env = { ...process.env, npm_lifecycle_event: 'hyoka', INIT_CWD: folder };
    execFile(process.execPath, [main, ...args], { maxBuffer: 64 * 1024 * 1024, env }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exit, stdout, stderr });
    });
  });

// biome-ignore lint/suspicious/noExplicitAny: what a script sees is untyped JSON
export type Json = any;

/** Runs one command with --json; fails unless standard output is exactly one JSON object on one line. */
export async function hyokaJson(...args: string[]): Promise<{ exit: number; value: Json; stderr: string }> {
  const { exit, stdout, stderr } = await hyoka(...args, '--json');
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`not one JSON object: ${stdout}\n${stderr}`);
  return { exit, value: JSON.parse(stdout), stderr };
}

/** A department joins with the digits that the office reads out. */
export async function joinAs(office: string, file: string, packageFile: string, ...more: string[]): Promise<void> {
  const { print } = (await hyokaJson('status', office)).value.workspace;
  const { value } = await hyokaJson('join', file, packageFile, '--office-print', print, ...more);
  if (value.problem) throw new Error(value.problem.message);
}
