// Deciding and taking back as people do it: an office sends sheets back and acknowledges, takes an intake back after it has
// seen what goes with it and does it again; a department reads what was decided, cell by cell. By mouse, by keyboard,
// with long names, with nothing there, and with an answer that is refused.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type World,
} from '../core/world.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const LONG = '地域の暮らしと産業をともに支えるまちなみ整備および移住定住推進担当課';
const SHEETS = `施策番号,施策名,主管課\n1-1,図書館の活用,社会教育課\n2-1,${'空き家と古民家を住まいとして残し、移り住む人とむかしからの人がともに暮らすまちづくりの推進'},${LONG}\n2-2,移住の相談,${LONG}\n`;
/** Where pictures of every screen are left, for a person to look at. */
const pictures = process.env.HYOKA_PICTURES;

let world: World;
let programs: Programs;
let office: Window;
let department: Window;

beforeAll(async () => {
  world = await makeWorld();
  const city = await makeOffice(world, 'office.hyoka', 'memuro-shisaku', SHEETS);
  const handed = await distributeAll(world, city, 'out');
  const moving = await joinDepartment(world, handed[LONG] ?? '', 'department.hyoka');
  const fresh = await joinDepartment(world, handed.社会教育課 ?? '', 'fresh.hyoka');
  await moving.ask('cell.set', { sheet: '2-1', cells: [{ cell: '意図', raw: '・空き家を住まいにする' }] });
  await moving.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '・相談を増やす' }] });
  const first = await submitSheets(world, moving, 'in');
  await merge(city, first);
  await trust(city, moving);
  await merge(city, first);
  await city.ask('remark.add', {
    sheet: '2-2',
    address: '意図',
    text: '根拠となる数字を書いてください。',
    reply: null,
  });
  await city.ask('cell.set', { sheet: '2-2', cells: [{ cell: '対象', raw: '移住を望む人' }] });
  await city.ask('sheet.commit', { sheet: '2-2' });
  await merge(city, await submitSheets(world, fresh, 'unknown'));
  for (const { app } of [city, moving, fresh]) await app.close();
  programs = await openPrograms();
  office = await programs.open('office', city.file);
  department = await programs.open('department', moving.file);
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await world.close();
});

/** No finding of axe, nothing wider than the window at 1280 and at 1024×768; a picture of both where they are wanted. */
async function sound({ page }: Window, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 900],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${name} at ${width}`).toBe(0);
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: path.join(pictures, `${name}-${width}.png`), fullPage: name !== 'decisions' });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
    const { violations } = await run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
  });
  expect(findings, name).toEqual([]);
}

let returned = '';
let receipt = '';

test('the office decides of the sheets that wait, writes receipts, and sees on its board how far each is', async () => {
  const { page } = office;
  await office.at('シート一覧');
  await office.see('未着');
  await sound(office, 'board');
  await office.press('受理・差戻し');
  await office.at('受理・差戻し');
  await office.press('すべて受理にする');
  expect(await page.getByRole('row').count()).toBe(3);
  await office.see('返事を待っている指摘のあるシートが1枚');
  await page.getByRole('group', { name: '2-2 移住の相談 の判断' }).getByRole('radio', { name: '差戻し' }).check();
  await sound(office, 'deciding');
  [returned = ''] = await (async () => {
    await office.press('書き出し先を選ぶ');
    await office.press('1枚を受理、1枚を差戻しとして課に返す');
    await office.see('返却のパッケージを1件作りました。');
    await sound(office, 'returned');
    return office.download('ファイルを取り出す');
  })();
  await office.press('シート一覧へ');
  await office.see('受理');
  await office.press('受け取りの記録');
  await office.at('受け取りの記録');
  await office.press('受領書を書き出す');
  await office.at('受領書を書き出す');
  await office.press('書き出し先を選ぶ');
  await sound(office, 'acknowledging');
  await office.press('1課の受領書を書き出す');
  await office.see('受領書を1件作りました。');
  await sound(office, 'receipts');
  [receipt = ''] = await office.download('ファイルを取り出す');
});

test('the department reads what was decided, jumps to the cell, and its sheet has arrived', async () => {
  const { page } = department;
  await department.at('シート一覧');
  await department.press('受け取る');
  await department.upload('パッケージを選ぶ', receipt);
  await department.press('1件を取り込む');
  await department.press('シート一覧を見る');
  await department.see('受領済み');
  await department.press('受け取る');
  await department.upload('パッケージを選ぶ', returned);
  await department.press('1件を取り込む');
  await department.press('シート一覧を見る');
  await department.see('差戻し');
  await sound(department, 'department-list');
  await department.press('移住の相談');
  await department.see('事務局の判断：差戻し');
  await sound(department, 'decisions');
  const list = page.getByRole('list', { name: '事務局の判断' });
  await list.getByRole('button', { name: /意図/ }).click();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await department.press('シート一覧へ');
  await department.at('シート一覧');
});

test('an intake is taken back by keyboard, after a look at all that goes with it, and done again', async () => {
  const { page } = office;
  await office.press('受け取りの記録へ');
  await office.at('受け取りの記録');
  await sound(office, 'record');
  const undo = page.getByRole('button', { name: new RegExp(`取り消す\\s*：${LONG}の提出`) });
  await undo.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('内容が変わるシート（2枚）').waitFor();
  await dialog.getByText('いっしょに取り消される、この上に作った版（1件）').waitFor();
  await sound(office, 'undo');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await undo.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  // Until what depends on it is known, the button is locked and says so.
  await dialog.getByText('内容が変わるシート（2枚）').waitFor();
  await dialog.getByRole('button', { name: '第1号の取り込みを取り消す' }).press('Enter');
  await office.see('取り込みを取り消しました。');
  await office.see('取り消し済み');
  await sound(office, 'undone');
  await office.press('シート一覧へ');
  await office.see('提出待ち');
  await office.press('受け取りの記録');
  await page.getByRole('button', { name: /もう一度取り込む\s*：/ }).press('Enter');
  await undo.waitFor();
  await office.press('シート一覧へ');
  await office.see('差戻し');
});

test('an intake whose undoing would leave typed work without its sheet is refused in plain words', async () => {
  const { page } = department;
  await department.press('受け取りの記録');
  await department.at('受け取りの記録');
  await sound(department, 'department-record');
  const ask = (kind: string) =>
    page.getByRole('button', { name: new RegExp(`取り消す\\s*：企画財政課の${kind}`) }).click();
  // While the return is here, the distribution alone brings nothing.
  await ask('配布');
  await department.see('このパッケージだけが持つ内容はありません。');
  await department.press('取り消さない');
  await ask('返却');
  await department.press('第2号の取り込みを取り消す');
  await department.see('取り込みを取り消しました。');
  await ask('配布');
  await department.see('入力のあるシートがなくなるため、取り消せません。');
  await sound(department, 'blocked');
  expect(await page.getByRole('button', { name: /の取り込みを取り消す$/ }).count()).toBe(0);
  await department.press('取り消さない');
});
