// Every screen, dialog and part of the panel that the other walks do not pass, as an office and as a department see it.
// Promise: axe finds nothing, nothing scrolls sideways at 1024 × 768 or at 200 %, and no dialog is larger than the window.
import path from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Role } from '../../shared/form/form.ts';
import { findings, inspect as inspectPage } from './inspect.ts';
import { type Host, openPrograms, type Programs, samples, type Window } from './program.ts';
import { makeTown, type Town } from './town.ts';
import { makeYears, REASON, type Years } from './years.ts';

const SHEET = '3-1 みどりの暮らし移住応援';

vi.setConfig({ testTimeout: 180_000 });

let programs: Programs;
let town: Town;
let years: Years;
let hosts: Record<Role, Host>;
let window: Window;
beforeAll(async () => {
  programs = await openPrograms();
  [town, years] = await Promise.all([makeTown(), makeYears()]);
  hosts = {
    office: await programs.host('office', years.office),
    department: await programs.host('department', years.department),
  };
});
afterEach(async () => {
  await window.page.context().close();
  expect(programs.faults()).toEqual([]);
});
afterAll(async () => {
  await programs.close();
  await Promise.all([town.close(), years.close()]);
});

const openAs = async (role: Role, options?: BrowserContextOptions): Promise<Window> => {
  window = await programs.window(hosts[role], options);
  return window;
};
const ROLES = ['office', 'department'] as const satisfies readonly Role[];

const inspect = (): Promise<void> => inspectPage(window.page);

async function openSheet(): Promise<void> {
  await window.press('みどりの暮らし移住応援');
  await window.at(SHEET);
}

/** Opens something by its key, looks at it, and goes back by Escape. */
async function inspectBox(key: string, title: string, fill?: () => Promise<void>): Promise<void> {
  const { page } = window;
  await page.keyboard.press(key);
  await page.getByRole('dialog', { name: title }).waitFor();
  await fill?.();
  await inspect();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test.each(ROLES)('the screens beside the list, as %s', async (role) => {
  await openAs(role);
  const { page } = window;
  await window.at('シート一覧');
  await page.keyboard.press('Control+Shift+f');
  await window.at('すべてのシートから探す');
  await page.getByRole('textbox', { name: '探す言葉' }).fill('暮らし');
  await window.see(/^\d+か所に見つかりました。$/);
  await inspect();
  await page.getByRole('textbox', { name: '探す言葉' }).fill('どこにもない言葉');
  await window.see('「どこにもない言葉」は見つかりません。');
  await inspect();
  await window.press('もとの画面へ');
  await window.press('使い方');
  await window.at('使い方');
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  await inspect();
  await window.press('もとの画面へ');
  await inspectBox('Control+/', 'キーの一覧');
  await window.press('送り手の登録');
  await window.at('送り手の登録');
  await inspect();
  await window.press('シート一覧へ');
  await window.press('受け取る');
  await window.at('受け取る');
  await window.upload('パッケージを選ぶ', ...town.arriving.slice(0, 1));
  await page.getByText('まだ何も書き込んでいません。').or(page.getByRole('alert')).first().waitFor();
  await inspect();
  await window.press('シート一覧へ');
  await window.press('書き出す');
  await window.at('書き出す');
  await inspect();
  await window.press('シート一覧へ');
  await window.press('記入済みシートを読み込む');
  await window.at('記入済みシートを読み込む');
  await window.upload('記入済みシートを選ぶ', path.join(samples, 'memuro-sample.txt'));
  await window.see(/まだ何も書き込んでいません。/);
  await inspect();
});

test.each(ROLES)('the boxes over a sheet, as %s', async (role) => {
  await openAs(role);
  const { page } = window;
  await openSheet();
  await inspectBox('Control+j', '欄やシートへ移る', async () => {
    await page.keyboard.type('評価');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
  });
  await inspectBox('Control+j', '欄やシートへ移る', async () => {
    await page.keyboard.type('どこにもない');
    await window.see('当てはまる欄もシートもありません。');
  });
  await inspectBox('Control+f', 'このシートの中を探す', async () => {
    await page.getByRole('textbox', { name: '探す言葉' }).fill('移住');
    await window.see(/^\d+か所に見つかりました。$/);
  });
  await inspectBox('Control+h', 'このシートの中を置き換える', async () => {
    await page.getByRole('textbox', { name: '探す言葉' }).fill('移住');
    await page.getByRole('textbox', { name: '置き換える言葉' }).fill('定住');
    await page.getByRole('button', { name: /^\d+か所を置き換える$/ }).waitFor();
  });
  await window.cell('施策事業費(千円) 2020年度決算').focus();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '12,480\t2,2948\t15\tはみ出す\r\n1.8\t▲2\t―\t\r\n');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await page.getByRole('dialog').getByText('まだ何も書き込んでいません。').waitFor();
  await inspect();
});

test.each(ROLES)('the panel for the cell in hand, as %s', async (role) => {
  await openAs(role);
  const { page } = window;
  const panel = page.getByRole('complementary', { name: '欄の説明' });
  await openSheet();
  await window.cell('意図').focus();
  await panel.getByText('今の文は、前年度と一字一句同じです。').waitFor();
  await panel.getByRole('heading', { name: '履歴' }).waitFor();
  await inspect();
  await window.cell('想定される理由').focus();
  await panel.getByRole('button', { name: '理由を書く' }).click();
  await panel.getByRole('button', { name: '理由を書き込む' }).click();
  await panel.getByText('理由を書いてください。', { exact: true }).waitFor();
  await inspect();
  await panel.getByRole('textbox', { name: /^理由/ }).fill(REASON);
  await panel.getByRole('button', { name: '理由を書き込む' }).click();
  await panel.getByText('理由あり').waitFor();
  await inspect();
  if (role === 'department') return;
  await panel.getByRole('button', { name: 'この欄に指摘を書く' }).click();
  await panel.getByRole('button', { name: '指摘を書き込む' }).click();
  await panel.getByText('指摘する内容を書いてください。').waitFor();
  await inspect();
  await panel.getByRole('textbox', { name: /^指摘する内容/ }).fill('数を添えてください。');
  await panel.getByRole('button', { name: '指摘を書き込む' }).click();
  await panel.getByText('課の返事待ち').waitFor();
  await inspect();
});

