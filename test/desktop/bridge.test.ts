// The bridge from both ends: what the page is given, who is answered, and what a chosen file is to the page.
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { standInApp } from '../contract/standin.ts';
import { type BrowserWindow, did, app as electron, ipcRenderer, record, WebContents } from './electron.ts';
import { ask, fixtureProgram, startProgram } from './standin.ts';

vi.mock('electron', () => import('./electron.ts'));

const app = standInApp();
let window: BrowserWindow;
beforeAll(async () => {
  window = await startProgram(app, fixtureProgram());
});

const calls = (...values: unknown[]) => ask(window, 'hyoka:call', values);
const choose = (purpose: unknown) => ask(window, 'hyoka:choose-files', [purpose]);

describe('the preload script', () => {
  type Bridge = Record<'call' | 'on' | 'chooseFiles' | 'reveal' | 'print', (...values: unknown[]) => unknown>;
  let bridge: Bridge;
  beforeAll(async () => {
    await import('../../electron/desktop/preload.ts');
    bridge = record.exposed.get('hyoka') as Bridge;
  });
  beforeEach(() => {
    record.invoked.length = 0;
  });

  test('gives the page exactly five functions', () => {
    expect([...record.exposed.keys()]).toEqual(['hyoka']);
    expect(Object.keys(bridge).sort()).toEqual(['call', 'chooseFiles', 'on', 'print', 'reveal']);
    for (const part of Object.values(bridge)) expect(part).toBeTypeOf('function');
  });

  test('passes on what it is given, the input as JSON, and nothing else', async () => {
    await bridge.call('cell.set', { sheet: '2-2', cells: [] }, 'id-1', 'more');
    await bridge.chooseFiles({ for: 'open-form' }, 'more');
    await bridge.reveal('handle', 'more');
    await bridge.print({ size: 'A3', orientation: 'landscape' }, 'more');
    expect(record.invoked).toEqual([
      ['hyoka:call', 'cell.set', '{"sheet":"2-2","cells":[]}', 'id-1'],
      ['hyoka:choose-files', { for: 'open-form' }],
      ['hyoka:reveal', 'handle'],
      ['hyoka:print', { size: 'A3', orientation: 'landscape' }],
    ]);
  });

  test('hands events over without the sender, until the page stops listening', () => {
    const heard = vi.fn();
    const stop = bridge.on(heard) as () => unknown;
    ipcRenderer.emit('hyoka:event', { sender: 'secret' }, { type: 'changed', topics: ['sheets'] });
    expect(heard.mock.calls).toEqual([[{ type: 'changed', topics: ['sheets'] }]]);
    expect(stop()).toBeUndefined();
    ipcRenderer.emit('hyoka:event', {}, { type: 'changed', topics: ['sheets'] });
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe('who is answered', () => {
  test('the main frame of our page', async () => {
    expect(await calls('sheet.list', '{}', '1')).toEqual({ ok: true, value: {} });
  });

  const main = () => window.webContents.mainFrame;
  test.each([
    ['a frame inside of the page', () => ({ senderFrame: { url: 'app://hyoka/index.html', parent: main() } })],
    ['a foreign page', () => ({ senderFrame: { url: 'https://example.com/', parent: null } })],
    ['a page of another host', () => ({ senderFrame: { url: 'app://evil/index.html', parent: null } })],
    ['a page that looks like ours', () => ({ senderFrame: { url: 'app://hyoka@evil/index.html', parent: null } })],
    ['an empty page', () => ({ senderFrame: { url: '', parent: null } })],
    ['a local file', () => ({ senderFrame: { url: 'file:///app://hyoka/index.html', parent: null } })],
    ['a frame that is gone', () => ({ senderFrame: null })],
    ['another window', () => ({ sender: new WebContents() })],
  ])('not %s', async (_, from) => {
    const before = app.calls.length;
    for (const [channel, values] of [
      ['hyoka:call', ['sheet.list', '{}', '2']],
      ['hyoka:choose-files', [{ for: 'open-form' }]],
      ['hyoka:reveal', ['x']],
      ['hyoka:print', [{ size: 'A4', orientation: 'portrait' }]],
    ] as const) {
      await expect(ask(window, channel, [...values], from())).rejects.toThrow('受け付けられない要求です。');
    }
    expect(app.calls.length).toBe(before);
    expect(did('showItemInFolder')).toBe(false);
    expect(window.webContents.printed).toEqual([]);
  });

  test.each([
    ['hyoka:call', []],
    ['hyoka:call', ['sheet.list']],
    ['hyoka:call', ['sheet.list', {}, '1']],
    ['hyoka:call', ['sheet.list', '{}', 1]],
    ['hyoka:call', ['sheet.list', '{}', '']],
    ['hyoka:call', ['sheet.list', '{}', '1', 'more']],
    ['hyoka:call', [['sheet.list'], '{}', '1']],
    ['hyoka:call', ['sheet.list', '{', '1']],
    ['hyoka:choose-files', []],
    ['hyoka:choose-files', ['open-form']],
    ['hyoka:choose-files', [{ for: 'open-anything' }]],
    ['hyoka:choose-files', [{ for: 'open-form', defaultPath: '/etc' }]],
    ['hyoka:choose-files', [{ for: 'save-export' }]],
    ['hyoka:reveal', []],
    ['hyoka:reveal', [{ file: 'x' }]],
    ['hyoka:print', []],
    ['hyoka:print', [{ silent: true }]],
    ['hyoka:print', [{ size: 'A4', orientation: 'portrait', silent: true }]],
    ['hyoka:print', [{ size: 'B5', orientation: 'portrait' }]],
  ])('not %s with arguments of another shape', async (channel, values) => {
    const before = app.calls.length;
    await expect(ask(window, channel, values)).rejects.toThrow();
    expect(app.calls.length).toBe(before);
  });

  test('a question that carries too much hears so', async () => {
    const before = app.calls.length;
    expect(await calls('sheet.list', `"${'あ'.repeat(400_000)}"`, '1')).toMatchObject({
      ok: false,
      problem: { code: 'input.invalid', message: expect.stringContaining('1 MB') },
    });
    expect(app.calls.length).toBe(before);
  });

  test('nothing beside the four questions', () => {
    expect([...record.handlers.keys()].sort()).toEqual([
      ...['hyoka:call', 'hyoka:choose-files', 'hyoka:print', 'hyoka:reveal'],
    ]);
  });
});

describe('calls', () => {
  test('report progress under their id, and are cancelled by it', async () => {
    const reply = calls('test.hold', '{}', 'task-1');
    await expect
      .poll(() => window.webContents.sent)
      .toContainEqual([
        'hyoka:event',
        { type: 'progress', id: 'task-1', progress: { done: 1, total: 2, name: '一件目' } },
      ]);
    await expect(calls('sheet.list', '{}', 'task-1')).rejects.toThrow();
    expect(await calls('task.cancel', '{"id":"task-1"}', 'c')).toEqual({ ok: true, value: {} });
    expect(await reply).toMatchObject({ ok: false, problem: { code: 'task.cancelled' } });
  });

  test('changes are told to the page', () => {
    app.change(['signers']);
    expect(window.webContents.sent.at(-1)).toEqual(['hyoka:event', { type: 'changed', topics: ['signers'] }]);
  });
});

describe('dialogs', () => {
  beforeEach(() => {
    record.dialogs.length = 0;
    record.answers.length = 0;
  });

  test.each([
    ['open-workspace', ['hyoka'], ['openFile']],
    ['open-packages', ['json', 'age', '*'], ['openFile', 'multiSelections']],
    ['open-filled-sheet', ['xlsx', 'xlsm', 'ods', 'txt', 'tsv', 'csv', 'html', 'htm', 'xls', '*'], ['openFile']],
    ['open-assignment', ['xlsx', 'xlsm', 'ods', 'csv', '*'], ['openFile']],
    ['open-form', ['json'], ['openFile']],
    ['open-previous', ['hyoka', 'json', 'xlsx', 'xlsm', 'ods'], ['openFile']],
    ['output-folder', [], ['openDirectory', 'createDirectory']],
    ['inbox-folder', [], ['openDirectory']],
  ])('%s', async (purpose, extensions, properties) => {
    expect(await choose({ for: purpose })).toEqual([]);
    const { kind, options } = record.dialogs[0] ?? { kind: '', options: {} };
    const filters = (options.filters ?? []) as { extensions: string[] }[];
    expect([kind, filters.flatMap((filter) => filter.extensions), options.properties]).toEqual([
      ...['open', extensions, properties],
    ]);
    expect(options.title).toMatch(/\p{Script=Han}|\p{Script=Hiragana}/u);
  });

  test('give the page words and names, never paths', async () => {
    const chosen = [path.resolve('/media/usb/総務課.json'), path.resolve('/media/usb/企画課.json')];
    record.answers.push({ canceled: false, filePaths: chosen });
    const files = (await choose({ for: 'open-packages' })) as { file: string; name: string }[];
    expect(files.map(({ name }) => name)).toEqual(['総務課.json', '企画課.json']);
    expect(files.map(({ file }) => app.offered.get(file))).toEqual(chosen);
    expect(JSON.stringify(files)).not.toContain('usb');
  });

  test('a folder to be made lies in the folder that was chosen, and its name leads nowhere else', async () => {
    const inside = path.resolve('/media/usb');
    record.answers.push({ canceled: false, filePaths: [inside] });
    const [chosen] = (await choose({ for: 'save-folder', suggested: '../hyoka-2022' })) as {
      file: string;
      name: string;
    }[];
    expect(chosen?.name).toBe('_hyoka-2022');
    expect(app.offered.get(chosen?.file ?? '')).toBe(path.join(inside, '_hyoka-2022'));
    expect(record.dialogs[0]?.options.properties).toEqual(['openDirectory', 'createDirectory']);
  });

  test('a new workspace gets its ending; a suggestion names no place', async () => {
    record.answers.push({ canceled: false, filePath: '/home/x/令和4年度' });
    const [file] = (await choose({ for: 'new-workspace', suggested: '../../etc/令和4年度.hyoka' })) as {
      file: string;
    }[];
    expect(app.offered.get(file?.file ?? '')).toBe('/home/x/令和4年度.hyoka');
    const documents = electron.paths.documents ?? '';
    expect(record.dialogs[0]?.options.defaultPath).toBe(path.join(documents, '_.._etc_令和4年度.hyoka'));
  });

  test('an export asks before it takes the place of a file', async () => {
    expect(await choose({ for: 'save-export', suggested: '一覧.csv' })).toEqual([]);
    const options = record.dialogs[0]?.options;
    expect(options?.properties).toContain('showOverwriteConfirmation');
    expect(options?.filters).toEqual([{ name: '表（CSV）', extensions: ['csv'] }]);
  });

  test.each(['csv', 'json', 'xlsx', 'ods', 'pdf', 'png', 'svg'])(
    'a name without an ending becomes a .%s',
    async (ending) => {
      expect(await choose({ for: 'save-export', suggested: `一覧.${ending}` })).toEqual([]);
      expect(record.dialogs[0]?.options.filters).toMatchObject([{ extensions: [ending] }]);
    },
  );
});

describe('the rest', () => {
  test('a written file is shown in its folder, never opened', async () => {
    const file = path.resolve('/home/x/書き出し/a.json');
    await ask(window, 'hyoka:reveal', [app.offer(file)]);
    expect(record.done.at(-1)).toEqual({ what: 'showItemInFolder', with: [file] });
    await expect(ask(window, 'hyoka:reveal', ['/etc/passwd'])).rejects.toThrow('handle.unknown');
  });

  test('paper goes through the dialog of the system', async () => {
    await ask(window, 'hyoka:print', [{ size: 'A3', orientation: 'landscape' }]);
    expect(window.webContents.printed).toEqual([
      { silent: false, printBackground: true, pageSize: 'A3', landscape: true },
    ]);
  });
});
