// Workbooks of many sheets in a workspace: one sheet a worksheet, and the merge workbook of one sheet a row.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FilledColumn, FilledSurvey } from '../../shared/contract/intakeviews.ts';
import type { Workspace, World } from '../core/world.ts';
import { distributeAll, joinDepartment, makeOffice, makeWorld } from '../core/world.ts';
import { measureForm } from '../form/sample.ts';
import { type BookSheet, makeXlsx, place, sheetOf } from './book.ts';
import { writePaper } from './paper.ts';

const form = measureForm(2022);
const filled = (name: string, raws: Record<string, string>, more: Partial<BookSheet> = {}): BookSheet => ({
  ...sheetOf(name, writePaper(form, raws)),
  ...more,
});

/** Two rows of headings, the upper merged; what a row holds follows the columns. */
const HEADINGS = [
  ['令和4年度 施策評価 取りまとめ表'],
  ['No.', '施策番号', '施策名', '施策の方針', '', '施策事業費(千円)', '', '評価', '備考'],
  ['', '', '', '対象', '意図', 'R2決算', '令和3年度決算', '', ''],
];
const ROWS = [
  ['1', '2-1', '道の駅のにぎわい', '観光客', '呼ぶ', '12,480', '13,905', 'あ', '要確認'],
  ['2', '2-2', '移住の相談', '転入者', '支える', '60,564', '36（1）', 'い', ''],
  ['', '合計', '', '', '', '73,044', '', '', ''],
];
const mergeBook = (headings = HEADINGS, rows = ROWS): Buffer =>
  makeXlsx([
    sheetOf('記入要領', [['この表は各課の提出を集めたものです']]),
    {
      ...sheetOf('取りまとめ', [...headings, ...rows]),
      merges: ['A1:I1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:E2', 'F2:G2'],
    },
  ]);

