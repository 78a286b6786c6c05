// How the desktop program prints, against the stand-in of Electron: a window that nobody sees, with one page and no bridge.
import { afterEach, expect, test, vi } from 'vitest';
import { guardSession } from '../../electron/desktop/guard.ts';
import { windowPrinter } from '../../electron/desktop/printer.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { record, type Session } from './electron.ts';

vi.mock('electron', () => import('./electron.ts'));
afterEach(() => {
  record.windows.length = 0;
});

type Options = { show: boolean; webPreferences: Record<string, unknown> & { session: Session } };
const HTML = '<!doctype html><p>シート</p>';

async function press() {
  const opened = await windowPrinter().open();
  const window = record.windows.at(-1) ?? expect.unreachable();
  const { show, webPreferences } = window.options as Options;
  const get = (url: string) => webPreferences.session.protocols.get('app')?.(new Request(url));
  return { opened, window, show, webPreferences, get };
}

test('the window is hidden and sandboxed, has no bridge, and a session of its own', async () => {
  const one = await press();
  const other = await press();
  expect(one.show).toBe(false);
  expect(one.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  expect(one.webPreferences.preload).toBeUndefined();
  expect(one.webPreferences.session).not.toBe(other.webPreferences.session);
  // As the program guards every session that comes to be.
  guardSession(one.webPreferences.session as never);
  const ask = one.webPreferences.session.handlers.beforeRequest as unknown as (
    details: { url: string },
    answer: (said: { cancel: boolean }) => void,
  ) => void;
  const said: boolean[] = [];
  for (const url of ['app://hyoka/print.html', 'file:///etc/passwd', 'https://example.invalid/']) {
    ask({ url }, ({ cancel }) => said.push(cancel));
  }
  expect(said).toEqual([false, true, true]);
});

test('it prints the document with tags and bookmarks once its fonts are there, and finds nothing else', async () => {
  const { opened, window, get } = await press();
  expect(await opened.print(HTML)).toEqual(Buffer.from('%PDF'));
  expect(window.loaded).toEqual(['app://hyoka/print.html']);
  expect(window.webContents.scripts.join()).toContain('face.load()');
  const whole = { preferCSSPageSize: true, printBackground: true };
  expect(window.webContents.pdfs).toEqual([{ ...whole, generateTaggedPDF: true, generateDocumentOutline: true }]);
  const found = await get('app://hyoka/print.html');
  expect(await found?.text()).toBe(HTML);
  expect(found?.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await get('app://hyoka/index.html'))?.status).toBe(404);
  await opened.print(HTML, { isDraft: true });
  expect(window.webContents.pdfs[1]).toEqual({ ...whole, generateTaggedPDF: false, generateDocumentOutline: false });
});

test('it ends at once, also in the middle of a page, and leaves no address behind', async () => {
  const { opened, window, webPreferences } = await press();
  window.webContents.printToPDF = () => new Promise(() => undefined);
  const printing = opened.print(HTML).catch((error: { problem: Problem }) => error.problem.code);
  await opened.close();
  expect(await printing).toBe('printer.failed');
  expect(window.isDestroyed()).toBe(true);
  expect(webPreferences.session.protocols.size).toBe(0);
});

test('a page that breaks down is told', async () => {
  const { opened, window } = await press();
  window.webContents.printToPDF = () => new Promise(() => undefined);
  const printing = opened.print(HTML).catch((error: { problem: Problem }) => error.problem);
  window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
  expect(await printing).toMatchObject({ code: 'printer.failed', details: { reason: 'oom' } });
});
