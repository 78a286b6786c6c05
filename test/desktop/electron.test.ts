// The real Electron, where its binary is installed and there is a screen: what a stand-in cannot show.
// Elsewhere it says loudly that it was skipped.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../contract/temp.ts';

const root = path.resolve(import.meta.dirname, '../..');
const binary = path.join(
  root,
  'node_modules/electron/dist',
  process.platform === 'win32' ? 'electron.exe' : 'electron',
);
const missing = [
  ...(existsSync(binary) ? [] : ['Electron の実物がない']),
  ...(existsSync(path.join(root, 'dist/main.js')) ? [] : ['dist がない（npm run build）']),
  ...(process.platform === 'linux' && !process.env.DISPLAY ? ['画面（DISPLAY）がない'] : []),
];
if (missing.length > 0) {
  console.warn(
    `※※※ 省略: 実物の Electron での試験はしていません（${missing.join('、')}）。デスクトップ版は代役だけで試験しました。`,
  );
}

describe.skipIf(missing.length > 0)('the real window', () => {
  let program: ElectronApplication;
  afterAll(() => program?.close());

  test('shows the page, sandboxed, with the bridge and without a network', async () => {
    const userData = tempFolder('userdata');
    program = await _electron.launch({ executablePath: binary, args: [root, `--user-data-dir=${userData}`] });
    const page = await program.firstWindow();
    await page.waitForSelector('#root > *');
    expect(page.url()).toBe('app://hyoka/index.html');
    expect(await page.evaluate('Object.keys(window.hyoka).sort().join()')).toBe('call,chooseFiles,on,print,reveal');
    expect(await page.evaluate('[typeof require, typeof process, typeof module].join()')).toBe(
      'undefined,undefined,undefined',
    );
    const about = await page.evaluate(`window.hyoka.call('app.about', {}, 'test')`);
    expect(about).toMatchObject({ ok: true, value: { workspace: null } });
    const reached = await page.evaluate(`fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')`);
    expect(reached).toBe('refused');
    expect(await page.evaluate(`window.open('app://hyoka/index.html') === null`)).toBe(true);
  });
});
