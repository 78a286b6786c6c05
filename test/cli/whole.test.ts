// All sheets as a whole by command: the tables behind the pictures, and how the texts are written.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hyoka, hyokaJson, type Json } from './town.ts';

let folder: string;
const office = () => path.join(folder, 'office');
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-whole-'));
  const rows = '1-1,移住の相談,商工観光課,人の流れ\n1-2,道の駅,商工観光課,人の流れ\n';
  await writeFile(path.join(folder, 'sheets.csv'), `施策番号,施策名,主管課,基本目標\n${rows}`);
  await hyoka('create', office(), '--office', '企画財政課', '--form', 'memuro-shisaku', '--year', '2022');
  await hyoka('assign', office(), path.join(folder, 'sheets.csv'));
  await hyoka(
    'set',
    office(),
    '--sheet',
    '1-1',
    'rating=B',
    'board=C',
    'cost__expense__settled_2021=1,250',
    'kpi__r1__name=相談件数',
    'kpi__r1__type=increase',
    'kpi__r1__actual_2021=80',
    'kpi__r1__target=100',
    'intent=子どもと子供',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('figures: every table with the sheets behind its numbers, in words with tabs', async () => {
  const { value } = await hyokaJson('figures', office());
  const table = (title: RegExp): Json => value.tables.find((one: Json) => title.test(one.title));
  const squares = (row: Json): [string, string[]][] => row.squares.map(({ text, sheets }: Json) => [text, sheets]);
  expect(value.sheets).toBe(2);
  expect(table(/指標の達成状況/).columns).toEqual(['達成', '未達', '判定できない']);
  expect(squares(table(/指標の達成状況/).rows[0])).toEqual([
    ['0', []],
    ['1', ['1-1']],
    ['0', []],
  ]);
  expect(table(/評価の違うシート/).rows.map(({ label }: Json) => label)).toEqual(['1-1 移住の相談']);
  expect(squares(table(/^施策事業費/).rows[0])[1]).toEqual(['1,250（数のないシート1）', ['1-1']]);
  const { exit, stdout } = await hyoka('figures', office());
  expect(exit).toBe(0);
  expect(stdout).toContain('■ 指標の達成状況\n\t達成\t未達\t判定できない\n人の流れ\t0\t1\t0\n');
});

test('quality: findings with their places, of all sheets or of those named', async () => {
  const { value } = await hyokaJson('quality', office());
  const words = value.findings.find(({ kind }: Json) => kind === 'word');
  expect(words.uses.map(({ label, count }: Json) => [label, count])).toEqual([
    ['子ども', 1],
    ['子供', 1],
  ]);
  expect(words.uses[1].places[0]).toMatchObject({ sheet: '1-1', label: '意図', match: '子供' });
  const { stdout } = await hyoka('quality', office());
  expect(stdout).toContain('■ 言葉の書き方\n  「子ども」「子供」「こども」\n');
  expect(stdout).toContain('1-1 意図：子どもと【子供】');
  const other = await hyokaJson('quality', office(), '--sheet', '1-2');
  expect(other.value).toMatchObject({ sheets: 1, findings: [] });
  const unknown = await hyokaJson('quality', office(), '--sheet', '9-9');
  expect([unknown.exit, unknown.value.problem.code]).toEqual([1, 'sheet.unknown']);
});

test('spellings: the usual ones come first, what nobody minds is left out, and all can be taken away again', async () => {
  const kept = async (...options: string[]) => (await hyokaJson('spellings', office(), ...options)).value.own;
  const found = async () =>
    (await hyokaJson('quality', office())).value.findings.filter(({ kind }: Json) => kind === 'word');
  expect(await kept('--word', 'こども,子ども、子供', '--unit', '人日、人・日')).toEqual([
    { kind: 'word', words: ['こども', '子ども', '子供'], isChecked: true },
    { kind: 'unit', words: ['人日', '人・日'], isChecked: true },
  ]);
  expect((await found()).map(({ words }: Json) => words)).toEqual([['こども', '子ども', '子供']]);
  expect((await kept('--skip', '子供'))[0].isChecked).toBe(false);
  expect(await found()).toEqual([]);
  const { stdout } = await hyoka('spellings', office());
  expect(stdout).toContain(
    '  言葉　こども、子ども、子供（調べない）\n  単位　人日、人・日\n■ プログラムと様式の書き方\n',
  );
  const { exit, stderr } = await hyoka('spellings', office(), '--word', '子ども、お子さん');
  expect([exit, stderr]).toEqual([1, expect.stringContaining('「子ども」が、二度出てきます。')]);
  expect((await hyoka('spellings', office(), '--remove', 'にぎわい')).exit).toBe(2);
  expect(await kept('--remove', '子ども', '--remove', '人日')).toEqual([]);
  expect(await found()).toHaveLength(1);
});
