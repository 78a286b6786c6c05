// Packages through the whole application: each fate of a package, and that a refused one changes nothing.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from '../core/world.ts';

let world: World;
let office: Workspace;
let handed: Record<string, string>;
let tourism: Workspace;
let library: Workspace;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
});
afterEach(() => world.close());

const type = (who: Workspace, sheet: string, cell: string, raw: string) =>
  who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const valueIn = async (who: Workspace, sheet: string, address: string) =>
  (await who.ask('sheet.show', { sheet })).values[address];
const standing = async (who: Workspace) => JSON.stringify(await who.ask('sheet.list', {}));
/** Address of a cell by its label, so that no test depends on how a form names things. */
const INTENT = '意図';
const TARGET = '対象';

async function addressOf(who: Workspace, sheet: string, label: string): Promise<string> {
  const { cells } = await type(who, sheet, label, '仮');
  await type(who, sheet, label, '');
  return cells[0]?.address ?? '';
}

/** A trusted department with one submission in hand. */
async function firstSubmission(folder = 's1'): Promise<string> {
  await type(tourism, '2-2', INTENT, '・相談を増やす\n・来てもらう');
  const file = await submitSheets(world, tourism, folder, ['2-2']);
  await merge(office, file);
  await trust(office, tourism);
  return file;
}

describe('trust', () => {
  test('an unknown signer is set aside whole with the 30 digits, and merges once they were typed', async () => {
    await type(tourism, '2-2', INTENT, '・相談を増やす');
    const file = await submitSheets(world, tourism, 's1');
    const [aside] = await merge(office, file);
    const { print } = await tourism.ask('workspace.view', {});
    expect(aside).toMatchObject({ outcome: 'quarantined', print, reason: { code: 'signer.unknown' } });
    expect((await office.ask('sheet.list', {})).sheets.every((row) => row.state === 'waiting')).toBe(true);
    expect((await office.ask('signer.list', {})).signers).toMatchObject([{ print, state: 'seen', packages: 1 }]);

    const { taken } = await office.ask('signer.accept', {
      print: print.replace(/(.{5})/g, '$1 '),
      unit: '商工観光課',
    });
    const [applied] = taken;
    expect(applied?.outcome).toBe('applied');
    expect(applied?.sheets.map((sheet) => [sheet.number, sheet.outcome])).toEqual([
      ['2-1', 'unchanged'],
      ['2-2', 'new'],
    ]);
    const address = await addressOf(tourism, '2-2', INTENT);
    expect(await valueIn(office, '2-2', address)).toBe('・相談を増やす');
  });

  test('digits that nobody signed with, a wrong digit, a claimed other name, a revoked key', async () => {
    await type(tourism, '2-2', INTENT, 'あ');
    const file = await submitSheets(world, tourism, 's1');
    const { print } = await tourism.ask('workspace.view', {});
    expect((await office.problem('signer.accept', { print, unit: '商工観光課' })).code).toBe('signer.unseen');
    await merge(office, file);
    const wrong = `${print.slice(0, 29)}${(Number(print[29]) + 1) % 10}`;
    expect((await office.problem('signer.accept', { print: wrong, unit: '商工観光課' })).code).toBe('signer.unseen');
    await office.ask('signer.accept', { print, unit: '社会教育課' });
    expect((await merge(office, file))[0]?.reason?.code).toBe('signer.mismatched');
    await office.ask('signer.accept', { print, unit: '商工観光課' });
    await office.ask('signer.revoke', { print });
    const later = await submitSheets(world, tourism, 's2');
    expect((await merge(office, later))[0]).toMatchObject({ outcome: 'refused', reason: { code: 'signer.revoked' } });
    expect((await office.problem('signer.revoke', { print: '0'.repeat(30) })).code).toBe('signer.unseen');
  });
});

