// The same done to many sheets: all or nothing is looked at first, a stop keeps whole sheets, twice is once.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { distributeAll, joinDepartment, makeOffice, makeWorld, merge, type Workspace, type World } from './world.ts';

const MANY = 35;
const NUMBERS = Array.from({ length: MANY }, (_, index) => `${index + 1}`);
const SHEETS = [
  '施策番号,施策名,主管課',
  ...NUMBERS.map((number) => `${number},施策${number}の推進,${Number(number) <= 20 ? '総務課' : '商工観光課'}`),
  '',
].join('\n');

let world: World;
let office: Workspace;
beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world, 'office.hyoka', 'memuro-shisaku', SHEETS);
});
afterEach(() => world.close());

const rowsOf = async (who: Workspace) => (await who.ask('sheet.list', {})).sheets;
const threads = async (sheet: string) => (await office.ask('remark.list', { sheet })).threads;
/** Asks and stops the question as soon as it tells how far it has come for the second time. */
async function stopped(method: 'remark.spread' | 'sheet.reassign', input: unknown) {
  const control = new AbortController();
  let told = 0;
  const reply = await office.app.call(method, input, {
    signal: control.signal,
    onProgress: () => {
      told += 1;
      if (told === 2) control.abort();
    },
  });
  if (!reply.ok) throw new Error(reply.problem.message);
  return reply.value as Record<string, unknown>;
}

describe('the same remark on many sheets', () => {
  const wanted = { sheets: NUMBERS, address: '意図', text: '  出典を書いてください。\n' };

  test('opens one thread on each, shown in the list, and does not stand twice', async () => {
    expect(await office.ask('remark.spread', wanted)).toEqual({ said: NUMBERS, left: 0 });
    expect((await rowsOf(office)).map(({ remarks }) => remarks)).toEqual(NUMBERS.map(() => 1));
    const [thread] = await threads('7');
    expect(thread).toMatchObject({ address: 'intent', state: 'open', remarks: [{ text: '出典を書いてください。' }] });
    expect(await office.ask('remark.spread', wanted)).toEqual({ said: [], left: 0 });
    expect((await threads('7')).length).toBe(1);
    await office.ask('remark.spread', { ...wanted, sheets: ['7'], address: '' });
    expect((await threads('7')).map(({ address }) => address)).toEqual(['', 'intent']);
  });

  test('stopped in between it keeps whole sheets and says what is left; once more does the rest', async () => {
    const reply = await stopped('remark.spread', wanted);
    expect(reply).toEqual({ said: NUMBERS.slice(0, 10), left: 25 });
    expect((await rowsOf(office)).filter(({ remarks }) => remarks > 0)).toHaveLength(10);
    expect(await office.ask('remark.spread', wanted)).toEqual({ said: NUMBERS.slice(10), left: 0 });
  });

  test('nothing is said where one sheet or the cell does not exist, and nothing by a department', async () => {
    const ask = (change: object) => office.problem('remark.spread', { ...wanted, ...change });
    expect((await ask({ sheets: ['1', '99'] })).code).toBe('sheet.unknown');
    expect((await ask({ address: '意図しない欄' })).code).toBe('cell.unknown');
    expect((await ask({ text: ' \n ' })).code).toBe('remark.unfit');
    expect((await ask({ sheets: [] })).code).toBe('sheet.none');
    expect((await rowsOf(office)).every(({ remarks }) => remarks === 0)).toBe(true);
    const department = await joinDepartment(world, (await distributeAll(world, office, 'out')).総務課 ?? '', 'd.hyoka');
    expect((await department.problem('remark.spread', { ...wanted, sheets: ['1'] })).code).toBe('role.wrong');
    expect((await department.problem('sheet.reassign', { changes: [] })).code).toBe('role.wrong');
  });
});

