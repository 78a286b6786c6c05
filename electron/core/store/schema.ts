// The tables. Enduring ones change only by a new migration at the end of the list (migrations.ts); derived ones (derived_…)
// are dropped and rebuilt and never migrated.
import { fail } from '../../../shared/kernel/problem.ts';
import { VERSION } from '../version.ts';
import { DEFINITIONS, definitionsAfter, type ReadDb, type Row, type WriteDb } from './database.ts';
import { MIGRATIONS } from './migrations.ts';

/** Counts up whenever something else is written into the derived tables than before. */
const DERIVATION = `${VERSION}/4`;

const DERIVED: readonly string[] = [
  // What the other tables here were made by.
  `CREATE TABLE derived_stamp (stamp TEXT NOT NULL) STRICT`,
  // One row a sheet: what stands in it, as it follows from its accepted revisions; `shown` is its line in the list
  // (JSON), with the draft.
  `CREATE TABLE derived_sheet (
    sheet TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    -- The number as it is compared.
    folded TEXT NOT NULL,
    name TEXT NOT NULL,
    heads TEXT NOT NULL,
    standing TEXT NOT NULL,
    revised_at TEXT NOT NULL,
    departmental INTEGER NOT NULL,
    shown TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX derived_sheet_by_number ON derived_sheet (number)`,
  `CREATE INDEX derived_sheet_by_folded ON derived_sheet (folded)`,
  // One row a filled cell, reason or remark, folded for searching, and its index by three characters at a time.
  `CREATE TABLE derived_text (
    id INTEGER PRIMARY KEY,
    sheet TEXT NOT NULL,
    place INTEGER NOT NULL,
    address TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (sheet, address)
  ) STRICT`,
  `CREATE VIRTUAL TABLE derived_match USING fts5 (
    folded, content = 'derived_text', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
  )`,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Lays out a new file. */
export function createSchema(db: WriteDb): void {
  migrateSchema(db);
  layOutDerivedTables(db);
}

/** Brings the enduring tables up to this program. The derived ones have to be laid out and filled anew afterwards. */
export function migrateSchema(db: WriteDb): void {
  for (const statements of MIGRATIONS.slice(schemaVersionOf(db))) for (const sql of statements) db.run(sql);
  db.run(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** By how many migrations the file was laid out. */
export const schemaVersionOf = (db: ReadDb): number => Number(db.get('PRAGMA user_version')?.user_version);

/** Drops the derived tables and lays them out empty; filling them is up to the owner of their content. */
export function layOutDerivedTables(db: WriteDb): void {
  // A virtual table takes its shadow tables with it.
  const derived = db.all(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'derived_*' ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'`,
  );
  for (const { name } of derived) db.run(`DROP TABLE IF EXISTS "${String(name)}"`);
  for (const sql of DERIVED) db.run(sql);
  db.run('INSERT INTO derived_stamp (stamp) VALUES (?)', DERIVATION);
}

/** Whether the derived tables were laid out or filled by another program than this one, or are not there at all. */
export function areDerivedTablesForeign(db: ReadDb): boolean {
  if (derivedFindings(db).length > 0) return true;
  return db.get('SELECT stamp FROM derived_stamp')?.stamp !== DERIVATION;
}

const squeeze = (row: Row) => String(row.sql).replace(/\s+/g, ' ').trim();
const isDerived = ({ type, tbl_name }: Row) =>
  /^(table|index)$/.test(String(type)) && /^derived_/.test(String(tbl_name));

const laidOut = new Map<number, Row[]>();

/** What a file of this version holds. */
function soundDefinitions(version: number): Row[] {
  const known = laidOut.get(version);
  if (known) return known;
  const sound = definitionsAfter((db) => {
    for (const statements of MIGRATIONS.slice(0, version)) for (const sql of statements) db.run(sql);
    layOutDerivedTables(db);
  });
  laidOut.set(version, sound);
  return sound;
}

function differences(expected: readonly Row[], actual: readonly Row[]): string[] {
  const [wanted, present] = [new Set(expected.map(squeeze)), new Set(actual.map(squeeze))];
  return [
    ...actual.filter((row) => !wanted.has(squeeze(row))).map((row) => `見慣れない定義 ${String(row.name)}`),
    ...expected.filter((row) => !present.has(squeeze(row))).map((row) => `失われた定義 ${String(row.name)}`),
  ];
}

const enduringFindings = (db: ReadDb): string[] =>
  differences(
    soundDefinitions(schemaVersionOf(db)).filter((row) => !isDerived(row)),
    db.all(DEFINITIONS).filter((row) => !isDerived(row)),
  );

const derivedFindings = (db: ReadDb): string[] =>
  differences(soundDefinitions(SCHEMA_VERSION).filter(isDerived), db.all(DEFINITIONS).filter(isDerived));

/** How the file's tables, indexes and triggers differ from what the program laid out; empty when they are the same. */
export const schemaFindings = (db: ReadDb): string[] => [...enduringFindings(db), ...derivedFindings(db)];

/**
 * Refuses files of a newer program and files whose tables are not ours. Derived tables may differ: they are laid out
 * anew. Raises workspace.newer, workspace.damaged.
 */
export function checkSchema(db: ReadDb, name: string): void {
  const version = schemaVersionOf(db);
  if (version > SCHEMA_VERSION) fail('workspace.newer', { name });
  const findings = version < 1 ? ['表がない'] : enduringFindings(db);
  if (findings.length > 0) fail('workspace.damaged', { name, findings: findings.slice(0, 10) });
}
