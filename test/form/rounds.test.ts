// Rounds: who fills cells when. Their locks, what they ask for, and what an author may write.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasonAddress } from '../../shared/form/cell.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { type Form, layOut, lockAt, lockOf, readDefinition, roleOf } from '../../shared/form/form.ts';
import { findingsOf, sourceWith } from './small.ts';

const writers = {
  department: { label: '担当課', role: 'department' },
  chief: { label: '課長', role: 'department' },
  office: { label: '事務局', role: 'office' },
};
const rounds = [
  { key: 'entry', label: '担当課記入', writers: ['department'] },
  { key: 'check', label: '課長確認', writers: ['chief', 'office'] },
];
const fields = [
  { kind: 'text', key: 'aim', label: 'ねらい', required: true },
  { kind: 'text', key: 'word', label: '所見', writer: 'chief', required: true },
  { kind: 'text', key: 'mark', label: '判定', writer: 'office', required: true },
];
const formOf = (source: unknown): Form => layOut(readDefinition(source, '小'), 2022);
const withRounds = formOf(sourceWith(fields, { writers, rounds }));
const locksIn = (form: Form, round?: string) =>
  Object.fromEntries(
    form.cells.map((cell) => [cell.address, lockOf(form, cell, 'department', new Set(['name']), round)]),
  );

describe('F67 what an author may write', () => {
  const spoilt = (change: object) =>
    findingsOf(sourceWith(fields, { writers, rounds: [{ ...rounds[0], ...change }, rounds[1]] }));
  test.each([
    [{}, []],
    [{ key: 'check' }, ['回の key「check」が重なっている']],
    [{ label: '課長確認' }, ['回「課長確認」が重なっている']],
    [{ writers: ['council'] }, ['回「担当課記入」の記入者「council」がない']],
    [{ writers: ['chief', 'chief'] }, ['回「担当課記入」に記入者「chief」が二度ある']],
  ])('%j', (change, wanted) => expect(spoilt(change)).toEqual(wanted));
  test.each([{ writers: [] }, { key: 'Entry' }, { label: ' ' }, { until: '7月' }])('%j is refused', (change) =>
    expect(spoilt(change)).toHaveLength(1),
  );
});

describe('F68 who may write in a round', () => {
  test('a department writes what the round in force gives it; the reason names the round', () => {
    expect(locksIn(withRounds, 'entry')).toEqual({
      number: undefined,
      name: '事務局が配布のときに記入した欄',
      unit: undefined,
      aim: undefined,
      word: '「担当課記入」の回では書けない欄',
      mark: '事務局が記入する欄',
    });
    expect(locksIn(withRounds, 'check')).toMatchObject({ aim: '「課長確認」の回では書けない欄', word: undefined });
    expect(lockAt(withRounds, reasonAddress('word', 'x'), 'department', new Set(), 'entry')).toContain(
      '「担当課記入」',
    );
  });

  test('without a round in force nothing is locked for it, and the office may always write', () => {
    const plain = formOf(sourceWith(fields, { writers }));
    expect(locksIn(withRounds)).toEqual(locksIn(plain));
    for (const round of ['entry', 'check', 'unheard_of'])
      for (const cell of withRounds.cells) expect(lockOf(withRounds, cell, 'office', new Set(), round)).toBeUndefined();
  });

  test('a round that the form does not have opens nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...withRounds.cells), (cell) => {
        expect(lockOf(withRounds, cell, 'department', new Set(), 'unheard_of')).toBeDefined();
      }),
    );
  });
});

test('F69 what must be filled is asked of the writers of this round and of those before', () => {
  const missing = (round?: string) =>
    completeness(withRounds, {}, 'department', round).missing.map((cell) => cell.address);
  expect(missing()).toEqual(['aim', 'word']);
  expect(missing('entry')).toEqual(['aim']);
  expect(missing('check')).toEqual(['aim', 'word']);
});

test.each(['memuro-shisaku', 'jimujigyo-zaigen'])('F67 F70 the rounds of %s cover every writer, each once', (id) => {
  const source = readFileSync(path.join('resources/forms', `${id}.form.json`), 'utf8');
  const form = formOf(JSON.parse(source));
  const { rounds: own, writers: all, confirmation } = form.definition;
  expect(own.flatMap((round) => round.writers).sort()).toEqual(Object.keys(all).sort());
  expect(own[0]?.label).toBe('担当課記入');
  expect(confirmation).toBe(true);
  // The departments' turn is the first one: later on, everything of theirs is locked.
  for (const cell of form.cells.filter((one) => roleOf(form, one) === 'department')) {
    expect(lockOf(form, cell, 'department', new Set(), 'internal')).toBeDefined();
  }
});

test('F70 a form says whether it asks for confirmation; left out, it does not', () => {
  expect(withRounds.definition.confirmation).toBe(false);
  expect(findingsOf(sourceWith(fields, { writers, confirmation: 'yes' }))).toHaveLength(1);
});
