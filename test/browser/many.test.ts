// The list with 2,500 sheets, for both sides: narrowed, sorted, grouped, chosen by mouse and keys, and the same done to
// all that are chosen. Nothing here is timed; what it shows is that every step ends and touches what was chosen alone.
import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { distributeAll, joinDepartment, makeOffice, makeWorld, type World } from '../core/world.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

const MANY = 2_500;
const GENERAL = '総務課';
/** Every second sheet is shared with another department; all of them are the general affairs department's too. */
const SHEETS = [
  '施策番号,施策名,主管課',
  ...Array.from(
    { length: MANY },
    (_, at) => `${at + 1},施策${at + 1}の推進,${at % 2 ? `第${(at % 5) + 1}課、` : ''}${GENERAL}`,
  ),
  '',
].join('\n');

// Thousands of sheets on a busy computer: the bound ends what hangs.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 480_000 });
const PATIENT = { timeout: 60_000 };

let world: World;
let programs: Programs;
let windows: { office: Window; department: Window };
beforeAll(async () => {
  world = await makeWorld();
  const office = await makeOffice(world, 'office.hyoka', 'memuro-shisaku', SHEETS);
  const handed = await distributeAll(world, office, 'out');
  const department = await joinDepartment(world, handed[GENERAL] ?? '', 'department.hyoka');
  await Promise.all([office.app.close(), department.app.close()]);
  programs = await openPrograms();
  windows = {
    office: await programs.open('office', office.file),
    department: await programs.open('department', department.file),
  };
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await world.close();
});

const box = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true });
const rowBox = (page: Page, number: number) => box(page, `${number} 施策${number}の推進を選ぶ`);
const names = (page: Page) => page.locator('.sheet-table tbody th[scope="row"]').allInnerTexts();
const top = async (page: Page) => (await names(page)).slice(0, 3);
const named = (...numbers: number[]) => numbers.map((number) => `施策${number}の推進`);

async function sound({ page }: Window): Promise<void> {
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
    const { violations } = await run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
  });
  expect(findings).toEqual([]);
  for (const width of [1024, 640]) {
    await page.setViewportSize({ width, height: 768 });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await over(), `sideways at ${width}`).toBe(0);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** What list and filters must do for either side. `group`: the heading under which all sheets stand by state. */
async function looksThrough(window: Window, group: string): Promise<void> {
  const { page } = window;
  await window.see(`${MANY}枚`);
  expect(await top(page)).toEqual(named(1, 2, 3));
  const sort = (column: string) => page.getByRole('columnheader', { name: column }).getByRole('button').click();
  await sort('施策番号');
  await expect.poll(() => top(page), PATIENT).toEqual(named(2500, 2499, 2498));
  await sort('更新');
  await sort('施策名');
  await expect.poll(() => top(page), PATIENT).toEqual(named(1, 2, 3));
  await page.getByLabel('しぼり込み').fill('施策 249');
  await window.see(`${MANY}枚のうち13枚を表示しています`);
  await expect.poll(() => top(page), PATIENT).toEqual(named(249, 1249, 2249));
  await window.press('しぼり込みをやめる');
  await window.see(`${MANY}枚`);
  await page.getByLabel('まとめ方').selectOption('state');
  await window.see(group);
  await box(page, `${group}の${MANY}枚をすべて選ぶ`).check();
  await window.see(`${MANY}枚を選んでいます。`);
  await window.press('選択をやめる');
  await page.getByLabel('まとめ方').selectOption('none');
  // Only the rows in sight are drawn.
  expect((await names(page)).length).toBeLessThan(100);
}

/** Five sheets by a range of the mouse and two more by keys. */
async function chooses({ page, see }: Window): Promise<void> {
  await rowBox(page, 3).click();
  await rowBox(page, 7).click({ modifiers: ['Shift'] });
  await see('5枚を選んでいます。');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  await rowBox(page, 10).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await see('8枚を選んでいます。');
  await page.keyboard.press('Shift+ArrowUp');
  await see('7枚を選んでいます。');
  expect(await rowBox(page, 11).evaluate((node) => node === document.activeElement)).toBe(true);
  const all = box(page, '表示しているシートをすべて選ぶ');
  expect(await all.evaluate((node) => (node as HTMLInputElement).indeterminate)).toBe(true);
  await page.getByLabel('しぼり込み').fill('施策5');
  await see(/^7枚を選んでいます（うち6枚は、今は表示していません）。$/);
  await page.getByLabel('しぼり込み').fill('');
}
const CHOSEN = [3, 4, 5, 6, 7, 10, 11];
const bar = (page: Page) => page.getByRole('region', { name: '選んだシート' });