describe('in a workspace', () => {
  let world: World;
  let office: Workspace;
  let department: Workspace;
  const give = async (bytes: Buffer, who = department, name = '表.xlsx') => who.offer(await world.write(name, bytes));
  const valuesOf = async (sheet: string, who = department) => (await who.ask('sheet.show', { sheet })).values;
  const parts = (survey: FilledSurvey) =>
    survey.parts.map(({ name, sheet, problem }) => [name, sheet?.number ?? null, problem?.code ?? null]);
  const uses = (columns: readonly FilledColumn[]) =>
    columns.map(({ use, how }) => [how, use.use === 'cell' ? use.address : use.use]);

  beforeEach(async () => {
    world = await makeWorld();
    office = await makeOffice(world);
    const handed = await distributeAll(world, office, 'out');
    department = await joinDepartment(world, handed.商工観光課 ?? '', 'dept.hyoka');
  });
  afterEach(() => world.close());

  describe('a sheet a worksheet', () => {
    test('each is matched to its sheet, shown, and only what is chosen is taken', async () => {
      const book = makeXlsx([
        sheetOf('記入要領', [['この様式の書き方']]),
        filled('2-1', { number: '２－１', intent: '呼ぶ' }),
        filled('移住の相談', { intent: '支える', cost__labour__settled_2021: '1,2091' }),
        filled('旧', { number: '9-9', intent: '無い' }),
        sheetOf('空', []),
        filled('控え', { number: '2-2', intent: '古い' }, { state: 'hidden' }),
      ]);
      const file = await give(book);
      await department.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '手で打った' }] });
      const survey = await department.ask('intake.survey', { file });
      expect(survey.layout).toBe('sheets');
      expect(parts(survey)).toEqual([
        ['記入要領', null, 'intake.foreign'],
        ['2-1', '2-1', null],
        ['移住の相談', '2-2', null],
        ['旧', null, 'sheet.unknown'],
        ['控え', '2-2', null],
      ]);
      expect(survey.parts[2]?.counts).toMatchObject({ changed: 1, replaced: 1, asked: 1 });
      expect(survey.parts[4]?.isHidden).toBe(true);
      const preview = await department.ask('intake.preview', { file, layout: 'sheets', part: 2 });
      expect(preview.matched).toContainEqual(expect.objectContaining({ value: '支える', replaced: '手で打った' }));
      const twice = await department.problem('intake.gather', { file, parts: [{ part: 2 }, { part: 5 }] });
      expect(twice).toMatchObject({ code: 'intake.doubled', details: { sheet: '2-2', parts: ['移住の相談', '控え'] } });
      expect(await valuesOf('2-2')).toMatchObject({ intent: '手で打った' });
      const answers = [{ cell: 'cost__labour__settled_2021', raw: '1.2091' }];
      const done = await department.ask('intake.gather', {
        file,
        layout: 'sheets',
        parts: [{ part: 1 }, { part: 2, answers }],
      });
      expect(done).toMatchObject({
        left: 0,
        taken: [{ sheet: { number: '2-1' }, changed: 1 }, { sheet: { number: '2-2' } }],
      });
      expect(await valuesOf('2-1')).toMatchObject({ intent: '呼ぶ' });
      expect(await valuesOf('2-2')).toMatchObject({ intent: '支える', cost__labour__settled_2021: '1.2091' });
      await department.ask('cell.undo', { sheet: '2-2' });
      expect(await valuesOf('2-2')).toMatchObject({ intent: '手で打った' });
    });

    test('the one of a wanted sheet is found, whichever worksheet it is on; more of them are named', async () => {
      const book = makeXlsx([
        filled('一', { number: '2-1', intent: 'い' }),
        filled('二', { number: '2-2', intent: 'ろ' }),
      ]);
      const file = await give(book);
      expect((await department.ask('intake.preview', { file, sheet: '2-2' })).matched).toMatchObject([
        { value: '2-2' },
        { value: 'ろ' },
      ]);
      const problem = await department.problem('intake.preview', { file });
      expect(problem).toMatchObject({ code: 'intake.several', details: { parts: ['一', '二'] } });
      expect((await department.problem('intake.preview', { file, sheet: '1-1' })).code).toBe('sheet.unknown');
      const other = await department.problem('intake.preview', { file, part: 0, sheet: '2-2' });
      expect(other).toMatchObject({ code: 'intake.mismatched', details: { name: '表.xlsx（一）', found: '2-1' } });
    });

    test('a number that a spreadsheet made a date of is still the sheet’s', async () => {
      const sheet = filled('表', { intent: 'い' });
      const cells = [
        ...sheet.cells,
        { at: place(0, 9), text: '施策番号' },
        { at: place(0, 10), value: '44594', format: 'm"月"d"日"' },
      ];
      const found = await department.ask('intake.preview', { file: await give(makeXlsx([{ ...sheet, cells }])) });
      expect(found.sheet.number).toBe('2-2');
    });

    test('a worksheet without a number is for the sheet that a person names', async () => {
      const file = await give(makeXlsx([filled('その一', { intent: 'い' }), filled('その二', { intent: 'ろ' })]));
      expect(parts(await department.ask('intake.survey', { file }))).toEqual([
        ['その一', null, 'intake.unnumbered'],
        ['その二', null, 'intake.unnumbered'],
      ]);
      await department.ask('intake.gather', { file, parts: [{ part: 1, sheet: '2-2' }] });
      expect(await valuesOf('2-2')).toMatchObject({ intent: 'ろ' });
    });

    test('what was pasted is read like a file', async () => {
      const html =
        '<table><tr><td>施策番号</td><td>2-2</td></tr><tr><td>基本目標</td><td>人の流れ<br>二</td></tr></table>';
      const pasted = { html, text: '' };
      expect(await department.ask('intake.preview', { pasted })).toMatchObject({ sheet: { number: '2-2' } });
      const text = { html: '', text: '施策番号\t2-2\n施策の方針\t意図\n\t"二\n行"\n' };
      await department.ask('intake.apply', { pasted: text });
      expect(await valuesOf('2-2')).toMatchObject({ intent: '二\n行' });
      expect((await department.problem('intake.preview', {})).code).toBe('input.invalid');
    });
  });

  describe('a sheet a row', () => {
    test('columns are proposed by their headings, what fits several is asked, what fits none is listed', async () => {
      const survey = await department.ask('intake.survey', { file: await give(mergeBook()) });
      expect(survey.layout).toBe('rows');
      expect(survey.columns.map(({ path }) => path.join('/'))).toEqual([
        ...['No.', '施策番号', '施策名', '施策の方針/対象', '施策の方針/意図'],
        ...['施策事業費(千円)/R2決算', '施策事業費(千円)/令和3年度決算', '評価', '備考'],
      ]);
      expect(uses(survey.columns)).toEqual([
        ['none', 'left'],
        ['proposed', 'number'],
        ['proposed', 'name'],
        ['proposed', 'target'],
        ['proposed', 'intent'],
        ['proposed', 'cost__expense__settled_2020'],
        ['proposed', 'cost__expense__settled_2021'],
        ['asked', 'left'],
        ['none', 'left'],
      ]);
      expect(survey.columns[7]?.near).toEqual(['rating_text', 'board_text', 'council_text']);
      expect(parts(survey)).toEqual([
        ['4行目', '2-1', null],
        ['5行目', '2-2', null],
        ['6行目', null, 'sheet.unknown'],
      ]);
      expect(survey.asides).toEqual([{ text: '令和4年度 施策評価 取りまとめ表', reason: '見出しより上にある' }]);
      expect(survey.notes.join()).toContain('「記入要領」');
    });

    test('what a person says of a column counts, nothing is lost, and it is kept for next time', async () => {
      const file = await give(mergeBook());
      const columns = [
        { column: 7, use: 'cell' as const, address: 'rating_text' },
        { column: 0, use: 'ignored' as const },
      ];
      const preview = await department.ask('intake.preview', { file, layout: 'rows', columns, part: 3 });
      expect(preview.matched).toContainEqual(expect.objectContaining({ address: 'rating_text', value: 'あ' }));
      expect(preview.unmatched).toEqual([{ text: '要確認', reason: expect.stringContaining('「備考」') }]);
      const { taken } = await department.ask('intake.gather', {
        file,
        layout: 'rows',
        columns,
        parts: [{ part: 3 }, { part: 4 }],
      });
      expect(taken).toMatchObject([{ unmatched: 1 }, { asked: 1 }]);
      expect(await valuesOf('2-2')).toMatchObject({
        target: '転入者',
        rating_text: 'い',
        cost__expense__settled_2020: '60564',
        cost__expense__settled_2021__raw: '36（1）',
      });
      expect((await department.ask('sheet.show', { sheet: '2-1' })).unmatched).toHaveLength(1);
      const again = await department.ask('intake.survey', {
        file: await give(mergeBook(HEADINGS, ROWS.slice(0, 2)), department, '次.xlsx'),
      });
      expect(uses(again.columns)[7]).toEqual(['kept', 'rating_text']);
      expect(uses(again.columns)[0]).toEqual(['kept', 'ignored']);
      const other = HEADINGS.map((row) => row.map((text) => (text === '備考' ? '所見' : text)));
      const fresh = await department.ask('intake.survey', {
        file: await give(mergeBook(other), department, '別.xlsx'),
      });
      expect(uses(fresh.columns)[7]).toEqual(['asked', 'left']);
    });

    test.each(['csv', 'xlsx', 'ods'] as const)(
      'a table that was written out here comes back (%s), also states, and next time',
      async (format) => {
        const typed = [
          { cell: '意図', raw: "'=支える" },
          { cell: 'cost__labour__settled_2021', raw: '1,2091' },
          { cell: 'kpi__r1__actual_2021', raw: '1948（見込）' },
          { cell: 'kpi__r1__actual_2020', raw: '未確定' },
        ];
        await department.ask('cell.set', { sheet: '2-2', cells: typed });
        const before = await valuesOf('2-2');
        expect(before).toMatchObject({
          kpi__r1__actual_2021__state: 'expected',
          kpi__r1__actual_2020__state: 'pending',
        });
        const out = department.offer(world.at(`一覧.${format}`));
        await department.ask('export.write', { file: out, format });
        const file = out;
        for (const how of ['proposed', 'kept']) {
          await department.ask('cell.set', { sheet: '2-2', cells: typed.map(({ cell }) => ({ cell, raw: '' })) });
          expect(await valuesOf('2-2')).not.toMatchObject({ kpi__r1__actual_2020__state: 'pending' });
          const survey = await department.ask('intake.survey', { file });
          expect(survey.layout).toBe('rows');
          const states = survey.columns.filter(({ path }) => path[0]?.endsWith('・状態'));
          expect([...new Set(states.map((column) => column.how))]).toEqual([how]);
          const part = survey.parts.find(({ sheet }) => sheet?.number === '2-2')?.part ?? -1;
          await department.ask('intake.gather', { file, layout: 'rows', parts: [{ part }] });
          expect(await valuesOf('2-2')).toEqual(before);
        }
      },
    );

    test('two columns for one cell are both asked about, and addresses are headings too', async () => {
      const rows = [
        ['施策番号', '意図', '意図', 'target'],
        ['2-1', 'い', 'ろ', 'は'],
        ['2-2', 'に', 'ほ', 'へ'],
      ];
      const survey = await department.ask('intake.survey', { file: await give(makeXlsx([sheetOf('表', rows)])) });
      expect(uses(survey.columns)).toEqual([
        ['proposed', 'number'],
        ['asked', 'left'],
        ['asked', 'left'],
        ['proposed', 'target'],
      ]);
    });

    test('a column of another year is for no cell, and a table of another year is refused', async () => {
      const rows = [
        ['施策番号', '施策事業費(千円) 2019年度決算', '施策事業費(千円) 2020年度決算'],
        ['2-1', '1', '2'],
        ['2-2', '3', '4'],
      ];
      const survey = await department.ask('intake.survey', { file: await give(makeXlsx([sheetOf('表', rows)])) });
      expect(uses(survey.columns)).toEqual([
        ['proposed', 'number'],
        ['none', 'left'],
        ['proposed', 'cost__expense__settled_2020'],
      ]);
      const older = [
        ['施策番号', '施策事業費(千円)', ''],
        ['', 'H30年度決算', '令和元年度決算'],
        ['2-1', '1', '2'],
        ['2-2', '3', '4'],
      ];
      const book = makeXlsx([{ ...sheetOf('表', older), merges: ['A1:A2', 'B1:C1'] }]);
      const past = await department.ask('intake.survey', { file: await give(book), layout: 'rows' });
      expect(parts(past)).toEqual([
        ['3行目', null, 'intake.mistimed'],
        ['4行目', null, 'intake.mistimed'],
      ]);
    });
  });

  test('what another writes is compared and listed, never written; a row of no sheet is refused', async () => {
    const rows = [
      ['施策番号', '意図', '経営戦略会議', '経営戦略会議'],
      ['', '', '評価', '進捗結果'],
      ['2-1', '呼ぶ', '前に進んだ', 'C'],
      ['9-9', 'い', '', ''],
    ];
    const book = makeXlsx([{ ...sheetOf('表', rows), merges: ['A1:A2', 'B1:B2'] }]);
    const file = await give(book);
    const preview = await department.ask('intake.preview', { file, layout: 'rows', part: 2 });
    expect(preview.unmatched.map(({ text }) => text)).toEqual(['前に進んだ', 'C']);
    await department.ask('intake.gather', { file, layout: 'rows', parts: [{ part: 2 }] });
    expect(await valuesOf('2-1')).toMatchObject({ intent: '呼ぶ' });
    expect(Object.keys(await valuesOf('2-1'))).not.toContain('board_text');
    const both = await department.problem('intake.gather', { file, layout: 'rows', parts: [{ part: 2 }, { part: 3 }] });
    expect(both.code).toBe('sheet.unknown');
    const other = await give(book, office, '事務局.xlsx');
    await office.ask('intake.gather', { file: other, layout: 'rows', parts: [{ part: 2 }] });
    expect(await valuesOf('2-1', office)).toMatchObject({ board_text: '前に進んだ', board: 'C' });
  });
});
