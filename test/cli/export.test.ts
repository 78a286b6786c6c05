// Writing sheets out from the command line: every format, one sheet and all, and what CP932 would lose.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOds } from 'hucre/ods';
import { readXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hyoka, hyokaJson } from './town.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const ask = async (...args: string[]) => {
  const { value } = await hyokaJson(...args);
  if (value.problem) throw new Error(value.problem.message);
  return value;
};
const write = (out: string, ...options: string[]) => ask('export', at('w'), '--out', at(out), ...options);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-export-'));
  await writeFile(at('sheets.csv'), '施策番号,施策名,主管課\n1-1,図書館の活用,社会教育課\n2-2,移住の相談,商工観光課\n');
  await ask('create', at('w'), '--office', '企画財政課', '--form', 'memuro-shisaku', '--year', '2022');
  await ask('assign', at('w'), at('sheets.csv'));
  await ask('set', at('w'), '--sheet', '2-2', '意図=ため池の水 3㎥', '課長名=見本 太郎');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['xlsx', readXlsx],
  ['ods', readOds],
] as const)('--format %s', (format, read) => {
  const opened = async (name: string) => (await read(await readFile(at(name)))).sheets;

  test('writes tables for machines, of all sheets or of one', async () => {
    expect(await write(`all.${format}`, '--format', format)).toMatchObject({ format, sheets: 2 });
    const all = await opened(`all.${format}`);
    expect(all.map(({ name }) => name)).toEqual(['一覧', 'データ', '項目', '選択肢']);
    expect(all[0]?.rows.slice(1).map(([number]) => number)).toEqual(['1-1', '2-2']);
    expect(await write(`one.${format}`, '--format', format, '--sheet', '2-2')).toMatchObject({ sheets: 1 });
    expect((await opened(`one.${format}`))[0]?.rows.slice(1).map(([number]) => number)).toEqual(['2-2']);
  });

  test('writes a worksheet a sheet as the paper looks, the public edition without internal fields, years in eras', async () => {
    await write(`form.${format}`, '--format', format, '--view', 'form');
    const internal = await opened(`form.${format}`);
    expect(internal.map(({ name }) => name)).toEqual(['1-1 図書館の活用', '2-2 移住の相談']);
    const texts = (sheets: typeof internal) => sheets.flatMap(({ rows }) => rows.flat()).join('\n');
    expect(texts(internal)).toContain('見本 太郎');
    expect(texts(internal)).toContain('2022年度');
    await write(`open.${format}`, '--format', format, '--view', 'form', '--edition', 'public', '--years', 'era');
    const open = texts(await opened(`open.${format}`));
    expect(open).not.toContain('見本 太郎');
    expect(open).not.toContain('課長名');
    expect(open).toContain('令和4年度');
  });
});

test('--each writes a workbook a sheet, writes over none, and is refused where there is no such thing', async () => {
  const options = ['--format', 'xlsx', '--view', 'form', '--each'];
  expect(await write('each', ...options)).toMatchObject({ sheets: 2 });
  expect(await readdir(at('each'))).toEqual(['1-1_図書館の活用.xlsx', '2-2_移住の相談.xlsx']);
  const { sheets } = await readXlsx(await readFile(at('each/2-2_移住の相談.xlsx')));
  expect(sheets.map(({ name }) => name)).toEqual(['2-2 移住の相談']);
  await rm(at('each/1-1_図書館の活用.xlsx'));
  const again = await hyokaJson('export', at('w'), '--out', at('each'), ...options);
  expect(again.value.problem).toMatchObject({ code: 'file.exists', details: { name: '2-2_移住の相談.xlsx' } });
  expect(await readdir(at('each'))).toEqual(['2-2_移住の相談.xlsx']);
  await write('hidden', ...options, '--edition', 'public');
  for (const format of [['json'], ['csv'], ['xlsx'], ['ods', '--view', 'machine']]) {
    expect((await hyoka('export', at('w'), '--out', at('x'), '--each', '--format', ...format)).exit).toBe(2);
  }
});

describe('--format csv', () => {
  test('in CP932 writes nothing while something would be lost, says what, and writes once a stand-in is chosen', async () => {
    const refused = await hyokaJson(
      'export',
      at('w'),
      '--format',
      'csv',
      '--encoding',
      'cp932',
      '--out',
      at('cp932.csv'),
    );
    expect(refused.value.problem.code).toBe('text.unencodable');
    await expect(stat(at('cp932.csv'))).rejects.toThrow('ENOENT');
    const { characters } = await ask('export', at('w'), '--losses');
    expect(characters).toMatchObject([{ character: '㎥', usual: 'm3', places: [{ number: '2-2', label: '意図' }] }]);
    await write('cp932.csv', '--format', 'csv', '--encoding', 'cp932', '--stand-ins', 'usual');
    expect(iconv.decode(await readFile(at('cp932.csv')), 'cp932')).toContain('ため池の水 3m3');
  });

  test('--rows cells writes one row a cell', async () => {
    await write('cells.csv', '--format', 'csv', '--rows', 'cells');
    expect((await readFile(at('cells.csv'), 'utf8')).split('\r\n')[0]).toMatch(
      /^\uFEFFシート番号,シート名,.*,状態,理由$/,
    );
  });
});

test.each([
  [['--format', 'doc'], '--format は'],
  [['--format', 'xlsx', '--view', 'pretty'], '--view は form か machine です。'],
  [['--format', 'csv', '--encoding', 'sjis'], '--encoding は utf-8 か cp932 です。'],
])('%s is told with the words there are', async (options, message) => {
  const { exit, stderr } = await hyoka('export', at('w'), '--out', at('x'), ...options);
  expect(exit).toBe(2);
  expect(stderr).toContain(message);
});
