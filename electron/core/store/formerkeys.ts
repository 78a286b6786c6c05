// Own keys that others have taken the place of: what was sealed for them can still be opened.
import type { Rotation } from '../../../shared/package/trust.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';
import type { Meta, PrivateKey } from './ledger.ts';

export type FormerKey = Pick<Meta, 'print' | 'publicKey' | 'privateKey'> & {
  /** The signed statement by which the next key follows. */
  rotation: Rotation;
};

/** Oldest first. */
export const formerKeys = (db: ReadDb): FormerKey[] =>
  db.all('SELECT print, public_key, private_key, rotation FROM former_key ORDER BY rowid').map((row) => ({
    print: String(row.print),
    publicKey: String(row.public_key),
    privateKey: readKept(row.private_key, '前の鍵') as PrivateKey,
    rotation: readKept(row.rotation, '前の鍵') as Rotation,
  }));

/** Keeps a key that another takes the place of from now on. */
export function addFormerKey(db: WriteDb, key: FormerKey, at: string): void {
  db.run(
    'INSERT INTO former_key (print, public_key, private_key, rotation, at) VALUES (?, ?, ?, ?, ?)',
    key.print,
    key.publicKey,
    JSON.stringify(key.privateKey),
    JSON.stringify(key.rotation),
    at,
  );
}

/** Keeps a former key's private part in another way. */
export const setFormerPrivateKey = (db: WriteDb, print: string, privateKey: PrivateKey): number =>
  db.run('UPDATE former_key SET private_key = ? WHERE print = ?', JSON.stringify(privateKey), print);
