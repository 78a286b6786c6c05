// Publishing from the command line: nothing is published unsaid, a number comes out as it was, and corrections are told.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hyoka, hyokaJson } from './town.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-publication-'));
  await writeFile(at('sheets.csv'), '施策番号,施策名,主管課\n1-1,図書館の活用,社会教育課\n2-2,移住の相談,商工観光課\n');
  await hyoka('create', at('w'), '--office', '企画財政課', '--form', 'memuro-shisaku', '--year', '2022');
  await hyoka('assign', at('w'), at('sheets.csv'));
  await hyoka('set', at('w'), '--sheet', '2-2', '意図=相談を増やす', '課長名=見本 太郎');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what is open is told, and nothing is recorded until it is said to be so', async () => {
  const planned = await hyoka('publish', at('w'), '--plan');
  expect(planned.exit).toBe(0);
  expect(planned.stdout).toContain('2-2 移住の相談　課長確認がない、または失効');
  const refused = await hyokaJson('publish', at('w'), '--name', '企画係　甲野');
  expect([refused.exit, refused.value.plan, refused.value.number]).toEqual([1, true, 1]);
  expect((await hyoka('snapshots', at('w'))).stdout.trim()).toBe('まだ何も公表していません。');
  const made = await hyokaJson('publish', at('w'), '--name', '企画係　甲野', '--as-is', '--publisher', '花見沢町');
  expect([made.exit, made.value.number, made.value.sheets, made.value.edition]).toEqual([0, 1, 2, 'public']);
});

test('a number is written out in every format as it was, and corrections are told', async () => {
  await hyoka('set', at('w'), '--sheet', '2-2', '意図=相談と見学を増やす');
  expect((await hyokaJson('publish', at('w'), '--name', '甲野', '--as-is')).value.number).toBe(2);
  expect((await hyoka('snapshots', at('w'))).stdout).toMatch(/第2号.*甲野.*公表用.*2枚.*\n第1号.*企画係　甲野/);
  const { stdout } = await hyoka('snapshots', at('w'), '--errata', '1', '2');
  expect(stdout).toContain('2-2 移住の相談\n  意図：相談を増やす → 相談と見学を増やす');
  const written = await hyokaJson('export', at('w'), '--format', 'html', '--out', at('site'), '--snapshot', '1');
  expect(written.value).toMatchObject({ format: 'html', sheets: 2 });
  expect((await readdir(at('site'))).sort()).toEqual([
    'about.html',
    'assets',
    'data',
    'departments.html',
    'errata.html',
    'goals.html',
    'index.html',
    'sheets',
  ]);
  expect(await readFile(at('site', 'index.html'), 'utf8')).toContain('花見沢町');
  for (const format of ['json', 'csv', 'xlsx', 'ods']) {
    expect(
      (await hyoka('export', at('w'), '--format', format, '--out', at(`one.${format}`), '--snapshot', '1')).exit,
    ).toBe(0);
  }
  const csv = await readFile(at('one.csv'), 'utf8');
  expect([csv.includes('相談を増やす'), csv.includes('見本 太郎')]).toEqual([true, false]);
});

test.each([
  [['publish'], '--name を指定'],
  [['snapshots', '1'], '--errata を付けて'],
  [['snapshots', '--errata', '1'], '二つの号の番号'],
  [['snapshots', '--errata', '一', '2'], '公表の号の番号'],
  [['export', '--format', 'json', '--out', 'x', '--snapshot', '1', '--edition', 'public'], '一緒には使えません'],
  [['export', '--format', 'json', '--out', 'x', '--snapshot', '0'], '公表の号の番号'],
])('%j is a wrong call and says why', async ([command = '', ...rest], message) => {
  const { exit, stderr } = await hyoka(command, at('w'), ...rest);
  expect([exit, stderr.includes(message)]).toEqual([2, true]);
});

test('a number that there is not, and a folder with other files, are told', async () => {
  const unknown = await hyokaJson('export', at('w'), '--format', 'json', '--out', at('x'), '--snapshot', '9');
  expect([unknown.exit, unknown.value.problem.code]).toEqual([1, 'publication.unknown']);
  const occupied = await hyokaJson('export', at('w'), '--format', 'html', '--out', folder);
  expect([occupied.exit, occupied.value.problem.code]).toEqual([1, 'folder.occupied']);
});
