// The desktop program from start to end: one process, one window, one application behind it.
// Promise: whatever is missing at the start stops it with a dialog that says so; nothing takes a missing part's place.
import path from 'node:path';
import { type BrowserWindow, dialog, app as electron, session } from 'electron';
import { ProblemError } from '../../shared/kernel/problem.ts';
import type { App } from '../core/app.ts';
import { workspacePath } from '../core/name.ts';
import type { Ports } from '../core/ports.ts';
import { connectBridge } from './bridge.ts';
import { whenGone } from './closing.ts';
import { guardEverything, guardSession } from './guard.ts';
import { setMenu } from './menu.ts';
import { registerScheme, servePage } from './protocol.ts';
import { loadStart, makeWindow, readPlacement, writePlacement } from './window.ts';

export type Parts = {
  ports: Ports;
  openApp(options: { resources: string; recent: string }): App;
};

/** Starts the program. What must happen before Electron is ready happens before this returns. */
export function runProgram(parts: Parts): void {
  const workspace = workspaceIn(process.argv.slice(electron.isPackaged ? 1 : 2));
  // The first process gets the second one's wish as data: Chromium reorders the arguments that it passes on.
  if (!electron.requestSingleInstanceLock({ workspace })) {
    electron.quit();
    return;
  }
  registerScheme();
  guardEverything();
  electron
    .whenReady()
    .then(() => start(parts, workspace))
    .catch(stop);
}

function workspaceIn(argv: readonly string[]): string | undefined {
  const given = argv.find((argument) => !argument.startsWith('-'));
  return given === undefined ? undefined : workspacePath(given);
}

async function start({ ports, openApp }: Parts, workspace: string | undefined): Promise<void> {
  const root = electron.getAppPath();
  const userData = electron.getPath('userData');
  const placementFile = path.join(userData, 'window.json');
  await assertDriver(ports, root);
  guardSession(session.defaultSession);
  await servePage(session.defaultSession, ports.files, path.join(root, 'dist', 'renderer'));

  const app = openApp({ resources: path.join(root, 'resources'), recent: path.join(userData, 'recent.json') });
  const window = makeWindow(root, await readPlacement(ports.files, placementFile));
  setMenu(window);
  const bridge = connectBridge(window, app);
  const settle = async () => {
    await bridge.settle();
    await writePlacement(ports.files, placementFile, window).catch(() => undefined);
  };
  // Electron would end everything with its last window, before the file is closed.
  electron.on('window-all-closed', () => undefined);
  whenGone(window, { delay: ports.clock.delay, settle })
    .then(async () => {
      bridge.disconnect();
      await app.close();
      electron.exit(0);
    })
    .catch(stop);
  electron.on('second-instance', (_event, _argv, _folder, data) => void welcomeSecond(window, app, data));

  if (workspace !== undefined) await openWorkspace(window, app, workspace);
  await loadStart(window);
}

async function openWorkspace(window: BrowserWindow, app: App, file: string): Promise<void> {
  const reply = await app.call('workspace.open', { file: app.offer(file) });
  if (reply.ok) return;
  const { message, hint } = reply.problem;
  await dialog.showMessageBox(window, {
    type: 'warning',
    title: '評価 Hyoka',
    message,
    detail: hint,
    buttons: ['閉じる'],
  });
}

/** Someone started the program again: this window comes forward, and asks before it leaves its file for another. */
async function welcomeSecond(window: BrowserWindow, app: App, data: unknown): Promise<void> {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
  const wanted = data !== null && typeof data === 'object' && 'workspace' in data ? data.workspace : undefined;
  if (typeof wanted !== 'string') return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: '評価 Hyoka',
    message: `「${path.basename(wanted)}」を開きますか？`,
    detail: '今開いているファイルは閉じます。「保存済み」と表示されたところまでは、ファイルに残っています。',
    buttons: ['開く', 'やめる'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0 && !window.isDestroyed()) await openWorkspace(window, app, wanted);
}

/** Without its database driver the program must not even begin: there is nothing that could take its place. */
async function assertDriver({ files }: Ports, root: string): Promise<void> {
  const driver = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`;
  if (await files.exists(path.join(root, driver))) return;
  throw new Error(`データベースの部品（${path.basename(driver)}）がありません。もう一度インストールしてください。`);
}

function stop(error: unknown): void {
  const words = error instanceof ProblemError ? `${error.problem.message}\n${error.problem.hint}` : String(error);
  dialog.showErrorBox('評価 Hyoka を起動できません', words.replace(/^Error: /, ''));
  electron.exit(1);
}
