// Packages as nobody writes them: changed, and signed again with the key of a workspace.
import { readFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import type { KeyPair } from '../../electron/core/exchange/crypto.ts';
import { openEnvelope, sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import type { Payload } from '../../shared/package/payload.ts';
import type { Workspace } from './world.ts';

/** The key that lies open in a workspace's file. */
export function keyOf({ file }: Pick<Workspace, 'file'>): KeyPair {
  const db = new Database(file, { readonly: true });
  try {
    const read = (name: string) =>
      JSON.parse(String((db.prepare('SELECT value FROM meta WHERE name = ?').get(name) as { value: string }).value));
    return { publicKey: read('publicKey'), privateKey: read('privateKey').open };
  } finally {
    db.close();
  }
}

/** What a package says, to be changed. */
export const payloadIn = async <P extends Payload>(file: string): Promise<P> =>
  structuredClone(openEnvelope(await readFile(file)).payload) as P;

/** The file of a payload under a key. */
export const resigned = (payload: Payload, key: KeyPair): Buffer => sealEnvelope(payload.kind, payload, key);
