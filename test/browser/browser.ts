// Starts the Chromium that comes inside an npm package: no download and no system library is needed to test screens.
// Unpacked once per version into the temp folder; several test workers may start at the same time.
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

function packed(): { version: string; bin: string } {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const home = entry.slice(0, entry.lastIndexOf('chromium') + 'chromium'.length);
  const manifest: { version: string } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  return { version: manifest.version, bin: path.join(home, 'bin') };
}

async function unpack(): Promise<string> {
  const { version, bin } = packed();
  const home = path.join(tmpdir(), `hyoka-chromium-${version}`);
  if (existsSync(home)) return home;
  const { inflate } = await import('@sparticuz/chromium');
  const staging = mkdtempSync(`${home}-`);
  const before = process.env.TMPDIR;
  // The package unpacks into the temp folder, whatever that is at the time.
  process.env.TMPDIR = staging;
  try {
    const parts = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
    await Promise.all(parts.map((part) => inflate(path.join(bin, part))));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  // Only the package's own font: screenshots look the same on every machine, and pages must bring theirs.
  const fonts = `<fontconfig><dir>${home}/fonts</dir><cachedir>${home}/fonts-cache</cachedir></fontconfig>`;
  writeFileSync(path.join(staging, 'fonts', 'fonts.conf'), fonts);
  try {
    renameSync(staging, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
    rmSync(staging, { recursive: true });
  }
  return home;
}

const librariesOf = (home: string): string =>
  [path.join(home, 'al2023', 'lib'), home, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');

/**
 * A file that starts this browser, as HYOKA_BROWSER may name it. Off Linux there is none: the program finds the installed
 * Chrome or Edge itself.
 */
export async function browserFile(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const home = await unpack();
  const file = path.join(home, 'browser.sh');
  if (existsSync(file)) return file;
  const draft = `${file}.${process.pid}`;
  const set = `LD_LIBRARY_PATH='${librariesOf(home)}' FONTCONFIG_PATH='${path.join(home, 'fonts')}'`;
  writeFileSync(draft, `#!/bin/sh\n${set} exec '${path.join(home, 'chromium')}' "$@"\n`);
  chmodSync(draft, 0o755);
  renameSync(draft, file);
  return file;
}

/** Lets the program print by this browser. */
export async function printByBrowser(): Promise<void> {
  const file = await browserFile();
  if (file !== undefined) process.env.HYOKA_BROWSER = file;
}

/** A fresh headless browser; the caller closes it. Off Linux, the installed Chrome or Edge is used. */
export async function launch(): Promise<Browser> {
  if (process.platform !== 'linux') {
    return chromium.launch({ channel: process.platform === 'win32' ? 'msedge' : 'chrome', args: flags });
  }
  const home = await unpack();
  return chromium.launch({
    executablePath: path.join(home, 'chromium'),
    args: flags,
    env: { ...process.env, LD_LIBRARY_PATH: librariesOf(home), FONTCONFIG_PATH: path.join(home, 'fonts') },
  });
}
