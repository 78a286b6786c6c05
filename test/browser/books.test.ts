// Workbooks as people take them in: every sheet of one, a merge table with its columns by keyboard, and what was copied.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { distributeAll, joinDepartment, makeOffice, makeWorld, type World } from '../core/world.ts';
import { measureForm } from '../form/sample.ts';
import { makeXlsx, sheetOf } from '../intake/book.ts';
import { writePaper } from '../intake/paper.ts';
import { inspect, NARROW, USUAL } from './inspect.ts';
import { openPrograms, type Programs, type Window } from './program.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const LONG = '多様な形で地域に関わりまちづくりに参加する関係を、町の内外の人とともにつくり続けていくための取組';
const SHEETS = `施策番号,施策名,主管課,基本目標\n2-1,道の駅のにぎわい,商工観光課,人の流れ\n2-2,${LONG},商工観光課,人の流れ\n2-3,駅前の再生,商工観光課,人の流れ\n`;
const form = measureForm(2022);
const filled = (name: string, raws: Record<string, string>) => sheetOf(name, writePaper(form, raws));

let world: World;
let programs: Programs;
let files: { office: string; department: string; other: string; years: string };
beforeAll(async () => {
  world = await makeWorld();
  const office = await makeOffice(world, 'office.hyoka', 'memuro-shisaku', SHEETS);
  const handed = await distributeAll(world, office, 'out');
  const department = await joinDepartment(world, handed.商工観光課 ?? '', 'department.hyoka');
  await department.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '手で打った意図' }] });
  const other = await joinDepartment(world, handed.商工観光課 ?? '', 'other.hyoka');
  const years = await makeOffice(world, 'years.hyoka', 'memuro-shisaku', SHEETS);
  await Promise.all([office, department, other, years].map((who) => who.app.close()));
  files = { office: office.file, department: department.file, other: other.file, years: years.file };
  programs = await openPrograms();
});
afterEach(() => expect(programs.faults()).toEqual([]));
afterAll(async () => {
  await programs.close();
  await world.close();
});

/** Looks at the screen with axe and at two sizes; keeps its picture where HYOKA_PICTURES says. */
async function look(window: Window, name: string): Promise<void> {
  await inspect(window.page);
  const folder = process.env.HYOKA_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [size, viewport] of [
    ['usual', USUAL],
    ['narrow', NARROW[0] ?? USUAL],
  ] as const) {
    await window.page.setViewportSize(viewport);
    await window.page.screenshot({ path: path.join(folder, `${name}-${size}.png`), fullPage: true });
  }
  await window.page.setViewportSize(USUAL);
}

const toIntake = async (window: Window) => {
  await window.at('シート一覧');
  await window.press('記入済みシートを読み込む');
  await window.at('記入済みシートを読み込む');
};

test('every sheet of a workbook: what replaces something is seen first, and only what is chosen is taken', async () => {
  const window = await programs.open('department', files.department);
  await toIntake(window);
  await look(window, 'start');
  const book = makeXlsx([
    sheetOf('記入要領', [['この様式の書き方']]),
    filled('道の駅のにぎわい', { number: '2-1', intent: '訪れる人を増やす', cost__labour__settled_2021: '1,2091' }),
    filled('2-2', { number: '2-2', intent: '支える', target: '転入者' }),
    filled('古い控え', { number: '9-9', intent: 'い' }),
    filled('番号のないシート', { intent: 'ろ' }),
  ]);
  await window.upload('記入済みシートを選ぶ', await world.write('提出_商工観光課.xlsx', book));
  await window.at('記入済みシートをまとめて読み込む');
  await window.see('読み込み先（5件、うちシートが決まったのは2件）');
  await look(window, 'parts');
  const box = (name: string) => window.page.getByRole('checkbox', { name: `「${name}」を取り込む` });
  expect(await box('道の駅のにぎわい').isChecked()).toBe(true);
  expect(await box('2-2').isChecked()).toBe(false);
  expect(await box('記入要領').count()).toBe(0);
  await box('2-2').click();
  await window.see(/前の値「手で打った意図」を置き換えます/);
  await look(window, 'detail');
  await window.press('取り込むものに入れて、一覧へ戻る');
  await expect.poll(() => box('2-2').isChecked()).toBe(true);
  const back = window.page.getByRole('button', { name: '「2-2」の中身を見る' });
  await expect.poll(() => back.evaluate((button) => button === document.activeElement)).toBe(true);
  const target = window.page.getByLabel('「番号のないシート」の読み込み先のシート');
  await target.focus();
  await target.selectOption({ label: '2-3 駅前の再生' });
  await box('番号のないシート').click();
  await window.press('取り込むものに入れて、一覧へ戻る');
  await window.press('選んだ3枚を取り込む');
  await window.see('3枚に取り込みました。');
  await look(window, 'done');
  await window.press('シート一覧を見る');
  await window.press(LONG);
  await window.at(`2-2 ${LONG}`);
  expect(await window.cell('意図').inputValue()).toBe('支える');
});

