// Every problem of the catalogue is produced, by really doing what it is about; none of them changes anything.
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKeyPair, printOf } from '../../electron/core/exchange/crypto.ts';
import { openEnvelope, sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession, signingKey } from '../../electron/core/session.ts';
import { hashOf } from '../../electron/core/store/artifacts.ts';
import { contract, type MethodName } from '../../shared/contract/contract.ts';
import { catalogue, type Problem, type ProblemCode } from '../../shared/kernel/problem.ts';
import type { Submission } from '../../shared/package/payload.ts';
import { intakeProblems } from './intakeproblems.ts';
import { outgoingProblems } from './outgoingproblems.ts';
import { printProblems } from './printproblems.ts';
import { publicationProblems } from './publicationproblems.ts';
import { returnProblems } from './returnproblems.ts';
import { trustProblems } from './trustproblems.ts';
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
let handed: Record<string, string>;
let submission: string;

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  handed = await distributeAll(world, office, 'out');
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  submission = await submitSheets(world, tourism, 'in');
  await merge(office, submission);
  await trust(office, tourism);
});
afterAll(() => world.close());

const fresh =
  (unit: string, form = 'memuro-shisaku', year = 2022) =>
  async () => {
    const who = world.host();
    const file = who.offer(world.at(`${unit}.hyoka`));
    await who.ask('workspace.create', { file, office: unit, form: { id: form }, year });
    return who;
  };

/** The tourism department's package with something changed, signed again with its own key (or another). */
async function forged(
  change: (payload: Submission) => unknown,
  key?: { publicKey: string; privateKey: string },
): Promise<Problem | null> {
  await tourism.app.close();
  const session = await openSession(systemPorts(), tourism.file, undefined);
  const own = signingKey(session);
  session.store.close();
  await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
  const payload = structuredClone(openEnvelope(await readFile(submission)).payload) as Submission;
  const changed = (change(payload) ?? payload) as Submission;
  const used = key ?? own;
  changed.sender.publicKey = used.publicKey;
  const file = await world.write(`forged${Math.random()}.json`, sealEnvelope(changed.kind, changed, used));
  const before = (await office.ask('sheet.list', {})).sheets;
  const [result] = await merge(office, file);
  expect((await office.ask('sheet.list', {})).sheets).toEqual(before);
  return result?.reason ?? null;
}

const asPackage = async (change: (text: string) => string | Buffer): Promise<Problem | null> => {
  const file = await world.write('changed.json', change(await readFile(submission, 'utf8')));
  return (await merge(office, file))[0]?.reason ?? null;
};

const openFile = (name: string) => {
  const who = world.host();
  return who.problem('workspace.open', { file: who.offer(world.at(name)) });
};
const type = (sheet: string, cell: string, raw: string) => ({ sheet, cells: [{ cell, raw }] });

