// The whole loop as people walk it, in a real browser: an office and two departments, each with a host of its own.
// The tests are one story told in order; every window must stay without a complaint.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openPrograms, type Programs, samples, type Window } from './program.ts';

const OWN = '3-1 みどりの暮らし移住応援';
const SHARED = '3-2 空き家と古民家の活用';
const BOARD = '6. 経営戦略会議(庁内評価)';
const INTENT = '・空き家を住まいとして活かす\n\n　・移り住む人の不安を減らす';
const MOVING_SAYS = '・移住する人の住まいにする';
const TOWNSCAPE_SAYS = '・古いまちなみを残す';
const GRADE = 'C：(総合戦略策定時と比較して)前進した';

// On a busy computer a whole screen after another takes its time; each single wait is still a short one.
vi.setConfig({ testTimeout: 90_000 });

let programs: Programs;
let office: Window;
let moving: Window;
let townscape: Window;
let distributed: Record<string, string>;
let officePrint: string;
let print: string;
const handedIn: string[] = [];

let isBroken = false;
beforeAll(async () => {
  programs = await openPrograms();
});
// Where the story has broken off, the rest of it would only wait for what cannot come.
beforeEach(({ skip }) => skip(isBroken, 'an earlier step failed'));
afterEach(({ task }) => {
  isBroken ||= task.result?.state === 'fail';
  expect(programs.faults()).toEqual([]);
});
afterAll(() => programs.close());

const sheetName = (title: string): string => title.slice(title.indexOf(' ') + 1);
const openSheet = async (window: Window, title: string) => {
  await window.press(sheetName(title));
  await window.at(title);
};
const backToList = async (window: Window) => {
  await window.press('シート一覧へ');
  await window.at('シート一覧');
};

/** What the list says of a sheet, by the heading of each column. */
async function rowOf(window: Window, title: string): Promise<Record<string, string>> {
  const name = window.page.getByRole('button', { name: sheetName(title), exact: true });
  await name.waitFor();
  return name.evaluate((link) => {
    const words = (row: Element | null | undefined) =>
      [...(row?.children ?? [])].map((cell) => (cell as HTMLElement).innerText);
    const cells = words(link.closest('tr'));
    return Object.fromEntries(
      words(link.closest('table')?.querySelector('thead tr')).map((head, i) => [head.trim(), cells[i] ?? '']),
    );
  });
}

async function join(home: string, unit: string): Promise<Window> {
  const window = await programs.open(home);
  await window.press('配布を受け取って始める');
  await window.upload('配布パッケージを選ぶ', distributed[unit] ?? '');
  await window.see('この事務局を、送り手として登録します。');
  const digits = window.page.getByRole('textbox', { name: /^事務局の確認番号/ });
  await digits.fill(officePrint.slice(0, -1));
  await window.press(`${unit}のファイルを作る`);
  await window.see('数字30桁を入れてください（今は29桁）。');
  await digits.fill(officePrint);
  await window.press(`${unit}のファイルを作る`);
  await window.at('回復ファイルを作る');
  await window.press('あとで作る');
  await window.at('シート一覧');
  return window;
}

test('the office creates its year, assigns sheets and distributes them', async () => {
  office = await programs.open('office');
  await office.press('新しい年度を作る');
  await office.at('新しい年度を作る');
  await office.page.getByRole('textbox', { name: /^事務局の名前/ }).fill('企画財政課');
  await office.page.getByRole('textbox', { name: /^評価年度/ }).fill('２０２２');
  await office.see('今の入力は、2021年度（令和3年度）の実績を2022年度（令和4年度）に評価する意味です。');
  await office.page.getByRole('radio', { name: /^施策評価シート/ }).check();
  await office.press('2022年度評価のファイルを作る');
  await office.at('回復ファイルを作る');
  await office.press('あとで作る');
  await office.at('シート一覧');
  await office.upload('シートの割り当て表を読み込む', path.join(samples, 'memuro-sheets.csv'));
  await office.see('2課に3枚を割り当てました。');
  await office.press('配布する');
  await office.press('書き出し先を選ぶ');
  await office.press('2課に配布する');
  await office.see('配布のパッケージを2件作りました。');
  const written = office.page.getByRole('table', { name: '作ったパッケージ' }).locator('tbody tr');
  const names = Object.fromEntries(
    await written.evaluateAll((rows) =>
      rows.map((row) => [row.children[0]?.textContent ?? '', row.children[1]?.textContent ?? '']),
    ),
  );
  const files = await office.download('ファイルを取り出す', 2);
  distributed = Object.fromEntries(
    Object.entries(names).map(([unit, name]) => [unit, files.find((file) => path.basename(file) === name) ?? '']),
  );
  expect(Object.keys(distributed).sort()).toEqual(['くらし移住課', 'まちなみ整備課']);
  expect(Object.values(distributed)).not.toContain('');
  await backToList(office);
  await office.press('送り手の登録');
  officePrint = await office.page.locator('.print').innerText();
  expect(officePrint).toMatch(/^\d{5}( \d{5}){5}$/);
});

