// A sheet in its second year: last year beside it, what the office remarks, who wrote what, and how firm numbers are.
// Promise: what people say to each other travels with the packages and comes to an end; last year is told, never kept.
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Host, openPrograms, type Programs, type Window } from './program.ts';
import { makeTown, type Town } from './town.ts';
import { makeYears, OTHER, SAME, type Years } from './years.ts';

const OWN = '3-1 みどりの暮らし移住応援';
const REMARK = 'だれの不安を減らすのかを、もう少しくわしく書いてください。';
const ANSWER = '移り住む人の住まいと仕事の不安です。書き足しました。';
const MOMENT = /\d{4}-\d\d-\d\d \d\d:\d\d/;
/** Other tests may keep the machine busy. */
const PATIENT = { timeout: 15_000 };

vi.setConfig({ testTimeout: 120_000 });

let programs: Programs;
let years: Years;
let town: Town;
let office: Host;
let department: Host;
beforeAll(async () => {
  programs = await openPrograms();
  [years, town] = await Promise.all([makeYears(), makeTown()]);
  office = await programs.host('office', years.office);
  department = await programs.host('department', years.department);
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await Promise.all([years.close(), town.close()]);
});

const panelOf = ({ page }: Window) => page.getByRole('complementary', { name: '欄の説明' });
const frameOf = (window: Window, label: string) => window.page.locator('.cell', { has: window.cell(label) });
async function openSheet(window: Window): Promise<void> {
  await window.press('みどりの暮らし移住応援');
  await window.at(OWN);
}
async function backToList(window: Window): Promise<void> {
  await window.press('シート一覧へ');
  await window.at('シート一覧');
}
/** What a screen reader says of a cell beside its name. */
const spoken = (window: Window, label: string): Promise<string> =>
  window.cell(label).evaluate((input) =>
    (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );

test('the office reads last year in; it stands beside the cell, and one key copies it', async () => {
  const window = await programs.open('reading', years.blank);
  const { page } = window;
  await window.at('シート一覧');
  await window.upload('前年度を読み込む', years.before);
  await window.see('2021年度評価から、3枚の前年度の内容を読み込みました。');
  await openSheet(window);
  await window.cell('対象').focus();
  const panel = panelOf(window);
  await panel.getByRole('heading', { name: '前年度の内容（2021年度（令和3年度）評価）' }).waitFor();
  await panel.getByText(OTHER).waitFor();
  expect(await spoken(window, '対象')).not.toContain('前年と同じ');

  await page.keyboard.press('Alt+c');
  await window.see('前年度の内容を写しました：対象');
  expect(await window.cell('対象').inputValue()).toBe(OTHER);
  await panel.getByText('今の文は、前年度と一字一句同じです。').waitFor();
  await frameOf(window, '対象').getByText('前年と同じ').waitFor();
  expect(await spoken(window, '対象')).toContain('前年と同じ');
  await page.getByRole('button', { name: '前年と同じ 1' }).waitFor();

  await page.keyboard.press('End');
  await page.keyboard.type('とその家族');
  await window.saved();
  await panel.getByText('今の文は、前年度と一字一句同じです。').waitFor({ state: 'detached' });
  expect(await spoken(window, '対象')).not.toContain('前年と同じ');
  await page.getByRole('button', { name: /^前年と同じ/ }).waitFor({ state: 'detached' });
});

test('a cell that says the same carries a dotted line, and its word where the person is', async () => {
  const window = await programs.window(department);
  await openSheet(window);
  const intent = window.cell('意図');
  const word = frameOf(window, '意図').getByText('前年と同じ');
  expect(await intent.inputValue()).toBe(SAME);
  await expect
    .poll(() => intent.evaluate((input) => getComputedStyle(input).textDecoration), PATIENT)
    .toContain('underline dotted');
  expect(await window.cell('対象').evaluate((input) => getComputedStyle(input).textDecorationLine)).toBe('none');
  expect(await word.isVisible()).toBe(false);
  await intent.focus();
  expect(await word.isVisible()).toBe(true);
  // A column of a fixed year is about the same year in both sheets.
  await window.type('重要業績評価指標 ① 2020年度実績', '1,187');
  await window.type('重要業績評価指標 ① 指標名', '移住相談の件数');
  await expect.poll(() => spoken(window, '重要業績評価指標 ① 指標名'), PATIENT).toContain('前年と同じ');
  expect(await spoken(window, '重要業績評価指標 ① 2020年度実績')).not.toContain('前年と同じ');
  await window.page.context().close();
});

test('a remark travels to the department, its answer back, and the end of it again', async () => {
  const asking = await programs.window(office);
  const answering = await programs.window(department);
  const distribute = async () => {
    await backToList(asking);
    await asking.press('配布する');
    await asking.press('書き出し先を選ぶ');
    await asking.press('2課に配布する');
    await asking.see('配布のパッケージを2件作りました。');
    const row = asking.page
      .getByRole('table', { name: '作ったパッケージ' })
      .getByRole('row', { name: /^くらし移住課/ });
    const name = (await row.getByRole('cell').first().textContent()) ?? '';
    const files = await asking.download('ファイルを取り出す', 2);
    await backToList(asking);
    return files.find((file) => path.basename(file) === name) ?? '';
  };
  const receive = async (window: Window, file: string) => {
    await window.press('受け取る');
    await window.upload('パッケージを選ぶ', file);
    await window.press('1件を取り込む');
    await window.see(/^1件を取り込みました。/);
    await backToList(window);
  };
  const look = (window: Window) => frameOf(window, '意図').getAttribute('data-look');

  await openSheet(asking);
  await asking.cell('意図').focus();
  await asking.press('この欄に指摘を書く');
  await panelOf(asking)
    .getByRole('textbox', { name: /^指摘する内容/ })
    .fill(REMARK);
  await asking.press('指摘を書き込む');
  await panelOf(asking).getByText('課の返事待ち').waitFor();
  await expect.poll(() => look(asking), PATIENT).toBe('remarked');

  await receive(answering, await distribute());
  await answering.see('指摘 1');
  await openSheet(answering);
  await answering.see('指摘が1件あります。');
  expect(await look(answering)).toBe('remarked');
  expect(await spoken(answering, '意図')).toContain('指摘あり');
  await frameOf(answering, '意図').getByText('指摘あり').waitFor();
  await answering.page.keyboard.press('F6');
  await expect.poll(() => answering.cell('意図').evaluate((one) => one === document.activeElement), PATIENT).toBe(true);
  await panelOf(answering).getByText(REMARK).waitFor();
  await answering.press('返事を書く');
  await panelOf(answering).getByRole('textbox', { name: /^返事/ }).fill(ANSWER);
  await answering.press('返事を書き込む');
  await panelOf(answering).getByText('返事あり').waitFor();
  await expect.poll(() => look(answering), PATIENT).not.toBe('remarked');

  await backToList(answering);
  await answering.press('提出する');
  await answering.page.getByRole('checkbox', { name: '3-2 空き家と古民家の活用' }).uncheck();
  await answering.page.getByRole('checkbox', { name: /^未完成のまま提出する/ }).check();
  await answering.press('書き出し先を選ぶ');
  await answering.press('1枚を提出する');
  const [answer = ''] = await answering.download('ファイルを取り出す');
  await backToList(answering);

  await receive(asking, answer);
  await openSheet(asking);
  await asking.cell('意図').focus();
  await panelOf(asking).getByText(ANSWER).waitFor();
  await asking.press('解決済みにする');
  await panelOf(asking).getByText('解決済み', { exact: true }).waitFor();

  await receive(answering, await distribute());
  await openSheet(answering);
  await answering.cell('意図').focus();
  await panelOf(answering).getByText('解決済みにしました。').waitFor();
  expect(await answering.page.getByText('指摘が1件あります。').count()).toBe(0);
  await Promise.all([asking.page.context().close(), answering.page.context().close()]);
});

test('the history says who wrote what and when, from old to new, and puts an older text back', async () => {
  const window = await programs.window(department);
  await openSheet(window);
  await window.type('施策の方針', '一つ目の方針');
  await window.type('施策の方針', '二つ目の方針');
  await window.cell('施策の方針').focus();
  const typed = panelOf(window).locator('.history > li');
  await typed.first().getByText('二つ目の方針').waitFor();
  const words = (await typed.first().innerText()).replace(/\s+/g, ' ');
  expect(words).toMatch(new RegExp(`^くらし移住課 ${MOMENT.source}（入力中） 前 （空欄） ↓ 後 二つ目の方針$`));

  await window.cell('意図').focus();
  await typed
    .first()
    .getByText(SAME.split('\n')[0] ?? '')
    .waitFor();
  expect((await typed.first().innerText()).replace(/\s+/g, ' ')).toMatch(
    new RegExp(`^くらし移住課 ${MOMENT.source} 前 （空欄） ↓ 後 ${SAME.replace('\n', ' ')}$`),
  );
  await window.type('意図', '書き換えた意図');
  await window.cell('意図').focus();
  await typed.first().getByText('書き換えた意図').waitFor();
  expect(await typed.count()).toBe(2);
  await typed.nth(1).getByRole('button', { name: 'この値に戻す' }).click();
  await expect.poll(() => window.cell('意図').inputValue(), PATIENT).toBe(SAME);
  await window.saved();
  await window.page.context().close();
});

test('five keys say how firm a number is, the same key takes it back, and a reload keeps it', async () => {
  const window = await programs.window(department);
  const { page } = window;
  await openSheet(window);
  const number = (row: string, year: number) => `重要業績評価指標 ${row} ${year}年度実績`;
  const state = (row: string, year: number) => page.getByRole('combobox', { name: `${number(row, year)} の区分` });
  const said = [
    ['②', 2020, '1', 'actual', '100'],
    ['②', 2021, '2', 'expected', '120'],
    ['②', 2022, '3', 'pending', ''],
    ['③', 2020, '4', 'none', ''],
    ['③', 2021, '5', 'unratable', ''],
  ] as const;
  for (const [row, year, key, , text] of said) {
    await window.cell(number(row, year)).focus();
    if (text !== '') await page.keyboard.type(text);
    await page.keyboard.press(`Alt+${key}`);
  }
  await window.cell(number('③', 2022)).focus();
  await page.keyboard.press('Alt+4');
  await window.saved();
  await page.keyboard.press('Alt+4');
  await window.cell('意図').focus();
  await window.saved();
  await page.reload();
  await openSheet(window);
  for (const [row, year, , code, text] of said) {
    expect(await state(row, year).inputValue(), `${row} ${year}`).toBe(code);
    expect(await window.cell(number(row, year)).inputValue()).toBe(text);
  }
  expect(await state('③', 2022).inputValue()).toBe('');
  expect(await spoken(window, number('③', 2020))).toContain('該当なし');
  await window.page.context().close();
});

test('at a conflict a third text can be written; it settles the matter, and the history keeps both sides', async () => {
  const third = '・空き家と古民家を、住まいとまちなみの両方に生かす';
  const window = await programs.open('rewriting', town.office);
  const { page } = window;
  await window.press('空き家と古民家の活用');
  const conflict = page.getByRole('region', { name: /競合 1 \/ 1/ });
  expect(await frameOf(window, '意図').getAttribute('data-look')).toBe('conflict');
  expect(await spoken(window, '意図')).toContain('競合');
  await conflict.getByRole('button', { name: '書き直す' }).click();
  const box = conflict.getByRole('textbox', { name: /^書き直す文/ });
  expect(await box.evaluate((one) => one === document.activeElement)).toBe(true);
  const both = await box.inputValue();
  for (const side of ['空き家を移り住む人の住まいにする', '古民家を直し']) expect(both).toContain(side);
  await box.fill(third);
  await conflict.getByRole('button', { name: 'この文にする' }).click();
  await conflict.waitFor({ state: 'detached' });
  await window.saved();
  expect(await window.cell('意図').inputValue()).toBe(third);
  await window.press('入力を確定する');
  await window.see('このシートの入力を確定しました。');
  await window.cell('意図').focus();
  const history = panelOf(window).locator('.history');
  await history.getByText(third).first().waitFor();
  await history.getByText('採られなかった内容です。').first().waitFor();
  expect(await history.locator('> li').count()).toBeGreaterThanOrEqual(3);
  await page.reload();
  await window.press('空き家と古民家の活用');
  expect(await window.cell('意図').inputValue()).toBe(third);
  expect(await page.getByText(/^競合が\d+件あります/).count()).toBe(0);
});
