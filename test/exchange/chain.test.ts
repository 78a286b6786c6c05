// The numbered, chained sequence of each key (T8–T13, F15): gaps, forks, an older count that goes on, and one's own file
// that was restored or copied. Alarms stand until somebody has noted them; nobody's work is lost over them.
import { copyFile, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { missingIn } from '../../electron/core/exchange/chain.ts';
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

let world: World;
let office: Workspace;
let tourism: Workspace;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
});
afterEach(() => world.close());

const write = (who: Workspace, cell: string, raw: string, sheet = '2-2') =>
  who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const chain = async (who = office) => (await who.ask('chain.list', {})).chains[0];
const alarms = async (who = office) => (await who.ask('chain.list', {})).alarms;
const submitted = async (raw: string, folder: string, who = tourism): Promise<string> => {
  await write(who, '意図', raw);
  return submitSheets(world, who, folder, ['2-2']);
};
async function trusted(): Promise<void> {
  await merge(office, await submitted('一', 's1'));
  await trust(office, tourism);
}
/** A copy of a department's file as it is now, opened by itself. */
async function copied(name: string): Promise<Workspace> {
  await tourism.app.close();
  await copyFile(tourism.file, world.at(name));
  await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
  const copy = world.host();
  copy.file = world.at(name);
  await copy.ask('workspace.open', { file: copy.offer(copy.file) });
  return copy;
}
/** The department's package at another place of its sequence, signed with its own key. */
async function placed(file: string, change: Partial<Submission>, name: string): Promise<string> {
  const payload = await payloadIn<Submission>(file);
  return world.write(name, resigned({ ...payload, ...change }, keyOf(tourism)));
}

describe('T10 gaps', () => {
  test('P26 are the numbers that are not there, as ranges, whatever arrived in whatever order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }), (arrived) => {
        const ranges = missingIn([...arrived].sort((a, b) => a - b));
        const told = ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
        const last = Math.max(0, ...arrived);
        const wanted = Array.from({ length: last }, (_, i) => i + 1).filter((number) => !arrived.includes(number));
        expect(told).toEqual(wanted);
        expect(ranges.length).toBeLessThanOrEqual(arrived.length);
      }),
    );
  });

  test('a package that was withheld is shown as missing, and no longer once it has come late', async () => {
    await trusted();
    const [second, third] = [await submitted('二', 's2'), await submitted('三', 's3')];
    await merge(office, third);
    expect(await chain()).toMatchObject({
      unit: '商工観光課',
      packages: 2,
      missing: [{ from: 2, to: 2 }],
      missingCount: 1,
    });
    expect((await merge(office, second))[0]?.outcome).toBe('stale');
    expect(await chain()).toMatchObject({ packages: 3, missing: [], forks: 0 });
    expect(await alarms()).toEqual([]);
    // T8: replayed, it changes nothing.
    expect((await merge(office, second, third)).map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate']);
  });

  test('T11 a jump to the last number is one range, and later packages still come in', async () => {
    await trusted();
    const second = await submitted('二', 's2');
    await merge(office, await placed(second, { sequence: 9_999_999 }, 'jump.json'));
    expect(await chain()).toMatchObject({ missing: [{ from: 2, to: 9_999_998 }], missingCount: 9_999_997 });
    const third = await submitted('三', 's3');
    expect((await merge(office, second, third)).map(({ outcome }) => outcome)).toEqual(['stale', 'applied']);
    expect(Object.values((await office.ask('sheet.show', { sheet: '2-2' })).values)).toContain('三');
  });

  test('T11 ever new epochs stay small in what is shown and sent, and lock nobody out', async () => {
    await trusted();
    const second = await submitted('二', 's2');
    const files: string[] = [];
    for (let index = 0; index < 250; index += 1) {
      const epoch = index.toString(16).padStart(16, '0');
      files.push(await placed(second, { epoch, sequence: 7, previous: 'a'.repeat(64) }, `e${index}.json`));
    }
    await merge(office, ...files);
    const shown = await chain();
    expect(shown?.epochs).toBe(251);
    expect(shown?.missing.length).toBeLessThanOrEqual(20);
    const again = await distributeAll(world, office, 'again');
    expect((await payloadIn(again.商工観光課 ?? '')).seen.length).toBeLessThanOrEqual(200);
    expect((await merge(office, await submitted('三', 's3')))[0]?.outcome).toBe('applied');
  });
});

