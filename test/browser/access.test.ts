// Every screen and dialog as people see it who enlarge, who do not use a mouse, or who listen.
// Promise: axe finds nothing; the page never scrolls sideways; the focus starts at the heading and is always in sight.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { fitsInEveryDensity, inspect as inspectPage, NARROW, USUAL } from './inspect.ts';
import { openPrograms, type Programs, samples, type Window } from './program.ts';
import { makeTown, type Town } from './town.ts';

// On a busy computer a whole screen after another takes its time; each single wait is still a short one.
vi.setConfig({ testTimeout: 90_000 });

let programs: Programs;
let town: Town;
beforeAll(async () => {
  programs = await openPrograms();
  town = await makeTown();
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await town.close();
});

const inspect = ({ page }: Window): Promise<void> => inspectPage(page);

/** A screen that has just appeared: its heading has the focus and names the window. */
async function arrive(window: Window, title: string): Promise<void> {
  await window.at(title);
  await expect.poll(() => window.page.evaluate(() => document.activeElement?.textContent)).toBe(title);
  expect(await window.page.title()).toBe(`${title}｜評価`);
}

async function arriveAndInspect(window: Window, title: string): Promise<void> {
  await arrive(window, title);
  await inspect(window);
}

test('welcome, creating and joining, also with everything left blank', async () => {
  const window = await programs.open('first');
  await arriveAndInspect(window, '行政評価シート');
  await window.press('新しい年度を作る');
  await arriveAndInspect(window, '新しい年度を作る');
  await window.page.getByRole('textbox', { name: /^評価年度/ }).fill('');
  await window.press('ファイルを作る');
  await window.see('課の名前を入れてください。');
  const office = window.page.getByRole('textbox', { name: /^事務局の名前/ });
  await expect.poll(() => office.evaluate((input) => input === document.activeElement)).toBe(true);
  await inspect(window);
  await window.press('はじめの画面へ');
  await window.press('配布を受け取って始める');
  await arriveAndInspect(window, '配布を受け取って始める');
  await window.upload('配布パッケージを選ぶ', town.arriving[0] ?? '');
  await window.see('配布のパッケージではありません。');
  await inspect(window);
});

test('an empty list, a passphrase that is asked for, and the files to choose among', async () => {
  const window = await programs.open('passphrase');
  await window.press('新しい年度を作る');
  await window.page.getByRole('textbox', { name: /^事務局の名前/ }).fill('企画財政課');
  await window.page.getByRole('radio', { name: /^施策評価シート/ }).check();
  await window.page.getByLabel('合い言葉', { exact: true }).fill('ながい合い言葉');
  await window.page.getByLabel('合い言葉をもう一度').fill('ながい合い言葉');
  await window.page.getByRole('button', { name: /年度評価のファイルを作る$/ }).click();
  await window.press('あとで作る');
  await arriveAndInspect(window, 'シート一覧');
  await window.upload('シートの割り当て表を読み込む', path.join(samples, 'memuro-sheets.csv'));
  await window.see('2課に3枚を割り当てました。');
  await inspect(window);

  await window.press('ファイルを閉じる');
  await window.press('見本で試す');
  await arrive(window, 'シート一覧');
  await window.press('ファイルを閉じる');
  await arriveAndInspect(window, '行政評価シート');
  await window.press('ファイルを開く');
  await window.page.getByRole('dialog', { name: 'どのファイルを開きますか' }).waitFor();
  await inspect(window);
  await window.page
    .getByRole('dialog')
    .getByRole('button', { name: /企画財政課/ })
    .click();
  await arrive(window, 'シート一覧');
  await window.press('配布する');
  await arriveAndInspect(window, '配布する');
  await window.press('書き出し先を選ぶ');
  await window.see('このパソコンの中');
  await inspect(window);
  await window.press('2課に配布する');
  const dialog = window.page.getByRole('dialog', { name: '合い言葉を入れてください' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: '鍵を開ける' }).click();
  await window.see('合い言葉を入れてください。');
  await inspect(window);
  await dialog.getByLabel(/^合い言葉/).fill('ながい合い言葉');
  await window.page.keyboard.press('Enter');
  await window.see('配布のパッケージを2件作りました。');
  await inspect(window);
});

test('a department’s list, sheet, intake, hand-in and export', async () => {
  const window = await programs.open('practice');
  await window.press('見本で試す');
  await arriveAndInspect(window, 'シート一覧');
  await fitsInEveryDensity(window.page);
  await window.press('みどりの暮らし移住応援');
  await arriveAndInspect(window, '3-1 みどりの暮らし移住応援');
  await fitsInEveryDensity(window.page);
  await window.press('記入済みシートを読み込む');
  await arriveAndInspect(window, '記入済みシートを読み込む');
  await window.upload('記入済みシートを選ぶ', path.join(samples, 'memuro-sample.txt'));
  await window.see(/まだ何も書き込んでいません。/);
  await inspect(window);
  await window.press('シートへ');
  await window.press('シート一覧へ');
  await window.press('提出する');
  await arriveAndInspect(window, '提出する');
  await window.page.getByRole('checkbox', { name: /^未完成のまま提出する/ }).check();
  await window.press('書き出し先を選ぶ');
  await window.press('2枚を提出する');
  await window.see('提出のパッケージを作りました（2枚）。');
  await inspect(window);
  await window.press('シート一覧へ');
  await window.press('書き出す');
  await arrive(window, '書き出す');
  await window.press('2枚を書き出す');
  await window.see(/^2枚を「.*」に書き出しました。$/);
  await inspect(window);
});

