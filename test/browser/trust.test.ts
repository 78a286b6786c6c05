// Keys as people see them: enrolment, revocation, rotation, the card, the recovery file; by keyboard, enlarged, listened to.
// Promise: axe finds nothing, the page never scrolls sideways, and a department hears plainly that it was revoked.
import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { distributeAll, makeWorld, type World } from '../core/world.ts';
import { openPrograms, type Programs, type Window } from './program.ts';
import { makeTown, type Town } from './town.ts';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 640, height: 512 },
  { width: 1280, height: 900 },
];
const PHRASE = 'なつのあさ ラジオ体操';

vi.setConfig({ testTimeout: 90_000 });

let programs: Programs;
let town: Town;
let world: World;
let office: Window;
beforeAll(async () => {
  programs = await openPrograms();
  town = await makeTown();
  world = await makeWorld();
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await town.close();
  await world.close();
});

async function inspect({ page }: Window): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
      const { violations } = await run(document, { resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
    });
    expect([size.width, found]).toEqual([size.width, []]);
    expect(await sideways(page)).toBe(false);
  }
}
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
const dialog = ({ page }: Window, name: string) => page.getByRole('dialog', { name });
const isFocused = (window: Window, name: RegExp) =>
  window.page.getByRole('textbox', { name }).evaluate((input) => input === document.activeElement);

test('the office registers a workstation before anything came, with the keyboard alone', async () => {
  office = await programs.open('office', town.office);
  await office.press('送り手の登録');
  await office.at('送り手の登録');
  await inspect(office);
  await office.page.getByRole('button', { name: '届く前に登録する' }).press('Enter');
  await dialog(office, '届く前に登録する').waitFor();
  await office.page.getByRole('button', { name: 'この番号の端末を登録する' }).press('Enter');
  await expect.poll(() => isFocused(office, /^確認番号/)).toBe(true);
  await office.see('数字30桁を入れてください（今は0桁）。');
  await inspect(office);
  await office.page.keyboard.type('１２３４５ 67890-12345 67890 12345 67890');
  await office.see('入力：12345 67890 12345 67890 12345 67890（30桁）');
  await office.page.keyboard.press('Tab');
  await office.page.keyboard.type('くらし移住課');
  await office.page.keyboard.press('Tab');
  await office.page.keyboard.type('窓口の二台目');
  await office.page.keyboard.press('Tab');
  await office.page.keyboard.press('Enter');
  await office.see('「くらし移住課」の端末を登録しました。届くのを待っています。');
  const row = office.page.getByRole('row', { name: /窓口の二台目/ });
  expect(await row.innerText()).toContain('到着待ち');
  await inspect(office);
});

test('a registration is taken back from a package on: what came after is listed before and after', async () => {
  await office.page.getByRole('button', { name: '取り消す', exact: true }).first().click();
  const asked = office.page.getByRole('dialog');
  await asked.getByText('取り込み済みのものは、すべて信用したままです。').waitFor();
  await inspect(office);
  await asked.getByRole('radio', { name: /^第1号/ }).check();
  await asked.getByText('取り込み済みの1件が、信用しないものになります。').waitFor();
  await inspect(office);
  await asked.getByRole('button', { name: /の登録を取り消す$/ }).click();
  await office.page.getByRole('dialog', { name: /の登録を取り消しました$/ }).waitFor();
  expect(await office.page.getByRole('table', { name: /信用しなくなったもの/ }).innerText()).toContain('3-1、3-2');
  await inspect(office);
  await office.press('一覧に戻る');
  await office.see('取り消しより後の取り込みが1件');
  await office.press('シート一覧へ');
});

