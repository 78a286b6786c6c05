// What the main process sets up and refuses, recorded by the stand-in of Electron: item by item after Electron's
// security checklist.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { standInApp } from '../contract/standin.ts';
import {
  type BrowserWindow,
  did,
  app as electron,
  preventable,
  record,
  Session,
  session,
  WebContents,
} from './electron.ts';
import { fixtureProgram, startProgram } from './standin.ts';

vi.mock('electron', () => import('./electron.ts'));

const app = standInApp();
const root = fixtureProgram();
let window: BrowserWindow;
beforeAll(async () => {
  window = await startProgram(app, root);
});

describe('the window', () => {
  test('is sandboxed, isolated and without Node: exactly these options', () => {
    expect(window.options).toEqual({
      width: 1280,
      height: 860,
      minWidth: 960,
      minHeight: 640,
      title: '評価 Hyoka',
      backgroundColor: '#ffffff',
      show: false,
      webPreferences: {
        preload: path.join(root, 'dist/preload.cjs'),
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
        devTools: false,
      },
    });
    expect(did('enableSandbox')).toBe(true);
  });

  test('shows our own page and nothing else', () => {
    expect(window.loaded).toEqual(['app://hyoka/index.html']);
    expect(record.windows).toHaveLength(1);
  });

  test('cannot be led elsewhere: by a link, a redirect, a frame, a new window, a webview, a dropped file', () => {
    const foreign = [
      'https://example.com/',
      'file:///etc/passwd',
      'app://hyoka/other.html',
      'app://evil/index.html',
      'javascript:1',
    ];
    for (const url of foreign) {
      for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
        const event = preventable({ url, isMainFrame: true });
        window.webContents.emit(name, event);
        expect(event.prevented, `${name} ${url}`).toBe(true);
      }
    }
    const frame = preventable({ url: 'app://hyoka/index.html', isMainFrame: false });
    window.webContents.emit('will-frame-navigate', frame);
    expect(frame.prevented).toBe(true);
    const reload = preventable({ url: 'app://hyoka/index.html', isMainFrame: true });
    window.webContents.emit('will-navigate', reload);
    expect(reload.prevented).toBe(false);
    const webview = preventable();
    window.webContents.emit('will-attach-webview', webview);
    expect(webview.prevented).toBe(true);
    expect(window.webContents.openHandler?.()).toEqual({ action: 'deny' });
    expect(did('openExternal')).toBe(false);
  });

  test('guards pages that come to be by accident as well', () => {
    const other = new WebContents();
    electron.emit('web-contents-created', {}, other);
    expect(other.openHandler?.()).toEqual({ action: 'deny' });
  });

  test('has no spelling service, no name service and no background traffic of the browser', () => {
    const asked = record.done.filter(({ what }) => /appendSwitch|setSpellCheckerEnabled/.test(what));
    expect(asked.map((entry) => entry.with)).toEqual([
      ['host-resolver-rules', 'MAP * ~NOTFOUND'],
      ['disable-background-networking'],
      ['disable-component-update'],
      [false],
    ]);
  });

  test('keeps its Japanese title', () => {
    const event = preventable();
    window.emit('page-title-updated', event);
    expect(event.prevented).toBe(true);
  });

  test('offers to open a broken page again', async () => {
    record.answers.push({ response: 0 });
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await expect.poll(() => window.loaded.length).toBe(2);
    expect(record.dialogs.at(-1)?.options).toMatchObject({ buttons: ['画面を開き直す', '終了する'] });
    const asked = record.dialogs.length;
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(record.dialogs.length).toBe(asked);
  });

  test('opens a page that hangs anew, and asks no second time about the end that this takes', async () => {
    const { webContents } = window;
    const [wasCrashed, crash, loaded, asked] = [
      webContents.isCrashed,
      webContents.forcefullyCrashRenderer,
      window.loaded.length,
      record.dialogs.length,
    ];
    webContents.isCrashed = () => false;
    webContents.forcefullyCrashRenderer = () => {
      webContents.emit('render-process-gone', {}, { reason: 'killed' });
      return crash();
    };
    record.answers.push({ response: 0 });
    window.emit('unresponsive');
    await expect.poll(() => window.loaded.length).toBe(loaded + 1);
    expect(record.dialogs.slice(asked).map(({ options }) => options)).toMatchObject([
      { buttons: ['画面を開き直す', '待つ'] },
    ]);
    [webContents.isCrashed, webContents.forcefullyCrashRenderer] = [wasCrashed, crash];
  });

  test('has a small Japanese menu without developer tools or reload', () => {
    expect(record.menu?.map(({ label }) => label)).toEqual(['ファイル(&F)', '編集(&E)', '表示(&V)']);
    const roles = record.menu?.flatMap(({ submenu }) => submenu ?? []).flatMap(({ role }) => role ?? []);
    expect(roles).toEqual([
      ...['quit', 'undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'],
      ...['zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen'],
    ]);
  });
});