test('a department joins with its package and sees the sheets that are its own', async () => {
  moving = await join('moving', 'くらし移住課');
  expect(await rowOf(moving, OWN)).toMatchObject({ 状態: '未入力' });
  expect(await rowOf(moving, SHARED)).toMatchObject({ 状態: '未入力' });
  expect(await moving.page.getByText('駅前広場のにぎわいづくり').count()).toBe(0);
});

test('every kind of cell takes what is typed, says that it is saved, and has it after a reload', async () => {
  const { page } = moving;
  await openSheet(moving, OWN);
  const list = '①施策の成果向上に対して貢献度が高かった事務事業';
  const upward = page.getByRole('radio', { name: '成果は向上した' });
  const grade = page.getByRole('group', { name: /^進捗結果※必須/ }).getByRole('radio', { name: GRADE });
  const state = page.getByRole('combobox', { name: '重要業績評価指標 ① 2021年度実績 の区分' });

  await moving.type('意図', INTENT);
  await moving.type('施策事業費(千円) 2020年度決算', '６０，５６４');
  await moving.type('重要業績評価指標 ② 策定時(基準値)', '－１２．５');
  await moving.type(`${list} 1`, '移住相談事業');
  await moving.type(`${list} 2`, '空き家バンク事業');
  await upward.check();
  await grade.check();
  await state.selectOption('未確定');
  await moving.saved();
  await moving.type('人工数(業務量) 2022年度決算', '2,2948');
  await moving.cell('人工数(業務量) 2022年度決算').focus();
  await moving.see('入力された文字「2,2948」');
  await page.getByRole('button', { name: /^2\.2948（/ }).click();
  await page.getByText('入力された文字「2,2948」').waitFor({ state: 'detached' });
  await moving.saved();

  const shown = async () => {
    expect(await moving.cell('意図').inputValue()).toBe(INTENT);
    expect(await moving.cell('施策事業費(千円) 2020年度決算').inputValue()).toBe('60,564');
    expect(await moving.cell('重要業績評価指標 ② 策定時(基準値)').inputValue()).toBe('▲12.5');
    expect(await moving.cell('人工数(業務量) 2022年度決算').inputValue()).toBe('2.2948');
    expect(await moving.cell(`${list} 2`).inputValue()).toBe('空き家バンク事業');
    expect(await upward.isChecked()).toBe(true);
    expect(await grade.isChecked()).toBe(true);
    expect(await state.inputValue()).toBe('pending');
  };
  await moving.cell('意図').focus();
  await shown();
  await page.reload();
  await openSheet(moving, OWN);
  await shown();
  await moving.saved();
  expect(await moving.cell(`${list} 3`).inputValue()).toBe('');
});

test('what is not the department’s to write is locked and says so', async () => {
  const board = moving.page.getByRole('region', { name: BOARD });
  await board.getByText('ロック：').first().waitFor();
  const text = board.getByRole('textbox', { name: /^評価/ });
  expect(await text.getAttribute('readonly')).not.toBeNull();
  // What is locked takes a click without a change; the browser is not asked whether it may be clicked.
  await board.getByRole('radio', { name: /^B：/ }).click({ force: true });
  expect(await board.getByRole('radio', { checked: true }).count()).toBe(0);
});

test('a filled sheet is shown as it was read before anything is written, and then taken in', async () => {
  await moving.press('記入済みシートを読み込む');
  await moving.at('記入済みシートを読み込む');
  await moving.upload('記入済みシートを選ぶ', path.join(samples, 'memuro-sample.txt'));
  await moving.see('まだ何も書き込んでいません。');
  await moving.see('書かれていた文字「1,8025」。');
  await moving.see(/欄に入らなかった文字が\d+件あります。/);
  const intent = moving.page.getByRole('row', { name: /^意図/ });
  expect((await intent.innerText()).replace(/\s+/g, ' ')).toBe(
    '意図 ・花見沢町の暮らしを知ってもらう ・お試し住宅に泊まり、暮らしを体験してもらう ・空き家を住まいとして活かす ' +
      '変わる 前の値「・空き家を住まいとして活かす ・移り住む人の不安を減らす」を置き換えます',
  );
  await moving.press('この内容で取り込む');
  await moving.at(OWN);
  expect(await moving.cell('意図').inputValue()).toMatch(/^・花見沢町の暮らしを知ってもらう\n/);
  await moving.see(/^確かめる欄が3件あります。$/);
});

