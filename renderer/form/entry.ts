// One open sheet on this side of the host: what stands, what is typed and not yet saved, and the one queue that saves.
// Promise: nothing is called saved before the host has replied; when saving fails the text stays and can be sent again.

import type { CellResult, Question, SheetView } from '../../shared/contract/views.ts';
import { rawAddress, type Scalar, stateAddress, type Values } from '../../shared/form/cell.ts';
import { changedAddresses, contentEntries } from '../../shared/form/merge.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import type { Reply } from '../../shared/kernel/result.ts';

export type SaveState =
  | { kind: 'idle' }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; problem: Problem };

export type CellMark = { phase: 'still' | 'typing' | 'saving' | 'saved' | 'failed'; questions: readonly Question[] };

export type Typed = { cell: string; raw: string };
export type Saved = { cells: CellResult[]; savedAt: string };

export type Entry = {
  /** Stored values as the host last told them. */
  values(): Values;
  /** The sheet as it was last shown, for what is not typed here: locks, conflicts, leftovers. */
  view(): SheetView;
  mark(address: string): CellMark;
  saving(): SaveState;
  isPending(address: string): boolean;
  subscribe(listener: () => void): () => void;
  /** Tells which cells have new contents to show. */
  onSettled(listener: (addresses: readonly string[]) => void): () => void;
  type(address: string, raw: string): void;
  /** While a word is being composed nothing is sent. */
  compose(on: boolean): void;
  /** Saves what is typed now; false when that failed. */
  flush(): Promise<boolean>;
  /** Takes over the sheet as shown anew; left alone while something is typed and not saved. */
  show(view: SheetView): void;
};

type Waits = { start(then: () => void): void; stop(): void };
const STILL: CellMark = { phase: 'still', questions: [] };

export function createEntry(first: SheetView, send: (cells: Typed[]) => Promise<Reply<Saved>>, quiet: Waits): Entry {
  let view = first;
  let values: Values = first.values;
  let saving: SaveState = first.savedAt === null ? { kind: 'idle' } : { kind: 'saved', at: first.savedAt };
  let composing = false;
  let running: Promise<boolean> | undefined;
  const waiting = new Map<string, string>();
  const marks = new Map<string, CellMark>();
  const listeners = new Set<() => void>();
  const settledListeners = new Set<(addresses: readonly string[]) => void>();
  takeQuestions(first.questions);

  const mark = (address: string): CellMark => marks.get(address) ?? STILL;
  const setMark = (address: string, change: Partial<CellMark>) => marks.set(address, { ...mark(address), ...change });
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const tellSettled = (addresses: readonly string[]) => {
    for (const listener of settledListeners) listener(addresses);
  };

  function takeQuestions(questions: readonly Question[]): void {
    const by = Map.groupBy(questions, (question) => question.address);
    for (const address of new Set([...marks.keys(), ...by.keys()])) {
      marks.set(address, { ...(marks.get(address) ?? STILL), questions: by.get(address) ?? [] });
    }
  }

  function takeResult(result: CellResult): void {
    const next: Record<string, Scalar> = { ...values };
    const { address } = result;
    for (const name of [address, stateAddress(address), rawAddress(address)]) delete next[name];
    for (const [name, scalar] of contentEntries(address, result)) next[name] = scalar;
    values = next;
    setMark(address, {
      phase: waiting.has(address) ? 'typing' : 'saved',
      questions: result.question ? [result.question] : [],
    });
  }

  function keepFailed(batch: readonly Typed[], problem: Problem): void {
    for (const { cell, raw } of batch) {
      if (!waiting.has(cell)) waiting.set(cell, raw);
      setMark(cell, { phase: 'failed' });
    }
    saving = { kind: 'failed', problem };
  }

  async function sendAll(): Promise<boolean> {
    while (waiting.size > 0) {
      const batch = [...waiting].map(([cell, raw]) => ({ cell, raw }));
      waiting.clear();
      for (const { cell } of batch) setMark(cell, { phase: 'saving' });
      saving = { kind: 'saving' };
      tell();
      const reply = await send(batch);
      if (!reply.ok) {
        keepFailed(batch, reply.problem);
        tell();
        return false;
      }
      for (const result of reply.value.cells) takeResult(result);
      saving = waiting.size > 0 ? { kind: 'typing' } : { kind: 'saved', at: reply.value.savedAt };
      tell();
      tellSettled(reply.value.cells.map((result) => result.address).filter((address) => !waiting.has(address)));
    }
    return true;
  }

  async function flush(): Promise<boolean> {
    quiet.stop();
    if (running) {
      const well = await running;
      return well && waiting.size > 0 ? flush() : well;
    }
    if (waiting.size === 0) return true;
    running = sendAll();
    const well = await running;
    running = undefined;
    return well;
  }

  const wait = () => {
    if (!composing && waiting.size > 0) quiet.start(() => void flush());
  };

  return {
    values: () => values,
    view: () => view,
    mark,
    saving: () => saving,
    isPending: (address) => waiting.has(address),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onSettled(listener) {
      settledListeners.add(listener);
      return () => settledListeners.delete(listener);
    },
    type(address, raw) {
      waiting.set(address, raw);
      setMark(address, { phase: 'typing' });
      if (!running && saving.kind !== 'typing') saving = { kind: 'typing' };
      tell();
      wait();
    },
    compose(on) {
      composing = on;
      if (on) quiet.stop();
      else wait();
    },
    flush,
    show(next) {
      if (waiting.size > 0 || running) return;
      const changed = changedAddresses(values, next.values);
      view = next;
      values = next.values;
      takeQuestions(next.questions);
      if (next.savedAt !== null && saving.kind !== 'failed') saving = { kind: 'saved', at: next.savedAt };
      tell();
      tellSettled(changed);
    },
  };
}
