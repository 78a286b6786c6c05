// Sign what you saw: one code at both sides, a confirmation that falls by itself, and none that anybody else can make.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newKeyPair, printOf } from '../../electron/core/exchange/crypto.ts';
import { openEnvelope, sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession, signingKey } from '../../electron/core/session.ts';
import type { Submission } from '../../shared/package/payload.ts';
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
let library: Workspace;

beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  for (const [index, who] of [tourism, library].entries()) {
    await merge(office, await submitSheets(world, who, `hello${index}`));
    await trust(office, who);
  }
  await merge(office);
});
afterEach(() => world.close());

const NAME = '観光課長　山川 一';
const type = (who: Workspace, sheet: string, cell: string, raw: string) =>
  who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
const shown = (who: Workspace, sheet: string) => who.ask('sheet.show', { sheet });
const confirm = (who: Workspace, ...sheets: string[]) => who.ask('sheet.confirm', { sheets, name: NAME });

test('office and department show the same code, on the sheet, in the plan and after taking in', async () => {
  await type(tourism, '2-2', '意図', '・相談を増やす');
  await type(tourism, '2-2', '人工数 2020年度決算', '1.2500');
  const { sheets } = await confirm(tourism, '2-2');
  const own = await shown(tourism, '2-2');
  expect(sheets).toEqual([{ number: '2-2', digest: own.digest }]);
  expect(own.digest).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
  const file = await submitSheets(world, tourism, 's1', ['2-2']);
  const { packages } = await office.ask('package.plan', { files: [office.offer(file)] });
  expect(packages[0]?.sheets[0]).toMatchObject({ digest: own.digest, confirmation: 'valid' });
  await merge(office, file);
  expect(await shown(office, '2-2')).toMatchObject({
    digest: own.digest,
    confirmation: { state: 'valid', name: NAME, unit: '商工観光課', changed: [] },
  });
  expect((await office.ask('sheet.list', {})).sheets.map((row) => row.confirmation)).toEqual(['none', 'none', 'valid']);
});

test('any department cell that changes makes it fall and is named; an office’s cell does not; brought back, it holds again', async () => {
  await type(tourism, '2-2', '意図', '一');
  await confirm(tourism, '2-2');
  const stateAfter = async (cell: string, raw: string) => {
    await type(tourism, '2-2', cell, raw);
    return (await shown(tourism, '2-2')).confirmation;
  };
  const before = await shown(tourism, '2-2');
  expect(before.confirmation).toMatchObject({ state: 'valid', name: NAME, changed: [] });
  expect(await stateAfter('意図', '二')).toMatchObject({ state: 'fallen', changed: ['意図'] });
  expect(await stateAfter('人工数 2020年度決算', '2,2948')).toMatchObject({ state: 'fallen' });
  expect(await stateAfter('人工数 2020年度決算', '')).toMatchObject({ changed: ['意図'] });
  expect(await stateAfter('意図', '一')).toMatchObject({ state: 'valid' });

  await merge(office, await submitSheets(world, tourism, 's1', ['2-2']));
  await type(office, '2-2', '経営戦略会議 評価', '会議の文');
  await office.ask('sheet.commit', { sheet: '2-2' });
  expect((await shown(office, '2-2')).confirmation.state).toBe('valid');
  await type(office, '2-2', '意図', '事務局が直した');
  expect((await shown(office, '2-2')).confirmation).toMatchObject({ state: 'fallen', changed: ['意図'] });
  // What the office changed falls at the department too, once it has it.
  await office.ask('sheet.commit', { sheet: '2-2' });
  const { 商工観光課: again = '' } = await distributeAll(world, office, 'again');
  await merge(tourism, again);
  expect((await shown(tourism, '2-2')).confirmation).toMatchObject({ state: 'fallen', changed: ['意図'] });
});

test('two departments’ work is joined in what is confirmed, and a change by the other one makes it fall', async () => {
  await type(tourism, '2-1', '意図', '観光の文');
  await type(library, '2-1', '対象', '図書館の文');
  await merge(
    office,
    await submitSheets(world, tourism, 't1', ['2-1']),
    await submitSheets(world, library, 'l1', ['2-1']),
  );
  const { 商工観光課: again = '' } = await distributeAll(world, office, 'again');
  await merge(tourism, again);
  await confirm(tourism, '2-1');
  await merge(office, await submitSheets(world, tourism, 't2', ['2-1']));
  expect((await shown(office, '2-1')).confirmation).toMatchObject({ state: 'valid', unit: '商工観光課' });
  expect((await shown(tourism, '2-1')).digest).toBe((await shown(office, '2-1')).digest);
  await type(library, '2-1', '対象', '直した文');
  await merge(office, await submitSheets(world, library, 'l2', ['2-1']));
  expect((await shown(office, '2-1')).confirmation).toMatchObject({ state: 'fallen', changed: ['対象'] });
});

