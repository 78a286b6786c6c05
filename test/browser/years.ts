// An invented town in its second year with this program: last year lies beside this year's sheets. Files as they lie on
// disks, nothing open.
import { readFile } from 'node:fs/promises';
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
  type Workspace,
} from '../core/world.ts';

export type Years = {
  /** Last year's file of the office. */
  before: string;
  /** This year's, with last year's contents and what the department handed in of 3-1. */
  office: string;
  /** This year's, into which last year's is not read yet. */
  blank: string;
  /** Has last year's contents; what it wrote on 3-1 is partly the same, and was handed in. */
  department: string;
  /** The distribution from which that department began. */
  distribution: string;
  close(): Promise<void>;
};

export const SAME = '・花見沢町の暮らしを知ってもらう\n・移り住む人の不安を減らす';
export const OTHER = '移住に関心のある人';
export const REASON = '移住相談の窓口を広げたため。';
const UNIT = 'くらし移住課';

export async function makeYears(): Promise<Years> {
  const world = await makeWorld();
  const table = await readFile(path.join(resources, 'samples/memuro-sheets.csv'), 'utf8');
  const set = (who: Workspace, ...cells: [cell: string, raw: string][]) =>
    who.ask('cell.set', { sheet: '3-1', cells: cells.map(([cell, raw]) => ({ cell, raw })) });

  const before = world.host();
  before.file = world.at('2021年度評価_企画財政課.hyoka');
  await before.ask('workspace.create', {
    file: before.offer(before.file),
    office: '企画財政課',
    form: { id: 'memuro-shisaku' },
    year: 2021,
  });
  await before.ask('assignment.import', { file: before.offer(await world.write('before.csv', table)) });
  await set(
    before,
    ['意図', SAME],
    ['対象', OTHER],
    ['結果', '暮らす人が増え、まちがにぎわう。'],
    ['重要業績評価指標 ① 指標名', '移住相談の件数'],
    ['重要業績評価指標 ① 単位', '件'],
    ['重要業績評価指標 ① 2020年度実績', '1187'],
    ['①施策の成果向上に対して貢献度が高かった事務事業 1', '移住相談事業'],
    ['想定される理由', REASON],
    ['担当課評価 進捗結果', 'C'],
  );
  await before.ask('sheet.commit', { sheet: '3-1' });
  await before.app.close();

  const blank = await makeOffice(world, '読み込む前.hyoka', 'memuro-shisaku', table);
  await blank.app.close();
  const office = await makeOffice(world, '2022年度評価_企画財政課.hyoka', 'memuro-shisaku', table);
  await office.ask('previous.import', { file: office.offer(before.file) });
  const handed = await distributeAll(world, office, 'handed out');
  const department = await joinDepartment(world, handed[UNIT] ?? '', '2022年度評価_くらし移住課.hyoka');
  await set(department, ['意図', SAME], ['対象', '移住を考えている人'], ['想定される理由', REASON]);
  await merge(office, await submitSheets(world, department, 'handed', ['3-1']));
  await trust(office, department);
  await merge(office);
  await Promise.all([office.app.close(), department.app.close()]);
  return {
    before: before.file,
    office: office.file,
    blank: blank.file,
    department: department.file,
    distribution: handed[UNIT] ?? '',
    close: () => world.close(),
  };
}
