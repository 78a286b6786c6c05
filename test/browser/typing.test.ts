// Typing when something is against it: a host that dies, a line that breaks, an input method, hostile texts, another form.
// Promise: what was shown as saved is there, what could not be saved stays on the screen, and text is only ever text.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { compose as composeIn } from './inspect.ts';
import { type Host, openPrograms, type Programs, type Window } from './program.ts';

const SHARED = '3-2 空き家と古民家の活用';
const HOSTILE = '<script>window.hacked=1</script><img src="x" onerror="window.hacked=1">';
/** Without a slash, which stands between the names of departments. */
const UNIT = '<img src="x" onerror="window.hacked=1">';
const FORMULA = '=HYPERLINK("http://example.invalid","押す")';

// On a busy computer a whole screen after another takes its time; each single wait is still a short one.
vi.setConfig({ testTimeout: 90_000 });

let programs: Programs;
let shared: Host;
beforeAll(async () => {
  programs = await openPrograms();
  shared = await programs.host('typing');
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(() => programs.close());

async function openShared(window: Window): Promise<void> {
  await window.at('シート一覧');
  await window.press('空き家と古民家の活用');
  await window.at(SHARED);
}

/** A practice file of its own with the sheet of two departments open. Starting a program takes long: one is enough here. */
async function practise(): Promise<Window> {
  const window = await programs.window(shared);
  await window.practise();
  await openShared(window);
  return window;
}

/** A window in which nothing is open. */
async function blank(): Promise<Window> {
  const window = await programs.window(shared);
  await window.practise();
  await window.press('ファイルを閉じる');
  return window;
}

/** What stands in the cells that say that they are saved. */
const shownAsSaved = (window: Window): Promise<Record<string, string>> =>
  window.page
    .locator('[data-look="saved"] textarea, [data-look="saved"] input[inputmode]')
    .evaluateAll((inputs) =>
      Object.fromEntries((inputs as HTMLTextAreaElement[]).map((input) => [input.name, input.value])),
    );

test('kill −9 while somebody types loses nothing that was shown as saved, and hides nothing that was not', async () => {
  const host = await programs.host('killed');
  const window = await programs.window(host);
  await window.press('見本で試す');
  await openShared(window);
  await window.type('対象', '空き家の持ち主');
  await window.type('施策事業費(千円) 2021年度決算', '１２３４');
  await window.type('意図', '・残っていなければならない文');
  const saved = await shownAsSaved(window);
  expect(Object.keys(saved).sort()).toEqual(['cost__expense__settled_2021', 'intent', 'target']);

  window.expectFaults(/net::ERR_|Failed to load resource/);
  const result = window.cell('結果');
  await Promise.all([result.pressSequentially('打っている途中でプログラムが消える', { delay: 20 }), host.kill()]);
  await result.blur();
  await window.page.locator('.bar').getByText('保存できませんでした').waitFor();
  await window.see('プログラムの本体とつながりません。');
  expect(await result.inputValue()).toBe('打っている途中でプログラムが消える');

  const again = await programs.open('killed', programs.at('killed', '練習用.hyoka'));
  await openShared(again);
  for (const [address, text] of Object.entries(saved)) {
    expect(await again.page.locator(`[name="${address}"]`).inputValue()).toBe(text);
  }
});

test('a save that fails says so, keeps the person and the text, and goes through later', async () => {
  const window = await practise();
  const { page } = window;
  window.expectFaults(/net::ERR_|Failed to load resource/);
  await page.context().setOffline(true);
  await window.cell('意図').fill('・線が切れている間の文');
  await page.locator('.bar').getByText('保存できませんでした').waitFor();
  await page.locator('.cell[data-look="failed"]', { has: window.cell('意図') }).waitFor();
  await window.press('シート一覧へ');
  await window.see('まだ保存できていない入力があります。文字はこの画面に残っています。');
  expect(await window.cell('意図').inputValue()).toBe('・線が切れている間の文');

  await page.context().setOffline(false);
  await window.press('もう一度保存する');
  await window.saved();
  await page.reload();
  await openShared(window);
  expect(await window.cell('意図').inputValue()).toBe('・線が切れている間の文');
});

const bar = (window: Window) => window.page.locator('.bar');

test.skipIf(process.platform !== 'linux')(
  'what the disk does not take is never called saved, stays typed, and is saved when the disk is well again',
  async () => {
    const host = await programs.host('full');
    const window = await programs.window(host);
    const { page } = window;
    await window.press('見本で試す');
    await openShared(window);
    await window.type('対象', '前からあった文');
    window.expectFaults(/Failed to load resource/);
    await page.evaluate(() => {
      const words = new Set<string>();
      Object.assign(globalThis, { words });
      const bar = document.querySelector('.bar');
      const note = () => words.add(bar?.querySelector('.state')?.textContent ?? '');
      if (bar) new MutationObserver(note).observe(bar, { subtree: true, childList: true, characterData: true });
    });
    host.letWrite(false);
    await window.cell('意図').fill('ディスクがいっぱいの間の文');
    await window.cell('意図').blur();
    await bar(window).getByText('保存できませんでした').waitFor();
    await page.locator('.cell[data-look="failed"]', { has: window.cell('意図') }).waitFor();
    await window.see(/媒体の読み書きエラー/);
    await window.see('まだ保存できていない入力があります。文字はこの画面に残っています。');
    // From the first key to the failure the bar said everything but that it was saved.
    const said = await page.evaluate(() => [...(globalThis as unknown as { words: Set<string> }).words]);
    expect(said).toContain('保存できませんでした');
    expect(said.filter((word) => word.startsWith('保存済み'))).toEqual([]);
    expect(await window.cell('意図').inputValue()).toBe('ディスクがいっぱいの間の文');
    expect(await shownAsSaved(window)).not.toHaveProperty('intent');

    host.letWrite(true);
    await window.press('もう一度保存する');
    await window.saved();
    await host.kill();
    window.expectFaults(/net::ERR_/);
    const again = await programs.open('full', programs.at('full', '練習用.hyoka'));
    await openShared(again);
    expect(await again.cell('意図').inputValue()).toBe('ディスクがいっぱいの間の文');
    expect(await again.cell('対象').inputValue()).toBe('前からあった文');
  },
);

test('in every box the Enter that confirms a word does nothing else', async () => {
  const window = await practise();
  const { page } = window;
  const { keyboard } = page;
  const input = await page.context().newCDPSession(page);
  const box = (name: string | RegExp) => page.getByRole('textbox', { name });
  const value = (name: string | RegExp) => box(name).inputValue();
  const dialog = (name: string) => page.getByRole('dialog', { name });

  await window.cell('意図').focus();
  await keyboard.press('Control+j');
  const jump = page.getByRole('combobox', { name: '番号か言葉' });
  await composeIn(input, 'けっか', '結果');
  expect(await jump.inputValue()).toBe('結果');
  expect(await dialog('欄やシートへ移る').count()).toBe(1);
  await keyboard.press('Escape');

  await keyboard.press('Control+f');
  await composeIn(input, 'あきや', '空き家');
  expect(await value('探す言葉')).toBe('空き家');
  expect(await dialog('このシートの中を探す').count()).toBe(1);
  await keyboard.press('Escape');

  await keyboard.press('Control+h');
  await composeIn(input, 'あきや', '空き家');
  await keyboard.press('Tab');
  await composeIn(input, 'こみんか', '古民家');
  expect([await value('探す言葉'), await value('置き換える言葉')]).toEqual(['空き家', '古民家']);
  expect(await dialog('このシートの中を置き換える').count()).toBe(1);
  await keyboard.press('Escape');

  const row = '①施策の成果向上に対して貢献度が高かった事務事業 1';
  await window.cell(row).focus();
  await composeIn(input, 'はなうえ', '花植え');
  expect(await window.cell(row).inputValue()).toBe('花植え');
  expect(await window.cell(row).evaluate((one) => one === document.activeElement)).toBe(true);
  await window.saved();

  await keyboard.press('Control+Shift+f');
  await window.at('すべてのシートから探す');
  await composeIn(input, 'はなうえ', '花植え');
  await window.see(/^\d+か所に見つかりました。$/);
  expect(await value('探す言葉')).toBe('花植え');
  await window.at('すべてのシートから探す');

  await window.press('もとの画面へ');
  await window.at(SHARED);
  await window.press('シート一覧へ');
  await page.getByRole('searchbox', { name: 'しぼり込み' }).focus();
  await composeIn(input, 'あきや', '空き家');
  await window.see(/枚のうち1枚を表示しています$/);
  await window.at('シート一覧');
});

test('a word that is being composed is left alone, and the Enter that confirms it does nothing else', async () => {
  const window = await practise();
  const { page } = window;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.postData()?.includes('cell.set')) sent.push(request.postData() ?? '');
  });
  const input = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const confirm = (text: string) => composeIn(input, text);

  await page.clock.install();
  const chief = window.cell('課長名');
  await chief.focus();
  await compose('やまぶ');
  await compose('山吹');
  await page.clock.fastForward(60_000);
  expect(await chief.inputValue()).toBe('山吹');
  expect(sent).toEqual([]);
  await confirm('山吹');
  expect(await chief.evaluate((cell) => cell === document.activeElement)).toBe(true);
  expect(await chief.inputValue()).toBe('山吹');
  await page.clock.fastForward(1_000);
  await window.saved();
  expect(sent).toHaveLength(1);

  // Outside of a composition: a cell of one line takes no line break, a longer one does.
  await page.keyboard.press('Enter');
  expect(await chief.inputValue()).toBe('山吹');
  const intent = window.cell('意図');
  await intent.focus();
  await compose('はな');
  await confirm('花');
  await page.keyboard.press('Enter');
  await compose('みどり');
  await confirm('緑');
  expect(await intent.inputValue()).toBe('花\n緑');
  await intent.blur();
  await window.saved();
});

