// Files of older programs: they open, nothing in them is lost, and a copy of them as they were lies beside them.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession } from '../../electron/core/session.ts';
import { verifyArtifacts } from '../../electron/core/store/artifacts.ts';
import { derivedFindings } from '../../electron/core/store/derived.ts';
import { listPublications, nextNumber, publicationFindings } from '../../electron/core/store/publications.ts';
import { SCHEMA_VERSION, schemaFindings } from '../../electron/core/store/schema.ts';
import { loadSheets, referenceFindings } from '../../electron/core/store/sheets.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-migration-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A file that a program of version 1 really made: packages taken in and set aside, a conflict, something typed. */
async function older(name: 'office' | 'department'): Promise<string> {
  const packed = await readFile(path.join(import.meta.dirname, `version-1-${name}.hyoka.gz`));
  const file = path.join(folder, '評価.hyoka');
  await writeFile(file, gunzipSync(packed));
  return file;
}

/** A file that a program of version 3 or 4 really made: packages taken in (and, of version 4, one set aside), something typed. */
async function ofVersion(version: 3 | 4): Promise<string> {
  const packed = await readFile(path.join(import.meta.dirname, `version-${version}-office.hyoka.gz`));
  const file = path.join(folder, '評価.hyoka');
  await writeFile(file, gunzipSync(packed));
  return file;
}

const ENDURING = ['meta', 'artifact', 'ref', 'accepted', 'draft', 'intake', 'signer', 'received', 'sent'];

/** What version 3 added. */
const SINCE_3 = 'journal remark previous former_key own seal acknowledged decision confirmation carried setting noted'
  .split(' ')
  .concat('rotation', 'vouched', 'registry');

/** Every row of every enduring table. */
function contentOf(file: string, tables = ENDURING): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true });
  try {
    return Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()]));
  } finally {
    db.close();
  }
}
const versionOf = (file: string): unknown => {
  const db = new Database(file, { readonly: true });
  const version = db.pragma('user_version', { simple: true });
  db.close();
  return version;
};
const open = (file: string) => openSession(systemPorts(), file, undefined);
const filesIn = async () => (await readdir(folder)).filter((name) => !/-(lock|wal|shm)$/.test(name)).sort();

describe.each(['office', 'department'] as const)('a version 1 file of the %s', (name) => {
  test('migrates with every row of every table, and is sound afterwards', async () => {
    const file = await older(name);
    const before = contentOf(file);
    expect(before.artifact?.length).toBeGreaterThan(5);
    const session = await open(file);
    const { store } = session;
    expect(store.read(verifyArtifacts).findings).toEqual([]);
    expect(store.read(schemaFindings)).toEqual([]);
    expect(store.read(referenceFindings)).toEqual([]);
    expect(store.read(derivedFindings)).toEqual([]);
    const sheets = store.read(loadSheets);
    expect(sheets.flatMap((sheet) => [...sheet.draft.values()]).length).toBe(1);
    expect(sheets.flatMap((sheet) => sheet.standing.conflicts).length).toBe(name === 'office' ? 1 : 0);
    expect(() => store.write((db) => db.run('DELETE FROM artifact'))).toThrow(/immutable/);
    store.close();
    // Later versions may add columns; what stood in a row stands in it still, and no row is lost or added.
    expect(contentOf(file)).toMatchObject(before);
    expect(versionOf(file)).toBe(SCHEMA_VERSION);
  });

  test('is copied as it was, before anything is changed, and the copy opens', async () => {
    const file = await older(name);
    const before = contentOf(file);
    (await open(file)).store.close();
    (await open(file)).store.close();
    const copies = (await filesIn()).filter((one) => one !== '評価.hyoka');
    expect(copies).toEqual(['評価（更新前の控え1）.hyoka']);
    const copy = path.join(folder, copies[0] ?? '');
    expect(versionOf(copy)).toBe(1);
    expect(contentOf(copy)).toEqual(before);
    await rm(file);
    const restored = await open(copy);
    expect(restored.store.read(loadSheets).length).toBeGreaterThan(0);
    restored.store.close();
    // A copy of a copy: no name is ever taken twice.
    expect(await filesIn()).toEqual(['評価（更新前の控え1）.hyoka', '評価（更新前の控え1）（更新前の控え1）.hyoka']);
  });
});

