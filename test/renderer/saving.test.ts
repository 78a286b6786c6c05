// The one queue that saves, without a screen: what is refused or cannot be sent keeps nothing else back, and is kept.
import { describe, expect, test } from 'vitest';
import { createEntry, type Entry, type Typed } from '../../renderer/form/entry.ts';
import { makeProblem, type Problem } from '../../shared/kernel/problem.ts';
import { fakeHost, SHEET } from './fakehost.ts';

type Line = {
  entry: Entry;
  /** The calls so far, each with its cells as 「address raw」. */
  sent: string[][];
  /** Answers the next call with this problem. */
  refuse: (when: (cells: readonly Typed[]) => Problem | undefined) => void;
  /** Lets the calls that are under way be answered. */
  answer: () => Promise<void>;
  /** What waits for a moment of quiet gets it. */
  rest: () => void;
  host: ReturnType<typeof fakeHost>;
};

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** An entry whose calls are answered at once, or with `slow` only when the test says so. */
async function line({ slow = false } = {}): Promise<Line> {
  const host = fakeHost();
  const view = await host.call('sheet.show', { sheet: SHEET });
  if (!view.ok) throw new Error('no sheet');
  const sent: string[][] = [];
  let when: (cells: readonly Typed[]) => Problem | undefined = () => undefined;
  let under: (() => void)[] = [];
  let waits: (() => void) | undefined;
  const send = async (cells: Typed[]) => {
    sent.push(cells.map(({ cell, raw }) => `${cell} ${raw}`));
    if (slow) await new Promise<void>((resolve) => under.push(resolve));
    const problem = when(cells);
    return problem ? ({ ok: false, problem } as const) : host.call('cell.set', { sheet: SHEET, cells });
  };
  const quiet = {
    start(then: () => void) {
      waits = then;
    },
    stop() {
      waits = undefined;
    },
  };
  return {
    entry: createEntry(view.value, send, quiet),
    sent,
    host,
    refuse(how) {
      when = how;
    },
    async answer() {
      const now = under;
      under = [];
      for (const one of now) one();
      await settle();
    },
    rest: () => waits?.(),
  };
}

const locked = makeProblem('cell.locked', { label: '対象', reason: '事務局が記入する欄' });
const full = makeProblem('file.unwritable', { name: '試験.hyoka', reason: 'ENOSPC' });
const holds = (cell: string) => (cells: readonly Typed[]) => cells.some((one) => one.cell === cell);

describe('a cell that was locked while somebody typed in it', () => {
  test('keeps no other from being saved, says so, and keeps its text', async () => {
    const { entry, refuse, host, sent } = await line();
    refuse((cells) => (holds('target')(cells) ? locked : undefined));
    entry.type('target', '消えない');
    entry.type('intent', '残る');
    expect(await entry.flush()).toBe(false);
    expect(host.values()).toMatchObject({ intent: '残る' });
    expect([entry.mark('intent').phase, entry.mark('target').phase]).toEqual(['saved', 'failed']);
    expect(entry.pending('target')).toBe('消えない');
    expect(entry.saving()).toEqual({ kind: 'failed', problem: locked });

    // From then on it goes alone: each other is saved by its first call.
    sent.length = 0;
    entry.type('outcome', '三つ目');
    expect(await entry.flush()).toBe(false);
    expect(sent).toEqual([['outcome 三つ目'], ['target 消えない']]);
    refuse(() => undefined);
    expect(await entry.flush()).toBe(true);
    expect(host.values()).toMatchObject({ target: '消えない', outcome: '三つ目' });
    expect(entry.saving().kind).toBe('saved');
  });

  test('does not keep the sheet from being looked at anew: its lock is shown, its text stays', async () => {
    const { entry, refuse } = await line();
    refuse((cells) => (holds('target')(cells) ? locked : undefined));
    entry.type('target', '消えない');
    await entry.flush();
    expect(entry.isBusy()).toBe(false);
    const view = entry.view();
    entry.show({ ...view, values: { ...view.values, intent: '届いた' }, locks: { ...view.locks, target: '別の回' } });
    expect(entry.values().intent).toBe('届いた');
    expect(entry.facts('target')).toMatchObject({ lock: '別の回', mark: { phase: 'failed' } });
    expect(entry.pending('target')).toBe('消えない');
  });
});

test('what the disk does not take is not sent cell by cell', async () => {
  const { entry, refuse, sent } = await line();
  refuse(() => full);
  entry.type('target', 'あ');
  entry.type('intent', 'い');
  expect(await entry.flush()).toBe(false);
  expect(sent).toHaveLength(1);
  expect([entry.pending('target'), entry.pending('intent')]).toEqual(['あ', 'い']);
});

test('that something could not be saved is told until it is saved, also while somebody types on', async () => {
  const { entry, refuse } = await line();
  refuse(() => full);
  entry.type('target', 'あ');
  await entry.flush();
  expect(entry.trouble()).toBe(full);
  entry.type('intent', 'い');
  expect(entry.trouble()).toBe(full);
  const flushed = entry.flush();
  expect(entry.trouble()).toBe(full);
  await flushed;
  refuse(() => undefined);
  await entry.flush();
  expect(entry.trouble()).toBeUndefined();
});

test('what is on its way to the disk is still what the cell says', async () => {
  const { entry, answer } = await line({ slow: true });
  entry.type('intent', '花');
  const saved = entry.flush();
  expect([entry.pending('intent'), entry.isPending('intent')]).toEqual(['花', true]);
  await answer();
  expect(await saved).toBe(true);
  expect([entry.pending('intent'), entry.values().intent]).toEqual([undefined, '花']);
});

test('a word that is being composed when an older save is answered is not sent half', async () => {
  const { entry, sent, rest, answer } = await line({ slow: true });
  entry.type('intent', '花');
  rest();
  entry.compose(true);
  entry.type('intent', '花とみど');
  await answer();
  expect(sent).toEqual([['intent 花']]);
  entry.type('intent', '花と緑');
  entry.compose(false);
  rest();
  await answer();
  expect(sent).toEqual([['intent 花'], ['intent 花と緑']]);
  expect(entry.isBusy()).toBe(false);
});

test('whoever leaves while a word is being composed leaves nothing behind', async () => {
  const { entry, sent, rest, answer, host } = await line({ slow: true });
  entry.type('intent', '花');
  rest();
  entry.compose(true);
  entry.type('intent', '花とみど');
  const left = entry.flush();
  await answer();
  await answer();
  expect(await left).toBe(true);
  expect(sent).toHaveLength(2);
  expect(host.values().intent).toBe('花とみど');
});
