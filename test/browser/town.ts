// An invented town in the middle of its year, for looking at screens: files as they lie on disks, nothing open.
// Promise: every screen has something to show; all names, texts and figures are those of the sample or invented here.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  resources,
  submitSheets,
  trust,
  type World,
} from '../core/world.ts';

export type Town = {
  /** 3-1 has been received; 3-2 has come in twice and is in conflict. */
  office: string;
  /** Everything on 3-1 is filled and handed in; 3-3 does not belong to it. */
  department: string;
  /** Packages on their way: one to take in, one that contradicts, one of an unknown sender, one altered on the way. */
  arriving: string[];
  close(): Promise<void>;
};

const MOVING = 'くらし移住課';
const TOWNSCAPE = 'まちなみ整備課';

/** `sheets`: the assignment table; its numbers are those of the sample. */
export async function makeTown(sheets?: string): Promise<Town> {
  const world = await makeWorld();
  const table = sheets ?? (await readFile(path.join(resources, 'samples/memuro-sheets.csv'), 'utf8'));
  const office = await makeOffice(world, '2022年度評価_企画財政課.hyoka', 'memuro-shisaku', table);
  const handed = await distributeAll(world, office, 'handed');
  const moving = await joinDepartment(world, handed[MOVING] ?? '', '2022年度評価_くらし移住課.hyoka');
  const townscape = await joinDepartment(world, handed[TOWNSCAPE] ?? '', '2022年度評価_まちなみ整備課.hyoka');
  const stranger = await joinDepartment(world, handed[TOWNSCAPE] ?? '', 'stranger.hyoka');
  const cell = (label: string, raw: string) => ({ cell: label, raw });

  await moving.ask('intake.apply', {
    file: moving.offer(path.join(resources, 'samples/memuro-sample.txt')),
    answers: [cell('人工数(業務量) 2020年度決算', '1.8025'), cell('人工数(業務量) 2021年度決算', '2.0150')],
  });
  await moving.ask('cell.set', {
    sheet: '3-2',
    cells: [
      cell('意図', '・空き家を移り住む人の住まいにする\n・持ち主の不安を減らし、貸しやすくする'),
      cell('対象', '空き家の持ち主、移住を考えている人'),
    ],
  });
  await townscape.ask('cell.set', {
    sheet: '3-2',
    cells: [
      cell('意図', '・古民家を直し、まちなみの一部として残す\n・持ち主の不安を減らし、貸しやすくする'),
      cell('結果', '古いまちなみの中に、人の暮らしが戻る。'),
    ],
  });
  const first = [await submitSheets(world, moving, 'first'), await submitSheets(world, townscape, 'first', ['3-2'])];
  await merge(office, ...first);
  await trust(office, moving);
  await trust(office, townscape);
  await merge(office, ...first);

  await moving.ask('cell.set', { sheet: '3-1', cells: [cell('施策関係課', '建設課、子育て支援課、商工課')] });
  const update = await submitSheets(world, moving, 'arriving', ['3-1']);
  await townscape.ask('cell.set', { sheet: '3-3', cells: [cell('意図', '・駅前に人の集まる日を増やす')] });
  await townscape.ask('cell.set', { sheet: '3-2', cells: [cell('対象', '古民家の持ち主')] });
  const clash = await submitSheets(world, townscape, 'arriving');
  await stranger.ask('cell.set', { sheet: '3-3', cells: [cell('対象', '駅を使う人、駅前の商店')] });
  const unknown = await submitSheets(world, stranger, 'arriving', ['3-3']);
  const altered = await alter(world, update);
  await Promise.all([office, moving, townscape, stranger].map(({ app }) => app.close()));
  return {
    office: office.file,
    department: moving.file,
    arriving: [update, clash, unknown, altered],
    close: () => world.close(),
  };
}

/** The same package with one character of its payload changed on the way. */
async function alter(world: World, file: string): Promise<string> {
  const signed = await readFile(file, 'utf8');
  const { payload }: { payload: string } = JSON.parse(signed);
  const other = Buffer.from(payload, 'base64').toString('utf8').replace('商工課', '農林課');
  const to = world.at('arriving', 'altered.hyoka.json');
  await writeFile(to, signed.replace(payload, Buffer.from(other).toString('base64')));
  return to;
}
