// Moving through real sheets by keys: to what is missing, to words, to other sheets, and back in time. Every dialog on the
// way is looked at by axe, and every sign that offices write has a glyph in the fonts that come with the program.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findings } from './inspect.ts';
import { type Host, openPrograms, type Programs, type Window } from './program.ts';

const OWN = '3-1 みどりの暮らし移住応援';
const KEPT = '・消えてはいけない文';
/** Other tests may keep the machine busy. */
const PATIENT = { timeout: 15_000 };

let programs: Programs;
let host: Host;
beforeAll(async () => {
  programs = await openPrograms();
  host = await programs.host('moving');
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(() => programs.close());

async function openSheet(window: Window): Promise<void> {
  await window.at('シート一覧');
  await window.press('みどりの暮らし移住応援');
  await window.at(OWN);
}

/** A window with a practice file of its own; one program for all of them, since starting it takes the most. */
async function practise(): Promise<Window> {
  const window = await programs.window(host);
  await window.practise();
  await openSheet(window);
  return window;
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');

test('keys lead to what is empty and to what is asked, and say where they led', async () => {
  const window = await practise();
  const { page } = window;
  await window.cell('意図').fill('');
  await window.saved();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F7');
  await window.see(/未入力：意図（全部で1件）$/);
  expect(await focused(page)).toBe('cell-intent');
  await page.keyboard.press('F6');
  await window.see(/^確かめる欄：人工数\(業務量\) 2020年度決算（全部で\d+件）$/);
  await page.keyboard.press('Shift+F6');
  await window.see(/始めまで来たので、終わりから。/);
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => focused(page), PATIENT).toMatch(/^section-.*-title$/);
  expect(await findings(page)).toEqual([]);
});

test('a box leads to a cell by its words; every box is sound and gives the focus back', async () => {
  const window = await practise();
  const { page } = window;
  const intent = window.cell('意図');
  await intent.focus();
  for (const [key, title] of [
    ['Control+j', '欄やシートへ移る'],
    ['Control+f', 'このシートの中を探す'],
    ['Control+h', 'このシートの中を置き換える'],
    ['Control+/', 'キーの一覧'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog', { name: title }).waitFor();
    expect(await findings(page), title).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page), title).toBe('cell-intent');
  }
  await page.keyboard.press('Control+j');
  await page.keyboard.type('結果');
  await page.getByRole('option', { name: /結果$/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page), PATIENT).toBe('cell-outcome');
});

test('what is replaced is one step, and steps are taken back after the program was gone', async () => {
  const killed = await programs.host('steps');
  const first = await programs.window(killed);
  await first.press('見本で試す');
  await openSheet(first);
  const before = await first.cell('意図').inputValue();
  await first.type('意図', KEPT);
  await first.page.keyboard.press('Control+h');
  await first.page.getByRole('textbox', { name: '探す言葉' }).fill('移住');
  await first.page.getByRole('textbox', { name: '置き換える言葉' }).fill('定住');
  const many = first.page.getByRole('button', { name: /^\d+か所を置き換える$/ });
  const places = Number(/^\d+/.exec((await many.textContent()) ?? '')?.[0]);
  expect(places).toBeGreaterThan(1);
  await many.click();
  await first.see(`${places}か所を置き換えました。「元に戻す」で取り消せます。`);
  expect(await first.cell('対象').inputValue()).toContain('定住を考えている');
  await first.page.keyboard.press('Control+z');
  await expect.poll(() => first.cell('対象').inputValue(), PATIENT).toContain('移住を考えている');
  await killed.kill();
  first.expectFaults(/net::ERR_|Failed to load resource/);

  const second = await programs.window(await programs.host('steps'));
  await second.page
    .getByRole('button', { name: /練習用/ })
    .first()
    .click();
  await openSheet(second);
  expect(await second.cell('意図').inputValue()).toBe(KEPT);
  await second.cell('対象').focus();
  await second.page.keyboard.press('Control+z');
  await expect.poll(() => second.cell('意図').inputValue(), PATIENT).toBe(before);
  await second.page.keyboard.press('Control+y');
  await expect.poll(() => second.cell('意図').inputValue(), PATIENT).toBe(KEPT);
  programs.faults();
});

test('words of two characters are found in all sheets, one click from their cell', async () => {
  const window = await practise();
  const { page } = window;
  await page.keyboard.press('Control+Shift+f');
  await window.at('すべてのシートから探す');
  await page.getByRole('textbox', { name: '探す言葉' }).fill('移住');
  await window.see(/^\d+か所に見つかりました。$/);
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: '対象', exact: true }).first().click();
  await window.at(OWN);
  await expect.poll(() => focused(page), PATIENT).toBe('cell-target');
});

test('the manual is one key away, clean, and leads back', async () => {
  const window = await practise();
  await window.page.keyboard.press('F1');
  await window.at('使い方');
  await window.page.getByRole('heading', { level: 3 }).first().waitFor();
  expect(await findings(window.page)).toEqual([]);
  await window.press('もとの画面へ');
  await window.at(OWN);
});

test('every sign that offices write comes from a font of the program', async () => {
  const window = await programs.window(host);
  const { page } = window;
  await page.evaluate(() => {
    const line = document.createElement('p');
    line.id = 'signs';
    line.textContent = '①㎡髙﨑𠮷ⅠⅡⅫⅰ☐☑☒✓✔✗αΩ≒▲〜−';
    document.body.append(line);
  });
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#signs' });
  const foreign = async () => {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts.filter((font) => !font.isCustomFont).map((font) => `${font.familyName}: ${font.glyphCount}`);
  };
  await expect.poll(foreign, PATIENT).toEqual([]);
});
