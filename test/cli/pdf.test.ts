// Paper from the command line: one sheet, all of them, and what happens where nothing can print.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printByBrowser } from '../browser/browser.ts';
import { makeOffice, makeWorld, type World } from '../core/world.ts';
import { readPdf } from '../paper/pdf.ts';
import { hyoka, hyokaJson } from './town.ts';

let world: World;
let file: string;
beforeAll(async () => {
  await printByBrowser();
  world = await makeWorld();
  const office = await makeOffice(world);
  file = office.file;
  await office.app.close();
});
afterAll(() => world.close());

const write = (out: string, ...more: string[]) =>
  hyokaJson('export', file, '--format', 'pdf', '--out', world.at(out), ...more);

test('one sheet on A3 in era years, for the public', async () => {
  const more = ['--sheet', '2-2', '--edition', 'public', '--years', 'era', '--page', 'A3', '--landscape'];
  expect(await write('one.pdf', ...more)).toMatchObject({ exit: 0, value: { format: 'pdf', sheets: 1 } });
  const pdf = await readPdf(readFileSync(world.at('one.pdf')));
  expect(pdf.pages.map(({ width, height }) => [Math.round(width), Math.round(height)])[0]).toEqual([1191, 842]);
  expect(pdf.pages[0]?.foot.replace(/\s/gu, '')).toContain('令和4年度評価');
});

test('all of them as a book, and a file each', async () => {
  expect(await write('all.pdf')).toMatchObject({ exit: 0, value: { sheets: 3 } });
  const pdf = await readPdf(readFileSync(world.at('all.pdf')));
  expect(pdf.bookmarks.map(({ title }) => title)).toContain('目次');
  expect(await write('each', '--each')).toMatchObject({ exit: 0, value: { sheets: 3 } });
  expect(readdirSync(world.at('each'))).toHaveLength(3);
});

test('without a browser it says what to do, and writes nothing', async () => {
  const before = process.env.HYOKA_BROWSER;
  process.env.HYOKA_BROWSER = world.at('none');
  try {
    const { exit, stderr } = await hyoka('export', file, '--format', 'pdf', '--out', world.at('none.pdf'));
    expect(exit).toBe(1);
    expect(stderr).toContain('HYOKA_BROWSER');
  } finally {
    if (before === undefined) delete process.env.HYOKA_BROWSER;
    else process.env.HYOKA_BROWSER = before;
  }
  expect(existsSync(world.at('none.pdf'))).toBe(false);
  const wrong = await hyoka('export', file, '--format', 'pdf', '--out', world.at('none.pdf'), '--page', 'B5');
  expect(wrong.exit).toBe(2);
  expect(wrong.stderr).toContain('--page は A4 か A3 です。');
});
