// Words composed by an input method in the boxes beside and over a sheet: a remark, a reason, a passphrase.
// Promise: the Enter that confirms a word sends nothing, closes nothing and leaves the word as it was confirmed.
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { makeOffice, makeWorld, type World } from '../core/world.ts';
import { compose } from './inspect.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

const PASSPHRASE = '山吹の咲く丘';

vi.setConfig({ testTimeout: 90_000 });

let programs: Programs;
let world: World;
let file: string;
beforeAll(async () => {
  programs = await openPrograms();
  world = await makeWorld();
  const office = await makeOffice(world);
  file = office.file;
  const cell = (label: string, raw: string) => ({ cell: label, raw });
  await office.ask('cell.set', {
    sheet: '1-1',
    cells: [cell('施策事業費(千円) 2020年度決算', '12480'), cell('施策事業費(千円) 2021年度決算', '23905')],
  });
  await office.ask('key.protect', { passphrase: PASSPHRASE });
  await office.app.close();
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await world.close();
});

/** What the page has asked of the host since, by method. */
function asked(page: Page): string[] {
  const methods: string[] = [];
  page.on('request', (request) => {
    const method = /"method":"([\w.]+)"/.exec(request.postData() ?? '')?.[1];
    if (method) methods.push(method);
  });
  return methods;
}

/** Composes in the box that has the focus, and expects it to hold the words and to have the focus still. */
async function composes({ page }: Window, input: CDPSession, reading: string, words: string): Promise<void> {
  const box = page.locator('textarea:focus, input:focus');
  await box.waitFor();
  const name = await box.evaluate((one) => one.id);
  await compose(input, reading, words);
  expect(await box.inputValue()).toBe(words);
  expect(await box.evaluate((one) => one.id)).toBe(name);
}

test('a reason, a remark and a passphrase are confirmed by Enter without being sent', async () => {
  const window = await programs.open('composing', file);
  const { page } = window;
  const input = await page.context().newCDPSession(page);
  const panel = page.getByRole('complementary', { name: '欄の説明' });
  await window.press('図書館の活用');
  await window.at('1-1 図書館の活用');
  const methods = asked(page);

  await window.cell('施策事業費(千円) 2021年度決算').focus();
  await panel.getByRole('button', { name: '理由を書く' }).click();
  await composes(window, input, 'ねあがり', '値上がりしたため。');
  expect(methods).not.toContain('check.answer');
  await panel.getByRole('button', { name: '理由を書き込む' }).click();
  await panel.getByText('理由あり').waitFor();
  expect(methods).toContain('check.answer');

  await panel.getByRole('button', { name: 'この欄に指摘を書く' }).click();
  await composes(window, input, 'うちわけ', '内訳を添えてください。');
  expect(methods).not.toContain('remark.add');
  await panel.getByRole('button', { name: '指摘を書き込む' }).click();
  await panel.getByText('課の返事待ち').waitFor();
  expect(methods).toContain('remark.add');

  await window.press('シート一覧へ');
  await window.press('配布する');
  await window.press('書き出し先を選ぶ');
  await window.press('2課に配布する');
  const dialog = page.getByRole('dialog', { name: '合い言葉を入れてください' });
  await dialog.getByLabel(/^合い言葉/).focus();
  await composes(window, input, 'やまぶきのさくおか', PASSPHRASE);
  expect(await dialog.count()).toBe(1);
  expect(methods).not.toContain('workspace.unlock');
  await page.keyboard.press('Enter');
  await window.see('配布のパッケージを2件作りました。');
  expect(methods).toContain('workspace.unlock');
});
