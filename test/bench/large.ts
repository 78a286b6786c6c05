// A made-up form of 900 cells, as large as the largest known: texts as long as people write them and tables of numbers.
import { writeFile } from 'node:fs/promises';
import type { World } from '../core/world.ts';

const SECTIONS = 10;
const TEXTS = 30;
const TABLES = 2;
const ROWS = 6;
const COLUMNS = 5;
/** What the sections hold; the three cells of the head come on top. */
export const CELLS = SECTIONS * (TEXTS + TABLES * ROWS * COLUMNS);
/** Id of the last cell's input. */
export const LAST = `cell-table${SECTIONS}_${TABLES}__r${ROWS}__c${COLUMNS}`;

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const number = { kind: 'number', decimals: 2, states: ['actual', 'expected', 'pending', 'none', 'unratable'] };

const text = (section: number, index: number) => ({
  kind: 'text',
  key: `text${section}_${index}`,
  label: `${section}の記述${index}`,
  lines: 4,
  max: 400,
  box: { columns: 40, lines: 4 },
});

const table = (section: number, index: number) => ({
  kind: 'table',
  key: `table${section}_${index}`,
  label: `${section}の表${index}`,
  columns: range(COLUMNS).map((column) => ({ key: `c${column}`, label: `列${column}`, content: number })),
  rows: range(ROWS).map((row) => ({ key: `r${row}`, label: `行${row}` })),
});

const head = (key: string, label: string) => ({ kind: 'text', key, label, required: true, writer: 'office' });

const form = {
  format: 'hyoka-form/1',
  id: 'large',
  version: 1,
  title: '大きな様式',
  plan: { label: '計画', start: 2020, end: 2024 },
  subject: { evaluation: -1 },
  writers: { department: { label: '担当課', role: 'department' }, office: { label: '事務局', role: 'office' } },
  identity: { number: 'number', name: 'name', unit: 'unit' },
  scales: {},
  sections: [
    {
      key: 'head',
      title: '基本情報',
      writer: 'department',
      groups: [
        {
          key: 'head',
          label: '',
          flow: 'columns',
          fields: [head('number', '施策番号'), head('name', '施策名'), head('unit', '主管課')],
        },
      ],
    },
    ...range(SECTIONS).map((section) => ({
      key: `s${section}`,
      title: `${section}. 区分${section}`,
      writer: 'department',
      groups: [
        {
          key: `g${section}`,
          label: '',
          fields: [
            ...range(TEXTS).map((index) => text(section, index)),
            ...range(TABLES).map((index) => table(section, index)),
          ],
        },
      ],
    })),
  ],
  checks: [],
};

const SAYS = '相談から見学、体験までを一つの窓口で受けられるようになった。空き家の調査を進め、住まいの不足を補う。';

/** An office's file with one sheet of that form, every cell filled. Gives its path. */
export async function makeLargeSheet(world: World): Promise<string> {
  const path = await world.write('large.form.json', '');
  await writeFile(path, JSON.stringify(form));
  const office = world.host();
  const file = world.at('large.hyoka');
  await office.ask('workspace.create', {
    file: office.offer(file),
    office: '企画課',
    form: { file: office.offer(path) },
    year: 2022,
  });
  const rows = await world.write('large.csv', '施策番号,施策名,主管課\n1-1,大きなシート,企画課\n');
  const { sheets } = await office.ask('assignment.import', { file: office.offer(rows) });
  const cells = range(SECTIONS).flatMap((section) => [
    ...range(TEXTS).map((index) => ({ cell: `text${section}_${index}`, raw: SAYS })),
    ...range(TABLES).flatMap((index) =>
      range(ROWS).flatMap((row) =>
        range(COLUMNS).map((column) => ({
          cell: `table${section}_${index}__r${row}__c${column}`,
          raw: String(section * 1_000 + row * 10 + column),
        })),
      ),
    ),
  ]);
  await office.ask('cell.set', { sheet: sheets[0] ?? '', cells });
  await office.ask('workspace.close', {});
  return file;
}
