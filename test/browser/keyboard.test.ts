// A whole sheet of a real form filled, asked about and handed in without a mouse: only keys are pressed once the program
// is open. Promise: what comes next in reading is reached in a few strokes, and tables are filled as in a spreadsheet.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { distributeAll, joinDepartment, makeOffice, makeWorld, type World } from '../core/world.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

const TITLE = '花の小径';
const UNIT = 'みどり課';
/** From one cell to the next there is never more to pass than the buttons of a question or of a choice. */
const NEAR = 3;

vi.setConfig({ testTimeout: 90_000 });

let programs: Programs;
let world: World;
let department: string;

beforeAll(async () => {
  programs = await openPrograms();
  world = await makeWorld();
  const office = await makeOffice(
    world,
    'office.hyoka',
    'memuro-shisaku',
    `施策番号,施策名,主管課\n1-1,${TITLE},${UNIT}\n`,
  );
  const { [UNIT]: handed = '' } = await distributeAll(world, office, 'out');
  const joined = await joinDepartment(world, handed, 'department.hyoka');
  department = joined.file;
  await Promise.all([office.app.close(), joined.app.close()]);
});
afterAll(async () => {
  await programs.close();
  await world.close();
});

type Role = 'button' | 'textbox' | 'radio' | 'checkbox' | 'combobox';
type Hands = ReturnType<typeof handsOn>;

/** What a person can do who has a keyboard alone. */
function handsOn({ page }: Window) {
  const { keyboard } = page;
  const focused = page.locator(':focus');
  const named = (role: Role, name: string | RegExp) => page.getByRole(role, { name }).first();

  /** Presses Tab until the focus is on what is called so; no more than `most` times. */
  async function tabTo(role: Role, name: string | RegExp, most: number, key = 'Tab'): Promise<void> {
    // What is not drawn yet cannot be reached, and every stroke would be lost.
    await named(role, name).waitFor();
    const wanted = page.getByRole(role, { name }).and(focused);
    for (let strokes = 0; strokes < most; strokes += 1) {
      await keyboard.press(key);
      if ((await wanted.count()) === 1) return;
    }
    throw new Error(`no way to ${name} within ${most} strokes of ${key}`);
  }

  return {
    page,
    tabTo,
    press: async (...keys: string[]) => {
      for (const key of keys) await keyboard.press(key);
    },
    /** A text as one input, as an input method gives it. */
    write: (text: string) => keyboard.insertText(text),
    key: (text: string) => keyboard.type(text),
    /** The next cell, which is a text, and what is written there. */
    async fill(label: string, text: string): Promise<void> {
      await tabTo('textbox', label, NEAR);
      await keyboard.insertText(text);
    },
    /** The next choice, which begins with `first`, and so many options further. */
    async choose(first: string | RegExp, further = 0): Promise<void> {
      await tabTo('radio', first, NEAR);
      await keyboard.press('Space');
      for (let step = 0; step < further; step += 1) await keyboard.press('ArrowDown');
    },
    inHand: (name: string) => expect.poll(() => nameInHand(page)).toBe(name),
  };
}

const nameInHand = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

const POLICY = {
  施策の方針: '花のある道を町の人と育て、歩く人を増やす。',
  対象: '町の人、通う人',
  意図: '・花のある道を歩いてもらう\n・育てる人を増やす',
  結果: '歩く人が増え、まちなかがにぎわう。',
};

async function fillHead({ fill, tabTo, press }: Hands): Promise<void> {
  // From the top of the screen to the first cell: the tools, the way through the sheet, and no more.
  await press('Alt+ArrowDown');
  await tabTo('textbox', /^基本的方向/, 4);
  await press('Shift+Tab');
  await fill('基本的方向', '花と緑のまちをつくる');
  await fill('基本目標', '歩いて暮らせるまちにする');
  await fill('課長名', '若葉みのり');
  await fill('内線', '241');
  await fill('施策関係課', '建設課');
}

async function fillIndicators({ key, write, press, inHand, tabTo, fill }: Hands): Promise<void> {
  const cell = (row: string, column: string) => `重要業績評価指標 ${row} ${column}`;
  await tabTo('textbox', cell('①', '指標名'), NEAR);
  await write('歩く人の数');
  await press('Tab');
  await write('駅前の一日');
  await press('Tab');
  await write('人');
  await press('Tab');
  // Numbers as in a spreadsheet: an arrow goes on, full-width digits and thousands are read.
  await key('1,200');
  await press('ArrowRight');
  await key('１３００');
  await press('ArrowRight');
  await key('1350');
  await press('ArrowRight');
  await key('1400');
  // 2022 is not over: how firm a number is has a key.
  await press('Alt+2', 'ArrowRight');
  await key('1500');
  await press('Tab');
  await inHand(cell('①', '指標の種類'));
  // The choices are opened and closed again without leaving the cell.
  await press('F2', 'ArrowDown', 'Enter');
  await inHand(cell('①', '指標の種類'));
  await press('Enter');
  await inHand(cell('②', '指標の種類'));
  await press('Home');
  await inHand(cell('②', '指標名'));
  await write('育てる人の数');
  // A wrong word is taken back, and put right inside the cell.
  await press('Tab');
  await write('まちがい');
  await press('Escape');
  await write('登録した');
  await press('F2');
  await write('人');
  await press('Tab');
  await write('人');
  for (const number of ['40', '44', '▲5', '60']) {
    await press('Tab');
    await key(number);
  }
  await press('ArrowLeft');
  await inHand(cell('②', '2021年度実績'));
  await key('52');
  await press('ArrowRight', 'Tab');
  await key('80');
  await press('Tab', 'F2', 'ArrowDown', 'Enter');
  await inHand(cell('②', '指標の種類'));
  await press('Enter', 'Control+End');
  await fill('評価指標設定の考え方', '①は計画の目標による。②は①を支える人の数。');
}

