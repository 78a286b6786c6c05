// The own key: protected, recovered, kept by the system, and never let out. T20–T24.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { sign, verify } from '../../electron/core/exchange/crypto.ts';
import { openRecovery } from '../../electron/core/exchange/recovery.ts';
import { seal, unseal } from '../../electron/core/exchange/secrecy.ts';
import { type Keeper, systemPorts } from '../../electron/core/ports.ts';
import { openSession, signingKey } from '../../electron/core/session.ts';
import type { Input } from '../../shared/contract/contract.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  type Workspace,
  type World,
} from './world.ts';

const PHRASE = 'なつのあさ ラジオ体操 7';
const UNIT = '商工観光課';

let world: World;
let office: Workspace;
let handed: string;
let tourism: Workspace;
beforeEach(async () => {
  const made = await makeWorld();
  world = made;
  onTestFinished(() => made.close());
  office = await makeOffice(world);
  handed = (await distributeAll(world, office, 'out'))[UNIT] ?? '';
  tourism = await joinDepartment(world, handed, 'tourism.hyoka');
});

const view = (who: Workspace) => who.ask('workspace.view', {});
async function recoveryOf(who: Workspace, name = 'recovery.json'): Promise<string> {
  const file = world.at(name);
  await who.ask('recovery.write', { file: who.offer(file), passphrase: PHRASE, again: PHRASE });
  return file;
}
const reopen = async (who: Workspace, more: Partial<Input<'workspace.open'>> = {}) => {
  await who.app.close();
  return who.ask('workspace.open', { file: who.offer(who.file), ...more });
};
async function keyIn(file: string, passphrase?: string): Promise<string> {
  const session = await openSession(systemPorts(), file, passphrase);
  const { privateKey } = signingKey(session);
  session.store.close();
  return privateKey;
}

