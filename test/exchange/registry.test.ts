// The registry of keys: enrolment by digits, also before anything came, and revocation from a package on.
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { newKeyPair } from '../../electron/core/exchange/crypto.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession } from '../../electron/core/session.ts';
import { setSigner, signersOf } from '../../electron/core/store/signers.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
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

const UNIT = '商工観光課';

let world: World;
let office: Workspace;
let handed: Record<string, string>;
let tourism: Workspace;
let print: string;

beforeEach(async () => {
  const made = await makeWorld();
  world = made;
  onTestFinished(() => made.close());
  office = await makeOffice(world);
  handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed[UNIT] ?? '', 'tourism.hyoka');
  print = (await tourism.ask('workspace.view', {})).print;
});

async function hand(who: Workspace, raw: string, only?: string): Promise<string> {
  await who.ask('cell.set', { sheet: only ?? '2-2', cells: [{ cell: '意図', raw }] });
  return submitSheets(world, who, 'in', only === undefined ? undefined : [only]);
}
const signers = async (who = office) => (await who.ask('signer.list', {})).signers;
const outcomeOf = async (who: Workspace, file: string) => {
  const [result] = await merge(who, file);
  return [result?.outcome, result?.reason?.code];
};

describe('enrolment', () => {
  test('digits typed before anything came: waited for, and counting as soon as something arrives', async () => {
    const spaced = print.replace(/(.{5})/g, '$1-');
    const waiting = await office.ask('signer.expect', { print: spaced, unit: UNIT, station: ' 窓口１番 ' });
    expect(waiting).toMatchObject({ print, unit: UNIT, station: '窓口１番', state: 'expected', packages: 0 });
    expect(await outcomeOf(office, await hand(tourism, '一'))).toEqual(['applied', undefined]);
    expect(await signers()).toMatchObject([{ print, station: '窓口１番', state: 'trusted', packages: 1 }]);
  });

  test('a plan changes nothing of it', async () => {
    await office.ask('signer.expect', { print, unit: UNIT });
    const file = await hand(tourism, '一');
    await office.ask('package.plan', { files: [office.offer(file)] });
    expect(await signers()).toMatchObject([{ state: 'expected' }]);
  });

  test('T18: one digit off, two groups swapped: nothing of the true key counts', async () => {
    const file = await hand(tourism, '一');
    const groups = print.match(/.{5}/g) ?? [];
    const similar = [
      print.replace(/\d$/, (last) => String((Number(last) + 1) % 10)),
      [groups[1], groups[0], ...groups.slice(2)].join(''),
    ];
    for (const digits of similar) {
      expect((await office.ask('signer.expect', { print: digits, unit: UNIT })).state).toBe('expected');
      expect(await outcomeOf(office, file)).toEqual(['quarantined', 'signer.unknown']);
      expect((await office.problem('signer.accept', { print: digits, unit: UNIT })).code).toBe('signer.unseen');
    }
    for (const digits of [print.slice(1), `${print}1`, `${print.slice(1)}x`]) {
      expect((await office.problem('signer.expect', { print: digits, unit: UNIT })).code).toBe('print.incomplete');
    }
    expect((await office.problem('signer.expect', { print, unit: 'ない課' })).code).toBe('unit.unknown');
  });

  test('a department has many workstations, told apart by their names', async () => {
    const second = await joinDepartment(world, handed[UNIT] ?? '', 'second.hyoka');
    const other = (await second.ask('workspace.view', {})).print;
    await office.ask('signer.expect', { print, unit: UNIT, station: '窓口' });
    await office.ask('signer.expect', { print: other, unit: UNIT, station: '係長席' });
    for (const who of [tourism, second]) expect((await outcomeOf(office, await hand(who, 'あ')))[0]).toBe('applied');
    expect((await signers()).map(({ station }) => station).sort()).toEqual(['係長席', '窓口']);
  });

  test('T3, T19: a low-order key, a key of another print, another key under a print: refused at enrolment', async () => {
    await trustAfter(await hand(tourism, '一'));
    await office.app.close();
    const session = await openSession(systemPorts(), office.file, undefined);
    const entry = { unit: UNIT, station: '', state: 'trusted', bound: null, follows: null } as const;
    const codeOf = (key: { print: string; publicKey: string }) => {
      try {
        session.store.write((db) => setSigner(db, { ...entry, ...key }, '2022-07-01T00:00:00.000Z'));
      } catch (error) {
        return error instanceof ProblemError ? error.problem.code : String(error);
      }
    };
    const low = ['00'.repeat(32), `01${'00'.repeat(31)}`, `ec${'ff'.repeat(30)}7f`];
    for (const hex of low) {
      const publicKey = Buffer.from(hex, 'hex').toString('base64');
      expect(codeOf({ print: '1'.repeat(30), publicKey })).toBe('key.unsound');
    }
    const { publicKey } = newKeyPair();
    expect(codeOf({ print: '1'.repeat(30), publicKey })).toBe('key.unsound');
    expect(codeOf({ print, publicKey })).toBe('signer.changed');
    expect(session.store.read(signersOf)).toHaveLength(1);
    session.store.close();
  });
});

async function trustAfter(file: string): Promise<void> {
  await merge(office, file);
  await trust(office, tourism);
  await merge(office, file);
}

