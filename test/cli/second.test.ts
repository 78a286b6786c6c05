// The second, quite different form through the same commands: nothing in the program knows it by name.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hyokaJson, type Json, joinAs } from './town.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const ask = async (...args: string[]) => {
  const { value } = await hyokaJson(...args);
  if (value.problem) throw new Error(value.problem.message);
  return value;
};
const cell = (shown: Json, label: string) => shown.cells.find((c: Json) => c.label === label);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-second-'));
  await writeFile(
    at('sheets.csv'),
    '整理番号,事務事業名,担当課\n101,川辺の清掃,環境課\n102,遊具の点検,環境課、公園課\n',
  );
  await ask('create', at('office'), '--office', '企画財政課', '--form', 'jimujigyo-zaigen', '--year', '2025');
  await ask('assign', at('office'), at('sheets.csv'));
  const { packages } = await ask('distribute', at('office'), '--out', at('out'));
  for (const p of packages) await joinAs(at('office'), at(p.unit), p.file);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SOURCES = ['国庫支出金', '県支出金', '地方債', 'その他特定財源', '一般財源'];
const COLUMNS = ['2023年度決算', '2024年度決算見込', '2025年度当初予算', '2026年度計画'];

test('loading: funds by source over four years of their own kinds, a direction in two axes', async () => {
  const shown = await ask('show', at('環境課'), '--sheet', '101');
  for (const column of COLUMNS)
    for (const source of SOURCES) expect(cell(shown, `${source}（千円） ${column}`)).toBeDefined();
  expect(shown.cells.filter((c: Json) => c.label.startsWith('今後の方向性'))).toHaveLength(2);
});

test('filling: the total follows its parts and cannot be typed; an impossible pair of directions is asked about', async () => {
  const parts = ['１，２００', '300', '0', '0', '▲50'].map((raw, index) => `${SOURCES[index]} ${COLUMNS[0]}=${raw}`);
  const { asked } = await ask('set', at('環境課'), '--sheet', '101', ...parts, '人工 2023年度決算=0.250');
  expect(asked).toEqual([]);
  const shown = await ask('show', at('環境課'), '--sheet', '101');
  expect(cell(shown, '事業費計（千円） 2023年度決算').value).toBe('1450');
  expect(cell(shown, '人工（人） 2023年度決算').value).toBe('0.250');
  const total = await hyokaJson('set', at('環境課'), '--sheet', '101', '事業費計 2023年度決算=9');
  expect([total.exit, total.value.problem.code]).toEqual([1, 'cell.locked']);
  const pair = await ask('set', at('環境課'), '--sheet', '101', '今後の方向性 成果=拡充', '今後の方向性 コスト=皆減');
  expect(pair.cells.map((c: Json) => [c.value, c.raw])).toEqual([
    ['expand', null],
    [null, '皆減'],
  ]);
  expect(pair.asked[0].reason).toContain('組み合わせられない');
  expect((await ask('set', at('環境課'), '--sheet', '101', '今後の方向性 コスト=増加')).asked).toEqual([]);
});

test('filling: a year is read in every spelling, one that never was is asked about, and the western year is exported', async () => {
  const sheet = [at('環境課'), '--sheet', '101'];
  const { asked } = await ask('set', ...sheet, '開始年度=昭和６０年度', '終了予定年度=平成32');
  expect(asked.map((q: Json) => [q.address, q.raw, q.candidates])).toEqual([
    ['shuryo', '平成32', [{ label: '2020年度（令和2年度）', value: '2020' }]],
  ]);
  const open = await ask('show', ...sheet);
  expect(cell(open, '開始年度')).toMatchObject({ value: '1985', text: '1985年度（昭和60年度）' });
  const answered = await ask('set', ...sheet, '終了予定年度=2020');
  expect([answered.asked, answered.cells[0].value, answered.cells[0].raw]).toEqual([[], '2020', '平成32']);
  await ask('export', at('環境課'), '--format', 'csv', '--out', at('years.csv'));
  await ask('export', at('環境課'), '--format', 'json', '--out', at('years.json'));
  const [head = '', row = ''] = (await readFile(at('years.csv'), 'utf8')).split('\r\n');
  const column = (label: string) => row.split(',')[head.split(',').indexOf(label)];
  expect([column('開始年度'), column('終了予定年度')]).toEqual(['1985', '2020']);
  const exported = JSON.parse(await readFile(at('years.json'), 'utf8')) as Json;
  expect(exported.sheets[0].cells.find((c: Json) => c.address === 'kaishi').value).toBe('1985');
});

test('merging: two departments on one sheet, the committee’s cells stay the office’s, the result is exported', async () => {
  await ask(
    'set',
    at('環境課'),
    '--sheet',
    '102',
    '対象（誰を・何を）=町内の公園',
    '今後の方向性 成果=拡充',
    '今後の方向性 コスト=増加',
  );
  await ask('set', at('公園課'), '--sheet', '102', '目指す状態=安全に遊べる', '実施方法 一部委託=○');
  const refused = await hyokaJson('set', at('公園課'), '--sheet', '102', '二次評価 意見=委員会の意見');
  expect(refused.exit).toBe(1);
  for (const unit of ['環境課', '公園課']) {
    const { packages } = await ask('submit', at(unit), '--out', at('in'), '--incomplete', '--sheet', '102');
    const { sender } = await ask('inspect', packages[0].file);
    await ask('trust', at('office'), '--expect', sender.print, '--unit', unit);
  }
  const { packages } = await ask('merge', at('office'), at('in'));
  expect(packages.map((p: Json) => p.sheets[0].outcome).sort()).toEqual(['merged', 'new']);
  await ask('export', at('office'), '--format', 'json', '--out', at('all.json'));
  const sheet = JSON.parse(await readFile(at('all.json'), 'utf8')).sheets.find((s: Json) => s.number === '102');
  const values = sheet.cells.map((c: Json) => c.value);
  for (const value of ['町内の公園', '安全に遊べる', true]) expect(values).toContain(value);
  expect((await ask('verify', at('office'))).findings).toEqual([]);
});
