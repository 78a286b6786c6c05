// Tables in a real browser: real keys, a real clipboard event with the HTML of Excel, and an input method composing.
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXCEL_HEADED, EXCEL_NUMBERS, fromCalc } from '../renderer/clipboards.ts';
import { compose as composeIn, findings } from './inspect.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

const SHEET = '3-1 みどりの暮らし移住応援';

let programs: Programs;
let window: Window;
let page: Page;
let cdp: CDPSession;

beforeAll(async () => {
  programs = await openPrograms();
  window = await programs.open('grid');
  page = window.page;
  cdp = await page.context().newCDPSession(page);
});
// One program for all, since starting it takes the most; each test has a file of its own.
beforeEach(async () => {
  await window.practise();
  await window.press('みどりの暮らし移住応援');
  await window.at(SHEET);
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(() => programs.close());

const cost = (year: number) => window.cell(`施策事業費(千円) ${year}年度決算`);
const labour = (year: number) => window.cell(`人工数(業務量) ${year}年度決算`);
const indicator = (row: string, column: string) => window.cell(`重要業績評価指標 ${row} ${column}`);
const keys = async (...pressed: string[]) => {
  for (const key of pressed) await page.keyboard.press(key);
};
const nameInHand = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

/** What the browser sends to the page when a person presses Ctrl+V with this on the clipboard. */
const paste = (html: string, text = '') =>
  page.evaluate(
    ([html, text]) => {
      const clipboardData = new DataTransfer();
      if (html) clipboardData.setData('text/html', html);
      clipboardData.setData('text/plain', text ?? '');
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    },
    [html, text],
  );

/** Composes as a person does. */
const compose = (...steps: string[]) => composeIn(cdp, ...steps);

describe('the keyboard', () => {
  test('fills a table without the mouse', async () => {
    await cost(2020).focus();
    await page.keyboard.type('１２，５００');
    await keys('Enter');
    expect(await nameInHand()).toBe('人工数(業務量) 2020年度決算');
    await keys('ArrowUp', 'ArrowRight');
    await page.keyboard.type('13,950');
    await keys('ArrowRight');
    expect(await nameInHand()).toBe('施策事業費(千円) 2022年度決算');
    await page.keyboard.type('1401');
    await keys('F2', 'ArrowLeft');
    await page.keyboard.type('0');
    await keys('Tab');
    expect(await nameInHand()).toBe('人工数(業務量) 2020年度決算');
    await window.saved();
    expect(await cost(2020).inputValue()).toBe('12,500');
    expect(await cost(2021).inputValue()).toBe('13,950');
    expect(await cost(2022).inputValue()).toBe('14,001');
  });

  test('takes back what was typed since the cell was entered', async () => {
    await cost(2021).focus();
    await page.keyboard.type('9');
    await keys('Escape');
    expect(await cost(2021).inputValue()).toBe('13,905');
    await keys('ArrowLeft');
    await window.saved();
    expect(await cost(2021).inputValue()).toBe('13,905');
  });

  test('copies a selection for Excel, empties it, and brings it back as one step', async () => {
    await cost(2020).focus();
    await keys('Shift+ArrowRight');
    await page.getByText('1行×2列（2欄）を選びました。').waitFor();
    expect(await page.locator('[data-selected]').count()).toBe(2);
    const held = await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
      return [clipboardData.getData('text/plain'), clipboardData.getData('text/html')];
    });
    expect(held[0]).toBe('12480\t13905');
    expect(held[1]).toContain('<td>12480</td><td>13905</td>');
    await keys('Delete');
    await page.getByText('2欄を空にしました。').waitFor();
    await window.saved();
    expect(await cost(2021).inputValue()).toBe('');
    await keys('Control+z');
    await expect.poll(() => cost(2021).inputValue()).toBe('13,905');
    await keys('ArrowDown');
    expect(await cost(2020).inputValue()).toBe('12,480');
  });

  test('hears what is asked about a cell after having gone on, and that it was saved', async () => {
    await cost(2021).focus();
    await page.keyboard.type('1,23');
    await keys('Tab');
    await page
      .getByRole('status')
      .locator('span')
      .filter({ hasText: /^要確認：施策事業費\(千円\) 2021年度決算。/ })
      .waitFor();
    await page.getByRole('status').filter({ hasText: '保存しました' }).waitFor({ state: 'attached' });
  });

  test('chooses an answer beside the cell', async () => {
    await labour(2020).focus();
    const answer = page.getByRole('button', { name: '1.8025（コンマを小数点と読む）' });
    await answer.waitFor();
    await keys('Alt+Enter');
    expect(await answer.evaluate((button) => button === document.activeElement)).toBe(true);
    await keys('Enter');
    await answer.waitFor({ state: 'detached' });
    expect(await nameInHand()).toBe('人工数(業務量) 2020年度決算');
    await window.saved();
    await keys('ArrowRight');
    expect(await labour(2020).inputValue()).toBe('1.8025');
  });

  test('says how firm a number is', async () => {
    await indicator('①', '2022年度実績').focus();
    await page.keyboard.type('1400');
    await keys('Alt+2', 'Enter');
    await window.saved();
    const state = page.getByRole('combobox', { name: '重要業績評価指標 ① 2022年度実績 の区分' });
    expect(await state.inputValue()).toBe('expected');
    expect(await indicator('①', '2022年度実績').inputValue()).toBe('1,400');
  });
});

