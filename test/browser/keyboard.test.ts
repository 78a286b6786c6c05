// A whole small sheet filled and handed in without a mouse: only keys are pressed once the program is open.
// Promise: every step is reached with Tab in a bearable number of strokes, in the order in which it is read.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distributeAll, joinDepartment, makeWorld, type World } from '../core/world.ts';
import { sourceWith } from '../form/small.ts';
import { openPrograms, type Programs } from './program.ts';

const FIELDS = [
  { kind: 'text', key: 'aim', label: 'ねらい', lines: 3, required: true },
  { kind: 'number', key: 'cost', label: '費用', unit: '千円', commas: 'ask', decimals: 4, required: true },
  { kind: 'choice', key: 'trend', label: '動き', scale: 'grade', required: true },
  { kind: 'grade', key: 'mark', label: '判定', scale: 'grade', required: true },
  { kind: 'list', key: 'works', label: '事業', rows: 3, required: true },
];

let programs: Programs;
let world: World;
let department: string;

beforeAll(async () => {
  programs = await openPrograms();
  world = await makeWorld();
  const form = await world.write('small.form.json', JSON.stringify(sourceWith(FIELDS)));
  const office = world.host();
  await office.ask('workspace.create', {
    file: office.offer(world.at('office.hyoka')),
    office: '企画財政課',
    form: { file: office.offer(form) },
    year: 2022,
  });
  const sheets = await world.write('sheets.csv', '番号,名称,課\n1,花の小径,みどり課\n');
  await office.ask('assignment.import', { file: office.offer(sheets) });
  const { みどり課: handed = '' } = await distributeAll(world, office, 'out');
  const joined = await joinDepartment(world, handed, 'department.hyoka');
  department = joined.file;
  await Promise.all([office.app.close(), joined.app.close()]);
});
afterAll(async () => {
  await programs.close();
  await world.close();
});

test('fill, answer, save, hand in and fetch the package by keys alone', async () => {
  const window = await programs.open('keys', department);
  const { page } = window;
  const { keyboard } = page;
  const focused = page.locator(':focus');

  /** Presses Tab until the focus is on what is called so. */
  const tabTo = async (role: 'button' | 'textbox' | 'radio' | 'checkbox', name: RegExp, key = 'Tab') => {
    // What is not drawn yet cannot be reached, and every stroke would be lost.
    await page.getByRole(role, { name }).first().waitFor();
    const wanted = page.getByRole(role, { name }).and(focused);
    for (let strokes = 0; strokes < 40; strokes += 1) {
      if ((await wanted.count()) === 1) return;
      await keyboard.press(key);
    }
    throw new Error(`no way to ${name} by ${key}`);
  };

  await window.at('シート一覧');
  await tabTo('button', /^花の小径$/);
  await keyboard.press('Enter');
  await window.at('1 花の小径');

  await tabTo('textbox', /^ねらい/);
  await keyboard.type('一行目');
  await keyboard.press('Enter');
  await keyboard.type('二行目');
  await tabTo('textbox', /^費用/);
  await keyboard.type('2,2948');
  await tabTo('button', /^2\.2948（/);
  await keyboard.press('Enter');
  await page.locator('.question').waitFor({ state: 'detached' });
  await tabTo('radio', /^良い$/);
  await keyboard.press('Space');
  await keyboard.press('ArrowDown');
  await tabTo('radio', /^A：良い$/);
  await keyboard.press('Space');
  await tabTo('textbox', /^事業 1/);
  await keyboard.type('花植え');
  await keyboard.press('Tab');
  await window.saved();
  await page.getByText('5 / 5').waitFor();

  await tabTo('button', /^シート一覧へ$/, 'Shift+Tab');
  await keyboard.press('Enter');
  await window.at('シート一覧');
  await tabTo('button', /^提出する$/);
  await keyboard.press('Enter');
  await window.at('提出する');
  await tabTo('button', /^書き出し先を選ぶ$/);
  await keyboard.press('Enter');
  await window.see('このパソコンの中');
  await tabTo('button', /^1枚を提出する$/);
  await keyboard.press('Enter');
  await window.see('提出のパッケージを作りました（1枚）。');
  await tabTo('button', /^ファイルを取り出す$/);
  const [download] = await Promise.all([page.waitForEvent('download'), keyboard.press('Enter')]);
  const envelope: { payload: string } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  const payload = Buffer.from(envelope.payload, 'base64').toString('utf8');
  for (const typed of ['"一行目\\n二行目"', '"2.2948"', '"花植え"', '"trend":"B"', '"mark":"A"']) {
    expect(payload).toContain(typed);
  }
  expect(programs.faults()).toEqual([]);
});
