// What goes out: sealed by the kind of place, proved, registered, written again; and cancelled, forged or misnamed.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newKeyPair, printOf } from '../../electron/core/exchange/crypto.ts';
import { recipientOf, SEALED_LIMIT, seal } from '../../electron/core/exchange/secrecy.ts';
import { type Ports, systemPorts } from '../../electron/core/ports.ts';
import type { Carry, PlaceKind } from '../../shared/contract/outgoingviews.ts';
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
let submission: string;
beforeEach(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'handed');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  submission = await submitSheets(world, tourism, 's1');
});
afterEach(() => world.close());

const PASSPHRASE = '媒体とは別に伝える言葉';
const submit = (who: Workspace, folder: string, carry: Carry) =>
  who.ask('package.submit', { folder: who.offer(world.at(folder)), incomplete: true, carry });

/** The same file, opened where every folder lies on such a place. */
async function reopenedAt(who: Workspace, kind: PlaceKind, change: (ports: Ports) => void = () => undefined) {
  await who.app.close();
  const ports = systemPorts();
  ports.files.placeOf = async () => ({ kind, volume: 'USB-07' });
  change(ports);
  const there = world.host({ ports });
  there.file = who.file;
  await there.ask('workspace.open', { file: there.offer(who.file) });
  return there;
}

async function known(): Promise<void> {
  await merge(office, submission);
  await trust(office, tourism);
  await merge(office);
}

