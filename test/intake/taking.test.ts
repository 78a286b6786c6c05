// Taking a filled sheet into a workspace: of which year and which sheet it is, and what becomes of what stood there.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { tableOf } from '../../electron/core/intake/table.ts';
import { otherYearOf } from '../../electron/core/intake/years.ts';
import { hyoka } from '../cli/town.ts';
import type { Workspace, World } from '../core/world.ts';
import { distributeAll, joinDepartment, makeOffice, makeWorld, merge, submitSheets, trust } from '../core/world.ts';
import { formOf, measureForm } from '../form/sample.ts';
import { plainStyle, writePaper } from './paper.ts';

describe('the year of a sheet', () => {
  const forms = [
    ['memuro-shisaku', [2020, 2021, 2022, 2023, 2024]],
    ['jimujigyo-zaigen', [2023, 2024, 2025, 2026]],
  ] as const;

  test.each(forms.flatMap(([id, years]) => years.flatMap((a) => years.map((b) => [id, a, b] as const))))(
    '%s of %i, read as one of %i',
    (id, written, wanted) => {
      const paper = writePaper(formOf(id, written), {}, { ...plainStyle, label: (text) => ` ${text}` });
      expect(otherYearOf(formOf(id, wanted), tableOf(paper))).toBe(written === wanted ? undefined : written);
    },
  );

  test('is in doubt neither for a part of a sheet nor for a column too many', () => {
    const form = measureForm(2022);
    expect(otherYearOf(form, tableOf([['施策番号', '2-2']]))).toBeUndefined();
    expect(otherYearOf(form, tableOf([['', '2020年度決算', '2021年度決算']]))).toBeUndefined();
    const paper = writePaper(form, {}).map((row) =>
      row.includes('2020年度決算') ? ['', '2019年度決算', ...row.slice(1)] : row,
    );
    expect(otherYearOf(form, tableOf(paper))).toBeUndefined();
  });

  test('no reason is taken without the question that it is for', () => {
    const form = measureForm(2022);
    const raws = { result_reason: 'ぬ増えた', outlook: 'reach', outlook_reason: 'ぬ続く', rating_text: 'ぬ担当の' };
    const paper = writePaper(form, raws).map((row) => row.map((cell) => cell.replace('①2021年度の', '①2020年度の')));
    const filled = readFilledSheet(form, tableOf(paper));
    expect(filled.cells.map(({ address }) => address)).toEqual(['outlook', 'outlook_reason', 'rating_text']);
    expect(filled.leftovers).toContainEqual({
      text: 'ぬ増えた',
      reason: expect.stringContaining('①2021年度の成果評価(前年度比較)'),
    });
    const own = formOf('jimujigyo-zaigen', 2025);
    const alone = readFilledSheet(own, tableOf([['Ⅴ 評価（CHECK）'], ['必要性の判断理由', 'ぬ要る']]));
    expect(alone.cells.map(({ raw }) => raw)).toEqual(['ぬ要る']);
  });
});