describe('the recovery file', () => {
  test('counts once it was written, read and opened with what was typed the second time', async () => {
    expect((await view(tourism)).recoveryAt).toBeNull();
    const file = world.at('wrong.json');
    const wrong = { file: tourism.offer(file), passphrase: PHRASE, again: `${PHRASE}？` };
    expect((await tourism.problem('recovery.write', wrong)).code).toBe('recovery.unproven');
    expect(await systemPorts().files.exists(file)).toBe(false);
    expect((await view(tourism)).recoveryAt).toBeNull();

    const written = await recoveryOf(tourism);
    expect((await view(tourism)).recoveryAt).toMatch(/^\d{4}-/);
    const text = await readFile(written, 'utf8');
    expect(text).not.toContain('AGE-SECRET-KEY');
    expect(text).not.toContain('privateKey');
    const again = { file: tourism.offer(written), passphrase: PHRASE, again: PHRASE };
    expect((await tourism.problem('recovery.write', again)).code).toBe('file.exists');
  });

  test('T23 brings the same key back into a file whose passphrase is forgotten, never a new one', async () => {
    await tourism.ask('key.protect', { passphrase: 'まえの合い言葉' });
    const file = await recoveryOf(tourism);
    const { print } = await view(tourism);
    expect((await reopen(tourism)).key).toBe('locked');
    const out = { folder: tourism.offer(world.at('in')), incomplete: true };
    expect((await tourism.problem('package.submit', out)).code).toBe('key.locked');
    const wrong = await tourism.problem('recovery.open', { file: tourism.offer(file), passphrase: 'ちがう合い言葉' });
    expect(wrong.code).toBe('key.wrong');
    expect((await view(tourism)).key).toBe('locked');
    const input = { file: tourism.offer(file), passphrase: 'なつのあさ　ラジオ体操　７', protect: 'つぎの合い言葉' };
    expect(await tourism.ask('recovery.open', input)).toMatchObject({ print, key: 'open' });
    await submitSheets(world, tourism, 'in');
    expect((await reopen(tourism, { passphrase: 'つぎの合い言葉' })).key).toBe('open');
  });

  test('on a new PC the same key goes on in a new epoch, and the office takes its packages in', async () => {
    await office.ask('signer.expect', { print: (await view(tourism)).print, unit: UNIT });
    const [first] = await merge(office, await submitSheets(world, tourism, 'in'));
    await tourism.ask('key.rotate', {});
    expect((await view(tourism)).recoveryAt).toBeNull();
    const file = await recoveryOf(tourism);
    const { print } = await view(tourism);
    await tourism.app.close();

    const fresh = world.host();
    fresh.file = world.at('fresh.hyoka');
    const input = {
      file: fresh.offer(fresh.file),
      package: fresh.offer(handed),
      print: (await view(office)).print,
      passphrase: '新しい合い言葉',
    };
    const other = { ...input, recovery: { file: fresh.offer(file), passphrase: 'ちがう合い言葉' } };
    expect((await fresh.problem('workspace.join', other)).code).toBe('key.wrong');
    expect(await systemPorts().files.exists(fresh.file)).toBe(false);
    const { workspace } = await fresh.ask('workspace.join', {
      ...input,
      recovery: { file: fresh.offer(file), passphrase: PHRASE },
    });
    expect(workspace).toMatchObject({ print, key: 'open' });
    expect(workspace.recoveryAt).not.toBeNull();
    await fresh.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '新しいPCから' }] });
    const [taken] = await merge(office, await submitSheets(world, fresh, 'again'));
    expect(taken).toMatchObject({ outcome: 'applied', print, sequence: 1 });
    expect(taken?.succession).toEqual([{ from: first?.print, to: print }]);
  });

  /** A sealed distribution for the department, which the office has heard of. */
  async function sealedFor(name: string): Promise<string> {
    await office.ask('signer.expect', { print: (await view(tourism)).print, unit: UNIT });
    await merge(office, await submitSheets(world, tourism, `${name}-in`));
    const { packages } = await office.ask('package.distribute', {
      folder: office.offer(world.at(name)),
      carry: { seal: true },
      sheets: ['2-2'],
    });
    return world.at(name, packages.find(({ unit }) => unit === UNIT)?.file ?? '');
  }

  test('P34, P35 opens alone what was sealed for its owner: without a workspace, and to begin anew from it', async () => {
    const file = await recoveryOf(tourism);
    const sealed = await sealedFor('sealed');
    expect(sealed).toMatch(/\.age$/);
    await tourism.app.close();
    const fresh = world.host();
    const recovery = { file: fresh.offer(file), passphrase: PHRASE };
    const look = { file: fresh.offer(sealed) };
    expect(await fresh.ask('package.inspect', look)).toMatchObject({ problem: { code: 'package.sealed' } });
    expect(await fresh.ask('package.inspect', { ...look, recovery })).toMatchObject({
      verified: true,
      kind: 'distribution',
    });
    const wrong = { ...look, recovery: { ...recovery, passphrase: 'ちがう合い言葉' } };
    expect((await fresh.problem('package.inspect', wrong)).code).toBe('key.wrong');
    const input = { file: fresh.offer(world.at('anew.hyoka')), package: look.file, print: (await view(office)).print };
    expect((await fresh.problem('workspace.join', input)).code).toBe('package.sealed');
    const { workspace } = await fresh.ask('workspace.join', { ...input, recovery });
    expect(workspace).toMatchObject({ key: 'none' });
  });

  test('P35 of a seal for the recovery file alone it opens the whole too, and a locked file takes it in with it', async () => {
    await tourism.ask('key.protect', { passphrase: 'まえの合い言葉' });
    const file = await recoveryOf(tourism);
    const sealed = await sealedFor('sealed');
    const opened = await openRecovery('r', await readFile(file), PHRASE);
    const { keys, identities } = { keys: [opened.content], identities: [opened.content.seal.identity] };
    const bytes = await unseal(await readFile(sealed), { keys, isLocked: false, passphrase: undefined });
    // As it would be where the office had known of nothing but the recovery file.
    const alone = await world.write('alone.age', await seal(bytes, { recipients: [opened.content.seal.recipient] }));
    expect(
      await unseal(await readFile(alone), { keys: [], identities, isLocked: false, passphrase: undefined }),
    ).toEqual(bytes);
    expect((await reopen(tourism)).key).toBe('locked');
    const files = [tourism.offer(alone)];
    expect((await tourism.problem('package.merge', { files })).code).toBe('key.locked');
    const recovery = { file: tourism.offer(file), passphrase: PHRASE };
    const { digest } = await tourism.ask('package.plan', { files, recovery });
    const { packages } = await tourism.ask('package.merge', { files, recovery, digest });
    expect(packages).toMatchObject([{ outcome: 'applied', kind: 'distribution' }]);
    // It opened a seal; the key is as locked as before.
    expect((await view(tourism)).key).toBe('locked');
  });

  test('the office’s key goes on in a new file too, under the key that founded the round', async () => {
    const file = await recoveryOf(office, 'office-recovery.json');
    const { print } = await view(office);
    const fresh = world.host();
    const input = {
      file: fresh.offer(world.at('new-office.hyoka')),
      office: '企画財政課',
      form: { id: 'memuro-shisaku' },
      year: 2022,
    };
    const recovery = { file: fresh.offer(file), passphrase: PHRASE };
    expect((await fresh.problem('workspace.create', { ...input, year: 2023, recovery })).code).toBe(
      'recovery.mismatched',
    );
    expect((await fresh.ask('workspace.create', { ...input, recovery })).print).toBe(print);
    await tourism.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '続き' }] });
    const [taken] = await merge(fresh, await submitSheets(world, tourism, 'in'));
    expect(taken?.reason?.code).toBe('signer.unknown');
  });
});

