// Files on their way between the browser and the application: places, uploads and downloads.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { safeName } from '../../electron/core/filename.ts';
import type { ChosenFile } from '../../shared/contract/host.ts';
import { type Running, run } from './standin.ts';

let host: Running;
beforeAll(async () => {
  host = await run();
});
afterAll(() => host.close());

const place = async (purpose: unknown) => {
  const answer = await host.ask({ method: 'POST', path: '/api/place', body: JSON.stringify({ purpose }) });
  return { status: answer.status, chosen: answer.status === 200 ? (JSON.parse(answer.text) as ChosenFile[]) : [] };
};
const only = async (purpose: unknown) => (await place(purpose)).chosen[0] ?? { file: '', name: '' };
const upload = (name: string, body: Uint8Array) =>
  host.ask({ method: 'POST', path: `/api/upload?name=${encodeURIComponent(name)}`, body });
const download = (file: string) => host.ask({ path: `/api/download?file=${encodeURIComponent(file)}` });
const pathOf = (chosen: ChosenFile) => host.app.offered.get(chosen.file) ?? '';

describe('uploads', () => {
  test('become a file under a word; the name that people see stays', async () => {
    const answer = await upload('記入済み 2-2.txt', Buffer.from([0, 1, 2, 255]));
    const chosen: ChosenFile = JSON.parse(answer.text);
    expect(chosen.name).toBe('記入済み 2-2.txt');
    expect(answer.text).not.toContain(path.sep === '/' ? '/' : '\\\\');
    expect([...readFileSync(pathOf(chosen))]).toEqual([0, 1, 2, 255]);
  });

  test('of the same name do not meet', async () => {
    const [a, b] = await Promise.all([upload('a.json', Buffer.from('1')), upload('a.json', Buffer.from('2'))]);
    const paths = [a, b].map((answer) => pathOf(JSON.parse(answer?.text ?? '')));
    expect(paths.map((file) => readFileSync(file, 'utf8'))).toEqual(['1', '2']);
  });

  test('cannot name a place', async () => {
    const answer = await upload('../../../etc/cron.d/x', Buffer.from('x'));
    const file = pathOf(JSON.parse(answer.text));
    expect(path.basename(file)).toBe('_.._.._etc_cron.d_x');
  });

  test('need a name', async () => {
    expect((await host.ask({ method: 'POST', path: '/api/upload', body: 'x' })).status).toBe(400);
  });

  test('that are too large are told as such', async () => {
    const answer = await upload('大きい.json', Buffer.alloc(24 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text).problem).toMatchObject({ code: 'file.large', details: { name: '大きい.json' } });
  });

  test('lie in a folder that others on this machine cannot enter', async () => {
    const file = pathOf(JSON.parse((await upload('a', Buffer.from('x'))).text));
    const private_ = path.dirname(path.dirname(file));
    if (process.platform !== 'win32') expect(statSync(private_).mode & 0o077).toBe(0);
  });
});

describe('places', () => {
  test('a new workspace lies in the own folder and never on one that is there', async () => {
    const first = await only({ for: 'new-workspace', suggested: '令和4年度' });
    expect(pathOf(first)).toBe(path.join(host.home, '令和4年度.hyoka'));
    writeFileSync(pathOf(first), '');
    const second = await only({ for: 'new-workspace', suggested: '令和4年度.hyoka' });
    expect(second.name).toBe('令和4年度 (2).hyoka');
  });

  test('only workspaces of the own folder can be opened', async () => {
    mkdirSync(path.join(host.home, 'folder.hyoka'), { recursive: true });
    writeFileSync(path.join(host.home, 'b.hyoka'), '');
    writeFileSync(path.join(host.home, 'b.hyoka-wal'), '');
    writeFileSync(path.join(host.home, 'note.txt'), '');
    const names = (await place({ for: 'open-workspace' })).chosen.map(({ name }) => name);
    expect(names).toContain('b.hyoka');
    expect(names.filter((name) => !/^[^/\\]+\.hyoka$/.test(name) || name === 'folder.hyoka')).toEqual([]);
  });

  test.each([{ for: 'open-packages' }, { for: 'new-workspace' }, { for: 'output-folder', path: '/' }, 'x', null])(
    'not for %j',
    async (purpose) => {
      expect((await place(purpose)).status).toBe(400);
    },
  );
});

