// Search: what is found, in what Japanese is written, and that the index is the same however it came about.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession } from '../../electron/core/session.ts';
import type { ReadDb } from '../../electron/core/store/database.ts';
import { derivedFindings, rebuildDerived } from '../../electron/core/store/derived.ts';
import { excerptOf, fold, wordsOf } from '../../shared/kernel/fold.ts';
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
} from './world.ts';

let world: World;
let office: Workspace;
let tourism: Workspace;

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  await merge(office, await submitSheets(world, tourism, 'in'));
  await trust(office, tourism);
  await merge(office);
});
afterAll(() => world.close());

const type = (cell: string, raw: string, sheet = '2-2') => tourism.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const search = (text: string, limit?: number) => tourism.ask('sheet.search', { text, ...(limit ? { limit } : {}) });
const matches = async (text: string) => (await search(text)).hits.map(({ excerpt }) => excerpt.match);

describe('it finds', () => {
  test('one, two and more characters of Japanese, in any cell', async () => {
    await type('意図', '空き家を住まいとして活かす');
    for (const text of ['家', '住ま', 'き家を', '空き家を住まいとして活かす'])
      expect(await matches(text)).toEqual([text]);
    expect((await search('活かさない')).total).toBe(0);
  });

  test('what is typed at once, and no longer what was typed over', async () => {
    await type('対象', '町外の若者');
    expect((await search('若者')).total).toBe(1);
    await type('対象', '町外の家族');
    expect([(await search('若者')).total, (await search('町外の家族')).total]).toEqual([0, 1]);
    await tourism.ask('cell.undo', { sheet: '2-2' });
    expect([(await search('若者')).total, (await search('町外の家族')).total]).toEqual([1, 0]);
  });

  test('through width, case, half-width voicing, compositions and variants, and shows what is written', async () => {
    await type('結果', 'ＫＰＩのｶﾞｲﾄﾞ②は葛\u{e0100}城で㎏単位');
    for (const [asked, written] of [
      ['kpi', 'ＫＰＩ'],
      ['ガイド', 'ｶﾞｲﾄﾞ'],
      ['カ\u3099イ', 'ｶﾞｲ'],
      ['2は', '②は'],
      ['葛城', '葛\u{e0100}城'],
      ['KG', '㎏'],
      ['g単', '㎏単'],
    ] as const) {
      expect(await matches(asked), asked).toEqual([written]);
    }
  });

  test('the words of choices, numbers as written, numbers and names of sheets', async () => {
    await type('人工数 2020年度決算', '2,2948');
    expect(await matches('2,2948')).toEqual(['2,2948']);
    expect((await search('移住の相談')).hits[0]).toMatchObject({ number: '2-2', name: '移住の相談' });
    expect((await search('2-1')).hits.map(({ number }) => number)).toContain('2-1');
  });

  test('reasons given to checks, until they are taken back, and leads to their cell', async () => {
    const address = 'cost__expense__settled_2021';
    const answer = (reason: string) =>
      tourism.ask('check.answer', { sheet: '2-2', address, check: 'jump_cost', reason });
    await tourism.ask('cell.set', {
      sheet: '2-2',
      cells: [
        { cell: '施策事業費 2020年度決算', raw: '100' },
        { cell: '施策事業費 2021年度決算', raw: '200' },
      ],
    });
    await answer('相談窓口を増設したため');
    expect((await search('窓口を増設')).hits).toEqual([
      {
        sheet: expect.any(String),
        number: '2-2',
        name: '移住の相談',
        address,
        label: expect.stringContaining('施策事業費'),
        of: 'reason',
        excerpt: { before: '相談', match: '窓口を増設', after: 'したため' },
      },
    ]);
    await answer('');
    expect((await search('窓口を増設')).total).toBe(0);
    await tourism.ask('cell.undo', { sheet: '2-2' });
    expect((await search('窓口')).hits.map(({ of }) => of)).toEqual(['reason']);
  });

  test('remarks and their answers, on a cell and on the sheet, here and where they came in', async () => {
    const say = (address: string, text: string) =>
      office.ask('remark.add', { sheet: '2-2', address, text, reply: null, closes: false });
    const { remark } = await say('意図', '根拠資料の出典を');
    await say('', '全体に語尾を揃えて');
    const places = async (who: Workspace, text: string) =>
      (await who.ask('sheet.search', { text })).hits.map(({ of, address, label }) => [of, address, label]);
    const onCell = ['remark', 'intent', expect.stringContaining('意図')];
    expect(await places(office, '出典')).toEqual([onCell]);
    expect(await places(office, '語尾')).toEqual([['remark', '', 'シート全体']]);
    const returned = await distributeAll(world, office, 'back');
    await merge(tourism, returned.商工観光課 ?? '');
    expect(await places(tourism, '出典')).toEqual([onCell]);
    await tourism.ask('remark.add', { sheet: '2-2', address: '', text: '別紙のとおり', reply: remark, closes: false });
    expect(await places(tourism, '別紙のとおり')).toEqual([onCell]);
  });

  test('a year by its era and in the western way, however it was typed', async () => {
    const sheets = '整理番号,事務事業名,担当課\n101,川辺の清掃,環境課\n';
    const projects = await makeOffice(world, 'projects.hyoka', 'jimujigyo-zaigen', sheets);
    await projects.ask('cell.set', { sheet: '101', cells: [{ cell: '開始年度', raw: 'H30' }] });
    for (const text of ['平成30', '2018年度', '2018'])
      expect((await projects.ask('sheet.search', { text })).hits.map(({ address }) => address)).toEqual(['kaishi']);
  });

  test('cells that hold all words, in the order of the list and the form', async () => {
    await type('意図', '海と山と川', '2-1');
    await type('結果', '山だけ', '2-1');
    expect((await search('川 海')).hits.map(({ label, excerpt }) => [label, excerpt])).toEqual([
      [expect.stringContaining('意図'), { before: '海と山と', match: '川', after: '' }],
    ]);
    expect((await search('山')).hits.map(({ number }) => number)).toEqual(['2-1', '2-1']);
    expect(await search('山', 1)).toMatchObject({ total: 2, hits: [{ excerpt: { match: '山' } }] });
  });

  test('nothing for nothing, and takes every sign for itself', async () => {
    await type('結果', '50% "引用" AND (a*b) _x_ {y} ^z -w');
    for (const blank of ['', '  ', '　', '\n', '\u0000']) expect(await search(blank)).toEqual({ hits: [], total: 0 });
    for (const text of ['"引用"', '50%', '(a*b)', '_x_', '{y}', '^z', '-w', '% "', 'AND']) {
      expect((await search(text)).total, text).toBe(1);
    }
    for (const text of ['%', '_', '*', 'folded:', 'NEAR(50 引用)', '"', "'; DROP TABLE ref --", '引%用']) {
      expect((await search(text)).total, text).toBe(['%', '_', '*', '"'].includes(text) ? 1 : 0);
    }
  });

  test('in the office, what came in', async () => {
    await type('意図', '届いた文章');
    expect((await office.ask('sheet.search', { text: '届いた文章' })).total).toBe(0);
    await merge(office, await submitSheets(world, tourism, 'later'));
    expect((await office.ask('sheet.search', { text: '届いた文章' })).total).toBe(1);
  });
});

