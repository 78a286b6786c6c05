// The plan is what is then done, to the cell: for random packages of three workstations, in random order, with the office
// typing in between, every text that a plan shows is what stood there and what stands there afterwards.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../electron/core/exchange/crypto.ts';
import { applyPackage, planPackage } from '../../electron/core/exchange/receive.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession, type Session } from '../../electron/core/session.ts';
import type { WriteDb } from '../../electron/core/store/database.ts';
import { findSheet, openConflictsOf, type Sheet, valuesOf } from '../../electron/core/store/sheets.ts';
import { typeCells } from '../../electron/core/typing.ts';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import type { Values } from '../../shared/form/cell.ts';
import { changedAddresses, contentAt } from '../../shared/form/merge.ts';
import { showContent } from '../../shared/form/reading.ts';
import { canonical } from '../../shared/kernel/json.ts';
import type { Submission } from '../../shared/package/payload.ts';
import { keyOf, payloadIn, resigned } from '../core/forge.ts';
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

const AT = '2022-07-01T00:00:00.000Z';
const CELLS = ['意図', '対象', '結果', '内線', '人工数 2020年度決算'];
const TEXTS = ['一', '二\n三', '', '1.2500', '2,2948', '301'];
const RATING = '経営戦略会議 進捗結果';

let world: World;
let session: Session;
let packages: { name: string; bytes: Buffer }[] = [];
let ratingAddress = '';

/** A random edit, the same at each run of the tests. */
const edits = fc.sample(fc.tuple(fc.constantFrom(...CELLS), fc.constantFrom(...TEXTS), fc.constantFrom('2-1', '2-2')), {
  numRuns: 60,
  seed: 7,
});

beforeAll(async () => {
  world = await makeWorld();
  const office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  const tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  const stations: [Workspace, string[]][] = [
    [tourism, ['2-1', '2-2']],
    [await joinDepartment(world, handed.商工観光課 ?? '', 'second.hyoka'), ['2-1', '2-2']],
    [await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka'), ['2-1']],
  ];
  for (const [index, [who]] of stations.entries()) {
    await merge(office, await submitSheets(world, who, `hello${index}`));
    await trust(office, who);
  }
  const files: string[] = [];
  for (const [index, [cell, raw, wanted]] of edits.entries()) {
    const [who, own] = stations[index % 3] ?? [tourism, []];
    await who.ask('cell.set', { sheet: own.includes(wanted) ? wanted : '2-1', cells: [{ cell, raw }] });
    if (index % 5 === 4) files.push(await submitSheets(world, who, `p${index}`));
  }
  ratingAddress =
    (await office.ask('cell.set', { sheet: '2-2', cells: [{ cell: RATING, raw: '' }] })).cells[0]?.address ?? '';
  // A revision that also writes what only the office may write.
  const payload = await payloadIn<Submission>(await submitSheets(world, tourism, 'q'));
  const entry = payload.sheets.find(({ number }) => number === '2-2');
  const below = payload.revisions.find((one) => sha256(canonical(one)) === entry?.heads[0]);
  if (!entry || !below) throw new Error('no revision to forge');
  const forged = { ...below, parents: entry.heads, values: { ...below.values, [ratingAddress]: 'A' } };
  payload.revisions.push(forged);
  entry.heads = [sha256(canonical(forged))];
  packages = await Promise.all(files.map(async (file) => ({ name: path.basename(file), bytes: await readFile(file) })));
  packages.push({ name: 'forged.json', bytes: resigned({ ...payload, sequence: 99 }, keyOf(tourism)) });
  await office.app.close();
  session = await openSession(systemPorts(), office.file, undefined);
});
afterAll(async () => {
  session.store.close();
  await world.close();
});

const sheetOf = (db: WriteDb, number: string): Sheet => findSheet(db, number) ?? fail(number);
const fail = (number: string): never => {
  throw new Error(`no sheet ${number}`);
};

function checkSheet(result: PackageResult['sheets'][number], before: Values, after: Sheet): void {
  const textAt = (values: Values, address: string) => showContent(after.form, address, contentAt(values, address));
  const stands = valuesOf(after);
  const conflicts = new Set(openConflictsOf(after).map(({ address }) => address));
  for (const { address, outcome, before: told, after: promised } of result.cells) {
    expect(told, `${outcome} ${address} before`).toBe(textAt(before, address));
    if (outcome === 'conflict') expect(conflicts.has(address)).toBe(true);
    else if (outcome === 'refused' || outcome === 'stale') expect(textAt(stands, address)).toBe(told);
    else expect(promised, `${outcome} ${address} after`).toBe(textAt(stands, address));
    if (outcome === 'new') expect(told).toBe('');
    if (outcome === 'same') expect(promised).toBe(told);
  }
  const listed = new Map(result.cells.map(({ address, outcome }) => [address, outcome]));
  for (const address of changedAddresses(before, stands)) {
    expect(['new', 'changed', 'merged', 'conflict'], `${address} changes unsaid`).toContain(listed.get(address));
  }
}

type Step = { kind: 'package'; index: number } | { kind: 'typing'; sheet: string; cell: string; raw: string };

function run(db: WriteDb, steps: readonly Step[]): Set<string> {
  const seen = new Set<string>();
  for (const step of steps) {
    if (step.kind === 'typing') {
      typeCells(db, session, step.sheet, [{ cell: step.cell, raw: step.raw }], AT);
      continue;
    }
    const { name, bytes } = packages[step.index] ?? { name: '', bytes: Buffer.alloc(0) };
    const planned = planPackage(db, session, name, bytes).result;
    const before = new Map(planned.sheets.map(({ number }) => [number, valuesOf(sheetOf(db, number))]));
    expect(applyPackage(db, session, name, bytes, AT)).toEqual(planned);
    for (const sheet of planned.sheets) {
      checkSheet(sheet, before.get(sheet.number) ?? {}, sheetOf(db, sheet.number));
      for (const { outcome } of sheet.cells) seen.add(outcome);
    }
  }
  return seen;
}

describe('the plan is what is then done', () => {
  test('for random packages, orders and typing in between', () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('package' as const), index: fc.nat(packages.length - 1) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('typing' as const),
          sheet: fc.constantFrom('2-1', '2-2'),
          cell: fc.constantFrom(...CELLS),
          raw: fc.constantFrom(...TEXTS),
        }),
      },
    );
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        for (const outcome of session.store.rehearse((db) => [...run(db, steps)])) seen.add(outcome);
      }),
      { numRuns: 150, seed: 4 },
    );
    // The runs met every outcome that a cell can have.
    expect([...seen].sort()).toEqual(['changed', 'conflict', 'merged', 'new', 'refused', 'same', 'stale']);
  });
});