describe('downloads', () => {
  test('hand over what was written to an offered place, with its name', async () => {
    const chosen = await only({ for: 'save-export', suggested: `一覧 "2022"; x='1'.csv` });
    expect((await download(chosen.file)).status).toBe(404);
    writeFileSync(pathOf(chosen), 'a,b');
    const answer = await download(chosen.file);
    expect(answer.text).toBe('a,b');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="__ _2022__ x__1_.csv"; filename*=UTF-8''${'%E4%B8%80%E8%A6%A7%20_2022_%3B%20x%3D%271%27.csv'}`,
    );
    expect(answer.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
  });

  test('list a folder by words and hand over its files', async () => {
    const folder = await only({ for: 'output-folder' });
    writeFileSync(path.join(pathOf(folder), '1.json'), 'one');
    writeFileSync(path.join(pathOf(folder), '2.json'), 'two');
    const { files } = JSON.parse((await download(folder.file)).text) as { files: ChosenFile[] };
    expect(files.map(({ name }) => name)).toEqual(['1.json', '2.json']);
    const texts = await Promise.all(files.map(async ({ file }) => (await download(file)).text));
    expect(texts).toEqual(['one', 'two']);
  });

  test('hand a folder that was made over as one zip, with everything below it', async () => {
    const folder = await only({ for: 'save-folder', suggested: 'hyoka-2022' });
    expect(folder.name).toBe('hyoka-2022');
    mkdirSync(path.join(pathOf(folder), 'sheets'), { recursive: true });
    writeFileSync(path.join(pathOf(folder), 'index.html'), 'あ');
    writeFileSync(path.join(pathOf(folder), 'sheets', 'no-1.html'), 'い');
    const answer = await download(folder.file);
    expect(answer.headers['content-disposition']).toContain(`filename*=UTF-8''hyoka-2022.zip`);
    expect(answer.text.startsWith('PK')).toBe(true);
    const names = new Set(answer.text.match(/hyoka-2022\/[\w/.-]+?\.html/g));
    expect([...names]).toEqual(['hyoka-2022/index.html', 'hyoka-2022/sheets/no-1.html']);
  });

  test('are refused for every other word, even one that the application knows', async () => {
    const uploaded: ChosenFile = JSON.parse((await upload('a.txt', Buffer.from('x'))).text);
    const workspace = await only({ for: 'new-workspace', suggested: 'geheim' });
    writeFileSync(pathOf(workspace), 'x');
    const elsewhere = host.app.offer('/etc/passwd');
    for (const word of [uploaded.file, workspace.file, elsewhere, '/etc/passwd', '..', '', '__proto__']) {
      const answer = await download(word);
      expect(answer.status, word).toBe(404);
      expect(JSON.parse(answer.text).problem.code).toBe('handle.unknown');
    }
  });

  test('leave nothing behind when the program ends', async () => {
    const other = await run();
    const answer = await other.ask({ method: 'POST', path: '/api/upload?name=a', body: 'x' });
    const file = other.app.offered.get(JSON.parse(answer.text).file) ?? '';
    const temp = path.dirname(path.dirname(file));
    expect(readdirSync(temp)).toHaveLength(1);
    await other.close();
    expect(existsSync(temp)).toBe(false);
  });
});

describe('safeName', () => {
  test.each([
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['..', 'X'],
    ['', 'X'],
    ['...hidden', 'hidden'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['com1.csv', '_com1.csv'],
    ['a\u0000b\nc\u202Etxt.exe', 'a_b_c_txt.exe'],
    ['名前. . ', '名前'],
    ['か\u3099.txt', 'が.txt'],
    ['file.txt::$DATA', 'file.txt__$DATA'],
    [`${'評'.repeat(300)}.csv`, `${'評'.repeat(65)}.csv`],
    [`${'a'.repeat(199)} b`, 'a'.repeat(199)],
  ])('%j becomes %j', (text, name) => {
    expect(safeName(text, 'X')).toBe(name);
  });

  test('any text becomes one file name that every system takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', size: 'max', maxLength: 400 }), (text) => {
        const name = safeName(text, 'X');
        expect(path.win32.basename(name)).toBe(name);
        expect(path.posix.basename(name)).toBe(name);
        expect(['', '.', '..']).not.toContain(name);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(220);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]|^\.|[. ]$/u);
      }),
      { numRuns: 2_000 },
    );
  });
});
