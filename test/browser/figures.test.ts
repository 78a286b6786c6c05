// The pictures of the whole as an office and a department have them: each with its table, every number open, by mouse and
// by keys, on a small screen and enlarged; and what leaves the program of them.
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readPdf } from '../paper/pdf.ts';
import { inspect as inspectPage } from './inspect.ts';
import { makeOverview, type Overview } from './overview.ts';
import { type Host, openPrograms, type Programs, type Window } from './program.ts';

vi.setConfig({ testTimeout: 180_000 });

const PICTURES = ['評価者どうしの比較', '評価の分布', '指標の達成状況', '前の年度からの動き', '費用', '指標の推移'];

let programs: Programs;
let overview: Overview;
let host: Host;
let window: Window;
beforeAll(async () => {
  programs = await openPrograms();
  overview = await makeOverview();
  host = await programs.host('office', overview.office);
});
afterEach(async () => {
  await window.page.context().close();
  expect(programs.faults()).toEqual([]);
});
afterAll(async () => {
  await programs.close();
  await overview.close();
});

async function openFigures(options?: Parameters<Programs['window']>[1]): Promise<Window> {
  window = await programs.window(host, options);
  await window.press('全体の図');
  await window.at('全体の図');
  await window.page.locator('.figure svg.chart').first().waitFor();
  return window;
}

test('each picture has a table that says the same, and is sound on every screen', async () => {
  const { page } = await openFigures();
  for (const picture of PICTURES) {
    await window.press(picture);
    await page.locator('.figure').first().waitFor();
    const counts = await page.evaluate(() =>
      [...document.querySelectorAll('.figure')].map((figure) => ({
        drawn: figure.querySelectorAll('svg.chart [data-mark]').length,
        told: figure.querySelectorAll('table caption').length,
        stops: figure.querySelectorAll('svg.chart [tabindex="0"]').length,
      })),
    );
    expect(counts.length, picture).toBeGreaterThan(0);
    for (const { drawn, told, stops } of counts) expect([drawn > 0, told, stops], picture).toEqual([true, 1, 1]);
    await inspectPage(page);
  }
});

test('by keys from a mark to its sheets, to a sheet and back to the picture as it was', async () => {
  const { page } = await openFigures();
  await window.press('指標の達成状況');
  await page
    .getByRole('combobox', { name: '基本目標' })
    .selectOption({ label: '安心して暮らし続けられる地域をつくる' });
  await window.see('12枚のうち4枚のシート');
  await page.getByRole('button', { name: '安心して暮らし続けられる地域をつくる、未達：2件' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '安心して暮らし続けられる地域をつくる、未達：2件' });
  await dialog.getByText(/目標を下回っている（3,900 ＜ 6,000）/).waitFor();
  await inspectPage(page);
  await dialog.getByRole('button', { name: /^3-9/ }).press('Enter');
  await window.at('3-9 地域の足の確保とデマンド交通');
  await window.press('もとの画面へ');
  await window.at('全体の図');
  await window.see('12枚のうち4枚のシート');
  await page.getByRole('button', { name: '指標の達成状況', exact: true }).and(page.locator('[aria-current]')).waitFor();
});

test('a number of the table opens the same sheets, and chooses them in the list', async () => {
  const { page } = await openFigures();
  await page
    .getByRole('button', { name: /^2\s*（.*を開く）$/ })
    .first()
    .click();
  await window.press('一覧でこの2枚を選ぶ');
  await window.at('シート一覧');
  await window.see('2枚を選んでいます。');
});

test('a picture leaves as PNG, as SVG that needs nothing around it, by the clipboard, and on one page of paper', async () => {
  const { page } = await openFigures();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await window.press('評価の分布');
  // The figure before stands until this one is drawn.
  await expect.poll(() => page.getByRole('button', { name: '画像（PNG）に書き出す' }).count()).toBe(1);
  const save = async (button: string, file: RegExp) => {
    await window.press(button);
    await window.see(file);
    return readFile((await window.download('ファイルを取り出す'))[0] ?? '');
  };
  const png = await save('画像（PNG）に書き出す', /^図を「.*\.png」に書き出しました。$/);
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const svg = (await save('図形（SVG）に書き出す', /^図を「.*\.svg」に書き出しました。$/)).toString('utf8');
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('経営戦略会議');
  expect(svg).toContain('2022年度評価 企画財政課');
  expect(svg).not.toMatch(/ class=| style=|var\(|role=|https?:\/\/(?!www\.w3\.org)/);
  await window.press('図を写す');
  const types = () => page.evaluate(async () => (await navigator.clipboard.read())[0]?.types ?? []);
  await expect.poll(types, { timeout: 15_000 }).toEqual(['image/png']);
  await window.press('指標の推移');
  await page.getByRole('region', { name: '指標の推移', exact: true }).waitFor();
  const paper = await readPdf(await page.pdf({ preferCSSPageSize: true, tagged: true }));
  const [first] = paper.pages;
  expect([first && first.width > first.height, first?.text.replace(/\s+/g, '')]).toEqual([
    true,
    expect.stringMatching(/指標の推移.*3-11①自主防災組織の組織率/),
  ]);
});

test('high contrast draws in the system’s ink, each series with a pattern of its own', async () => {
  const { page } = await openFigures({ forcedColors: 'active' });
  await window.press('評価の分布');
  const seen = await page.evaluate(() => {
    const fills = [...document.querySelectorAll('.chart-swatch')].map((swatch) => swatch.getAttribute('fill') ?? '');
    const text = document.querySelector('svg.chart text');
    return {
      looks: fills.map((fill) => fill.replace(/#.*-/, '#')),
      ink: text && getComputedStyle(text).fill,
      page: getComputedStyle(document.body).color,
    };
  });
  expect(new Set(seen.looks).size).toBe(seen.looks.length);
  expect(seen.ink).toBe(seen.page);
});