test('the office’s list, conflict, plan, result, unknown sender and signers', async () => {
  const window = await programs.open('office', town.office);
  await arriveAndInspect(window, 'シート一覧');
  await window.press('空き家と古民家の活用');
  await window.see(/^競合が1件あります/);
  await arriveAndInspect(window, '3-2 空き家と古民家の活用');
  await window.press('シート一覧へ');
  await window.press('受け取る');
  await arriveAndInspect(window, '受け取る');
  await window.upload('パッケージを選ぶ', ...town.arriving);
  await window.see(/まだ何も書き込んでいません。/);
  await inspect(window);
  await window.press('2件を取り込む');
  await window.see(/^2件を取り込みました。/);
  await window.press('送り手として登録する');
  await window.see('数字30桁を入れてください（今は0桁）。');
  await inspect(window);
  await window.press('送り手の登録');
  await arriveAndInspect(window, '送り手の登録');
  await window.press('登録する');
  await window.page.getByRole('dialog', { name: '送り手を登録する' }).waitFor();
  await inspect(window);
  await window.page.keyboard.press('Escape');
  await window.page.getByRole('dialog').waitFor({ state: 'detached' });
  await window.page.getByRole('button', { name: '取り消す', exact: true }).first().click();
  await window.page.getByRole('dialog', { name: /の登録を取り消しますか$/ }).waitFor();
  await inspect(window);
});

test('a form of another kind, and names as long as they come', async () => {
  const window = await programs.open('long');
  await window.press('新しい年度を作る');
  await window.page
    .getByRole('textbox', { name: /^事務局の名前/ })
    .fill('総合政策部企画財政課行政経営推進室'.repeat(3));
  await window.page.getByRole('radio', { name: /^事務事業評価シート/ }).check();
  await window.page.getByRole('button', { name: /年度評価のファイルを作る$/ }).click();
  await window.press('あとで作る');
  await window.at('シート一覧');
  const csv = programs.at('long.csv');
  const name = '地域共生社会の実現に向けた重層的支援体制整備事業'.repeat(3);
  const unbroken = 'Regionalentwicklungsfoerderungsprogramm'.repeat(3);
  await writeFile(
    csv,
    `整理番号,事務事業名,担当課\n1,${name},${'保健福祉部地域共生課'.repeat(5)}\n2,${unbroken},建設課\n`,
  );
  await window.upload('シートの割り当て表を読み込む', csv);
  await window.see('2課に2枚を割り当てました。');
  await inspect(window);
  await window.press(unbroken);
  await arriveAndInspect(window, `2 ${unbroken}`);
});

/** Where the focus is after one more Tab, and what a person sees of it. */
const step = async (page: Page) => {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return undefined;
    const box = at.getBoundingClientRect();
    const bar = document.querySelector('.bar');
    const roof = bar && !bar.contains(at) && getComputedStyle(bar).position === 'sticky' ? bar.clientHeight : 0;
    // The ring may stand at the cell around a bare input.
    const ring = [at, at.closest('td, .choice, .mark')].some(
      (one) => one && getComputedStyle(one).outlineStyle !== 'none',
    );
    const inSight = box.bottom > roof && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { what: at.id || at.textContent || at.tagName, ring, inSight };
  });
};

test.each([USUAL, ...NARROW])('Tab walks through everything in sight at $width', async (size) => {
  const window = await programs.open(`walk-${size.width}`, undefined, { viewport: size });
  await window.press('見本で試す');
  await window.at('シート一覧');
  for (const title of ['シート一覧', '3-1 みどりの暮らし移住応援']) {
    if (title !== 'シート一覧') await window.press('みどりの暮らし移住応援');
    await arrive(window, title);
    // Before the list has come there is nothing to walk through.
    if (title === 'シート一覧') await window.see('みどりの暮らし移住応援');
    const lost: string[] = [];
    let steps = 0;
    for (let at = await step(window.page); at && steps < 400; at = await step(window.page)) {
      steps += 1;
      if (!at.ring) lost.push(`no ring: ${at.what}`);
      if (!at.inSight) lost.push(`out of sight: ${at.what}`);
    }
    expect(lost).toEqual([]);
    expect(steps).toBeGreaterThan(5);
    expect(steps).toBeLessThan(400);
  }
});
