// What a department signs can be any graph of revisions; the cells that it may not write stay the office's all the same.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit } from '../../electron/core/exchange/admit.ts';
import { hashOf } from '../../electron/core/store/artifacts.ts';
import { type Kept, standingOf } from '../../electron/core/store/sheets.ts';
import type { Values } from '../../shared/form/cell.ts';
import { layOut, lockAt, lockOf, readDefinition } from '../../shared/form/form.ts';
import { contentAt, sameContent } from '../../shared/form/merge.ts';
import { ancestorsOf, headsAmong } from '../../shared/revision/ancestry.ts';
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

type Dispute = {
  office: Values[];
  signed: { values: Values; parents: number[] }[];
};

/** A graph in which the office has gone several ways at once, and a department writes, and decides, whatever it likes. */
const few = [...locked.slice(-2), ...texts.filter((address) => !locked.includes(address)).slice(0, 2)];
const meeting = fc.dictionary(fc.constantFrom(...few), fc.constantFrom('甲', '乙', '丙'), { minKeys: 1, maxKeys: 4 });
const dispute: fc.Arbitrary<Dispute> = fc.record({
  office: fc.array(meeting, { minLength: 3, maxLength: 4 }),
  signed: fc.array(fc.record({ values: meeting, parents: fc.array(fc.nat(12), { minLength: 1, maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 6,
  }),
});

/** The graph as revisions: the office's, and the department's by name, none on a parent and its own ancestor. */
function drawn({ office, signed }: Dispute) {
  const nodes = new Map<string, Kept>();
  const add = (made: Revision): string => {
    const hash = hashOf(made);
    nodes.set(hash, { parents: made.parents, values: made.values, revision: made });
    return hash;
  };
  const ids: string[] = [];
  for (const [index, written] of office.entries()) ids.push(add(revision('office', ids.slice(0, 1), written, index)));
  const known = new Map(nodes);
  const own: [string, Revision][] = [];
  for (const [index, { values: written, parents }] of signed.entries()) {
    const chosen = [...new Set(parents.map((at) => ids[at % ids.length] ?? ''))];
    const made = revision('department', headsAmong(nodes, chosen), written, 100 + index);
    ids.push(add(made));
    own.push([hashOf(made), made]);
  }
  return { known, own };
}

const behind = (own: readonly [string, Revision][], wanted: ReadonlySet<string>): [string, Revision][] => {
  const all = new Map(own);
  const graph = new Map(own.map(([hash, { parents }]) => [hash, { parents, values: {} }] as const));
  const ids = new Set([...wanted].flatMap((hash) => [...ancestorsOf(graph, hash)]));
  return [...all].filter(([hash]) => ids.has(hash));
};

/**
 * Of each locked cell what stands there, or the contents between which nobody has decided. With `telling`, only those that
 * say something else than all began with: the others yield, and may be followed by such that say something.
 */
const lockedStanding = (history: ReadonlyMap<string, Kept>, telling = false) => {
  const { values: stands, conflicts } = standingOf(history, form);
  return locked.map((address) => {
    const open = conflicts.find((one) => one.address === address);
    const told = open?.sides.filter(({ content }) => !telling || !sameContent(content, open.base));
    return told?.map(({ content }) => JSON.stringify(content)).sort() ?? contentAt(stands, address);
  });
};

/** What was open is open between the same contents at least, and what stood stands. */
function expectKept(history: ReadonlyMap<string, Kept>, before: ReturnType<typeof lockedStanding>): void {
  for (const [index, after] of lockedStanding(history).entries()) {
    const stood = before[index] ?? [];
    expect(after).toEqual(Array.isArray(stood) ? expect.arrayContaining(stood) : stood);
  }
}

test('P25, P33 whoever decides where it may not write decides nothing: both sides stay, in any order, repetition and subset', () => {
  let disputes = 0;
  let decided = 0;
  fc.assert(
    fc.property(dispute, fc.array(fc.nat(99), { minLength: 1, maxLength: 6 }), fc.nat(), (graph, picks, turn) => {
      const { known, own } = drawn(graph);
      const before = lockedStanding(known, true);
      const whole = admit(form, assignment, known, new Map(own));
      if ('fault' in whole) throw new Error(whole.fault);
      expectKept(whole.history, before);
      disputes += before.filter(Array.isArray).length;
      decided += whole.fresh.filter(
        ({ refused, revision: { parents } }) => refused.length > 0 && parents.length > 1,
      ).length;
      // Package by package, each with some of the revisions and all behind them; then everything once more.
      let history: ReadonlyMap<string, Kept> = known;
      const packages = picks.map((pick) => behind(own, new Set([own[pick % own.length]?.[0] ?? ''])));
      const first = packages.flat();
      for (const some of [...packages.slice(turn % picks.length), ...packages, own.toReversed()]) {
        const next = admit(form, assignment, history, new Map(some));
        if ('fault' in next) throw new Error(next.fault);
        expectKept(next.history, before);
        history = next.history;
      }
      expect(standingOf(history, form)).toEqual(standingOf(whole.history, form));
      // A subset alone is what it is in one package.
      const part = admit(form, assignment, known, new Map(first));
      if ('fault' in part) throw new Error(part.fault);
      let step: ReadonlyMap<string, Kept> = known;
      for (const some of packages.toReversed()) {
        const next = admit(form, assignment, step, new Map(some));
        if (!('fault' in next)) step = next.history;
      }
      expect(standingOf(step, form)).toEqual(standingOf(part.history, form));
    }),
    { numRuns: 400, seed: 7 },
  );
  // Such revisions really were among them.
  expect(disputes).toBeGreaterThan(100);
  expect(decided).toBeGreaterThan(100);
});

test('P33 of a merge that decides a locked and an open cell, the one stays open with both sides, the other is taken', () => {
  const free = { ...assignment, fixed: [] };
  const [board = '', own = ''] = [
    fixed.find((address) => lockAt(form, address, 'department', new Set(), undefined) === undefined),
    texts.find((address) => !locked.includes(address)),
  ];
  const known = new Map<string, Kept>();
  const office = (parents: string[], said: Values, count: number) => {
    const made = revision('office', parents, said, count);
    known.set(hashOf(made), { parents, values: said, revision: made });
    return hashOf(made);
  };
  const base = office([], {}, 1);
  const sides = [office([base], { [board]: '甲', [own]: '甲' }, 2), office([base], { [board]: '乙', [own]: '乙' }, 3)];
  const deciding = revision('department', sides, { [board]: '丙', [own]: '丁' }, 4);
  const later = revision('department', [hashOf(deciding)], { [board]: '丙', [own]: '戊' }, 5);
  const both = new Map([deciding, later].map((made) => [hashOf(made), made] as const));
  const admitted = admit(form, assignment, known, both);
  if ('fault' in admitted) throw new Error(admitted.fault);
  expect(admitted.fresh.map(({ refused }) => refused)).toEqual([[board], [board]]);
  const { values: stands, conflicts } = standingOf(admitted.history, form);
  expect(contentAt(stands, own).value).toBe('戊');
  expect(conflicts.map(({ address, sides: told }) => [address, told.map(({ revision: id }) => id)])).toEqual([
    [board, sides.toSorted()],
  ]);

  // Somebody who only goes on leaves it open; whoever may decide does, for what stood before too.
  const stand = (...made: Revision[]) => {
    const next = admit(form, assignment, admitted.history, new Map(made.map((one) => [hashOf(one), one] as const)));
    if ('fault' in next) throw new Error(next.fault);
    return standingOf(next.history, form);
  };
  const top = hashOf(later);
  for (const carried of [{}, { [board]: '丙' }]) {
    expect(stand(revision('office', [top], { ...carried, [own]: '己' }, 6)).conflicts).toHaveLength(1);
  }
  const chosen = stand(revision('office', [top], { [board]: '甲', [own]: '戊' }, 7));
  expect([contentAt(chosen.values, board).value, chosen.conflicts]).toEqual(['甲', []]);
  const blank = revision('office', sides, { [own]: '戊' }, 8);
  const joined = stand(blank, revision('office', [top, hashOf(blank)], { [own]: '戊' }, 9));
  expect([contentAt(joined.values, board).value, contentAt(joined.values, own).value, joined.conflicts]).toEqual([
    null,
    '戊',
    [],
  ]);

  // Once its writer may write there after all and brings it again, the decision counts, and what only went on follows.
  const onTop = revision('office', [top], { [board]: '丙', [own]: '己' }, 10);
  const gone = admit(form, assignment, admitted.history, new Map([[hashOf(onTop), onTop]]));
  if ('fault' in gone) throw new Error(gone.fault);
  const refused = new Map([...both.keys()].map((hash) => [hash, [board]] as const));
  const again = admit(form, free, gone.history, both, { refused, unit: '税務課' });
  if ('fault' in again) throw new Error(again.fault);
  expect(again.reopened.map(({ refused: left }) => left)).toEqual([[], []]);
  const after = standingOf(again.history, form);
  expect([contentAt(after.values, board).value, after.conflicts]).toEqual(['丙', []]);
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
