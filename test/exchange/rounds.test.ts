// Rounds across the exchange: what a department may not write in the round in force is refused one by one, kept, and let
// through when the office has reopened and the department brings it again.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPackage } from '../../electron/core/exchange/receive.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { setRound } from '../../electron/core/rounds.ts';
import { openSession } from '../../electron/core/session.ts';
import type { WriteDb } from '../../electron/core/store/database.ts';
import { loadSheets, refusalsIn } from '../../electron/core/store/sheets.ts';
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
let tourism: Workspace;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  await merge(office, await submitSheets(world, tourism, 'hello'));
  await trust(office, tourism);
  await merge(office);
});
afterEach(() => world.close());

const type = (who: Workspace, sheet: string, ...cells: [string, string][]) =>
  who.ask('cell.set', { sheet, cells: cells.map(([cell, raw]) => ({ cell, raw })) });
const textsIn = async (who: Workspace, sheet: string) => Object.values((await who.ask('sheet.show', { sheet })).values);
const round = (sheets: string[], key: string | null) => office.ask('sheet.round', { sheets, round: key });

test('the office moves many sheets at once; departments get it with the next distribution and are locked with the round’s name', async () => {
  expect(await round(['2-1', '2-2'], 'internal')).toEqual({ sheets: ['2-1', '2-2'] });
  expect(await round(['2-1', '2-2'], 'internal')).toEqual({ sheets: [] });
  const rows = (await office.ask('sheet.list', {})).sheets;
  expect(rows.map(({ number, round: key }) => [number, key])).toEqual([
    ['1-1', null],
    ['2-1', 'internal'],
    ['2-2', 'internal'],
  ]);
  await type(office, '2-2', ['経営戦略会議 評価', '会議の評価']);
  await office.ask('sheet.commit', { sheet: '2-2' });
  const { 商工観光課: again = '' } = await distributeAll(world, office, 'again');
  expect((await merge(tourism, again))[0]?.sheets.map(({ beside }) => beside)).toEqual([
    ['割り当ての変更'],
    ['割り当ての変更'],
  ]);
  expect((await tourism.ask('sheet.show', { sheet: '2-2' })).round).toEqual({ key: 'internal', label: '庁内評価' });
  const refusal = await tourism.problem('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '遅い文' }] });
  expect(refusal).toMatchObject({ code: 'cell.locked', details: { reason: '「庁内評価」の回では書けない欄' } });
  const wrong = await office.problem('sheet.round', { sheets: ['1-1', '2-2'], round: 'unheard_of' });
  expect(wrong.code).toBe('round.unknown');
  expect((await tourism.problem('sheet.round', { sheets: ['2-2'], round: 'entry' })).code).toBe('role.wrong');
});

test('P33 cells that the sender may not write in this round are refused one by one with the reason, the rest is taken', async () => {
  await round(['2-2'], 'internal');
  await type(tourism, '2-1', ['意図', '開いている欄']);
  await type(tourism, '2-2', ['意図', '閉じた欄'], ['対象', '閉じた欄二']);
  const [taken] = await merge(office, await submitSheets(world, tourism, 's1'));
  expect(taken?.outcome).toBe('applied');
  const sheet = taken?.sheets.find(({ number }) => number === '2-2');
  expect(sheet?.outcome).toBe('refused');
  expect(sheet?.cells.map(({ label, outcome, after, reason }) => [label, outcome, after, reason])).toEqual([
    ['対象', 'refused', '閉じた欄二', '「庁内評価」の回では書けない欄'],
    ['意図', 'refused', '閉じた欄', '「庁内評価」の回では書けない欄'],
  ]);
  expect(await textsIn(office, '2-1')).toContain('開いている欄');
  expect(await textsIn(office, '2-2')).not.toContain('閉じた欄');
});

test('a sheet of which everything was refused alone in its package is kept too, and nothing is lost by it', async () => {
  await round(['2-2'], 'internal');
  await type(tourism, '2-2', ['意図', '閉じた欄']);
  const [taken] = await merge(office, await submitSheets(world, tourism, 's1', ['2-2']));
  expect(taken).toMatchObject({ outcome: 'applied', sheets: [{ outcome: 'refused' }] });
  const { losses } = await office.ask('loss.list', { sheet: '2-2' });
  expect(losses).toMatchObject([{ kind: 'refused', label: '意図', text: '閉じた欄', by: null, lock: null }]);
  const { losses: none } = await office.ask('loss.list', { sheet: '2-1' });
  expect(none).toEqual([]);
});

test('reopening alone takes nothing; the same revision is let through when a newer package brings it again', async () => {
  await round(['2-2'], 'internal');
  await type(tourism, '2-2', ['意図', '閉じた欄']);
  const first = await submitSheets(world, tourism, 's1');
  await merge(office, first);
  await round(['2-2'], 'entry');
  expect(await textsIn(office, '2-2')).not.toContain('閉じた欄');
  expect((await merge(office, first))[0]?.outcome).toBe('duplicate');
  await type(tourism, '2-1', ['意図', 'ほかのシート']);
  const [again] = await merge(office, await submitSheets(world, tourism, 's2'));
  expect(again?.sheets.find(({ number }) => number === '2-2')).toMatchObject({
    outcome: 'updated',
    cells: [{ label: '意図', outcome: 'new', after: '閉じた欄' }],
  });
  expect(await textsIn(office, '2-2')).toContain('閉じた欄');
  expect((await office.ask('loss.list', {})).losses).toEqual([]);
  expect((await office.ask('store.verify', {})).findings).toEqual([]);
});

describe('the office has gone on without what was refused', () => {
  const lossesIn = async (sheet: string) =>
    (await office.ask('loss.list', { sheet })).losses.map(({ kind, label, text }) => [kind, label, text]);

  beforeEach(async () => {
    await round(['2-2'], 'internal');
    await type(tourism, '2-2', ['意図', '閉じた欄']);
    await merge(office, await submitSheets(world, tourism, 's1'));
    await type(office, '2-2', ['経営戦略会議 進捗結果', 'C']);
    await office.ask('sheet.commit', { sheet: '2-2', note: '' });
    await round(['2-2'], 'entry');
  });

  test('what its writer makes on top of it once the cell is open brings it in', async () => {
    await type(tourism, '2-2', ['対象', 'あとの文']);
    await merge(office, await submitSheets(world, tourism, 's2'));
    expect(await textsIn(office, '2-2')).toEqual(expect.arrayContaining(['C', '閉じた欄', 'あとの文']));
    expect((await office.ask('store.verify', {})).findings).toEqual([]);
  });

  test('brought again as it was it stays refused, in sight, and a person can put it back', async () => {
    await type(tourism, '2-1', ['意図', 'ほかのシート']);
    await merge(office, await submitSheets(world, tourism, 's2'));
    expect(await textsIn(office, '2-2')).not.toContain('閉じた欄');
    expect(await lossesIn('2-2')).toEqual([['refused', '意図', '閉じた欄']]);
  });
});

test('taking back the package that brought it again refuses it again, and doing it again lets it through', async () => {
  await round(['2-2'], 'internal');
  await type(tourism, '2-2', ['意図', '閉じた欄']);
  await merge(office, await submitSheets(world, tourism, 's1'));
  await round(['2-2'], 'entry');
  await type(tourism, '2-2', ['対象', 'あとの文']);
  const [again] = await merge(office, await submitSheets(world, tourism, 's2'));
  const package_ = again?.hash ?? '';
  expect(await textsIn(office, '2-2')).toEqual(expect.arrayContaining(['閉じた欄', 'あとの文']));
  const { digest } = await office.ask('package.dependents', { package: package_ });
  await office.ask('package.undo', { package: package_, digest });
  expect(await textsIn(office, '2-2')).not.toContain('閉じた欄');
  expect((await office.ask('loss.list', { sheet: '2-2' })).losses).toMatchObject([
    { kind: 'refused', text: '閉じた欄' },
  ]);
  await office.ask('package.redo', { package: package_ });
  expect(await textsIn(office, '2-2')).toEqual(expect.arrayContaining(['閉じた欄', 'あとの文']));
  expect((await office.ask('store.verify', {})).findings).toEqual([]);
});

describe('a decision that came too late', () => {
  let library: Workspace;
  const conflictsIn = async (who: Workspace) => (await who.ask('sheet.show', { sheet: '2-1' })).conflicts;
  const TARGET = '対象';
  const INTENT = '意図';

  /** Two departments differ in two cells; one of them gets both sides and decides, while the office moves the round on. */
  beforeEach(async () => {
    const { 社会教育課: handed = '' } = await distributeAll(world, office, 'out2');
    library = await joinDepartment(world, handed, 'library.hyoka');
    const { print, unit } = await library.ask('workspace.view', {});
    await office.ask('signer.expect', { print, unit });
    await type(tourism, '2-1', [INTENT, '観光の意図'], [TARGET, '観光の対象']);
    const first = await submitSheets(world, tourism, 'a', ['2-1']);
    await type(library, '2-1', [INTENT, '図書館の意図'], [TARGET, '図書館の対象']);
    await merge(office, await submitSheets(world, library, 'b', ['2-1']));
    await merge(tourism, (await distributeAll(world, office, 'out3')).商工観光課 ?? '');
    await merge(office, first);
    expect(await conflictsIn(office)).toHaveLength(2);
    await type(tourism, '2-1', [INTENT, '決めた意図'], [TARGET, '決めた対象'], ['結果', '書き足した結果']);
    await round(['2-1'], 'internal');
  });

  const decided = () => submitSheets(world, tourism, 'c', ['2-1']);
  const goOn = async () => {
    await type(tourism, '2-1', ['評価指標設定の考え方', '続きの文']);
    await merge(office, await submitSheets(world, tourism, 'on', ['2-1']));
  };

  test('P33 decides nothing in a cell that is locked by now: both sides stay open, the plan says so, nothing else is lost', async () => {
    const [taken] = await merge(office, await decided());
    expect(taken).toMatchObject({ outcome: 'applied', sheets: [{ outcome: 'conflict' }] });
    const cells = taken?.sheets[0]?.cells.map(({ label, outcome, after, reason }) => [label, outcome, after, reason]);
    const WHY =
      'ほかで書かれた内容と食い違う。送り手の決定は採らず（「庁内評価」の回では書けない欄）、取り込んだ後に選ぶ';
    expect(cells).toEqual([
      [TARGET, 'conflict', '決めた対象', WHY],
      [INTENT, 'conflict', '決めた意図', WHY],
      ['結果', 'refused', '書き足した結果', '「庁内評価」の回では書けない欄'],
    ]);
    const open = await conflictsIn(office);
    expect(open.map(({ sides }) => sides.map(({ content }) => content.value).sort())).toEqual([
      ['図書館の対象', '観光の対象'],
      ['図書館の意図', '観光の意図'],
    ]);
    const { losses } = await office.ask('loss.list', { sheet: '2-1' });
    expect(losses.map(({ kind, text }) => [kind, text]).sort()).toEqual([
      ['refused', '書き足した結果'],
      ['refused', '決めた対象'],
      ['refused', '決めた意図'],
    ]);
    expect((await office.ask('store.verify', {})).findings).toEqual([]);
  });

  test('the office goes on beside it, decides for a side and for what stood before, and everybody ends alike', async () => {
    await merge(office, await decided());
    await type(office, '2-1', ['経営戦略会議 評価', '会議の評価']);
    expect((await office.problem('sheet.commit', { sheet: '2-1', note: '' })).code).toBe('sheet.conflicted');
    // Another package commits what is typed, and leaves open what is open.
    await goOn();
    expect((await office.ask('sheet.show', { sheet: '2-1' })).draft).toBe(false);
    expect(await conflictsIn(office)).toHaveLength(2);
    const [target, intent] = await conflictsIn(office);
    const side = intent?.sides.find(({ content }) => content.value === '図書館の意図');
    await office.ask('conflict.choose', {
      sheet: '2-1',
      address: intent?.address ?? '',
      revision: side?.revision ?? '',
    });
    expect(await conflictsIn(office)).toHaveLength(1);
    await type(office, '2-1', [TARGET, '']);
    await office.ask('sheet.commit', { sheet: '2-1', note: '決めた' });
    const { conflicts, values, heads } = await office.ask('sheet.show', { sheet: '2-1' }).then((view) => ({
      ...view,
      heads: view.head === null ? 0 : 1,
    }));
    expect([conflicts, heads]).toEqual([[], 1]);
    expect(Object.values(values)).toEqual(expect.arrayContaining(['図書館の意図', '会議の評価']));
    expect(values[target?.address ?? '']).toBeUndefined();
    const texts = (await office.ask('loss.list', { sheet: '2-1' })).losses.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['観光の意図', '観光の対象', '図書館の対象', '決めた対象']));
    expect((await office.ask('store.verify', {})).findings).toEqual([]);
    const handed = await distributeAll(world, office, 'out5');
    for (const [who, file] of [
      [tourism, handed.商工観光課],
      [library, handed.社会教育課],
    ] as const) {
      await merge(who, file ?? '');
      expect((await who.ask('sheet.show', { sheet: '2-1' })).values).toEqual(values);
    }
  });

  test('when the round is moved back and the department brings it again, its decision counts, on top of what was made since', async () => {
    await merge(office, await decided());
    await type(office, '2-1', ['経営戦略会議 評価', '会議の評価']);
    await goOn();
    await round(['2-1'], 'entry');
    await type(tourism, '2-1', ['内線', '301']);
    await merge(office, await submitSheets(world, tourism, 'd', ['2-1']));
    expect(await conflictsIn(office)).toEqual([]);
    expect(await textsIn(office, '2-1')).toEqual(
      expect.arrayContaining(['決めた意図', '決めた対象', '301', '会議の評価']),
    );
    expect((await office.ask('store.verify', {})).findings).toEqual([]);
  });
});

