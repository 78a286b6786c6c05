// The browser host as a program of its own: its one line, its arguments, and what it leaves behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { realApp } from '../contract/hosts.ts';
import { tempFolder } from '../contract/temp.ts';

const root = path.resolve(import.meta.dirname, '../..');
const isBuilt = existsSync(path.join(root, 'dist/renderer/index.html'));
if (!isBuilt)
  console.warn('※※※ 省略: dist がないため、ブラウザー版のプログラムとしての試験はしていません（npm run build）。');

type Run = { child: ChildProcess; out: string; err: string; ended: Promise<number | null> };
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

const folder = tempFolder('program');
const temp = path.join(folder, 'temp');
const home = path.join(folder, 'home', 'Hyoka');
mkdirSync(temp);

function start(...args: string[]): Run {
  const env = { ...process.env, HYOKA_HOME: home, TMPDIR: temp, TEMP: temp, TMP: temp };
  const child = spawn(process.execPath, [path.join(root, 'electron/loopback/main.ts'), ...args], { cwd: folder, env });
  running.add(child);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const run: Run = { child, out: '', err: '', ended };
  child.stdout.on('data', (chunk) => {
    run.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    run.err += chunk;
  });
  return run;
}

async function addressOf(run: Run): Promise<URL> {
  await expect.poll(() => run.out, { timeout: 15_000 }).toMatch(/\n$/);
  return new URL(run.out.trim());
}

async function workspaceIn(address: URL): Promise<unknown> {
  const headers = { Authorization: `Bearer ${address.hash.slice(1)}` };
  const body = JSON.stringify({ id: '1', method: 'app.about', input: {} });
  const response = await fetch(new URL('/api/call', address.origin), { method: 'POST', headers, body });
  return (await response.json()).value.workspace;
}

async function makeWorkspace(file: string): Promise<void> {
  const app = realApp();
  const { value } = (await app.call('app.about', {})) as { value: { forms: { id: string }[] } };
  const input = { file: app.offer(file), office: '企画課', form: { id: value.forms[0]?.id }, year: 2022 };
  expect(await app.call('workspace.create', input)).toMatchObject({ ok: true });
  await app.close();
}

describe.skipIf(!isBuilt)('the program', () => {
  test('prints its address as one line, opens the given file, and ends without a trace', async () => {
    await makeWorkspace(path.join(folder, '事務局.hyoka'));
    const run = start('--no-open', '事務局.hyoka');
    const address = await addressOf(run);
    expect(run.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}\n$/);
    expect(await workspaceIn(address)).toMatchObject({ name: '事務局', unit: '企画課' });
    expect((await fetch(address.origin)).headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(readdirSync(temp)).toHaveLength(1);

    const second = start('--no-open', '事務局.hyoka');
    expect(await workspaceIn(await addressOf(second))).toBeNull();
    expect(second.err).toContain('使用中');
    expect(new URL(second.out).port).not.toBe(address.port);

    for (const { child, ended } of [run, second]) {
      child.kill('SIGTERM');
      // Windows knows no signals: there the process is simply gone.
      if (process.platform !== 'win32') expect(await ended).toBe(0);
    }
    if (process.platform !== 'win32') expect(readdirSync(temp)).toEqual([]);
    expect(run.err).toBe('');
  });

  test('serves on even when the file cannot be opened, and says why', async () => {
    const run = start('--no-open', '無い.hyoka');
    expect(await workspaceIn(await addressOf(run))).toBeNull();
    expect(run.err).toContain('「無い」が見つかりません。');
  });

  test('takes the port that it is told, or says that it is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const refused = start('--no-open', '--port', String(port));
    expect(await refused.ended).toBe(1);
    expect(refused.out).toBe('');
    expect(refused.err).toContain('使用中');
    await new Promise((resolve) => other.close(resolve));
    expect((await addressOf(start('--no-open', '--port', String(port)))).port).toBe(String(port));
  });

  test.each([['--unheard-of'], ['--port', 'x'], ['--port', '70000'], ['a.hyoka', 'b.hyoka']])(
    'explains itself when it is called with %s %s',
    async (...args) => {
      const run = start(...args.filter((argument) => argument !== undefined));
      expect(await run.ended).toBe(2);
      expect(run.out).toBe('');
      expect(run.err).toContain('使い方');
    },
  );
});
