// The only file that knows better-sqlite3. Promise: one process a file, every connection with the same asserted
// settings, reads cannot write, and a write is one transaction or nothing.
import path from 'node:path';
import Database from 'better-sqlite3';
import { fail } from '../../../shared/kernel/problem.ts';

export type Parameter = string | number | null | Uint8Array;
export type Row = Record<string, string | number | null | Uint8Array>;

/** May read. */
export type ReadDb = {
  all(sql: string, ...parameters: Parameter[]): Row[];
  get(sql: string, ...parameters: Parameter[]): Row | undefined;
};
/** May read and write; exists only inside of a transaction. */
export type WriteDb = ReadDb & { run(sql: string, ...parameters: Parameter[]): number };

/** A transaction cannot wait: an asynchronous function does not fit here. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;

export type Store = {
  read<T>(work: (db: ReadDb) => Synchronous<T>): T;
  /** Runs inside BEGIN IMMEDIATE: all of it reaches the disk before this returns, or none of it. */
  write<T>(work: (db: WriteDb) => Synchronous<T>): T;
  /** Runs inside a transaction that is always taken back: what a write would say, with nothing changed. */
  rehearse<T>(work: (db: WriteDb) => Synchronous<T>): T;
  /** As write, for migrations: tables that others refer to may be laid out anew; the references must hold again. Raises workspace.damaged. */
  migrate(work: (db: WriteDb) => void): void;
  /** Writes the whole database to a new file. It is not flushed to the disk yet. Raises file.unwritable. */
  copyTo(path: string): void;
  close(): void;
};

/** "HYOK". */
export const APPLICATION_ID = 0x48594f4b;

// Asserted one by one on every connection: a build or a typing slip that ignores one of them must not go unnoticed.
// FULL: in WAL mode the default drops to NORMAL, which loses acknowledged commits in a power cut.
const SETTINGS: readonly (readonly [pragma: string, value: string, expected: string | number])[] = [
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
];

function assertSettings(db: Database.Database): void {
  for (const [pragma, value, expected] of SETTINGS) {
    db.pragma(`${pragma} = ${value}`);
    const actual = db.pragma(pragma, { simple: true });
    if (actual !== expected) throw new Error(`SQLite ignores ${pragma}: ${String(actual)}`);
  }
}

const codeOf = (error: unknown): string => (error instanceof Database.SqliteError ? error.code : '');

/** Holds the side lock for as long as the process lives; the system lets go of it even after kill −9. */
function lock(path: string, name: string): Database.Database {
  let side: Database.Database | undefined;
  try {
    side = new Database(`${path}-lock`, { timeout: 0 });
    side.pragma('journal_mode = MEMORY');
    side.exec('BEGIN EXCLUSIVE');
    return side;
  } catch (error) {
    side?.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return fail('workspace.busy', { name });
    // Where there is no such folder, the driver says so with an error of its own kind.
    if (codeOf(error) === 'SQLITE_CANTOPEN' || error instanceof TypeError) {
      return fail('file.unwritable', { name, reason: '場所がない、または許可がない' });
    }
    return tellOfDisk(name, error);
  }
}

/**
 * Opens the database at `path`, or makes it when `create` is given (which must lay out the schema; it runs in a
 * transaction). `name` is what the person calls the file. `check` sees the file before anything is set or changed.
 * Raises workspace.busy, workspace.missing, workspace.foreign.
 */
