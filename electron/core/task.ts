// What a task may use: the open session, files by handle, progress and cancelling. It opens no transaction itself.
import type { Progress } from '../../shared/contract/contract.ts';
import { fail } from '../../shared/kernel/problem.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';
import type { ReadDb, Synchronous, WriteDb } from './store/database.ts';

export type Task = {
  ports: Ports;
  /** Folder of what comes with the program (forms, samples). */
  resources: string;
  /** The workspace that was open when the task began, or that it opened. Raises workspace.closed once it is not open any more. */
  session(): Session;
  /** Takes a session as the open one, closing the one before. */
  adopt(session: Session): void;
  closeSession(): void;
  /** Reads from the open workspace. */
  read<T>(work: (db: ReadDb, session: Session) => Synchronous<T>): T;
  /** Runs a command on the open workspace: one transaction, and its change is told. */
  write<T>(work: (db: WriteDb, session: Session) => Synchronous<T>): T;
  /** The path behind a handle. Raises handle.unknown. */
  pathOf(handle: string): string;
  recent(): Promise<{ path: string; name: string }[]>;
  offer(path: string): string;
  /**
   * Says how far the task has come, lets everything else have its turn, and stops here when the task was cancelled
   * (raises task.cancelled).
   */
  step(progress: Progress): Promise<void>;
};

/** Makes `step` from a signal and a listener. */
export function stepper(
  ports: Ports,
  options: { signal?: { readonly aborted: boolean }; onProgress?: (progress: Progress) => void },
): Task['step'] {
  return async (progress) => {
    options.onProgress?.(progress);
    await ports.clock.breathe();
    if (options.signal?.aborted) fail('task.cancelled', {});
  };
}
