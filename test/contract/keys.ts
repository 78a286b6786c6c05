// Keys, over any host: what is left of one that was revoked, another that is expected, the own one protected, rotated,
// written down and brought back.
import { expect } from 'vitest';
import type { Asker } from './host.ts';
import { DEPARTMENT } from './names.ts';

const [FIRST, SECOND, RECOVERY] = ['はじめの合い言葉', 'つぎの合い言葉', 'なつのあさ ラジオ体操'];

/** `print`: of the department's key, which the office has revoked. */
export async function tellKeys(office: Asker, department: Asker, print: string): Promise<void> {
  const { packages } = await office.ask('signer.packages', { print });
  expect(packages.length).toBeGreaterThan(0);
  const taken = packages.filter(({ outcome }) => outcome === 'applied').map(({ hash }) => hash);
  const after = await office.ask('signer.after', { print, from: 'all' });
  expect(after.packages.map(({ hash }) => hash)).toEqual(taken);
  const expected = { print: '1'.repeat(30), unit: DEPARTMENT, station: '窓口' };
  expect((await office.ask('signer.expect', expected)).state).toBe('expected');
  expect((await office.problem('signer.expect', { ...expected, print: '1' })).code).toBe('print.incomplete');

  expect((await department.ask('key.protect', { passphrase: FIRST })).key).toBe('open');
  expect((await department.problem('key.rotate', {})).code).toBe('key.wrong');
  const rotated = await department.ask('key.rotate', { passphrase: FIRST });
  expect(rotated.print).not.toBe(print);
  const file = await department.host.place({ for: 'save-export', suggested: '回復.json' });
  const written = await department.ask('recovery.write', { file, passphrase: RECOVERY, again: RECOVERY });
  expect(written.recoveryAt).not.toBeNull();
  const [recovery] = await department.host.written(file);
  const given = await department.host.upload('回復.json', recovery?.bytes ?? Buffer.alloc(0));
  const wrong = { file: given, passphrase: FIRST, protect: SECOND };
  expect((await department.problem('recovery.open', wrong)).code).toBe('key.wrong');
  const back = await department.ask('recovery.open', { ...wrong, passphrase: RECOVERY });
  expect(back).toMatchObject({ print: rotated.print, key: 'open' });
}
