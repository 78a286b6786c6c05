// A part of the contract's story: a package waits, is looked at, taken out and dropped; a folder is watched; the chain of
// its sender is shown. Everything is as before afterwards.
import { expect } from 'vitest';
import type { Asker, Written } from './host.ts';

/** A package of an unknown key is set aside; gives the print under which it is seen. `unit`: what it calls itself. */
export async function setAside(office: Asker, { name, bytes }: Written, unit: string): Promise<string> {
  const files = [await office.host.upload(name, bytes)];
  const { packages } = await office.ask('package.plan', { files });
  expect(packages).toMatchObject([{ outcome: 'quarantined', claimed: unit, reason: { code: 'signer.unknown' } }]);
  expect((await office.ask('package.merge', { files })).packages).toMatchObject([{ outcome: 'quarantined' }]);
  const { signers } = await office.ask('signer.list', {});
  const seen = signers.find(({ state }) => state === 'seen');
  expect(seen?.unit).toBe(unit);
  return seen?.print ?? '';
}

/** `submission` has been set aside in the office's file. */
export async function watchAndHold(office: Asker, submission: Written): Promise<void> {
  const [held] = (await office.ask('held.list', {})).packages;
  expect(held).toMatchObject({ outcome: 'quarantined', isDropped: false });
  const hash = held?.hash ?? '';
  const folder = await office.host.place({ for: 'output-folder' });
  await office.ask('held.export', { hash, folder });
  expect((await office.host.written(folder)).map(({ bytes }) => bytes)).toEqual([submission.bytes]);
  expect((await office.ask('held.drop', { packages: [hash], isDropped: true })).packages[0]?.isDropped).toBe(true);
  expect((await office.ask('held.drop', { packages: [hash], isDropped: false })).packages[0]?.isDropped).toBe(false);
  expect((await office.problem('held.drop', { packages: ['x'], isDropped: true })).code).toBe('held.unknown');
  expect((await office.problem('held.discard', { packages: [hash] })).code).toBe('held.kept');

  // Deleted on a second word, and handed over once more, it waits once more.
  await office.ask('held.drop', { packages: [hash], isDropped: true });
  expect((await office.ask('held.discard', { packages: [hash] })).packages).toEqual([]);
  await setAside(office, submission, held?.claimed ?? '');

  const watched = await office.ask('inbox.set', { folder });
  expect(watched).toMatchObject({ problem: null, fresh: [], waiting: [], known: 1 });
  expect(await office.ask('inbox.look', {})).toEqual(watched);
  expect((await office.ask('inbox.set', { folder: null })).folder).toBeNull();

  const { chains, alarms } = await office.ask('chain.list', {});
  expect(chains).toMatchObject([{ unit: null, packages: 1, held: 1, missing: [], forks: 0 }]);
  expect(alarms).toEqual([]);
  expect((await office.problem('alarm.note', { alarm: 'x', person: '甲野' })).code).toBe('alarm.unknown');
}