describe('T13 one key on two machines', () => {
  test('the office hears two tongues at one place, takes both in, and the alarm stands until it is noted', async () => {
    await trusted();
    const clone = await copied('clone.hyoka');
    const here = await submitted('こちらの二', 's2');
    await write(clone, '対象', 'あちらの二');
    const there = await submitSheets(world, clone, 's2b', ['2-2']);
    expect((await merge(office, here, there)).map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    const values = Object.values((await office.ask('sheet.show', { sheet: '2-2' })).values);
    expect(values).toEqual(expect.arrayContaining(['こちらの二', 'あちらの二']));
    const [fork] = await alarms();
    expect(fork).toMatchObject({ kind: 'fork', unit: '商工観光課', sequence: 2, noted: null });
    const noted = await office.ask('alarm.note', { alarm: fork?.id ?? '', person: '甲野' });
    expect(noted.alarms).toMatchObject([{ kind: 'fork', noted: { person: '甲野' } }]);
    expect((await office.problem('alarm.note', { alarm: 'x', person: '甲野' })).code).toBe('alarm.unknown');
  });

  test('P26 a package that does not follow from the one before it is a fork too', async () => {
    await trusted();
    const second = await submitted('二', 's2');
    await merge(office, await placed(second, { previous: 'b'.repeat(64) }, 'torn.json'));
    expect(await alarms()).toMatchObject([{ kind: 'fork', sequence: 2 }]);
  });
});

describe('F15 the own file was restored or copied', () => {
  test('P28 the other side knows more than this file sent: it says so, counts anew at once, and keeps both works', async () => {
    await trusted();
    const restored = await copied('restored.hyoka');
    const lost = await submitted('失われた二', 's2');
    await merge(office, lost);
    const again = await distributeAll(world, office, 'again');

    const before = (await payloadIn(await submitSheets(world, restored, 'r0', ['2-1']))).epoch;
    await write(restored, '対象', '戻してからの文');
    const file = restored.offer(again.商工観光課 ?? '');
    const plan = await restored.ask('package.plan', { files: [file] });
    expect((await restored.ask('package.merge', { files: [file], digest: plan.digest })).packages).toEqual(
      plan.packages,
    );
    expect(await alarms(restored)).toMatchObject([{ kind: 'cloned', unit: '商工観光課', noted: null }]);
    const sheet = await restored.ask('sheet.show', { sheet: '2-2' });
    expect(Object.values(sheet.values)).toEqual(expect.arrayContaining(['失われた二', '戻してからの文']));

    const next = await submitSheets(world, restored, 'r1', ['2-2']);
    const { epoch, sequence, previous } = await payloadIn(next);
    expect({ isNew: epoch !== before, sequence, previous }).toEqual({ isNew: true, sequence: 1, previous: null });
    expect((await merge(office, next))[0]?.outcome).toBe('applied');
    expect(Object.values((await office.ask('sheet.show', { sheet: '2-2' })).values)).toContain('戻してからの文');
    // The same distribution once more begins nothing anew.
    await merge(restored, again.商工観光課 ?? '');
    expect((await payloadIn(await submitSheets(world, restored, 'r2', ['2-2']))).epoch).toBe(epoch);
  });

  test('a file that was never copied hears nothing of the kind', async () => {
    await trusted();
    await merge(office, await submitted('二', 's2'));
    const again = await distributeAll(world, office, 'again');
    await merge(tourism, again.商工観光課 ?? '');
    expect(await alarms(tourism)).toEqual([]);
    expect((await payloadIn(await submitted('三', 's3'))).sequence).toBe(3);
  });

  test('T9 an older count that goes on after a newer one has begun is told', async () => {
    await trusted();
    const second = await submitted('二', 's2');
    await merge(office, await placed(second, { epoch: 'f'.repeat(16), sequence: 1, previous: null }, 'new.json'));
    await merge(office, second);
    expect(await alarms()).toMatchObject([{ kind: 'return' }]);
    expect((await readFile(second)).length).toBeGreaterThan(0);
  });
});
