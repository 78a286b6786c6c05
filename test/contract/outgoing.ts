// What went out, over any host: the place is looked at, the same package is written again, erased, and told in a table.
import { expect } from 'vitest';
import type { Asker, Written } from './host.ts';

export async function tellOutgoing(office: Asker, department: Asker): Promise<void> {
  const workspace = await department.ask('workspace.view', {});
  const give = (written: Written | undefined) =>
    office.host.upload(written?.name ?? '', written?.bytes ?? Buffer.alloc(0));
  const folder = await department.host.place({ for: 'output-folder' });
  const outlook = await department.ask('package.prepare', { folder });
  expect(outlook.recipients).toEqual([{ unit: workspace.office, ready: 1, missing: 0 }]);
  const { entries, unwritten } = await department.ask('register.list', {});
  expect(unwritten).toEqual([]);
  const [last] = entries;
  const carry = { seal: false, person: '夏川 葵' };
  const { packages } = await department.ask('package.rewrite', { hash: last?.hash ?? '', folder, carry });
  expect(packages[0]).toMatchObject({ file: last?.file, hash: last?.hash, sealed: 'open' });
  const [copy] = await department.host.written(folder);
  expect((await office.ask('package.inspect', { file: await give(copy) })).hash).toBe(last?.hash);
  const sealed = await department.host.place({ for: 'output-folder' });
  await department.ask('package.rewrite', { hash: last?.hash ?? '', folder: sealed, carry: { seal: true } });
  const [closed] = await department.host.written(sealed);
  expect(closed?.name).toMatch(/\.hyoka\.age$/);
  const opened = await office.ask('package.inspect', { file: await give(closed) });
  expect(opened).toMatchObject({ verified: true, hash: last?.hash });

  const ids = (await department.ask('register.list', {})).entries.map(({ id }) => id);
  const erased = await department.ask('register.erase', { ids: ids.slice(0, 1), person: '夏川 葵' });
  expect(erased.entries.map(({ erasedBy }) => erasedBy)).toEqual(['夏川 葵', ...ids.slice(1).map(() => null)]);
  expect((await department.problem('register.erase', { ids: [ids.length + 100], person: 'x' })).code).toBe(
    'register.unknown',
  );
  const file = await department.host.place({ for: 'save-export', suggested: '持ち出し記録.csv' });
  expect((await department.ask('register.export', { file })).entries).toBe(ids.length);
  expect((await department.host.written(file))[0]?.bytes.toString()).toContain(',夏川 葵\r\n');
}
