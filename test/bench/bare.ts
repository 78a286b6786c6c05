// The floors' database: better-sqlite3 and nothing above it, with the settings that our store asserts.
import Database from 'better-sqlite3';

/** A file opened for writing as the store opens it: a commit lasts once it is acknowledged. */
export function openBare(file: string): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  for (const setting of [
    'synchronous = FULL',
    'foreign_keys = ON',
    'secure_delete = ON',
    'trusted_schema = OFF',
    'cell_size_check = ON',
    'recursive_triggers = ON',
  ]) {
    db.pragma(setting);
  }
  return db;
}

/** What of a workspace a list of its sheets needs: one row a sheet. */
export const SHEET_ROWS = `SELECT d.sheet, d.number, d.name, d.standing, a.body
  FROM ref r JOIN derived_sheet d ON d.sheet = r.sheet JOIN artifact a ON a.hash = r.assignment`;

/** Such a row with its JSON read. */
export function readRow(row: unknown): { number: string; standing: { values: Record<string, unknown> } } {
  const { standing, body, ...rest } = row as { number: string; name: string; standing: string; body: string };
  return { ...rest, ...JSON.parse(body), standing: JSON.parse(standing) };
}