describe('packages', () => {
  test('a second copy is a duplicate and changes nothing', async () => {
    const file = await firstSubmission();
    await merge(office, file);
    const before = await standing(office);
    await copyFile(file, world.at('copy.json'));
    expect((await merge(office, file, world.at('copy.json'))).map((p) => p.outcome)).toEqual([
      'duplicate',
      'duplicate',
    ]);
    expect(await standing(office)).toBe(before);
  });

  test('an older package after a newer one is stale and changes nothing; the newer stays', async () => {
    await firstSubmission();
    await type(tourism, '2-2', INTENT, '古い文');
    const first = await submitSheets(world, tourism, 's2a', ['2-2']);
    await type(tourism, '2-2', INTENT, '新しい文');
    const second = await submitSheets(world, tourism, 's2', ['2-2']);
    expect((await merge(office, second))[0]?.outcome).toBe('applied');
    const before = await standing(office);
    expect((await merge(office, first))[0]).toMatchObject({
      outcome: 'stale',
      sheets: [{ outcome: 'stale', cells: [{ outcome: 'stale', before: '新しい文', after: '古い文' }] }],
    });
    expect((await merge(office, first))[0]?.outcome).toBe('duplicate');
    expect(await standing(office)).toBe(before);
    expect(await valueIn(office, '2-2', await addressOf(tourism, '2-2', INTENT))).toBe('新しい文');
  });

  test('an older package with another sheet still brings that sheet', async () => {
    await type(tourism, '2-1', INTENT, 'あ');
    const first = await submitSheets(world, tourism, 's1', ['2-1']);
    await type(tourism, '2-2', INTENT, 'い');
    const second = await submitSheets(world, tourism, 's2', ['2-2']);
    await merge(office, second);
    await trust(office, tourism);
    expect((await merge(office, second, first)).map((p) => p.outcome)).toEqual(['duplicate', 'applied']);
  });

  test('altered, cut, foreign and re-encoded files are refused, each with its reason, and change nothing', async () => {
    const file = await firstSubmission();
    const bytes = await readFile(file);
    const before = await standing(office);
    const altered = Buffer.from(bytes);
    altered[200] = (altered[200] ?? 0) === 65 ? 66 : 65;
    await writeFile(world.at('altered.json'), altered);
    await writeFile(world.at('cut.json'), bytes.subarray(0, bytes.length / 2));
    await writeFile(world.at('foreign.json'), '{"name":"ほかのもの"}\n');
    await writeFile(world.at('bom.json'), `\uFEFF${bytes.toString('utf8')}`);
    await writeFile(world.at('huge.json'), Buffer.alloc(21 * 1024 * 1024, 32));
    const results = await merge(
      office,
      ...['altered', 'cut', 'foreign', 'bom', 'huge', 'none'].map((n) => world.at(`${n}.json`)),
    );
    expect(results.map((p) => [p.outcome, p.reason?.code])).toEqual([
      ['refused', 'package.tampered'],
      ['refused', 'package.truncated'],
      ['refused', 'package.foreign'],
      ['refused', 'package.reencoded'],
      ['refused', 'package.oversized'],
      ['refused', 'file.missing'],
    ]);
    expect(await standing(office)).toBe(before);
  });

  test('a folder is read file by file; the rest of a folder is passed over', async () => {
    const file = await firstSubmission('box');
    await world.write('box/Thumbs.db', 'x');
    await world.write('box/half.hyoka.json.part', 'x');
    await world.write('box/memo.txt', 'メモ');
    const results = await merge(office, world.at('box'));
    expect(results.map((p) => [p.file, p.outcome])).toEqual([
      [file.split('/').at(-1), 'duplicate'],
      ['memo.txt', 'refused'],
    ]);
  });

  test('kinds are not taken for one another; other offices and years are refused', async () => {
    const file = await firstSubmission();
    expect((await merge(office, handed.商工観光課 ?? ''))[0]?.reason?.code).toBe('package.miskinded');
    expect((await merge(tourism, file))[0]?.reason?.code).toBe('package.miskinded');
    expect((await merge(tourism, handed.社会教育課 ?? ''))[0]?.reason?.code).toBe('package.misdirected');
    const other = world.host();
    await other.ask('workspace.create', {
      file: other.offer(world.at('o2.hyoka')),
      office: '企画財政課',
      form: { id: 'memuro-shisaku' },
      year: 2023,
    });
    expect((await merge(other, file))[0]?.reason?.code).toBe('package.misdirected');
  });

  test('a package whose base is not here is set aside', async () => {
    await firstSubmission();
    // The same office restored from before it assigned anything: same key, no sheets.
    const early = world.host();
    await early.ask('workspace.create', {
      file: early.offer(world.at('early.hyoka')),
      office: '企画財政課',
      form: { id: 'memuro-shisaku' },
      year: 2022,
    });
    await early.app.close();
    await copyFile(world.at('early.hyoka'), world.at('restored.hyoka'));
    const source = world.host();
    await source.ask('workspace.open', { file: source.offer(world.at('early.hyoka')) });
    await source.ask('assignment.import', { file: source.offer(world.at('office.hyoka.csv')) });
    const packages = await distributeAll(world, source, 'out2');
    const department = await joinDepartment(world, packages.商工観光課 ?? '', 'd2.hyoka');
    await type(department, '2-2', INTENT, 'あ');
    const file = await submitSheets(world, department, 's9', ['2-2']);
    await merge(source, file);
    await trust(source, department);
    await source.app.close();
    const restored = world.host();
    await restored.ask('workspace.open', { file: restored.offer(world.at('restored.hyoka')) });
    await merge(restored, file);
    await trust(restored, department);
    expect((await merge(restored, file))[0]).toMatchObject({
      outcome: 'quarantined',
      reason: { code: 'base.missing' },
    });
  });
});