test('hostile texts are inert wherever they are shown, and what nobody may sign is asked about', async () => {
  const window = await blank();
  const { page } = window;
  await window.press('新しい年度を作る');
  await page.getByRole('textbox', { name: /^事務局の名前/ }).fill(HOSTILE);
  await page.getByRole('radio', { name: /^施策評価シート/ }).check();
  await page.getByRole('button', { name: /年度評価のファイルを作る$/ }).click();
  await window.press('あとで作る');
  const csv = programs.at('hostile.csv');
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await writeFile(csv, `施策番号,施策名,主管課\n1-1,${quoted(HOSTILE)},${quoted(UNIT)}\n`);
  await window.upload('シートの割り当て表を読み込む', csv);
  await window.press('配布する');
  await window.press('書き出し先を選ぶ');
  await window.press('1課に配布する');
  await window.see('配布のパッケージを1件作りました。');
  await window.press('シート一覧へ');
  await window.press(HOSTILE);
  await window.at(`1-1 ${HOSTILE}`);
  await window.type('対象', HOSTILE);
  await window.type('意図', FORMULA);

  await window.type('結果', '受付\u202Egnp.exe');
  // Nobody may sign what turns the reading around: it is written out, and asked about until somebody decides.
  const question = page.locator('.question');
  await question.getByText('入力された文字「受付〔U+202E〕gnp.exe」').waitFor();
  expect(await page.evaluate(() => document.body.innerText.includes('\u202E'))).toBe(false);
  await window.type('結果', '受付gnp.exe');
  await question.waitFor({ state: 'detached' });

  await page.reload();
  await window.press(HOSTILE);
  await window.at(`1-1 ${HOSTILE}`);
  expect(await window.cell('対象').inputValue()).toBe(HOSTILE);
  expect(await window.cell('意図').inputValue()).toBe(FORMULA);
  expect(
    await page.evaluate(() => ({
      hacked: 'hacked' in window,
      strays: document.querySelectorAll('img, #root script').length,
    })),
  ).toEqual({ hacked: false, strays: 0 });

  await window.press('シート一覧へ');
  await window.press('書き出す');
  await page.getByRole('radio', { name: /^CSV/ }).check();
  await window.press('1枚を書き出す');
  const [exported = ''] = await window.download('ファイルを取り出す');
  expect(readFileSync(exported, 'utf8')).toContain(`,"'=HYPERLINK(""`);
});