test('what an office does to many sheets at once, also with everything left blank', async () => {
  const { page } = await openAs('office');
  const choose = async () => {
    await window.at('シート一覧');
    await page.getByRole('checkbox', { name: '3-1 みどりの暮らし移住応援を選ぶ' }).check();
    await page.getByRole('checkbox', { name: '3-3 駅前広場のにぎわいづくりを選ぶ' }).check();
    await window.see('2枚を選んでいます。');
  };
  await choose();
  await inspect();
  await window.press('同じ指摘を付ける');
  await window.at('同じ指摘を付ける');
  await page.getByRole('radio', { name: '一つの欄' }).check();
  await page.getByRole('combobox', { name: '欄の見出し' }).fill('評価');
  await window.press('2枚に指摘を付ける');
  await window.see('指摘する内容を書いてください。');
  await inspect();
  await window.press('シート一覧へ');
  await choose();
  await window.press('主管課を変える');
  await window.at('主管課を変える');
  await page.getByRole('combobox', { name: /^新しい主管課/ }).fill('まだない課');
  await window.see('「まだない課」は、まだどのシートも受け持っていません。');
  await inspect();
  for (const button of ['配布する', '書き出す']) {
    await window.press('シート一覧へ');
    await choose();
    await page.getByRole('region', { name: '選んだシート' }).getByRole('button', { name: button }).click();
    await window.at(button);
    await inspect();
  }
});

test('joining with a distribution, before the digits are typed', async () => {
  window = await programs.open('joining');
  await window.press('配布を受け取って始める');
  await window.upload('配布パッケージを選ぶ', years.distribution);
  await window.press('くらし移住課のファイルを作る');
  await window.see('数字30桁を入れてください（今は0桁）。');
  await inspect();
});

test('a conflict that is being rewritten, and a text that could not be saved', async () => {
  window = await programs.open('conflict', town.office);
  await window.press('空き家と古民家の活用');
  await window.press('書き直す');
  await window.page.getByRole('textbox', { name: /^書き直す文/ }).waitFor();
  await inspect();
  window.expectFaults(/net::ERR_|Failed to load resource/);
  await window.page.context().setOffline(true);
  await window.cell('結果').fill('線が切れている間の文');
  await window.see('まだ保存できていない入力があります。文字はこの画面に残っています。');
  expect(await findings(window.page)).toEqual([]);
  await inspect();
});

test('high contrast keeps what colour says: bars of cells, the choice made, what is selected', async () => {
  await openAs('department', { forcedColors: 'active' });
  const { page } = window;
  await openSheet();
  await page.getByRole('radio', { name: /^B：/ }).first().check();
  await window.cell('施策事業費(千円) 2020年度決算').fill('1,2');
  await window.cell('施策事業費(千円) 2021年度決算').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await window.saved();
  const seen = await page.evaluate(() => {
    const style = (selector: string, part?: string) => {
      const found = document.querySelector(selector);
      if (!found) throw new Error(`nothing is ${selector}`);
      return getComputedStyle(found, part);
    };
    const canvas = style('textarea').backgroundColor;
    return {
      canvas,
      bar: style('div.cell[data-look="missing"]').borderLeftColor,
      noBar: style('div.cell[data-look="plain"], div.cell[data-look="saved"]').borderLeftColor,
      tableBar: style('.grid td[data-look="asked"]', '::before').backgroundColor,
      icon: style('.grid td[data-look="asked"] .cell-mark').color,
      choice: style('.mark:has(:checked)').borderTopColor,
      selection: style('.grid td[data-selected]').outlineStyle,
      same: style('[data-same] textarea').textDecorationLine,
      strangeIcons: [...document.querySelectorAll('svg')]
        .filter((icon) => getComputedStyle(icon).color !== getComputedStyle(icon.parentElement ?? icon).color)
        .map((icon) => icon.getAttribute('class')),
    };
  });
  expect(seen).toMatchObject({ noBar: seen.canvas, selection: 'solid', same: 'underline', strangeIcons: [] });
  for (const part of ['bar', 'tableBar', 'icon', 'choice'] as const) expect(seen[part], part).not.toBe(seen.canvas);
});

test('nothing moves for whoever wants it still, and for nobody longer than 150 ms', async () => {
  const longest = async (reducedMotion: 'reduce' | 'no-preference') => {
    const { page } = await openAs('department', { reducedMotion });
    await openSheet();
    // What is said goes again by itself, at once and not by fading.
    await page.keyboard.press('F6');
    await window.see(/確かめる欄/);
    const said = page.locator('.said span').last();
    expect(await said.evaluate((one) => getComputedStyle(one).animationTimingFunction)).toBe('steps(1)');
    const found = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('*')].map((one) =>
          Math.max(
            ...getComputedStyle(one)
              .transitionDuration.split(',')
              .map((text) => Number.parseFloat(text) * 1_000),
          ),
        ),
      ),
    );
    await page.context().close();
    return found;
  };
  expect(await longest('reduce')).toBe(0);
  const usual = await longest('no-preference');
  expect(usual).toBeGreaterThan(0);
  expect(usual).toBeLessThanOrEqual(150);
});
