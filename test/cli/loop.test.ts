// The whole loop by commands, as an office scripts it: with the real sheet where it is at hand, and always with an
// invented one.

import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hyoka, hyokaFrom, hyokaJson, type Json, joinAs } from './town.ts';

const seed = path.resolve(import.meta.dirname, '../../../shared/seed/memuro-2-2.txt');
const sample = path.resolve(import.meta.dirname, '../../resources/samples/memuro-sample.txt');
const sheets = path.resolve(import.meta.dirname, '../../resources/samples/memuro-sheets.csv');
if (!existsSync(seed))
  console.warn('SKIPPED: the real seed sheet (../shared/seed) is not here; only the invented one is run.');

const cases = [
  { name: 'the invented sheet', file: sample, number: '3-1', unit: 'くらし移住課', real: false },
  ...(existsSync(seed)
    ? [{ name: 'the real seed sheet', file: seed, number: '2-2', unit: '魅力創造課', real: true }]
    : []),
];

describe.each(cases)('$name', ({ file, number, unit, real }) => {
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  let asked: Json[];
  let submission: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyoka-loop-'));
    const csv = real
      ? `施策番号,施策名,主管課\n${number},関係人口創出プロジェクト,${unit}\n`
      : await readFile(sheets, 'utf8');
    await writeFile(at('sheets.csv'), csv);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('the office creates the year, assigns and distributes; the department joins', async () => {
    const made = await hyokaJson(
      'create',
      at('office'),
      '--role',
      'office',
      '--office',
      '企画財政課',
      '--form',
      'memuro-shisaku',
      '--year',
      '2022',
    );
    expect(made.exit).toBe(0);
    expect(made.value).toMatchObject({ ok: true, year: 2022, subjectYear: 2021, role: 'office' });
    expect(made.stderr).toContain('--passphrase-file');
    expect((await hyokaJson('assign', at('office'), at('sheets.csv'))).value.sheets).toContain(number);
    const { value } = await hyokaJson('distribute', at('office'), '--out', at('out'));
    const own = value.packages.find((p: Json) => p.unit === unit);
    const seen = await hyokaJson('inspect', own.file);
    expect(seen.value).toMatchObject({
      verified: true,
      kind: 'distribution',
      sender: { unit: '企画財政課', print: made.value.print },
    });
    expect(Buffer.from(seen.value.sender.publicKey, 'base64')).toHaveLength(32);
    expect((await hyokaJson('join', at('dept.hyoka'), own.file)).value.problem.code).toBe('print.incomplete');
    const joined = await hyokaJson('join', at('dept.hyoka'), own.file, '--office-print', made.value.print);
    expect(joined.value).toMatchObject({ ok: true, role: 'department', unit });
    expect((await hyokaJson('join', at('dept.hyoka'), own.file)).value.packages[0].outcome).toBe('duplicate');
  });

  test('fill asks about the two 人工 and keeps what was typed; the committees stay with their writers', async () => {
    const preview = await hyokaJson('fill', at('dept'), file, '--preview');
    expect((await hyokaJson('show', at('dept'), '--sheet', number)).value.asked).toEqual([]);
    const { value, exit } = await hyokaJson('fill', at('dept'), file);
    expect(exit).toBe(0);
    expect({ ...value, revision: null }).toEqual({ ...preview.value, revision: null });
    const { value: shown } = await hyokaJson('show', at('dept'), '--sheet', number);
    asked = shown.asked.filter((q: Json) => q.kind === 'reading');
    expect(asked).toHaveLength(2);
    for (const question of asked) {
      expect(question.raw).toMatch(/^\d,\d{4}$/);
      expect(shown.cells.find((cell: Json) => cell.address === question.address).value).toBeNull();
    }
    expect(shown.asked.filter((q: Json) => q.kind === 'check').length).toBeGreaterThan(0);
    expect(shown.unmatched.length).toBeGreaterThan(0);
    expect(new Set(shown.cells.map((cell: Json) => cell.label)).size).toBe(shown.cells.length);
    expect(JSON.stringify(shown)).not.toMatch(/<\/?(p|ul|br|input)\b/);
  });

  test('submit refuses with the missing labels, and goes once they are answered', async () => {
    const refused = await hyokaJson('submit', at('dept'), '--out', at('in'), '--sheet', number);
    expect(refused.exit).toBe(1);
    expect(refused.value.problem.code).toBe('sheet.incomplete');
    for (const { label } of asked) expect(JSON.stringify(refused.value)).toContain(label);
    expect(existsSync(at('in'))).toBe(false);
    const answers = asked.flatMap((q) => ['--answer', `${q.label}=${q.raw.replace(',', '.')}`]);
    await hyokaJson('fill', at('dept'), file, ...answers);
    const { value } = await hyokaJson('show', at('dept'), '--sheet', number);
    for (const q of asked) {
      const cell = value.cells.find((c: Json) => c.address === q.address);
      expect(cell.value).toBe(q.raw.replace(',', '.'));
    }
    const done = await hyokaJson('submit', at('dept'), '--out', at('in'), '--sheet', number);
    expect(done.exit).toBe(0);
    submission = done.value.packages[0].file;
    expect(path.basename(submission)).toMatch(/^S\d{4}-2022-\d{4}-[0-9a-f]{8}\.hyoka\.json$/);
  });

  test('the office sets it aside, trusts, plans, merges, and sees it again as a duplicate', async () => {
    const aside = await hyokaJson('merge', at('office'), submission);
    expect(aside.exit).toBe(1);
    expect(aside.value.packages[0]).toMatchObject({ outcome: 'quarantined', reason: 'signer.unknown' });
    const { print } = aside.value.packages[0];
    expect(print).toMatch(/^\d{30}$/);
    expect((await hyokaJson('trust', at('office'), '--list')).value.signers[0]).toMatchObject({ print, state: 'seen' });
    const plan = await hyokaJson('merge', at('office'), at('in'), '--plan');
    expect(plan.value.packages).toMatchObject([{ outcome: 'quarantined', held: true }]);
    expect((await hyokaJson('status', at('office'))).value.sheets.every((s: Json) => s.state === 'waiting')).toBe(true);
    const trusted = await hyokaJson('trust', at('office'), '--accept', print, '--unit', unit);
    expect(trusted.exit).toBe(0);
    expect(trusted.value.taken[0]).toMatchObject({ outcome: 'applied', sheets: [{ number, outcome: 'new' }] });
    const again = await hyokaJson('merge', at('office'), submission);
    expect([again.exit, again.value.packages[0].outcome]).toEqual([0, 'duplicate']);
  });

  test('altered and cut copies are refused with their reason and change nothing', async () => {
    const bytes = await readFile(submission);
    const before = (await hyoka('status', at('office'), '--json')).stdout;
    bytes[300] = bytes[300] === 65 ? 66 : 65;
    await writeFile(at('altered.json'), bytes);
    await writeFile(at('cut.json'), bytes.subarray(0, 1_000));
    const { exit, value } = await hyokaJson('merge', at('office'), at('altered.json'), at('cut.json'));
    expect(exit).toBe(1);
    expect(value.packages.map((p: Json) => [p.outcome, p.reason])).toEqual([
      ['refused', 'package.tampered'],
      ['refused', 'package.truncated'],
    ]);
    expect((await hyokaJson('inspect', at('altered.json'))).value).toMatchObject({
      verified: false,
      reason: 'package.tampered',
    });
    expect((await hyoka('status', at('office'), '--json')).stdout).toBe(before);
  });

  test('status, export and verify show the result', async () => {
    const { value: status } = await hyokaJson('status', at('office'));
    const row = status.sheets.find((s: Json) => s.number === number);
    expect(row).toMatchObject({ state: 'received', completeness: { percent: 100 } });
    expect(row.head).toMatch(/^[0-9a-f]{64}$/);
    expect(status.departments.find((d: Json) => d.unit === unit).lastPackage).toMatchObject({ sequence: 1 });
    await hyokaJson('export', at('office'), '--format', 'json', '--out', at('all.json'));
    await hyokaJson('export', at('office'), '--format', 'csv', '--out', at('all.csv'));
    const exported = JSON.parse(await readFile(at('all.json'), 'utf8')).sheets.find((s: Json) => s.number === number);
    const { value: shown } = await hyokaJson('show', at('dept'), '--sheet', number);
    const filled = shown.cells.filter((cell: Json) => cell.value !== null);
    expect(exported.cells.map((c: Json) => [c.address, c.value])).toEqual(
      filled.map((c: Json) => [c.address, c.value]),
    );
    const csv = await readFile(at('all.csv'), 'utf8');
    expect(csv.startsWith('\uFEFF施策番号,施策名,')).toBe(true);
    for (const q of asked) expect(csv).toContain(q.raw.replace(',', '.'));
    expect((await hyokaJson('verify', at('office'))).value.findings).toEqual([]);
  });

  test('the office takes the same file in with every cell, the committees included', async () => {
    await hyokaJson(
      'create',
      at('old'),
      '--role',
      'office',
      '--office',
      '企画財政課',
      '--form',
      'memuro-shisaku',
      '--year',
      '2022',
    );
    await hyokaJson('assign', at('old'), at('sheets.csv'));
    const { value } = await hyokaJson('fill', at('old'), file);
    expect(value.unmatched).toEqual([]);
    expect(value.asked.filter((q: Json) => q.kind === 'check').map((q: Json) => q.raw)).toEqual(
      expect.arrayContaining(['D']),
    );
    const { value: shown } = await hyokaJson('show', at('old'), '--sheet', number);
    expect(shown.head).toBe(value.revision);
    expect(shown.draft).toBe(false);
  });
});

