// Files that arrive, read from the disk and taken out of their seals.
import { ProblemError } from '../../../shared/kernel/problem.ts';
import type { Session } from '../session.ts';
import type { Task } from '../task.ts';
import { isSealed, SEALED_LIMIT, unseal } from './secrecy.ts';

/** The open workspace, or undefined: looking into a package needs none. */
function openSession(task: Task): Session | undefined {
  try {
    return task.session();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'workspace.closed') return undefined;
    throw error;
  }
}

/**
 * The signed package in a file, out of its seal where it has one: by the keys of `session` (those that others have taken
 * the place of too), or by the passphrase. Raises the problems of reading and of `unseal`.
 */
export async function readArriving(
  task: Task,
  file: string,
  passphrase: string | undefined,
  session = openSession(task),
): Promise<Buffer> {
  const bytes = await task.ports.files.read(file, SEALED_LIMIT);
  if (!isSealed(bytes)) return bytes;
  const keys = session?.key ? [session.key, ...session.former] : [];
  return unseal(bytes, { keys, isLocked: session !== undefined && !session.key, passphrase });
}