export function openStore(
  path: string,
  name: string,
  options: { create?: (db: WriteDb) => void; check: (db: ReadDb) => void },
): Store {
  const held = lock(path, name);
  let writer: Database.Database | undefined;
  let reader: Database.Database | undefined;
  const close = () => {
    reader?.close();
    writer?.close();
    held.close();
  };
  try {
    writer = new Database(path, { fileMustExist: options.create === undefined, timeout: 5_000 });
    if (!options.create && writer.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      return fail('workspace.foreign', { name });
    }
    if (!options.create) options.check(readable(writer));
    if (writer.pragma('journal_mode = WAL', { simple: true }) !== 'wal') throw new Error('SQLite refuses WAL');
    assertSettings(writer);
    const { create } = options;
    if (create) {
      // Looked at under the lock: another process may have made the file since it was found missing.
      if (writer.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) return fail('workspace.exists', { name });
      writer.pragma(`application_id = ${APPLICATION_ID}`);
      transact(writer, writable(writer), create);
    }
    reader = new Database(path, { readonly: true, timeout: 5_000 });
    assertSettings(reader);
    reader.pragma('query_only = ON');
  } catch (error) {
    close();
    if (codeOf(error) === 'SQLITE_CANTOPEN') return fail('workspace.missing', { name });
    if (codeOf(error) === 'SQLITE_NOTADB') return fail('workspace.foreign', { name });
    if (codeOf(error).startsWith('SQLITE_CORRUPT')) {
      return fail('workspace.damaged', { name, findings: ['ファイルの構造'] });
    }
    return tellOfDisk(name, error);
  }
  const [write, reading, writing] = [writer, readable(reader), writable(writer)];
  return {
    read: (work) => work(reading),
    write: (work) => transact(write, writing, work),
    rehearse: (work) => {
      telling(write, () => write.exec('BEGIN IMMEDIATE'));
      try {
        return telling(write, () => work(writing));
      } finally {
        // A full disk has already taken the transaction back.
        if (write.inTransaction) write.exec('ROLLBACK');
      }
    },
    migrate: (work) => {
      // SQLite ignores this pragma inside of a transaction.
      write.pragma('foreign_keys = OFF');
      try {
        transact(write, writing, (db) => {
          work(db);
          const broken = db.all('PRAGMA foreign_key_check');
          if (broken.length > 0) fail('workspace.damaged', { name, findings: [`参照先のない行 ${broken.length}件`] });
        });
      } finally {
        assertSettings(write);
      }
    },
    copyTo: (target) => {
      telling(write, () => write.prepare('VACUUM INTO ?').run(target));
    },
    close,
  };
}

/** Whether another process of this program has the file open. Changes nothing. */
export function isBusy(path: string): boolean {
  let side: Database.Database | undefined;
  try {
    side = new Database(`${path}-lock`, { fileMustExist: true, timeout: 0 });
    side.exec('BEGIN EXCLUSIVE');
    return false;
  } catch (error) {
    // Without a side file nobody has it open; where the place is read-only, nobody can.
    return codeOf(error).startsWith('SQLITE_BUSY');
  } finally {
    side?.close();
  }
}

/** The definitions that `create` leaves behind in an empty database: what a sound file must hold. */
export function definitionsAfter(create: (db: WriteDb) => void): Row[] {
  const blank = new Database(':memory:');
  try {
    create(writable(blank));
    return readable(blank).all(DEFINITIONS);
  } finally {
    blank.close();
  }
}

/** Every table, index, trigger and view with its text; what SQLite makes for itself is left out. */
export const DEFINITIONS = `SELECT type, name, tbl_name, sql FROM sqlite_schema
  WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_stat%' ORDER BY type, name`;

const transact = <T>(db: Database.Database, writing: WriteDb, work: (db: WriteDb) => T): T =>
  telling(db, () => db.transaction(() => work(writing)).immediate());

function telling<T>(db: Database.Database, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return tellOfDisk(path.basename(db.name), error);
  }
}

/** Raises file.unwritable for faults of the disk, and every other error as it is. */
function tellOfDisk(name: string, error: unknown): never {
  const reason = DISK[codeOf(error).split('_').slice(0, 2).join('_')];
  if (reason === undefined) throw error;
  return fail('file.unwritable', { name, reason });
}

/** Faults of the disk under an open file: nothing of the write is kept, and the person is told so. */
const DISK: Record<string, string> = {
  SQLITE_FULL: '空き容量が足りない',
  SQLITE_IOERR: '媒体の読み書きエラー',
  SQLITE_READONLY: '書き込み禁止',
  // Another program than this one (which the side file keeps out): one that looks into databases, or guards the disk.
  SQLITE_BUSY: 'ほかのプログラムが使用中',
};

const writable = (db: Database.Database): WriteDb => {
  const prepare = preparing(db);
  return { ...readable(db, prepare), run: (sql, ...parameters) => prepare(sql).run(...parameters).changes };
};

const readable = (db: Database.Database, prepare = preparing(db)): ReadDb => ({
  all: (sql, ...parameters) => prepare(sql).all(...parameters) as Row[],
  get: (sql, ...parameters) => prepare(sql).get(...parameters) as Row | undefined,
});

/** Statements are read once: the program's are few, and each is asked for thousands of times. */
function preparing(db: Database.Database): (sql: string) => Database.Statement {
  const known = new Map<string, Database.Statement>();
  return (sql) => {
    const statement = known.get(sql) ?? db.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
}
