// Publishing as people do it: what is open is told before, a number is given, corrections are read, and the pages are
// what anybody can use: with axe at three widths, by words of one character, and without scripts.
import { mkdirSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { makeWorld, type Workspace, type World } from '../core/world.ts';
import { filesIn, makeSecretive, publishAll, SECRETS } from '../site/town.ts';
import { launch } from './browser.ts';
import { inspect } from './inspect.ts';
import { openPrograms, type Programs } from './program.ts';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let office: Workspace;
let programs: Programs;
let browser: Browser;
let site: string;
beforeAll(async () => {
  world = await makeWorld();
  office = await makeSecretive(world);
  await publishAll(office);
  await office.ask('cell.set', { sheet: '3-1', cells: [{ cell: '意図', raw: '直した意図' }] });
  await office.ask('sheet.commit', { sheet: '3-1' });
  await publishAll(office);
  site = world.at('site');
  await office.ask('export.write', { file: office.offer(site), format: 'html', snapshot: 2 });
  await office.ask('cell.set', { sheet: '3-2', cells: [{ cell: '意図', raw: '打ちかけ' }] });
  await office.app.close();
  programs = await openPrograms();
  browser = await launch();
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await browser.close();
  await programs.close();
  await world.close();
});

test('an office looks through what is open, publishes, and writes the number out', async () => {
  const window = await programs.open('home', office.file);
  const { page } = window;
  await window.press('書き出す');
  await window.at('書き出す');
  await page.getByRole('radio', { name: /^公表用/ }).check();
  await window.see('1枚のシートで、2種類の欄を隠します。');
  await page.getByText('シートごとに見る').click();
  await page.getByRole('cell', { name: SECRETS.chief }).waitFor();
  await inspect(page);
  await window.press('公表の記録');
  await window.at('公表の記録');
  await page
    .getByRole('table', { name: '第1号から第2号への正誤表' })
    .getByRole('cell', { name: '直した意図' })
    .waitFor();
  await inspect(page);
  await window.press('次の号を公表する');
  await window.at('公表する');
  await window.see('入力中の内容（1枚）');
  const person = page.getByRole('textbox', { name: /^公表する人の職名と氏名/ });
  expect(await person.inputValue()).toBe(SECRETS.person);
  await person.fill('');
  const publish = page.getByRole('button', { name: /^未解決\d+件のまま、第3号として3枚を公表する$/ });
  await publish.click();
  await window.see('職名と氏名を入れてください。');
  await expect.poll(() => person.evaluate((input) => input === document.activeElement)).toBe(true);
  await inspect(page);
  await person.fill('企画係　甲野');
  await publish.click();
  await window.see('第3号として、3枚の公表を記録しました。');
  await inspect(page);
  await window.press('第3号をホームページに書き出す');
  await window.at('書き出す');
  await window.press('第3号の3枚を書き出す');
  await window.see('3枚を「hyoka-2022-no3」に書き出しました。');
  const [zip = ''] = await window.download('フォルダーを取り出す');
  expect(path.basename(zip)).toBe('hyoka-2022-no3.zip');
});

test('before anything was published, the record says what to do', async () => {
  mkdirSync(programs.at('fresh'));
  const fresh = await makeSecretive(world, 'fresh.hyoka');
  await fresh.app.close();
  const window = await programs.open('fresh', fresh.file);
  await window.press('書き出す');
  await window.press('公表の記録');
  await window.see(/^まだ何も公表していません。/);
  await inspect(window.page);
  await window.press('第1号を公表する');
  await window.at('公表する');
});

const KINDS = ['index.html', 'goals.html', 'departments.html', 'errata.html', 'about.html', 'sheets/no-3-1.html'];
const WIDTHS = [320, 1024, 1920];

async function openPage(file: string, options: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'ja-JP', ...options });
  const faults: string[] = [];
  context.on('console', (message) => faults.push(message.text()));
  context.on('weberror', (error) => faults.push(String(error.error())));
  context.on('request', (request) => {
    if (!request.url().startsWith(`file://${site}/`)) faults.push(request.url());
  });
  const page = await context.newPage();
  await page.goto(`file://${path.join(site, file)}`);
  return { page, faults };
}

