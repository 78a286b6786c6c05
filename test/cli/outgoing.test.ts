// Seals, the register and the same package once more, by the commands of an office's script.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hyoka, hyokaJson, type Json, joinAs } from './town.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const ask = async (...args: string[]): Promise<Json> => {
  const { value } = await hyokaJson(...args);
  if (value.problem) throw new Error(value.problem.message);
  return value;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-cli-outgoing-'));
  await writeFile(at('sheets.csv'), '整理番号,事務事業名,担当課\n101,川辺の清掃,環境課\n');
  await writeFile(at('words'), '電話で伝えるながい言葉\n');
  await ask('create', at('office'), '--office', '企画財政課', '--form', 'jimujigyo-zaigen', '--year', '2025');
  await ask('assign', at('office'), at('sheets.csv'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a first distribution sealed by a passphrase; then by keys; looked up, written again and erased', async () => {
  const refused = await hyokaJson('distribute', at('office'), '--out', at('none'), '--seal');
  expect([refused.exit, refused.value.problem.code]).toEqual([1, 'seal.unknown']);
  const words = ['--seal-passphrase-file', at('words')];
  const { packages } = await ask('distribute', at('office'), '--out', at('out'), ...words, '--person', '夏川 葵');
  expect(packages[0]).toMatchObject({ sealed: 'passphrase', file: expect.stringMatching(/\.hyoka\.age$/) });
  expect((await hyokaJson('inspect', packages[0].file)).value.problem.code).toBe('seal.locked');
  expect((await ask('inspect', packages[0].file, ...words)).verified).toBe(true);

  await joinAs(at('office'), at('env'), packages[0].file, ...words);
  const handedIn = await ask('submit', at('env'), '--out', at('in'), '--incomplete', '--seal', '--medium', '環-01');
  expect(handedIn.packages[0].sealed).toBe('keys');
  const merged = (await hyokaJson('merge', at('office'), at('in'))).value.packages;
  expect(merged[0]).toMatchObject({ outcome: 'quarantined', reason: 'signer.unknown' });

  const [entry] = (await ask('register', at('env'))).entries;
  expect(entry).toMatchObject({ id: 1, medium: '環-01', sealed: true, erasedAt: null });
  const again = await ask('rewrite', at('env'), '1', '--out', at('again'), '--open');
  expect(again.packages[0]).toMatchObject({ hash: entry.hash, sealed: 'open' });
  const erase = ['register', at('env'), '--erase', '1', '--csv', at('記録.csv')];
  expect((await hyokaJson(...erase)).exit).toBe(2);
  const { entries } = await ask(...erase, '--person', '冬木 蓮');
  expect(entries.map((one: Json) => one.erasedBy)).toEqual([null, '冬木 蓮']);
  expect(await readFile(at('記録.csv'), 'utf8')).toContain('環-01');
  const { stdout } = await hyoka('register', at('env'));
  expect(stdout).toMatch(/^2　.+未消去\n1　.+消去 \d{4}-\d\d-\d\d 冬木 蓮\n$/);
  expect((await hyokaJson('rewrite', at('env'), 'x', '--out', at('x'))).exit).toBe(2);
  expect((await hyokaJson('rewrite', at('env'), '99', '--out', at('x'))).value.problem.code).toBe('package.unkept');
});
