// Makes the pictures of the manual and of the readme: `npm run pictures`. Invented data only, from the real program.
// Promise: a picture of a screen that complained, or one too heavy to keep, is not made.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOverview } from './overview.ts';
import { withPalette } from './palette.ts';
import { openPrograms, type Window } from './program.ts';
import { makeTown } from './town.ts';

const folder = path.resolve(import.meta.dirname, '../../resources/help/pictures');
const HEAVY = 150_000;

const programs = await openPrograms();
const town = await makeTown();
const overview = await makeOverview();
mkdirSync(folder, { recursive: true });

async function take(window: Window, name: string): Promise<void> {
  await window.page.evaluate(() => document.fonts.ready);
  const picture = withPalette(await window.page.screenshot({ caret: 'hide', animations: 'disabled' }));
  const complaints = programs.faults();
  if (complaints.length > 0) throw new Error(`${name}: ${complaints.join('\n')}`);
  if (picture.length > HEAVY) throw new Error(`${name}: ${picture.length} bytes`);
  writeFileSync(path.join(folder, `${name}.png`), picture);
  console.log(`${name}.png ${Math.round(picture.length / 1000)} kB`);
}

try {
  const department = await programs.open('practice');
  await take(department, 'welcome');
  await department.press('見本で試す');
  await department.press('みどりの暮らし移住応援');
  await department.at('3-1 みどりの暮らし移住応援');
  await take(department, 'sheet');
  await department.cell('人工数(業務量) 2021年度決算').evaluate((cell) => cell.scrollIntoView({ block: 'center' }));
  await department.cell('人工数(業務量) 2021年度決算').focus();
  await take(department, 'question');

  const office = await programs.open('office', town.office);
  await office.see('競合');
  await take(office, 'list');
  await office.press('空き家と古民家の活用');
  await office.see(/^競合が\d+件あります/);
  await take(office, 'conflict');
  await office.press('シート一覧へ');
  await office.press('受け取る');
  await office.upload('パッケージを選ぶ', ...town.arriving);
  await office.see(/まだ何も書き込んでいません。/);
  await take(office, 'plan');

  const whole = await programs.open('whole', overview.office);
  await whole.press('全体の図');
  await whole.press('指標の達成状況');
  await whole.page.getByRole('group', { name: /^指標の達成/ }).waitFor();
  await take(whole, 'figures');
  await whole.press('シート一覧へ');
  await whole.press('文章の点検');
  await whole.see(/枚の文章を調べました。/);
  await take(whole, 'quality');
} finally {
  await programs.close();
  await town.close();
  await overview.close();
}
