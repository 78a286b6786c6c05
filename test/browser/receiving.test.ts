// Receiving as people see it: the inbox folder, what waits, alarms, the plan by cell, on paper and by keyboard alone.
// Promise: axe finds nothing on any of these screens; what is printed is what is then done.
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { inspect as inspectPage, USUAL } from './inspect.ts';
import { openPrograms, type Programs, type Window } from './program.ts';
import { makeShare, type Share } from './share.ts';

vi.setConfig({ testTimeout: 120_000 });

let programs: Programs;
let share: Share;
beforeAll(async () => {
  programs = await openPrograms();
  share = await makeShare();
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await share.close();
});

/** For looking at: set HYOKA_LOOK to a folder, and every screen is kept there as a picture. */
async function inspect(window: Window, name: string): Promise<void> {
  await inspectPage(window.page);
  const folder = process.env.HYOKA_LOOK;
  if (!folder) return;
  for (const viewport of [USUAL, { width: 1024, height: 768 }]) {
    await window.page.setViewportSize(viewport);
    await window.page.screenshot({ path: `${folder}/${name}-${viewport.width}.png`, fullPage: true });
  }
  await window.page.setViewportSize(USUAL);
}

test('a file in which nothing has arrived yet', async () => {
  const window = await programs.open('nothing');
  await window.press('見本で試す');
  await window.at('シート一覧');
  await window.press('受け取る');
  await window.at('受け取る');
  await window.see(/共有フォルダーを受け箱に決めておくと/);
  await inspect(window, 'nothing');
});

test('alarms, gaps and what waits; a watched folder; the plan by cell, on paper, and done as printed', async () => {
  const host = await programs.host('office', share.office);
  const window = await programs.window(host);
  const { page } = window;
  await window.at('シート一覧');
  await window.press('受け取る');
  await window.see(/パッケージの続きが分かれています/);
  await window.see(/第4号（1件）|第3号（1件）/);
  await window.see(/と名乗っています/);
  await inspect(window, 'alarm');
  await page.getByRole('button', { name: '確かめたことを記録する' }).first().click();
  await window.see('確かめた人の名前を入れてください。');
  await page
    .getByRole('textbox', { name: /^確かめた人/ })
    .first()
    .fill('甲野');
  await page.getByRole('button', { name: '確かめたことを記録する' }).first().click();
  await window.see(/確かめた知らせ（1件）/);

  const inbox = programs.at('office', '受け箱');
  mkdirSync(inbox, { recursive: true });
  for (const [name, bytes] of Object.entries(share.files)) writeFileSync(`${inbox}/${name}`, bytes);
  await window.press('受け箱を決める');
  await window.see(/コピー中2件。/);
  await inspect(window, 'inbox');
  await window.press('シート一覧へ');
  await window.see(/パッケージが1件届いています。/);
  await inspect(window, 'arrived');
  await window.press('届いた1件');
  await window.at('受け取る');

  await window.press('届いた1件を確かめる');
  await window.see(/まだ何も書き込んでいません。/);
  await inspect(window, 'plan');

  await window.press('印刷する');
  await window.see('取り込みの予定');
  const digest = await page.locator('.digest').textContent();
  expect(digest).toMatch(/^([0-9a-f]{8} ){7}[0-9a-f]{8}$/);
  await window.see('建設課、子育て支援課');
  await inspect(window, 'paper');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  if (process.env.HYOKA_LOOK) writeFileSync(`${process.env.HYOKA_LOOK}/paper.pdf`, pdf);
  await window.press('画面に戻る');

  await window.press('1件を取り込む');
  await window.see('1件を取り込みました。');
  await inspect(window, 'done');
  await window.press('印刷する');
  await window.see('取り込みの記録');
  expect(await page.locator('.digest').textContent()).toBe(digest);
  await window.press('シート一覧へ');
  await window.at('シート一覧');
  expect(await page.getByText(/届いています/).count()).toBe(0);
  await page.close();
  await host.stop();
});

test('from the list to the plan and back by keyboard alone', async () => {
  const window = await programs.open('keyboard', share.office);
  const { page } = window;
  await window.at('シート一覧');
  const reach = async (name: string | RegExp) => {
    const wanted = page.getByRole('button', { name }).first();
    for (let step = 0; step < 60; step += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${name} was not reached`);
  };
  await reach('受け取る');
  await page.keyboard.press('Enter');
  await window.at('受け取る');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    (async () => {
      await reach('パッケージを選ぶ');
      await page.keyboard.press('Enter');
    })(),
  ]);
  const file = programs.at('again.hyoka.json');
  writeFileSync(file, share.files['S0001-提出.hyoka.json'] ?? '');
  await chooser.setFiles([file]);
  await window.see(/取り込み済み|まだ何も書き込んでいません。/);
  await reach('印刷する');
  await page.keyboard.press('Enter');
  await window.see('取り込みの予定');
  await reach('画面に戻る');
  await page.keyboard.press('Enter');
  await reach('シート一覧へ');
  await page.keyboard.press('Enter');
  await window.at('シート一覧');
});