test('a drag of the mouse selects', async () => {
  // What comes into sight is laid out only then: the places are taken once both cells have been there.
  for (const cell of [cost(2020), labour(2021), cost(2020)]) await cell.hover();
  const start = await cost(2020).boundingBox();
  const end = await labour(2021).boundingBox();
  await page.mouse.move((start?.x ?? 0) + 30, (start?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move((end?.x ?? 0) + 10, (end?.y ?? 0) + 10, { steps: 8 });
  await page.mouse.up();
  expect(await page.locator('[data-selected]').count()).toBe(4);
});

describe('an input method', () => {
  test('keeps its keys: the Enter that confirms a word neither goes down nor breaks a line', async () => {
    await indicator('③', '指標名').focus();
    await compose('い', 'いじゅう', '移住');
    expect(await nameInHand()).toBe('重要業績評価指標 ③ 指標名');
    await compose('𠮷', '𠮷野', '葛󠄀城');
    expect(await indicator('③', '指標名').inputValue()).toBe('移住葛󠄀城');
    await keys('ArrowLeft');
    expect(await nameInHand()).toBe('重要業績評価指標 ③ 指標名');
    await keys('Tab');
    await window.saved();
    expect(await indicator('③', '指標名').inputValue()).toBe('移住葛󠄀城');
  });
});

describe('a paste', () => {
  test('from Excel is shown first and goes in as one step', async () => {
    await cost(2020).focus();
    await paste(EXCEL_NUMBERS);
    await page.getByRole('dialog').getByText('まだ何も書き込んでいません。').waitFor();
    // Enter presses what has the focus, which comes after the dialog is drawn.
    await page.locator('dialog button:focus').waitFor();
    await keys('Enter');
    await page.getByText(/欄に貼り付けました。/).waitFor();
    expect(await nameInHand()).toBe('施策事業費(千円) 2020年度決算');
    await window.saved();
    await keys('ArrowRight');
    expect(await cost(2020).inputValue()).toBe('60,564');
    expect(await labour(2020).inputValue()).toBe('2,2948');
    await keys('Control+z');
    await expect.poll(() => labour(2021).inputValue()).toBe('2,0150');
    await expect.poll(() => cost(2020).inputValue()).toMatch(/^12,?480$/);
  });

  test('with headings goes where the headings say', async () => {
    await labour(2022).focus();
    await paste(EXCEL_HEADED);
    await page.getByText('写した範囲に見出しがあるので、行と列の見出しに合わせて置きます。').waitFor();
    await keys('Enter');
    await window.saved();
    await expect.poll(() => cost(2022).inputValue()).toBe('14,010');
    expect(await cost(2021).inputValue()).toBe('13,905');
  });

  test('from LibreOffice offers the number behind a rounded one', async () => {
    await indicator('①', '説明').focus();
    const { html, text } = fromCalc('shown');
    await paste(html, text);
    await page.getByRole('radio', { name: '60563.5（丸める前の数）' }).waitFor();
    await page.getByRole('button', { name: '貼り付けない' }).click();
    expect(await nameInHand()).toBe('重要業績評価指標 ① 説明');
  });

  test.each([
    ['its HTML', fromCalc('headed').html],
    ['its text', ''],
  ])('from LibreOffice goes by the headings, from %s', async (_, html) => {
    await labour(2022).focus();
    await paste(html, fromCalc('headed').text);
    await page.getByText('写した範囲に見出しがあるので、行と列の見出しに合わせて置きます。').waitFor();
    await keys('Enter');
    await window.saved();
    await expect.poll(() => cost(2022).inputValue()).toBe('14,010');
    expect(await cost(2020).inputValue()).toBe('12,480');
    await expect.poll(() => labour(2020).inputValue()).toBe('1,8025');
    expect(await labour(2021).inputValue()).toBe('2.0150');
    expect(await labour(2022).inputValue()).toBe('▲1.5000');
  });

  test('of one value needs no dialog', async () => {
    await cost(2022).focus();
    await paste('', '14,010\r\n');
    await window.saved();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await keys('ArrowLeft');
    await expect.poll(() => cost(2022).inputValue()).toBe('14,010');
  });
});

test('axe finds nothing in a table in use, in its question and in the preview', async () => {
  await labour(2020).focus();
  expect(await findings(page)).toEqual([]);
  await keys('Shift+ArrowRight');
  expect(await findings(page)).toEqual([]);
  await paste(EXCEL_NUMBERS);
  await page.getByRole('dialog').waitFor();
  expect(await findings(page)).toEqual([]);
});
