// Last year beside this year: from that year's file, open or closed, of any version, or from its export; and with the
// distribution to the departments.
import { copyFile, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureForm } from '../form/sample.ts';
import { type BookSheet, makeXlsx, sheetOf } from '../intake/book.ts';
import { writePaper } from '../intake/paper.ts';
import { distributeAll, joinDepartment, makeOffice, makeWorld, merge, type Workspace, type World } from './world.ts';

let world: World;
let before: Workspace;
let office: Workspace;

const YEAR = 2023;
const NOW =
  '施策番号,施策名,主管課\n１-1,図書館の活用,社会教育課\n2-2,移住の相談,商工観光課\n9-9,新しい施策,商工観光課\n';

async function makeNow(name: string): Promise<Workspace> {
  const who = world.host();
  who.file = world.at(name);
  const file = who.offer(who.file);
  await who.ask('workspace.create', { file, office: '企画財政課', form: { id: 'memuro-shisaku' }, year: YEAR });
  await who.ask('assignment.import', { file: who.offer(await world.write(`${name}.csv`, NOW)) });
  return who;
}
const take = (who: Workspace, file: string) => who.ask('previous.import', { file: who.offer(file) });
const previous = async (who: Workspace, sheet: string) => (await who.ask('sheet.previous', { sheet })).previous;

beforeAll(async () => {
  world = await makeWorld();
  before = await makeOffice(world, 'before.hyoka');
  const set = (sheet: string, cell: string, raw: string) => before.ask('cell.set', { sheet, cells: [{ cell, raw }] });
  await set('2-2', '意図', '去年の意図');
  await set('2-2', '人工数 2020年度決算', '2.2948');
  await set('2-2', '人工数 2021年度決算', '2,2948');
  await before.ask('sheet.commit', { sheet: '2-2' });
  await set('1-1', '意図', '確定していない意図');
  await before.ask('spelling.keep', { lists: [SPELLED] });
  office = await makeNow('now.hyoka');
});
afterAll(() => world.close());

const SPELLED = { kind: 'word' as const, words: ['こども', '子ども'], isChecked: true };

test('from the file itself, which is only read', async () => {
  expect((await office.problem('previous.import', { file: office.offer(before.file) })).code).toBe('workspace.busy');
  await before.app.close();
  const untouched = [await readFile(before.file), (await stat(before.file)).mtimeMs];
  expect(await take(office, before.file)).toEqual({
    year: 2022,
    matched: ['１-1', '2-2'],
    unmatched: ['9-9'],
    unread: [],
    spellings: 1,
  });
  expect([await readFile(before.file), (await stat(before.file)).mtimeMs]).toEqual(untouched);
  const found = await previous(office, '2-2');
  expect(found).toMatchObject({ year: 2022, number: '2-2', name: '移住の相談', unit: '商工観光課' });
  expect(Object.values(found?.values ?? {})).toEqual(expect.arrayContaining(['去年の意図', '2.2948', '2,2948']));
  expect(Object.values((await previous(office, '１-1'))?.values ?? {})).toContain('確定していない意図');
  expect(await previous(office, '9-9')).toBeNull();
  const { definition } = await office.ask('form.show', { form: found?.form ?? '' });
  expect(definition.id).toBe('memuro-shisaku');
});

test('how words are to be spelled comes along from the file, unless that has been said already', async () => {
  expect((await office.ask('spelling.list', {})).own).toEqual([SPELLED]);
  const own = { ...SPELLED, words: ['子ども', 'こども'] };
  const other = await makeNow('spelled.hyoka');
  await other.ask('spelling.keep', { lists: [own] });
  expect((await take(other, before.file)).spellings).toBe(0);
  expect((await other.ask('spelling.list', {})).own).toEqual([own]);
});

test('from its export, with the same result', async () => {
  await before.ask('workspace.open', { file: before.offer(before.file) });
  const exported = world.at('before.json');
  await before.ask('export.write', { file: before.offer(exported), format: 'json' });
  const other = await makeNow('other.hyoka');
  expect((await take(other, exported)).matched).toEqual(['１-1', '2-2']);
  for (const sheet of ['2-2', '１-1']) expect(await previous(other, sheet)).toEqual(await previous(office, sheet));
  expect((await other.ask('store.verify', {})).findings).toEqual([]);
});

test('from a file that an older program made, without migrating it', async () => {
  const packed = await readFile(path.join(import.meta.dirname, '../store/version-1-office.hyoka.gz'));
  const file = await world.write('older.hyoka', gunzipSync(packed));
  const other = await makeNow('third.hyoka');
  expect((await take(other, file)).matched).toEqual(['１-1', '2-2']);
  expect(gunzipSync(packed).equals(await readFile(file))).toBe(true);
});

