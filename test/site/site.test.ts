// The folder that goes to the town's web server: what may be in it, that it holds together, and that it can be made again.
import { mkdir, writeFile } from 'node:fs/promises';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { type DefaultTreeAdapterMap, parse as parseHtml } from 'parse5';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenData, openDataSchema } from '../../shared/site/data.ts';
import { makeWorld, type Workspace, type World } from '../core/world.ts';
import { filesIn, makeSecretive, publishAll, SECRETS } from './town.ts';
import { faultsOf } from './valid.ts';

let world: World;
let office: Workspace;
let site: Map<string, Buffer>;
beforeAll(async () => {
  world = await makeWorld();
  office = await makeSecretive(world);
  expect(await publishAll(office)).toBe(1);
  await office.ask('cell.set', { sheet: '3-1', cells: [{ cell: '意図', raw: '直した<意図>' }] });
  await office.ask('cell.set', { sheet: '3-1', cells: [{ cell: '内線', raw: `${SECRETS.extension}2` }] });
  await office.ask('sheet.commit', { sheet: '3-1' });
  expect(await publishAll(office)).toBe(2);
  site = await write('site', { snapshot: 2 });
});
afterAll(() => world.close());

type Options = { snapshot?: number; edition?: 'internal' | 'public'; years?: 'western' | 'era'; sheets?: string[] };
async function write(name: string, options: Options): Promise<Map<string, Buffer>> {
  const folder = world.at(name);
  const input = { file: office.offer(folder), format: 'html' as const, ...options };
  expect((await office.ask('export.write', input)).file).toBe(name);
  return filesIn(folder);
}
const textOf = (name: string): string => {
  const bytes = site.get(name);
  if (!bytes) throw new Error(`${name} is missing`);
  return bytes.toString('utf8');
};
const pages = () => [...site.keys()].filter((name) => name.endsWith('.html'));
const dataOf = (files: Map<string, Buffer>): OpenData => JSON.parse(String(files.get('data/sheets.json')));

