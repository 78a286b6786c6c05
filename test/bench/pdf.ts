// export.write as PDF: books of so many sheets. The floor of their time is one bare print of the same pages in one piece by
// the same browser, without contents, tags and bookmarks. Their memory is measured in a process of its own, and with it the
// browser's: started with arguments, this file is that process.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { argv, execPath } from 'node:process';
import { systemPorts } from '../../electron/core/ports.ts';
import { openFonts } from '../../electron/core/printing/fonts.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { sheetsHtml } from '../../shared/paper/book.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import { printByBrowser } from '../browser/browser.ts';
import { resources } from '../core/world.ts';
import { type Line, race, type Spread, spread } from './measure.ts';
import { childrenMegabytes, peakMegabytes } from './resident.ts';
import { type Asker, openAsker, removeWorkspace, type Town } from './town.ts';

/** How many sheets, and how often: of what takes a minute, more would only take patience. */
const BOOKS = [
  { sheets: 20, rounds: 3 },
  { sheets: 100, rounds: 3 },
  { sheets: 500, rounds: 1 },
];
const LOOK_MS = 100;

export async function pdf(town: Town, rounds: number): Promise<Line[]> {
  await printByBrowser();
  const books = BOOKS.filter(({ sheets }) => sheets <= town.sheets);
  const times: Line[] = [];
  for (const book of books) times.push(await timeOf(town, book.sheets, Math.min(rounds, book.rounds)));
  const idle = await memoryOf(town, 0);
  const one = await memoryOf(town, 1);
  const lines: Line[] = [];
  for (const { sheets } of books) {
    const { program, browser } = await memoryOf(town, sheets);
    const name = `memory: book of ${sheets} sheets`;
    const told = (value: number) => spread([value]);
    lines.push(
      { name: `${name}, program`, unit: 'MB', ours: told(program), floor: told(idle.program), note: 'idle' },
      { name: `${name}, browser`, unit: 'MB', ours: told(browser), floor: told(one.browser), note: 'a single sheet' },
    );
  }
  return [...times, ...lines];
}

const firstSheets = async (asker: Asker, count: number): Promise<string[]> =>
  (await asker.ask('sheet.list', {})).sheets.slice(0, count).map(({ id }) => id);

async function timeOf(town: Town, count: number, rounds: number): Promise<Line> {
  const asker = await openAsker(await town.copyOf(town.full));
  const sheets = await firstSheets(asker, count);
  const file = asker.offer(path.join(town.folder, 'book.pdf'));
  const { printer, files } = systemPorts();
  const press = await printer.open();
  const html = await documentOf(asker, sheets, await openFonts(files, path.dirname(resources)));
  const ours = { run: () => asker.ask('export.write', { file, format: 'pdf', sheets }) };
  const floor = { run: () => press.print(html, { isDraft: true }) };
  // What takes a minute is not warmed up by another minute of the same.
  const raced =
    rounds > 1 ? await race(ours, floor, rounds) : { ours: await once(ours.run), floor: await once(floor.run) };
  await press.close();
  await asker.close();
  return { name: `book of ${sheets.length} sheets`, unit: 'ms', ...raced, note: 'one bare print of the same pages' };
}

async function once(run: () => Promise<unknown>): Promise<Spread> {
  const start = performance.now();
  await run();
  return spread([performance.now() - start]);
}

async function documentOf(
  asker: Asker,
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

type Memory = { program: number; browser: number };

async function memoryOf(town: Town, count: number): Promise<Memory> {
  const file = await town.copyOf(town.full);
  const told = execFileSync(execPath, [import.meta.filename, String(count), file], { encoding: 'utf8' });
  await removeWorkspace(file);
  return JSON.parse(told) as Memory;
}

/** Writes a book of so many sheets, or none, and tells the most that this process and all below it had at once. */
async function write(count: number, workspace: string): Promise<Memory> {
  await printByBrowser();
  const asker = await openAsker(workspace);
  const sheets = await firstSheets(asker, count);
  let browser = 0;
  const watch = setInterval(() => {
    browser = Math.max(browser, childrenMegabytes());
  }, LOOK_MS);
  if (count > 0) await asker.ask('export.write', { file: asker.offer(`${workspace}.pdf`), format: 'pdf', sheets });
  clearInterval(watch);
  await asker.close();
  await systemPorts().files.remove(`${workspace}.pdf`);
  return { program: peakMegabytes(), browser };
}

if (import.meta.main) {
  const [, , count, workspace = ''] = argv;
  process.stdout.write(JSON.stringify(await write(Number(count), workspace)));
}