describe('sealed packages', () => {
  test('a whole round under seals: by a passphrase first, by keys from then on; a lost stick tells nobody anything (T25)', async () => {
    const carry = { seal: true, passphrase: PASSPHRASE };
    const folder = office.offer(world.at('sealed'));
    const { packages } = await office.ask('package.distribute', { folder, carry });
    expect(packages.map(({ sealed }) => sealed)).toEqual(['passphrase', 'passphrase']);
    const file = world.at('sealed', packages.find(({ unit }) => unit === '社会教育課')?.file ?? '');

    const library = world.host();
    library.file = world.at('library.hyoka');
    const { print } = await office.ask('workspace.view', {});
    const input = { file: library.offer(library.file), package: library.offer(file), print };
    expect((await library.problem('workspace.join', input)).code).toBe('seal.locked');
    const wrong = { ...input, sealPassphrase: 'ちがう言葉を打った' };
    expect((await library.problem('workspace.join', wrong)).code).toBe('seal.wrong');
    await library.ask('workspace.join', { ...input, sealPassphrase: PASSPHRASE });

    const handedIn = await submit(library, 'in', { seal: true });
    expect(handedIn.packages[0]?.sealed).toBe('keys');
    const stick = world.at('in', handedIn.packages[0]?.file ?? '');
    expect((await tourism.ask('package.inspect', { file: tourism.offer(stick) })).problem?.code).toBe('package.sealed');
    expect((await readFile(stick)).toString('latin1')).not.toMatch(/payload|hyoka-package/);
    await merge(office, stick);
    await trust(office, library);
    // What had been set aside was taken in with that.
    expect((await merge(office, stick))[0]?.outcome).toBe('duplicate');

    const again = await office.ask('package.distribute', { folder: office.offer(world.at('again')), carry });
    expect(again.packages.map(({ unit, sealed }) => [unit, sealed]).sort()).toEqual([
      ['商工観光課', 'passphrase'],
      ['社会教育課', 'keys'],
    ]);
    const next = world.at('again', again.packages.find(({ sealed }) => sealed === 'keys')?.file ?? '');
    expect((await merge(library, next))[0]?.outcome).toBe('applied');
    // By its own key: the sender can look into it again.
    expect((await office.ask('package.inspect', { file: office.offer(next) })).verified).toBe(true);
  });

  test('all known keys of a department open it; one that has announced none is counted', async () => {
    await known();
    const second = await joinDepartment(world, world.at('handed', (await distributed('商工観光課')) ?? ''), 'b.hyoka');
    await merge(office, await submitSheets(world, second, 'b'));
    await trust(office, second);
    const outlook = async () =>
      (await office.ask('package.prepare', { folder: office.offer(world.at('x')) })).recipients.find(
        ({ unit }) => unit === '商工観光課',
      );
    expect(await outlook()).toEqual({ unit: '商工観光課', ready: 2, missing: 0 });
    const out = { folder: office.offer(world.at('both')), carry: { seal: true, open: true } };
    const { packages } = await office.ask('package.distribute', out);
    const file = world.at('both', packages.find(({ unit }) => unit === '商工観光課')?.file ?? '');
    for (const who of [tourism, second]) expect((await merge(who, file))[0]?.outcome).toBe('applied');

    // A key that is registered by another way than its own package has announced nothing yet.
    const { print } = await second.ask('workspace.view', {});
    await office.app.close();
    const db = new Database(office.file);
    db.prepare('DELETE FROM seal WHERE print = ?').run(print);
    db.close();
    await office.ask('workspace.open', { file: office.offer(office.file) });
    expect(await outlook()).toEqual({ unit: '商工観光課', ready: 1, missing: 1 });
  });

  const distributed = async (unit: string) =>
    (await office.ask('register.list', {})).entries.filter(({ recipient }) => recipient === unit).at(-1)?.file;

  test('P36 sealed anew for another office, a package is refused there as misdirected (T16)', async () => {
    const other = world.host();
    await other.ask('workspace.create', {
      ...{
        file: other.offer(world.at('other.hyoka')),
        office: '企画財政課',
        form: { id: 'memuro-shisaku' },
        year: 2022,
      },
    });
    await other.app.close();
    const db = new Database(world.at('other.hyoka'), { readonly: true });
    const { open } = JSON.parse(String(db.prepare("SELECT value FROM meta WHERE name = 'privateKey'").pluck().get()));
    db.close();
    await other.ask('workspace.open', { file: other.offer(world.at('other.hyoka')) });
    const sealed = await seal(await readFile(submission), { recipients: [recipientOf(open)] });
    const file = await world.write('anew.hyoka.age', sealed);
    expect((await merge(other, file))[0]).toMatchObject({
      outcome: 'refused',
      reason: { code: 'package.misdirected' },
    });
    expect((await merge(office, file))[0]?.reason?.code).toBe('package.sealed');
  });

  test('what was sealed for a former key still opens', async () => {
    const former = newKeyPair();
    await office.app.close();
    const db = new Database(office.file);
    db.prepare('INSERT INTO former_key (print, public_key, private_key, rotation, at) VALUES (?, ?, ?, ?, ?)').run(
      ...[printOf(former.publicKey), former.publicKey, JSON.stringify({ open: former.privateKey }), '{}', '2022'],
    );
    db.close();
    await office.ask('workspace.open', { file: office.offer(office.file) });
    const sealed = await seal(await readFile(submission), { recipients: [recipientOf(former.privateKey)] });
    const [result] = await merge(office, await world.write('former.hyoka.age', sealed));
    expect(result?.reason?.code).toBe('signer.unknown');
  });

  test('a file above the cap is refused before it is opened (T27)', async () => {
    const sealed = await seal(await readFile(submission), { recipients: [recipientOf(newKeyPair().privateKey)] });
    const file = await world.write('huge.hyoka.age', Buffer.concat([sealed, Buffer.alloc(SEALED_LIMIT)]));
    expect((await merge(office, file))[0]?.reason?.code).toBe('package.oversized');
  });
});

describe('the kind of place', () => {
  test('on a stick, and where it cannot be told, packages are sealed unless somebody says otherwise', async () => {
    for (const kind of ['removable', 'unknown'] as const) {
      const there = await reopenedAt(tourism, kind);
      const outlook = await there.ask('package.prepare', { folder: there.offer(world.at('x')) });
      expect(outlook).toMatchObject({ place: { kind, volume: 'USB-07' }, seal: true });
      expect((await submit(there, `${kind}-1`, { person: '夏川 葵' })).packages[0]?.sealed).toBe('keys');
      expect((await submit(there, `${kind}-2`, { seal: false })).packages[0]?.sealed).toBe('open');
      // It is asked anew each time.
      expect((await submit(there, `${kind}-3`, {})).packages[0]?.sealed).toBe('keys');
      await there.app.close();
    }
  });

  test('on a shared drive they are sealed until somebody says otherwise, which is remembered', async () => {
    const there = await reopenedAt(tourism, 'network');
    expect((await submit(there, 'n1', {})).packages[0]?.sealed).toBe('keys');
    expect((await submit(there, 'n2', { seal: false })).packages[0]?.sealed).toBe('open');
    expect((await submit(there, 'n3', {})).packages[0]?.sealed).toBe('open');
  });

  test('a first distribution on a stick says whose keys are missing, and writes nothing', async () => {
    const there = await reopenedAt(office, 'removable');
    const input = { folder: there.offer(world.at('stick')) };
    const problem = await there.problem('package.distribute', input);
    expect(problem).toMatchObject({ code: 'seal.unknown', details: { units: ['社会教育課', '商工観光課'] } });
    await expect(readdir(world.at('stick'))).rejects.toThrow('ENOENT');
    const { packages } = await there.ask('package.distribute', { ...input, carry: { open: true } });
    expect(packages.map(({ sealed }) => sealed)).toEqual(['open', 'open']);
  });
});

