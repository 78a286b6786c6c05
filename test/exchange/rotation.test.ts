// A new key takes another's place: followed only from a trusted one, told, and the same in whatever order packages come.
import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KeyPair, newKeyPair, printOf } from '../../electron/core/exchange/crypto.ts';
import { openEnvelope, sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import { signRotation } from '../../electron/core/exchange/lineage.ts';
import { applyPackage } from '../../electron/core/exchange/receive.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession, type Session } from '../../electron/core/session.ts';
import { allReceived } from '../../electron/core/store/ledger.ts';
import { loadSheets } from '../../electron/core/store/sheets.ts';
import { rotationOf, signersOf } from '../../electron/core/store/signers.ts';
import type { Distribution, Submission } from '../../shared/package/payload.ts';
import type { Rotation } from '../../shared/package/trust.ts';
import { keyOf, payloadIn, resigned } from '../core/forge.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  type Workspace,
  type World,
} from '../core/world.ts';

let world: World;
let office: Workspace;
let tourism: Workspace;
/** Two of the first key, two of the second, one of the third. */
let packages: { name: string; bytes: Buffer }[];
let prints: string[];

const type = (who: Workspace, sheet: string, cell: string, raw: string) =>
  who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const printOfOwn = async (who: Workspace) => (await who.ask('workspace.view', {})).print;

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  const files: string[] = [];
  prints = [await printOfOwn(tourism)];
  const hand = async (cell: string, raw: string) => {
    await type(tourism, '2-2', cell, raw);
    files.push(await submitSheets(world, tourism, 'in'));
  };
  const rotate = async () => prints.push((await tourism.ask('key.rotate', {})).print);
  await hand('意図', '一つめの鍵の一');
  await hand('対象', '一つめの鍵の二');
  await rotate();
  await hand('意図', '二つめの鍵の一');
  await hand('結果', '二つめの鍵の二');
  await rotate();
  await hand('対象', '三つめの鍵の一');
  packages = await Promise.all(files.map(async (name) => ({ name, bytes: await readFile(name) })));
  // Only the first key is ever typed at the office.
  await office.ask('signer.expect', { print: prints[0] ?? '', unit: '商工観光課', station: '窓口１番' });
});
afterAll(() => world.close());

const payloadOf = (index: number) => openEnvelope(packages[index]?.bytes ?? Buffer.alloc(0)).payload as Submission;

async function inOffice<T>(work: (session: Session) => T): Promise<T> {
  await office.app.close();
  const session = await openSession(systemPorts(), office.file, undefined);
  try {
    return work(session);
  } finally {
    session.store.close();
    await office.ask('workspace.open', { file: office.offer(office.file) });
  }
}

test('every package of a new key carries how it follows, and where the sequence of the old one ended', () => {
  expect([0, 2, 4].map((index) => payloadOf(index).lineage.length)).toEqual([0, 1, 2]);
  const [first, second, third] = [payloadOf(1), payloadOf(2), payloadOf(4)];
  expect(new Set([first.epoch, second.epoch, third.epoch]).size).toBe(3);
  expect([second.sequence, second.previous]).toEqual([1, null]);
  expect(second.lineage[0]?.statement.limit).toEqual([{ epoch: first.epoch, sequence: 2 }]);
  expect(second.seen.find(({ print }) => print === prints[0])).toMatchObject({ epoch: first.epoch, sequence: 2 });
});