describe('the passphrase', () => {
  test('a key that lay open is protected afterwards: its bytes are nowhere in the file any more', async () => {
    const open = await keyIn((await close(tourism)).file);
    await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
    await tourism.ask('key.rotate', {});
    expect((await tourism.ask('key.protect', { passphrase: 'ひとつめの言葉' })).key).toBe('open');
    const second = await keyIn((await close(tourism)).file, 'ひとつめの言葉');
    const bytes = await readFile(tourism.file);
    for (const key of [open, second]) expect(bytes.includes(key)).toBe(false);

    await tourism.ask('workspace.open', { file: tourism.offer(tourism.file), passphrase: 'ひとつめの言葉' });
    const change = { passphrase: 'ふたつめの言葉' };
    expect((await tourism.problem('key.protect', change)).code).toBe('key.wrong');
    await tourism.ask('key.protect', { ...change, current: 'ひとつめの言葉' });
    expect((await tourism.problem('key.rotate', { passphrase: 'ひとつめの言葉' })).code).toBe('key.wrong');
    await tourism.ask('key.rotate', change);
    await close(tourism);
    const session = await openSession(systemPorts(), tourism.file, 'ふたつめの言葉');
    expect(session.former.map(({ privateKey }) => privateKey)).toEqual([open, second]);
    session.store.close();
  });
});

async function close(who: Workspace): Promise<Workspace> {
  await who.app.close();
  return who;
}

test('a new key and a new passphrase asked for at one time: both count, one after the other', async () => {
  const file = tourism.file;
  await Promise.all([
    tourism.ask('key.protect', { passphrase: PHRASE, remember: false }),
    tourism.ask('key.rotate', { passphrase: PHRASE }),
  ]);
  const own = (await view(tourism)).print;
  await tourism.app.close();
  const session = await openSession(systemPorts(), file, PHRASE);
  onTestFinished(() => session.store.close());
  expect(session.meta.print).toBe(own);
  const bytes = Buffer.from('x');
  expect(verify(session.meta.publicKey, bytes, sign(signingKey(session).privateKey, bytes))).toBe(true);
  expect(session.former).toHaveLength(1);
});

describe('the system’s keeping', () => {
  const keeperOf = (secret: string): Keeper => ({
    backend: 'test',
    wrap: (text) => Buffer.from(`${secret}:${[...text].reverse().join('')}`).toString('base64'),
    unwrap: (wrapped) => {
      const [owner, text = ''] = Buffer.from(wrapped, 'base64').toString('utf8').split(':');
      return owner === secret ? [...text].reverse().join('') : undefined;
    },
  });
  const on = (secret: string) => world.host({ ports: { ...systemPorts(), keeper: keeperOf(secret) } });

  test('T23 the key opens without asking where it was made; elsewhere only its recovery file opens it', async () => {
    const made = on('here');
    made.file = world.at('kept.hyoka');
    const input = { office: '企画課', form: { id: 'memuro-shisaku' }, year: 2022 };
    expect((await made.ask('workspace.create', { file: made.offer(made.file), ...input })).key).toBe('kept');
    const { print } = await reopen(made);
    const file = await recoveryOf(made);
    await made.app.close();

    for (const elsewhere of [on('there'), world.host()]) {
      elsewhere.file = made.file;
      expect(await reopen(elsewhere)).toMatchObject({ key: 'lost', print });
      const folder = elsewhere.offer(world.at('out'));
      expect((await elsewhere.problem('key.rotate', {})).code).toBe('key.lost');
      expect((await elsewhere.problem('key.protect', { passphrase: PHRASE })).code).toBe('key.lost');
      expect((await elsewhere.problem('package.distribute', { folder })).code).toBe('key.lost');
      await elsewhere.app.close();
    }
    const there = on('there');
    there.file = made.file;
    await reopen(there);
    const back = await there.ask('recovery.open', { file: there.offer(file), passphrase: PHRASE });
    expect(back).toMatchObject({ key: 'kept', print });
    expect((await reopen(there)).key).toBe('kept');
  });

  test('a passphrase beside it opens the key where the system does not', async () => {
    const here = on('here');
    here.file = world.at('both.hyoka');
    const input = { office: '企画課', form: { id: 'memuro-shisaku' }, year: 2022 };
    await here.ask('workspace.create', { file: here.offer(here.file), ...input });
    await here.ask('key.protect', { passphrase: 'ならべた言葉', remember: true });
    expect((await reopen(here)).key).toBe('open');
    await here.app.close();
    const there = on('there');
    there.file = here.file;
    expect((await reopen(there)).key).toBe('locked');
    expect((await reopen(there, { passphrase: 'ならべた言葉' })).key).toBe('open');
  });
});