test('with the distribution, so that the department has it; a newer one replaces it, an older one does not', async () => {
  const first = await distributeAll(world, office, 'first');
  await copyFile(office.file, world.at('kept.hyoka'));
  const department = await joinDepartment(world, first.商工観光課 ?? '', 'd.hyoka');
  expect(await previous(department, '2-2')).toEqual(await previous(office, '2-2'));
  expect(await previous(department, '9-9')).toBeNull();
  expect((await department.problem('previous.import', { file: department.offer(before.file) })).code).toBe(
    'role.wrong',
  );
  const second = await distributeAll(world, office, 'second');
  await before.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '直した意図' }] });
  await before.app.close();
  await take(office, before.file);
  const third = await distributeAll(world, office, 'third');
  expect((await merge(department, third.商工観光課 ?? ''))[0]?.sheets.map(({ outcome }) => outcome)).toEqual([
    'updated',
    'unchanged',
  ]);
  const newest = await previous(department, '2-2');
  expect(Object.values(newest?.values ?? {})).toContain('直した意図');
  expect((await merge(department, second.商工観光課 ?? ''))[0]?.outcome).toBe('stale');
  expect(await previous(department, '2-2')).toEqual(newest);
  expect((await department.ask('store.verify', {})).findings).toEqual([]);
});

test('an older distribution does not take back what a newer one assigned', async () => {
  const who = await makeNow('assigning.hyoka');
  const old = await distributeAll(world, who, 'old');
  const department = await joinDepartment(world, old.商工観光課 ?? '', 'assigned.hyoka');
  const late = await distributeAll(world, who, 'late');
  const table = '施策番号,施策名,主管課\n2-2,移住の相談,商工観光課、税務課\n';
  await who.ask('assignment.import', { file: who.offer(await world.write('more.csv', table)) });
  const newest = await distributeAll(world, who, 'newest');
  await merge(department, newest.商工観光課 ?? '');
  const units = async () => (await department.ask('sheet.show', { sheet: '2-2' })).units;
  expect(await units()).toEqual(['商工観光課', '税務課']);
  await merge(department, late.商工観光課 ?? '');
  expect(await units()).toEqual(['商工観光課', '税務課']);
});

test('what is no last year is refused with its reason and changes nothing', async () => {
  const code = async (file: string) => (await office.problem('previous.import', { file: office.offer(file) })).code;
  const kept = await previous(office, '2-2');
  expect(await code(office.file)).toBe('previous.mistimed');
  const future = await makeNow('future.hyoka');
  await future.app.close();
  expect(await code(future.file)).toBe('previous.mistimed');
  expect(await code(await world.write('text.hyoka', '文字のファイル'.repeat(1_000)))).toBe('previous.foreign');
  for (const text of ['', '[]', '{"format":"hyoka-export/1"}', '{"__proto__":1}']) {
    expect(await code(await world.write('x.json', text))).toBe('previous.foreign');
  }
  const exported = JSON.parse(await readFile(world.at('before.json'), 'utf8'));
  for (const sheet of exported.sheets) for (const cell of sheet.cells) cell.value = 'どの欄でも同じ';
  expect(await code(await world.write('bent.json', JSON.stringify(exported)))).toBe('previous.foreign');
  expect(await code(world.at('none.hyoka'))).toBe('file.missing');
  expect(await previous(office, '2-2')).toEqual(kept);
});

describe('from a workbook of one sheet per worksheet', () => {
  const form = measureForm(2021);
  const book = (...sheets: BookSheet[]) => makeXlsx(sheets);
  const filled = (name: string, raws: Record<string, string>, own = form) => sheetOf(name, writePaper(own, raws));
  const give = async (bytes: Buffer) => office.offer(await world.write('去年.xlsx', bytes));

  test('the labels say the year, and what could not be read is named', async () => {
    const one = {
      number: '2-2',
      name: '移住の相談',
      unit: '旧商工課',
      intent: '去年の本',
      cost__labour__settled_2019: '1,2091',
    };
    const file = await give(book(sheetOf('要領', [['書き方']]), filled('一', one)));
    const taken = await office.ask('previous.import', { file });
    expect(taken).toMatchObject({ year: 2021, matched: ['2-2'], unmatched: ['１-1', '9-9'] });
    expect(taken.unread.map(({ name, text }) => [name, text])).toEqual([
      ['要領', ''],
      ['一', '1,2091'],
    ]);
    const found = await previous(office, '2-2');
    expect(found).toMatchObject({
      year: 2021,
      unit: '旧商工課',
      values: { intent: '去年の本', cost__labour__settled_2019__raw: '1,2091' },
    });
  });

  test('of this year, of several years, or of none it is refused', async () => {
    const now = filled('一', { number: '2-2', intent: 'い' }, measureForm(YEAR));
    expect((await office.problem('previous.import', { file: await give(book(now)) })).code).toBe('previous.mistimed');
    const mixed = book(
      filled('一', { number: '2-2', intent: 'い' }),
      filled('二', { number: '1-1', intent: 'ろ' }, measureForm(2022)),
    );
    expect((await office.problem('previous.import', { file: await give(mixed) })).details.reason).toContain(
      '混じっている',
    );
    const none = book(sheetOf('要領', [['書き方']]));
    expect((await office.problem('previous.import', { file: await give(none) })).code).toBe('previous.foreign');
  });
});
