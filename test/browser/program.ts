// The real program as a person has it: the browser host as a process of its own, and a browser's window on it.
// Promise: whatever a window complains about (errors, broken policy, requests that leave this computer) is kept and told.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Download, Locator, Page } from 'playwright-core';
import { launch } from './browser.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const samples = path.join(root, 'resources/samples');

export type Host = {
  /** What a person opens. */
  address: string;
  /** Ends as a person ends it. */
  stop(): Promise<void>;
  /** Ends without a moment's notice, as a power cut does. */
  kill(): Promise<void>;
  /** Lets none of its files be written any more, as a disk that fails does, or lets them again. Linux only. */
  letWrite(on: boolean): void;
};

export type Window = {
  page: Page;
  /** What a button or a link of this name does. */
  press(name: string): Promise<void>;
  /** Begins a practice file of its own, whatever is open; its list is shown. */
  practise(): Promise<void>;
  /** Waits for the screen of this title, drawn to its end. */
  at(title: string): Promise<void>;
  /** Waits for these words. */
  see(words: string | RegExp): Promise<void>;
  /** A cell's text or number input by its label. */
  cell(label: string): Locator;
  /** Types into a cell, leaves it, and goes on when the bar says that it is saved. */
  type(label: string, text: string): Promise<void>;
  saved(): Promise<void>;
  /** Presses a button that asks for files, and gives these. */
  upload(button: string, ...files: string[]): Promise<void>;
  /** Presses a button that hands files over; where each was saved, in the order of their names. */
  download(button: string, count?: number): Promise<string[]>;
  /** Complaints that this matches are part of the story from here on. */
  expectFaults(pattern: RegExp): void;
};

type Tell = (fault: string) => void;

export type Programs = {
  folder: string;
  at(...names: string[]): string;
  /** Starts a host whose files live in the folder of this name; with `file`, opened from the start. */
  host(home: string, file?: string): Promise<Host>;
  window(host: Host, options?: BrowserContextOptions): Promise<Window>;
  /** A host and a window on it. */
  open(home: string, file?: string, options?: BrowserContextOptions): Promise<Window>;
  /** What windows and hosts complained about since the last time that this was asked. */
  faults(): string[];
  /** Ends everything and removes the folder. */
  close(): Promise<void>;
};

/** One browser and a fresh folder. Builds the page first where that has not been done. */
export async function openPrograms(): Promise<Programs> {
  if (!existsSync(path.join(root, 'dist/renderer/index.html'))) {
    const vite = path.join(root, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root });
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'hyoka-browser-'));
  const temp = path.join(folder, 'temp');
  mkdirSync(temp);
  const browser = await launch();
  const hosts = new Set<Host>();
  let faults: string[] = [];
  const tell = (fault: string) => {
    faults.push(fault);
  };

  const at = (...names: string[]) => path.join(folder, ...names);
  const programs: Programs = {
    folder,
    at,
    async host(home, file) {
      const host = await startHost(at(home), temp, tell, file);
      hosts.add(host);
      return host;
    },
    window: (host, options) => openWindow(browser, host, at('downloads'), tell, options),
    async open(home, file, options) {
      return programs.window(await programs.host(home, file), options);
    },
    faults() {
      const told = faults;
      faults = [];
      return told;
    },
    async close() {
      await browser.close();
      await Promise.all([...hosts].map((host) => host.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return programs;
}

async function startHost(home: string, temp: string, tell: Tell, file?: string): Promise<Host> {
  const program = path.join(root, 'electron/loopback/main.ts');
  const child = spawn(process.execPath, [program, '--no-open', ...(file === undefined ? [] : [file])], {
    env: { ...process.env, HYOKA_HOME: home, TMPDIR: temp, TEMP: temp, TMP: temp },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A host that has something to say to its terminal has met what nobody foresaw.
  child.stderr.on('data', (chunk) => tell(`host: ${chunk}`));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    address: await firstLine(child),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    letWrite: (on) =>
      execFileSync('prlimit', ['--pid', String(child.pid), on ? '--fsize=unlimited:unlimited' : '--fsize=0:unlimited']),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes('\n')) resolve(out.trim());
    });
    child.once('close', (code) => reject(new Error(`the host ended with ${code}: ${err}`)));
  });
}

/** Tells of everything that a page of this program must never do. */
async function watch(context: BrowserContext, tell: Tell): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) tell(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => tell(`uncaught: ${error.error().stack}`));
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== '127.0.0.1' && protocol !== 'data:' && protocol !== 'blob:') tell(`request: ${request.url()}`);
  });
}

async function openWindow(
  browser: Browser,
  host: Host,
  downloads: string,
  tell: Tell,
  options: BrowserContextOptions = {},
): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const expected: RegExp[] = [];
  await watch(context, (fault) => {
    if (!expected.some((pattern) => pattern.test(fault))) tell(fault);
  });
  const page = await context.newPage();
  await page.goto(host.address);
  await page.getByRole('heading', { level: 1 }).waitFor();

  const window: Window = {
    page,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    async practise() {
      const begin = page.getByRole('button', { name: '見本で試す' });
      const close = page.getByRole('button', { name: 'ファイルを閉じる' });
      await begin.or(close).first().waitFor();
      if (await close.isVisible()) await close.click();
      await begin.click();
      await window.at('シート一覧');
    },
    async at(title) {
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    },
    see: (words) => page.getByText(words).filter({ visible: true }).first().waitFor(),
    cell: (label) => page.getByRole('textbox', { name: new RegExp(`^${literally(label)}(※必須)?$`) }),
    async type(label, text) {
      await window.cell(label).fill(text);
      await window.cell(label).blur();
      await window.saved();
    },
    saved: () =>
      page
        .locator('.bar')
        .getByText(/^保存済み \d\d:\d\d:\d\d$/)
        .waitFor(),
    async upload(button, ...files) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), window.press(button)]);
      await chooser.setFiles(files);
    },
    async download(button, count = 1) {
      const started: Download[] = [];
      const isLast = (download: Download) => started.push(download) === count;
      await Promise.all([page.waitForEvent('download', isLast), window.press(button)]);
      const saved = started.map(async (download) => {
        const file = path.join(downloads, download.suggestedFilename());
        await download.saveAs(file);
        return file;
      });
      return (await Promise.all(saved)).sort();
    },
    expectFaults: (pattern) => expected.push(pattern),
  };
  return window;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
