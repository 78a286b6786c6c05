// One open sheet on this side of the host: what stands, what is typed and not yet saved, and the one queue that saves.
// Promise: nothing is called saved before the host has replied; when saving fails the text stays and can be sent again.

import type { CellResult, ConflictView, Question, SheetView } from '../../shared/contract/views.ts';
import { rawAddress, type Scalar, stateAddress, type Values } from '../../shared/form/cell.ts';
import { type Content, changedAddresses, contentAt, contentEntries, sameContent } from '../../shared/form/merge.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import type { Reply } from '../../shared/kernel/result.ts';
import { keepAlike } from '../host/alike.ts';
import { isAsBefore } from './lastYear.ts';

export type SaveState =
  | { kind: 'idle' }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; problem: Problem };

export type CellMark = { phase: 'still' | 'typing' | 'saving' | 'saved' | 'failed'; questions: readonly Question[] };

/** What one cell's frame shows. The same object for as long as nothing of it changes. */
export type CellFacts = {
  mark: CellMark;
  lock: string | undefined;
  conflict: ConflictView | undefined;
  hasValue: boolean;
  /** Code of NUMBER_STATES, as stored. */
  firmness: string | undefined;
  /** Somebody has remarked on it, and nobody has answered. */
  isRemarked: boolean;
  /** Somebody here could change it, and it says word for word what it said last year. */
  isAsLastYear: boolean;
};

export type Typed = { cell: string; raw: string };
export type Saved = { cells: CellResult[]; savedAt: string };

export type Entry = {
  /** Stored values as the host last told them. The same object for as long as they say the same. */
  values(): Values;
  /**
   * The sheet as it was last shown, for what is not typed here: locks, conflicts, leftovers. Each part of it is the same
   * object for as long as it says the same.
   */
  view(): SheetView;
  mark(address: string): CellMark;
  facts(address: string): CellFacts;
  saving(): SaveState;
  /** Why something typed could not be saved, for as long as it is not: also while somebody types on, or it is tried again. */
  trouble(): Problem | undefined;
  /** Something is typed that is about to be saved. */
  isBusy(): boolean;
  isPending(address: string): boolean;
  /** What is typed and not yet saved. */
  pending(address: string): string | undefined;
  /**
   * Tells when what stands has changed: values, the view, questions. Neither typing nor saving alone is told of; what was
   * saved while somebody types on, once they rest.
   */
  subscribe(listener: () => void): () => void;
  /** Tells when the saving stands otherwise, but not of every key. */
  subscribeSaving(listener: () => void): () => void;
  /** Tells when a cell's facts may have changed. */
  subscribeCell(address: string, listener: () => void): () => void;
  /** Tells which cells have new contents to show. */
  onSettled(listener: (addresses: readonly string[]) => void): () => void;
  type(address: string, raw: string): void;
  /** Types into many cells in one call, so that it is one step to take back. False when saving failed. */
  put(cells: readonly Typed[]): Promise<boolean>;
  /** Forgets what is typed and not sent; what was already saved is typed over with `raw`, which stands for `before`. */
  takeBack(address: string, before: Content, raw: string): void;
  /** While a word is being composed nothing is sent by itself. */
  compose(on: boolean): void;
  /** Saves what is typed now; false when that failed. */
  flush(): Promise<boolean>;
  /** Takes over the sheet as shown anew; left alone while something is about to be saved. */
  show(view: SheetView): void;
  /** Takes in what the cells are to be compared with (see `writtenAnew`). */
  compareWith(lastYear: Values): void;
};

type Waits = { start(then: () => void): void; stop(): void };
const STILL: CellMark = { phase: 'still', questions: [] };
const NONE: readonly Question[] = [];
/** Problems that one text of a call has by itself: the others can be saved without it. */
const OF_ONE_CELL: ReadonlySet<string> = new Set<Problem['code']>([
  'cell.locked',
  'cell.unknown',
  'cell.long',
  'input.invalid',
]);
/** What cells show beside their values and questions. */
const FACTS = ['locks', 'conflicts', 'remarks'] as const;

const sameFacts = (a: CellFacts, b: CellFacts): boolean =>
  a.mark === b.mark &&
  a.lock === b.lock &&
  a.conflict === b.conflict &&
  a.hasValue === b.hasValue &&
  a.firmness === b.firmness &&
  a.isRemarked === b.isRemarked &&
  a.isAsLastYear === b.isAsLastYear;

