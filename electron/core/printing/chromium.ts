// Prints by a Chromium, Chrome or Edge that is on the machine: started without a window, spoken to over pipes, ended.
// Promise: it has a profile of its own that goes away with it, finds no name and no address, and outlives nobody.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Files } from '../files.ts';
import { findBrowser } from './browsers.ts';
import { type Devtools, openDevtools } from './devtools.ts';
import { FONTS_LOADED, type Printer, type PrintOptions } from './printer.ts';

type Tools = { files: Files; delay(milliseconds: number): Promise<void> };

const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-breakpad',
  '--font-render-hinting=none',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // Addresses that need no name lead nowhere either: nobody listens at the discard port.
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
];
/** How long a browser that does nothing may take to go by itself. */
const FAREWELL_MS = 2_000;
const LOOK_MS = 50;
const TRIES = 40;
/** Bytes of a PDF that come over the pipe at once. */
const CHUNK = 1024 * 1024;

/** A printer over the browsers of this machine. */
export const chromiumPrinter = (tools: Tools): Printer => ({
  async open() {
    const { files, delay } = tools;
    const program = await findBrowser(files, process.platform, process.env);
    if (program === undefined) return fail('printer.missing', {});
    const profile = await files.tempFolder('hyoka-print');
    // As root Chromium refuses its own sandbox; there is no other person from whom it would protect.
    const isRoot = process.getuid?.() === 0;
    const child = spawn(program, [...FLAGS, ...(isRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // The pipes have the direction that the protocol gives them: 3 is written, 4 is read.
    const devtools = openDevtools(child.stdio[3] as Writable, child.stdio[4] as Readable);
    const ending = watchEnd(child, devtools);
    let busy = 0;

    const close = async () => {
      // A page that is being printed would not let go.
      if (busy > 0) child.kill('SIGKILL');
      else devtools.send('Browser.close').catch(() => undefined);
      for (let waited = 0; waited < FAREWELL_MS && !ending.isOver; waited += LOOK_MS) await delay(LOOK_MS);
      if (!ending.isOver) child.kill('SIGKILL');
      await ending.over;
      await removeProfile(tools, profile);
    };
    try {
      await devtools.send('Browser.getVersion');
    } catch (error) {
      await close();
      return fail('printer.failed', { reason: `ブラウザーを始められない（${wordsOf(error)}）` });
    }
    return {
      async print(html, options = {}) {
        busy += 1;
        try {
          return await printBy(devtools, html, options);
        } catch (error) {
          return fail('printer.failed', { reason: `ブラウザーが印刷できない（${wordsOf(error)}）` });
        } finally {
          busy -= 1;
        }
      },
      close,
    };
  },
});

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Tells when a process is over, and lets go of whoever waits for its answers. */
function watchEnd(child: ChildProcess, devtools: Devtools): { isOver: boolean; over: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ending = { isOver: false, over: promise };
  const end = (why: string) => {
    ending.isOver = true;
    devtools.end(new Error(why));
    resolve();
  };
  child.once('error', (error) => end(error.message));
  child.once('exit', (code, signal) => end(`終了 ${code ?? signal}`));
  return ending;
}

async function printBy(devtools: Devtools, html: string, { isDraft = false }: PrintOptions): Promise<Buffer> {
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
  const ask = (method: string, params = {}) => devtools.send(method, params, String(sessionId));
  await ask('Emulation.setScriptExecutionDisabled', { value: true });
  const { frameTree } = await ask('Page.getFrameTree');
  await ask('Page.setDocumentContent', { frameId: (frameTree as { frame: { id: string } }).frame.id, html });
  await ask('Runtime.evaluate', { expression: FONTS_LOADED, awaitPromise: true });
  const { stream } = await ask('Page.printToPDF', {
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: !isDraft,
    generateDocumentOutline: !isDraft,
    transferMode: 'ReturnAsStream',
  });
  const chunks: Buffer[] = [];
  for (let isOver = false; !isOver; ) {
    const part = await ask('IO.read', { handle: stream, size: CHUNK });
    chunks.push(Buffer.from(String(part.data), part.base64Encoded === true ? 'base64' : 'latin1'));
    isOver = part.eof === true;
  }
  await devtools.send('Target.closeTarget', { targetId });
  return Buffer.concat(chunks);
}

/** What a browser holds on to for a moment longer than it lives is tried again. */
async function removeProfile({ files, delay }: Tools, profile: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      return await files.remove(profile);
    } catch {
      await delay(LOOK_MS);
    }
  }
}
