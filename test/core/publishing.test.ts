// Publishing: what is told before, what is recorded, and that a publication stays what it was.
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeSecretive, publishAll, SECRETS } from '../site/town.ts';
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

const TEXTS = { publisher: '', source: '', licence: '', note: '' };

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.close());

const type = (who: Workspace, sheet: string, cell: string, raw: string) =>
  who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const errata = async (office: Workspace, before: number, after: number) =>
  (await office.ask('publication.errata', { before, after })).sheets;

/** An office with two departments' workstations that both may write 2-1. */
async function makeTown() {
  const office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  const join = async (unit: string, name: string) => {
    const department = await joinDepartment(world, handed[unit] ?? '', `${name}.hyoka`);
    await merge(office, await submitSheets(world, department, `${name}-0`));
    await trust(office, department);
    return department;
  };
  return { office, tourism: await join('商工観光課', 'tourism'), library: await join('社会教育課', 'library') };
}

describe('before publishing', () => {
  test('everything open is named: conflict, question, missing, typed, remark, unconfirmed', async () => {
    const { office, tourism, library } = await makeTown();
    await type(tourism, '2-1', '意図', '一');
    await type(library, '2-1', '意図', '二');
    await merge(office, await submitSheets(world, tourism, 'a'), await submitSheets(world, library, 'b'));
    await type(office, '1-1', '対象', '打ちかけ');
    await office.ask('remark.add', { sheet: '1-1', address: '', text: '数を添える', reply: null });
    await type(office, '2-2', '人工数(業務量) 2020年度決算', '1,2');
    await office.ask('sheet.commit', { sheet: '2-2' });
    const { number, sheets, matters } = await office.ask('publication.plan', {});
    expect([number, sheets]).toEqual([1, 3]);
    const told = (sheet: string) => matters.filter((matter) => matter.number === sheet).map(({ kind }) => kind);
    expect(told('1-1')).toEqual(['missing', 'draft', 'remark', 'unconfirmed']);
    expect(told('2-1')).toEqual(['conflict', 'missing', 'unconfirmed']);
    expect(told('2-2')).toEqual(['question', 'missing', 'unconfirmed']);
    expect(matters.find(({ kind }) => kind === 'conflict')?.labels).toEqual(['意図']);
    const blank = matters.find(({ kind, number: sheet }) => kind === 'missing' && sheet === '2-2')?.labels ?? [];
    expect(blank).toEqual(expect.arrayContaining(['対象', '担当課評価 進捗結果', '総合計画審議会 進捗結果']));
    expect(matters.find(({ kind }) => kind === 'draft')?.labels).toEqual(['対象']);
    expect(matters.find(({ kind }) => kind === 'remark')?.labels).toEqual(['シート全体']);
  });

  test('a section head’s word that holds is no matter; one that fell is', async () => {
    const { office, tourism } = await makeTown();
    await tourism.ask('sheet.confirm', { sheets: ['2-2'], name: '課長　乙野' });
    await merge(office, await submitSheets(world, tourism, 'a'));
    const unconfirmed = async () =>
      (await office.ask('publication.plan', { sheets: ['2-2'] })).matters.some(({ kind }) => kind === 'unconfirmed');
    expect(await unconfirmed()).toBe(false);
    await type(office, '2-2', '意図', '事務局が直した');
    expect(await unconfirmed()).toBe(false);
    await office.ask('sheet.commit', { sheet: '2-2' });
    expect(await unconfirmed()).toBe(true);
  });

  test('what changed after it was looked at is not published, and nothing is recorded', async () => {
    const office = await makeSecretive(world);
    const { digest } = await office.ask('publication.plan', {});
    const make = { digest, person: '甲野', texts: TEXTS };
    await type(office, '3-1', '意図', '後から');
    expect((await office.problem('publication.make', make)).code).toBe('publication.changed');
    expect((await office.problem('publication.make', { ...make, years: 'western' })).code).toBe('publication.changed');
    expect((await office.ask('publication.list', {})).publications).toEqual([]);
  });

  test('blanks around the name of the town go; what cannot be seen in it is told', async () => {
    const office = await makeSecretive(world);
    const { digest } = await office.ask('publication.plan', {});
    const made = (publisher: string) => ({ digest, person: '甲野', texts: { ...TEXTS, publisher } });
    expect((await office.problem('publication.make', made('花見沢\u200b町'))).code).toBe('publication.unfit');
    await office.ask('publication.make', made(' 花見沢町　'));
    expect((await office.ask('publication.plan', {})).texts.publisher).toBe('花見沢町');
  });

  test('a department publishes nothing', async () => {
    const { tourism } = await makeTown();
    expect((await tourism.problem('publication.plan', {})).code).toBe('role.wrong');
  });

  test('what the public edition hides is shown sheet by sheet, of a publication too', async () => {
    const office = await makeSecretive(world);
    await publishAll(office);
    const preview = await office.ask('edition.preview', {});
    expect(preview.sheets).toMatchObject([
      {
        number: '3-1',
        hidden: [
          { label: '課長名', text: SECRETS.chief },
          { label: '内線', text: SECRETS.extension },
        ],
      },
    ]);
    expect(preview.labels).toEqual([
      { label: '課長名', sheets: 1 },
      { label: '内線', sheets: 1 },
    ]);
    await type(office, '3-1', '内線', '');
    expect((await office.ask('edition.preview', {})).labels.length).toBe(1);
    expect((await office.ask('edition.preview', { snapshot: 1 })).labels.length).toBe(2);
  });
});

