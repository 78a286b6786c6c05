// The tasks of receiving: a list of files (or folders, or what has been set aside) planned, then applied one by one.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { InspectView, PackageResult } from '../../../shared/contract/exchangeviews.ts';
import { canonical } from '../../../shared/kernel/json.ts';
import { fail, makeProblem, type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import type { Session } from '../session.ts';
import type { WriteDb } from '../store/database.ts';
import { receivedOf } from '../store/ledger.ts';
import type { Task } from '../task.ts';
import { sha256 } from './crypto.ts';
import { takeHeld, waitingHere, within } from './held.ts';
import { openersFrom, readArriving } from './opening.ts';
import { applyPackage, unreadable } from './receive.ts';
import type { Openers } from './secrecy.ts';
import { OPENING, readArrived } from './transit.ts';

/** Only a person can go on from here: the whole question is answered with it. */
export const ASKING = ['key.locked', 'seal.locked'];

/** A file, a package that is kept here (by its hash), or what is known already of either. */
type Arrival = { name: string } & ({ bytes: Buffer } | { held: string } | { told: PackageResult });

/** So much is looked at in one intake: more would not lie in the memory of a small machine. */
export const INTAKE_LIMIT = { files: 2_000, bytes: 512 * 1024 * 1024 };

/** What file managers leave in every folder, unfinished copies, and SQLite's own files. */
export const PASSED_OVER = /^(\..*|~\$.*|thumbs\.db|desktop\.ini|.*\.part|.*\.tmp|.*\.crdownload|.*\.hyoka(-\w+)?)$/i;

/** Names that this program gives: in a folder of many files, these are looked at first. */
const OWN_NAME = /\.hyoka\.(json|age)$/i;

/** A file above the limit is told as a package that is too large. */
export const oversized = (problem: Problem): Problem =>
  problem.code === 'file.large' ? makeProblem('package.oversized', {}) : problem;

async function arrivalAt(task: Task, file: string, openers: Openers): Promise<Arrival> {
  const name = path.basename(file);
  try {
    const bytes = await readArriving(task, file, openers);
    // What is no package is told here: its bytes need not be kept until all are read.
    if (!bytes.toString('latin1', 0, OPENING.length).startsWith(OPENING)) readArrived(name, bytes);
    return { name, bytes };
  } catch (error) {
    if (!(error instanceof ProblemError) || ASKING.includes(error.problem.code)) throw error;
    return { name, told: unreadable(name, oversized(error.problem)) };
  }
}

/**
 * Every file of the handles, folders opened (not deeper than one level); none given: what waits. Raises key.locked and
 * seal.locked for sealed files that nobody has given the key or the passphrase of, and the problems of a recovery file.
 */
async function arrivals(task: Task, input: ParsedInput<'package.plan'>): Promise<Arrival[]> {
  const { files: handles } = input;
  if (handles.length === 0) return task.read(waitingHere);
  const files: string[] = [];
  for (const target of handles.map(task.pathOf)) {
    if (!(await task.ports.files.isFolder(target))) files.push(target);
    else {
      const entries = await task.ports.files.listFolder(target);
      const inside = entries.filter((entry) => entry.isFile && !PASSED_OVER.test(entry.name));
      const [own, others] = [true, false].map((is) => inside.filter(({ name }) => OWN_NAME.test(name) === is));
      for (const entry of [...(own ?? []), ...(others ?? [])]) files.push(path.join(target, entry.name));
    }
  }
  const openers = await openersFrom(task, input);
  const arrived: Arrival[] = [];
  let size = 0;
  for (const [index, file] of files.entries()) {
    if (index >= INTAKE_LIMIT.files || size > INTAKE_LIMIT.bytes) {
      const name = path.basename(file);
      const problem = makeProblem('package.crowded', { left: files.length - index });
      return [...arrived, { name, told: unreadable(name, problem) }];
    }
    await task.step({ done: index, total: files.length, name: path.basename(file) });
    const arrival = await arrivalAt(task, file, openers);
    if ('bytes' in arrival) size += arrival.bytes.length;
    arrived.push(arrival);
  }
  return arrived;
}

/**
 * Says what taking these packages in would do, by doing it in a transaction that is taken back: the plan is exactly
 * what is then done, also where one package follows from another, or where one that waits here follows from them.
 */
export async function planArrivals(task: Task, input: ParsedInput<'package.plan'>) {
  const { packages, digest } = rehearse(task, await arrivals(task, input));
  return { packages, digest };
}

function rehearse(task: Task, arrived: readonly Arrival[]) {
  const session = task.session();
  const at = task.ports.clock.now();
  const packages = session.store.rehearse((db) => {
    const results = arrived.map((arrival) => taken(db, session, arrival, at));
    return [...results, ...takeHeld(within(db), session, at)];
  });
  return { steps: packages, ...told(packages) };
}

function taken(db: WriteDb, session: Session, arrival: Arrival, at: string): PackageResult {
  if ('told' in arrival) return arrival.told;
  const bytes = 'held' in arrival ? receivedOf(db, arrival.held)?.envelope : arrival.bytes;
  // Taken in meanwhile by what came before it.
  if (!bytes) return unreadable(arrival.name, makeProblem('held.unknown', {}));
  return applyPackage(db, session, arrival.name, bytes, at);
}

/** What a person is told: a package that came too early and followed in the same intake is named once. */
function told(steps: readonly PackageResult[]): { packages: PackageResult[]; digest: string } {
  const isOvertaken = ({ outcome, hash }: PackageResult, index: number) =>
    outcome === 'quarantined' && steps.some((step, at) => at > index && step.hash === hash);
  const packages = steps.filter((step, index) => !isOvertaken(step, index));
  return { packages, digest: sha256(canonical(packages)) };
}

/** Who is merging into an open workspace: one after the other, so that the second sees what the first has done. */
const turns = new WeakMap<Session, Promise<unknown>>();

/**
 * Takes packages in, each in a transaction of its own. With `digest`, every package has to come out as in that plan:
 * raises plan.changed before the first that does not, with the number of those already taken in as planned.
 */
export async function mergeArrivals(task: Task, input: ParsedInput<'package.merge'>) {
  const arrived = await arrivals(task, input);
  const session = task.session();
  const before = turns.get(session) ?? Promise.resolve();
  const mine = before.then(
    () => merge(task, arrived, input.digest),
    () => merge(task, arrived, input.digest),
  );
  turns.set(session, mine);
  return mine;
}

async function merge(task: Task, arrived: readonly Arrival[], digest: string | undefined) {
  const plan = digest === undefined ? undefined : rehearse(task, arrived);
  if (plan && plan.digest !== digest) fail('plan.changed', { done: 0 });
  const steps: PackageResult[] = [];
  const add = (result: PackageResult): PackageResult => {
    const done = steps.filter(({ outcome }) => outcome === 'applied').length;
    // Raised inside the transaction: what came out otherwise than planned is taken back.
    if (plan && canonical(result) !== canonical(plan.steps[steps.length] ?? null)) fail('plan.changed', { done });
    steps.push(result);
    return result;
  };
  for (const [index, arrival] of arrived.entries()) {
    await task.step({ done: index, total: arrived.length, name: arrival.name });
    const at = task.ports.clock.now();
    task.write((db, session) => add(taken(db, session, arrival, at)));
  }
  const ways = {
    read: task.read,
    write: (work: (db: WriteDb) => PackageResult) => task.write((db) => add(work(db))),
  };
  takeHeld(ways, task.session(), task.ports.clock.now());
  return told(steps);
}

/** What a package says of itself and whether its signature holds. Needs no open workspace; trusts nothing. */
export async function inspectPackage(task: Task, input: ParsedInput<'package.inspect'>): Promise<InspectView> {
  const file = task.pathOf(input.file);
  const nothing = {
    kind: null,
    sender: null,
    recipient: null,
    year: null,
    sequence: null,
    at: null,
    sheets: [],
    hash: null,
  };
  const name = path.basename(file);
  const openers = await openersFrom(task, input);
  try {
    const { opened, payload } = readArrived(name, await readArriving(task, file, openers));
    const { unit, print, publicKey } = payload.sender;
    return {
      file: name,
      kind: payload.kind,
      sender: { unit, print, publicKey },
      recipient: payload.recipient.unit,
      year: payload.year,
      sequence: payload.sequence,
      at: payload.at,
      sheets:
        payload.kind === 'receipt' ? [] : payload.sheets.map(({ number, heads }) => ({ number, head: heads[0] ?? '' })),
      hash: opened.payloadHash,
      verified: true,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof ProblemError) || !/^(package|seal\.(wrong|broken))/.test(error.problem.code)) throw error;
    return { file: name, ...nothing, verified: false, problem: error.problem };
  }
}
