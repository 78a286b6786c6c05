// The process is killed at each of its calls to the system that changes the disk, and the work is done again (F19, F23).
// strace kills it; where strace is not there (or may not trace), this says so and skips.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const main = path.resolve(import.meta.dirname, '../../electron/cli/main.ts');
/** One helping thread, so that the nth call is the same one in every run. */
const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
type Place = { file: string; folder: string };
const HOURS = 3_600_000;
const CHANGING = ['pwrite64', 'write', 'fdatasync', 'fsync', 'rename', 'ftruncate', 'unlink', 'mkdir'];

const traced = (options: string[], ...words: string[]) =>
  spawnSync('strace', ['-f', '-qq', ...options, process.execPath, main, ...words], { env, encoding: 'utf8' });
const hyoka = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words, '--json'], { env, encoding: 'utf8' });
  return { status, value: JSON.parse(stdout || '{}'), stderr };
};

const isThere = spawnSync('strace', ['-qq', 'true']).status === 0;
if (!isThere) console.warn('SKIPPED: strace is not here or may not trace; killing at each system call is not shown');

describe.skipIf(!isThere)('killed at each system call', () => {
  let world: World;
  let submission: string;
  let office: string;
  let department: string;

  beforeAll(async () => {
    world = await makeWorld();
    const planning = await makeOffice(world);
    const handed = await distributeAll(world, planning, 'handed');
    const tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'department.hyoka');
    await merge(planning, await submitSheets(world, tourism, 'first'));
    await trust(planning, tourism);
    [office, department] = [planning.file, tourism.file];
    await Promise.all([planning.app.close(), tourism.app.close()]);
    expect(hyoka('set', department, '--sheet', '2-2', '意図=花を植える').status).toBe(0);
    // The story starts from here: what is killed has this to hand in, and this to take in.
    cpSync(department, world.at('handed-in.hyoka'));
    const { status } = hyoka('submit', world.at('handed-in.hyoka'), '--out', world.at('second'), '--incomplete');
    expect(status).toBe(0);
    submission = world.at('second', readdirSync(world.at('second'))[0] ?? '');
  });
  afterAll(() => world.close());

  /** A fresh copy of a workspace in a folder of its own. */
  function copyOf(file: string): Place {
    const folder = world.at('case');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const copy = path.join(folder, path.basename(file));
    cpSync(file, copy);
    return { file: copy, folder };
  }

  /** How often each changing call is made on something that is part of the story. */
  function callsOf(words: (place: Place) => string[], file: string): [string, number][] {
    const place = copyOf(file);
    const log = world.at('strace.txt');
    const run = traced(['-o', log, '-y', '-e', `trace=${CHANGING.join(',')}`], ...words(place));
    expect(run.status, run.stderr).toBe(0);
    const lines = readFileSync(log, 'utf8').split('\n');
    return CHANGING.map((call) => [call, lines.filter((line) => new RegExp(`^\\d+ +${call}\\(`).test(line)).length]);
  }

  /** Kills at every call of each kind, and hands over what was left. */
  async function killEverywhere(
    name: string,
    file: string,
    words: (place: Place) => string[],
    after: (place: Place, at: string) => Promise<void>,
  ): Promise<number> {
    let killed = 0;
    let tried = 0;
    for (const [call, count] of callsOf(words, file)) {
      for (let nth = 1; nth <= count; nth += 1) {
        tried += 1;
        const place = copyOf(file);
        const run = traced(['-o', '/dev/null', '-e', `inject=${call}:signal=KILL:when=${nth}`], ...words(place));
        if (run.signal === 'SIGKILL' || run.status === 137) killed += 1;
        await after(place, `${call} ${nth}`);
      }
    }
    console.info(`${name}: killed at ${killed} of ${tried} calls`);
    return killed;
  }

  /** Opens what was left, as the next person does; its content has nothing of when it was written out. */
  async function opened({ file, folder }: Place) {
    const host = world.host();
    await host.ask('workspace.open', { file: host.offer(file) });
    const content = async (): Promise<unknown> => {
      const out = path.join(folder, 'all.json');
      await host.ask('export.write', { file: host.offer(out), format: 'json' });
      return JSON.parse(readFileSync(out, 'utf8')).sheets;
    };
    return { ...host, content };
  }

  test('a merge is done whole or not at all, and again afterwards comes to the same (F23)', {
    timeout: HOURS,
  }, async () => {
    const words = ({ file }: Place) => ['merge', file, submission];
    const host = await opened(copyOf(office));
    const untouched = await host.content();
    await merge(host, submission);
    const wanted = await host.content();
    expect(wanted).not.toEqual(untouched);
    await host.app.close();
    const killed = await killEverywhere('merge', office, words, async (place, at) => {
      const host = await opened(place);
      expect((await host.ask('store.verify', {})).findings, at).toEqual([]);
      expect([wanted, untouched], at).toContainEqual(await host.content());
      const [result] = await merge(host, submission);
      expect(['applied', 'duplicate'], at).toContain(result?.outcome);
      expect(await host.content(), at).toEqual(wanted);
      await host.app.close();
    });
    expect(killed).toBeGreaterThan(20);
  });

  test('a submission is under its name whole or not at all, and goes out afterwards (F19, F22)', {
    timeout: HOURS,
  }, async () => {
    const out = (folder: string) => path.join(folder, 'out');
    const words = ({ file, folder }: Place) => ['submit', file, '--out', out(folder), '--incomplete'];
    const killed = await killEverywhere('submit', department, words, async (place, at) => {
      const host = await opened(place);
      const isWhole = async (folder: string, name: string) => {
        const { sender } = await host.ask('package.inspect', { file: host.offer(path.join(folder, name)) });
        expect(sender?.unit, `${at}: ${name}`).toBe('商工観光課');
      };
      const found = existsSync(out(place.folder)) ? readdirSync(out(place.folder)) : [];
      for (const name of found.filter((name) => !name.endsWith('.part'))) await isWhole(out(place.folder), name);
      expect((await host.ask('store.verify', {})).findings, at).toEqual([]);
      const again = path.join(place.folder, 'again');
      const { packages } = await host.ask('package.submit', { folder: host.offer(again), incomplete: true });
      expect(packages, at).toHaveLength(1);
      await isWhole(again, packages[0]?.file ?? '');
      await host.app.close();
    });
    expect(killed).toBeGreaterThan(20);
  });
});