describe('merge', () => {
  async function bothTrusted(): Promise<void> {
    await merge(
      office,
      await submitSheets(world, tourism, 'p0', ['2-1']),
      await submitSheets(world, library, 'p1', ['2-1']),
    );
    await trust(office, tourism);
    await trust(office, library);
  }

  test('two departments in different cells of one sheet: merged', async () => {
    await bothTrusted();
    await type(tourism, '2-1', INTENT, '観光の意図');
    await type(library, '2-1', TARGET, '図書館の対象');
    const results = await merge(
      office,
      await submitSheets(world, tourism, 'a', ['2-1']),
      await submitSheets(world, library, 'b', ['2-1']),
    );
    expect(results.map((p) => p.sheets[0]?.outcome)).toEqual(['updated', 'merged']);
    const view = await office.ask('sheet.show', { sheet: '2-1' });
    expect(Object.values(view.values)).toEqual(expect.arrayContaining(['観光の意図', '図書館の対象']));
    expect(view.conflicts).toEqual([]);
  });

  test('the same cell: a conflict with both sides, decided by a person, nothing lost; either order ends the same', async () => {
    await bothTrusted();
    await type(tourism, '2-1', INTENT, '観光の意図');
    await type(library, '2-1', INTENT, '図書館の意図');
    const a = await submitSheets(world, tourism, 'a', ['2-1']);
    const b = await submitSheets(world, library, 'b', ['2-1']);
    await office.app.close();
    await copyFile(world.at('office.hyoka'), world.at('other.hyoka'));
    const other = world.host();
    await other.ask('workspace.open', { file: other.offer(world.at('other.hyoka')) });
    await office.ask('workspace.open', { file: office.offer(world.at('office.hyoka')) });
    const intent = await addressOf(tourism, '2-1', INTENT);
    const there = await merge(office, a, b);
    await merge(other, b, a);
    expect(there[1]?.sheets[0]).toMatchObject({
      outcome: 'conflict',
      cells: [{ address: intent, outcome: 'conflict', before: '観光の意図', after: '図書館の意図' }],
    });
    const [one, two] = [
      await office.ask('sheet.show', { sheet: '2-1' }),
      await other.ask('sheet.show', { sheet: '2-1' }),
    ];
    expect(two).toEqual(one);
    expect(one.state).toBe('conflict');
    expect(one.conflicts[0]?.sides.map((side) => side.content.value).sort()).toEqual(['図書館の意図', '観光の意図']);
    await type(office, '2-1', TARGET, 'ほかの欄');
    expect((await office.problem('sheet.commit', { sheet: '2-1' })).code).toBe('sheet.conflicted');
    const side = one.conflicts[0]?.sides.find((s) => s.unit === '社会教育課');
    await office.ask('conflict.choose', { sheet: '2-1', address: intent, revision: side?.revision ?? '' });
    const { revision } = await office.ask('sheet.commit', { sheet: '2-1' });
    expect(revision).not.toBeNull();
    const decided = await office.ask('sheet.show', { sheet: '2-1' });
    expect(decided.values[intent]).toBe('図書館の意図');
    expect(decided.conflicts).toEqual([]);
    expect((await office.ask('store.verify', {})).findings).toEqual([]);
  });

  test('the office typed into the same cell without committing: the package does not overrule it, nor it the package', async () => {
    await firstSubmission();
    await merge(office);
    await type(office, '2-2', INTENT, '事務局の直し');
    await type(tourism, '2-2', INTENT, '課の直し');
    const file = await submitSheets(world, tourism, 's2', ['2-2']);
    const plan = await office.ask('package.plan', { files: [office.offer(file)] });
    expect(plan.packages[0]?.sheets[0]?.outcome).toBe('conflict');
    const done = await office.ask('package.merge', { files: [office.offer(file)], digest: plan.digest });
    expect(done.packages).toEqual(plan.packages);
    const view = await office.ask('sheet.show', { sheet: '2-2' });
    expect(view.conflicts[0]?.sides.map((side) => side.content.value).sort()).toEqual(
      ['事務局の直し', '課の直し'].sort(),
    );
  });

  test('a plan changes nothing and is exactly what is then done; an outdated plan is not carried out', async () => {
    await bothTrusted();
    await type(tourism, '2-1', INTENT, 'あ');
    await type(library, '2-1', TARGET, 'い');
    const files = [await submitSheets(world, tourism, 'a', ['2-1']), await submitSheets(world, library, 'b', ['2-1'])];
    const before = await standing(office);
    const handles = files.map((file) => office.offer(file));
    const plan = await office.ask('package.plan', { files: handles });
    expect(await standing(office)).toBe(before);
    await type(office, '2-1', TARGET, '事務局が先に');
    expect((await office.problem('package.merge', { files: handles, digest: plan.digest })).code).toBe('plan.changed');
    const again = await office.ask('package.plan', { files: handles });
    expect((await office.ask('package.merge', { files: handles, digest: again.digest })).packages).toEqual(
      again.packages,
    );
  });

  test('a newer distribution updates the department and keeps what it typed', async () => {
    await type(tourism, '2-2', INTENT, '打ったもの');
    await office.ask('assignment.import', {
      file: office.offer(
        await world.write(
          'more.csv',
          '施策番号,施策名,主管課\n2-2,移住と定住の相談,商工観光課\n2-3,空き家の活用,商工観光課\n',
        ),
      ),
    });
    const again = await distributeAll(world, office, 'out3');
    const { result } = await tourism.ask('workspace.join', {
      file: tourism.offer(tourism.file),
      package: tourism.offer(again.商工観光課 ?? ''),
    });
    expect(result.sheets.map((s) => [s.number, s.outcome])).toEqual([
      ['2-1', 'unchanged'],
      ['2-2', 'merged'],
      ['2-3', 'new'],
    ]);
    const view = await tourism.ask('sheet.show', { sheet: '2-2' });
    expect(view.name).toBe('移住と定住の相談');
    expect(Object.values(view.values)).toContain('打ったもの');
    expect((await merge(tourism, handed.商工観光課 ?? ''))[0]?.outcome).toBe('duplicate');
  });
});
