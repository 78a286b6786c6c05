// What goes out to readers: what the public edition hides, a publication, a correction of it, and both made again.
import { expect } from 'vitest';
import type { Asker } from './host.ts';

export async function publishTwice(office: Asker, sheet: string, address: string): Promise<void> {
  const { sheets } = await office.ask('edition.preview', {});
  expect(sheets.flatMap(({ hidden }) => hidden)).toEqual([]);
  const texts = { publisher: '花見沢町', source: '', licence: '', note: '' };
  const publish = async () => {
    const { digest, number, matters } = await office.ask('publication.plan', {});
    expect(matters.map(({ kind }) => kind)).toContain('unconfirmed');
    const made = await office.ask('publication.make', { digest, person: '企画係　甲野', texts });
    expect(made).toMatchObject({ number, sheets: 2 });
    return number;
  };
  const first = await publish();
  await office.ask('cell.set', { sheet, cells: [{ cell: address, raw: '公表の後に直した文' }] });
  await office.ask('sheet.commit', { sheet });
  const second = await publish();
  expect((await office.ask('publication.list', {})).publications.map(({ number }) => number)).toEqual([second, first]);
  const { sheets: changed } = await office.ask('publication.errata', { before: first, after: second });
  expect(changed).toMatchObject([{ kind: 'changed', cells: [{ after: '公表の後に直した文' }] }]);
  for (const snapshot of [first, second]) {
    const file = await office.host.place({ for: 'save-export', suggested: '公表.json' });
    await office.ask('export.write', { file, format: 'json', snapshot });
    const [written] = await office.host.written(file);
    expect(written?.bytes.toString().includes('公表の後に直した文')).toBe(snapshot === second);
  }
  const folder = await office.host.place({ for: 'save-folder', suggested: 'hyoka-2022' });
  expect((await office.ask('export.write', { file: folder, format: 'html', snapshot: second })).sheets).toBe(2);
  const written = await office.host.written(folder);
  // A browser gets the folder as one zip.
  const [only] = written;
  if (written.length === 1) expect(only?.bytes.subarray(0, 2).toString()).toBe('PK');
  else expect(written.map(({ name }) => name)).toContain('index.html');
  const file = await office.host.place({ for: 'save-export', suggested: '公表.json' });
  const problem = await office.problem('export.write', { file, format: 'json', snapshot: 99 });
  expect(problem.code).toBe('publication.unknown');
}
