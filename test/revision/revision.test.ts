// What a revision and an assignment must look like, and that their hash sees content and nothing else.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, parseStrict } from '../../shared/kernel/json.ts';
import { assignmentSchema, revisionSchema, unitSchema } from '../../shared/revision/revision.ts';
import { form, valuesOf } from '../arbitrary.ts';

const hash = (value: unknown): string => createHash('sha256').update(canonical(value), 'utf8').digest('hex');
const H = 'a'.repeat(64);
const revision = {
  format: 'hyoka-revision/1',
  form: H,
  year: 2022,
  sheet: `s${'0'.repeat(20)}`,
  parents: [H],
  author: { role: 'department', unit: '魅力創造課', station: '1'.repeat(30) },
  at: '2022-11-08T01:02:03.004Z',
  note: '',
  values: { number: '2-2', kpi__r1__a: '94.3', kpi__r1__a__state: 'actual', method__direct: true },
};
const assignment = {
  format: 'hyoka-assignment/1',
  sheet: `s${'0'.repeat(20)}`,
  form: H,
  year: 2022,
  units: ['魅力創造課'],
  fixed: ['number'],
};

describe('revision', () => {
  test('is taken as it is: reading adds and drops nothing, so the hash of what was read is the hash of what was written', () => {
    expect(revisionSchema.parse(revision)).toEqual(revision);
    fc.assert(
      fc.property(form.chain(valuesOf), (values) => {
        const written = { ...revision, values };
        const read = revisionSchema.parse(parseStrict(canonical(written)));
        expect(hash(read)).toBe(hash(written));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test('every part of the content is part of the hash; the order of names is not', () => {
    const backwards = Object.fromEntries(Object.entries(revision).reverse());
    expect(hash(backwards)).toBe(hash(revision));
    const others = [
      { ...revision, form: 'b'.repeat(64) },
      { ...revision, year: 2023 },
      { ...revision, parents: [] },
      { ...revision, author: { ...revision.author, unit: '総務課' } },
      { ...revision, at: '2022-11-08T01:02:03.005Z' },
      { ...revision, note: '直した' },
      { ...revision, values: { ...revision.values, number: '2-3' } },
      { ...revision, values: { ...revision.values, method__direct: 'true' } },
    ];
    expect(new Set([revision, ...others].map(hash)).size).toBe(others.length + 1);
  });

  test.each<[string, unknown]>([
    ['an unknown member', { ...revision, extra: 1 }],
    ['another format', { ...revision, format: 'hyoka-revision/2' }],
    ['a hash in capitals', { ...revision, form: 'A'.repeat(64) }],
    ['three parents', { ...revision, parents: [H, H, H] }],
    ['a year that is no number', { ...revision, year: '2022' }],
    ['a clock without milliseconds', { ...revision, at: '2022-11-08T01:02:03Z' }],
    ['a clock of another zone', { ...revision, at: '2022-11-08T01:02:03.004+09:00' }],
    ['a day that does not exist', { ...revision, at: '2022-02-30T01:02:03.004Z' }],
    ['a sheet id of another sort', { ...revision, sheet: '2-2' }],
    ['an address with a dot', { ...revision, values: { 'a.b': '1' } }],
    ['a number as a number', { ...revision, values: { a: 1 } }],
    ['a blank as null', { ...revision, values: { a: null } }],
    ['an unknown role', { ...revision, author: { ...revision.author, role: 'admin' } }],
    ['a print of 29 digits', { ...revision, author: { ...revision.author, station: '1'.repeat(29) } }],
  ])('refuses %s', (_, value) => {
    expect(revisionSchema.safeParse(value).success).toBe(false);
  });
});

test('assignment: at least one department, strict', () => {
  expect(assignmentSchema.parse(assignment)).toEqual(assignment);
  expect(assignmentSchema.safeParse({ ...assignment, units: [] }).success).toBe(false);
  expect(assignmentSchema.safeParse({ ...assignment, extra: 1 }).success).toBe(false);
  expect(assignmentSchema.safeParse({ ...assignment, fixed: ['a b'] }).success).toBe(false);
});

test('a unit has one spelling: composed, without blanks around it, on one line', () => {
  expect(unitSchema.safeParse('子ども家庭課').success).toBe(true);
  expect(unitSchema.safeParse('子ども課'.normalize('NFD')).success).toBe(false);
  for (const name of ['', ' 総務課', '総務課\u3000', '総務\n課', '総務\t課', 'あ'.repeat(101)]) {
    expect(unitSchema.safeParse(name).success, JSON.stringify(name)).toBe(false);
  }
});