test.each([3, 4] as const)(
  'a version %i file migrates with every row of every table, and can publish afterwards',
  async (version) => {
    const file = await ofVersion(version);
    const tables = [...ENDURING, ...SINCE_3, ...(version === 4 ? ['publication'] : [])];
    const before = contentOf(file, tables);
    expect(before.received?.length).toBe(2);
    expect(before.draft?.length).toBe(1);
    expect(versionOf(file)).toBe(version);
    const session = await open(file);
    const { store } = session;
    for (const findings of [schemaFindings, referenceFindings, derivedFindings, publicationFindings]) {
      expect(store.read(findings)).toEqual([]);
    }
    expect(store.read(listPublications)).toEqual([]);
    expect(store.read(nextNumber)).toBe(1);
    store.close();
    // Later versions may add columns; what stood in a row stands in it still, and no row is lost or added.
    expect(contentOf(file, tables)).toMatchObject(before);
    expect(versionOf(file)).toBe(SCHEMA_VERSION);
  },
);

test('where no copy can be written, nothing is migrated', async () => {
  const file = await older('office');
  const ports = systemPorts();
  const full: typeof ports = {
    ...ports,
    files: {
      ...ports.files,
      settle: async () => {
        throw new Error('the disk is full');
      },
    },
  };
  await expect(openSession(full, file, undefined)).rejects.toThrow('the disk is full');
  expect(versionOf(file)).toBe(1);
  expect(await filesIn()).toEqual(['評価.hyoka']);
});

test('a migration that breaks off at its end leaves the file as it was', async () => {
  const file = await older('office');
  const raw = new Database(file);
  raw.pragma('foreign_keys = OFF');
  raw.exec(`INSERT INTO accepted (revision, sheet, refused) VALUES ('nowhere', 'nothing', '[]')`);
  raw.close();
  const before = contentOf(file);
  const error = await open(file).catch((reason: unknown) => reason);
  expect(error instanceof ProblemError && error.problem.code).toBe('workspace.damaged');
  expect(contentOf(file)).toEqual(before);
  expect(versionOf(file)).toBe(1);
});

test('rot in the old file is found while it is copied, and the copy does not count', async () => {
  const file = await older('office');
  const raw = new Database(file);
  const trigger = raw.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'artifact_no_update'`).pluck().get();
  raw.exec('DROP TRIGGER artifact_no_update');
  raw.exec(`UPDATE artifact SET body = replace(body, '観光', '観覧') WHERE kind = 'revision'`);
  raw.exec(String(trigger));
  raw.close();
  const error = await open(file).catch((reason: unknown) => reason);
  expect(error instanceof ProblemError && error.problem.code).toBe('workspace.damaged');
  expect(versionOf(file)).toBe(1);
  expect(await filesIn()).toEqual(['評価.hyoka']);
});

test('derived tables of another program are laid out anew; foreign triggers on enduring ones are not ours', async () => {
  const file = await older('department');
  (await open(file)).store.close();
  const raw = new Database(file);
  raw.exec(`UPDATE derived_stamp SET stamp = 'another'; DELETE FROM derived_text; DROP INDEX derived_sheet_by_number`);
  raw.close();
  const session = await open(file);
  expect(session.store.read(derivedFindings)).toEqual([]);
  expect(session.store.read(schemaFindings)).toEqual([]);
  session.store.close();
  const hostile = new Database(file);
  hostile.exec('CREATE TRIGGER mine AFTER INSERT ON derived_text BEGIN DELETE FROM draft; END');
  hostile.close();
  const error = await open(file).catch((reason: unknown) => reason);
  expect(error instanceof ProblemError && error.problem.code).toBe('workspace.damaged');
});
