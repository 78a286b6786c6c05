// The law of exchange: what stands in the office's file depends on which packages came, not on their order, not on
// how often, and not on which of them were seen before.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyPackage } from '../../electron/core/exchange/receive.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession, type Session } from '../../electron/core/session.ts';
import type { WriteDb } from '../../electron/core/store/database.ts';
import { loadSheets } from '../../electron/core/store/sheets.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type World,
} from '../core/world.ts';

type Package = { name: string; bytes: Buffer };
let world: World;
let session: Session;
let packages: Package[];

/** Five packages of three workstations in two departments, on shared and own sheets, with clashes among them. */
beforeAll(async () => {
  world = await makeWorld();
  const office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  const tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  const second = await joinDepartment(world, handed.商工観光課 ?? '', 'second.hyoka');
  const library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  for (const [index, who] of [tourism, second, library].entries()) {
    await merge(office, await submitSheets(world, who, `hello${index}`));
    await trust(office, who);
  }
  const type = (who: typeof tourism, sheet: string, ...cells: [string, string][]) =>
    who.ask('cell.set', { sheet, cells: cells.map(([cell, raw]) => ({ cell, raw })) });
  const files: string[] = [];
  await type(tourism, '2-1', ['意図', '観光の一'], ['対象', '訪れる人']);
  await type(tourism, '2-2', ['意図', '移住の一'], ['人工数 2020年度決算', '1.2500']);
  files.push(await submitSheets(world, tourism, 'p1'));
  await type(tourism, '2-1', ['意図', '観光の二']);
  files.push(await submitSheets(world, tourism, 'p2', ['2-1']));
  await type(second, '2-1', ['結果', 'にぎわう'], ['対象', '買う人']);
  await type(second, '2-2', ['人工数 2020年度決算', '2,2948']);
  files.push(await submitSheets(world, second, 'p3'));
  await type(library, '2-1', ['意図', '図書館の一'], ['内線', '301']);
  await type(library, '1-1', ['意図', '読む人を増やす']);
  files.push(await submitSheets(world, library, 'p4'));
  await type(library, '2-1', ['意図', '観光の二']);
  files.push(await submitSheets(world, library, 'p5', ['2-1']));
  packages = await Promise.all(files.map(async (file) => ({ name: path.basename(file), bytes: await readFile(file) })));
  await office.app.close();
  session = await openSession(systemPorts(), office.file, undefined);
});
afterAll(async () => {
  session.store.close();
  await world.close();
});

const standing = (db: WriteDb) => JSON.stringify(loadSheets(db).map((sheet) => [sheet.number, sheet.standing]));

/** What stands after these packages, in a transaction that is taken back. */
const after = (order: readonly Package[]) =>
  session.store.rehearse((db) => {
    const outcomes = order.map((p) => applyPackage(db, session, p.name, p.bytes, '2022-07-01T00:00:00.000Z').outcome);
    return { outcomes, standing: standing(db) };
  });

function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

test('P25 all 120 orders of the five packages end in the same heads, values and open conflicts', () => {
  const all = orders(packages);
  expect(all).toHaveLength(120);
  const results = all.map(after);
  expect(new Set(results.map((result) => result.standing)).size).toBe(1);
  for (const { outcomes } of results) for (const outcome of outcomes) expect(['applied', 'stale']).toContain(outcome);
  const sheets: [string, { values: Record<string, unknown>; conflicts: { sides: unknown[] }[] }][] = JSON.parse(
    results[0]?.standing ?? '',
  );
  const byNumber = Object.fromEntries(sheets);
  // 2-1: 対象 was written by two stations of one department, 意図 ended alike on both sides, the rest merges.
  expect(byNumber['2-1']?.conflicts).toHaveLength(1);
  expect(Object.values(byNumber['2-1']?.values ?? {})).toEqual(expect.arrayContaining(['観光の二', 'にぎわう', '301']));
  // 2-2: a clear number against one that has to be asked about is for a person to decide.
  expect(byNumber['2-2']?.conflicts).toHaveLength(1);
  expect(Object.values(byNumber['1-1']?.values ?? {})).toContain('読む人を増やす');
});

test('P25 repetition and interleaving change nothing; what a subset lacks, the rest brings', () => {
  const whole = after(packages).standing;
  fc.assert(
    fc.property(
      fc.array(fc.nat(4), { maxLength: 12 }),
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 }),
      (first, rest) => {
        const pick = (indexes: readonly number[]) => indexes.flatMap((index) => packages[index] ?? []);
        expect(after([...pick(first), ...pick(rest)]).standing).toBe(whole);
        expect(after(pick(first)).standing).toBe(after(pick([...new Set(first)].sort())).standing);
      },
    ),
    { numRuns: 150, seed: 22 },
  );
});

test('P25 a second time, every package is a duplicate or as stale as before, and no row changes', () => {
  const { outcomes } = after([...packages, ...packages]);
  expect(outcomes.slice(0, 5)).toEqual(['applied', 'applied', 'applied', 'applied', 'applied']);
  expect(outcomes.slice(5)).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'duplicate']);
});