describe('the export register', () => {
  test('keeps every written package: who, what, on which medium, sealed or not; and what was erased', async () => {
    const there = await reopenedAt(tourism, 'removable');
    await submit(there, 'r1', { person: '夏川 葵', medium: '企-03' });
    await submit(there, 'r2', {});
    const { entries, person } = await there.ask('register.list', {});
    expect(person).toBe('夏川 葵');
    expect(entries).toHaveLength(3);
    for (const entry of entries.slice(0, 2)) {
      expect(entry).toMatchObject({ person: '夏川 葵', medium: '企-03', place: 'removable', sealed: true });
      expect(entry).toMatchObject({ kind: 'submission', recipient: '企画財政課', sheets: 2, erasedAt: null });
    }
    expect(entries.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
    const [last] = entries;
    const erased = await there.ask('register.erase', { ids: [last?.id ?? 0], person: '冬木 蓮' });
    expect(erased.entries.map(({ erasedBy }) => erasedBy)).toEqual(['冬木 蓮', null, null]);
    // What somebody has said stands.
    await there.ask('register.erase', { ids: [last?.id ?? 0], person: '別の人' });
    expect((await there.ask('register.list', {})).entries[0]?.erasedBy).toBe('冬木 蓮');
  });

  test('as a table it holds every entry, and no text in it is a formula', async () => {
    await submit(tourism, 'r1', { person: '=HYPERLINK("x")', medium: '＋1' });
    const file = world.at('記録.csv');
    expect(await tourism.ask('register.export', { file: tourism.offer(file) })).toEqual({
      file: '記録.csv',
      entries: 2,
    });
    const text = (await readFile(file)).toString();
    expect(text.startsWith('\uFEFF番号,日時（UTC）')).toBe(true);
    expect(text.trimEnd().split('\r\n')).toHaveLength(3);
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text).toContain(`'＋1`);
  });

  test('a package that was never proved stands apart, and goes out as the very same one (F22)', async () => {
    let isPulled = true;
    const there = await reopenedAt(tourism, 'fixed', (ports) => {
      const { write } = ports.files;
      ports.files.write = (file, bytes, options) =>
        write(isPulled ? world.at('no', 'such', 'stick', 'x') : file, bytes, options);
    });
    const refused = await there.problem('package.submit', { folder: there.offer(world.at('p')), incomplete: true });
    expect(refused.code).toBe('file.unwritable');
    const { entries, unwritten } = await there.ask('register.list', {});
    expect([entries.length, unwritten.length]).toEqual([1, 1]);
    isPulled = false;
    const hash = unwritten[0]?.hash ?? '';
    const first = await there.ask('package.rewrite', { hash, folder: there.offer(world.at('p1')) });
    const second = await there.ask('package.rewrite', { hash, folder: there.offer(world.at('p2')) });
    expect(second.packages).toEqual(first.packages);
    const [one, two] = await Promise.all(
      ['p1', 'p2'].map((folder) => readFile(world.at(folder, first.packages[0]?.file ?? ''))),
    );
    expect(two?.equals(one ?? Buffer.alloc(0))).toBe(true);
    expect((await there.ask('register.list', {})).unwritten).toEqual([]);
    // Over a copy that was spoilt on the way, too.
    await writeFile(world.at('p1', first.packages[0]?.file ?? ''), 'spoilt');
    await there.ask('package.rewrite', { hash, folder: there.offer(world.at('p1')) });
    expect((await readFile(world.at('p1', first.packages[0]?.file ?? ''))).equals(one ?? Buffer.alloc(0))).toBe(true);
  });

  test('what the other side has taken in is not kept any longer', async () => {
    await known();
    const { entries } = await tourism.ask('register.list', {});
    expect(entries[0]?.kept).toBe(true);
    const again = await distributeAll(world, office, 'again');
    await merge(tourism, again.商工観光課 ?? '');
    await submitSheets(world, tourism, 's2');
    const kept = (await tourism.ask('register.list', {})).entries.map((entry) => [entry.sequence, entry.kept]);
    expect(kept).toEqual([
      [2, true],
      [1, false],
    ]);
    const input = { hash: entries[0]?.hash ?? '', folder: tourism.offer(world.at('x')) };
    expect((await tourism.problem('package.rewrite', input)).code).toBe('package.unkept');
  });
});

