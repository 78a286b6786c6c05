// Files that arrive, read from the disk and taken out of their seals.
import { ProblemError } from '../../../shared/kernel/problem.ts';
import { readRecovery } from '../keys.ts';
import type { Session } from '../session.ts';
import type { Task } from '../task.ts';
import { isSealed, type Openers, SEALED_LIMIT, unseal } from './secrecy.ts';

/** The open workspace, or undefined: looking into a package needs none. */
function openSession(task: Task): Session | undefined {
  try {
    return task.session();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'workspace.closed') return undefined;
    throw error;
  }
}

/** What a person gave to open seals with, beside the keys of the workspace that is open. */
export type Given = {
  sealPassphrase?: string | undefined;
  recovery?: { file: string; passphrase: string } | undefined;
};

/**
 * All with which seals may be opened: the keys of `session` (those that others have taken the place of too), those of a
 * recovery file and what was sealed for it, the passphrase. Raises the problems of reading, recovery.* and key.wrong.
 */
export async function openersFrom(task: Task, given: Given, session = openSession(task)): Promise<Openers> {
  const own = session?.key ? [session.key, ...session.former] : [];
  const recovered = given.recovery && (await readRecovery(task, given.recovery)).content;
  return {
    keys: [...own, ...(recovered ? [recovered, ...recovered.former] : [])],
    identities: recovered ? [recovered.seal.identity] : [],
    // With a recovery file at hand, nobody need be asked for what the workspace's own key is under.
    isLocked: session !== undefined && !session.key && !recovered,
    passphrase: given.sealPassphrase,
  };
}

/** The signed package in a file, out of its seal where it has one. Raises the problems of reading and of `unseal`. */
export async function readArriving(task: Task, file: string, openers: Openers): Promise<Buffer> {
  const bytes = await task.ports.files.read(file, SEALED_LIMIT);
  return isSealed(bytes) ? unseal(bytes, openers) : bytes;
}
