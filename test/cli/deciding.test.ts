// Confirming, moving rounds, open conflicts and lost values by command, in words and as data.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hyoka, hyokaJson, type Json } from './town.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const ask = async (...args: string[]) => {
  const { value } = await hyokaJson(...args);
  if (value.problem) throw new Error(value.problem.message);
  return value;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-deciding-'));
  await writeFile(at('sheets.csv'), '施策番号,施策名,主管課\n2-1,道の駅,商工観光課、社会教育課\n');
  const { print } = await ask(
    'create',
    at('office'),
    '--office',
    '企画財政課',
    '--form',
    'memuro-shisaku',
    '--year',
    '2022',
  );
  await ask('assign', at('office'), at('sheets.csv'));
  const { packages } = await ask('distribute', at('office'), '--out', at('out'));
  for (const p of packages) await ask('join', at(p.unit), p.file, '--office-print', print);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a department confirms; the office sees code and confirmation in the plan, decides, lists what lost, moves the round', async () => {
  await ask('set', at('商工観光課'), '--sheet', '2-1', '意図=観光の意図');
  await ask('set', at('社会教育課'), '--sheet', '2-1', '意図=図書の意図');
  const { sheets } = await ask('confirm', at('商工観光課'), '--sheet', '2-1', '--name', '観光課長　山川 一');
  expect((await hyoka('confirm', at('商工観光課'), '--name', '課長')).exit).toBe(2);
  const shown = await ask('show', at('商工観光課'), '--sheet', '2-1');
  expect([shown.digest, shown.confirmation.state]).toEqual([sheets[0].digest, 'valid']);
  const files: Record<string, string> = {};
  for (const unit of ['商工観光課', '社会教育課']) {
    const { packages } = await ask('submit', at(unit), '--out', at('in'), '--incomplete');
    files[unit] = packages[0].file;
    const { sender } = await ask('inspect', packages[0].file);
    await ask('trust', at('office'), '--expect', sender.print, '--unit', unit);
  }
  const plan = await hyoka('merge', at('office'), files.商工観光課 ?? '', '--plan');
  expect(plan.stdout).toContain(`内容コード ${shown.digest}　課長確認済み`);
  await ask('merge', at('office'), at('in'));

  const { conflicts } = await ask('conflicts', at('office'));
  expect(conflicts).toMatchObject([{ sheet: '2-1', label: '意図', base: '（空欄）' }]);
  expect(conflicts[0].sides.map(({ text }: Json) => text).sort()).toEqual(['図書の意図', '観光の意図']);
  await ask('set', at('office'), '--sheet', '2-1', '意図=観光の意図');
  expect((await hyoka('conflicts', at('office'))).stdout).toContain('まだ選ばれていない競合はありません。');
  const { losses } = await ask('losses', at('office'), '--sheet', '2-1');
  expect(losses).toMatchObject([{ label: '意図', text: '図書の意図', to: '観光の意図', by: { unit: '企画財政課' } }]);

  expect(await ask('round', at('office'), '--round', 'internal')).toMatchObject({ sheets: ['2-1'] });
  expect((await hyokaJson('round', at('office'), '--round', 'unheard_of')).value.problem.code).toBe('round.unknown');
  expect(await ask('round', at('office'), '--round', 'none', '--sheet', '2-1')).toMatchObject({ sheets: ['2-1'] });
});