test('handing in is refused with what is missing, each a click away from its cell', async () => {
  const { page } = moving;
  await backToList(moving);
  await moving.press('提出する');
  await moving.at('提出する');
  await moving.see('2枚のシートに、未入力または要確認の欄があります。');
  const submit = page.getByRole('button', { name: '2枚を提出する' });
  expect(await submit.getAttribute('aria-disabled')).toBe('true');
  // A locked button explains itself and does nothing.
  await submit.click({ force: true });
  await moving.see('足りない欄を埋めるか、「未完成のまま提出する」に印を付けてください。');

  await page.getByRole('listitem').filter({ hasText: OWN }).getByText('足りない欄 2件').waitFor();
  for (const [year, answer] of [
    ['2020', '1.8025'],
    ['2021', '2.0150'],
  ]) {
    await moving.press(`人工数(業務量) ${year}年度決算`);
    await moving.at(OWN);
    const labour = moving.cell(`人工数(業務量) ${year}年度決算`);
    await expect.poll(() => labour.evaluate((input) => input === document.activeElement)).toBe(true);
    const question = page.locator('.question', { hasText: `人工数(業務量) ${year}年度決算` });
    await question.getByRole('button', { name: new RegExp(`^${answer}（コンマ`) }).click();
    await question.waitFor({ state: 'detached' });
    await moving.saved();
    await backToList(moving);
    await moving.press('提出する');
  }
  await moving.see('必須の欄はそろっています。');
});

test('complete sheets are handed in as a package to download, and unfinished ones only when that is meant', async () => {
  const { page } = moving;
  await page.getByRole('checkbox', { name: SHARED }).uncheck();
  await moving.press('書き出し先を選ぶ');
  await moving.press('1枚を提出する');
  await moving.see('提出のパッケージを作りました（1枚）。');
  handedIn.push(...(await moving.download('ファイルを取り出す')));
  await backToList(moving);
  expect(await rowOf(moving, OWN)).toMatchObject({ 状態: '提出済み', 必須の入力: '38 / 38' });

  await openSheet(moving, SHARED);
  await moving.type('意図', MOVING_SAYS);
  await backToList(moving);
  await moving.press('提出する');
  await page.getByRole('checkbox', { name: OWN }).uncheck();
  await page.getByRole('checkbox', { name: /^未完成のまま提出する/ }).check();
  await moving.press('書き出し先を選ぶ');
  await moving.press('1枚を提出する');
  await moving.see(/^未完成のまま提出したシートが1枚あります。/);
  handedIn.push(...(await moving.download('ファイルを取り出す')));
  expect(handedIn).toHaveLength(2);

  await backToList(moving);
  await moving.press('送り手の登録');
  print = await moving.page.locator('.print').innerText();
});

test('the office sets an unknown sender’s packages aside, registers it by its digits and takes them in', async () => {
  const { page } = office;
  await backToList(office);
  await office.press('受け取る');
  await office.upload('パッケージを選ぶ', ...handedIn);
  await office.see('取り込むと、次のようになります。まだ何も書き込んでいません。');
  expect(await page.getByText('まだ登録していない端末の署名です。').count()).toBe(2);
  await office.press('2件を取り置く');
  await office.see('2件を取り置きました。');

  const register = page.getByRole('region', { name: '「くらし移住課」と名乗る送り手の登録' }).first();
  await register.getByRole('textbox', { name: /^課の名前/ }).fill('くらし移住課');
  const digits = register.getByRole('textbox', { name: /^相手が読み上げた確認番号/ });
  await digits.fill(print.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)));
  await register.getByRole('button', { name: '送り手として登録する' }).click();
  await register.getByText('届いたパッケージの確認番号と違います。').waitFor();
  await digits.fill(print);
  await register.getByRole('button', { name: '送り手として登録する' }).click();

  await office.see('2件を取り込みました。');
  expect(await page.getByText('取り込みました', { exact: true }).count()).toBe(2);
  await office.press('シート一覧を見る');
  expect(await rowOf(office, OWN)).toMatchObject({ 主管課: 'くらし移住課', 状態: '受け取り済み' });
});

