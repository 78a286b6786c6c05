// What a department signs can be any graph of revisions; the cells that it may not write stay the office's all the same.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit } from '../../electron/core/exchange/admit.ts';
import { hashOf } from '../../electron/core/store/artifacts.ts';
import { type Kept, standingOf } from '../../electron/core/store/sheets.ts';
import type { Values } from '../../shared/form/cell.ts';
import { layOut, lockOf, readDefinition } from '../../shared/form/form.ts';
import { contentAt } from '../../shared/form/merge.ts';
import type { Assignment, Revision } from '../../shared/revision/revision.ts';

const source = readFileSync(path.join(import.meta.dirname, '../../resources/forms/memuro-shisaku.form.json'), 'utf8');
const form = layOut(readDefinition(JSON.parse(source), 'test'), 2022);
const FORM = 'f'.repeat(64);
const SHEET = `s${'0'.repeat(20)}`;
const texts = form.cells.filter((cell) => cell.type === 'text').map((cell) => cell.address);
const fixed = texts.filter((_, index) => index % 7 === 3);
const assignment: Assignment = {
  format: 'hyoka-assignment/1',
  sheet: SHEET,
  form: FORM,
  year: 2022,
  units: ['税務課'],
  fixed,
};
const locked = texts.filter((address) => {
  const cell = form.byAddress.get(address);
  return cell !== undefined && lockOf(form, cell, 'department', new Set(fixed)) !== undefined;
});

const revision = (role: 'office' | 'department', parents: string[], values: Values, count: number): Revision => ({
  format: 'hyoka-revision/1',
  form: FORM,
  year: 2022,
  sheet: SHEET,
  parents,
  author: { role, unit: role === 'office' ? '企画課' : '税務課', station: '1'.repeat(30) },
  at: `2022-07-01T00:00:00.${String(count).padStart(3, '0')}Z`,
  note: '',
  values: { ...values },
});

const values = fc.dictionary(fc.constantFrom(...texts), fc.constantFrom('甲', '乙', '丙'), { maxKeys: 6 });

test('whatever a department signs, in whatever order it is listed, locked cells keep what the office wrote', () => {
  fc.assert(
    fc.property(
      fc.array(values, { minLength: 1, maxLength: 3 }),
      fc.array(fc.record({ values, parents: fc.array(fc.nat(9), { maxLength: 2 }) }), { minLength: 1, maxLength: 5 }),
      fc.integer(),
      (office, signed, shuffle) => {
        const known = new Map<string, Kept>();
        const ids: string[] = [];
        for (const [index, written] of office.entries()) {
          const made = revision('office', ids.slice(-1), written, index);
          ids.push(hashOf(made));
          known.set(ids.at(-1) ?? '', { parents: made.parents, values: made.values, revision: made });
        }
        const own: [string, Revision][] = [];
        for (const [index, { values: written, parents }] of signed.entries()) {
          const all = [...ids, ...own.map(([hash]) => hash)];
          const chosen = [...new Set(parents.flatMap((at) => all[at % all.length] ?? []))];
          const made = revision('department', chosen, written, 100 + index);
          own.push([hashOf(made), made]);
        }
        const before = standingOf(known, form);
        const listed = own.toSorted(([a], [b]) => (a < b ? -1 : 1) * (shuffle % 2 === 0 ? 1 : -1));
        const [one, two] = [
          admit(form, assignment, known, new Map(own)),
          admit(form, assignment, known, new Map(listed)),
        ];
        if ('fault' in one || 'fault' in two) {
          expect('fault' in two).toBe('fault' in one);
          return;
        }
        const after = standingOf(one.history, form);
        expect(standingOf(two.history, form)).toEqual(after);
        for (const address of locked)
          expect(contentAt(after.values, address)).toEqual(contentAt(before.values, address));
        expect(after.conflicts.filter(({ address }) => locked.includes(address))).toEqual([]);
      },
    ),
    { numRuns: 1_500, seed: 14 },
  );
});

test('a cell refused in one revision stays refused below a later one, and what the department may write counts', () => {
  const [board = '', own = ''] = [locked.at(-1), texts.find((address) => !locked.includes(address))];
  const base = revision('office', [], { [board]: '委員会の評価' }, 1);
  const baseId = hashOf(base);
  const known = new Map([[baseId, { parents: [], values: base.values, revision: base }]]);
  const erased = revision('department', [baseId], { [own]: '課の文' }, 2);
  const child = revision('department', [hashOf(erased)], { [own]: '直した文', [board]: '課が書いた' }, 3);
  const admitted = admit(
    form,
    assignment,
    known,
    new Map([
      [hashOf(child), child],
      [hashOf(erased), erased],
    ]),
  );
  if ('fault' in admitted) throw new Error(admitted.fault);
  expect(admitted.fresh.map(({ refused }) => refused)).toEqual([[board], [board]]);
  expect(standingOf(admitted.history, form).values).toEqual({ [own]: '直した文', [board]: '委員会の評価' });
});

test('a revision on a parent that is nowhere, or on a parent and its own ancestor, is not admitted', () => {
  const base = revision('office', [], {}, 1);
  const next = revision('office', [hashOf(base)], { [texts[8] ?? '']: '甲' }, 2);
  const known = new Map(
    [base, next].map((made) => [hashOf(made), { parents: made.parents, values: made.values, revision: made }] as const),
  );
  const lost = revision('department', ['a'.repeat(64)], {}, 3);
  const doubled = revision('department', [hashOf(base), hashOf(next)], {}, 4);
  for (const made of [lost, doubled])
    expect(admit(form, assignment, known, new Map([[hashOf(made), made]]))).toMatchObject({ isLasting: true });
});

const numbers = form.cells.filter((cell) => cell.type === 'decimal' && cell.states.includes('pending'));
const counted = numbers[0]?.address ?? '';

test('F65 a revision in which a state stands beside the number that it stands in place of is not admitted', () => {
  const admitted = (values: Values) => {
    const made = revision('department', [], values, 1);
    return admit(form, assignment, new Map(), new Map([[hashOf(made), made]]));
  };
  expect(admitted({ [counted]: '36', [`${counted}__state`]: 'pending' })).toEqual({
    fault: `様式に合わない値（${numbers[0]?.label}：「未確定」と数の両方が入っている）`,
    isLasting: true,
  });
  expect(admitted({ [counted]: '36' })).toHaveProperty('history');
  expect(admitted({ [`${counted}__state`]: 'pending' })).toHaveProperty('history');
});

test('F66 a department joins two spellings of one number in a locked cell, and decides nothing by it', () => {
  const known = new Map<string, Kept>();
  const office = (parents: string[], values: Values, count: number) => {
    const made = revision('office', parents, values, count);
    known.set(hashOf(made), { parents, values, revision: made });
    return hashOf(made);
  };
  const base = office([], { [counted]: '90' }, 1);
  const heads = [office([base], { [counted]: '95' }, 2), office([base], { [counted]: '95.0' }, 3)];
  const joined = revision('department', heads, { [counted]: '95.0', [texts[8] ?? '']: '甲' }, 4);
  const locking = { ...assignment, fixed: [counted] };
  const admitted = admit(form, locking, known, new Map([[hashOf(joined), joined]]));
  if ('fault' in admitted) throw new Error(admitted.fault);
  expect(admitted.fresh.map(({ refused }) => refused)).toEqual([[]]);
  expect(standingOf(admitted.history, form)).toMatchObject({ values: { [counted]: '95.0' }, conflicts: [] });
});
