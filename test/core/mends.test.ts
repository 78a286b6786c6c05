// Faults that a review found in the running program, each as it was reproduced, so that none of them comes back.
import { readFile, stat, writeFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceWith } from '../form/small.ts';
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
beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
});
afterEach(() => world.close());

const type = (who: Workspace, sheet: string, cell: string, raw: string) =>
  who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const stateIn = async (who: Workspace, number: string) =>
  (await who.ask('sheet.list', {})).sheets.find((sheet) => sheet.number === number)?.state;
const assign = async (name: string, rows: string) =>
  office.ask('assignment.import', { file: office.offer(await world.write(name, `施策番号,施策名,主管課\n${rows}\n`)) });

test('a CSV export is a table to other readers: line breaks stay inside of their cell', async () => {
  await type(office, '2-2', '意図', '一行目\n"二"行目、,の後');
  await type(office, '2-2', '対象', '=1+1');
  const file = world.at('all.csv');
  await office.ask('export.write', { file: office.offer(file), format: 'csv' });
  const bytes = await readFile(file, 'utf8');
  const rows: string[][] = parse(bytes, { bom: true });
  expect(rows).toHaveLength(4);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  const [head = [], ...body] = rows;
  const row = body.find((cells) => cells[head.indexOf('施策番号')] === '2-2') ?? [];
  expect(row[head.indexOf('意図')]).toBe('一行目\n"二"行目、,の後');
  expect(row[head.indexOf('対象')]).toBe("'=1+1");
  // A reader that ends a line at a lone line feed must see no such line feed outside of quotes.
  expect(bytes.replace(/"(?:[^"]|"")*"/g, '').replaceAll('\r\n', '')).not.toContain('\n');
});

test('what could not be written is not handed in', async () => {
  const { 商工観光課: file = '' } = await distributeAll(world, office, 'out');
  const department = await joinDepartment(world, file, 'd.hyoka');
  await type(department, '2-2', '意図', 'あ');
  await writeFile(world.at('blocked'), '');
  const folder = department.offer(world.at('blocked', 'inside'));
  const problem = await department.problem('package.submit', { folder, sheets: ['2-2'], incomplete: true });
  expect(problem.code).toBe('file.unwritable');
  expect(await stateIn(department, '2-2')).toBe('editing');
  await submitSheets(world, department, 'in', ['2-2']);
  expect(await stateIn(department, '2-2')).toBe('submitted');
});