test('the office reads the sheet, fills the committee’s part and commits it', async () => {
  await openSheet(office, OWN);
  expect(await office.cell('人工数(業務量) 2021年度決算').inputValue()).toBe('2.0150');
  const board = office.page.getByRole('region', { name: BOARD });
  await board.getByRole('textbox', { name: /^評価/ }).fill('大きく前進したとする。');
  await board.getByRole('radio', { name: /^B：/ }).check();
  await office.saved();
  await office.press('入力を確定する');
  await office.see('このシートの入力を確定しました。');
  await backToList(office);
});

test('a second department contradicts the first: the conflict is shown and decided', async () => {
  townscape = await join('townscape', 'まちなみ整備課');
  await openSheet(townscape, SHARED);
  await townscape.type('意図', TOWNSCAPE_SAYS);
  await townscape.type('対象', '古民家の持ち主');
  await backToList(townscape);
  await townscape.press('提出する');
  await townscape.page.getByRole('checkbox', { name: '3-3 駅前広場のにぎわいづくり' }).uncheck();
  await townscape.page.getByRole('checkbox', { name: /^未完成のまま提出する/ }).check();
  await townscape.press('書き出し先を選ぶ');
  await townscape.press('1枚を提出する');
  const contradicting = await townscape.download('ファイルを取り出す');
  await backToList(townscape);
  await townscape.press('送り手の登録');
  const digits = await townscape.page.locator('.print').innerText();

  await office.press('受け取る');
  await office.upload('パッケージを選ぶ', ...contradicting);
  await office.press('1件を取り置く');
  await office.page.getByRole('textbox', { name: /^相手が読み上げた確認番号/ }).fill(digits);
  await office.page.getByRole('textbox', { name: /^課の名前/ }).fill('まちなみ整備課');
  await office.press('送り手として登録する');
  await office.see(/競合1欄/);
  await office.see('競合が1件あります。シートを開いて、採る内容を選んでください。');
  await office.press('シート一覧を見る');
  expect(await rowOf(office, SHARED)).toMatchObject({ 状態: '競合' });

  await openSheet(office, SHARED);
  const conflict = office.page.getByRole('region', { name: /競合 1 \/ 1/ });
  await conflict.getByText(MOVING_SAYS).waitFor();
  await conflict.getByText(TOWNSCAPE_SAYS).waitFor();
  await conflict.getByRole('button', { name: 'まちなみ整備課を採る' }).click();
  await conflict.waitFor({ state: 'detached' });
  expect(await office.cell('意図').inputValue()).toBe(TOWNSCAPE_SAYS);
  expect(await office.cell('対象').inputValue()).toBe('古民家の持ち主');
  await office.press('入力を確定する');
  await office.see('このシートの入力を確定しました。');
  await backToList(office);
  expect(await rowOf(office, SHARED)).toMatchObject({ 状態: '受け取り済み' });
});

test('both exports hold what was typed', async () => {
  await office.press('書き出す');
  await office.at('書き出す');
  await office.page.getByRole('radio', { name: /^CSV/ }).check();
  await office.press('3枚を書き出す');
  const [csv = ''] = await office.download('ファイルを取り出す');
  const table: Record<string, string>[] = parse(readFileSync(csv, 'utf8'), { bom: true, columns: true });
  const own = table.find((row) => row.施策番号 === '3-1');
  expect(own).toMatchObject({
    '人工数(業務量) 2020年度決算': '1.8025',
    意図: '・花見沢町の暮らしを知ってもらう\n・お試し住宅に泊まり、暮らしを体験してもらう\n・空き家を住まいとして活かす',
    '経営戦略会議 評価': '大きく前進したとする。',
    '経営戦略会議 進捗結果': 'B',
  });

  await office.page.getByRole('radio', { name: /^JSON/ }).check();
  await office.press('3枚を書き出す');
  await office.see(/^3枚を「.*\.json」に書き出しました。$/);
  const [json = ''] = await office.download('ファイルを取り出す');
  const data: { sheets: { number: string; cells: { address: string; value: unknown }[] }[] } = JSON.parse(
    readFileSync(json, 'utf8'),
  );
  const shared = data.sheets.find((sheet) => sheet.number === '3-2');
  const held = (address: string) => shared?.cells.find((cell) => cell.address === address)?.value;
  expect([held('intent'), held('target')]).toEqual([TOWNSCAPE_SAYS, '古民家の持ち主']);
});