test('a confirmation that has not gone out makes the sheet one to hand in again', async () => {
  await submitSheets(world, tourism, 's1');
  const state = async () => (await tourism.ask('sheet.list', {})).sheets.find(({ number }) => number === '2-2')?.state;
  expect(await state()).toBe('submitted');
  await confirm(tourism, '2-2');
  expect(await state()).toBe('editing');
  await submitSheets(world, tourism, 's2');
  expect(await state()).toBe('submitted');
});

test('who may not confirm, or confirms what nobody has decided, is told why; of many sheets none is confirmed then', async () => {
  expect((await office.problem('sheet.confirm', { sheets: ['2-2'], name: NAME })).code).toBe('role.wrong');
  expect((await tourism.problem('sheet.confirm', { sheets: ['2-2'], name: '　' })).code).toBe('confirmation.unfit');
  const unseen = await tourism.problem('sheet.confirm', { sheets: ['2-2'], name: '課長\u202e山川' });
  expect(unseen.code).toBe('confirmation.unfit');
  expect((await tourism.problem('sheet.confirm', { sheets: ['2-1', '9-9'], name: NAME })).code).toBe('sheet.unknown');
  expect((await shown(tourism, '2-1')).confirmation.state).toBe('none');
});

/** Hands in 2-2 and changes what the package says, signed anew with the department's own key. */
async function forged(change: (payload: Submission) => void): Promise<string> {
  await confirm(tourism, '2-2');
  const file = await submitSheets(world, tourism, 'real', ['2-2']);
  const payload = structuredClone(openEnvelope(await readFile(file)).payload) as Submission;
  change(payload);
  await tourism.app.close();
  const session = await openSession(systemPorts(), tourism.file, undefined);
  const bytes = sealEnvelope('submission', payload, signingKey(session));
  session.store.close();
  return world.write('forged.json', bytes);
}

test('a confirmation in the name of another unit is refused with the package, which is kept, and no sheet changes', async () => {
  const file = await forged(({ confirmations: [own] }) => {
    if (own) own.author = { ...own.author, unit: '社会教育課' };
  });
  const before = (await office.ask('sheet.list', {})).sheets;
  expect((await merge(office, file))[0]).toMatchObject({
    outcome: 'quarantined',
    reason: { code: 'package.inconsistent', details: { reason: '送り手でない課の確認がある' } },
  });
  expect((await office.ask('sheet.list', {})).sheets).toEqual(before);
});

test('a confirmation by an office, or of a sheet that is not in the package, is refused', async () => {
  const asOffice = await forged(({ confirmations: [own] }) => {
    if (own) own.author = { ...own.author, role: 'office' };
  });
  expect((await merge(office, asOffice))[0]?.reason?.details).toEqual({ reason: '担当課でない確認がある' });
  const { id } = await shown(office, '2-1');
  const payload = structuredClone(openEnvelope(await readFile(asOffice)).payload) as Submission;
  for (const one of payload.confirmations)
    Object.assign(one, { sheet: id, author: { ...one.author, role: 'department' } });
  const session = await openSession(systemPorts(), tourism.file, undefined);
  const elsewhere = await world.write('elsewhere.json', sealEnvelope('submission', payload, signingKey(session)));
  session.store.close();
  expect((await merge(office, elsewhere))[0]?.reason?.details).toEqual({ reason: '一覧にないシートの確認がある' });
});

test('a digest of another sheet or of other words is worth nothing', async () => {
  const other = 'e'.repeat(64);
  const file = await forged(({ confirmations: [own] }) => {
    if (own) own.digest = other;
  });
  await merge(office, file);
  expect((await shown(office, '2-2')).confirmation).toMatchObject({ state: 'fallen', changed: [] });
});

test('a confirmation from a key that nobody has registered waits with its package', async () => {
  await confirm(tourism, '2-2');
  const file = await submitSheets(world, tourism, 'real', ['2-2']);
  const payload = structuredClone(openEnvelope(await readFile(file)).payload) as Submission;
  const key = newKeyPair();
  Object.assign(payload.sender, { publicKey: key.publicKey, print: printOf(key.publicKey) });
  const stranger = await world.write('stranger.json', sealEnvelope('submission', payload, key));
  expect((await merge(office, stranger))[0]?.outcome).toBe('quarantined');
  expect((await shown(office, '2-2')).confirmation.state).toBe('none');
});
