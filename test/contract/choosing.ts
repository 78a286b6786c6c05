// Steps of the story: a person chooses between two sides, what lost by it, the section head's confirmation, and the office's rounds.
import { expect } from 'vitest';
import type { Asker } from './host.ts';

/** The only open conflict of the sheet is decided for the side that holds these words, and confirmed. */
export async function decideClash(office: Asker, sheet: string, address: string, words: string) {
  const { conflicts } = await office.ask('sheet.show', { sheet });
  const side = conflicts[0]?.sides.find(({ content }) => content.value === words);
  expect((await office.problem('sheet.commit', { sheet })).code).toBe('sheet.conflicted');
  expect((await office.ask('conflict.list', {})).conflicts).toMatchObject([{ sheet, conflict: { address } }]);
  const chosen = await office.ask('conflict.choose', { sheet, address, revision: side?.revision ?? '' });
  expect(chosen.values[address]).toBe(words);
  await office.ask('sheet.commit', { sheet });
  expect((await office.ask('sheet.list', {})).sheets[0]).toMatchObject({ conflicts: 0, state: 'received' });
}

/** The sentence that lost is listed and can be put back; leaves the sheet as it was. */
export async function putBackLoss(office: Asker, sheet: string, address: string, lost: string, to: string) {
  const { losses } = await office.ask('loss.list', { sheet });
  expect(losses).toMatchObject([{ address, kind: 'overruled', text: lost, to }]);
  const revision = losses[0]?.revision ?? '';
  expect((await office.ask('loss.restore', { sheet, address, revision })).values[address]).toBe(lost);
  await office.ask('cell.undo', { sheet });
}

/** The department's head confirms a sheet; the office moves its round there and back. */
export async function confirmAndMove(office: Asker, department: Asker, sheet: string) {
  const name = '総務課長　海野 はる';
  const { sheets } = await department.ask('sheet.confirm', { sheets: [sheet], name });
  const { number, digest, confirmation } = await department.ask('sheet.show', { sheet });
  expect(sheets).toEqual([{ number, digest }]);
  expect(confirmation).toMatchObject({ state: 'valid', name });
  expect(await office.ask('sheet.round', { sheets: [sheet], round: 'internal' })).toEqual({ sheets: [number] });
  expect((await office.ask('sheet.show', { sheet })).round?.key).toBe('internal');
  expect(await office.ask('sheet.round', { sheets: [sheet], round: null })).toEqual({ sheets: [number] });
}