test('a quite different form is created, opened and filled; what is computed follows at once', async () => {
  const window = await blank();
  const { page } = window;
  await window.press('新しい年度を作る');
  await page.getByRole('textbox', { name: /^事務局の名前/ }).fill('企画財政課');
  await page.getByRole('textbox', { name: /^評価年度/ }).fill('2025');
  await page.getByRole('radio', { name: /^事務事業評価シート/ }).check();
  await window.press('2025年度評価のファイルを作る');
  await window.press('あとで作る');
  const csv = programs.at('funds.csv');
  await writeFile(csv, '整理番号,事務事業名,担当課,会計\n12,移住相談事業,くらし移住課,一般会計\n');
  await window.upload('シートの割り当て表を読み込む', csv);
  await window.press('移住相談事業');
  await window.at('12 移住相談事業');

  const total = (label: string) => page.getByRole('status', { name: label });
  await total('事業費計（千円） 2024年度決算見込').scrollIntoViewIfNeeded();
  expect(await total('事業費計（千円） 2024年度決算見込').innerText()).toBe('計算待ち');
  await window.type('国庫支出金（千円） 2024年度決算見込', '1,200');
  await window.type('県支出金（千円） 2024年度決算見込', '該当なし');
  await window.type('地方債（千円） 2024年度決算見込', '0');
  await window.type('その他特定財源（千円） 2024年度決算見込', '該当なし');
  await window.type('一般財源（千円） 2024年度決算見込', '３４');
  await expect.poll(() => total('事業費計（千円） 2024年度決算見込').innerText()).toBe('1,234');
  await window.type('人件費（千円） 2024年度決算見込', '66');
  await expect.poll(() => total('総コスト（千円） 2024年度決算見込').innerText()).toBe('1,300');

  const ways = page.getByRole('group', { name: /^実施方法/ });
  await ways.getByRole('checkbox', { name: '直営' }).check();
  await ways.getByRole('checkbox', { name: '補助・助成' }).check();
  const action = page.getByRole('region', { name: 'Ⅵ 今後の方向性（ACTION）' });
  const direction = action.getByRole('radio', { name: '成果 維持、コスト 削減' });
  await direction.check();
  await window.saved();
  expect(await action.getByRole('radio', { name: '成果 拡充、コスト 皆減' }).count()).toBe(0);

  await page.reload();
  await window.press('移住相談事業');
  await window.at('12 移住相談事業');
  expect(await direction.isChecked()).toBe(true);
  expect(await ways.getByRole('checkbox', { checked: true }).count()).toBe(2);
  expect(await total('総コスト（千円） 2024年度決算見込').innerText()).toBe('1,300');
  await window.press('入力を確定する');
  await window.see('このシートの入力を確定しました。');
});
