// package.merge: a department's whole submission into an office's full file. The floor trusts the sender: it verifies the
// signature, parses, and puts the same revisions durably into a table.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { verify } from '../../electron/core/exchange/crypto.ts';
import { pae } from '../../electron/core/exchange/envelope.ts';
import { openBare } from './bare.ts';
import { type Line, race } from './measure.ts';
import { type Asker, openAsker, removeWorkspace, type Town } from './town.ts';

type Wire = { payload: string; payloadType: string; signatures: [{ keyid: string; sig: string }] };

/** The payload of a package after the least work that still shows who signed it. */
export function openBarely(file: string): { revisions: unknown[] } {
  const { payload, payloadType, signatures } = JSON.parse(readFileSync(file, 'utf8')) as Wire;
  const body = Buffer.from(payload, 'base64');
  const [{ keyid, sig }] = signatures;
  if (!verify(keyid, pae(payloadType, body), Buffer.from(sig, 'base64'))) throw new Error('not signed');
  return JSON.parse(body.toString('utf8'));
}

export async function merge(town: Town, rounds: number): Promise<Line[]> {
  const db = openBare(path.join(town.folder, 'merge.db'));
  db.exec('CREATE TABLE artifact (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO artifact VALUES (?, ?)');
  let asker: Asker | undefined;
  let copy = '';
  const close = async () => {
    await asker?.close();
    await removeWorkspace(copy);
  };
  const ours = async () => {
    const { packages } = (await asker?.ask('package.merge', { files: [asker.offer(town.submission)] })) ?? {};
    if (packages?.[0]?.outcome !== 'applied') throw new Error('not taken in');
  };
  const raced = await race(
    {
      run: ours,
      prepare: async () => {
        await close();
        copy = await town.copyOf(town.before);
        asker = await openAsker(copy);
      },
    },
    {
      run: db.transaction(() => {
        for (const revision of openBarely(town.submission).revisions) {
          const body = JSON.stringify(revision);
          insert.run(createHash('sha256').update(body).digest('hex'), body);
        }
      }),
      prepare: async () => void db.exec('DELETE FROM artifact'),
    },
    rounds,
  );
  db.close();
  await close();
  const note = `${town.handed} sheets: verify, JSON.parse, hash, durable INSERT`;
  return [{ name: 'package.merge', unit: 'ms', ...raced, note }];
}
