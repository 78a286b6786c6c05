// The law of taking back: what stands after a package was taken back is what would stand if it had never come; done again,
// it is as if it had never been taken back. Whatever came before, after, or was made here on top.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPackage } from '../../electron/core/exchange/receive.ts';
import { reckon } from '../../electron/core/exchange/reckon.ts';
import { listReceived } from '../../electron/core/exchange/record.ts';
import { dependentsOf, redoPackage, undoPackage } from '../../electron/core/exchange/undo.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession, type Session } from '../../electron/core/session.ts';
import { confirmationsOf } from '../../electron/core/store/confirmations.ts';
import type { ReadDb, WriteDb } from '../../electron/core/store/database.ts';
import { derivedFindings, listSheets, refreshSheet } from '../../electron/core/store/derived.ts';
import { decisionsOf, fatesOf } from '../../electron/core/store/fates.ts';
import { previousOf } from '../../electron/core/store/previous.ts';
import { remarksOf } from '../../electron/core/store/remarks.ts';
import { loadSheets, setDraft } from '../../electron/core/store/sheets.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from '../core/world.ts';

type Package = { name: string; bytes: Buffer; hash: string };
const AT = '2022-07-01T00:00:00.000Z';
let world: World;
let fresh: Session;
let busy: Session;
let department: Session;
/** Five submissions of three workstations, the last one on top of an office's revision; four packages of the office. */
let submissions: Package[];
let fromOffice: Package[];

const type = (who: Workspace, sheet: string, ...cells: [string, string][]) =>
  who.ask('cell.set', { sheet, cells: cells.map(([cell, raw]) => ({ cell, raw })) });

async function packageAt(who: Workspace, file: string): Promise<Package> {
  const { hash } = await who.ask('package.inspect', { file: who.offer(file) });
  return { name: path.basename(file), bytes: await readFile(file), hash: hash ?? '' };
}

beforeAll(async () => {
  world = await makeWorld();
  const city = await makeOffice(world);
  const handed = await distributeAll(world, city, 'out');
  const tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  const second = await joinDepartment(world, handed.商工観光課 ?? '', 'second.hyoka');
  const library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  const third = await joinDepartment(world, handed.商工観光課 ?? '', 'third.hyoka');
  for (const [index, who] of [tourism, second, library].entries()) {
    await merge(city, await submitSheets(world, who, `hello${index}`));
    await trust(city, who);
  }
  const files: string[] = [];
  await type(tourism, '2-1', ['意図', '観光の一'], ['対象', '訪れる人']);
  await type(tourism, '2-2', ['意図', '移住の一']);
  files.push(await submitSheets(world, tourism, 'p1'));
  await type(tourism, '2-1', ['意図', '観光の二']);
  files.push(await submitSheets(world, tourism, 'p2', ['2-1']));
  await type(second, '2-1', ['結果', 'にぎわう'], ['対象', '買う人']);
  files.push(await submitSheets(world, second, 'p3'));
  await type(library, '2-1', ['意図', '図書館の一'], ['内線', '301']);
  await type(library, '1-1', ['意図', '読む人を増やす']);
  files.push(await submitSheets(world, library, 'p4'));

  // In another copy of the office's file, one round more: what the department then hands in stands on the office's word.
  const copy = world.at('copy.hyoka');
  await city.app.close();
  await world.write('copy.hyoka', await readFile(city.file));
  const again = world.host();
  await again.ask('workspace.open', { file: again.offer(copy) });
  const given: string[] = [handed.商工観光課 ?? ''];
  await merge(again, ...files.slice(0, 1));
  const { remark } = await again.ask('remark.add', { sheet: '2-2', address: '意図', text: '根拠は？', reply: null });
  await again.ask('cell.set', { sheet: '2-2', cells: [{ cell: '施策の方針', raw: '住む人を増やす' }] });
  await again.ask('sheet.commit', { sheet: '2-2' });
  const back = await again.ask('package.return', {
    folder: again.offer(world.at('back')),
    sheets: [{ sheet: '2-2', decision: 'returned' }],
  });
  given.push(world.at('back', back.packages[0]?.file ?? ''));
  const { packages: receipts } = await again.ask('package.acknowledge', { folder: again.offer(world.at('receipts')) });
  given.push(world.at('receipts', receipts.find(({ unit }) => unit === '商工観光課')?.file ?? ''));
  await merge(tourism, given[1] ?? '');
  await tourism.ask('remark.add', { sheet: '2-2', address: '', text: '統計です。', reply: remark });
  await type(tourism, '2-2', ['意図', '移住の二']);
  files.push(await submitSheets(world, tourism, 'p5', ['2-2']));
  const more = await distributeAll(world, again, 'more');
  given.push(more.商工観光課 ?? '');
  submissions = await Promise.all(files.map((file) => packageAt(tourism, file)));
  fromOffice = await Promise.all(given.map((file) => packageAt(tourism, file)));
  for (const { app } of [again, tourism, second, library, third]) await app.close();
  fresh = await openSession(systemPorts(), city.file, undefined);
  busy = await openSession(systemPorts(), copy, undefined);
  department = await openSession(systemPorts(), third.file, undefined);
});
afterAll(async () => {
  fresh?.store.close();
  busy?.store.close();
  department?.store.close();
  await world.close();
});