test('P24 a sequence that has come to its end goes on in a new epoch: nobody is locked out (T11)', async () => {
  await known();
  await tourism.app.close();
  const db = new Database(tourism.file);
  db.prepare('UPDATE sent SET sequence = 9999999').run();
  db.close();
  await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
  const file = await submitSheets(world, tourism, 'end');
  const inspected = await office.ask('package.inspect', { file: office.offer(file) });
  expect(inspected).toMatchObject({ verified: true, sequence: 1 });
  expect((await merge(office, file))[0]?.outcome).toBe('applied');
  expect((await submit(tourism, 'next', {})).packages[0]?.sequence).toBe(2);
});

test('cancelling a distribution leaves whole packages, each registered, and nothing half done', async () => {
  const folder = world.at('cancelled');
  const control = { aborted: false };
  const seen: string[] = [];
  const reply = await office.app.call(
    'package.distribute',
    { folder: office.offer(folder) },
    {
      signal: control,
      onProgress: ({ done, name }) => {
        seen.push(name);
        control.aborted = done === 1;
      },
    },
  );
  expect(reply).toMatchObject({ ok: false, problem: { code: 'task.cancelled' } });
  expect(seen).toHaveLength(2);
  const files = await readdir(folder);
  const { entries, unwritten } = await office.ask('register.list', {});
  expect(files).toEqual([entries[0]?.file]);
  expect(unwritten).toEqual([]);
  const inspected = await office.ask('package.inspect', { file: office.offer(world.at('cancelled', files[0] ?? '')) });
  expect(inspected).toMatchObject({ verified: true, sequence: 2 });
  const { packages } = await office.ask('package.distribute', { folder: office.offer(folder) });
  expect(packages.map(({ sequence }) => sequence).sort()).toEqual([2, 3]);
});

describe('names', () => {
  const NAME = /^[DSRA]\d{4}-2022-\d{4}-[0-9a-f]{8}\.hyoka\.(json|age)$/;

  test('P5 say nothing of what is inside, sealed or not (T26)', async () => {
    const open = await submit(tourism, 'n1', { seal: false });
    const sealed = await submit(tourism, 'n2', { seal: true });
    for (const { packages } of [open, sealed]) expect(packages[0]?.file).toMatch(NAME);
    expect(sealed.packages[0]?.file).toMatch(/\.age$/);
    expect(await readdir(world.at('n2'))).toEqual([sealed.packages[0]?.file]);
  });

  test('P5 come from nothing that anybody wrote: no unit leads out of the folder or to a device (T37)', async () => {
    const hostile = [
      '../../etc',
      'CON',
      'aux.',
      'LPT1',
      'x:y',
      '..',
      '.',
      'a/b\\c',
      'x'.repeat(100),
      '課:$DATA',
      '末尾...',
    ];
    const words = fc.constantFrom(...hostile).chain((word) => fc.constantFrom(word, `${word} 課`, `〇${word}`));
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(words, { minLength: 2, maxLength: 4 }), async (units) => {
        round += 1;
        const usable = units.map((unit) => unit.slice(0, 100).trim());
        const rows = usable.map((unit, index) => `9-${index},施策,"${unit}"`);
        const who = await makeOffice(
          world,
          `h${round}.hyoka`,
          'memuro-shisaku',
          `施策番号,施策名,主管課\n${rows.join('\n')}\n`,
        );
        const { packages } = await who.ask('package.distribute', { folder: who.offer(world.at(`h${round}`)) });
        await who.app.close();
        expect((await readdir(world.at(`h${round}`))).sort()).toEqual(packages.map(({ file }) => file).sort());
        for (const { file } of packages) expect(file).toMatch(NAME);
      }),
      { numRuns: 8, seed: 37 },
    );
  });
});