describe('a publication', () => {
  test('is numbered, listed with who published it, and remembered for the next', async () => {
    const office = await makeSecretive(world);
    expect([await publishAll(office), await publishAll(office, { sheets: ['3-1'] })]).toEqual([1, 2]);
    const { publications } = await office.ask('publication.list', {});
    expect(publications).toMatchObject([
      { number: 2, sheets: 1, person: SECRETS.person, edition: 'public', years: 'era' },
      { number: 1, sheets: 3 },
    ]);
    expect(publications[0]?.digest).not.toBe(publications[1]?.digest);
    const { person, texts, number } = await office.ask('publication.plan', {});
    expect([number, person, texts.publisher]).toEqual([3, SECRETS.person, '花見沢町']);
    await office.app.close();
    await office.ask('workspace.open', { file: office.offer(office.file) });
    expect((await office.ask('publication.list', {})).publications.length).toBe(2);
    expect((await office.ask('store.verify', {})).findings).toEqual([]);
  });

  test('holds revisions only: what is typed is neither published nor committed by it', async () => {
    const office = await makeSecretive(world);
    await type(office, '3-1', '意図', '打ちかけの意図');
    await publishAll(office);
    await office.ask('sheet.commit', { sheet: '3-1' });
    await publishAll(office);
    expect(await errata(office, 1, 2)).toMatchObject([
      { number: '3-1', kind: 'changed', cells: [{ label: '意図', after: '打ちかけの意図' }] },
    ]);
    expect(await errata(office, 2, 1)).toEqual(await errata(office, 1, 2));
  });

  test('stays as it was when a package is taken back, with an undecided conflict and a cell that was refused', async () => {
    const { office, tourism, library } = await makeTown();
    await type(tourism, '2-1', '意図', '一');
    await type(library, '2-1', '意図', '二');
    await type(tourism, '2-2', '意図', '相談を増やす');
    const submission = await submitSheets(world, tourism, 'a');
    await merge(office, submission, await submitSheets(world, library, 'b'));
    await office.ask('sheet.round', { sheets: ['2-2'], round: 'internal' });
    await type(tourism, '2-2', '結果', '回が変わった後の結果');
    await merge(office, await submitSheets(world, tourism, 'late'));
    const number = await publishAll(office);
    const shown = async (name: string) => {
      await office.ask('export.write', { file: office.offer(world.at(name)), format: 'json', snapshot: number });
      return String(await import('node:fs/promises').then((fs) => fs.readFile(world.at(name))));
    };
    const before = await shown('before.json');
    expect(before).toContain('相談を増やす');
    const { packages } = await office.ask('package.received', {});
    for (const one of packages.filter(({ unit, undoable }) => unit === '商工観光課' && undoable)) {
      const { digest } = await office.ask('package.dependents', { package: one.hash });
      await office.ask('package.undo', { package: one.hash, digest }).catch(() => undefined);
    }
    expect((await office.ask('sheet.show', { sheet: '2-2' })).values.intent).toBeUndefined();
    expect(await shown('after.json')).toBe(before);
    expect((await office.ask('store.verify', {})).findings).toEqual([]);
  });

  test('corrections name sheets that were added and withdrawn, and nothing internal in a public edition', async () => {
    const office = await makeSecretive(world);
    await publishAll(office, { sheets: ['3-1', '3-2'] });
    await type(office, '3-1', '内線', '7777');
    await type(office, '3-1', '施策事業費(千円) 2020年度決算', '12,481');
    await office.ask('sheet.commit', { sheet: '3-1' });
    await publishAll(office, { sheets: ['3-1', '総-３'] });
    const told = await errata(office, 1, 2);
    expect(told.map(({ number, kind }) => [number, kind])).toEqual([
      ['3-1', 'changed'],
      ['総-３', 'added'],
      ['3-2', 'withdrawn'],
    ]);
    expect(told[0]?.cells).toEqual([{ label: '施策事業費(千円) 2020年度決算', before: '12,480', after: '12,481' }]);
    await publishAll(office, { sheets: ['3-1'], edition: 'internal' });
    await type(office, '3-1', '内線', '8888');
    await office.ask('sheet.commit', { sheet: '3-1' });
    await publishAll(office, { sheets: ['3-1'], edition: 'internal' });
    expect((await errata(office, 3, 4))[0]?.cells).toEqual([{ label: '内線', before: '7777', after: '8888' }]);
  });

  test('a record that was tampered with is found', async () => {
    const office = await makeSecretive(world);
    await publishAll(office);
    await office.app.close();
    const raw = new Database(office.file);
    const trigger = raw.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'artifact_no_update'`).pluck().get();
    raw.exec('DROP TRIGGER artifact_no_update');
    raw.exec(`UPDATE artifact SET body = replace(body, '花見沢町の暮らし', '別の町の暮らし') WHERE kind = 'revision'`);
    raw.exec(String(trigger));
    raw.close();
    await office.ask('workspace.open', { file: office.offer(office.file) });
    const { findings } = await office.ask('store.verify', {});
    expect(findings).toContain('シートの内容が公表したときと違う');
    const input = { file: office.offer(world.at('x.json')), format: 'json' as const, snapshot: 1 };
    expect((await office.problem('export.write', input)).code).toBe('workspace.damaged');
  });
});