describe('in a workspace', () => {
  let world: World;
  let office: Workspace;
  let department: Workspace;
  const file = async (text: string, name = '記入済み.txt') => department.offer(await world.write(name, text));
  const type = (cell: string, raw: string, sheet = '2-2', who = department) =>
    who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
  const historyOf = async (cell: string, sheet = '2-2') => {
    const { values } = await department.ask('sheet.show', { sheet });
    const { entries } = await department.ask('cell.history', { sheet, address: cell });
    return { now: values[cell], entries: entries.map(({ after, note }) => [after.value, note]) };
  };

  beforeEach(async () => {
    world = await makeWorld();
    office = await makeOffice(world);
    const handed = await distributeAll(world, office, 'out');
    department = await joinDepartment(world, handed.商工観光課 ?? '', 'dept.hyoka');
  });
  afterEach(() => world.close());

  test('typed text that is replaced is named first, and stays in the history', async () => {
    await type('意図', '手で打った');
    await type('対象', 'そのまま');
    const filled = await file('施策番号\t2-2\n施策の方針\t意図\n\t読み込んだ\n');
    const preview = await department.ask('intake.preview', { file: filled });
    expect(preview.matched).toContainEqual(
      expect.objectContaining({ address: 'intent', value: '読み込んだ', replaced: '手で打った' }),
    );
    expect(await historyOf('intent')).toMatchObject({ now: '手で打った' });
    expect(await department.ask('intake.apply', { file: filled })).toEqual(preview);
    expect(await historyOf('intent')).toEqual({
      now: '読み込んだ',
      entries: expect.arrayContaining([
        ['読み込んだ', ''],
        ['手で打った', '読み込みの前の入力'],
      ]),
    });
    await department.ask('cell.undo', { sheet: '2-2' });
    expect(await historyOf('intent')).toMatchObject({ now: '手で打った' });
  });

  test('what nothing replaces stays typed, without a revision', async () => {
    await type('対象', 'そのまま');
    await department.ask('intake.apply', { file: await file('施策番号\t2-2\n施策の方針\t意図\n\t読み込んだ\n') });
    const { entries } = await department.ask('cell.history', { sheet: '2-2', address: 'target' });
    expect(entries).toMatchObject([{ revision: null, after: { value: 'そのまま' } }]);
  });

  test('while a conflict is undecided nothing is committed', async () => {
    const handed = await distributeAll(world, office, 'again');
    const other = await joinDepartment(world, handed.社会教育課 ?? '', 'other.hyoka');
    for (const [who, text] of [
      [department, '一'],
      [other, '二'],
    ] as const)
      await type('意図', text, '2-1', who);
    const packages = [await submitSheets(world, department, 'in1'), await submitSheets(world, other, 'in2')];
    for (const who of [department, other]) {
      await merge(office, ...packages);
      await trust(office, who);
    }
    await merge(office);
    const text = '施策番号\t2-1\n施策の方針\t対象\n\t読み込んだ\n';
    await type('対象', '手で打った', '2-1', office);
    const before = (await office.ask('sheet.show', { sheet: '2-1' })).head;
    expect((await office.ask('sheet.show', { sheet: '2-1' })).conflicts).toHaveLength(1);
    const filled = office.offer(await world.write('f.txt', text));
    expect((await office.ask('intake.apply', { file: filled })).matched).toContainEqual(
      expect.objectContaining({ address: 'target', replaced: '手で打った' }),
    );
    const after = await office.ask('sheet.show', { sheet: '2-1' });
    expect(after).toMatchObject({ head: before, draft: true, values: { target: '読み込んだ' } });
    expect(after.conflicts).toHaveLength(1);
  });

  test('the command line says what is replaced', async () => {
    await type('意図', '手で\n打った');
    await department.app.close();
    const path = await world.write('記入済み.txt', '施策番号\t2-2\n施策の方針\t意図\n\t読み込んだ\n');
    const { stdout } = await hyoka('fill', department.file, path);
    expect(stdout).toContain('意図：前の値「手で\n      打った」を置き換えます');
  });

  test('a sheet of another year is refused, and nothing changes', async () => {
    const raws = { number: '2-2', result_reason: '一', goal: '二' };
    const text = writePaper(measureForm(2020), raws)
      .map((row) => row.join('\t'))
      .join('\n');
    const before = await department.ask('sheet.show', { sheet: '2-2' });
    for (const method of ['intake.preview', 'intake.apply'] as const) {
      for (const sheet of [{}, { sheet: '2-2' }]) {
        const problem = await department.problem(method, { file: await file(text), ...sheet });
        expect(problem).toMatchObject({
          code: 'intake.mistimed',
          details: { name: '記入済み.txt', found: 2020, wanted: 2022 },
        });
      }
    }
    expect(await department.ask('sheet.show', { sheet: '2-2' })).toEqual(before);
  });

  test('a number is found in any width, and with any dash', async () => {
    const rows = [
      { line: 2, cells: { 施策番号: '３－１', 施策名: 'あ', 主管課: '商工観光課' } },
      { line: 3, cells: { 施策番号: 'A‐1', 施策名: 'い', 主管課: '商工観光課' } },
      { line: 4, cells: { 施策番号: 'a-2', 施策名: 'う', 主管課: '商工観光課' } },
      { line: 5, cells: { 施策番号: '第1', 施策名: 'え', 主管課: '商工観光課' } },
    ];
    await office.ask('sheet.assign', { rows });
    const found = async (sheet: string) => (await office.ask('sheet.show', { sheet })).number;
    for (const dash of '-－‐‑‒–—―−ー') {
      expect(await found(`3${dash}1`)).toBe('３－１');
      expect(await found(`２${dash}２`)).toBe('2-2');
      expect(await found(`ａ${dash}１`)).toBe('A‐1');
    }
    expect([await found('A－2'), await found('第１')]).toEqual(['a-2', '第1']);
    expect((await office.problem('sheet.show', { sheet: '3-11' })).code).toBe('sheet.unknown');
    const filled = office.offer(await world.write('g.txt', '施策番号\t3-1\n基本目標\t一\n'));
    expect((await office.ask('intake.preview', { file: filled })).sheet.number).toBe('３－１');
    expect((await office.ask('intake.preview', { file: filled, sheet: '３－１' })).sheet.number).toBe('３－１');
    const again = { line: 2, cells: { 施策番号: '2-2', 施策名: 'あ', 主管課: '商工観光課' } };
    const twice = { line: 3, cells: { ...again.cells, 施策番号: '２－２' } };
    expect((await office.problem('sheet.assign', { rows: [again, twice] })).code).toBe('sheet.duplicate');
  });
});
