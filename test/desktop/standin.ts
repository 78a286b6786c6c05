// The desktop program over the stand-in of Electron and a given application: what a page in its window can do.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import type { App } from '../../electron/core/app.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { tempFolder } from '../contract/temp.ts';
import type { BrowserWindow } from './electron.ts';
import { app as electron, record } from './electron.ts';

/** A folder that looks like the installed program: a page with something beside it, and the database driver. */
export function fixtureProgram(): string {
  const root = tempFolder('program');
  mkdirSync(path.join(root, 'dist/renderer/assets'), { recursive: true });
  writeFileSync(path.join(root, 'dist/renderer/index.html'), '<!doctype html><title>評価</title>');
  writeFileSync(path.join(root, 'dist/renderer/assets/main.js'), 'export {};');
  writeFileSync(path.join(root, 'dist/renderer/assets/main.js.map'), '{}');
  writeFileSync(path.join(root, 'dist/preload.cjs'), 'secret');
  mkdirSync(path.join(root, 'node_modules/better-sqlite3/prebuilds'), { recursive: true });
  writeFileSync(path.join(root, `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`), '');
  return root;
}

/** Starts the program with `argv` as its arguments and waits for its window to load the page. */
export async function startProgram(app: App, root: string, argv: string[] = []): Promise<BrowserWindow> {
  const { runProgram } = await import('../../electron/desktop/program.ts');
  electron.root = root;
  const known = record.windows.length;
  const before = process.argv;
  process.argv = ['hyoka', ...argv];
  try {
    runProgram({ ports: systemPorts(), openApp: () => app });
  } finally {
    process.argv = before;
  }
  return vi.waitFor(() => {
    const window = record.windows[known];
    if (!window?.loaded.length) throw new Error('the program shows no page');
    return window;
  });
}

/**
 * Asks on a channel as the page in `window` does. `from` takes another sender's place; `handlers` are those of a
 * program that is not the last one to have started.
 */
export async function ask(
  window: BrowserWindow,
  channel: string,
  values: unknown[],
  from: object = {},
  handlers: typeof record.handlers = record.handlers,
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`nobody answers ${channel}`);
  const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame, ...from };
  return handler(event, ...structuredClone(values));
}
