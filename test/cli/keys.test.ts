// Keys by commands: enrolment before anything comes, revocation from a package on, rotation, protection, recovery.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { hyoka, hyokaJson, type Json, joinAs } from './town.ts';

const UNIT = '環境課';
let folder: string;
let packages: string[];
const at = (...names: string[]) => path.join(folder, ...names);
const ask = async (...args: string[]): Promise<Json> => {
  const { value } = await hyokaJson(...args);
  if (value.problem || value.usage) throw new Error(JSON.stringify(value));
  return value;
};
const code = async (...args: string[]) => (await hyokaJson(...args)).value.problem?.code;
const hand = async (raw: string) => {
  await ask('set', at('d'), '--sheet', '1', `意図=${raw}`);
  return (await ask('submit', at('d'), '--out', at('in'), '--incomplete')).file;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-keys-'));
  await writeFile(at('sheets.csv'), `施策番号,施策名,主管課\n1,川辺の清掃,${UNIT}\n`);
  await writeFile(at('recovery.txt'), 'なつのあさ ラジオ体操\n');
  await writeFile(at('other.txt'), 'ふゆのよる ラジオ体操\n');
  await writeFile(at('pass.txt'), 'まもる合い言葉\n');
  await ask(
    'create',
    at('o'),
    '--office',
    '企画課',
    '--form',
    'memuro-shisaku',
    '--year',
    '2022',
    '--station',
    '係長席',
  );
  await ask('assign', at('o'), at('sheets.csv'));
  packages = (await ask('distribute', at('o'), '--out', at('out'))).packages.map((p: Json) => p.file);
  await joinAs(at('o'), at('d'), packages[0] ?? '', '--station', '窓口');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a workstation is expected, counts when it comes, and is revoked from a package on', async () => {
  const { print } = (await ask('status', at('d'))).workspace;
  const expected = await ask('trust', at('o'), '--expect', print, '--unit', UNIT, '--station', '窓口');
  expect(expected.signer).toMatchObject({ state: 'expected', station: '窓口' });
  expect((await hyoka('trust', at('o'), '--list')).stdout).toContain('到着待ち');
  for (const raw of ['一', '二', '三']) {
    expect((await ask('merge', at('o'), await hand(raw))).packages[0].outcome).toBe('applied');
  }
  const kept = (await ask('trust', at('o'), '--packages', print)).packages;
  const { after } = await ask('trust', at('o'), '--revoke', print, '--from', kept[1].hash);
  expect(after.map((p: Json) => [p.sequence, p.sheets])).toEqual([
    [2, ['1']],
    [3, ['1']],
  ]);
  const late = await hyokaJson('merge', at('o'), await hand('四'));
  expect([late.exit, late.value.packages[0].reason]).toEqual([1, 'signer.revoked']);
  expect((await hyoka('trust', at('o'))).stdout).toContain('信用しない分 2件');
  await ask('trust', at('o'), '--accept', print, '--unit', UNIT);
  for (const wrong of [
    ['--from', 'all'],
    ['--station', 'x'],
    ['--accept', print, '--expect', print, '--unit', UNIT],
  ]) {
    expect((await hyoka('trust', at('o'), ...wrong)).exit).toBe(2);
  }
});

test('the key is rotated and told, protected, lost and recovered', async () => {
  const before = (await ask('status', at('d'))).workspace.print;
  const { print } = await ask('key', at('d'), '--rotate');
  expect(print).not.toBe(before);
  const told = await hyoka('merge', at('o'), await hand('五'));
  expect(told.stdout).toContain('鍵の交替');
  const recovery = ['--recovery-passphrase-file', at('recovery.txt')];
  const write = ['recovery', at('d'), '--write', at('r.json'), ...recovery];
  expect(await code(...write, '--again-file', at('other.txt'))).toBe('recovery.unproven');
  expect((await ask(...write)).recoveryAt).toMatch(/^\d{4}/);
  // npm runs its scripts elsewhere: what is told is where the file lies.
  vi.stubEnv('npm_lifecycle_event', 'hyoka');
  vi.stubEnv('INIT_CWD', folder);
  expect((await ask('recovery', at('d'), '--write', 'second.json', ...recovery)).file).toBe(at('second.json'));
  vi.unstubAllEnvs();
  const sealed = await ask('submit', at('d'), '--out', at('sealed'), '--incomplete', '--seal');
  const with_ = ['--recovery', at('r.json'), ...recovery];
  expect(await ask('inspect', sealed.file, ...with_)).toMatchObject({ verified: true, kind: 'submission' });
  expect((await hyokaJson('inspect', sealed.file)).value).toMatchObject({ verified: false, reason: 'package.sealed' });
  expect(
    await code(
      'merge',
      at('d'),
      sealed.file,
      '--recovery',
      at('r.json'),
      '--recovery-passphrase-file',
      at('other.txt'),
    ),
  ).toBe('key.wrong');
  await ask('key', at('d'), '--protect', at('pass.txt'));
  expect(await code('submit', at('d'), '--out', at('in'), '--incomplete')).toBe('key.locked');
  expect((await readFile(at('d.hyoka'))).includes('"open":')).toBe(false);
  const open = ['recovery', at('d'), '--open', at('r.json')];
  expect(await code(...open, '--recovery-passphrase-file', at('other.txt'))).toBe('key.wrong');
  expect((await ask(...open, ...recovery, '--passphrase-file', at('other.txt'))).print).toBe(print);
  await ask('submit', at('d'), '--out', at('in'), '--incomplete', '--passphrase-file', at('other.txt'));
  await joinAs(at('o'), at('fresh'), packages[0] ?? '', '--recovery', at('r.json'), ...recovery);
  expect((await ask('status', at('fresh'))).workspace.print).toBe(print);
  expect((await hyoka('key', at('d'))).exit).toBe(2);
});
