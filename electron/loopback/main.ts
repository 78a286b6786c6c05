// The browser host as a program: [--no-open] [--port N] [WORKSPACE]. Promise: one line on stdout, the address to open;
// all else that a person must know goes to stderr; nothing temporary is left behind.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { openApp } from '../core/app.ts';
import { workspacePath } from '../core/name.ts';
import { readPage } from '../core/page.ts';
import { systemPorts } from '../core/ports.ts';
import { openPlaces } from './places.ts';
import { serve } from './server.ts';

const USAGE = '使い方: npm start -- --loopback [--no-open] [--port 番号] [ファイル.hyoka]';
const root = path.resolve(import.meta.dirname, '../..');

type Arguments = { open: boolean; port: number; workspace: string | undefined };

function readArguments(argv: string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      allowNegative: true,
      options: { open: { type: 'boolean', default: true }, port: { type: 'string', default: '0' } },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
    if (!(port <= 65_535) || positionals.length > 1) return undefined;
    return { open: values.open, port, workspace: positionals[0] };
  } catch {
    return undefined;
  }
}

function openBrowser(address: string): void {
  const openers: Record<string, string[]> = { win32: ['cmd', '/c', 'start', '""', address], darwin: ['open', address] };
  const [command = '', ...args] = openers[process.platform] ?? ['xdg-open', address];
  const browser = spawn(command, args, { detached: true, stdio: 'ignore', windowsHide: true });
  browser.on('error', () => console.error('ブラウザーを開けませんでした。上の番地をブラウザーに貼り付けてください。'));
  browser.unref();
}

async function start({ open, port, workspace }: Arguments): Promise<void> {
  const ports = systemPorts();
  const home = path.resolve(process.env.HYOKA_HOME ?? path.join(ports.files.home(), 'Hyoka'));
  const page = await readPage(ports.files, path.join(root, 'dist/renderer'));
  const app = openApp({ ports, resources: path.join(root, 'resources'), recent: path.join(home, '.recent.json') });
  const places = await openPlaces(app, ports, home);
  const shut = async () => {
    await app.close();
    await places.close();
  };
  const server = await serve({ app, ports, page, places, port }).catch(async (error: unknown) => {
    await shut();
    throw error;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      server
        .close()
        .then(shut)
        .then(() => process.exit(0), stop);
    });
  }
  if (workspace !== undefined) {
    const reply = await app.call('workspace.open', { file: app.offer(workspacePath(workspace)) });
    if (!reply.ok) console.error(`${reply.problem.message}\n${reply.problem.hint}`);
  }
  console.log(server.address);
  if (open) openBrowser(server.address);
}

function stop(error: unknown): void {
  console.error(`起動できませんでした。${wordsOf(error)}`);
  process.exit(1);
}

function wordsOf(error: unknown): string {
  if (error instanceof ProblemError) return `${error.problem.message}${error.problem.hint}`;
  if (!(error instanceof Error)) return String(error);
  const inUse = 'code' in error && error.code === 'EADDRINUSE';
  return inUse ? '指定した番号のポートは、ほかのプログラムが使用中です。' : error.message;
}

const given = readArguments(process.argv.slice(2));
if (given) {
  start(given).catch(stop);
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
