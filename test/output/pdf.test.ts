// PDFs as the program writes them: one sheet, a book, a file each; all or nothing; cancelled without a trace.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ports, systemPorts } from '../../electron/core/ports.ts';
import { usualPlaces } from '../../electron/core/printing/browsers.ts';
import { printByBrowser } from '../browser/browser.ts';
import { makeOffice, makeWorld, type Workspace, type World } from '../core/world.ts';
import { fontsIn, readPdf } from '../paper/pdf.ts';

let world: World;
let office: Workspace;
/** Of more sheets than are printed at once. */
let many: Workspace;
beforeAll(async () => {
  await printByBrowser();
  world = await makeWorld();
  // A temporary folder of its own: what is left behind in it was left by this test.
  mkdirSync(world.at('temp'));
  process.env.TMPDIR = world.at('temp');
  office = await makeOffice(world);
  const lines = Array.from({ length: 23 }, (_, at) => `7-${at + 1},施策その${at + 1},商工観光課`);
  many = await makeOffice(world, 'many.hyoka', 'memuro-shisaku', `施策番号,施策名,主管課\n${lines.join('\n')}\n`);
  await office.ask('cell.set', { sheet: '2-2', cells: [{ cell: '課長名', raw: '花見 咲' }] });
});
afterAll(() => world.close());

const bare = (text: string) => text.replace(/\s/gu, '');
const profiles = () => readdirSync(world.at('temp'));

async function write(name: string, more: object = {}) {
  const file = world.at(name);
  await office.ask('export.write', { file: office.offer(file), format: 'pdf', ...more });
  return file;
}

test('one sheet: its own title, and at the foot the year, the edition, the revision and the digest', async () => {
  const file = await write('one.pdf', { sheets: ['2-2'] });
  const pdf = await readPdf(readFileSync(file));
  expect(pdf.title).toBe('2-2　移住の相談');
  const { digest, head } = await office.ask('sheet.show', { sheet: '2-2' });
  for (const { foot } of pdf.pages) {
    for (const words of ['2022年度（令和4年度）評価', '庁内用', `内容コード${digest}`, '確定前の入力']) {
      expect(bare(foot)).toContain(bare(words));
    }
    expect(bare(foot)).toContain(head === null ? '改訂なし' : head.slice(0, 8));
  }
  expect(bare(pdf.pages.map(({ text }) => text).join(''))).toContain('花見咲');
  expect(profiles()).toEqual([]);
});

test('the public edition in era years leaves out what is internal', async () => {
  const file = await write('open.pdf', { sheets: ['2-2'], edition: 'public', years: 'era' });
  const pdf = await readPdf(readFileSync(file));
  const text = bare(pdf.pages.map((page) => page.text).join(''));
  expect(text).not.toContain('花見咲');
  expect(text).not.toContain('課長名');
  expect(text).toContain('令和3年度の成果評価');
  expect(bare(pdf.pages[0]?.foot ?? '')).toContain('令和4年度評価公表用');
});

test('a publication prints as it was published, under its number, whatever became of its cells', async () => {
  const own = await makeOffice(world, 'own.hyoka');
  const type = async (raw: string) => {
    await own.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw }] });
    await own.ask('sheet.commit', { sheet: '2-2' });
  };
  await type('公表したときの文');
  const { digest, number } = await own.ask('publication.plan', { sheets: ['2-2'] });
  const texts = { publisher: '', source: '', licence: '', note: '' };
  await own.ask('publication.make', { digest, sheets: ['2-2'], person: '企画係　甲野', texts });
  await type('公表の後に直した文');
  const file = world.at('published.pdf');
  // What is asked of edition and years gives way to what was published.
  const asked = { format: 'pdf', snapshot: number, edition: 'internal', years: 'western' } as const;
  await own.ask('export.write', { file: own.offer(file), ...asked });
  const pdf = await readPdf(readFileSync(file));
  const text = bare(pdf.pages.map((page) => page.text).join(''));
  expect(text).toContain('公表したときの文');
  expect(text).not.toContain('公表の後に直した文');
  expect(text).not.toContain('課長名');
  for (const { foot } of pdf.pages) expect(bare(foot)).toContain(`令和4年度評価第${number}号公表用`);
});

test('a book: a title page, contents that name the right pages, bookmarks of sheets and sections', async () => {
  const seen: string[] = [];
  const file = world.at('book.pdf');
  await office.app.call(
    'export.write',
    { file: office.offer(file), format: 'pdf', page: { size: 'A3', orientation: 'landscape' } },
    { onProgress: ({ name }) => seen.push(name) },
  );
  const bytes = readFileSync(file);
  const pdf = await readPdf(bytes);
  expect(bare(pdf.pages[0]?.text ?? '')).toContain('3枚');
  const sheets = pdf.bookmarks.filter(({ title }) => /^\d-\d/.test(title));
  expect(sheets.map(({ title }) => title)).toEqual(['1-1　図書館の活用', '2-1　道の駅のにぎわい', '2-2　移住の相談']);
  const contents = bare(pdf.pages[1]?.text ?? '');
  for (const { title, page, items } of sheets) {
    const [number = '', name = ''] = title.split('　');
    expect(bare(pdf.pages[page - 1]?.text ?? '')).toContain(bare(number + name));
    expect(contents).toMatch(new RegExp(`${number}${name}\\D*${page}(?!\\d{2})`));
    expect(items.length).toBeGreaterThan(5);
  }
  const { used, embedded, named } = await fontsIn(bytes);
  expect([embedded, named]).toEqual([used, used]);
  expect(new Set(seen)).toEqual(new Set(['1-1', '目次を作っています', 'ページ番号を入れています']));
});