test('T21 no output holds a private key or a passphrase', async () => {
  const said: string[] = [];
  const stderr = process.stderr.write.bind(process.stderr);
  process.stderr.write = ((chunk: string) => said.push(String(chunk)) > 0) as typeof process.stderr.write;
  onTestFinished(() => {
    process.stderr.write = stderr;
  });
  const ask = async (who: Workspace, method: string, input: unknown) => {
    const reply = await who.app.call(method, input);
    said.push(JSON.stringify(reply));
  };
  const keys = [await keyIn((await close(tourism)).file), await keyIn((await close(office)).file)];
  const phrases = [PHRASE, 'ひみつの合い言葉', 'まちがえた合い言葉'];
  for (const who of [tourism, office]) await ask(who, 'workspace.open', { file: who.offer(who.file) });
  await ask(tourism, 'key.protect', { passphrase: phrases[1] });
  await ask(tourism, 'key.protect', { passphrase: phrases[1], current: phrases[2] });
  await ask(tourism, 'key.rotate', { passphrase: phrases[2] });
  await ask(tourism, 'key.rotate', { passphrase: phrases[1] });
  const recovery = { file: tourism.offer(world.at('secret', 'recovery.json')), passphrase: PHRASE };
  await ask(tourism, 'recovery.write', { ...recovery, again: phrases[2] });
  await systemPorts().files.makeFolder(world.at('secret'));
  await ask(tourism, 'recovery.write', { ...recovery, again: phrases[2] });
  await ask(tourism, 'recovery.write', { ...recovery, again: PHRASE });
  await ask(tourism, 'recovery.open', { ...recovery, passphrase: phrases[2] });
  await ask(tourism, 'workspace.unlock', { passphrase: phrases[2] });
  for (const method of ['workspace.view', 'signer.list', 'sheet.list', 'app.about', 'store.verify']) {
    for (const who of [tourism, office]) await ask(who, method, {});
  }
  await ask(tourism, 'package.submit', { folder: tourism.offer(world.at('in')), incomplete: true });
  await ask(office, 'package.merge', { files: [office.offer(world.at('in'))] });
  await ask(office, 'signer.expect', { print: (await view(tourism)).print, unit: UNIT });
  await ask(office, 'package.merge', { files: [] });
  await ask(office, 'package.distribute', { folder: office.offer(world.at('out2')) });
  for (const format of ['json', 'csv']) {
    await ask(office, 'export.write', { file: office.offer(world.at('out2', `all.${format}`)), format });
  }
  // A failure that nobody foresaw writes to standard error.
  const broken = world.host({
    ports: {
      ...systemPorts(),
      entropy: { ...systemPorts().entropy, id: () => Promise.reject(new Error('x')) as never },
    },
  });
  await broken.app.call('workspace.open', { file: broken.offer(world.at('none')), passphrase: PHRASE });
  await close(tourism);
  keys.push(await keyIn(tourism.file, phrases[1]));

  for (const folder of ['in', 'out', 'out2', 'secret']) {
    for (const name of await readdir(world.at(folder))) {
      const text = await readFile(path.join(world.at(folder), name), 'utf8');
      said.push(text);
      const payload = /"payload":"([^"]+)"/.exec(text)?.[1];
      if (payload) said.push(Buffer.from(payload, 'base64').toString('utf8'));
    }
  }
  const all = said.join('\n');
  expect(all.length).toBeGreaterThan(10_000);
  for (const key of keys) {
    const seed = Buffer.from(key, 'base64').subarray(-32);
    const spellings = [key, seed.toString('base64'), seed.toString('base64url'), seed.toString('hex')];
    for (const spelling of [...spellings, seed.toString('hex').toUpperCase(), seed.toString('base64').slice(2, 40)]) {
      expect(all).not.toContain(spelling);
    }
  }
  expect(all).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY/);
  for (const phrase of phrases) {
    for (const spelling of [phrase, phrase.normalize('NFKC'), Buffer.from(phrase).toString('base64')]) {
      expect(all).not.toContain(spelling);
    }
  }
});