/** Everything that stands, whatever the order in which it came. */
const standing = (db: ReadDb): string =>
  JSON.stringify({
    sheets: loadSheets(db)
      .map((sheet) => [
        sheet.number,
        sheet.assignment,
        sheet.standing,
        previousOf(db, sheet.id) ?? null,
        [...remarksOf(db, sheet.id).keys()].sort(),
        [...confirmationsOf(db, sheet.id).keys()].sort(),
      ])
      .sort(),
    decisions: [...decisionsOf(db)].map(([sheet, all]) => [sheet, all.map(({ payload }) => payload)]).sort(),
    fates: [...fatesOf(db)].map(([payload, { outcome }]) => [payload, outcome]).sort(),
  });

/** What is kept step by step is what follows from the packages that count; nothing derived differs. */
function expectSound(db: ReadDb): void {
  const { revisions } = reckon(db, ({ outcome }) => outcome === 'undone');
  const kept = db
    .all('SELECT revision, sheet, refused FROM accepted')
    .map((row) => [row.revision, row.sheet, row.refused]);
  const wanted = [...revisions].map(([hash, { sheet, refused }]) => [hash, sheet, JSON.stringify(refused)]);
  expect(kept.sort()).toEqual(wanted.sort());
  expect(derivedFindings(db)).toEqual([]);
}

const take = (db: WriteDb, session: Session, one: Package) =>
  applyPackage(db, session, one.name, one.bytes, AT).outcome;
const takeBack = (db: WriteDb, session: Session, one: Package) =>
  undoPackage(db, session, { package: one.hash, digest: dependentsOf(db, session, one.hash).digest });

type Step = { do: 'take' | 'back' | 'again'; index: number };
/** What became of a package of which an account is kept; a receipt brings nothing that could be taken back. */
const outcomeOf = (db: ReadDb, { hash }: Package) =>
  db.get('SELECT outcome FROM received WHERE payload = ? AND brought IS NOT NULL', hash)?.outcome;

/** Does the steps that make sense one after another, and gives the packages that nobody has taken back at the end. */
function walk(db: WriteDb, session: Session, all: readonly Package[], steps: readonly Step[]): Package[] {
  const arrived = new Map<number, boolean>(
    all.flatMap((one, index) => (outcomeOf(db, one) === 'applied' ? [[index, true] as const] : [])),
  );
  for (const step of steps) {
    const one = all[step.index];
    if (!one) continue;
    const outcome = outcomeOf(db, one);
    if (step.do === 'take') {
      take(db, session, one);
      if (!arrived.has(step.index)) arrived.set(step.index, true);
    }
    if (step.do === 'back' && outcome === 'applied') {
      takeBack(db, session, one);
      arrived.set(step.index, false);
    }
    if (step.do === 'again' && outcome === 'undone') {
      redoPackage(db, session, { package: one.hash });
      arrived.set(step.index, true);
    }
    expectSound(db);
  }
  return [...arrived].flatMap(([index, counts]) => (counts ? (all[index] ?? []) : []));
}

const stepsOver = (count: number) =>
  fc.array(
    fc.record({
      do: fc.constantFrom('take' as const, 'take' as const, 'back' as const, 'again' as const),
      index: fc.nat(count - 1),
    }),
    { minLength: 1, maxLength: 14 },
  );

describe.each([
  { name: 'an office that has taken nothing in', session: () => fresh, all: () => submissions },
  { name: 'an office that has worked on the first of them', session: () => busy, all: () => submissions },
  // The first distribution made the file and stays: taking it back is looked at below.
  { name: 'a department', session: () => department, all: () => fromOffice.slice(1) },
])('$name', ({ session, all }) => {
  test('after any steps, stands where a file stands to which only the packages left have come, in any order', () => {
    fc.assert(
      fc.property(stepsOver(5), fc.infiniteStream(fc.nat()), (steps, order) => {
        const left: Package[] = [];
        const walked = session().store.rehearse((db) => {
          left.push(...walk(db, session(), all(), steps));
          return standing(db);
        });
        const shuffled = left.map((one) => [order.next().value, one] as const).sort(([a], [b]) => a - b);
        const direct = session().store.rehearse((db) => {
          for (const one of all()) {
            if (outcomeOf(db, one) === 'applied' && !left.includes(one)) takeBack(db, session(), one);
          }
          for (const [, one] of shuffled) take(db, session(), one);
          // Set aside for want of a base that came later: tried again, as the office does.
          for (const [, one] of shuffled) take(db, session(), one);
          return standing(db);
        });
        expect(walked).toBe(direct);
      }),
      { numRuns: 100, seed: 41 },
    );
  });
});