describe('revocation', () => {
  let files: string[];
  beforeEach(async () => {
    files = [];
    for (const raw of ['一', '二', '三', '四']) files.push(await hand(tourism, raw));
    await office.ask('signer.expect', { print, unit: UNIT });
  });

  test('from a package on: what came after is listed before and after, nothing of it is lost', async () => {
    await merge(office, ...files);
    const { packages } = await office.ask('signer.packages', { print });
    expect(packages.map(({ sequence, sheets }) => [sequence, sheets])).toEqual(
      [1, 2, 3, 4].map((sequence) => [sequence, ['2-1', '2-2']]),
    );
    const from = { hash: packages[2]?.hash ?? '' };
    const before = await office.ask('signer.after', { print, from });
    expect(before.packages.map(({ sequence }) => sequence)).toEqual([3, 4]);
    expect(await signers()).toMatchObject([{ state: 'trusted' }]);
    const { signer, after } = await office.ask('signer.revoke', { print, from });
    expect([signer.state, signer.after]).toEqual(['revoked', 2]);
    expect(after).toEqual(before.packages);
    expect(await outcomeOf(office, files[3] ?? '')).toEqual(['refused', 'signer.revoked']);
    expect(await outcomeOf(office, files[0] ?? '')).toEqual(['duplicate', undefined]);
    expect((await office.problem('signer.revoke', { print, from: { hash: 'f'.repeat(64) } })).code).toBe(
      'signer.unseen',
    );
  });

  test('all of it, or only what is still to come', async () => {
    await merge(office, ...files.slice(0, 2));
    expect((await office.ask('signer.after', { print, from: 'all' })).packages).toHaveLength(2);
    expect((await office.ask('signer.after', { print, from: 'next' })).packages).toHaveLength(0);
    await office.ask('signer.revoke', { print });
    expect(await outcomeOf(office, files[2] ?? '')).toEqual(['refused', 'signer.revoked']);
    expect((await office.ask('signer.revoke', { print, from: 'all' })).after).toHaveLength(2);
  });

  test('a late package inside the bound counts only if one that counts names it as gone before', async () => {
    await merge(office, files[0] ?? '', files[2] ?? '', files[3] ?? '');
    const { packages } = await office.ask('signer.packages', { print });
    const fourth = packages.find(({ sequence }) => sequence === 4);
    await office.ask('signer.revoke', { print, from: { hash: fourth?.hash ?? '' } });
    // The third names the second; nothing names what somebody makes with the key in the second's place.
    expect((await outcomeOf(office, files[1] ?? ''))[0]).not.toMatch(/refused|quarantined/);

    const again = await joinDepartment(world, handed[UNIT] ?? '', 'again.hyoka');
    const { print: other } = await again.ask('workspace.view', {});
    const more = [await hand(again, '甲', '2-1'), await hand(again, '乙', '2-1'), await hand(again, '丙', '2-2')];
    await office.ask('signer.expect', { print: other, unit: UNIT });
    await merge(office, more[2] ?? '');
    await office.ask('signer.revoke', { print: other });
    expect(await outcomeOf(office, more[0] ?? '')).toEqual(['quarantined', 'signer.unproven']);
    expect((await outcomeOf(office, more[1] ?? ''))[0]).not.toMatch(/refused|quarantined/);
    const retried = (await office.ask('package.merge', { files: [] })).packages;
    expect(retried.map(({ outcome }) => outcome)).not.toContain('quarantined');
  });

  test('a key that was revoked is trusted again by typing its digits anew', async () => {
    await merge(office, files[0] ?? '');
    await office.ask('signer.revoke', { print, from: 'all' });
    expect(await outcomeOf(office, files[1] ?? '')).toEqual(['refused', 'signer.revoked']);
    expect((await office.ask('signer.accept', { print, unit: UNIT })).state).toBe('trusted');
    expect(await outcomeOf(office, files[1] ?? '')).toEqual(['applied', undefined]);
  });

  test('the department hears of its workstations, and that this one was revoked', async () => {
    const second = await joinDepartment(world, handed[UNIT] ?? '', 'second.hyoka');
    expect((await tourism.ask('signer.list', {})).stations).toEqual([]);
    expect((await tourism.ask('workspace.view', {})).standing).toBeNull();
    await office.ask('signer.expect', { print, unit: UNIT, station: '窓口' });
    await merge(office, files[0] ?? '');
    const first = (await distributeAll(world, office, 'second'))[UNIT] ?? '';
    await office.ask('signer.revoke', { print });
    const later = (await distributeAll(world, office, 'third'))[UNIT] ?? '';

    await merge(tourism, later);
    expect((await tourism.ask('signer.list', {})).stations).toEqual([
      { print, station: '窓口', state: 'revoked', isThis: true },
    ]);
    expect((await tourism.ask('workspace.view', {})).standing).toBe('revoked');
    // An older word of the office takes nothing back.
    await merge(tourism, first);
    expect((await tourism.ask('workspace.view', {})).standing).toBe('revoked');
    await merge(second, first);
    expect((await second.ask('signer.list', {})).stations).toMatchObject([{ state: 'trusted', isThis: false }]);
    expect((await second.ask('workspace.view', {})).standing).toBeNull();
    expect(await readFile(later)).not.toHaveLength(0);
  });
});