test('a sheet that goes to another department is locked where it was, and left out of the next hand-in', async () => {
  const handed = await distributeAll(world, office, 'out');
  const tourism = await joinDepartment(world, handed.商工観光課 ?? '', 't.hyoka');
  await type(tourism, '2-2', '意図', '前の課が書いたもの');
  await merge(office, await submitSheets(world, tourism, 'in', ['2-2']));
  await trust(office, tourism);
  await merge(office);
  expect(await stateIn(office, '2-2')).toBe('received');
  const asked = { sheet: '2-2', address: '', text: '数を添える', reply: null };
  const { remark } = await office.ask('remark.add', asked);
  await merge(tourism, (await distributeAll(world, office, 'asked')).商工観光課 ?? '');
  await assign('move.csv', '2-1,道の駅のにぎわい,社会教育課\n2-2,移住の相談,社会教育課');
  expect(await stateIn(office, '2-2')).toBe('waiting');
  const again = await distributeAll(world, office, 'out2');
  expect(Object.keys(again).sort()).toEqual(['商工観光課', '社会教育課']);
  await merge(tourism, again.商工観光課 ?? '');
  expect((await tourism.problem('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: 'x' }] })).code).toBe(
    'cell.locked',
  );
  const reply = await tourism.problem('remark.add', { ...asked, text: '答え', reply: remark });
  expect(reply).toMatchObject({ code: 'remark.unfit', message: expect.stringContaining('ほかの課に移った') });
  expect(Object.values((await tourism.ask('sheet.show', { sheet: '2-2' })).values)).toContain('前の課が書いたもの');
  const folder = tourism.offer(world.at('in2'));
  expect((await tourism.problem('package.submit', { folder, incomplete: true })).code).toBe('sheet.none');
});

test('a department has handed in what it has handed in itself', async () => {
  const handed = await distributeAll(world, office, 'out');
  const tourism = await joinDepartment(world, handed.商工観光課 ?? '', 't.hyoka');
  await merge(office, await submitSheets(world, tourism, 'in', ['2-1']));
  await trust(office, tourism);
  await merge(office);
  const { departments } = await office.ask('sheet.list', {});
  expect(departments.map(({ unit, submitted }) => [unit, submitted])).toEqual([
    ['社会教育課', 0],
    ['商工観光課', 1],
  ]);
});

test('the office cannot type a sheet’s number or department past the assignment', async () => {
  for (const cell of ['施策番号', '主管課']) {
    expect((await office.problem('cell.set', { sheet: '2-2', cells: [{ cell, raw: '2-1' }] })).code).toBe(
      'cell.locked',
    );
  }
});

test.each([
  ['施策番号,施策名,施策名,主管課\n1,あ,い,う課\n', 1, '二つある'],
  ['施策番号,施策名,主管課\n9,あ,う課,はみ出し\n', 2, '見出しがない'],
  ['施策番号,施策名,主管課\n', 1, '行がない'],
  ['', 1, '行がない'],
  ['施策番号,施策名,主管課,ない見出し\n9,あ,う課,x\n', 1, '様式にない'],
])('an assignment table that would lose something is refused: %j', async (table, line, why) => {
  const file = office.offer(await world.write('bad.csv', table));
  const problem = await office.problem('assignment.import', { file });
  expect(problem).toMatchObject({ code: 'assignment.invalid', details: { line } });
  expect(problem.message).toContain(why);
});

test('numbers that differ in width alone are one number', async () => {
  const rows = ['5-1', '５－１'].map((number, index) => ({
    line: index + 2,
    cells: { 施策番号: number, 施策名: 'あ', 主管課: 'い課' },
  }));
  expect((await office.problem('sheet.assign', { rows })).code).toBe('sheet.duplicate');
});

test('a file is not made in a folder that is not there, and a name taken meanwhile is not touched', async () => {
  const who = world.host();
  const input = { office: 'x', form: { id: 'memuro-shisaku' }, year: 2022 };
  expect((await who.problem('workspace.create', { file: who.offer(world.at('no', 'x.hyoka')), ...input })).code).toBe(
    'file.unwritable',
  );
  const both = [world.host(), world.host(), world.host()];
  const file = world.at('race.hyoka');
  const replies = await Promise.all(
    both.map((one) => one.app.call('workspace.create', { file: one.offer(file), ...input })),
  );
  expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
  for (const reply of replies)
    if (!reply.ok) expect(['workspace.busy', 'workspace.exists']).toContain(reply.problem.code);
  expect((await stat(file)).size).toBeGreaterThan(0);
});

test.each([
  ['an assignment', `UPDATE artifact SET body = '{' WHERE kind = 'assignment'`],
  ['a derived row', `UPDATE derived_sheet SET standing = '{'`],
  ['a draft', `UPDATE draft SET content = '{'`],
  ['the facts of the file', `UPDATE meta SET value = '{' WHERE name = 'unit'`],
  ['a form', `UPDATE artifact SET body = '{' WHERE kind = 'form'`],
])('damage in %s is found and told, not met as a bug', async (_, sql) => {
  const { 商工観光課: package1 = '' } = await distributeAll(world, office, 'out');
  const department = await joinDepartment(world, package1, 'd.hyoka');
  await type(department, '2-2', '意図', 'あ');
  await department.app.close();
  const db = new Database(department.file);
  const trigger = db.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'artifact_no_update'`).pluck().get() as string;
  db.exec('DROP TRIGGER artifact_no_update');
  db.exec(sql);
  db.exec(trigger);
  db.close();
  const opened = world.host();
  const reply = await opened.app.call('workspace.open', { file: opened.offer(department.file) });
  if (!reply.ok) {
    expect(reply.problem.code).toBe('workspace.damaged');
    return;
  }
  expect((await opened.ask('store.verify', {})).findings.length).toBeGreaterThan(0);
});

test('a character that nobody may sign stays asked about for what it is, and can be dropped by its candidate', async () => {
  const { cells } = await type(office, '2-2', '意図', '受付\u202Egnp.exe');
  const [question] = (await office.ask('sheet.show', { sheet: '2-2' })).questions.filter((q) => q.kind === 'reading');
  expect(cells[0]?.question).toEqual(question);
  expect(question).toMatchObject({
    reason: '使えない文字（U+202E）が含まれています。',
    candidates: [{ label: '使えない文字を除く', value: '受付gnp.exe' }],
  });
});

test('a form that contradicts itself in the year that was typed makes no file', async () => {
  const column = (key: string, year: object) => ({ key, label: '{year}', year, content: { kind: 'number' } });
  const table = {
    ...{ kind: 'table', key: 't', label: '表', rows: [{ key: 'r', label: '行' }] },
    columns: [column('a_{year}', { evaluation: 0 }), column('b', { fixed: 2030 })],
  };
  const form = await world.write('small.form.json', JSON.stringify(sourceWith([table])));
  const host = world.host();
  const create = (year: number) => ({
    file: host.offer(world.at('new.hyoka')),
    office: '企画財政課',
    form: { file: host.offer(form) },
    year,
  });
  expect((await host.problem('workspace.create', create(2030))).code).toBe('form.invalid');
  expect((await host.problem('workspace.view', {})).code).toBe('workspace.closed');
  expect((await host.ask('workspace.create', create(2024))).sheets).toBe(0);
});

test('a department that is named twice is assigned once, and more than a package may name are refused', async () => {
  await assign('twice.csv', '3-1,水道,上下水道課、上下水道課');
  const { sheets } = await office.ask('sheet.list', {});
  expect(sheets.find(({ number }) => number === '3-1')?.units).toEqual(['上下水道課']);
  const many = Array.from({ length: 21 }, (_, at) => `第${at + 1}課`).join('、');
  const file = office.offer(await world.write('many.csv', `施策番号,施策名,主管課\n3-2,下水道,${many}\n`));
  expect(await office.problem('assignment.import', { file })).toMatchObject({
    code: 'assignment.invalid',
    message: expect.stringContaining('20まで'),
  });
  expect(Object.keys(await distributeAll(world, office, 'out'))).toContain('上下水道課');
});

test("last year's sheet is found although its number is written with another dash", async () => {
  const last = world.host();
  const file = world.at('last.hyoka');
  const made = { file: last.offer(file), office: '企画財政課', form: { id: 'memuro-shisaku' }, year: 2021 };
  await last.ask('workspace.create', made);
  const rows = await world.write('last.csv', '施策番号,施策名,主管課\n1−1,図書館の活用,社会教育課\n');
  await last.ask('assignment.import', { file: last.offer(rows) });
  await last.ask('workspace.close', {});
  expect((await office.ask('previous.import', { file: office.offer(file) })).matched).toEqual(['1-1']);
});

test('a key that is put under a passphrase does not end up in another workspace that is opened meanwhile', async () => {
  const other = world.at('other.hyoka');
  await (await makeOffice(world, 'other.hyoka')).ask('workspace.close', {});
  const open = async (file: string) => {
    await office.ask('workspace.close', {});
    return office.ask('workspace.open', { file: office.offer(file) });
  };
  const { print } = await open(other);
  await open(office.file);
  // Stretching the passphrase takes longer than opening a file.
  const asked = office.app.call('key.protect', { passphrase: 'なつのあさ ラジオ体操' });
  await office.ask('workspace.open', { file: office.offer(other) });
  expect(await asked).toMatchObject({ ok: false, problem: { code: 'workspace.closed' } });
  expect(await open(other)).toMatchObject({ print, key: 'none' });
  expect(await open(office.file)).toMatchObject({ key: 'none' });
});