describe.each([
  ['the session', () => session.defaultSession],
  [
    'a session made by accident',
    () => {
      const other = new Session();
      electron.emit('session-created', other);
      return other;
    },
  ],
])('%s', (_, get) => {
  const run = (name: string, ...values: unknown[]) => (get().handlers[name] as (...v: unknown[]) => unknown)(...values);
  const requested = (url: string) => {
    const answer = vi.fn();
    run('beforeRequest', { url }, answer);
    return answer.mock.calls[0]?.[0];
  };

  test('lets an image be copied, and nothing be read from the clipboard', () => {
    const answer = vi.fn();
    run('permissionRequest', {}, 'clipboard-sanitized-write', answer);
    expect(answer.mock.calls).toEqual([[true]]);
    expect(run('permissionCheck', {}, 'clipboard-sanitized-write')).toBe(true);
    expect(run('permissionCheck', {}, 'clipboard-read')).toBe(false);
  });

  test('denies every other permission', () => {
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fileSystem',
      'openExternal',
    ]) {
      const answer = vi.fn();
      run('permissionRequest', {}, permission, answer);
      expect(answer.mock.calls).toEqual([[false]]);
      expect(run('permissionCheck', {}, permission)).toBe(false);
    }
    expect(run('devicePermission', {})).toBe(false);
    const answer = vi.fn();
    run('displayMedia', {}, answer);
    expect(answer.mock.calls).toEqual([[null]]);
  });

  test.each([
    ...['http://127.0.0.1/', 'https://example.com/', 'ws://example.com/', 'wss://example.com/', 'ftp://example.com/'],
    ...['file:///etc/passwd', 'data:text/html,x', 'blob:https://x/1', 'chrome://gpu', 'devtools://devtools/x.html'],
    ...['app://evil/index.html', 'app://hyoka.evil/', 'app://user@hyoka/', 'app:hyoka', 'APP2://hyoka/', 'x', ''],
  ])('refuses %s', (url) => {
    expect(requested(url)).toEqual({ cancel: true });
  });

  test('lets the own page through', () => {
    expect(requested('app://hyoka/assets/main.js')).toEqual({ cancel: false });
  });

  test('refuses downloads', () => {
    const event = preventable();
    get().emit('will-download', event);
    expect(event.prevented).toBe(true);
  });
});