describe('the folder of a public edition', () => {
  test('holds nothing internal in any file', async () => {
    const draft = await write('draft', { edition: 'public' });
    const traces = [
      ...Object.values(SECRETS),
      '課長名',
      '内線',
      /\bchief\b/,
      /\bextension\b/,
      '__why__',
      /s[0-9a-f]{20}/,
    ];
    const found = (files: Map<string, Buffer>) =>
      traces.flatMap((trace) =>
        [...files].flatMap(([name, bytes]) => (String(bytes).search(trace) < 0 ? [] : [`${trace} in ${name}`])),
      );
    expect(found(site)).toEqual([]);
    expect(found(draft)).toEqual([]);
    // The internal edition holds the cells, so the search above was able to find them; but never reasons and remarks.
    const internal = [...(await write('internal', { edition: 'internal' })).values()].join('\n');
    const isIn = (name: keyof typeof SECRETS) => internal.includes(SECRETS[name]);
    expect((Object.keys(SECRETS) as (keyof typeof SECRETS)[]).filter(isIn)).toEqual(['chief', 'extension']);
    expect(internal.includes('庁内用です。公表しない欄が含まれています。')).toBe(true);
  });

  test('has names that every web server keeps, and every link leads to one of its files', () => {
    const names = [...site.keys()];
    expect(names).toContain('sheets/no-3-1.html');
    expect(names).toContain('sheets/no-_7dcf-3.html');
    for (const name of names) expect(name).toMatch(/^[a-z0-9_/.-]+$/);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const page of pages()) {
      const { links, ids } = partsOf(textOf(page));
      for (const link of links) {
        expect(link, page).not.toMatch(/^(\w+:|\/)/);
        const { pathname, hash } = new URL(link, `http://town/${page}`);
        if (pathname.slice(1) !== page) expect(names, `${page} → ${link}`).toContain(pathname.slice(1));
        else if (hash) expect(ids, `${page} → ${link}`).toContain(hash.slice(1));
      }
    }
  });

  test('is HTML without a fault: no stray tag, no id twice, headings in order, nothing inline, everything escaped', () => {
    for (const page of pages()) {
      const faults: string[] = [];
      parseHtml(textOf(page), { onParseError: ({ code, startLine }) => faults.push(`${code} in line ${startLine}`) });
      expect(faults, page).toEqual([]);
      const { ids, headings, elements } = partsOf(textOf(page));
      expect(new Set(ids).size, page).toBe(ids.length);
      expect(headings[0], page).toBe(1);
      expect(headings.filter((level) => level === 1).length, page).toBe(1);
      for (const [at, level] of headings.entries())
        expect(level - (headings[at - 1] ?? 0), page).toBeLessThanOrEqual(1);
      for (const { tagName, attrs } of elements) {
        for (const { name } of attrs) expect(name, `${page} ${tagName}`).not.toMatch(/^(on|style$)/);
      }
      expect(textOf(page)).not.toMatch(/<script(?! src)|<style|<古民家>|直した<意図>/);
      expect(textOf(page)).toMatch(/<html lang="ja">/);
      expect(textOf(page)).toContain("default-src 'none'; style-src 'self'; script-src 'self'");
    }
    expect(textOf('sheets/no-3-2.html')).toContain('空き家と&lt;古民家&gt;の活用 &quot;試行&quot;');
  });

  test('is valid by a validator of content models, references, and names of what can be reached', async () => {
    const faults = await Promise.all(pages().map((page) => faultsOf(textOf(page), page)));
    expect(faults.flat()).toEqual([]);
    const broken = textOf('about.html').replace(
      '<main',
      '<nav><a href="about.html"><button>押す</button></a></nav><main',
    );
    expect((await faultsOf(broken, 'broken')).join()).toContain('element-permitted-content');
  });

  test('says circles in words, and has captions and scopes on every table', () => {
    const page = textOf('sheets/no-3-1.html');
    expect(page).toContain(
      '○<span class="unseen">（D：(総合戦略策定時と比較して)変わらない又は維持したに該当）</span>',
    );
    for (const name of pages()) {
      const { elements } = partsOf(textOf(name));
      const count = (tag: string) => elements.filter(({ tagName }) => tagName === tag).length;
      expect(count('caption'), name).toBe(count('table'));
      for (const { attrs } of elements.filter(({ tagName }) => tagName === 'th')) {
        expect(attrs.map((one) => one.name)).toContain('scope');
      }
    }
  });

  test('lists sheets by number with their grades, by department, and what was corrected', () => {
    expect(textOf('index.html')).toMatch(/<a href="sheets\/no-3-1.html">みどりの暮らし移住応援<\/a>/);
    expect(textOf('index.html')).toContain('<td class="grade">D</td>');
    const rows = textOf('index.html').match(/<tr>.*?<\/tr>/gs) ?? [];
    expect([...new Set(rows.map((row) => row.match(/<t[hd]/g)?.length))]).toEqual([6]);
    expect(textOf('goals.html')).toContain('移り住む人と住み続ける人を増やす</h2>');
    expect(textOf('index.html')).toContain('令和4年度（2022年度）に、令和3年度（2021年度）の実績');
    expect(textOf('departments.html')).toContain('まちなみ整備課</h2>');
    expect(textOf('errata.html')).toContain('直した&lt;意図&gt;');
    expect(textOf('errata.html')).toContain('誤（第1号）');
    expect(textOf('sheets/no-3-1.html')).toContain('公表した後に直したところがあります');
    expect(textOf('about.html')).toContain('花見沢町「施策評価シート」<br>を加工して作成');
    expect(textOf('about.html')).toContain('施策の&lt;評価&gt;です。');
    expect(textOf('about.html')).toMatch(/第2号（令和\d+年\d+月\d+日公表）/);
  });

  test('has its data beside it: JSON that fits its published schema, and a table that reads back', () => {
    const schema = JSON.parse(textOf('data/sheets.schema.json'));
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    // Formats are patterns in the schema too, which are checked.
    const validate = new Ajv({ allErrors: true, validateFormats: false, allowUnionTypes: true }).compile(schema);
    const data = dataOf(site);
    expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...data, person: 'x' })).toBe(false);
    expect(openDataSchema.safeParse(data).error).toBeUndefined();
    expect(data).toMatchObject({ publication: 2, edition: 'public', evaluationYear: 2022, subjectYear: 2021 });
    expect(data.sheets[0]).toMatchObject({
      number: '3-1',
      departments: ['くらし移住課'],
      page: '../sheets/no-3-1.html',
      cells: { intent: { value: '直した<意図>' }, cost__expense__settled_2020: { value: 12480 } },
    });
    // Every digit that was typed, which a parsed number would not show.
    expect(textOf('data/sheets.json')).toContain('"cost__labour__settled_2020":{"value":1.8000}');
    const csv = textOf('data/memuro-shisaku-v2.csv');
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.length).toBe(3);
    expect(rows[0]).toMatchObject({
      施策番号: '3-1',
      意図: '直した<意図>',
      '担当課評価 進捗結果': 'D',
      '施策事業費(千円) 2020年度決算': '12480',
    });
  });

  test('the public edition as JSON or CSV alone is the same data', async () => {
    for (const format of ['json', 'csv'] as const) {
      const name = `alone.${format}`;
      await office.ask('export.write', { file: office.offer(world.at(name)), format, snapshot: 2 });
      const text = String(filesIn(world.folder).get(name));
      for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
      if (format === 'csv') expect(text).toBe(textOf('data/memuro-shisaku-v2.csv'));
      else expect(JSON.parse(text).sheets.length).toBe(3);
    }
  });
});