describe('any order of old and new packages ends the same', () => {
  const ending = (session: Session, order: readonly number[]) =>
    session.store.rehearse((db) => {
      const told = order.map((index) => {
        const { name = '', bytes = Buffer.alloc(0) } = packages[index] ?? {};
        return applyPackage(db, session, name, bytes, '2022-07-01T00:00:00.000Z');
      });
      const signers = signersOf(db).map(({ print, state, bound, follows, station }) => ({
        key: prints.indexOf(print),
        state,
        bound,
        follows: follows && prints.indexOf(follows),
        station,
      }));
      return {
        told,
        state: JSON.stringify({
          standing: loadSheets(db).map((sheet) => [sheet.number, sheet.standing, sheet.assignment]),
          signers: signers.sort((a, b) => a.key - b.key),
        }),
      };
    });

  test('all 120 orders, and every subset that ends with the same packages', () =>
    inOffice((session) => {
      const wanted = ending(session, [0, 1, 2, 3, 4]);
      const states: { key: number; state: string; station: string }[] = JSON.parse(wanted.state).signers;
      expect(states.map(({ state }) => state)).toEqual(['retired', 'retired', 'trusted']);
      expect(states.map(({ station }) => station)).toEqual(['窓口１番', '窓口１番', '窓口１番']);
      expect(wanted.told.map(({ outcome }) => outcome)).toEqual(Array(5).fill('applied'));
      const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
      fc.assert(
        fc.property(orders, fc.array(fc.nat({ max: 4 }), { maxLength: 3 }), (order, again) => {
          expect(ending(session, [...order, ...again]).state).toBe(wanted.state);
        }),
        { numRuns: 120, seed: 4 },
      );
      fc.assert(
        fc.property(fc.subarray([0, 1, 2, 3, 4], { minLength: 2 }), fc.nat(), (some, seed) => {
          const turned = [...some.slice(seed % some.length), ...some.slice(0, seed % some.length)].reverse();
          expect(ending(session, turned).state).toBe(ending(session, some).state);
        }),
        { numRuns: 60, seed: 4 },
      );
    }));

  test('a key never changes silently: the result names both keys, once', () =>
    inOffice((session) => {
      const changes = (order: readonly number[]) =>
        ending(session, order).told.map(({ succession = [] }) =>
          succession.map(({ from, to }) => [prints.indexOf(from), prints.indexOf(to)]),
        );
      expect(changes([0, 2, 3])).toEqual([[], [[0, 1]], []]);
      expect(changes([4, 2, 0])).toEqual([
        [
          [0, 1],
          [1, 2],
        ],
        [],
        [],
      ]);
    }));

  test('T19: a new key without a lineage is an unknown one, whatever it calls itself', async () => {
    const stranger = newKeyPair();
    const forged = { ...payloadOf(2), lineage: [] };
    forged.sender = { ...forged.sender, publicKey: stranger.publicKey, print: printOf(stranger.publicKey) };
    const file = await world.write('stranger.json', sealEnvelope('submission', forged, stranger));
    expect((await merge(office, file))[0]?.reason?.code).toBe('signer.unknown');
  });
});

