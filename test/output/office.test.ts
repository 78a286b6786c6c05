// Workbooks opened with LibreOffice, cell by cell, where it is installed: a spreadsheet's own word on what our files say.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BookRow, shownNumber } from '../../electron/core/output/book.ts';
import { formRows } from '../../electron/core/output/formbook.ts';
import { UNREAD_TAIL } from '../../shared/form/reading.ts';
import { makeOffice, makeWorld, type Workspace, type World } from '../core/world.ts';
import { formOf } from '../form/sample.ts';
import { bookOf, bytesOf, DANGEROUS, FORMATS, type Plain } from './books.ts';

const soffice = (...words: string[]) =>
  execFileSync('soffice', ['--headless', '--norestore', ...words], { stdio: 'pipe', timeout: 100_000 });

function whyNot(): string | undefined {
  try {
    soffice('--version');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
const reason = whyNot();
if (reason !== undefined) console.warn(`SKIPPED: no workbook is opened with LibreOffice here (${reason})`);

/** Every worksheet as rows of what its cells show. Comma, quotes, UTF-8, as shown, all worksheets. */
const AS_SHOWN = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1';

describe.skipIf(reason !== undefined)('LibreOffice', () => {
  let world: World;
  let office: Workspace;
  let count = 0;
  beforeAll(async () => {
    world = await makeWorld();
    office = await makeOffice(world);
    const texted = [
      ['意図', '・一つ目\n・二つ目\n\n《見出し》'],
      ['結果', '=1+1'],
      ['対象', "=cmd|' /C calc'!A0"],
    ] as const;
    const cells = [
      ...texted.map(([cell, raw]) => ({ cell, raw })),
      { cell: 'kpi__r1__name', raw: '=HYPERLINK("http://example.invalid/","押す")' },
      { cell: 'kpi__r1__actual_2020', raw: '92.60' },
      { cell: 'kpi__r1__actual_2021', raw: '-1234.5' },
      { cell: 'kpi__r1__actual_2022', raw: '95.0(見込)' },
      { cell: 'kpi__r1__base', raw: '該当なし' },
      { cell: 'cost__expense__settled_2020', raw: '0' },
      { cell: 'cost__labour__settled_2020', raw: '2,2948' },
      { cell: 'chief', raw: '007' },
    ];
    await office.ask('cell.set', { sheet: '2-2', cells });
  });
  afterAll(() => world?.close());

  /** The worksheets of a file by their names, as LibreOffice shows them. */
  async function opened(file: string): Promise<Record<string, string[][]>> {
    count += 1;
    const folder = world.at(`opened-${count}`);
    await mkdir(folder);
    soffice(`-env:UserInstallation=file://${world.at('profile')}`, '--convert-to', AS_SHOWN, '--outdir', folder, file);
    const stem = (file.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
    const names = await readdir(folder);
    const tables = names.map(async (name) => {
      const sheet = name.replace(/\.csv$/, '').slice(stem.length + 1);
      return [sheet, parse(await readFile(`${folder}/${name}`), { relaxColumnCount: true }) as string[][]] as const;
    });
    return Object.fromEntries(await Promise.all(tables));
  }

  async function exported(format: 'xlsx' | 'ods', view: 'form' | 'machine'): Promise<Record<string, string[][]>> {
    const file = world.at(`${view}-${format}.${format}`);
    await office.ask('export.write', { file: office.offer(file), format, view });
    return opened(file);
  }

  const shownRows = (rows: readonly BookRow[], width: number) =>
    rows.map(({ cells }) => {
      const row = Array<string>(width).fill('');
      for (const { column, value, format, look } of cells)
        if (value)
          row[column] =
            'text' in value
              ? `${value.text}${look === 'unread' ? UNREAD_TAIL : ''}`
              : format
                ? shownNumber(value.decimal, format)
                : value.decimal;
      return row;
    });
  const trimmed = (rows: readonly (readonly string[])[]) => {
    const last = rows.findLastIndex((row) => row.some((cell) => cell !== ''));
    return rows.slice(0, last + 1).map((row) => [...row.slice(0, row.findLastIndex((cell) => cell !== '') + 1)]);
  };

  test.each(FORMATS)('shows every cell of a form view in %s as the paper says it', async (format) => {
    const sheets = await exported(format, 'form');
    const { values } = await office.ask('sheet.show', { sheet: '2-2' });
    const { rows, widths } = formRows(formOf('memuro-shisaku', 2022), values, {
      edition: 'internal',
      years: 'western',
    });
    expect(Object.keys(sheets).sort()).toEqual(['1-1 図書館の活用', '2-1 道の駅のにぎわい', '2-2 移住の相談']);
    expect(trimmed(sheets['2-2 移住の相談'] ?? [])).toEqual(trimmed(shownRows(rows, widths.length)));
  });

  test('shows the machine view in .xlsx and .ods alike, with numbers to reckon with and texts untouched', async () => {
    const [xlsx, ods] = [await exported('xlsx', 'machine'), await exported('ods', 'machine')];
    expect(Object.keys(xlsx).sort()).toEqual(['データ', '一覧', '選択肢', '項目'].sort());
    expect(ods).toEqual(xlsx);
    const [headings = [], ...rows] = xlsx.一覧 ?? [];
    const row = rows.find(([number]) => number === '2-2') ?? [];
    expect(rows).toHaveLength(3);
    expect(row[headings.indexOf('結果')]).toBe('=1+1');
    expect(row[headings.indexOf('対象')]).toBe("=cmd|' /C calc'!A0");
  });

  test.each(FORMATS)('finds no formula in %s, whatever the texts begin with', async (format) => {
    const sheet: Plain = {
      name: '危険',
      widths: [100],
      isTable: false,
      rows: DANGEROUS.map((text) => ({ cells: [{ column: 0, rows: 1, columns: 1, look: 'value', value: { text } }] })),
    };
    const file = await world.write(`danger.${format}`, await bytesOf(format, bookOf([sheet])));
    const folder = world.at(`flat-${format}`);
    soffice(`-env:UserInstallation=file://${world.at('profile')}`, '--convert-to', 'fods', '--outdir', folder, file);
    const flat = await readFile(`${folder}/danger.fods`, 'utf8');
    const cells = flat.match(/<table:table-cell[^>]*office:value-type="[^"]*"/g) ?? [];
    expect(cells).toHaveLength(DANGEROUS.length);
    for (const cell of cells) expect(cell).toContain('office:value-type="string"');
    expect(flat).not.toContain('table:formula');
    const shown = (await opened(file)).危険 ?? [];
    expect(shown.map(([text]) => text)).toEqual(DANGEROUS);
  });
});
