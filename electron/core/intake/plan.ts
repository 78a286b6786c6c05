// What taking a filled sheet in would do: every text read as if it had been typed, with what has to be asked.
// Promise: pure; a blank never blanks, an unclear text never replaces a value, and no text goes without being listed.
import type { IntakeView } from '../../../shared/contract/intakeviews.ts';
import {
  applyPatch,
  type Cell,
  isFilled,
  type Patch,
  rawAddress,
  type Scalar,
  stateAddress,
  type Values,
} from '../../../shared/form/cell.ts';
import { runChecks } from '../../../shared/form/checks.ts';
import { withComputed } from '../../../shared/form/compute.ts';
import { type Form, inseparable } from '../../../shared/form/form.ts';
import { findCell } from '../../../shared/form/label.ts';
import { type Content, contentAt } from '../../../shared/form/merge.ts';
import { type Reading, readCell, showValue } from '../../../shared/form/reading.ts';
import { impossiblePairs } from '../../../shared/form/validate.ts';
import { compareDecimals } from '../../../shared/kernel/decimal.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { FilledSheet } from './sheet.ts';

export type IntakePlan = { patch: Patch } & Omit<IntakeView, 'sheet'>;
/** Values typed beside the file, each for an address or a label. */
export type Answers = readonly { cell: string; raw: string }[];

type Asked = Extract<Reading, { kind: 'asked' }>;
type Lists = Pick<IntakeView, 'matched' | 'asked' | 'unmatched' | 'notes'> & { patch: Record<string, Scalar | null> };

/**
 * Plans the taking in of `filled` over what stands. `lockOf` says why a cell may not be written here. An answered
 * question keeps the text that raised it. Raises cell.unknown and cell.locked about answers.
 */
export function planIntake(
  form: Form,
  filled: FilledSheet,
  current: Values,
  lockOf: (cell: Cell) => string | undefined,
  answers: Answers,
): IntakePlan {
  const lists: Lists = {
    matched: [],
    asked: [],
    unmatched: [...filled.leftovers],
    notes: [...filled.notes],
    patch: {},
  };
  const answered = readAnswers(form, lockOf, answers);
  const raws = new Map(filled.cells.map(({ address, raw }) => [address, raw]));
  const elsewhere: Record<string, Scalar | null> = {};
  for (const cell of form.cells) {
    const raw = raws.get(cell.address);
    const answer = answered.get(cell.address);
    if (raw === undefined && answer === undefined) continue;
    const lock = lockOf(cell);
    if (lock !== undefined) takeLocked(lists, elsewhere, cell, raw ?? '', lock, current);
    else if (answer !== undefined) takeAnswer(lists, cell, raw, answer, current);
    else takeRaw(lists, cell, raw ?? '', current);
  }
  refusePairs(lists, form, current);
  const values = applyPatch(applyPatch(current, lists.patch), elsewhere);
  compareComputed(lists, form, filled, values);
  // An answer to an unclear number is no answer to what the number, once read, raises by itself.
  const isClear = (address: string) => {
    const cell = form.byAddress.get(address);
    return cell !== undefined && readCell(cell, raws.get(address) ?? '').kind !== 'asked';
  };
  const settling = [...answered].filter(([address, { kind }]) => kind === 'value' && isClear(address));
  const settled = new Set(settling.map(([address]) => address));
  for (const question of runChecks(form, withComputed(form, values))) {
    if (!settled.has(question.address)) lists.asked.push({ ...question, kind: 'check' });
  }
  return lists;
}

type Answer = { kind: Reading['kind']; reading: Reading };

function readAnswers(form: Form, lockOf: (cell: Cell) => string | undefined, answers: Answers): Map<string, Answer> {
  return new Map(
    answers.map((answer) => {
      const cell = findCell(form, answer.cell);
      const lock = lockOf(cell);
      if (lock !== undefined) return fail('cell.locked', { label: cell.label, reason: lock });
      const reading = readCell(cell, answer.raw);
      return [cell.address, { kind: reading.kind, reading }];
    }),
  );
}

/** A cell that others write: compared, never changed. Its value still takes part in the checks. */
function takeLocked(
  lists: Lists,
  elsewhere: Record<string, Scalar | null>,
  cell: Cell,
  raw: string,
  lock: string,
  current: Values,
): void {
  const reading = readCell(cell, raw);
  if (reading.kind === 'value') {
    const content = { value: reading.value, state: reading.state ?? null };
    if (isSame(contentAt(current, cell.address), content)) {
      match(lists, cell, content, true);
      return;
    }
    elsewhere[cell.address] = reading.value;
    if (reading.state !== undefined) elsewhere[stateAddress(cell.address)] = reading.state;
  }
  lists.unmatched.push({ text: raw, reason: `「${cell.label}」は、${lock}` });
}

function takeRaw(lists: Lists, cell: Cell, raw: string, current: Values): void {
  const reading = readCell(cell, raw);
  if (reading.kind === 'blank') return;
  if (reading.kind === 'value') {
    write(lists, cell, contentOf(reading, null), current);
    return;
  }
  const before = contentAt(current, cell.address);
  if (isFilled(cell, current) && before.raw === reading.raw) {
    // Asked and answered when the same sheet was taken in before.
    match(lists, cell, before, true);
    return;
  }
  ask(lists, cell, reading.raw, reading);
  if (isFilled(cell, current)) {
    lists.unmatched.push({ text: raw, reason: `「${cell.label}」の読み方を確かめる必要があり、今ある値を残した` });
    return;
  }
  write(lists, cell, { value: null, state: null, raw: reading.raw }, current);
  if (reading.raw.length < raw.length) tooLong(lists, cell, raw);
}