const numbers = (sheets: readonly { number: string }[]) => sheets.map(({ number }) => number).sort();
const at = (all: readonly Package[], index: number): Package => {
  const one = all[index];
  if (!one) throw new Error(`there is no package ${index}`);
  return one;
};

test('what was made here on top goes with it and comes again; a later package waits; a draft stays', () => {
  busy.store.rehearse((db) => {
    const [first, last] = [at(submissions, 0), at(submissions, 4)];
    expect(take(db, busy, last)).toBe('applied');
    const [sheet] = loadSheets(db).filter(({ number }) => number === '2-2');
    setDraft(db, sheet?.id ?? '', 'result', { value: '書きかけ', state: null, raw: null }, AT);
    refreshSheet(db, sheet?.id ?? '');
    const before = standing(db);
    const listed = dependentsOf(db, busy, first.hash);
    expect(numbers(listed.sheets)).toEqual(['2-1', '2-2']);
    expect(listed.sheets.every(({ leaves, blocked }) => !leaves && !blocked)).toBe(true);
    expect(listed.sheets.find(({ number }) => number === '2-2')?.drafted).toBe(true);
    expect(listed.made).toMatchObject([{ number: '2-2', unit: '企画財政課' }]);
    expect(listed.packages).toMatchObject([{ hash: last.hash, unit: '商工観光課', kind: 'submission' }]);

    expect(() => undoPackage(db, busy, { package: first.hash, digest: '0' })).toThrow(/作業が進みました/);
    expect(standing(db)).toBe(before);
    takeBack(db, busy, first);
    expectSound(db);
    expect(listReceived(db).map(({ hash, outcome, reason }) => [hash, outcome, reason])).toEqual(
      expect.arrayContaining([
        [first.hash, 'undone', null],
        [last.hash, 'quarantined', 'base.missing'],
      ]),
    );
    const [after] = loadSheets(db).filter(({ number }) => number === '2-2');
    expect([...(after?.draft.values() ?? [])]).toMatchObject([{ content: { value: '書きかけ' } }]);
    expect(db.get('SELECT COUNT(*) AS count FROM artifact')?.count).toBeGreaterThan(0);

    // It comes again by itself as often as it likes; only a person takes it in.
    expect(take(db, busy, first)).toBe('undone');
    expect(take(db, busy, last)).toBe('quarantined');
    redoPackage(db, busy, { package: first.hash });
    expectSound(db);
    expect(standing(db)).toBe(before);
  });
});

test('a file that never took the package stands as one that took it back, but for what was made in it', () => {
  const never = fresh.store.rehearse(standing);
  const undone = fresh.store.rehearse((db) => {
    take(db, fresh, at(submissions, 0));
    expect(standing(db)).not.toBe(never);
    takeBack(db, fresh, at(submissions, 0));
    return standing(db);
  });
  expect(undone).toBe(never);
});

test('a department takes a return back; a distribution only while nothing typed would lose its sheet', () => {
  department.store.rehearse((db) => {
    const [first, returned] = [at(fromOffice, 0), at(fromOffice, 1)];
    const before = standing(db);
    take(db, department, returned);
    expect(decisionsOf(db).size).toBe(1);
    takeBack(db, department, returned);
    expect(standing(db)).toBe(before);

    const listed = dependentsOf(db, department, first.hash);
    expect(listed.sheets.map(({ leaves, blocked }) => [leaves, blocked])).toEqual([
      [true, false],
      [true, false],
    ]);
    const [sheet] = loadSheets(db);
    setDraft(db, sheet?.id ?? '', 'intent', { value: '書きかけ', state: null, raw: null }, AT);
    expect(() => takeBack(db, department, first)).toThrow(/入力のあるシート/);
    expect(standing(db)).toBe(before);
    setDraft(db, sheet?.id ?? '', 'intent', null, AT);
    takeBack(db, department, first);
    expect(listSheets(db)).toEqual([]);
    expectSound(db);
    redoPackage(db, department, { package: first.hash });
    expect(standing(db)).toBe(before);
  });
});