const produce: Record<ProblemCode, () => Promise<Problem | null>> = {
  ...returnProblems(() => world),
  ...printProblems(() => ({ world, office })),
  ...intakeProblems(() => ({ world, tourism })),
  ...publicationProblems(() => ({ world, office })),
  'workspace.closed': () => world.host().problem('sheet.list', {}),
  'workspace.busy': () => openFile('office.hyoka'),
  'workspace.exists': async () => {
    const who = world.host();
    const file = who.offer(office.file);
    return who.problem('workspace.create', { file, office: 'x', form: { id: 'memuro-shisaku' }, year: 2022 });
  },
  'workspace.missing': () => openFile('none.hyoka'),
  'workspace.foreign': async () => {
    await world.write('text.hyoka', '文字のファイル'.repeat(1_000));
    return openFile('text.hyoka');
  },
  'workspace.newer': async () => {
    await (await fresh('newer')()).app.close();
    const db = new Database(world.at('newer.hyoka'));
    db.pragma('user_version = 99');
    db.close();
    return openFile('newer.hyoka');
  },
  'workspace.damaged': async () => {
    await (await fresh('damaged')()).app.close();
    const db = new Database(world.at('damaged.hyoka'));
    db.exec('DROP TABLE draft');
    db.close();
    return openFile('damaged.hyoka');
  },
  'workspace.unsafe': async () => {
    await mkdir(world.at('OneDrive - 町役場'));
    const who = world.host();
    const file = who.offer(world.at('OneDrive - 町役場', 'a.hyoka'));
    return who.problem('workspace.create', { file, office: 'x', form: { id: 'memuro-shisaku' }, year: 2022 });
  },
  'role.wrong': () => tourism.problem('package.distribute', { folder: tourism.offer(world.at('x')) }),
  'form.unknown': async () => {
    const who = world.host();
    const file = who.offer(world.at('f.hyoka'));
    return who.problem('workspace.create', { file, office: 'x', form: { id: 'none' }, year: 2022 });
  },
  'form.invalid': async () => {
    const who = world.host();
    const form = who.offer(await world.write('bad.form.json', '{"format":"hyoka-form/1","id":"x"}'));
    return who.problem('workspace.create', {
      file: who.offer(world.at('f.hyoka')),
      office: 'x',
      form: { file: form },
      year: 2022,
    });
  },
  'sheet.unknown': () => office.problem('sheet.show', { sheet: '9-9' }),
  'sheet.duplicate': async () => {
    const row = { line: 2, cells: { 施策番号: '7-7', 施策名: 'あ', 主管課: 'い課' } };
    return office.problem('sheet.assign', { rows: [row, { ...row, line: 3 }] });
  },
  'sheet.none': async () => {
    const who = await fresh('none')();
    return who.problem('package.distribute', { folder: who.offer(world.at('x')) });
  },
  'sheet.incomplete': () => tourism.problem('package.submit', { folder: tourism.offer(world.at('x')) }),
  'sheet.conflicted': async () => {
    const other = await joinDepartment(world, handed.商工観光課 ?? '', 'second.hyoka');
    await merge(office, await submitSheets(world, other, 'c0'));
    await trust(office, other);
    for (const [who, text] of [
      [tourism, '一'],
      [other, '二'],
    ] as const)
      await who.ask('cell.set', type('2-1', '意図', text));
    await merge(office, await submitSheets(world, tourism, 'c1'), await submitSheets(world, other, 'c2'));
    return office.problem('package.distribute', { folder: office.offer(world.at('x')) });
  },
  'cell.unknown': () => tourism.problem('cell.set', type('2-2', 'ない欄', '1')),
  'round.unknown': () => office.problem('sheet.round', { sheets: ['2-2'], round: 'unheard_of' }),
  'confirmation.unfit': () => tourism.problem('sheet.confirm', { sheets: ['2-2'], name: ' ' }),
  'cell.locked': () => tourism.problem('cell.set', type('2-2', '経営戦略会議 進捗結果', 'C')),
  'cell.long': () => tourism.problem('cell.set', type('2-2', '意図', 'あ'.repeat(20_001))),
  'remark.unknown': () =>
    office.problem('remark.add', { sheet: '2-2', address: '', text: 'あ', reply: 'a'.repeat(64), closes: false }),
  'remark.unfit': () => tourism.problem('remark.add', { sheet: '2-2', address: '', text: 'あ', reply: null }),
  'previous.foreign': async () =>
    office.problem('previous.import', { file: office.offer(await world.write('別物.json', '{"a":1}')) }),
  'previous.mistimed': async () => {
    await (await fresh('later', 'memuro-shisaku', 2023)()).app.close();
    return office.problem('previous.import', { file: office.offer(world.at('later.hyoka')) });
  },
  'assignment.invalid': async () => {
    const file = office.offer(await world.write('bad.csv', '施策番号,ない見出し\n1,2\n'));
    return office.problem('assignment.import', { file });
  },
  'handle.unknown': () => office.problem('package.inspect', { file: '/etc/passwd' }),
  'file.missing': () => office.problem('package.inspect', { file: office.offer(world.at('none.json')) }),
  'file.unreadable': () => office.problem('assignment.import', { file: office.offer(world.at('out')) }),
  'text.unencodable': async () => {
    await office.ask('cell.set', type('2-2', '意図', '貯水量 3㎥'));
    const input = { file: office.offer(world.at('cp932.csv')), format: 'csv', encoding: 'cp932' } as const;
    return office.problem('export.write', input);
  },
  'file.large': async () => {
    const file = await world.write('huge.csv', '');
    await truncate(file, 50 * 1024 * 1024);
    return office.problem('assignment.import', { file: office.offer(file) });
  },
  'package.foreign': () => asPackage(() => '{"a":1}\n'),
  'package.truncated': () => asPackage((text) => text.slice(0, text.length / 2)),
  'package.emptied': () => asPackage(() => Buffer.alloc(0)),
  'package.stripped': () => asPackage((text) => text.replace(/"signatures":.*\]/, '"signatures":[]')),
  'package.sanitised': () => asPackage(() => '%PDF-1.7 application/vnd.hyoka.submission'),
  'package.wrapped': () => asPackage(() => 'PK\x03\x04S1234-2022-0001-aaaaaaaa.hyoka.json'),
  'package.other': () => asPackage(() => '{"format":"hyoka-form/1"}'),
  'package.shortcut': () => asPackage(() => '[InternetShortcut]\r\nURL=file://server/share\r\n'),
  'package.reencoded': () => asPackage((text) => text.replace('\n', '\r\n')),
  'package.malformed': () => forged((payload) => ({ ...payload, extra: 'x' })),
  'package.tampered': () =>
    asPackage((text) => text.replace(/"payload":"(.)/, (_, c) => `"payload":"${c === 'e' ? 'f' : 'e'}`)),
  'package.oversized': () => asPackage(() => Buffer.alloc(21 * 1024 * 1024, 32)),
  'package.newer': () => asPackage((text) => text.replace('.v1+json', '.v2+json')),
  'package.miskinded': async () => (await merge(office, handed.商工観光課 ?? ''))[0]?.reason ?? null,
  'package.misdirected': async () => (await merge(tourism, handed.社会教育課 ?? ''))[0]?.reason ?? null,
  'package.outdated': () =>
    forged((payload) => {
      payload.year = 2021;
    }),
  'package.inconsistent': () =>
    forged((payload) => {
      payload.sender.print = '1'.repeat(30);
    }),
  'sheets.refused': () =>
    forged((payload) => {
      payload.sheets = payload.sheets.slice(0, 1);
      for (const sheet of payload.sheets) sheet.sheet = `s${'9'.repeat(20)}`;
      payload.revisions = [];
    }),
  'sheets.unfit': () =>
    forged((payload) => {
      payload.sequence = 98;
      payload.sheets = payload.sheets.slice(0, 1);
      const [entry] = payload.sheets;
      const [base] = entry?.heads ?? [];
      const { unit, print } = payload.sender;
      const wrong: Submission['revisions'][number] = {
        ...{ format: 'hyoka-revision/1', form: payload.forms[0] ?? '', year: payload.year, sheet: entry?.sheet ?? '' },
        ...{ parents: [base ?? ''], author: { role: 'department', unit, station: print }, at: payload.at, note: '' },
        values: { nowhere: 'x' },
      };
      payload.revisions = [...payload.revisions.filter(({ sheet }) => sheet === entry?.sheet), wrong];
      if (entry) entry.heads = [hashOf(wrong)];
    }),
  'base.missing': () =>
    forged((payload) => {
      payload.sequence = 99;
      for (const sheet of payload.sheets) sheet.heads = ['a'.repeat(64)];
    }),
  ...outgoingProblems(() => ({ world, office, department: tourism, fresh: (unit) => fresh(unit)() })),
  'signer.unknown': () => {
    const key = newKeyPair();
    return forged((payload) => {
      payload.sender.print = printOf(key.publicKey);
    }, key);
  },
  'unit.unknown': async () => {
    const { print } = await tourism.ask('workspace.view', {});
    return office.problem('signer.accept', { print, unit: 'ない課' });
  },
  'signer.unseen': () => office.problem('signer.accept', { print: '1'.repeat(30), unit: 'x' }),
  'signer.mismatched': () =>
    forged((payload) => {
      payload.sender.unit = '社会教育課';
      payload.revisions = [];
    }),
  'signer.changed': async () => {
    const twin = await makeOffice(world, 'twin.hyoka');
    const again = await distributeAll(world, twin, 'twin');
    return (await merge(tourism, again.商工観光課 ?? ''))[0]?.reason ?? null;
  },
  'signer.revoked': async () => {
    const { print, unit } = await tourism.ask('workspace.view', {});
    await office.ask('signer.revoke', { print });
    const [result] = await merge(office, await submitSheets(world, tourism, 'late'));
    await office.ask('signer.accept', { print, unit });
    return result?.reason ?? null;
  },
  'key.locked': async () => {
    const who = world.host();
    await who.ask('workspace.create', {
      file: who.offer(world.at('k.hyoka')),
      office: '企画課',
      form: { id: 'memuro-shisaku' },
      year: 2022,
      passphrase: '合い言葉',
    });
    await who.ask('workspace.open', { file: who.offer(world.at('k.hyoka')) });
    const found = await who.problem('package.distribute', { folder: who.offer(world.at('x')) });
    await who.app.close();
    return found;
  },
  'key.wrong': () => {
    const who = world.host();
    return who.problem('workspace.open', { file: who.offer(world.at('k.hyoka')), passphrase: 'ちがう' });
  },
  'key.damaged': async () => {
    const db = new Database(world.at('k.hyoka'));
    db.exec(`UPDATE meta SET value = '{"sealed":"{}"}' WHERE name = 'privateKey'`);
    db.close();
    const who = world.host();
    return who.problem('workspace.open', { file: who.offer(world.at('k.hyoka')), passphrase: '合い言葉' });
  },
  ...trustProblems(() => ({ world, office, package: handed.商工観光課 ?? '', submission })),
  'held.full': async () => {
    const key = newKeyPair();
    await office.app.close();
    const db = new Database(office.file);
    db.exec(`INSERT INTO received (payload, outcome, kind, print, public_key, unit, station, epoch, sequence, made_at,
        received_at, file, sheets, envelope)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
      SELECT printf('%064d', i), 'quarantined', 'submission', printf('%030d', i), '', '', '', '', 1, '', '', '', '[]', x'00'
      FROM n`);
    db.close();
    await office.ask('workspace.open', { file: office.offer(office.file) });
    return forged((payload) => {
      payload.sender.print = printOf(key.publicKey);
    }, key);
  },
  'held.kept': async () => {
    const key = newKeyPair();
    await forged((payload) => {
      payload.sender.print = printOf(key.publicKey);
    }, key);
    const packages = (await office.ask('held.list', {})).packages.flatMap(({ hash }) => hash ?? []);
    return office.problem('held.discard', { packages });
  },
  'package.crowded': async () => {
    await mkdir(world.at('crowd'));
    await Promise.all(Array.from({ length: 2_001 }, (_, index) => writeFile(world.at('crowd', `${index}.txt`), 'x')));
    return (await merge(office, world.at('crowd'))).at(-1)?.reason ?? null;
  },
  'held.unknown': () => office.problem('held.drop', { packages: ['a'.repeat(64)], isDropped: true }),
  'alarm.unknown': () => office.problem('alarm.note', { alarm: 'x', person: '甲野' }),
  'plan.changed': () => office.problem('package.merge', { files: [office.offer(submission)], digest: 'x' }),
  'method.unknown': () => office.problem('no.method' as MethodName, {} as never),
  'input.invalid': () => office.problem('sheet.show', { sheet: 1 } as never),
  'task.cancelled': async () => {
    const reply = await office.app.call(
      'package.plan',
      { files: [office.offer(submission)] },
      { signal: { aborted: true } },
    );
    return reply.ok ? null : reply.problem;
  },
  internal: async () => {
    const incidents: string[] = [];
    const who = world.host({
      ports: {
        ...systemPorts(),
        clock: {
          ...systemPorts().clock,
          now: () => {
            throw new Error('no clock');
          },
        },
      },
      report: (incident) => incidents.push(incident),
    });
    await office.app.close();
    await who.ask('workspace.open', { file: who.offer(office.file) });
    const reply = await who.app.call('cell.set', type('2-2', '意図', 'あ'));
    await who.app.close();
    await office.ask('workspace.open', { file: office.offer(office.file) });
    expect(reply.ok ? null : reply.problem.details).toEqual({ incident: incidents[0] });
    return reply.ok ? null : reply.problem;
  },
};

describe('every problem is produced', () => {
  test('the table is the catalogue', () => {
    expect(Object.keys(produce).sort()).toEqual(Object.keys(catalogue).sort());
  });

  test.each(Object.keys(catalogue) as ProblemCode[])('%s', async (code) => {
    const problem = await produce[code]();
    expect(problem?.code).toBe(code);
    expect(problem?.message).toMatch(/[ぁ-んァ-ヶ一-龠]/);
    expect(problem?.hint).toMatch(/。$/);
    expect(JSON.stringify(problem)).not.toContain(path.basename(world.folder));
  });
});

test('every code is declared by a method, or may be answered by any', () => {
  const anywhere: ProblemCode[] = ['method.unknown', 'input.invalid', 'task.cancelled', 'internal'];
  const declared = new Set([...anywhere, ...Object.values(contract).flatMap((method) => [...method.problems])]);
  // Results of packages carry these as reasons, beside those that a method answers with.
  const reasons = Object.keys(catalogue).filter((code) =>
    /^((package|signer|base|lineage|sheets)\.|held\.full$)/.test(code),
  ) as ProblemCode[];
  for (const code of reasons) declared.add(code);
  expect([...declared].sort()).toEqual(Object.keys(catalogue).sort());
});

test('a department never hears where files lie', async () => {
  await writeFile(world.at('secret.txt'), 'x');
  const problem = await office.problem('package.inspect', { file: office.offer(world.at('deep', 'none.json')) });
  expect(problem.message).not.toContain(world.folder);
});
