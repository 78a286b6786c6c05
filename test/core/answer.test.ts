// Reasons given to checks: kept as a step, handed over, merged, exported, shown; and only by whoever may write the cell.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reasonAddress } from '../../shared/form/cell.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from './world.ts';

let world: World;
let office: Workspace;
let department: Workspace;
const sheet = '2-2';
const later = { cell: '施策事業費 2021年度決算', raw: '200' };
const answer = (reason: string) => ({ sheet, address: 'cost__expense__settled_2021', check: 'jump_cost', reason });
const questionIn = async (who: Workspace) =>
  (await who.ask('sheet.show', { sheet })).questions.find(({ check }) => check === 'jump_cost');

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  department = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  await department.ask('cell.set', { sheet, cells: [{ cell: '施策事業費 2020年度決算', raw: '100' }, later] });
});
afterEach(() => world.close());

test('F46 a reason travels to the office and into the export', async () => {
  expect(await questionIn(department)).toMatchObject({ kind: 'check', answer: null });
  const shown = await department.ask('check.answer', answer('\n会場の修繕による。\n'));
  expect(shown.questions.find(({ check }) => check === 'jump_cost')).toMatchObject({ answer: '会場の修繕による。' });
  const file = await submitSheets(world, department, 's1', [sheet]);
  await merge(office, file);
  await trust(office, department);
  await merge(office);
  expect(await questionIn(office)).toMatchObject({ answer: '会場の修繕による。' });
  await office.ask('export.write', { file: office.offer(world.at('all.json')), format: 'json' });
  const { sheets } = JSON.parse(await readFile(world.at('all.json'), 'utf8'));
  expect(sheets.find(({ number }: { number: string }) => number === sheet).reasons).toEqual([
    {
      address: answer('').address,
      label: '施策事業費(千円) 2021年度決算',
      check: 'jump_cost',
      reason: '会場の修繕による。',
    },
  ]);
});

test('an answer is a step that can be taken back, and an answered question is open no longer', async () => {
  await department.ask('check.answer', answer('修繕'));
  const { cells } = await department.ask('cell.set', { sheet, cells: [{ ...later, raw: '201' }] });
  expect(cells[0]?.question).toBeNull();
  await department.ask('cell.undo', { sheet });
  await department.ask('cell.undo', { sheet });
  expect(await questionIn(department)).toMatchObject({ answer: null });
  await department.ask('cell.redo', { sheet });
  expect(await questionIn(department)).toMatchObject({ answer: '修繕' });
  await department.ask('check.answer', answer(''));
  const { values } = await department.ask('sheet.show', { sheet });
  expect(values).not.toHaveProperty(reasonAddress(answer('').address, 'jump_cost'));
});

test('no reason for what is not there, is locked, or holds what nobody may sign', async () => {
  const problem = async (input: Partial<ReturnType<typeof answer>>) =>
    (await department.problem('check.answer', { ...answer('x'), ...input })).code;
  expect(await problem({ check: 'gone' })).toBe('cell.unknown');
  expect(await problem({ address: 'gone' })).toBe('cell.unknown');
  expect(await problem({ address: 'board', check: 'words_board' })).toBe('cell.locked');
  expect(await problem({ address: 'number', check: 'characters' })).toBe('cell.locked');
  expect(await problem({ reason: '\u202e' })).toBe('input.invalid');
  expect(await problem({ sheet: '9-9' })).toBe('sheet.unknown');
});

test('a sheet that went to another department takes no reason from the one that had it', async () => {
  const moved = '施策番号,施策名,主管課\n2-2,移住の相談,社会教育課\n';
  await office.ask('assignment.import', { file: office.offer(await world.write('moved.csv', moved)) });
  await merge(department, (await distributeAll(world, office, 'out2')).商工観光課 ?? '');
  expect(await department.problem('check.answer', answer('修繕'))).toMatchObject({
    code: 'cell.locked',
    details: { reason: 'ほかの課に移ったシート' },
  });
});

test('two reasons for one question are a conflict of their own', async () => {
  const first = await submitSheets(world, department, 's1', [sheet]);
  await merge(office, first);
  await trust(office, department);
  await merge(office);
  await office.ask('check.answer', answer('事務局の理由'));
  await office.ask('sheet.commit', { sheet });
  await department.ask('check.answer', answer('担当課の理由'));
  await merge(office, await submitSheets(world, department, 's2', [sheet]));
  const { conflicts } = await office.ask('sheet.show', { sheet });
  expect(conflicts.map(({ label }) => label)).toEqual(['施策事業費(千円) 2021年度決算（確認への理由）']);
  const [{ address, sides }] = conflicts as [(typeof conflicts)[number]];
  const own = sides.find(({ content }) => content.value === '担当課の理由');
  await office.ask('conflict.choose', { sheet, address, revision: own?.revision ?? '' });
  expect(await questionIn(office)).toMatchObject({ answer: '担当課の理由' });
});