describe('a lineage that does not hold', () => {
  let keys: KeyPair[];
  const rotation = (from: KeyPair, to: KeyPair, change: Partial<Rotation['statement']> = {}): Rotation =>
    signRotation(
      {
        format: 'hyoka-rotation/1',
        office: payloadOf(2).office.print,
        unit: '商工観光課',
        from: from.publicKey,
        to: to.publicKey,
        limit: [],
        at: '2022-07-01T00:00:00.000Z',
        ...change,
      },
      from,
    );

  /** A package of `key` with this lineage; the first of `keys` is trusted at the office. */
  async function refusal(lineage: Rotation[], key: KeyPair): Promise<string | undefined> {
    const payload = structuredClone(payloadOf(0));
    Object.assign(payload, { lineage, epoch: 'e'.repeat(16), sequence: 1, previous: null });
    Object.assign(payload.sender, { publicKey: key.publicKey, print: printOf(key.publicKey) });
    return inOffice((session) => {
      const bytes = sealEnvelope('submission', payload, key);
      const before = session.store.read((db) => JSON.stringify([signersOf(db), allReceived(db)]));
      const code = session.store.rehearse((db) => {
        const { outcome, reason } = applyPackage(db, session, 'forged.json', bytes, '2022-07-01T00:00:00.000Z');
        const kept = JSON.stringify([signersOf(db), allReceived(db)]);
        if (outcome === 'refused') expect(kept).toBe(before);
        return reason ? reason.code : 'applied';
      });
      return code;
    });
  }

  beforeAll(async () => {
    keys = Array.from({ length: 24 }, newKeyPair);
    await office.ask('signer.expect', { print: printOf(keys[0]?.publicKey ?? ''), unit: '商工観光課' });
  });

  const key = (index: number): KeyPair => keys[index] ?? newKeyPair();
  const chain = (length: number) => Array.from({ length }, (_, index) => rotation(key(index), key(index + 1)));

  test('is followed when it holds, up to the longest', async () => {
    expect(await refusal(chain(1), key(1))).toBe('applied');
    expect(await refusal(chain(20), key(20))).toBe('applied');
  });

  test('broken: another signature, a statement changed afterwards, a missing link, another key at its end', async () => {
    const [one] = chain(1);
    if (!one) throw new Error('no statement');
    const stolen = { ...one, signature: rotation(key(5), key(1)).signature };
    const changed = { ...one, statement: { ...one.statement, at: '2022-08-01T00:00:00.000Z' } };
    const widened = { ...one, statement: { ...one.statement, limit: [{ epoch: 'f'.repeat(16), sequence: 9 }] } };
    for (const lineage of [[stolen], [changed], [widened]]) {
      expect(await refusal(lineage, key(1))).toBe('lineage.broken');
    }
    expect(await refusal([rotation(key(0), key(1)), rotation(key(2), key(3))], key(3))).toBe('lineage.broken');
    expect(await refusal(chain(1), key(2))).toBe('lineage.broken');
    const low = Buffer.alloc(32, 0);
    const lowOrder = rotation(key(0), { publicKey: low.toString('base64'), privateKey: '' });
    expect(await refusal([lowOrder], key(1))).toBe('lineage.broken');
  });

  test('foreign, circular, too long, re-dated: each refused by its own name', async () => {
    expect(await refusal([rotation(key(0), key(1), { unit: '社会教育課' })], key(1))).toBe('lineage.foreign');
    expect(await refusal([rotation(key(0), key(1), { office: '1'.repeat(30) })], key(1))).toBe('lineage.foreign');
    const back = [rotation(key(0), key(1)), rotation(key(1), key(0))];
    expect(await refusal(back, key(0))).toBe('lineage.circular');
    expect(await refusal([rotation(key(0), key(0))], key(0))).toBe('lineage.circular');
    expect(await refusal(chain(21), key(21))).toBe('lineage.long');

    const file = await world.write('second.json', packages[2]?.bytes ?? '');
    expect((await merge(office, file))[0]?.outcome).toBe('applied');
    const own = await tourismKeys();
    const [known] = payloadOf(2).lineage;
    if (!own || !known) throw new Error('no key');
    const { limit, at } = known.statement;
    const redated = rotation(own, key(9), { limit, at });
    expect(await refusal([redated], key(9))).toBe('lineage.redated');
    const held = await inOffice((session) => session.store.read((db) => rotationOf(db, prints[0] ?? '')));
    expect(held).toEqual(known);
  });

  /** The first key of the department, which its file still keeps. */
  async function tourismKeys(): Promise<KeyPair | undefined> {
    await tourism.app.close();
    const session = await openSession(systemPorts(), tourism.file, undefined);
    const found = session.former[0];
    session.store.close();
    await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
    return found;
  }

  test('from a key that nobody typed it leads nowhere; from a revoked one neither', async () => {
    expect(await refusal([rotation(key(7), key(8))], key(8))).toBe('signer.unknown');
    await office.ask('signer.revoke', { print: printOf(key(0).publicKey), from: 'all' });
    expect(await refusal(chain(1), key(1))).toBe('signer.revoked');
    await office.ask('signer.expect', { print: printOf(key(0).publicKey), unit: '商工観光課' });
    expect(await refusal(chain(1), key(1))).toBe('applied');
  });

  test('what the old key makes after it handed its place on is refused', async () => {
    const own = await tourismKeys();
    if (!own) throw new Error('no key');
    const late = structuredClone(payloadOf(1));
    Object.assign(late, { sequence: 3, previous: 'a'.repeat(64) });
    const file = await world.write('late.json', sealEnvelope('submission', late, own));
    expect((await merge(office, file))[0]).toMatchObject({ outcome: 'refused', reason: { code: 'signer.retired' } });
  });
});

test('the office’s key is followed by departments too; what they address to the old one still arrives', async () => {
  const handed = await distributeAll(world, office, 'before');
  const library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  const founding = await printOfOwn(office);
  await office.ask('key.rotate', {});
  const current = await printOfOwn(office);
  expect(current).not.toBe(founding);
  const early = await submitSheets(world, library, 'early', ['1-1']);
  await office.ask('signer.expect', { print: await printOfOwn(library), unit: '社会教育課' });
  expect((await merge(office, early))[0]?.outcome).toBe('applied');

  const again = await distributeAll(world, office, 'after');
  const [taken] = await merge(library, again.社会教育課 ?? '');
  expect(taken).toMatchObject({ outcome: 'applied', succession: [{ from: founding, to: current }] });
  const { signers } = await library.ask('signer.list', {});
  expect(Object.fromEntries(signers.map(({ print, state }) => [print, state]))).toEqual({
    [founding]: 'retired',
    [current]: 'trusted',
  });
  const answer = openEnvelope(await readFile(await submitSheets(world, library, 'answer', ['1-1'])));
  expect((answer.payload as Submission).recipient.print).toBe(current);
  expect((answer.payload as Submission).office.print).toBe(founding);

  const late = await joinDepartment(world, again.商工観光課 ?? '', 'late.hyoka', current);
  expect((await late.ask('workspace.view', {})).office).toBe('企画財政課');
});

