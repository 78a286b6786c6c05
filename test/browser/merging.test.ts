// Deciding what two have written, putting back what lost, confirming and moving rounds: as people do it, by keys alone
// where that is what counts. Promise: axe finds nothing on any of these screens, also narrow, with long names, and empty.
import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from '../core/world.ts';
import { inspect } from './inspect.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const LONG = '広域連携による観光地域づくりと関係人口の創出および移住定住の一体的な促進に関する施策';
const SHEETS = `施策番号,施策名,主管課\n1-1,図書館の活用,社会教育課\n2-1,${LONG},商工観光課、社会教育課\n2-2,移住の相談,商工観光課\n`;

let programs: Programs;
let world: World;
let files: Record<'office' | 'tourism', string>;

beforeAll(async () => {
  programs = await openPrograms();
  world = await makeWorld();
  const office = await makeOffice(world, '2022年度評価.hyoka', 'memuro-shisaku', SHEETS);
  const handed = await distributeAll(world, office, 'out');
  const tourism = await joinDepartment(world, handed.商工観光課 ?? '', '商工観光課.hyoka');
  const library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  const type = (who: Workspace, ...cells: [string, string][]) =>
    who.ask('cell.set', { sheet: '2-1', cells: cells.map(([cell, raw]) => ({ cell, raw })) });
  await type(office, ['意図', '・宿を直す。人を呼ぶ。\n・道を広げる。']);
  await office.ask('sheet.commit', { sheet: '2-1' });
  for (const [index, who] of [tourism, library].entries()) {
    await merge(office, await submitSheets(world, who, `hello${index}`));
    await trust(office, who);
  }
  await merge(office);
  const again = await distributeAll(world, office, 'again');
  await merge(tourism, again.商工観光課 ?? '');
  await merge(library, again.社会教育課 ?? '');
  await type(tourism, ['意図', '・宿を直す。人を多く呼ぶ。\n・道を広げる。\n・橋を架ける。'], ['対象', '訪れる人']);
  await type(
    library,
    ['意図', '・宿を直す。人を長く呼ぶ。\n・道を広げる。'],
    ['対象', '読む人'],
    ['人工数 2020年度決算', '1.5'],
  );
  await type(tourism, ['人工数 2020年度決算', '2.25']);
  await merge(office, await submitSheets(world, tourism, 's1'), await submitSheets(world, library, 's2'));
  files = { office: office.file, tourism: tourism.file };
  await Promise.all([office, tourism, library].map(({ app }) => app.close()));
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await world.close();
});