describe('app://hyoka', () => {
  const get = (url: string, method = 'GET') => {
    const handler = session.defaultSession.protocols.get('app');
    if (!handler) throw new Error('no handler');
    // A Request of Node takes no other scheme with a host of its own; the handler reads only these two.
    return handler({ url, method } as Request);
  };

  test('is standard and secure, and nothing more', () => {
    expect(record.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    expect([...session.defaultSession.protocols.keys()]).toEqual(['app']);
  });

  test('serves the page with its policy', async () => {
    const start = await get('app://hyoka/index.html');
    expect([start.status, await start.text()]).toEqual([200, '<!doctype html><title>評価</title>']);
    expect(Object.fromEntries(start.headers)).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
        "connect-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const script = await get('app://hyoka/assets/main.js?v=1#x');
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  test.each([
    ...['../preload.cjs', '..%2fpreload.cjs', '%2e%2e/preload.cjs', '%2e%2e%2fpreload.cjs', '..%5cpreload.cjs'],
    ...['..\\preload.cjs', 'assets/../../preload.cjs', '....//preload.cjs', '%252e%252e%252fpreload.cjs'],
    ...['assets/main.js%00', 'assets/main.js.map', 'assets', 'assets/', '', 'missing.html', '/etc/passwd'],
    ...['INDEX.HTML', 'C:/Windows/win.ini', '%5c%5cserver%5cshare', '__proto__', 'constructor'],
  ])('does not lead to %s', async (address) => {
    const answer = await get(`app://hyoka/${address}`);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('has one host and one method', async () => {
    expect((await get('app://evil/index.html')).status).toBe(404);
    expect((await get('app://hyoka/index.html', 'POST')).status).toBe(404);
    expect((await get('file:///index.html')).status).toBe(404);
  });
});

describe('starting and ending', () => {
  test('a second process gives way, and its file is asked about before it is opened', async () => {
    record.isOnly = false;
    const { runProgram } = await import('../../electron/desktop/program.ts');
    const untouched = () => {
      throw new Error('the second process touches nothing');
    };
    const before = { windows: record.windows.length, schemes: record.schemes.length };
    record.done.length = 0;
    runProgram({ ports: undefined as never, openApp: untouched });
    record.isOnly = true;
    expect(record.done.map(({ what }) => what)).toEqual(['requestSingleInstanceLock', 'quit']);
    expect({ windows: record.windows.length, schemes: record.schemes.length }).toEqual(before);

    const calls = () => app.calls.filter(({ method }) => method === 'workspace.open').length;
    electron.emit('second-instance', {}, [], '', { workspace: '/somewhere/b.hyoka' });
    await expect.poll(() => record.dialogs.at(-1)?.options.message).toBe('「b.hyoka」を開きますか？');
    expect(calls()).toBe(0);
    expect(did('focus')).toBe(true);
    record.answers.push({ response: 0 });
    electron.emit('second-instance', {}, [], '', { workspace: '/somewhere/b.hyoka' });
    await expect.poll(calls).toBe(1);
    electron.emit('second-instance', {}, [], '', { workspace: 5 });
    electron.emit('second-instance', {}, [], '', null);
  });

  test('the file on the command line is opened before the page loads', async () => {
    const other = standInApp();
    await startProgram(other, root, ['--flag', 'a.hyoka']);
    expect(other.calls.map(({ method }) => method)).toEqual(['workspace.open']);
    expect([...other.offered.values()]).toEqual([path.resolve('a.hyoka')]);
  });

  test('without the database driver it stops with a dialog', async () => {
    const broken = fixtureProgram();
    rmSync(path.join(broken, 'node_modules'), { recursive: true });
    await expectStop(broken, /データベースの部品（.*\.node）がありません/);
  });

  test('without the built page it stops with a dialog', async () => {
    const broken = fixtureProgram();
    rmSync(path.join(broken, 'dist/renderer'), { recursive: true });
    await expectStop(broken, /「renderer」が見つかりません/);
  });

  test('words that are saved nowhere keep the window, until somebody says that they may go', async () => {
    const own = await startProgram(standInApp(), root);
    own.keepsWords = true;
    record.done.length = 0;
    record.answers.push({ response: 0 });
    own.close();
    await expect.poll(() => did('show')).toBe(true);
    expect(record.dialogs.at(-1)?.options).toMatchObject({
      buttons: ['画面に戻る', '保存せずに終了する'],
      defaultId: 0,
    });
    record.answers.push({ response: 1 });
    expect(own.close().prevented).toBe(true);
    await expect.poll(() => did('exit')).toBe(true);
    expect(record.done.map(({ what }) => what)).toEqual(['hide', 'show', 'hide', 'show', 'exit']);
  });

  test('a page that hangs, and never says whether it may go, is closed all the same', async () => {
    const own = await startProgram(standInApp(), root);
    const { close } = own;
    own.close = () => (own.listenerCount('close') > 0 && did('hide') ? preventable() : close());
    record.done.length = 0;
    close();
    await expect.poll(() => did('exit'), { timeout: 10_000 }).toBe(true);
  });

  test('closing hides the page first, so that it hands over what was typed last; then everything ends', async () => {
    record.done.length = 0;
    expect(window.close().prevented).toBe(true);
    expect(record.done.map(({ what }) => what)).toEqual(['hide']);
    window.close();
    await expect.poll(() => did('exit')).toBe(true);
    expect(record.done).toEqual([
      { what: 'hide', with: [] },
      { what: 'exit', with: [0] },
    ]);
    expect(record.handlers.size).toBe(0);
    const kept = path.join(electron.paths.userData ?? '', 'window.json');
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({
      x: 10,
      y: 20,
      width: 1300,
      height: 900,
      maximized: false,
    });
  });

  test.each([
    ['where it stood', { x: 10, y: 20, width: 1300, height: 900, maximized: false }, { x: 10, y: 20, width: 1300 }],
    ['on a screen that is gone', { x: 5000, y: 20, width: 1300, height: 900, maximized: false }, { width: 1280 }],
    ['with a broken memory', { x: 'left' }, { width: 1280 }],
  ])('the window opens %s', async (_, kept, expected) => {
    const folder = electron.paths.userData ?? '';
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'window.json'), JSON.stringify(kept));
    const next = await startProgram(standInApp(), root);
    expect(next.options).toMatchObject(expected);
    expect('x' in next.options).toBe('x' in expected);
  });
});

async function expectStop(broken: string, words: RegExp): Promise<void> {
  record.done.length = 0;
  const windows = record.windows.length;
  const { runProgram } = await import('../../electron/desktop/program.ts');
  const { systemPorts } = await import('../../electron/core/ports.ts');
  electron.root = broken;
  runProgram({ ports: systemPorts(), openApp: standInApp });
  await expect.poll(() => did('exit')).toBe(true);
  electron.root = root;
  expect(record.done.find(({ what }) => what === 'showErrorBox')?.with).toEqual([
    '評価 Hyoka を起動できません',
    expect.stringMatching(words),
  ]);
  expect(record.done.at(-1)).toEqual({ what: 'exit', with: [1] });
  expect(record.windows.length).toBe(windows);
}