test('the department’s screen says plainly that this workstation was revoked', async () => {
  const host = world.host();
  const copy = world.at('office.hyoka');
  await office.press('ファイルを閉じる');
  // Only a file that is closed holds everything: until then the last changes lie beside it.
  await office.at('行政評価シート');
  await world.write('office.hyoka', await readFile(town.office));
  host.file = copy;
  await host.ask('workspace.open', { file: host.offer(copy) });
  await host.ask('cell.set', { sheet: '3-2', cells: [{ cell: '意図', raw: '・空き家と古民家を住まいにする' }] });
  const packages = await distributeAll(world, host, 'again');
  await host.app.close();
  const window = await programs.open('department', town.department);
  await window.press('受け取る');
  await window.upload('パッケージを選ぶ', packages.くらし移住課 ?? '');
  await window.press('1件を取り込む');
  await window.press('シート一覧を見る');
  await window.see('この端末の登録は、事務局が取り消しています。');
  await inspect(window);
  await window.press('送り手の登録');
  const stations = window.page.getByRole('table', { name: '自分の課の端末' });
  expect(await stations.innerText()).toContain('登録を取り消し');
  await inspect(window);
});

test('the card, as it is printed; the key rotated and protected; the recovery file written and opened', async () => {
  const window = await programs.open('second');
  await window.press('新しい年度を作る');
  await window.page
    .getByRole('textbox', { name: /^事務局の名前/ })
    .fill('総合政策部企画財政課行政経営推進室'.repeat(2));
  await window.page.getByRole('radio', { name: /^施策評価シート/ }).check();
  await window.page.getByRole('checkbox', { name: /^前のパソコンの鍵を/ }).check();
  await window.page.getByRole('button', { name: /年度評価のファイルを作る$/ }).click();
  await window.see('回復ファイルを選んでください。');
  await inspect(window);
  await window.page.getByRole('checkbox', { name: /^前のパソコンの鍵を/ }).uncheck();
  await window.page.getByRole('button', { name: /年度評価のファイルを作る$/ }).click();

  await window.at('回復ファイルを作る');
  await inspect(window);
  await window.press('回復ファイルを書いて確かめる');
  await expect.poll(() => isFocused(window, /^回復ファイルの合い言葉※必須/)).toBe(true);
  await window.page.getByRole('textbox', { name: /^回復ファイルの合い言葉※必須/ }).fill(PHRASE);
  await window.page.getByRole('textbox', { name: /^回復ファイルの合い言葉をもう一度/ }).fill(PHRASE);
  await window.press('回復ファイルを書いて確かめる');
  await window.see('回復ファイルを書き、合い言葉で開けることを確かめました。');
  await inspect(window);
  const [recovery = ''] = await window.download('回復ファイルを取り出す');
  expect(await readFile(recovery, 'utf8')).toContain('hyoka-recovery/1');
  await window.press('シート一覧へ進む');
  await window.at('シート一覧');
  expect(await window.page.getByText('回復ファイルが、まだありません。').count()).toBe(0);

  await window.press('送り手の登録');
  const before = await window.page.locator('.print').innerText();
  await window.press('合い言葉を決める');
  await window.page.getByRole('textbox', { name: /^新しい合い言葉※必須/ }).fill('まもる合い言葉');
  await window.page.getByRole('textbox', { name: /^新しい合い言葉をもう一度/ }).fill('まもる合い言葉');
  await inspect(window);
  await window.press('鍵を合い言葉で守る');
  await window.see('鍵を合い言葉で守りました。');
  await window.press('鍵を替える');
  await window.page.getByRole('textbox', { name: /^今の合い言葉/ }).fill('まもる合い言葉');
  await inspect(window);
  await window.press('この端末の鍵を替える');
  await window.see('鍵を替えました。回復ファイルを作り直してください。');
  const after = await window.page.locator('.print').innerText();
  expect(after).not.toBe(before);

  await window.press('登録カード');
  await window.at('登録カード');
  await inspect(window);
  await window.page.emulateMedia({ media: 'print' });
  expect(await window.page.getByRole('button', { name: '登録カードを印刷する' }).isVisible()).toBe(false);
  const groups = await window.page.locator('.card-print [aria-hidden]').allInnerTexts();
  expect(groups.join(' ')).toBe(after);
  expect(await sideways(window.page)).toBe(false);
  await window.page.emulateMedia({ media: 'screen' });
});
