// Returns, receipts and undo by commands.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hyoka, hyokaJson, joinAs } from './town.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const ask = async (...args: string[]) => {
  const { value } = await hyokaJson(...args);
  if (value.problem) throw new Error(value.problem.message);
  return value;
};
const words = async (...args: string[]) => (await hyoka(...args)).stdout;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-returning-'));
  await writeFile(at('sheets.csv'), '施策番号,施策名,主管課\n1-1,図書館の活用,社会教育課\n');
  await ask('create', at('office'), '--office', '企画財政課', '--form', 'memuro-shisaku', '--year', '2022');
  await ask('assign', at('office'), at('sheets.csv'));
  const { packages } = await ask('distribute', at('office'), '--out', at('out'));
  await joinAs(at('office'), at('dept'), packages[0].file);
  await ask('set', at('dept'), '--sheet', '1-1', '意図=読む人を増やす');
  const { file } = await ask('submit', at('dept'), '--out', at('in'), '--incomplete');
  const { packages: aside } = await ask('merge', at('office'), file);
  await ask('trust', at('office'), '--accept', aside[0].print, '--unit', '社会教育課');
  await ask('merge', at('office'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a receipt, a return: the department reads what became of its sheet', async () => {
  const receipt = await ask('receipt', at('office'), '--out', at('receipts'));
  await ask('merge', at('dept'), receipt.packages[0].file);
  expect(await words('status', at('dept'))).toContain('受領済み');
  const back = await ask('return', at('office'), '--out', at('back'), '--sheet', '1-1', '--send-back');
  expect(path.basename(back.packages[0].file)).toMatch(/^R\d{4}-2022-\d{4}-[0-9a-f]{8}\.hyoka\.json$/);
  await ask('merge', at('dept'), back.packages[0].file);
  expect(await words('status', at('dept'))).toContain('差戻し');
  expect(await words('status', at('office'))).toMatch(/差戻し1　受理0.*返却 第3号：未着/);
});

test('the record shows what an undo would take; only --yes takes it, and it comes again', async () => {
  const { packages } = await ask('received', at('office'));
  expect(packages).toMatchObject([{ kind: 'submission', outcome: 'applied', unit: '社会教育課', undoable: true }]);
  const hash = packages[0].hash.slice(0, 12);
  const shown = await words('received', at('office'), '--undo', hash);
  expect(shown).toContain('まだ何も変えていません');
  expect(shown).toContain('シート 1-1 図書館の活用');
  expect((await ask('received', at('office'))).packages[0].outcome).toBe('applied');
  expect((await ask('received', at('office'), '--undo', hash, '--yes')).undone).toBe(true);
  expect(await words('received', at('office'))).toContain('取り消し済み');
  expect((await ask('status', at('office'))).sheets[0].state).toBe('waiting');
  expect((await ask('received', at('office'), '--redo', hash)).redone.outcome).toBe('applied');
  expect((await ask('status', at('office'))).sheets[0].state).toBe('returned');
});

test('calls that say too little or too much are told', async () => {
  const calls = [
    ['return', at('office'), '--out', at('x'), '--sheet', '1-1'],
    ['return', at('office'), '--out', at('x'), '--sheet', '1-1', '--accept', '--send-back'],
    ['return', at('office'), '--out', at('x'), '--accept'],
    ['received', at('office'), '--yes'],
    ['received', at('office'), '--undo', 'ffff', '--redo', 'ffff'],
    ['received', at('office'), '--undo', 'no such'],
  ];
  for (const call of calls) expect((await hyoka(...call)).exit, call.join(' ')).toBe(2);
});