test('a book that is printed in several parts: every number in the contents and at the foot is right', async () => {
  const file = world.at('many.pdf');
  const told: [number, string][] = [];
  const reply = await many.app.call(
    'export.write',
    { file: many.offer(file), format: 'pdf' },
    { onProgress: ({ done, name }) => told.push([done, name]) },
  );
  expect(reply.ok).toBe(true);
  expect(told).toEqual(told.toSorted(([a], [b]) => a - b));
  expect(new Map(told)).toEqual(
    new Map([
      [0, '7-1'],
      [20, '7-21'],
      [23, 'ページ番号を入れています'],
    ]),
  );
  const pdf = await readPdf(readFileSync(file));
  const sheets = pdf.bookmarks.filter(({ title }) => title.startsWith('7-'));
  expect(sheets).toHaveLength(23);
  const contents = bare(pdf.pages[1]?.text ?? '');
  for (const { title, page } of sheets) {
    const [number = '', name = ''] = title.split('　');
    expect(contents).toContain(`${number}${name}商工観光課${page}`);
    expect(bare(pdf.pages[page - 1]?.text ?? '')).toContain(bare(title));
  }
  expect(pdf.pages.map(({ foot }) => /(\d+) \/ (\d+)/.exec(foot)?.[0])).toEqual(
    pdf.pages.map((_, at) => `${at + 1} / ${pdf.pages.length}`),
  );
});

describe('a file each', () => {
  test('is named by number and name, as every system takes it', async () => {
    const folder = await write('each', { each: true });
    expect(readdirSync(folder)).toEqual(['1-1_図書館の活用.pdf', '2-1_道の駅のにぎわい.pdf', '2-2_移住の相談.pdf']);
    for (const name of readdirSync(folder)) expect(readFileSync(path.join(folder, name), 'latin1')).toMatch(/^%PDF/);
  });

  test('writes over nothing, and then none of them', async () => {
    const folder = world.at('there');
    mkdirSync(folder);
    writeFileSync(path.join(folder, '2-1_道の駅のにぎわい.pdf'), 'mine');
    const problem = await office.problem('export.write', { file: office.offer(folder), format: 'pdf', each: true });
    expect(problem).toMatchObject({ code: 'file.exists', details: { name: '2-1_道の駅のにぎわい.pdf' } });
    expect(readdirSync(folder)).toEqual(['2-1_道の駅のにぎわい.pdf']);
  });

  test('cancelled after the first, leaves none', async () => {
    const folder = world.at('cancelled');
    const control = new AbortController();
    const reply = await office.app.call(
      'export.write',
      { file: office.offer(folder), format: 'pdf', each: true },
      { signal: control.signal, onProgress: ({ name }) => name === '2-1' && control.abort() },
    );
    expect(reply).toMatchObject({ ok: false, problem: { code: 'task.cancelled' } });
    expect(existsSync(folder)).toBe(false);
    expect(profiles()).toEqual([]);
  });
});

test.each([
  ['between its parts', '7-21', () => many],
  ['at its contents', '目次', () => office],
] as const)('a book that is cancelled %s is not there, and the old file is', async (_, moment, workspace) => {
  const file = await write('kept.pdf', { sheets: ['1-1'] });
  const before = readFileSync(file);
  const control = new AbortController();
  const reply = await workspace().app.call(
    'export.write',
    { file: workspace().offer(file), format: 'pdf' },
    { signal: control.signal, onProgress: ({ name }) => name.startsWith(moment) && control.abort() },
  );
  expect(reply).toMatchObject({ ok: false, problem: { code: 'task.cancelled' } });
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(world.folder).filter((name) => name.includes('.part'))).toEqual([]);
  expect(profiles()).toEqual([]);
});

test('a printer that gives up is told in words, and closed', async () => {
  let closed = 0;
  const ports: Ports = {
    ...systemPorts(),
    printer: {
      open: async () => ({
        print: async () => Buffer.from('%PDF-1.4\nnothing that can be read'),
        close: async () => {
          closed += 1;
        },
      }),
    },
  };
  const other = world.host({ ports });
  await other.ask('workspace.sample', { file: other.offer(world.at('sample.hyoka')) });
  const problem = await other.problem('export.write', { file: other.offer(world.at('broken.pdf')), format: 'pdf' });
  expect(problem).toMatchObject({ code: 'printer.failed' });
  expect(closed).toBe(1);
  expect(existsSync(world.at('broken.pdf'))).toBe(false);
});

test('browsers are looked for where each system keeps them', () => {
  const windows = usualPlaces('win32', {
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
  });
  expect(windows).toContain('C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe');
  expect(windows).toContain('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
  expect(usualPlaces('darwin', { HOME: '/Users/x' })).toContain(
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  );
  const linux = usualPlaces('linux', { PATH: '/usr/bin:relative' });
  expect(linux).toContain('/usr/bin/chromium');
  expect(linux.every((place) => place.startsWith('/'))).toBe(true);
});