async function writesOut(window: Window): Promise<void> {
  await bar(window.page).getByRole('button', { name: '書き出す' }).click();
  await window.page.getByRole('radio', { name: /^CSV/ }).check();
  await window.press('7枚を書き出す');
  await window.see(/^7枚を「.+」に書き出しました。$/);
  const [file = ''] = await window.download('ファイルを取り出す');
  const rows = (await readFile(file, 'utf8')).trim().split('\r\n');
  expect(rows.slice(1).map((row) => Number(row.split(',')[0]))).toEqual(CHOSEN);
}

test('a department finds, sorts, groups and chooses among 2,500 sheets, and writes the chosen ones out', async () => {
  const window = windows.department;
  await looksThrough(window, '未入力');
  await chooses(window);
  await window.page.getByRole('button', { name: '選んだ7枚を提出する' }).waitFor();
  await sound(window);
  await writesOut(window);
}, 240_000);

test('the office does the same to the sheets it has chosen, and to no other', async () => {
  const window = windows.office;
  const { page } = window;
  await looksThrough(window, '提出待ち');
  // A heading that is far down is not drawn: the sheets of one department are asked for first.
  await page.getByLabel('主管課', { exact: true }).selectOption('第2課');
  await page.getByLabel('まとめ方').selectOption('unit');
  await box(page, '第2課の250枚をすべて選ぶ').check();
  await window.see('250枚を選んでいます。');
  await window.press('選択をやめる');
  await window.press('しぼり込みをやめる');
  await page.getByLabel('まとめ方').selectOption('none');
  await chooses(window);
  await sound(window);

  await window.press('同じ指摘を付ける');
  await window.at('同じ指摘を付ける');
  await window.press('7枚に指摘を付ける');
  await window.see('指摘する内容を書いてください。');
  await page.getByRole('radio', { name: '一つの欄' }).check();
  await page.getByRole('combobox', { name: '欄の見出し' }).fill('意図');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /^指摘する内容/ }).fill('出典を書いてください。');
  await sound(window);
  await window.press('7枚に指摘を付ける');
  await window.see('7枚に指摘を付けました。');
  await window.press('シート一覧へ');
  await page.getByLabel('状態').selectOption('remarked');
  await window.see(`${MANY}枚のうち7枚を表示しています`);
  await expect.poll(() => names(page), PATIENT).toEqual(named(...CHOSEN));
  await window.press('しぼり込みをやめる');

  await window.press('主管課を変える');
  await window.at('主管課を変える');
  await page.getByLabel(/^新しい主管課/).fill('移住課、総務課');
  await window.see('「移住課」は、まだどのシートも受け持っていません。');
  await sound(window);
  await window.press('7枚を「移住課、総務課」に移す');
  await window.see('7枚を「移住課、総務課」に移しました。');
  await window.press('もとに戻す');
  await window.see('7枚の主管課を、もとに戻しました。');
  await window.press('シート一覧へ');

  await writesOut(window);
  await window.press('シート一覧へ');

  await bar(page).getByRole('button', { name: '配布する' }).click();
  await window.see(/^選んだ7枚だけを配布します。/);
  await sound(window);
  await window.press('書き出し先を選ぶ');
  await window.press('4課に7枚を配布する');
  await window.see('配布のパッケージを4件作りました。');
}, 480_000);

test('a long task says how far it has come, can be stopped, and does the rest when it is asked again', async () => {
  const window = windows.office;
  const { page } = window;
  await page.reload();
  await window.see(`${MANY}枚`);
  await box(page, '表示しているシートをすべて選ぶ').check();
  await window.press('同じ指摘を付ける');
  await page.getByRole('textbox', { name: /^指摘する内容/ }).fill('語尾を揃えてください。');
  await window.press(`${MANY}枚に指摘を付ける`);
  await page.getByRole('progressbar').waitFor();
  await window.press('中止');
  await window.see(/^途中で中止したので、\d+枚には付いていません。/);
  const said = Number(/(\d+)枚に指摘を付けました。/.exec(await page.locator('main').innerText())?.[1]);
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThan(MANY);
  await window.press('シート一覧へ');
  await page.getByLabel('状態').selectOption('remarked');
  await window.see(/^2500枚のうち\d+枚を表示しています$/);
}, 240_000);
