// export.write as PDF: a book of so many sheets. The floor is one bare print of the same document by the same browser,
// without contents, tags and bookmarks.
import path from 'node:path';
import { systemPorts } from '../../electron/core/ports.ts';
import { openFonts } from '../../electron/core/printing/fonts.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { sheetsHtml } from '../../shared/paper/book.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import { printByBrowser } from '../browser/browser.ts';
import { resources } from '../core/world.ts';
import { type Line, race } from './measure.ts';
import { openAsker, type Town } from './town.ts';

const MOST = 100;
/** A book takes seconds: more than three would only take patience. */
const ROUNDS = 3;

export async function pdf(town: Town, rounds: number): Promise<Line[]> {
  await printByBrowser();
  const asker = await openAsker(await town.copyOf(town.full));
  const { sheets: rows } = await asker.ask('sheet.list', {});
  const sheets = rows.slice(0, MOST).map(({ id }) => id);
  const file = asker.offer(path.join(town.folder, 'book.pdf'));
  const { printer, files } = systemPorts();
  const press = await printer.open();
  const html = await documentOf(asker, sheets, await openFonts(files, path.dirname(resources)));
  const ours = { run: () => asker.ask('export.write', { file, format: 'pdf', sheets }) };
  const floor = { run: () => press.print(html, { isDraft: true }) };
  const raced = await race(ours, floor, Math.min(rounds, ROUNDS));
  await press.close();
  await asker.close();
  return [{ name: `book of ${sheets.length} sheets`, unit: 'ms', ...raced, note: 'one bare print of the same pages' }];
}

async function documentOf(
  asker: Awaited<ReturnType<typeof openAsker>>,
  sheets: readonly string[],
  fonts: Awaited<ReturnType<typeof openFonts>>,
): Promise<string> {
  const views = await Promise.all(sheets.map((sheet) => asker.ask('sheet.show', { sheet })));
  const printed = await Promise.all(
    views.map(async ({ form: hash, year, values }) => {
      const { definition } = await asker.ask('form.show', { form: hash });
      const form = layOut(readDefinition(definition, hash), year);
      return { paper: paperOf(form, values, { edition: 'internal', years: 'western' }), foot: '' };
    }),
  );
  const book = { title: '', page: { size: 'A4', orientation: 'portrait' } as const, sheets: printed };
  return sheetsHtml(book, await fonts.rulesFor(sheetsHtml(book, '')));
}