test.each(KINDS)(
  '%s: axe finds nothing, nothing scrolls sideways at any width, nothing is asked elsewhere',
  async (file) => {
    expect([...filesIn(site).keys()]).toContain(file);
    const { page, faults } = await openPage(file);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
        // Reading style sheets again is what the policy forbids.
        const { violations } = await run(document, { resultTypes: ['violations'], preload: false });
        return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
      });
      expect(found, `${file} at ${width}`).toEqual([]);
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(isWide, `${file} at ${width}`).toBe(false);
      // Whatever is wider than its box can be scrolled by keyboard, and what is not is no stop on the way.
      const boxes = await page.evaluate(async () => {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return [...document.querySelectorAll('.table-box')].map((box) => [
          box.scrollWidth > box.clientWidth,
          box.getAttribute('tabindex') === '0',
          (box.getAttribute('aria-label') ?? '') !== '',
        ]);
      });
      for (const [isScrolled, isReached, isNamed] of boxes) expect([isReached, isNamed]).toEqual([isScrolled, true]);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test('the skip link comes first and leads to the main part', async () => {
  const { page } = await openPage('sheets/no-3-1.html');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('本文へ移る');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  await page.context().close();
});

test('a search finds words of one character and of half width, marks them, and says when there is nothing', async () => {
  const { page, faults } = await openPage('index.html');
  const words = page.getByRole('searchbox', { name: '探す言葉' });
  const results = page.locator('#search-results li');
  const status = page.locator('#search-status');
  await words.fill('窓');
  await expect.poll(() => status.textContent()).toBe('1枚のシートが見つかりました。');
  expect(await results.first().locator('mark').textContent()).toBe('窓');
  await words.fill('古民家');
  await expect.poll(() => results.allTextContents()).toEqual([expect.stringContaining('空き家と<古民家>の活用')]);
  await words.fill('総-3 ﾆｷﾞﾜｲ');
  await expect.poll(() => status.textContent()).toBe('「総-3 ﾆｷﾞﾜｲ」を含むシートはありません。');
  await words.fill('総-3　広場');
  await expect.poll(() => results.count()).toBe(1);
  await words.fill(SECRETS.chief);
  await expect.poll(() => status.textContent()).toContain('含むシートはありません');
  await words.fill('');
  await expect.poll(() => status.textContent()).toBe('');
  await words.fill('3-1');
  await words.press('Enter');
  await results.getByRole('link', { name: '3-1　みどりの暮らし移住応援' }).click();
  await page.getByRole('heading', { level: 1, name: '3-1　みどりの暮らし移住応援' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the index is asked for with the first word, part after part, and a part that is missing is named', async () => {
  const cut = world.at('cut');
  await cp(site, cut, { recursive: true });
  const index = path.join(cut, 'index.html');
  await writeFile(index, (await readFile(index, 'utf8')).replace('data-parts="1"', 'data-parts="3"'));
  await writeFile(
    path.join(cut, 'assets/search-2.js'),
    'globalThis.hyokaIndex.push({file:"about.html",title:"別の部分",departments:"",text:"前の行\\n窓の行"});',
  );
  const { page } = await openPage('../cut/index.html');
  const asked = () => page.locator('script[src*="search-"]').evaluateAll((all) => all.map((one) => one.outerHTML));
  expect(await asked()).toEqual([]);
  await page.getByRole('searchbox', { name: '探す言葉' }).fill('窓');
  await expect
    .poll(() => page.locator('#search-status').textContent())
    .toBe('検索に使うファイル（search-3.js）を読み込めませんでした。ページを開き直すか、下の一覧から探してください。');
  expect(await asked()).toHaveLength(3);
  // What has come is shown all the same.
  await expect.poll(() => page.locator('#search-results li').count()).toBe(2);
  expect(await page.locator('#search-results li').last().locator('p').textContent()).toBe('窓の行');
  await page.context().close();
});

test('without scripts the list is there and the search is not', async () => {
  const { page } = await openPage('index.html', { javaScriptEnabled: false });
  expect(await page.getByRole('searchbox').count()).toBe(0);
  await page.getByRole('link', { name: '駅前広場のにぎわいづくり' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.locator('.table-box[tabindex="0"]').count()).toBeGreaterThan(0);
  await page.context().close();
});

test('on paper a sheet loses its navigation and nothing else', async () => {
  const { page } = await openPage('sheets/no-3-1.html');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.site-nav').isVisible()).toBe(false);
  expect(await page.locator('article.sheet').isVisible()).toBe(true);
  await page.context().close();
});