describe('a publication', () => {
  test('makes the same folder again, byte for byte, whatever became of the sheets', async () => {
    const first = await write('first', { snapshot: 1 });
    await office.ask('cell.set', { sheet: '3-1', cells: [{ cell: '意図', raw: '三度目' }] });
    await office.ask('sheet.commit', { sheet: '3-1' });
    await office.ask('sheet.round', { sheets: ['3-1'], round: 'internal' });
    await office.ask('sheet.reassign', { changes: [{ sheet: '3-1', units: ['まちなみ整備課'] }] });
    expect(await write('first', { snapshot: 1 })).toEqual(first);
    expect(await write('again', { snapshot: 2 })).toEqual(site);
    expect(String(first.get('errata.html'))).toContain('公表した後に直したところはありません。');
  });

  test('what has not been published says so, and has no number', async () => {
    const draft = await write('draft', { edition: 'public', sheets: ['3-2'] });
    expect(String(draft.get('index.html'))).toContain('公表前の確認用です。');
    expect(dataOf(draft)).toMatchObject({ publication: null, sheets: [{ number: '3-2' }] });
  });
});

describe('the place', () => {
  test('a folder with other files in it is left as it is', async () => {
    await mkdir(world.at('occupied'));
    await writeFile(world.at('occupied', '大切.txt'), '残す');
    const input = { file: office.offer(world.at('occupied')), format: 'html' as const };
    expect((await office.problem('export.write', input)).code).toBe('folder.occupied');
    expect([...filesIn(world.at('occupied')).keys()]).toEqual(['大切.txt']);
  });

  test('when it is cancelled, the site that was there stays, and nothing is left beside it', async () => {
    const before = await write('kept', { snapshot: 1 });
    let steps = 0;
    const reply = await office.app.call(
      'export.write',
      { file: office.offer(world.at('kept')), format: 'html', snapshot: 2 },
      {
        signal: {
          get aborted() {
            steps += 1;
            return steps > 2;
          },
        },
      },
    );
    expect(reply.ok ? null : reply.problem.code).toBe('task.cancelled');
    expect(filesIn(world.at('kept'))).toEqual(before);
    expect([...filesIn(world.folder).keys()].filter((name) => /\.(part|old)\//.test(name))).toEqual([]);
  });
});

type Element = DefaultTreeAdapterMap['element'];

/** What a page is made of, in reading order. */
function partsOf(html: string) {
  const elements: Element[] = [];
  const visit = (node: DefaultTreeAdapterMap['node']): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parseHtml(html));
  const attribute = (name: string) =>
    elements.flatMap(({ attrs }) => attrs.filter((one) => one.name === name).map(({ value }) => value));
  return {
    elements,
    ids: attribute('id'),
    links: [...attribute('href'), ...attribute('src')],
    headings: elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : [])),
  };
}
