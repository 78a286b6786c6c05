// The one window: a sandboxed page without Node, where it stood last time, and what happens when its page breaks down.
import path from 'node:path';
import { app, BrowserWindow, type BrowserWindowConstructorOptions, dialog, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import type { Files } from '../core/files.ts';
import { START } from './protocol.ts';

const size = z.number().int().min(0).max(100_000);
const position = z.number().int().min(-100_000).max(100_000);
const placement = z.strictObject({ x: position, y: position, width: size, height: size, maximized: z.boolean() });
export type Placement = z.output<typeof placement>;

const LEAST = { width: 960, height: 640 };
const FIRST = { width: 1280, height: 860 };

/** Where the window stood; undefined when that is not known or lies on no screen any more. */
export async function readPlacement(files: Files, file: string): Promise<Placement | undefined> {
  if (!(await files.exists(file))) return undefined;
  try {
    const found = placement.parse(JSON.parse((await files.read(file, 10_000)).toString()));
    return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, found)) ? found : undefined;
  } catch {
    // Only a convenience: an unreadable one is as good as none.
    return undefined;
  }
}

/** Keeps where the window stands. */
export async function writePlacement(files: Files, file: string, window: BrowserWindow): Promise<void> {
  const kept: Placement = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  await files.makeFolder(path.dirname(file));
  await files.write(file, Buffer.from(JSON.stringify(kept)), { replace: true });
}

function overlaps(area: Rectangle, window: Rectangle): boolean {
  const across = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  const down = Math.min(area.y + area.height, window.y + window.height) - Math.max(area.y, window.y);
  return across >= 100 && down >= 50;
}

function windowOptions(preload: string, placed: Placement | undefined): BrowserWindowConstructorOptions {
  const bounds = placed ? { x: placed.x, y: placed.y, width: placed.width, height: placed.height } : FIRST;
  return {
    ...bounds,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: '評価 Hyoka',
    backgroundColor: '#ffffff',
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      plugins: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  };
}

/** Makes the window. It shows itself once there is something to see; `loadStart` brings the page. */
export function makeWindow(root: string, placed: Placement | undefined): BrowserWindow {
  const window = new BrowserWindow(windowOptions(path.join(root, 'dist', 'preload.cjs'), placed));
  if (placed?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('page-title-updated', (event) => event.preventDefault());
  watchPage(window);
  return window;
}

/** Asks what to do when the page breaks down: once at a time, since opening a page anew that hangs ends it first. */
function watchPage(window: BrowserWindow): void {
  let isAsking = false;
  const offer = async (message: string, otherwise?: string): Promise<void> => {
    if (isAsking || window.isDestroyed()) return;
    isAsking = true;
    await offerReload(window, message, otherwise).finally(() => {
      isAsking = false;
    });
  };
  const offerAfterEnd = () => offer('画面の表示が止まりました。');
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') void offerAfterEnd();
  });
  window.on('unresponsive', async () => {
    await offer('画面が応答していません。', '待つ');
    // It may have ended while the person was asked to wait for it.
    if (!window.isDestroyed() && window.webContents.isCrashed()) await offerAfterEnd();
  });
}

/** Loads the page into the window. */
export const loadStart = (window: BrowserWindow): Promise<void> => window.loadURL(START);

async function offerReload(window: BrowserWindow, message: string, otherwise = '終了する'): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: '評価 Hyoka',
    message,
    detail: '「保存済み」と表示されたところまでは、ファイルに残っています。画面を開き直すと続けられます。',
    buttons: ['画面を開き直す', otherwise],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (window.isDestroyed()) return;
  if (response === 0) {
    // A page that hangs would not let itself be reloaded.
    if (!window.webContents.isCrashed()) window.webContents.forcefullyCrashRenderer();
    await loadStart(window);
  } else if (otherwise === '終了する') window.close();
}
