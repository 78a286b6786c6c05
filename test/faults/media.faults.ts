// Real media that fail: a file system that is full or read-only. Needs root to mount them on Linux.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { distributeAll, joinDepartment, makeOffice, makeWorld, type Workspace, type World } from '../core/world.ts';

const stick = '/run/media/hyoka-test/USB-07';
const run = (command: string, ...words: string[]) => execFileSync(command, words, { stdio: 'pipe' });

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} is not Linux`;
  if (process.getuid?.() !== 0) return 'not root';
  try {
    mkdirSync(stick, { recursive: true });
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', stick);
    run('umount', stick);
    return undefined;
  } catch (error) {
    return `cannot mount: ${error}`;
  }
}
const reason = whyNot();
if (reason !== undefined) console.warn(`SKIPPED: faults of real media are not shown here (${reason})`);

describe.skipIf(reason !== undefined)('a stick', () => {
  let world: World;
  let tourism: Workspace;
  beforeEach(async () => {
    mkdirSync(stick, { recursive: true });
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', stick);
    world = await makeWorld();
    const office = await makeOffice(world);
    const handed = await distributeAll(world, office, 'handed');
    tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  });
  afterEach(async () => {
    await world.close();
    run('umount', stick);
    rmSync(path.dirname(stick), { recursive: true, force: true });
  });

  const submit = () =>
    tourism.app.call('package.submit', { folder: tourism.offer(path.join(stick, '提出')), incomplete: true });

  test('is known as one by where it stands, and what goes there is sealed', async () => {
    expect(await systemPorts().files.placeOf(stick)).toEqual({ kind: 'removable', volume: 'USB-07' });
    const reply = await submit();
    expect(reply).toMatchObject({ ok: true, value: { place: { kind: 'removable', volume: 'USB-07' } } });
    const [file = ''] = readdirSync(path.join(stick, '提出'));
    expect(file).toMatch(/\.hyoka\.age$/);
    expect((await readFile(path.join(stick, '提出', file))).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
  });

  test('that is full is told as full; nothing stands under any name, and the package goes out whole later (F18, F22)', async () => {
    const filler = path.join(stick, 'filler');
    writeFileSync(filler, Buffer.alloc(62 * 1024));
    const reply = await submit();
    expect(reply).toMatchObject({
      ok: false,
      problem: { code: 'file.unwritable', details: { reason: '空き容量が足りない' } },
    });
    expect(readdirSync(path.join(stick, '提出'))).toEqual([]);
    const { entries, unwritten } = await tourism.ask('register.list', {});
    expect(entries).toEqual([]);
    rmSync(filler);
    const input = { hash: unwritten[0]?.hash ?? '', folder: tourism.offer(path.join(stick, '提出')) };
    const { packages } = await tourism.ask('package.rewrite', input);
    expect(packages[0]?.sequence).toBe(1);
    expect(readdirSync(path.join(stick, '提出'))).toEqual([packages[0]?.file]);
  });

  test('that fills up while a file is streamed to it keeps the older file, and no part of the new one (F18)', async () => {
    const target = path.join(stick, '一覧.xlsx');
    writeFileSync(target, 'older');
    const endless = async function* () {
      for (;;) yield Buffer.alloc(8 * 1024, 'x');
    };
    await expect(systemPorts().files.stream(target, endless(), { replace: true })).rejects.toMatchObject({
      problem: { code: 'file.unwritable', details: { reason: '空き容量が足りない' } },
    });
    expect(readdirSync(stick)).toEqual(['一覧.xlsx']);
    expect(await readFile(target, 'utf8')).toBe('older');
  });

  test('that may not be written to is told as that (F18)', async () => {
    run('mount', '-o', 'remount,ro', stick);
    expect(await submit()).toMatchObject({
      ok: false,
      problem: { code: 'file.unwritable', details: { reason: '書き込み禁止' } },
    });
    expect((await tourism.ask('register.list', {})).entries).toEqual([]);
  });
});