const pictures = process.env.HYOKA_PICTURES;
/** For looking at: only where somebody asks for pictures. */
async function picture({ page }: Window, name: string): Promise<void> {
  if (pictures === undefined) return;
  for (const [width, height] of [
    [1280, 900],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await writeFile(`${pictures}/${name}-${width}.png`, await page.screenshot());
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('the office decides one cell after the other by keys, joins a text, puts back what lost, and takes that back', async () => {
  const host = await programs.host('office', files.office);
  const window = await programs.window(host);
  const { page } = window;
  await window.at('シート一覧');
  await window.see('1枚のシートに、まだ選ばれていない競合があります。');
  await picture(window, 'list');
  await window.press('競合をすべて見る');
  await window.at('選ばれていない競合');
  await window.see('1枚のシートに、3件の競合があります。採る内容を選ぶまで、ここに残ります。');
  await inspect(page);
  await picture(window, 'open');
  await page.getByRole('button', { name: '意図', exact: true }).click();
  await window.at(`2-1 ${LONG}`);
  await window.see('競合 2 / 3');
  await inspect(page);
  await picture(window, 'conflict');

  // Proposal: what does not clash is joined, what does is marked and cannot be taken as it is.
  await page.keyboard.press('Alt+b');
  const box = page.getByRole('textbox', { name: /^両方を合わせた案/ });
  await expect
    .poll(() => box.inputValue())
    .toMatch(
      /・宿を直す。【◆.+：人を(多く|長く)呼ぶ。／◆.+：人を(多く|長く)呼ぶ。◆】\n・道を広げる。\n・橋を架ける。$/,
    );
  const done = page.getByRole('button', { name: 'この文にする' });
  expect(await done.getAttribute('aria-disabled')).toBe('true');
  await window.see('「◆」の印が残っています。どちらかを選び、印を消してください。');
  await inspect(page);
  await picture(window, 'proposal');
  await box.fill('・宿を直す。人を多く、長く呼ぶ。\n・道を広げる。\n・橋を架ける。');
  await window.press('この文にする');
  await window.see('「意図」を書き直しました。');

  // The other two by keys alone, with a look around and a second thought.
  await window.see('競合 2 / 2');
  await page.keyboard.press('F8');
  await window.see('競合 1 / 2');
  const heading = page.getByRole('heading', { level: 2, name: /^競合 1 \/ 2/ });
  await expect.poll(() => heading.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Alt+1');
  await window.see(/「対象」は、.+の内容を採りました。/);
  await window.press('選ぶ前に戻す');
  await window.see('競合 1 / 2');
  await page.keyboard.press('Alt+2');
  await window.see('競合 1 / 1');
  await window.press('あとで');
  await window.see('競合が1件、まだ選ばれていません。');
  await page.keyboard.press('F8');
  await window.see('競合 1 / 1');
  await page.keyboard.press('Alt+1');
  await page.getByRole('heading', { level: 2, name: /^競合/ }).waitFor({ state: 'detached' });
  await window.press('入力を確定する');
  await window.see('このシートの入力を確定しました。');

  await window.press('採られなかった値');
  await window.at('採られなかった値');
  await expect.poll(() => page.getByRole('button', { name: 'この値に戻す' }).count()).toBe(4);
  await inspect(page);
  await picture(window, 'losses');
  await page.getByRole('button', { name: 'この値に戻す' }).first().click();
  await window.see(/の値を戻しました。$/);
  await window.press('戻すのをやめる');
  await window.see('戻すのをやめました。');
  await window.press('シートへ');
  await window.at(`2-1 ${LONG}`);
  await page.context().close();
  await host.stop();
});

test('the office moves chosen sheets to the next round and back; nothing lost and nothing open say so', async () => {
  const window = await programs.open('rounds', files.office);
  const { page } = window;
  await window.at('シート一覧');
  await page.getByRole('checkbox', { name: '2-2 移住の相談を選ぶ' }).check();
  await page.getByRole('checkbox', { name: '1-1 図書館の活用を選ぶ' }).check();
  await window.press('回を進める');
  await window.at('回を進める');
  await inspect(page);
  await picture(window, 'round');
  await window.press('2枚を「庁内評価」にする');
  await window.see('2枚を「庁内評価」にしました。');
  await inspect(page);
  await window.press('シート一覧へ');
  await window.at('シート一覧');
  await expect.poll(() => page.locator('.round-words', { hasText: '庁内評価' }).count()).toBe(2);
  await page.getByRole('combobox', { name: '回', exact: true }).selectOption({ label: '庁内評価' });
  await window.see('3枚のうち2枚を表示しています');
  await picture(window, 'list-round');
  await inspect(page);
  await window.press('しぼり込みをやめる');
});

test('the department confirms, sees the code, and hands in knowingly without', async () => {
  const window = await programs.open('tourism', files.tourism);
  const { page } = window;
  await window.at('シート一覧');
  await page.getByRole('button', { name: '移住の相談' }).click();
  await window.at('2-2 移住の相談');
  const code = page.locator('.digest');
  const before = await code.textContent();
  expect(before).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await window.press('課長確認を記録する');
  await window.press('1枚の課長確認を記録する');
  await window.see('職名と氏名を入れてください（例：総務課長　海野 はる）。');
  await inspect(page);
  await picture(window, 'confirm');
  await page.getByRole('textbox', { name: /^確認した人の職名と氏名/ }).fill('商工観光課長　山川 一');
  await window.press('1枚の課長確認を記録する');
  await page.locator('.sign-off').getByText('確認済み').waitFor();
  expect(await code.textContent()).toBe(before);
  await page.emulateMedia({ media: 'print' });
  expect(await code.isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });
  await window.type('意図', '確認の後の文');
  await page.locator('.sign-off').getByText('変更により失効').waitFor();
  await window.see('確認の後に変わった欄：意図');
  await expect.poll(() => code.textContent()).not.toBe(before);
  await inspect(page);
  await picture(window, 'fallen');

  await window.press('シート一覧へ');
  await window.at('シート一覧');
  await window.press('提出する');
  await window.see('課長確認のないシートが2枚あります。');
  await inspect(page);
  await picture(window, 'handin');
  await window.press('シート一覧へ');
  await window.at('シート一覧');
  await window.press('採られなかった値');
  await window.see('採られなかった値はありません。');
  await inspect(page);
  await picture(window, 'no-losses');
});