export function createEntry(first: SheetView, send: (cells: Typed[]) => Promise<Reply<Saved>>, quiet: Waits): Entry {
  let view = first;
  let values: Values = first.values;
  let rest: SaveState = first.savedAt === null ? { kind: 'idle' } : { kind: 'saved', at: first.savedAt };
  let saving: SaveState = rest;
  let composing = false;
  let running: Promise<boolean> | undefined;
  let trouble: Problem | undefined;
  const waiting = new Map<string, string>();
  /** On its way to the host. */
  let sending: ReadonlyMap<string, string> = new Map();
  /** Cells of `waiting` that are sent one by one, since one of them was refused. */
  const apart = new Set<string>();
  const marks = new Map<string, CellMark>();
  const known = new Map<string, CellFacts>();
  let conflicts = conflictsIn(view);
  let remarked = remarkedIn(view);
  let lastYear: Values = {};
  const cellListeners = new Map<string, Set<() => void>>();
  const listeners = new Set<() => void>();
  const savingListeners = new Set<() => void>();
  const settledListeners = new Set<(addresses: readonly string[]) => void>();

  const pending = (address: string) => waiting.get(address) ?? sending.get(address);
  const mark = (address: string): CellMark => marks.get(address) ?? STILL;
  const setMark = (address: string, change: Partial<CellMark>): boolean => {
    const before = mark(address);
    const next = keepAlike(before, { ...before, ...change });
    if (next !== before) marks.set(address, next);
    return next !== before;
  };
  const facts = (address: string): CellFacts => {
    const next: CellFacts = {
      mark: mark(address),
      lock: view.locks[address],
      conflict: conflicts.get(address),
      hasValue: values[address] !== undefined,
      firmness: values[stateAddress(address)] as string | undefined,
      isRemarked: remarked.has(address),
      isAsLastYear:
        pending(address) === undefined && view.locks[address] === undefined && isAsBefore(address, lastYear, values),
    };
    const before = known.get(address);
    if (before && sameFacts(before, next)) return before;
    known.set(address, next);
    return next;
  };
  /** Tells who follows the saving, and of the cells those that are concerned. */
  const tellSaving = (addresses: Iterable<string>) => {
    for (const listener of savingListeners) listener();
    for (const address of addresses) for (const listener of cellListeners.get(address) ?? []) listener();
  };
  /** Tells everybody, and of the cells those that are concerned: by default all. */
  const tell = (addresses: Iterable<string> = cellListeners.keys()) => {
    for (const listener of listeners) listener();
    tellSaving(addresses);
  };
  const tellSettled = (addresses: readonly string[]) => {
    for (const listener of settledListeners) listener(addresses);
  };

  /** Gives the cells about which something else is asked now. */
  function takeQuestions(questions: readonly Question[]): string[] {
    const by = Map.groupBy(questions, (question) => question.address);
    return [...new Set([...marks.keys(), ...by.keys()])].filter((address) =>
      setMark(address, { questions: by.get(address) ?? NONE }),
    );
  }

  function takeResults(results: readonly CellResult[]): void {
    const next: Record<string, Scalar> = { ...values };
    for (const result of results) {
      const { address } = result;
      const content = new Map(contentEntries(address, result));
      for (const name of [address, stateAddress(address), rawAddress(address)]) {
        const scalar = content.get(name);
        if (scalar !== undefined) next[name] = scalar;
        // Taking a name out makes the engine lay the whole record out anew: only where it is there.
        else if (Object.hasOwn(next, name)) delete next[name];
      }
      setMark(address, {
        phase: waiting.has(address) ? 'typing' : 'saved',
        questions: result.question ? [result.question] : [],
      });
    }
    values = next;
  }

  /** Sends these in one call; what is not taken waits again. Gives why. */
  async function sendBatch(batch: readonly Typed[]): Promise<Problem | undefined> {
    const sent = batch.map(({ cell }) => cell);
    for (const cell of sent) {
      waiting.delete(cell);
      setMark(cell, { phase: 'saving' });
    }
    sending = new Map(batch.map(({ cell, raw }) => [cell, raw]));
    saving = { kind: 'saving' };
    tellSaving(sent);
    const reply = await send([...batch]);
    sending = new Map();
    if (!reply.ok) {
      for (const { cell, raw } of batch) {
        if (!waiting.has(cell)) waiting.set(cell, raw);
        setMark(cell, { phase: 'failed' });
      }
      tellSaving(sent);
      return reply.problem;
    }
    for (const cell of sent) apart.delete(cell);
    takeResults(reply.value.cells);
    rest = { kind: 'saved', at: reply.value.savedAt };
    saving = waiting.size > 0 ? { kind: 'typing' } : rest;
    const taken = reply.value.cells.map((result) => result.address);
    // Whoever types on is not held up by what others show of it: that is told when the typing rests.
    if (waiting.size > 0) tellSaving(taken);
    else {
      trouble = undefined;
      tell(taken);
    }
    tellSettled(taken.filter((address) => !waiting.has(address)));
    return undefined;
  }

  /** What goes into the next call: all that waits together, then each of those apart that was not tried yet. */
  function nextBatch(tried: ReadonlySet<string>): Typed[] {
    const all = [...waiting].map(([cell, raw]) => ({ cell, raw }));
    const together = all.filter(({ cell }) => !apart.has(cell));
    return together.length > 0 ? together : all.filter(({ cell }) => !tried.has(cell)).slice(0, 1);
  }

  async function sendAll(isAsked: boolean): Promise<boolean> {
    const tried = new Set<string>();
    let problem: Problem | undefined;
    for (let batch = nextBatch(tried); batch.length > 0; batch = nextBatch(tried)) {
      const failed = await sendBatch(batch);
      if (failed) {
        problem = failed;
        if (!OF_ONE_CELL.has(failed.code)) break;
        for (const { cell } of batch) apart.add(cell);
        if (batch.length === 1) for (const { cell } of batch) tried.add(cell);
      }
      if (composing && !isAsked) break;
    }
    if (problem === undefined || waiting.size === 0) return true;
    trouble = problem;
    saving = { kind: 'failed', problem };
    tell([...waiting.keys()]);
    return false;
  }

  /** `isAsked`: also a word that is being composed. */
  async function save(isAsked: boolean): Promise<boolean> {
    quiet.stop();
    if (running) {
      const well = await running;
      return well && waiting.size > 0 ? save(isAsked) : well;
    }
    if (waiting.size === 0) return true;
    running = sendAll(isAsked);
    const well = await running;
    running = undefined;
    return well;
  }
  const flush = () => save(true);

  const wait = () => {
    if (!composing && waiting.size > 0) quiet.start(() => void save(false));
  };

  const isBusy = () => running !== undefined || [...waiting.keys()].some((cell) => !apart.has(cell));

  takeQuestions(first.questions);

  return {
    values: () => values,
    view: () => view,
    mark,
    facts,
    saving: () => saving,
    trouble: () => trouble,
    isBusy,
    isPending: (address) => pending(address) !== undefined,
    pending,
    subscribe: (listener) => listening(listeners, listener),
    subscribeSaving: (listener) => listening(savingListeners, listener),
    subscribeCell(address, listener) {
      const own = cellListeners.get(address) ?? new Set();
      cellListeners.set(address, own.add(listener));
      return () => own.delete(listener);
    },
    onSettled: (listener) => listening(settledListeners, listener),
    type(address, raw) {
      waiting.set(address, raw);
      apart.delete(address);
      const isNew = setMark(address, { phase: 'typing' });
      const isFirst = !running && saving.kind !== 'typing';
      if (isFirst) saving = { kind: 'typing' };
      // Most keys change nothing that anybody shows, and a key must cost as little as in a bare text box.
      if (isNew || isFirst) tellSaving([address]);
      wait();
    },
    async put(cells) {
      await flush();
      for (const { cell, raw } of cells) {
        waiting.set(cell, raw);
        setMark(cell, { phase: 'typing' });
      }
      return flush();
    },
    takeBack(address, before, raw) {
      if (running || !sameContent(contentAt(values, address), before)) {
        waiting.set(address, raw);
        void flush();
        return;
      }
      waiting.delete(address);
      setMark(address, { phase: 'still' });
      apart.delete(address);
      if (waiting.size === 0) {
        quiet.stop();
        saving = rest;
        trouble = undefined;
      }
      tellSaving([address]);
    },
    compose(on) {
      composing = on;
      if (on) quiet.stop();
      else wait();
    },
    flush,
    show(next) {
      if (isBusy()) return;
      const before = { view, values };
      view = keepAlike(view, next);
      values = keepAlike(values, next.values);
      const changed = values === before.values ? [] : changedAddresses(before.values, values);
      const isRestSame = FACTS.every((part) => view[part] === before.view[part]);
      conflicts = conflictsIn(view);
      remarked = remarkedIn(view);
      const asked = takeQuestions(view.questions);
      if (next.savedAt !== null) rest = { kind: 'saved', at: next.savedAt };
      if (next.savedAt !== null && saving.kind !== 'failed') saving = rest;
      tell(isRestSame ? [...changed, ...asked] : undefined);
      tellSettled(changed);
    },
    compareWith(values) {
      lastYear = values;
      tell();
    },
  };
}

function listening<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const conflictsIn = (view: SheetView): ReadonlyMap<string, ConflictView> =>
  new Map(view.conflicts.map((conflict) => [conflict.address, conflict]));

/** Cells with a remark that waits for an answer. */
const remarkedIn = (view: SheetView): ReadonlySet<string> =>
  new Set(view.remarks.filter((thread) => thread.state === 'open').map((thread) => thread.address));
