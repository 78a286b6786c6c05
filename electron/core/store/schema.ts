// The tables. Enduring ones change only by a new numbered migration at the end of the list; derived ones (derived_…)
// are dropped and rebuilt and never migrated. Migrations are closed over themselves: plain SQL, no live code.
import { fail } from '../../../shared/kernel/problem.ts';
import type { ReadDb, WriteDb } from './database.ts';

const MIGRATIONS: readonly (readonly string[])[] = [
  [
    // What this workspace is: role, names, year, own key.
    `CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
    // Everything that happened, named by the SHA-256 of its body.
    `CREATE TABLE artifact (
      hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
      kind TEXT NOT NULL CHECK (kind IN ('form', 'assignment', 'revision')),
      body TEXT NOT NULL
    ) STRICT`,
    `CREATE TRIGGER artifact_no_update BEFORE UPDATE ON artifact BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    `CREATE TRIGGER artifact_no_delete BEFORE DELETE ON artifact BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    // INSERT OR REPLACE fires no DELETE trigger by itself; a doubled hash is refused before it can replace anything.
    `CREATE TRIGGER artifact_no_replace BEFORE INSERT ON artifact WHEN EXISTS (SELECT 1 FROM artifact WHERE hash = NEW.hash)
      BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    // Pointer: which assignment of a sheet is in force, and its place in the list.
    `CREATE TABLE ref (
      sheet TEXT PRIMARY KEY,
      assignment TEXT NOT NULL REFERENCES artifact (hash),
      position INTEGER NOT NULL
    ) STRICT`,
    // Revisions that belong to a sheet here, with the cells (JSON array of addresses) that were not taken from them.
    `CREATE TABLE accepted (
      revision TEXT PRIMARY KEY REFERENCES artifact (hash),
      sheet TEXT NOT NULL,
      refused TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX accepted_by_sheet ON accepted (sheet)`,
    // Typed and not yet in a revision: one row a cell, and the revisions that it was typed on top of.
    `CREATE TABLE draft (
      sheet TEXT NOT NULL,
      address TEXT NOT NULL,
      content TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (sheet, address)
    ) STRICT`,
    // What the last filled sheet taken in left over, and the questions that it raised.
    `CREATE TABLE intake (sheet TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT`,
    `CREATE TABLE signer (
      print TEXT PRIMARY KEY CHECK (length(print) = 30),
      public_key TEXT NOT NULL,
      unit TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('trusted', 'revoked')),
      at TEXT NOT NULL
    ) STRICT`,
    // Packages taken in or set aside; those set aside keep their file whole.
    `CREATE TABLE received (
      payload TEXT PRIMARY KEY CHECK (length(payload) = 64),
      outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'quarantined')),
      kind TEXT NOT NULL,
      print TEXT NOT NULL,
      public_key TEXT NOT NULL,
      unit TEXT NOT NULL,
      epoch TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      previous TEXT,
      made_at TEXT NOT NULL,
      received_at TEXT NOT NULL,
      file TEXT NOT NULL,
      -- JSON array of the sheets it carries
      sheets TEXT NOT NULL,
      envelope BLOB
    ) STRICT`,
    `CREATE INDEX received_by_print ON received (print, sequence)`,
    // Own packages in their sequence; \`delivered\` is set once the file is proved to be written.
    `CREATE TABLE sent (
      sequence INTEGER PRIMARY KEY,
      epoch TEXT NOT NULL,
      payload TEXT NOT NULL,
      kind TEXT NOT NULL,
      recipient TEXT NOT NULL,
      heads TEXT NOT NULL,
      at TEXT NOT NULL,
      delivered INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
  ],
];

/** One row a sheet: what stands in it, as it follows from its accepted revisions. */
const DERIVED: readonly string[] = [
  `CREATE TABLE derived_sheet (
    sheet TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    heads TEXT NOT NULL,
    standing TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX derived_sheet_by_number ON derived_sheet (number)`,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Lays out a new file. */
export function createSchema(db: WriteDb): void {
  migrate(db, 0);
}

function migrate(db: WriteDb, from: number): void {
  for (const statements of MIGRATIONS.slice(from)) for (const sql of statements) db.run(sql);
  rebuildDerivedTables(db);
  db.run(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** Empties the derived tables and lays them out anew; filling them is up to the owner of their content. */
export function rebuildDerivedTables(db: WriteDb): void {
  for (const { name } of db.all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'derived_*'`)) {
    db.run(`DROP TABLE "${String(name)}"`);
  }
  for (const sql of DERIVED) db.run(sql);
}

const squeeze = (sql: unknown) => String(sql).replace(/\s+/g, ' ').trim();

/** How the file's tables, indexes and triggers differ from what the program laid out; empty when they are the same. */
export function schemaFindings(db: ReadDb): string[] {
  const expected = new Set([...MIGRATIONS.flat(), ...DERIVED].map(squeeze));
  const actual = db.all(`SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_stat%'`);
  const foreign = actual
    .filter((row) => !expected.has(squeeze(row.sql)))
    .map((row) => `見慣れない定義 ${String(row.name)}`);
  const present = new Set(actual.map((row) => squeeze(row.sql)));
  const lost = [...expected].filter((sql) => !present.has(sql)).map((sql) => `失われた定義 ${sql.split(' ')[2] ?? ''}`);
  return [...foreign, ...lost];
}

/** Refuses files of a newer program and files whose tables are not ours. Raises workspace.newer, workspace.damaged. */
export function checkSchema(db: ReadDb, name: string): void {
  const version = Number(db.get('PRAGMA user_version')?.user_version);
  if (version > SCHEMA_VERSION) fail('workspace.newer', { name });
  const findings = schemaFindings(db);
  if (version < 1 || findings.length > 0) fail('workspace.damaged', { name, findings: findings.slice(0, 10) });
}
