// The database file: its settings, its lock, its immutability, and what happens to files that are not ours.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf, putArtifact, verifyArtifacts } from '../../electron/core/store/artifacts.ts';
import { APPLICATION_ID, openStore, type Store } from '../../electron/core/store/database.ts';
import { checkSchema, createSchema, SCHEMA_VERSION } from '../../electron/core/store/schema.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';

let folder: string;
let file: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-store-'));
  file = path.join(folder, '評価.hyoka');
  store = openStore(file, '評価', { create: createSchema, check: () => undefined });
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true, force: true });
});

const reopen = () => openStore(file, '評価', { check: (db) => checkSchema(db, '評価') });
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return 'none';
}

test('the settings hold on both connections: WAL, FULL, foreign keys, secure delete, untrusted schema, cell check', () => {
  const names = ['synchronous', 'foreign_keys', 'secure_delete', 'trusted_schema', 'cell_size_check', 'application_id'];
  const settings = (db: { get(sql: string): Record<string, unknown> | undefined }) =>
    names.map((name) => Object.values(db.get(`PRAGMA ${name}`) ?? {})[0]);
  const wanted = [2, 1, 1, 0, 1, APPLICATION_ID];
  expect(store.read(settings)).toEqual(wanted);
  expect(store.write((db) => settings(db))).toEqual(wanted);
  expect(store.read((db) => db.get('PRAGMA journal_mode'))).toEqual({ journal_mode: 'wal' });
});

test('a read cannot write, not even through the back door of its own connection', () => {
  expect(() => store.read((db) => db.get(`INSERT INTO meta VALUES ('a', '1') RETURNING name`))).toThrow(/readonly/);
});

test('an artifact cannot be changed, deleted or replaced', () => {
  const hash = store.write((db) => putArtifact(db, 'form', { a: 1 }));
  expect(hash).toBe(hashOf({ a: 1 }));
  const attacks = [
    `UPDATE artifact SET body = 'x' WHERE hash = '${hash}'`,
    `DELETE FROM artifact WHERE hash = '${hash}'`,
    `INSERT OR REPLACE INTO artifact VALUES ('${hash}', 'form', 'x')`,
    `REPLACE INTO artifact VALUES ('${hash}', 'form', 'x')`,
    `INSERT INTO artifact VALUES ('${hash}', 'form', 'x') ON CONFLICT (hash) DO UPDATE SET body = 'x'`,
    `UPDATE OR REPLACE artifact SET hash = '${'0'.repeat(64)}'`,
  ];
  for (const sql of attacks) expect(() => store.write((db) => db.run(sql)), sql).toThrow(/immutable/);
  expect(store.read(verifyArtifacts)).toEqual({ artifacts: 1, findings: [] });
  expect(store.write((db) => putArtifact(db, 'form', { a: 1 }))).toBe(hash);
});

test('a write that throws leaves nothing; a rehearsal leaves nothing', () => {
  expect(() =>
    store.write((db) => {
      putArtifact(db, 'form', { a: 1 });
      throw new Error('in the middle');
    }),
  ).toThrow('in the middle');
  const tried = store.rehearse((db) => {
    putArtifact(db, 'form', { b: 2 });
    return verifyArtifacts(db).artifacts;
  });
  expect(tried).toBe(1);
  expect(store.read(verifyArtifacts).artifacts).toBe(0);
});

test('a second process is told and writes nothing; after the first one ends it may', async () => {
  expect(codeOf(reopen)).toBe('workspace.busy');
  const script = `import { openStore } from ${JSON.stringify(path.resolve('electron/core/store/database.ts'))};
    try { openStore(process.argv[1], 'x', { check: () => undefined }); console.log('open'); }
    catch (error) { console.log(error.problem.code); }`;
  const ask = async () =>
    (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file])).stdout.trim();
  expect(await ask()).toBe('workspace.busy');
  store.close();
  expect(await ask()).toBe('open');
  store = reopen();
});

test('a foreign program that holds the file is told, and nothing is lost or half done', () => {
  const foreign = new Database(file);
  foreign.exec('BEGIN IMMEDIATE');
  const write = () => store.write((db) => putArtifact(db, 'form', { a: 1 }));
  expect(write).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code: 'file.unwritable' }) }));
  foreign.exec('ROLLBACK');
  foreign.close();
  write();
  expect(store.read(verifyArtifacts)).toEqual({ artifacts: 1, findings: [] });
});

test('kill −9 frees the file, and everything that was answered before is in it', async () => {
  store.close();
  const script = `import { openStore } from ${JSON.stringify(path.resolve('electron/core/store/database.ts'))};
    import { putArtifact } from ${JSON.stringify(path.resolve('electron/core/store/artifacts.ts'))};
    const store = openStore(process.argv[1], 'x', { check: () => undefined });
    for (let i = 0; ; i += 1) { store.write((db) => putArtifact(db, 'form', { i })); process.stdout.write(i + '\\n'); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file]);
  let told = '';
  child.stdout.on('data', (chunk) => {
    told += chunk;
    if (told.split('\n').length > 50) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('close', resolve));
  const acknowledged = told.split('\n').slice(0, -1).length;
  store = reopen();
  const { artifacts, findings } = store.read(verifyArtifacts);
  expect(artifacts).toBeGreaterThanOrEqual(acknowledged);
  expect(findings).toEqual([]);
});

test('foreign, empty, cut, missing, newer and altered files are told apart and never written to', async () => {
  store.close();
  const other = (name: string) => path.join(folder, name);
  const open = (target: string) => () =>
    openStore(target, path.basename(target), { check: (db) => checkSchema(db, 'x') });
  await writeFile(other('text.hyoka'), 'これは文字のファイルです。'.repeat(100));
  await writeFile(other('empty.hyoka'), '');
  const sqlite = new Database(other('sqlite.hyoka'));
  sqlite.exec('CREATE TABLE t (x)');
  sqlite.close();
  const newer = new Database(file);
  newer.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
  newer.close();
  expect(codeOf(open(other('text.hyoka')))).toBe('workspace.foreign');
  expect(codeOf(open(other('empty.hyoka')))).toBe('workspace.foreign');
  expect(codeOf(open(other('sqlite.hyoka')))).toBe('workspace.foreign');
  expect(codeOf(open(other('none.hyoka')))).toBe('workspace.missing');
  expect(codeOf(open(file))).toBe('workspace.newer');
  expect((await stat(other('empty.hyoka'))).size).toBe(0);
  expect(await readFile(other('text.hyoka'), 'utf8')).toContain('これは文字のファイルです。');
  const altered = new Database(file);
  altered.pragma(`user_version = ${SCHEMA_VERSION}`);
  altered.exec('DROP TRIGGER artifact_no_delete');
  altered.exec('CREATE TRIGGER foreign_code AFTER INSERT ON draft BEGIN DELETE FROM draft; END');
  altered.close();
  expect(codeOf(open(file))).toBe('workspace.damaged');
});

test('bit rot that SQLite itself does not notice is found by the hash', () => {
  store.write((db) => putArtifact(db, 'form', { text: 'もとの文' }));
  store.close();
  const raw = new Database(file);
  raw.exec('DROP TRIGGER artifact_no_update');
  raw.exec(`UPDATE artifact SET body = replace(body, 'もと', 'うそ')`);
  raw.close();
  store = openStore(file, 'x', { check: () => undefined });
  expect(store.read(verifyArtifacts).findings).toHaveLength(1);
});