test('without a round everything is as before, and an assignment table keeps the round of a sheet', async () => {
  await round(['2-2'], 'internal');
  const file = await world.write('again.csv', '施策番号,施策名,主管課\n2-2,移住の相談,商工観光課\n');
  await office.ask('assignment.import', { file: office.offer(file) });
  expect((await office.ask('sheet.show', { sheet: '2-2' })).round?.key).toBe('internal');
  await round(['2-2'], null);
  expect((await office.ask('sheet.show', { sheet: '2-2' })).round).toBeNull();
  await type(tourism, '2-2', ['意図', '開いた欄']);
  await merge(office, await submitSheets(world, tourism, 's1'));
  expect(await textsIn(office, '2-2')).toContain('開いた欄');
});

test('for a fixed sequence of the office’s own acts, the order of packages between two of them changes nothing', async () => {
  const files: string[] = [];
  const hand = async (...sheets: string[]) =>
    files.push(await submitSheets(world, tourism, `p${files.length}`, sheets));
  await type(tourism, '2-2', ['意図', '一'], ['対象', '甲']);
  await hand('2-2');
  await type(tourism, '2-1', ['意図', '隣']);
  await hand('2-1');
  await type(tourism, '2-2', ['意図', '二']);
  await hand('2-2');
  await type(tourism, '2-2', ['結果', '三']);
  await hand('2-2', '2-1');
  const packages = await Promise.all(
    files.map(async (file) => ({ name: path.basename(file), bytes: await readFile(file) })),
  );
  await office.app.close();
  const session = await openSession(systemPorts(), office.file, undefined);
  const at = '2022-07-01T00:00:00.000Z';
  const state = (db: WriteDb) =>
    JSON.stringify(loadSheets(db).map((sheet) => [sheet.number, sheet.standing, [...refusalsIn(db, sheet.id)].sort()]));
  const ACTS = ['internal', 'entry', null, 'external'];
  /** Which packages come before which act; `turned` says in which order inside of each stretch. */
  const after = (acts: readonly number[], places: readonly number[], order: readonly number[]) =>
    session.store.rehearse((db) => {
      for (let stretch = 0; stretch <= acts.length; stretch += 1) {
        for (const at_ of order) {
          const one = packages[at_];
          if (one && (places[at_] ?? 0) % (acts.length + 1) === stretch)
            applyPackage(db, session, one.name, one.bytes, at);
        }
        const act = acts[stretch];
        if (act !== undefined) setRound(db, session, { sheets: ['2-1', '2-2'], round: ACTS[act] ?? null });
      }
      return state(db);
    });
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      (acts, places, order) => {
        const plain = after(acts, places, [0, 1, 2, 3]);
        seen.add(plain);
        expect(after(acts, places, order)).toBe(plain);
      },
    ),
    { numRuns: 120, seed: 4 },
  );
  // The office's acts do matter: without that, nothing would have been tried here.
  expect(seen.size).toBeGreaterThan(5);
  session.store.close();
});