test('a merge table by keyboard alone: a column is given its cell, and that is kept', async () => {
  const window = await programs.open('office', files.office);
  await toIntake(window);
  const rows = [
    ['No.', '施策番号', '施策名', '施策の方針', '', '評価', '備考'],
    ['', '', '', '対象', '意図', '', ''],
    ['1', '2-1', '道の駅のにぎわい', '観光客', '呼ぶ', '前に進んだ', '要確認'],
    ['2', '2-3', '駅前の再生', '住民', '集まる', 'おおむね良い', ''],
  ];
  const book = makeXlsx([
    { ...sheetOf('取りまとめ', rows), merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:E1', 'F1:F2', 'G1:G2'] },
  ]);
  const file = await world.write('取りまとめ表.xlsx', book);
  await window.upload('記入済みシートを選ぶ', file);
  await window.see('列の割り当て（7列、うち1列はどの欄か決まっていません）');
  await look(window, 'columns');
  const select = window.page.getByLabel('F列「評価」を入れる欄');
  await select.focus();
  for (let steps = 0; steps < 3; steps += 1) await window.page.keyboard.press('ArrowDown');
  await expect.poll(() => select.inputValue()).toBe('board_text');
  await window.see('列の割り当てを変えています。先に読み直してください。');
  await window.press('変えた1列の割り当てで読み直す');
  await window.see('列の割り当て（7列）');
  expect(await window.page.getByText('選んだもの').count()).toBe(1);
  await look(window, 'columns-given');
  await window.press('選んだ2枚を取り込む');
  await window.see('2枚に取り込みました。');
  await window.upload('別のファイルを選ぶ', file);
  await window.see('すべて今と同じ（5欄）');
  await window.see('前回と同じ');
});

test('last year’s workbook is put beside this year, and what went into no cell is named', async () => {
  const window = await programs.open('years', files.years);
  await window.at('シート一覧');
  const last = { number: '2-2', intent: '去年の意図', cost__labour__settled_2020: '1,2091' };
  const book = makeXlsx([sheetOf('記入要領', [['書き方']]), sheetOf('2-2', writePaper(measureForm(2021), last))]);
  await window.upload('前年度を読み込む', await world.write('昨年度_商工観光課.xlsx', book));
  await window.see('2021年度評価から、1枚の前年度の内容を読み込みました。');
  await window.page.getByText('欄に入らなかったもの（2件）').click();
  await window.see(/1,2091/);
  await look(window, 'last-year');
});

test('what was copied is read with its table, and a workbook that cannot be read says what to do', async () => {
  const window = await programs.open('other', files.other);
  await toIntake(window);
  const paste = (html: string, text: string) =>
    window.page.getByLabel(/この枠の中で貼り付けます/).evaluate(
      (box, content) => {
        const data = new DataTransfer();
        data.setData('text/html', content.html);
        data.setData('text/plain', content.text);
        box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      },
      { html, text },
    );
  await paste('', ' ');
  await window.see(/^文字が入っていません。/);
  await look(window, 'paste-fault');
  await paste(
    '<table><tr><td>施策番号</td><td>2-3</td></tr><tr><td>基本的方向</td><td>歩きたくなる駅前</td></tr></table>',
    '',
  );
  await window.see(/「貼り付けた内容」を、シート「2-3 駅前の再生」のものとして読みました。/);
  await window.press('シート一覧へ');
  await toIntake(window);
  const locked = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ]);
  await window.upload('記入済みシートを選ぶ', await world.write('鍵つき.xlsx', locked));
  await window.see('「鍵つき.xlsx」には、開くためのパスワードが付いています。');
  await look(window, 'locked');
});
