// The application: an open workspace or none, the dispatcher over it, and the paths behind the handles of files.
import path from 'node:path';
import type { Progress, Topic } from '../../shared/contract/contract.ts';
import { fail } from '../../shared/kernel/problem.ts';
import type { Reply } from '../../shared/kernel/result.ts';
import { type Incident, makeDispatch } from './dispatch.ts';
import { handlers } from './handlers.ts';
import { nameOf } from './name.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';
import { stepper, type Task } from './task.ts';

export type App = {
  /** Asks a method of the contract. Never rejects. */
  call(
    method: string,
    input: unknown,
    options?: { signal?: { readonly aborted: boolean }; onProgress?: (progress: Progress) => void },
  ): Promise<Reply<unknown>>;
  onChanged(listener: (topics: readonly Topic[]) => void): () => void;
  /** Registers a path and gives the handle by which methods know it. For hosts only. */
  offer(path: string): string;
  /** The path behind a handle. For hosts only. Raises handle.unknown. */
  pathOf(handle: string): string;
  close(): Promise<void>;
};

export type AppOptions = {
  ports: Ports;
  /** Folder of what comes with the program. */
  resources: string;
  /** JSON file that remembers which workspaces were opened lately; none is kept without it. */
  recent?: string;
  /** Told of what should not happen; by default one line on standard error, without any content of sheets. */
  report?: Incident;
};

const RECENT = 10;
const ALL: Topic[] = ['workspace', 'sheets', 'cells', 'signers'];

const reportOnStderr: Incident = (incident, method, error) =>
  process.stderr.write(
    `${incident} ${method} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );

/** The application over the given ports, with no workspace open. */
export function openApp({ ports, resources, recent, report = reportOnStderr }: AppOptions): App {
  const paths = new Map<string, string>();
  const handles = new Map<string, string>();
  const listeners = new Set<(topics: readonly Topic[]) => void>();
  let open: Session | undefined;

  const changed = (topics: readonly Topic[]) => {
    for (const listener of listeners) listener(topics);
  };
  const pathOf = (handle: string) => paths.get(handle) ?? fail('handle.unknown', {});
  const offer = (target: string) => {
    const known = handles.get(target);
    if (known !== undefined) return known;
    const handle = ports.entropy.token();
    paths.set(handle, target);
    handles.set(target, handle);
    return handle;
  };

  async function readRecent(): Promise<{ path: string; name: string }[]> {
    if (recent === undefined) return [];
    try {
      const list: unknown = JSON.parse((await ports.files.read(recent)).toString('utf8'));
      const known = Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === 'string') : [];
      const found = await Promise.all(known.map((file) => ports.files.exists(file)));
      return known.filter((_, index) => found[index]).map((file) => ({ path: file, name: nameOf(file) }));
    } catch {
      // A list of conveniences: where it cannot be read, there is none.
      return [];
    }
  }

  async function remember(file: string): Promise<void> {
    if (recent === undefined) return;
    const others = (await readRecent()).map((entry) => entry.path).filter((known) => known !== file);
    const list = JSON.stringify([file, ...others].slice(0, RECENT));
    await ports.files.makeFolder(path.dirname(recent)).catch(() => undefined);
    await ports.files.write(recent, Buffer.from(list), { replace: true }).catch(() => undefined);
  }

  const closeSession = () => {
    open?.store.close();
    open = undefined;
  };

  function taskWith(options: Parameters<App['call']>[2] = {}): Task {
    // What was meant for one workspace must not end up in another that was opened meanwhile.
    let own = open;
    const session = () => (open !== undefined && open === own ? open : fail('workspace.closed', {}));
    return {
      ports,
      resources,
      session,
      adopt: (next) => {
        if (open !== next) closeSession();
        open = next;
        own = next;
        void remember(next.path);
        changed(ALL);
      },
      closeSession: () => {
        closeSession();
        changed(ALL);
      },
      read: (work) => session().store.read((db) => work(db, session())),
      write: (work) => {
        const value = session().store.write((db) => work(db, session()));
        changed(['sheets', 'cells', 'signers']);
        return value;
      },
      pathOf,
      offer,
      recent: readRecent,
      step: stepper(ports, options),
    };
  }

  const dispatch = makeDispatch(handlers, ports, changed, report);
  return {
    call: (method, input, options) => dispatch(method, input, taskWith(options)),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    offer,
    pathOf,
    close: async () => closeSession(),
  };
}
