// The tasks of receiving: a list of files (or folders, or what has been set aside) planned, then applied one by one.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { InspectView, PackageResult } from '../../../shared/contract/exchangeviews.ts';
import { canonical } from '../../../shared/kernel/json.ts';
import { fail, makeProblem, type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import { allSetAside } from '../store/ledger.ts';
import type { Task } from '../task.ts';
import { sha256 } from './crypto.ts';
import { readArriving } from './opening.ts';
import { applyPackage, unreadable } from './receive.ts';
import { readArrived } from './transit.ts';

/** Only a person can go on from here: the whole question is answered with it. */
const ASKING = ['key.locked', 'seal.locked'];

type Arrival = { name: string; bytes: Buffer } | { name: string; problem: Problem };

/** What file managers leave in every folder, unfinished copies, and SQLite's own files. */
const PASSED_OVER = /^(\..*|thumbs\.db|desktop\.ini|.*\.part|.*\.tmp|.*\.hyoka(-\w+)?)$/i;

async function arrivalAt(task: Task, file: string, passphrase: string | undefined): Promise<Arrival> {
  const name = path.basename(file);
  try {
    return { name, bytes: await readArriving(task, file, passphrase) };
  } catch (error) {
    if (!(error instanceof ProblemError) || ASKING.includes(error.problem.code)) throw error;
    const isLarge = error.problem.code === 'file.large';
    return { name, problem: isLarge ? makeProblem('package.oversized', {}) : error.problem };
  }
}

/**
 * Every file of the handles, folders opened (not deeper than one level); none given: what has been set aside.
 * Raises key.locked and seal.locked for sealed files that nobody has given the key or the passphrase of.
 */
async function arrivals(task: Task, input: ParsedInput<'package.plan'>): Promise<Arrival[]> {
  const { files: handles } = input;
  if (handles.length === 0) {
    const waiting = task.read(allSetAside);
    return waiting.flatMap(({ file, envelope }) => (envelope ? [{ name: file, bytes: envelope }] : []));
  }
  const files: string[] = [];
  for (const target of handles.map(task.pathOf)) {
    if (!(await task.ports.files.isFolder(target))) files.push(target);
    else {
      const entries = await task.ports.files.listFolder(target);
      const inside = entries.filter((entry) => entry.isFile && !PASSED_OVER.test(entry.name));
      files.push(...inside.map((entry) => path.join(target, entry.name)));
    }
  }
  const arrived: Arrival[] = [];
  for (const [index, file] of files.entries()) {
    await task.step({ done: index, total: files.length, name: path.basename(file) });
    arrived.push(await arrivalAt(task, file, input.sealPassphrase));
  }
  return arrived;
}

const digestOf = (packages: readonly PackageResult[]): string => sha256(canonical(packages));

/**
 * Says what taking these packages in would do, by doing it in a transaction that is taken back: the plan is exactly
 * what is then done, also where one package follows from another.
 */
export async function planArrivals(task: Task, input: ParsedInput<'package.plan'>) {
  return rehearse(task, await arrivals(task, input));
}

function rehearse(task: Task, arrived: readonly Arrival[]) {
  const session = task.session();
  const at = task.ports.clock.now();
  const packages = session.store.rehearse((db) =>
    arrived.map((arrival) =>
      'problem' in arrival
        ? unreadable(arrival.name, arrival.problem)
        : applyPackage(db, session, arrival.name, arrival.bytes, at),
    ),
  );
  return { packages, digest: digestOf(packages) };
}

/** Takes packages in, each in a transaction of its own. Raises plan.changed when `digest` names another plan. */
export async function mergeArrivals(task: Task, input: ParsedInput<'package.merge'>) {
  const arrived = await arrivals(task, input);
  if (input.digest !== undefined && rehearse(task, arrived).digest !== input.digest) fail('plan.changed', {});
  const packages: PackageResult[] = [];
  for (const [index, arrival] of arrived.entries()) {
    await task.step({ done: index, total: arrived.length, name: arrival.name });
    if ('problem' in arrival) packages.push(unreadable(arrival.name, arrival.problem));
    else {
      const at = task.ports.clock.now();
      packages.push(task.write((db, session) => applyPackage(db, session, arrival.name, arrival.bytes, at)));
    }
  }
  return { packages, digest: digestOf(packages) };
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
  try {
    const { opened, payload } = readArrived(name, await readArriving(task, file, input.sealPassphrase));
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
