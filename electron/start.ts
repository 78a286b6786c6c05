// `npm start`: builds what is stale, then hands over to Electron, or to the browser host where Electron is missing.
// Everything given on the command line passes on to the host; only --loopback (always the browser host) is taken out.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const inRoot = (...parts: string[]) => path.join(root, ...parts);
const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((entry) => modified(path.join(entry.parentPath, entry.name))));
}

function isStale(): boolean {
  const built = ['dist/renderer/index.html', 'dist/main.js', 'dist/preload.cjs'].map((file) => modified(inRoot(file)));
  const sources = ['package-lock.json', 'vite.config.ts'].map((file) => modified(inRoot(file)));
  const areas = ['electron', 'renderer', 'shared'].map((area) => newestBelow(inRoot(area)));
  return Math.min(...built) < Math.max(...sources, ...areas);
}

function build(): void {
  const vite = inRoot('node_modules/vite/bin/vite.js');
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error('画面のビルドに失敗しました。上の表示を確かめてください。');
    process.exit(result.status ?? 1);
  }
}

/** The Electron executable, fetched once if it is not there yet; undefined where it cannot be had. */
function electron(): string | undefined {
  const home = inRoot('node_modules/electron');
  const find = () => {
    const name = path.join(home, 'path.txt');
    if (!existsSync(name)) return undefined;
    const file = path.join(home, 'dist', readFileSync(name, 'utf8').trim());
    return existsSync(file) ? file : undefined;
  };
  const found = find();
  const installer = path.join(home, 'install.js');
  if (found || !existsSync(installer)) return found;
  spawnSync(process.execPath, [installer], { cwd: home, stdio: 'ignore', timeout: 20_000 });
  return find();
}

function run(command: string, args: string[]): void {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(command, args, { cwd: process.cwd(), stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A terminal sends Ctrl+C to the child as well; a second one would look like "stop at once".
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`起動できませんでした: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

const given = process.argv.slice(2);
const args = given.filter((arg) => arg !== '--loopback');
if (isStale()) build();
const desktop = given.includes('--loopback') ? undefined : electron();
if (desktop) {
  run(desktop, [root, ...args]);
} else {
  if (!given.includes('--loopback')) {
    console.log('この端末には Electron がないため、代わりにブラウザーで開く方式（127.0.0.1）で起動します。');
  }
  run(process.execPath, [inRoot('electron/loopback/main.ts'), ...args]);
}
