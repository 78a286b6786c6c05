// Own keys that others have taken the place of: what was sealed for them can still be opened.
import type { ReadDb } from './database.ts';
import { readKept } from './kept.ts';
import type { Meta } from './ledger.ts';

export type FormerKey = Pick<Meta, 'print' | 'publicKey' | 'privateKey'>;

export const formerKeys = (db: ReadDb): FormerKey[] =>
  db.all('SELECT print, public_key, private_key FROM former_key ORDER BY at, print').map((row) => ({
    print: String(row.print),
    publicKey: String(row.public_key),
    privateKey: readKept(row.private_key, '前の鍵') as Meta['privateKey'],
  }));
