// The end of the story: last year's file, a file that is closed, opened and locked, and the sample to try.
import { expect, test } from 'vitest';
import type { Asker } from './host.ts';
import { DEPARTMENT, FORM, OFFICE, YEAR } from './names.ts';

/** `cast` gives those who ask, and the sheet and a text cell of the story, once it has begun. */
export function fileStory(cast: () => { office: Asker; department: Asker; sheet: string; address: string }): void {
  test('last year is taken in from its export and shown beside this year', async () => {
    const { office, sheet, address } = cast();
    expect((await office.ask('sheet.previous', { sheet })).previous).toBeNull();
    const cells = [{ address, label: '', value: '去年の方針' }];
    const { form: used } = await office.ask('workspace.view', {});
    const lastYear = { number: '１-1', name: 'まち', units: [DEPARTMENT], form: { hash: used.hash }, cells };
    const body = { format: 'hyoka-export/1', year: YEAR - 1, sheets: [lastYear] };
    const file = await office.host.upload('前年度.json', Buffer.from(JSON.stringify(body)));
    const taken = await office.ask('previous.import', { file });
    expect(taken).toEqual({ year: YEAR - 1, matched: ['1-1'], unmatched: ['1-2'], unread: [], spellings: 0 });
    expect((await office.ask('sheet.previous', { sheet })).previous).toMatchObject({
      year: YEAR - 1,
      unit: DEPARTMENT,
      form: used.hash,
      values: { [address]: '去年の方針' },
    });
  });

  test('a file is closed, opened again and locked with a passphrase', async () => {
    const { office } = cast();
    await office.ask('workspace.close', {});
    expect((await office.problem('sheet.list', {})).code).toBe('workspace.closed');
    const opened = await office.ask('workspace.open', { file: await office.host.place({ for: 'open-workspace' }) });
    expect(opened).toMatchObject({ unit: OFFICE, sheets: 2 });
    const file = await office.host.place({ for: 'new-workspace', suggested: '合い言葉つき' });
    const made = { file, office: OFFICE, form: { id: FORM }, year: YEAR, passphrase: '長い合い言葉です' };
    expect((await office.ask('workspace.create', made)).key).toBe('open');
    await office.ask('workspace.close', {});
    expect((await office.ask('workspace.open', { file })).key).toBe('locked');
    expect((await office.problem('workspace.unlock', { passphrase: '違う' })).code).toBe('key.wrong');
    expect((await office.ask('workspace.unlock', { passphrase: '長い合い言葉です' })).key).toBe('open');
  });

  test('there is a sample to try', async () => {
    const { department } = cast();
    const file = await department.host.place({ for: 'new-workspace', suggested: '見本' });
    expect(await department.ask('workspace.sample', { file })).toMatchObject({ role: 'department' });
    expect((await department.ask('sheet.list', {})).sheets.length).toBeGreaterThan(0);
  });
}