function takeAnswer(lists: Lists, cell: Cell, raw: string | undefined, { reading }: Answer, current: Values): void {
  const own = readCell(cell, raw ?? '');
  const kept = own.kind === 'asked' ? own.raw : null;
  if (reading.kind === 'value') {
    const isOther = own.kind === 'value' && !isSame(contentOf(own, null), contentOf(reading, null));
    write(lists, cell, contentOf(reading, isOther ? storable(raw) : kept), current);
    if (isOther) replaceByAnswer(lists, cell, raw);
  } else if (reading.kind === 'asked') {
    ask(lists, cell, kept ?? reading.raw, reading);
    write(lists, cell, { value: null, state: null, raw: kept ?? reading.raw }, current);
    if (own.kind === 'value') replaceByAnswer(lists, cell, raw);
  } else {
    write(lists, cell, { value: null, state: null, raw: null }, current);
    if (own.kind !== 'blank') replaceByAnswer(lists, cell, raw);
  }
  if (reading.kind !== 'blank' && kept !== null && raw !== undefined && kept.length < raw.length)
    tooLong(lists, cell, raw);
}

/** Without the line ends and margins of the file; what reads as a value is short enough and fit to be kept then. */
const storable = (raw = ''): string => raw.replace(/\r\n?/g, '\n').trim();

const replaceByAnswer = (lists: Lists, cell: Cell, text = '') =>
  lists.unmatched.push({ text, reason: `「${cell.label}」は、回答で置き換えた` });

const tooLong = (lists: Lists, cell: Cell, text: string) =>
  lists.unmatched.push({ text, reason: `「${cell.label}」に、長すぎて全部は入らない` });

const contentOf = (reading: Extract<Reading, { kind: 'value' }>, raw: string | null): Content => ({
  value: reading.value,
  state: reading.state ?? null,
  raw,
});

const isSame = (a: Pick<Content, 'value' | 'state'>, b: Pick<Content, 'value' | 'state'>) =>
  a.value === b.value && a.state === b.state;

function write(lists: Lists, cell: Cell, content: Content, current: Values): void {
  const before = contentAt(current, cell.address);
  const isValue = content.value !== null || content.state !== null;
  const same = isSame(before, content) && (isValue || before.raw === content.raw);
  const replaced = same ? null : replacedBy(cell, content, current);
  if (isValue) match(lists, cell, content, same, replaced);
  else if (replaced !== null) lists.notes.push(`「${cell.label}」：前の値「${replaced}」が消えます。`);
  if (same) return;
  const entries: [string, Scalar | null, Scalar | null][] = [
    [cell.address, before.value, content.value],
    [stateAddress(cell.address), before.state, content.state],
    [rawAddress(cell.address), before.raw, content.raw],
  ];
  for (const [address, old, next] of entries) if (old !== next) lists.patch[address] = next;
}

/** What stood in a cell, as a person reads it, where it does not stand there any more; null where nothing goes. */
function replacedBy(cell: Cell, content: Content, current: Values): string | null {
  if (isFilled(cell, current)) return showValue(cell, current);
  // Typed and not read yet: it goes, unless it is kept as what raised the question.
  const { raw } = contentAt(current, cell.address);
  return raw === content.raw ? null : raw;
}

/** A settled state stands in place of a value. */
function match(
  lists: Lists,
  cell: Cell,
  { value, state }: Pick<Content, 'value' | 'state'>,
  same: boolean,
  replaced: string | null = null,
): void {
  lists.matched.push({ address: cell.address, label: cell.label, value, state, same, replaced });
}

function ask(lists: Lists, cell: Cell, raw: string, { reason, candidates }: Asked): void {
  lists.asked.push({
    address: cell.address,
    label: cell.label,
    raw,
    reason,
    kind: 'reading',
    check: null,
    answer: null,
    candidates,
  });
}

/** Two choices that exclude each other are no answer together: both stay as they were. */
function refusePairs(lists: Lists, form: Form, current: Values): void {
  for (const [address, reason] of impossiblePairs(form, applyPatch(current, lists.patch))) {
    const pair = inseparable(form).find((addresses) => addresses.includes(address)) ?? [address];
    for (const cell of form.cells.filter((known) => pair.includes(known.address))) {
      const index = lists.matched.findIndex((entry) => entry.address === cell.address);
      if (index < 0) continue;
      const text = showValue(cell, applyPatch(current, lists.patch));
      lists.matched.splice(index, 1);
      lists.unmatched.push({ text, reason: `「${cell.label}」：${reason}` });
    }
    for (const name of pair.flatMap((own) => [own, rawAddress(own)])) delete lists.patch[name];
  }
}

function compareComputed(lists: Lists, form: Form, filled: FilledSheet, values: Values): void {
  const all = withComputed(form, values);
  for (const { address, raw } of filled.computed) {
    const cell = form.byAddress.get(address);
    const reading = cell ? readCell(cell, raw) : undefined;
    const value = all[address];
    const typed = reading?.kind === 'value' ? reading.value : undefined;
    if (cell && typeof value === 'string' && typeof typed === 'string' && compareDecimals(value, typed) === 0) {
      match(lists, cell, { value, state: null }, true);
      continue;
    }
    const result = value === undefined ? 'まだ計算できない' : `計算では ${String(value)} になる`;
    lists.unmatched.push({ text: raw, reason: `「${cell?.label ?? address}」は、ほかの欄から${result}` });
  }
}
