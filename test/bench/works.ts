// The long works that are watched for memory and for the person who waits: each once, on a workspace of its own.
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Input } from '../../shared/contract/contract.ts';
import { pagesOf } from '../../shared/figures/facts.ts';
import { type Asker, openAsker, type Town } from './town.ts';

export type Work = { name: string; from: 'before' | 'full'; run(asker: Asker, town: Files): Promise<unknown> };
/** Where the works find and put what they need. */
export type Files = Pick<Town, 'folder' | 'submission'>;

const exporting =
  (format: Input<'export.write'>['format'], options: Partial<Input<'export.write'>> = {}): Work['run'] =>
  (asker, { folder }) =>
    asker.ask('export.write', { file: asker.offer(path.join(folder, `work.${format}`)), format, ...options });

export const WORKS: readonly Work[] = [
  { name: 'sheet.list', from: 'full', run: (asker) => asker.ask('sheet.list', {}) },
  {
    name: 'package.merge',
    from: 'before',
    run: (asker, { submission }) => asker.ask('package.merge', { files: [asker.offer(submission)] }),
  },
  {
    name: 'figures.show',
    from: 'full',
    run: (asker) =>
      pagesOf(async (start) => {
        // Every host brings a call in a turn of its own.
        await setImmediate();
        return asker.ask('figures.show', { start });
      }),
  },
  { name: 'quality.check', from: 'full', run: (asker) => asker.ask('quality.check', {}) },
  { name: 'export json', from: 'full', run: exporting('json') },
  { name: 'export json, public', from: 'full', run: exporting('json', { edition: 'public' }) },
  { name: 'export csv', from: 'full', run: exporting('csv') },
  { name: 'export csv, a row a cell', from: 'full', run: exporting('csv', { rows: 'cells' }) },
  { name: 'export xlsx, tables', from: 'full', run: exporting('xlsx') },
  { name: 'export ods, tables', from: 'full', run: exporting('ods') },
  { name: 'export xlsx, forms', from: 'full', run: exporting('xlsx', { view: 'form' }) },
  { name: 'export ods, forms', from: 'full', run: exporting('ods', { view: 'form' }) },
  { name: 'export html', from: 'full', run: exporting('html', { edition: 'public' }) },
];

/** Opens the workspace, does the work (or none) and gives what `around` made of it. */
export async function perform<T>(
  work: Work | undefined,
  file: string,
  files: Files,
  around: (run: () => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const asker = await openAsker(file);
  await asker.ask('workspace.view', {});
  const result = await around(async () => work?.run(asker, files));
  await asker.close();
  return result;
}
