// What taking a sheet in would do, over what stands and with answers.
import { expect, test } from 'vitest';
import { type Answers, planIntake } from '../../electron/core/intake/plan.ts';
import { type FilledSheet, readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { tableOf } from '../../electron/core/intake/table.ts';
import { applyPatch, type Values } from '../../shared/form/cell.ts';
import { type Form, lockOf, type Role } from '../../shared/form/form.ts';
import { findFaults } from '../../shared/form/validate.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { formOf, measureForm } from '../form/sample.ts';

const measure = measureForm();
const project = formOf('jimujigyo-zaigen', 2025);
const labour = 'cost__labour__settled_2020';

const sheet = (cells: Record<string, string>, more: Partial<FilledSheet> = {}): FilledSheet => ({
  cells: Object.entries(cells).map(([address, raw]) => ({ address, raw })),
  computed: [],
  leftovers: [],
  notes: [],
  ...more,
});

function plan(
  filled: FilledSheet,
  current: Values = {},
  answers: Answers = [],
  role: Role = 'department',
  form: Form = measure,
) {
  const made = planIntake(form, filled, current, (cell) => lockOf(form, cell, role, new Set()), answers);
  const values = applyPatch(current, made.patch);
  expect(findFaults(form, values)).toEqual([]);
  return { ...made, values };
}

function problemOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was raised');
}

test('clear texts become values, with their states', () => {
  const { values, matched, asked } = plan(
    sheet({ goal: '一\n二', kpi__r1__base: '１，２００（見込）', kpi__r1__target: '未確定' }),
  );
  expect(values).toEqual({
    goal: '一\n二',
    kpi__r1__base: '1200',
    kpi__r1__base__state: 'expected',
    kpi__r1__target__state: 'pending',
  });
  expect(asked).toEqual([]);
  expect(matched).toHaveLength(3);
  expect(matched[2]).toEqual({
    address: 'kpi__r1__target',
    label: '重要業績評価指標 ① 2024年度(目標)',
    value: null,
    state: 'pending',
    same: false,
    replaced: null,
  });
});

test('an unclear text stays raw and blank, and is asked about', () => {
  const { values, asked, matched } = plan(sheet({ [labour]: '2,2948' }));
  expect(values).toEqual({ [`${labour}__raw`]: '2,2948' });
  expect(matched).toEqual([]);
  expect(asked).toMatchObject([
    { address: labour, label: '人工数(業務量) 2020年度決算', raw: '2,2948', kind: 'reading' },
  ]);
  expect(asked[0]?.candidates.map(({ value }) => value)).toEqual(['2.2948', '22948']);
});

test('an answered question keeps the text that raised it, and is not asked again when the sheet is taken in again', () => {
  const answers = [{ cell: '人工数 2020年度決算', raw: '２．２９４８' }];
  const { values, asked } = plan(sheet({ [labour]: '2,2948' }), {}, answers);
  expect(values).toEqual({ [labour]: '2.2948', [`${labour}__raw`]: '2,2948' });
  expect(asked).toEqual([]);
  const again = plan(sheet({ [labour]: '2,2948' }), values);
  expect(again).toMatchObject({ patch: {}, asked: [], matched: [{ address: labour, value: '2.2948', same: true }] });
});

test('an answer may name a cell that the file leaves blank, say blank, or raise a question itself', () => {
  expect(plan(sheet({}), {}, [{ cell: 'goal', raw: '一' }]).values).toEqual({ goal: '一' });
  expect(plan(sheet({ [labour]: '-' }), {}, [{ cell: labour, raw: '' }]).values).toEqual({});
  expect(plan(sheet({}), { goal: '一' }, [{ cell: 'goal', raw: '' }]).values).toEqual({});
  const { values, asked } = plan(sheet({ [labour]: '2,2948' }), {}, [{ cell: labour, raw: '約2' }]);
  expect(values).toEqual({ [`${labour}__raw`]: '2,2948' });
  expect(asked).toMatchObject([{ raw: '2,2948', candidates: [{ value: '2' }] }]);
});