describe('folding', () => {
  const text = fc.string({
    unit: fc.constantFrom(...'aZＡｶﾞｷが\u3099㎏①葛\u{e0100}𠮷 \n　ſﬁ㌔é\u0301İΣς'),
    maxLength: 30,
  });

  test('finds any part of a text that was cut out of it whole, and traces it back', () => {
    fc.assert(
      fc.property(text, fc.nat(30), fc.nat(30), (whole, from, length) => {
        const folded = fold(whole);
        const word = folded.slice(from, from + length);
        fc.pre(word.isWellFormed());
        const found = excerptOf(whole, word);
        expect(found).toBeDefined();
        expect(word === '' || fold(found?.match ?? '').includes(word)).toBe(true);
        expect(whole).toContain(`${found?.before}${found?.match}${found?.after}`.replaceAll('…', ''));
      }),
      { numRuns: 2_000, seed: 5 },
    );
  });

  test('once is enough', () => {
    fc.assert(
      fc.property(text, (whole) => fold(fold(whole)) === fold(whole)),
      { numRuns: 2_000, seed: 5 },
    );
    expect(wordsOf('　Ａ　ｂ a　')).toEqual(['a', 'b']);
  });
});

test('the index that grew step by step is the one that is built from nothing', async () => {
  await tourism.app.close();
  const { store } = await openSession(systemPorts(), tourism.file, undefined);
  const rows = (db: ReadDb) =>
    ['derived_sheet', 'derived_text'].map((table) =>
      db
        .all(`SELECT * FROM ${table}`)
        .map(({ id: _, ...row }) => JSON.stringify(row))
        .sort(),
    );
  expect(store.read(derivedFindings)).toEqual([]);
  const grown = store.read(rows);
  const [built, sound] = store.rehearse((db) => {
    db.run(`INSERT INTO derived_match (derived_match, rank) VALUES ('integrity-check', 1)`);
    rebuildDerived(db);
    db.run(`INSERT INTO derived_match (derived_match, rank) VALUES ('integrity-check', 1)`);
    return [rows(db), derivedFindings(db)];
  });
  expect(built).toEqual(grown);
  expect(sound).toEqual([]);
  store.close();
  await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
});