async function fillCosts({ key, press, inHand, page, tabTo }: Hands): Promise<void> {
  await tabTo('textbox', '施策事業費(千円) 2020年度決算', NEAR);
  await key('12,480');
  await press('Enter');
  await inHand('人工数(業務量) 2020年度決算');
  await key('1.8');
  await press('ArrowUp', 'ArrowRight');
  await key('23,905');
  await press('Enter');
  await key('2,2948');
  await press('Enter');
  // What could be read in two ways is asked beside the cell; its answers are one key away.
  await page.getByRole('button', { name: /^2\.2948（/ }).waitFor();
  await press('Alt+Enter', 'Enter');
  await page.getByRole('button', { name: /^2\.2948（/ }).waitFor({ state: 'detached' });
  await inHand('人工数(業務量) 2021年度決算');
}

async function fillResults({ fill, choose, write, press, tabTo }: Hands): Promise<void> {
  await press('Control+End');
  await choose('成果は向上した');
  await fill('想定される理由', '花の数を増やしたため。');
  await choose(/^現状の取り組みの延長で目標は達成できる/);
  await fill('根拠(理由)', '育てる人が増えているため。');
  const list = (which: string, number: number) => `${which} ${number}`;
  const high = '①施策の成果向上に対して貢献度が高かった事務事業';
  const low = '②施策の成果向上に対して貢献度が低かった事務事業';
  await tabTo('textbox', list(high, 1), NEAR);
  await write('花植え事業');
  await press('Enter');
  await write('道の手入れ事業');
  // The blank row after the last one is passed.
  await tabTo('textbox', list(low, 1), NEAR);
  await write('花の催し事業');
  await press('Tab');
  await fill('③事務事業全体の振り返り(総括)', '植える数を保ちつつ、育てる人を増やした。');
  await fill('担当課 評価', '計画のとおりに進んだ。');
  await choose(/^A：/, 1);
  await fill('施策を取り巻く状況と今後の予測', '歩いて暮らす人が増える見込み。');
  await fill('この施策に対して住民や議会からどんな意見や要望が寄せられているか？', '木かげを望む声がある。');
  await fill('施策の成果向上のための具体的な取り組み', '・木を植える');
}

/** What a check asks about is reached by its key and explained, and the person is back where they were. */
async function giveReasons({ page, press, write }: Hands): Promise<void> {
  await press('F7');
  await page.getByText('未入力の必須の欄はありません。').waitFor();
  // Checks look across cells, and so once the typing rests.
  await page.getByText('確かめる欄が2件あります。').waitFor();
  for (const [cell, reason] of Object.entries(REASONS)) {
    await press('F6');
    await page.getByText(new RegExp(`確かめる欄：${cell}（全部で\\d件）$`)).waitFor();
    const place = await page.evaluate(() => document.activeElement?.id);
    await press('Alt+Enter', 'Enter');
    await page.locator('.panel textarea:focus').waitFor();
    await write(reason);
    await press('Tab', 'Enter');
    await page.locator('.panel textarea').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(place);
  }
  await press('F6');
  await page.getByText('確かめる欄はありません。').waitFor();
}
const REASONS = {
  '施策事業費\\(千円\\) 2021年度決算': '花の苗が値上がりしたため。',
  '②2024年度の目標値達成見込み': '2023年度に散策路がつながり、歩く人が増えるため。',
};

async function handIn(window: Window, { page, press, tabTo }: Hands): Promise<string> {
  await press('Alt+l');
  await window.at('シート一覧');
  await tabTo('button', /^提出する$/, 20);
  await press('Enter');
  await window.at('提出する');
  await tabTo('button', /^書き出し先を選ぶ$/, 20);
  await press('Enter');
  await window.see('このパソコンの中');
  await tabTo('button', /^1枚を提出する$/, 10);
  await press('Enter');
  await window.see('提出のパッケージを作りました（1枚）。');
  await tabTo('button', /^ファイルを取り出す$/, 10);
  const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
  const envelope: { payload: string } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  return Buffer.from(envelope.payload, 'base64').toString('utf8');
}

test('a whole sheet is filled, answered, saved, handed in and fetched by keys alone', async () => {
  const window = await programs.open('keys', department);
  const hands = handsOn(window);

  await window.at('シート一覧');
  await hands.tabTo('button', TITLE, 40);
  await hands.press('Enter');
  await window.at(`1-1 ${TITLE}`);
  await fillHead(hands);
  for (const [label, text] of Object.entries(POLICY)) await hands.fill(label, text);
  await fillIndicators(hands);
  await fillCosts(hands);
  await fillResults(hands);
  await hands.press('Control+s');
  await window.saved();
  await giveReasons(hands);

  const payload = await handIn(window, hands);
  expect(payload).toContain('"incomplete":[]');
  for (const typed of [
    '"・花のある道を歩いてもらう\\n・育てる人を増やす"',
    '"kpi__r1__actual_2020":"1300"',
    '"kpi__r1__actual_2022__state":"expected"',
    '"kpi__r2__source":"登録した人"',
    '"kpi__r2__actual_2021":"52"',
    '"2.2948"',
    '"花植え事業"',
    '"rating":"B"',
    ...Object.values(REASONS).map((reason) => JSON.stringify(reason)),
  ]) {
    expect(payload).toContain(typed);
  }
  expect(programs.faults()).toEqual([]);
});