describe('many sheets to another department', () => {
  const changes = ['1', '2', '21'].map((sheet) => ({ sheet, units: ['移住課', '総務課'] }));
  const unitsOf = async () => Object.fromEntries((await rowsOf(office)).map(({ number, units }) => [number, units]));

  test('change hands with all that stands in them, and back again', async () => {
    await office.ask('cell.set', { sheet: '1', cells: [{ cell: '基本目標', raw: '人の流れ' }] });
    const { changed, left } = await office.ask('sheet.reassign', { changes });
    expect([changed.map(({ number, before }) => [number, before]), left]).toEqual([
      [
        ['1', ['総務課']],
        ['2', ['総務課']],
        ['21', ['商工観光課']],
      ],
      0,
    ]);
    expect(await unitsOf()).toMatchObject({ 1: ['移住課', '総務課'], 3: ['総務課'], 21: ['移住課', '総務課'] });
    const shown = await office.ask('sheet.show', { sheet: '1' });
    expect(Object.values(shown.values)).toEqual(expect.arrayContaining(['移住課、総務課', '人の流れ']));
    expect((await office.ask('sheet.reassign', { changes })).changed).toEqual([]);
    await office.ask('sheet.reassign', {
      changes: changed.map(({ sheet, before }) => ({ sheet, units: before })),
    });
    expect(await unitsOf()).toMatchObject({ 1: ['総務課'], 2: ['総務課'], 21: ['商工観光課'] });
  });

  test('the new department gets them, the one before is told, with the distribution of just these sheets', async () => {
    const first = await distributeAll(world, office, 'first');
    const general = await joinDepartment(world, first.総務課 ?? '', 'general.hyoka');
    await office.ask('sheet.reassign', { changes: [{ sheet: '1', units: ['商工観光課'] }] });
    const { packages } = await office.ask('package.distribute', {
      folder: office.offer(world.at('second')),
      sheets: ['1'],
    });
    expect(packages.map(({ unit, sheets }) => [unit, sheets])).toEqual([
      ['商工観光課', ['1']],
      ['総務課', ['1']],
    ]);
    const tourism = await joinDepartment(world, first.商工観光課 ?? '', 'tourism.hyoka');
    const file = (unit: string) => world.at('second', packages.find((p) => p.unit === unit)?.file ?? '');
    await merge(tourism, file('商工観光課'));
    await merge(general, file('総務課'));
    expect((await rowsOf(tourism)).map(({ number }) => number)).toEqual([...NUMBERS.slice(20), '1']);
    // All other sheets are still there; the one that went away may be read and no longer filled.
    expect(await rowsOf(general)).toHaveLength(20);
    const locked = await general.problem('cell.set', { sheet: '1', cells: [{ cell: '意図', raw: '文' }] });
    expect(locked.code).toBe('cell.locked');
    await general.ask('cell.set', { sheet: '2', cells: [{ cell: '意図', raw: '文' }] });
  });

  test('stopped in between it keeps whole sheets, and once more does the rest', async () => {
    const all = NUMBERS.map((sheet) => ({ sheet, units: ['移住課'] }));
    expect(await stopped('sheet.reassign', { changes: all })).toMatchObject({ left: 25 });
    expect((await rowsOf(office)).filter(({ units }) => units[0] === '移住課')).toHaveLength(10);
    expect((await office.ask('sheet.reassign', { changes: all })).changed).toHaveLength(25);
  });

  test('nothing changes where a sheet does not exist or a name cannot be one', async () => {
    const ask = async (changes: { sheet: string; units: string[] }[]) =>
      (await office.problem('sheet.reassign', { changes })).code;
    const fine = { sheet: '1', units: ['移住課'] };
    expect(await ask([fine, { sheet: '99', units: ['移住課'] }])).toBe('sheet.unknown');
    expect(await ask([fine, { sheet: '2', units: [' 移住課'] }])).toBe('input.invalid');
    expect(await ask([fine, { sheet: '2', units: [] }])).toBe('input.invalid');
    expect(await ask([])).toBe('sheet.none');
    expect((await unitsOf())['1']).toEqual(['総務課']);
  });
});

describe('chosen sheets alone', () => {
  test('go out, and leave what a department had as it was, whichever package comes first', async () => {
    const distribute = async (folder: string, sheets?: string[]) => {
      const { packages } = await office.ask('package.distribute', {
        folder: office.offer(world.at(folder)),
        ...(sheets ? { sheets } : {}),
      });
      return packages.map((p) => ({ ...p, path: world.at(folder, p.file) }));
    };
    const [some] = await distribute('some', ['3', '2']);
    expect(some).toMatchObject({ unit: '総務課', sheets: ['2', '3'] });
    const department = await joinDepartment(world, some?.path ?? '', 'some.hyoka');
    expect((await rowsOf(department)).map(({ number }) => number)).toEqual(['2', '3']);
    await department.ask('cell.set', { sheet: '2', cells: [{ cell: '意図', raw: '課の文' }] });
    const all = (await distribute('all')).find(({ unit }) => unit === '総務課');
    await merge(department, all?.path ?? '');
    expect(await rowsOf(department)).toHaveLength(20);
    expect((await department.ask('sheet.show', { sheet: '2' })).values.intent).toBe('課の文');
    expect(await distribute('again', ['21'])).toMatchObject([{ unit: '商工観光課', sheets: ['21'] }]);
    const folder = office.offer(world.at('none'));
    expect((await office.problem('package.distribute', { folder, sheets: ['99'] })).code).toBe('sheet.unknown');
    expect((await office.problem('package.distribute', { folder, sheets: [] })).code).toBe('sheet.none');
  });

  test.each(['csv', 'json'] as const)('are written out as %s, in the order of the list', async (format) => {
    const file = world.at(`some.${format}`);
    const handle = office.offer(file);
    expect(await office.ask('export.write', { file: handle, format, sheets: ['30', '3', '3'] })).toMatchObject({
      sheets: 2,
    });
    const text = await readFile(file, 'utf8');
    expect(text.match(/施策\d+の推進/g)?.filter((name, at, all) => all.indexOf(name) === at)).toEqual([
      '施策3の推進',
      '施策30の推進',
    ]);
    expect((await office.problem('export.write', { file: handle, format, sheets: ['99'] })).code).toBe('sheet.unknown');
    expect((await office.problem('export.write', { file: handle, format, sheets: [] })).code).toBe('sheet.none');
  });
});
