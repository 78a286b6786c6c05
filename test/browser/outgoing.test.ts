// What goes out, as people see it: the place, the seal, who carries it, the medium taken out, and the export register.
// A stick cannot be plugged into a test: where the host tells the kind of a place, the window is told of a stick instead.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { seal } from '../../electron/core/exchange/secrecy.ts';
import { inspect } from './inspect.ts';
import { openPrograms, type Programs, type Window } from './program.ts';
import { makeTown, type Town } from './town.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

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

const pictures = process.env.HYOKA_PICTURES;
/** Keeps a picture for whoever wants to look at the screens: HYOKA_PICTURES names a folder. */
async function look({ page }: Window, name: string): Promise<void> {
  await inspect(page);
  if (pictures === undefined) return;
  for (const [width, height] of [
    [1280, 900],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const PASSPHRASE = '電話で伝えるながい言葉';
const STICK = { kind: 'removable', volume: 'USB-07' };

/** From here on, the host's places are sticks to this window. */
async function plugIn(page: Page): Promise<void> {
  await page.route('**/api/call', async (route) => {
    const { method } = route.request().postDataJSON() as { method: string };
    if (!/^(package\.(prepare|submit|distribute)|register\.(list|erase))$/.test(method)) return route.continue();
    const response = await route.fetch({ timeout: 0 });
    const reply = await response.json();
    if (reply.value?.place) reply.value.place = STICK;
    for (const entry of reply.value?.entries ?? []) if (entry.medium !== '') entry.place = STICK.kind;
    if (reply.value?.recipients) reply.value.seal = true;
    await route.fulfill({ response, json: reply });
  });
}

/** A file can be open in one program only. */
async function copyOf(file: string): Promise<string> {
  copies += 1;
  const copy = programs.at(`評価${copies}.hyoka`);
  await copyFile(file, copy);
  return copy;
}
let copies = 0;

const sealBox = ({ page }: Window) => page.getByRole('checkbox', { name: /^封をする（暗号化）/ });
const isLocked = async (window: Window, name: string) =>
  (await window.page.getByRole('button', { name, exact: true }).getAttribute('aria-disabled')) === 'true';

test('a department hands in on a stick: sealed, by name, taken out safely, and then erased', async () => {
  const window = await programs.open('department', town.department);
  const { page } = window;
  await window.press('持ち出し記録');
  await window.at('持ち出し記録');
  await look(window, 'register-early');
  await window.press('シート一覧へ');
  await plugIn(page);
  await window.press('提出する');
  await window.at('提出する');
  await page.getByRole('checkbox', { name: /^3-2 / }).uncheck();
  await window.see('先に、書き出し先を選んでください。');
  await look(window, 'handin-first');
  await window.press('書き出し先を選ぶ');
  await window.see('取り外せる媒体（USB-07）');
  expect(await sealBox(window).isChecked()).toBe(true);
  await window.see('書き出す人の氏名を入れてください。');
  expect(await page.getByRole('textbox', { name: /^媒体の名前/ }).inputValue()).toBe('USB-07');
  await look(window, 'handin-stick');
  await sealBox(window).uncheck();
  await window.see('媒体をなくすと、拾った人が中身を読めます。');
  await look(window, 'handin-open');
  await sealBox(window).check();
  await page.getByRole('textbox', { name: /^書き出す人/ }).fill('夏川 葵');
  await page.getByRole('textbox', { name: /^媒体の名前/ }).fill('企-03');
  await window.press('1枚を提出する');
  await window.see('提出のパッケージを作りました（1枚）。');
  await window.see('媒体「USB-07」を抜く前に、取り外しの操作をしてください。');
  await look(window, 'handin-done');
  const [file = ''] = await window.download('ファイルを取り出す');
  expect(file).toMatch(/\.hyoka\.age$/);
  expect((await readFile(file)).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);

  await window.press('持ち出し記録を見る');
  await window.at('持ち出し記録');
  const row = page.getByRole('row', { name: /企-03/ });
  expect(await row.textContent()).toContain('夏川 葵');
  await look(window, 'register');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
  expect(await page.getByRole('checkbox').filter({ visible: true }).count()).toBe(0);
  if (pictures !== undefined) await page.pdf({ path: `${pictures}/register.pdf`, format: 'A4' });
  await page.emulateMedia({ media: null });

  await row.getByRole('checkbox').check();
  await window.press('1件を消したことを記録する');
  const dialog = page.getByRole('dialog', { name: '消したことを記録する' });
  await dialog.waitFor();
  expect(await dialog.getByLabel(/^消した人/).inputValue()).toBe('夏川 葵');
  await dialog.getByLabel(/^消した人/).fill('');
  await dialog.getByRole('button', { name: '1件を消したと記録する' }).click();
  await window.see('消した人の氏名を入れてください。');
  await look(window, 'register-erase');
  await dialog.getByLabel(/^消した人/).fill('冬木 蓮');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: '1件を消したと記録する' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await row.getByText('消去済み').waitFor();
  expect(await row.textContent()).toContain('冬木 蓮');
  await look(window, 'register-erased');
  await window.press('CSVに書き出す');
  await window.see(/^\d+件を「持ち出し記録_.+\.csv」に書き出しました。$/);
  const [table = ''] = await window.download('ファイルを取り出す');
  expect(await readFile(table, 'utf8')).toContain('夏川 葵');
});

test('the same package once more, from the register', async () => {
  const window = await programs.open('again', await copyOf(town.office));
  const { page } = window;
  await window.press('持ち出し記録');
  await page
    .getByRole('button', { name: /^もう一度書き出す/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('button', { name: '書き出し先を選ぶ' }).click();
  await dialog.getByText('このパソコンの中').waitFor();
  await look(window, 'rewrite');
  await dialog.getByRole('button', { name: 'もう一度書き出す', exact: true }).click();
  await dialog.getByText('パッケージを書き出しました。').waitFor();
  await look(window, 'rewrite-done');
});

test('a first distribution to many departments with long names: no key is known yet', async () => {
  const window = await programs.open('first');
  const { page } = window;
  await window.press('新しい年度を作る');
  await page.getByRole('textbox', { name: /^事務局の名前/ }).fill('総合政策部企画財政課行政経営推進室'.repeat(2));
  await page.getByRole('radio', { name: /^施策評価シート/ }).check();
  await page.getByRole('button', { name: /年度評価のファイルを作る$/ }).click();
  await window.press('あとで作る');
  await window.at('シート一覧');
  const rows = Array.from(
    { length: 4 },
    (_, index) => `${index + 1}-1,施策${index + 1},${'保健福祉部地域共生課'.repeat(4)}${index}`,
  );
  const csv = programs.at('many.csv');
  await writeFile(csv, `施策番号,施策名,主管課\n${rows.join('\n')}\n`);
  await window.upload('シートの割り当て表を読み込む', csv);
  await window.see('4課に4枚を割り当てました。');
  await window.press('持ち出し記録');
  await window.see(/^まだ何も書き出していません。/);
  await look(window, 'register-empty');
  await window.press('シート一覧へ');
  await plugIn(page);
  await window.press('配布する');
  await window.press('書き出し先を選ぶ');
  await window.see('端末の鍵がまだ届いていない相手が4あります。');
  await window.see('封の合い言葉を、10文字以上で入れてください。');
  await look(window, 'distribute-unknown');
  await page.getByRole('textbox', { name: /^書き出す人/ }).fill('夏川 葵');
  await page.getByRole('textbox', { name: /^封の合い言葉/ }).fill('みじかい');
  expect(await isLocked(window, '4課に配布する')).toBe(true);
  await page.getByRole('textbox', { name: /^封の合い言葉/ }).fill(PASSPHRASE);
  await window.press('4課に配布する');
  await page.getByText('配布のパッケージを4件作りました。').waitFor({ timeout: 120_000 });
  await window.see('封の合い言葉は、媒体とは別に、電話などで相手に伝えてください。');
  await look(window, 'distribute-done');
});

test('a sealed package asks for its passphrase when it is received, again when it is another one', async () => {
  const window = await programs.open('sealed', await copyOf(town.office));
  const { page } = window;
  await window.press('受け取る');
  await window.at('受け取る');
  const sealed = await seal(await readFile(town.arriving[0] ?? ''), { passphrase: PASSPHRASE });
  const file = programs.at('S0000-2022-0001-00000000.hyoka.age');
  await writeFile(file, sealed);
  await window.upload('パッケージを選ぶ', file);
  const dialog = page.getByRole('dialog', { name: '封の合い言葉を入れてください' });
  await dialog.getByLabel(/^封の合い言葉/).fill('ちがう言葉を打った');
  await dialog.getByRole('button', { name: '封を開ける' }).click();
  await window.see('封の合い言葉が違います。');
  await look(window, 'receive-passphrase');
  await dialog.getByLabel(/^封の合い言葉/).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await window.see(/まだ何も書き込んでいません。/);
  await window.press('1件を取り込む');
  await window.see(/^1件を取り込みました。/);
});
