// kill −9 at any moment: what was answered as saved is there, a merge is whole or not at all, and can be done again.
import { spawn } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  resources,
  submitSheets,
  trust,
  type World,
} from './world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.close());

const core = path.resolve(import.meta.dirname, '../../electron/core');
const PRELUDE = `
import { openApp } from ${JSON.stringify(path.join(core, 'app.ts'))};
import { systemPorts } from ${JSON.stringify(path.join(core, 'ports.ts'))};
const app = openApp({ ports: systemPorts(), resources: ${JSON.stringify(resources)} });
const [file, ...rest] = process.argv.slice(1);
const ask = async (method, input) => {
  const reply = await app.call(method, input);
  if (!reply.ok) throw new Error(reply.problem.message);
  return reply.value;
};
await ask('workspace.open', { file: app.offer(file) });
`;

/** Runs a script over a workspace and kills it once `enough` says so of what it has printed; gives that. */
function runAndKill(script: string, args: string[], enough: (told: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PRELUDE + script, ...args]);
    let told = '';
    child.stdout.on('data', (chunk) => {
      told += chunk;
      if (enough(told)) child.kill('SIGKILL');
    });
    child.on('close', () => resolve(told));
  });
}

test('every cell that was answered as saved is there after kill −9, in the middle of a burst of typing', async () => {
  const office = await makeOffice(world);
  const { 商工観光課: file = '' } = await distributeAll(world, office, 'out');
  const department = await joinDepartment(world, file, 'd.hyoka');
  await department.app.close();
  const script = `for (let i = 0; ; i += 1) {
    const cell = i % 2 ? '意図' : '対象';
    const { cells } = await ask('cell.set', { sheet: '2-2', cells: [{ cell, raw: cell + i }] });
    process.stdout.write(cells[0].address + '=' + cells[0].value + '\\n');
  }`;
  for (const least of [1, 7, 40]) {
    const told = await runAndKill(script, [department.file], (text) => text.split('\n').length > least);
    const saved = Object.fromEntries(
      told
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split('=') as [string, string]),
    );
    await department.ask('workspace.open', { file: department.offer(department.file) });
    const { values } = await department.ask('sheet.show', { sheet: '2-2' });
    for (const [address, value] of Object.entries(saved)) {
      // The last write may have reached the disk before its answer was printed: later, never earlier.
      const number = (text: unknown) => Number(String(text).replace(/\D/g, ''));
      expect(number(values[address])).toBeGreaterThanOrEqual(number(value));
    }
    expect((await department.ask('store.verify', {})).findings).toEqual([]);
    await department.app.close();
  }
});

test('a merge that is killed is whole or absent, and doing it again ends the same', async () => {
  const office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  const files: string[] = [];
  for (const unit of Object.keys(handed)) {
    const who = await joinDepartment(world, handed[unit] ?? '', `${unit}.hyoka`);
    await merge(office, await submitSheets(world, who, `hello-${unit}`));
    await trust(office, who);
    for (let turn = 0; turn < 5; turn += 1) {
      const { sheets } = await who.ask('sheet.list', {});
      const cells = [{ cell: '意図', raw: `${unit}${turn}` }];
      for (const sheet of sheets) await who.ask('cell.set', { sheet: sheet.id, cells });
      files.push(await submitSheets(world, who, `turn${turn}-${unit}`));
    }
  }
  await office.app.close();
  await copyFile(office.file, world.at('whole.hyoka'));
  const whole = world.host();
  await whole.ask('workspace.open', { file: whole.offer(world.at('whole.hyoka')) });
  await merge(whole, ...files);
  const wanted = (await whole.ask('sheet.list', {})).sheets;

  const script = `process.stdout.write('open\\n');
    for (const p of rest) { await ask('package.merge', { files: [app.offer(p)] }); process.stdout.write('x\\n'); }`;
  for (const least of [1, 2, 4, 8]) {
    const copy = world.at(`killed${least}.hyoka`);
    await copyFile(office.file, copy);
    const told = await runAndKill(script, [copy, ...files], (text) => text.split('\n').length > least);
    const after = world.host();
    await after.ask('workspace.open', { file: after.offer(copy) });
    expect((await after.ask('store.verify', {})).findings).toEqual([]);
    const taken = told.split('\n').length - 2;
    const again = await merge(after, ...files);
    expect(again.slice(0, Math.max(0, taken)).every((p) => p.outcome === 'duplicate')).toBe(true);
    expect((await after.ask('sheet.list', {})).sheets).toEqual(wanted);
  }
});