describe('calls', () => {
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyoka-calls-'));
    await writeFile(at('sheets.csv'), '施策番号,施策名,主管課,基本目標\n1-1,図書館,社会教育課,学び\n');
    await hyoka('create', at('w'), '--office', '企画課', '--form', 'memuro-shisaku', '--year', '2022');
    await hyoka('assign', at('w'), at('sheets.csv'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    [[], 2],
    [['unknown'], 2],
    [['create', 'x'], 2],
    [['create', 'x', '--role', 'department', '--office', 'a', '--form', 'b', '--year', '2022'], 2],
    [['set', 'w'], 2],
    [['set', 'w', '--sheet', '1-1', '等号なし'], 2],
    [['export', 'w', '--format', 'doc', '--out', 'x'], 2],
    [['status', 'w', '--colour'], 2],
    [['status', 'none'], 1],
    [['show', 'w', '--sheet', '9-9'], 1],
    [['show', 'w', '--sheet', '1-1'], 0],
    [['set', 'w', '--sheet', '1-1', 'ない欄=1'], 1],
    [['merge', 'w', 'none.json'], 1],
    [['create', 'w', '--office', 'a', '--form', 'memuro-shisaku', '--year', '2022'], 1],
    [['create', 'n', '--office', 'a', '--form', 'none', '--year', '2022'], 1],
  ] as const)('hyoka %j ends with %i', async (args, exit) => {
    const placed = args.map((arg) => (/^(w|x|n|none|none\.json)$/.test(arg) && arg !== 'none' ? at(arg) : arg));
    const outcome = await hyoka(...placed);
    expect({ ...outcome, exit: outcome.exit }).toMatchObject({ exit });
    if (exit !== 0) expect(outcome.stderr + outcome.stdout).toMatch(/[ぁ-ん]/);
  });

  test('set reads as a person types: full-width digits, states, questions, labels without their brackets', async () => {
    const { value } = await hyokaJson(
      'set',
      at('w'),
      '--sheet',
      '1-1',
      '施策事業費 2020年度決算=６０，５６４',
      '人工数 2020年度決算=2,2948',
      '重要業績評価指標 ① 2021年度実績=未確定',
      '意図=・一\n・二',
    );
    expect(value.cells.map((c: Json) => [c.value, c.state, c.raw])).toEqual([
      ['60564', null, null],
      [null, null, '2,2948'],
      [null, 'pending', null],
      ['・一\n・二', null, null],
    ]);
    expect(value.asked).toHaveLength(1);
  });

  test('an own form file, a passphrase, and --incomplete', async () => {
    await writeFile(at('pass.txt'), 'ながい合い言葉です\n');
    await writeFile(at('wrong.txt'), 'ちがう\n');
    await copyFile(path.resolve('resources/forms/jimujigyo-zaigen.form.json'), at('own.form.json'));
    const made = await hyoka(
      'create',
      at('own'),
      '--office',
      '企画課',
      '--form',
      at('own.form.json'),
      '--year',
      '2025',
      '--passphrase-file',
      at('pass.txt'),
    );
    expect(made).toMatchObject({ exit: 0, stderr: '' });
    const { value: w } = await hyokaJson('distribute', at('w'), '--out', at('out'));
    await joinAs(at('w'), at('d'), w.packages[0].file, '--passphrase-file', at('pass.txt'));
    expect((await hyokaJson('submit', at('d'), '--out', at('in'), '--incomplete')).value.problem.code).toBe(
      'key.locked',
    );
    expect(
      (await hyokaJson('submit', at('d'), '--out', at('in'), '--incomplete', '--passphrase-file', at('wrong.txt')))
        .value.problem.code,
    ).toBe('key.wrong');
    const { value, exit } = await hyokaJson(
      'submit',
      at('d'),
      '--out',
      at('in'),
      '--incomplete',
      '--passphrase-file',
      at('pass.txt'),
    );
    expect(exit).toBe(0);
    expect(value.incomplete[0].missing.length).toBeGreaterThan(5);
    const raw = await readFile(at('d.hyoka'));
    expect(raw.includes('"open":')).toBe(false);
  });

  test('words of the person are understood where the person stands, and told in Japanese', async () => {
    const stood = await hyokaFrom(
      folder,
      'create',
      'here',
      '--office',
      '企画課',
      '--form',
      'memuro-shisaku',
      '--year',
      '2022',
    );
    expect(stood.exit).toBe(0);
    const shown = await hyokaFrom(folder, 'status', 'here', '--json');
    expect({ ...shown, stdout: JSON.parse(shown.stdout).ok }).toEqual({ exit: 0, stdout: true, stderr: '' });
    expect(await hyokaFrom(folder, 'status', 'there')).toMatchObject({ exit: 1, stdout: '' });
    expect(await hyokaFrom(folder, 'status')).toMatchObject({ exit: 2, stdout: '' });
    for (const args of [
      ['status', 'here', '--bogus'],
      ['submit', 'here', '--out'],
      ['create', 'y', '--office', '', '--form', 'x', '--year', '2022'],
      ['create', 'y', '--office', 'あ', '--form', 'x', '--year', '20'],
      ['trust', at('here'), '--unit', 'あ'],
    ]) {
      const { exit, stderr } = await hyoka(...args);
      expect([args, exit]).toEqual([args, 2]);
      expect(stderr).not.toMatch(/[a-z]{4,} [a-z]{2,} [a-z]{2,}/);
    }
    await writeFile(at('empty.txt'), '\n');
    const empty = await hyoka(
      'create',
      at('e'),
      '--office',
      'あ',
      '--form',
      'memuro-shisaku',
      '--year',
      '2022',
      '--passphrase-file',
      at('empty.txt'),
    );
    expect([empty.exit, existsSync(at('e.hyoka'))]).toEqual([1, false]);
  });

  test('show tells a conflict with both sides in words too', async () => {
    await writeFile(at('shared.csv'), '施策番号,施策名,主管課\n9-1,川と道,甲課、乙課\n');
    await hyoka('assign', at('w'), at('shared.csv'));
    const { value } = await hyokaJson('distribute', at('w'), '--out', at('c-out'));
    for (const unit of ['甲課', '乙課']) {
      await joinAs(at('w'), at(unit), value.packages.find((p: Json) => p.unit === unit).file);
      await hyoka('set', at(unit), '--sheet', '9-1', `意図=${unit}の意図`);
      const out = await hyokaJson('submit', at(unit), '--out', at('c-in'), '--sheet', '9-1', '--incomplete');
      const aside = await hyokaJson('merge', at('w'), out.value.file);
      await hyoka('trust', at('w'), '--accept', aside.value.packages[0].print, '--unit', unit);
    }
    await hyoka('merge', at('w'), at('c-in'));
    const { stdout } = await hyoka('show', at('w'), '--sheet', '9-1');
    for (const word of ['競合 意図', '甲課の意図', '乙課の意図']) expect(stdout).toContain(word);
  });
});
