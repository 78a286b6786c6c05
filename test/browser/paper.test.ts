// Paper in the window: the pages beside the entry form, and what goes to the printer instead of the screen.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readPdf } from '../paper/pdf.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

let programs: Programs;
let window: Window;
beforeAll(async () => {
  programs = await openPrograms();
  window = await programs.open('home');
  await window.press('見本で試す');
  await window.press('みどりの暮らし移住応援');
  await window.at('3-1 みどりの暮らし移住応援');
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(() => programs.close());

const bare = (text: string) => text.replace(/\s/gu, '');
const preview = () => window.page.getByRole('complementary', { name: '印刷の見本' });
const counted = async () =>
  Number(/\/ (\d+)ページ/.exec((await preview().getByRole('status').textContent()) ?? '')?.[1]);

/** What `act` would print: the window's paper at the moment at which it asks its browser to print. */
async function printed(act: () => Promise<void>) {
  const { page } = window;
  // What is taken away behind the dialog waits until the paper has been looked at.
  await page.evaluate(() => {
    const waiting = Promise.withResolvers<void>();
    Object.assign(globalThis, { isPrinting: false, endPrinting: waiting.resolve });
    Object.defineProperty(Element.prototype, 'remove', {
      configurable: true,
      value(this: Element) {
        if (this.id === 'printed') void waiting.promise.then(() => this.parentNode?.removeChild(this));
        else this.parentNode?.removeChild(this);
      },
    });
    Object.defineProperty(globalThis, 'print', {
      configurable: true,
      value: () => Object.assign(globalThis, { isPrinting: true, styles: document.adoptedStyleSheets }),
    });
  });
  await act();
  await page.waitForFunction(() => (globalThis as unknown as { isPrinting?: boolean }).isPrinting === true);
  await page.evaluate(() => {
    document.adoptedStyleSheets = (globalThis as unknown as { styles: CSSStyleSheet[] }).styles;
  });
  const pdf = await readPdf(await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true }));
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
    (globalThis as unknown as { endPrinting(): void }).endPrinting();
  });
  await page.waitForFunction(() => document.getElementById('printed') === null);
  return pdf;
}

test('the preview shows as many pages as are printed, and follows the typing', async () => {
  await window.page.keyboard.press('Alt+p');
  await preview().waitFor();
  const first = await printed(() => window.page.keyboard.press('Control+p'));
  expect(await counted()).toBe(first.pages.length);
  const long = '空き家の持ち主に一軒ずつ聞き取りをして、使える家を増やす。'.repeat(150);
  await window.type('施策を取り巻く状況と今後の予測', long);
  await expect.poll(counted).toBeGreaterThan(first.pages.length);
  await expect.poll(() => preview().locator('.sheets, .pages').first().textContent()).toContain(long.slice(0, 60));
  const second = await printed(() => window.page.keyboard.press('Control+p'));
  expect(await counted()).toBe(second.pages.length);
  expect(bare(second.pages.map(({ text }) => text).join(''))).toContain(bare(long));
});

test('a page after the other can be looked at', async () => {
  await window.press('次のページ');
  expect(bare((await preview().getByRole('status').textContent()) ?? '')).toMatch(/^2\/\d+ページ$/);
  await window.page.keyboard.press('Alt+p');
  await preview().waitFor({ state: 'detached' });
});

test('paper, edition and years are chosen at the preview: the printer follows, and they are there again', async () => {
  const choose = (label: string, answer: string) => preview().getByLabel(label).selectOption(answer);
  await window.page.keyboard.press('Alt+p');
  await choose('用紙', 'A3 横');
  await choose('版', '公表用');
  await choose('年度', '和暦（令和4年度）');
  await preview()
    .getByText(/^公表用で隠す欄 \d+$/)
    .click();
  await expect.poll(() => preview().locator('dl').textContent()).toContain('課長名');
  const pdf = await printed(() => window.page.keyboard.press('Control+p'));
  await expect.poll(counted).toBe(pdf.pages.length);
  for (const { text, foot, width, height } of pdf.pages) {
    expect([Math.round(width), Math.round(height)]).toEqual([1191, 842]);
    expect(bare(foot)).toContain('令和4年度評価公表用');
    expect(bare(text)).not.toContain('課長名');
  }
  // Whoever prints later, with the preview closed, sees how.
  await window.page.getByRole('button', { name: '印刷（A3 横・公表用・和暦）' }).waitFor();
  await window.page.reload();
  await window.press('みどりの暮らし移住応援');
  await window.at('3-1 みどりの暮らし移住応援');
  await window.page.keyboard.press('Alt+p');
  expect(await preview().getByLabel('用紙').inputValue()).toBe('A3 landscape');
  await choose('用紙', 'A4 縦');
  await choose('版', '庁内用');
  await choose('年度', '西暦（2022年度）');
  await window.page.keyboard.press('Alt+p');
});

test('what is printed is the sheet and nothing of the screen, with its foot on every page', async () => {
  const pdf = await printed(() => window.page.keyboard.press('Control+p'));
  const text = bare(pdf.pages.map((page) => page.text).join(''));
  expect(text).not.toContain('次の未入力');
  expect(text).toContain('施策評価シート');
  for (const { foot } of pdf.pages) expect(bare(foot)).toMatch(/2022年度（令和4年度）評価.*内容コード/);
});

test('sheets are printed from the list, each with its own foot', async () => {
  await window.press('シート一覧へ');
  await window.at('シート一覧');
  await window.press('書き出す');
  await window.page.getByRole('radio', { name: /PDF/ }).check();
  const pdf = await printed(() => window.page.getByRole('button', { name: /枚を印刷する/ }).click());
  const text = bare(pdf.pages.map((page) => page.text).join(''));
  expect(text).toContain('3-1みどりの暮らし移住応援');
  expect(text).toContain('3-2空き家と古民家の活用');
  const codes = new Set(pdf.pages.map(({ foot }) => /内容コード(\S{14})/.exec(bare(foot))?.[1]));
  expect(codes.size).toBeGreaterThan(1);
  expect(codes).not.toContain(undefined);
});