test('P32 a statement’s bound is that of all recipients; the new key’s packages end it where this one’s sequence ended', async () => {
  const own = await makeOffice(world, 'bound.hyoka');
  const first = await distributeAll(world, own, 'bound-1');
  const library = await joinDepartment(world, first.社会教育課 ?? '', 'bound-library.hyoka');
  const there = await joinDepartment(world, first.商工観光課 ?? '', 'bound-tourism.hyoka');
  // The other department is sent more in the same epoch.
  for (const folder of ['bound-2', 'bound-3']) {
    await own.ask('package.distribute', { folder: own.offer(world.at(folder)), sheets: ['2-2'] });
  }
  const old = keyOf(own);
  const forged = async (sequence: number) => {
    const payload = await payloadIn<Distribution>(first.社会教育課 ?? '');
    Object.assign(payload, { sequence, previous: null, at: '2030-01-01T00:00:00.000Z' });
    return world.write(`forged-${sequence}.json`, resigned(payload, old));
  };
  await own.ask('key.rotate', {});
  const next = await distributeAll(world, own, 'bound-4');
  for (const [who, name] of [
    [library, '社会教育課'],
    [there, '商工観光課'],
  ] as const) {
    expect((await merge(who, next[name] ?? ''))[0]?.outcome).toBe('applied');
  }
  // Within what the old key sent to somebody, and beyond what it sent here.
  for (const sequence of [2, 3]) {
    expect((await merge(library, await forged(sequence)))[0]).toMatchObject({
      outcome: 'refused',
      reason: { code: 'signer.retired' },
    });
  }
  // What was really sent and comes late is taken.
  const [late] = (await readdir(world.at('bound-2'))).filter((name) => name.startsWith('D'));
  expect((await merge(there, world.at('bound-2', late ?? '')))[0]?.outcome).toMatch(/applied|stale/);
});

test('P28 what was seen is told of the recipient’s keys alone, however many others have sent', async () => {
  const own = await makeOffice(world, 'many.hyoka');
  const handed = await distributeAll(world, own, 'many-1');
  const library = await joinDepartment(world, handed.社会教育課 ?? '', 'many-library.hyoka');
  await own.ask('signer.expect', { print: await printOfOwn(library), unit: '社会教育課' });
  const file = await submitSheets(world, library, 'many-in', ['1-1']);
  expect((await merge(own, file))[0]?.outcome).toBe('applied');
  await own.app.close();
  const session = await openSession(systemPorts(), own.file, undefined);
  session.store.write((db) => {
    db.run(
      `INSERT INTO received (payload, outcome, kind, print, public_key, unit, station, epoch, sequence, made_at,
         received_at, file, sheets)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
       SELECT printf('%064d', i), 'applied', 'submission', printf('%030d', i), '', '商工観光課', '', printf('%016d', i),
         1, '', '', '', '[]' FROM n`,
    );
    for (let at = 1; at <= 300; at += 1) {
      db.run(
        `INSERT INTO signer (print, unit, station, state, at) VALUES (printf('%030d', ?), '商工観光課', '', 'trusted', '')`,
        at,
      );
    }
  });
  session.store.close();
  await own.ask('workspace.open', { file: own.offer(own.file) });
  const again = await distributeAll(world, own, 'many-2');
  const { seen } = await payloadIn<Distribution>(again.社会教育課 ?? '');
  expect(seen.map(({ print, sequence }) => [print, sequence])).toEqual([[await printOfOwn(library), 1]]);
  expect((await payloadIn<Distribution>(again.商工観光課 ?? '')).seen).toHaveLength(100);
});

test('what the office says with its new key stands, whichever of its packages a department hears first', async () => {
  const assign = async (name: string, units: string) => {
    const table = await world.write(`${name}.csv`, `施策番号,施策名,主管課\n1-1,${name},${units}\n`);
    await office.ask('assignment.import', { file: office.offer(table) });
  };
  const first = (await distributeAll(world, office, 'turn-0')).社会教育課 ?? '';
  await assign('図書館の古い名前', '社会教育課');
  const old = (await distributeAll(world, office, 'turn-1')).社会教育課 ?? '';
  await office.ask('key.rotate', {});
  await assign('図書館の新しい名前', '社会教育課、商工観光課');
  const next = (await distributeAll(world, office, 'turn-2')).社会教育課 ?? '';
  const endings = [];
  for (const [name, order] of Object.entries({ a: [old, next], b: [next, old], c: [next, old, next, old] })) {
    const department = await joinDepartment(world, first, `turn-${name}.hyoka`);
    for (const file of order) await merge(department, file);
    const { sheets } = await department.ask('sheet.list', {});
    endings.push(sheets.map((sheet) => [sheet.number, sheet.name, sheet.units]));
  }
  expect(endings[0]).toContainEqual(['1-1', '図書館の新しい名前', ['社会教育課', '商工観光課']]);
  expect(endings[1]).toEqual(endings[0]);
  expect(endings[2]).toEqual(endings[0]);
});