test('the sheet’s own text is listed where an answer takes its place, and kept beside the answer’s value', () => {
  const clear = plan(sheet({ kpi__r1__base: ' 98.6' }), {}, [{ cell: 'kpi__r1__base', raw: '1' }]);
  expect(clear.values).toEqual({ kpi__r1__base: '1', kpi__r1__base__raw: '98.6' });
  const reason = (label: string) => `「${label}」は、回答で置き換えた`;
  const base = '重要業績評価指標 ① 策定時(基準値)';
  expect(clear.unmatched).toEqual([{ text: ' 98.6', reason: reason(base) }]);
  const blanked = plan(sheet({ [labour]: '2,2948' }), {}, [{ cell: labour, raw: '' }]);
  expect(blanked.values).toEqual({});
  expect(blanked.unmatched).toEqual([{ text: '2,2948', reason: reason('人工数(業務量) 2020年度決算') }]);
  const emptied = plan(sheet({ kpi__r1__base: '98.6' }), {}, [{ cell: 'kpi__r1__base', raw: '' }]);
  expect(emptied.unmatched).toEqual([{ text: '98.6', reason: reason(base) }]);
  const unclear = plan(sheet({ kpi__r1__base: '98.6' }), {}, [{ cell: 'kpi__r1__base', raw: '約98' }]);
  expect(unclear.unmatched).toEqual([{ text: '98.6', reason: reason(base) }]);
  const graded = plan(sheet({ rating: 'D' }), {}, [{ cell: 'rating', raw: 'C' }]);
  expect(graded.values).toEqual({ rating: 'C', rating__raw: 'D' });
  const long = 'あ'.repeat(30_000);
  expect(plan(sheet({ goal: long }), {}, [{ cell: 'goal', raw: '短い' }]).unmatched).toMatchObject([{ text: long }]);
  const agreed = plan(sheet({ kpi__r1__base: '98.60' }), {}, [{ cell: 'kpi__r1__base', raw: '98.60' }]);
  expect(agreed.unmatched).toEqual([]);
});

test('a value that goes is named, as a person reads it', () => {
  const current = {
    goal: '手で\n打った',
    rating: 'C',
    kpi__r1__base: '1200',
    kpi__r1__base__state: 'expected',
    kpi__r1__target__state: 'pending',
    [`${labour}__raw`]: '約3',
  };
  const filled = sheet({
    goal: '一',
    rating: 'D',
    kpi__r1__base: '1',
    kpi__r1__target: '2',
    [labour]: '3',
    name: '名',
  });
  const { matched } = plan(filled, { ...current, name: '名' });
  expect(matched.map(({ address, replaced }) => [address, replaced])).toEqual([
    ['name', null],
    ['goal', '手で\n打った'],
    ['kpi__r1__base', '1,200（見込）'],
    ['kpi__r1__target', '未確定'],
    [labour, '約3'],
    ['rating', 'C：(総合戦略策定時と比較して)前進した'],
  ]);
  expect(plan(sheet({ [labour]: '3' }), { [`${labour}__raw`]: '2,5' }, [{ cell: labour, raw: '' }]).notes).toEqual([
    '「人工数(業務量) 2020年度決算」：前の値「2,5」が消えます。',
  ]);
  const asked = plan(sheet({ [labour]: '2,2948' }), { [`${labour}__raw`]: '2,2948' }, [
    { cell: labour, raw: '2.2948' },
  ]);
  expect(asked.matched).toMatchObject([{ address: labour, replaced: null }]);
});

test('an answer for no cell, or for one that may not be written, is refused', () => {
  expect(problemOf(() => plan(sheet({}), {}, [{ cell: '人工', raw: '2' }])).code).toBe('cell.unknown');
  const locked = problemOf(() => plan(sheet({}), {}, [{ cell: '経営戦略会議 進捗結果', raw: 'D' }]));
  expect(locked.code).toBe('cell.locked');
  expect(locked.details).toEqual({ label: '経営戦略会議 進捗結果', reason: '経営戦略会議が記入する欄' });
});

