// The check of texts as an office has it: findings with their places, each leading to its cell and back; a department's
// own sheets; and the pictures of the whole where there is little or nothing to show.
import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { inspect as inspectPage } from './inspect.ts';
import { makeOverview, type Overview } from './overview.ts';
import { type Host, openPrograms, type Programs, type Window } from './program.ts';
import { makeTown, type Town } from './town.ts';

vi.setConfig({ testTimeout: 180_000 });

let programs: Programs;
let overview: Overview;
let town: Town;
let office: Host;
beforeAll(async () => {
  programs = await openPrograms();
  [overview, town] = await Promise.all([makeOverview(), makeTown()]);
  office = await programs.host('office', overview.office);
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await Promise.all([overview.close(), town.close()]);
});

const finding = ({ page }: Window, label: string) => page.locator('details').filter({ hasText: label });

test('findings are grouped, open their places, and lead to the cell and back', async () => {
  const window = await programs.window(office);
  const { page } = window;
  await window.press('文章の点検');
  await window.at('文章の点検');
  await window.see(/^12枚の文章を調べました。/);
  for (const heading of ['単位の書き方', '言葉の書き方', '文字と記号の書き方', '年度の書き方', '公表しない欄'])
    await page.getByRole('heading', { level: 2, name: heading, exact: true }).waitFor();
  await inspectPage(page);
  await window.press('年度の書き方');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('年度の書き方');
  await finding(window, '子供').first().locator('summary').click();
  await finding(window, '子供').first().getByRole('button', { name: /意図$/ }).first().click();
  await window.at('1-2 空き家と古民家の活用');
  await expect
    .poll(() => page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value))
    .toContain('子供の参加が２０％増えた。');
  await window.press('もとの画面へ');
  await window.at('文章の点検');
  await window.see(/^12枚の文章を調べました。/);
  await window.press('場所をすべて開く');
  await page.locator('details[open] mark').first().waitFor();
  await inspectPage(page);
});

test('the usual spelling is chosen by keys, found out of use in one place, undone and taken away again', async () => {
  const window = await programs.window(office);
  const { page } = window;
  const act = (word: string) => page.getByRole('button', { name: new RegExp(`^${word}\\s*：`) });
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await window.press('文章の点検');
  await window.see(/^12枚の文章を調べました。/);
  await page.getByRole('button', { name: /^使う書き方を決める\s*：子ども$/ }).press('Enter');
  await window.at('書き方の一覧');
  const dialog = page.getByRole('dialog', { name: '使う書き方を決める' });
  await dialog.getByRole('radio', { name: '子ども', exact: true }).press('ArrowUp');
  await inspectPage(page);
  const line = dialog.getByRole('textbox', { name: /^書き方/ });
  await line.fill('こども、こども');
  await dialog.getByRole('button', { name: '「こども」を使う書き方にする' }).press('Enter');
  await dialog.getByText(/^「こども」が、二度出てきます。/).waitFor();
  await line.fill('子ども、こども、子供');
  await dialog.getByRole('button', { name: '「こども」を使う書き方にする' }).press('Enter');
  await window.see('使う書き方を「こども」にしました。');
  await expect.poll(focused).toBe('元に戻す');
  expect(await page.getByRole('table', { name: '使う書き方を決めた組' }).getByRole('row').last().innerText()).toMatch(
    /^こども\s+子ども、子供\s+言葉/,
  );
  await inspectPage(page);
  await window.press('文章の点検へ');
  await page.getByText(/か所（\d+枚）　使う書き方$/).waitFor();
  await window.press('書き方の一覧');
  await act('消す').press('Enter');
  await window.see('「こども」の組を消しました。');
  await expect.poll(focused).toBe('元に戻す');
  await page.keyboard.press('Enter');
  await window.see('元に戻しました。');
  await act('消す').waitFor();
  await act('消す').press('Enter');
  await act('消す').waitFor({ state: 'detached' });
});

test('only the sheets that were chosen', async () => {
  const window = await programs.window(office);
  const { page } = window;
  await page.getByRole('checkbox', { name: '1-1 みどりの暮らし移住応援を選ぶ' }).check();
  await page.getByRole('region', { name: '選んだシート' }).getByRole('button', { name: '文章の点検' }).click();
  await window.at('文章の点検');
  await window.see(/^選んだ1枚の文章を調べました。/);
  await page.getByRole('heading', { level: 2, name: '公表しない欄の内容が、公表する文章にあるもの' }).waitFor();
  await page.getByRole('heading', { level: 2, name: '前年度と一字一句同じ文章' }).waitFor();
});

test('a department looks at its own sheets', async () => {
  const window = await programs.open('department', town.department);
  await window.press('全体の図');
  await window.at('全体の図');
  await window.page.locator('.figure').first().waitFor();
  await inspectPage(window.page);
  await window.press('シート一覧へ');
  await window.press('文章の点検');
  await window.at('文章の点検');
  await window.see(/枚の文章を調べました。/);
  await inspectPage(window.page);
});

test('with nothing filled, each picture says so', async () => {
  const window = await programs.open('empty');
  const { page } = window;
  await window.press('新しい年度を作る');
  await page.getByRole('textbox', { name: /^事務局の名前/ }).fill('企画財政課');
  await page.getByRole('radio', { name: /^事務事業評価シート/ }).check();
  await page.getByRole('button', { name: /年度評価のファイルを作る$/ }).click();
  await window.press('あとで作る');
  const csv = programs.at('one.csv');
  await writeFile(csv, '整理番号,事務事業名,担当課\n1,広報紙の発行,総務課\n');
  await window.upload('シートの割り当て表を読み込む', csv);
  await window.press('全体の図');
  await window.at('全体の図');
  await window.see(/付けるのは担当課だけなので、比べる相手がありません。/);
  for (const [picture, words] of [
    ['指標の達成状況', '指標の入っているシートが、まだありません。'],
    ['前の年度からの動き', '指標の入っているシートが、まだありません。'],
    ['指標の推移', '実績の数が入っている指標は、まだありません。'],
    ['費用', /の数が入っているシートは、まだありません。$/],
  ] as const) {
    await window.press(picture);
    await window.see(words);
  }
  await inspectPage(page);
  await window.press('シート一覧へ');
  await window.press('文章の点検');
  await window.see('気になるところは見つかりませんでした。');
});
