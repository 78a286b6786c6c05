// The watched inbox folder, usually on a share: looked into when asked, cheaply (only what is new or has changed is
// opened). What lies there is never changed, moved or deleted. A file that cannot be opened yet may still be on its way:
// it is called spoiled only once it has stood still.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { InboxView } from '../../../shared/contract/exchangeviews.ts';
import { type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import type { FolderEntry } from '../files.ts';
import type { Session } from '../session.ts';
import { isReceived } from '../store/ledger.ts';
import { setSetting, settingOf } from '../store/settings.ts';
import type { Task } from '../task.ts';
import { ASKING, oversized, PASSED_OVER } from './inbox.ts';
import { openersFrom, readArriving } from './opening.ts';
import { readArrived } from './transit.ts';

/**
 * So many looks in a row a file that is no whole package has to stand still before it is called spoiled. Looks are
 * counted and not seconds: the clocks of a share and of this machine may differ, and clocks jump.
 */
const PATIENCE = 3;

/** What is known of a file, for as long as its size and time stay as they were. */
type Sight = { size: number; changedAt: number; looks: number; hash?: string; problem?: Problem };

/** By open workspace and by folder, then by name. Forgotten with the session: it can all be seen again. */
const sights = new WeakMap<Session, { folder: string; byName: Map<string, Sight> }>();

function sightsOf(session: Session, folder: string): Map<string, Sight> {
  const known = sights.get(session);
  if (known?.folder === folder) return known.byName;
  const byName = new Map<string, Sight>();
  sights.set(session, { folder, byName });
  return byName;
}

/** Sets which folder is watched, and looks into it. */
export async function setInbox(task: Task, { folder }: ParsedInput<'inbox.set'>): Promise<InboxView> {
  const place = folder === null ? null : task.pathOf(folder);
  task.write((db) => setSetting(db, 'inbox', place));
  return lookIntoInbox(task);
}

/** Says what lies in the watched folder. Never raises for the folder: it may be back at the next look. */
export async function lookIntoInbox(task: Task): Promise<InboxView> {
  const session = task.session();
  const place = task.read((db) => settingOf(db, 'inbox'));
  const view: InboxView = { folder: null, problem: null, fresh: [], waiting: [], spoiled: [], known: 0 };
  if (place === null) return view;
  view.folder = path.basename(place);
  const byName = sightsOf(session, place);
  let entries: FolderEntry[];
  try {
    entries = (await task.ports.files.listFolder(place)).filter(
      ({ name, isFile }) => isFile && !PASSED_OVER.test(name),
    );
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...view, problem: error.problem };
  }
  const names = new Set(entries.map(({ name }) => name));
  for (const name of byName.keys()) if (!names.has(name)) byName.delete(name);
  for (const [index, entry] of entries.entries()) {
    const { name } = entry;
    const sight = await seen(task, place, entry, byName.get(name), { done: index, total: entries.length });
    byName.set(name, sight);
    const { hash, problem } = sight;
    const offered = () => ({ file: task.offer(path.join(place, name)), name });
    if (hash !== undefined) {
      if (!task.read((db) => isReceived(db, hash))) view.fresh.push(offered());
      else view.known += 1;
    } else if (problem && ASKING.includes(problem.code)) view.fresh.push(offered());
    else if (problem && sight.looks >= PATIENCE) view.spoiled.push({ ...offered(), problem });
    else view.waiting.push(name);
  }
  return view;
}

async function seen(
  task: Task,
  place: string,
  { name, size, changedAt }: FolderEntry,
  before: Sight | undefined,
  at: { done: number; total: number },
): Promise<Sight> {
  if (before && before.size === size && before.changedAt === changedAt) {
    const looks = before.looks + 1;
    // Opened anew when patience ends: what lies there then is what is told. A seal may be opened once the key is.
    const isAsking = before.problem !== undefined && ASKING.includes(before.problem.code);
    if (before.hash !== undefined || (looks !== PATIENCE && !isAsking)) return { ...before, looks };
    return { size, changedAt, looks, ...(await opened(task, path.join(place, name))) };
  }
  await task.step({ ...at, name });
  return { size, changedAt, looks: 1, ...(await opened(task, path.join(place, name))) };
}

async function opened(task: Task, file: string): Promise<Pick<Sight, 'hash' | 'problem'>> {
  try {
    const bytes = await readArriving(task, file, await openersFrom(task, {}));
    return { hash: readArrived(path.basename(file), bytes).opened.payloadHash };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { problem: oversized(error.problem) };
  }
}