test('a blank never blanks, and an unclear text never replaces a value', () => {
  const current = { goal: '一', [labour]: '1.5' };
  const { values, patch, asked, unmatched } = plan(sheet({ [labour]: '2,2948' }), current);
  expect(patch).toEqual({});
  expect(values).toEqual(current);
  expect(asked).toHaveLength(1);
  expect(unmatched).toMatchObject([{ text: '2,2948' }]);
});

test('a new value replaces value, state and raw text together', () => {
  const current = { kpi__r1__base: '5', kpi__r1__base__state: 'expected', kpi__r1__base__raw: '約5' };
  expect(plan(sheet({ kpi__r1__base: '6' }), current).values).toEqual({ kpi__r1__base: '6' });
});

test('what may not be written here is listed with the reason, or matched where it stands already', () => {
  const filled = sheet({ number: '2-2', name: '別の名', board_text: '前進した' });
  const { patch, matched, unmatched } = plan(filled, { number: '2-2', name: '名' });
  expect(patch).toEqual({});
  expect(matched).toMatchObject([{ address: 'number', value: '2-2', same: true }]);
  expect(unmatched).toEqual([
    { text: '別の名', reason: '「施策名」は、事務局が記入する欄' },
    { text: '前進した', reason: '「経営戦略会議 評価」は、経営戦略会議が記入する欄' },
  ]);
  expect(plan(filled, {}, [], 'office').values).toEqual({ number: '2-2', name: '別の名', board_text: '前進した' });
});

test('contradictions are asked about on both sides, and an answer to one settles it', () => {
  const filled = sheet({ board_text: '前進したと評価する。', board: 'D' });
  for (const role of ['department', 'office'] as const) {
    expect(plan(filled, {}, [], role).asked).toMatchObject([
      { address: 'board', label: '経営戦略会議 進捗結果', raw: 'D', kind: 'check' },
    ]);
  }
  expect(plan(filled, {}, [{ cell: 'board', raw: 'C' }], 'office').asked).toEqual([]);
  expect(plan(filled, {}, [{ cell: 'board', raw: 'D' }], 'office')).toMatchObject({
    asked: [],
    values: { board: 'D' },
  });
});

test('a computed cell is compared with what follows from the others', () => {
  const cells = { zaigen__kokko__kessan_2023: '100', zaigen__ippan__kessan_2023: '50' };
  const computed = (raw: string) => [{ address: 'zaigen__jigyohi__kessan_2023', raw }];
  const right = plan(sheet(cells, { computed: computed('150千円') }), {}, [], 'department', project);
  expect(right.unmatched).toEqual([]);
  expect(right.values).not.toHaveProperty('zaigen__jigyohi__kessan_2023');
  const wrong = plan(sheet(cells, { computed: computed('160') }), {}, [], 'department', project);
  expect(wrong.unmatched).toMatchObject([{ text: '160', reason: expect.stringContaining('計算では 150 になる') }]);
});

test('a pair of choices that exclude each other is no answer', () => {
  const { values, unmatched, matched } = plan(
    sheet({ hokosei__row: '拡充', hokosei__column: '皆減' }),
    {},
    [],
    'department',
    project,
  );
  expect(values).toEqual({});
  expect(matched).toEqual([]);
  expect(unmatched.map(({ text }) => text)).toEqual(['拡充', '皆減']);
});

test('text that cannot be stored whole is listed whole', () => {
  const long = 'あ'.repeat(30_000);
  const { values, asked, unmatched } = plan(sheet({ goal: long, direction: '甲\u202e乙' }));
  expect(asked.map(({ address }) => address)).toEqual(['direction', 'goal']);
  expect(values.direction__raw).toBe('甲〔U+202E〕乙');
  expect(unmatched).toMatchObject([{ text: long }]);
});

test('a label whose brackets say something else is recognised, and its words are not lost', () => {
  const filled = readFilledSheet(
    measure,
    tableOf([['基本目標(仮)', '一'], ['6 経営戦略会議（内部評価）'], ['評価', '二']]),
  );
  expect(filled.cells).toEqual([
    { address: 'goal', raw: '一' },
    { address: 'board_text', raw: '二' },
  ]);
  expect(filled.leftovers.map(({ text }) => text)).toEqual(['6 経営戦略会議（内部評価）', '基本目標(仮)']);
});
