// Sheets to print: as a department fills them in, empty, far too full, with long names, and with a long table and list.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readGrid } from '../../electron/core/intake/grid.ts';
import { planIntake } from '../../electron/core/intake/plan.ts';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { tableOf } from '../../electron/core/intake/table.ts';
import { applyPatch, type Cell, isComputed, type Scalar, type Values } from '../../shared/form/cell.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import { formOf, measureForm, root } from '../form/sample.ts';
import { sourceWith } from '../form/small.ts';

export type Sample = { name: string; form: Form; values: Values };

const STORY =
  '子育て世帯の負担を軽くするため、「相談から支援まで」を一つの窓口で行う。①2024年度は3,250件（前年比12.5%増）の相談があり、ﾈｯﾄでも受け付けた。';

/** A text of about so many characters, with breaks of lines. */
export const story = (length: number): string =>
  `${STORY}\n`
    .repeat(Math.ceil(length / (STORY.length + 1)))
    .slice(0, length)
    .trimEnd();

function filled(form: Form, textOf: (cell: Extract<Cell, { type: 'text' }>) => string): Values {
  const entries = form.cells.flatMap((cell): [string, Scalar][] => {
    if (isComputed(cell)) return [];
    if (cell.type === 'text') return [[cell.address, textOf(cell)]];
    if (cell.type === 'decimal') return [[cell.address, cell.isYear ? '2019' : '12345']];
    return [[cell.address, cell.type === 'flag' ? true : (cell.options[0]?.code ?? '')]];
  });
  return Object.fromEntries(entries);
}

/** The sample sheet that comes with the program, read in as a person reads it in. */
function filledSheet(): Sample {
  const form = measureForm();
  const file = fileURLToPath(new URL('resources/samples/memuro-sample.txt', root));
  const plan = planIntake(form, readFilledSheet(form, tableOf(readGrid(readFileSync(file)))), {}, () => undefined, []);
  return { name: '見本のシート', form, values: applyPatch({}, plan.patch) };
}

const fitting = (form: Form) =>
  filled(form, ({ box, lines }) => story(Math.max(1, Math.floor((box?.columns ?? 10) * (box?.lines ?? lines) * 0.7))));

function longTable(): Sample {
  // A form allows 100 rows a table.
  const tables = [1, 2, 3].map((number) => ({
    kind: 'table',
    key: `t${number}`,
    label: `長い表${number}`,
    columns: [{ key: 'a', label: '内容', content: { kind: 'text', box: { columns: 30, lines: 1 } } }],
    rows: Array.from({ length: 100 }, (_, at) => ({ key: `r${at + 1}`, label: `${at + 1}番の事業` })),
  }));
  const { sections, ...rest } = sourceWith([]) as { sections: unknown[] };
  const fields = [
    ...tables,
    { kind: 'list', key: 'l', label: '長い一覧', rows: 50, box: { columns: 30, lines: 1 } },
    { kind: 'text', key: 'x', label: '続く文', box: { columns: 30, lines: 3 }, overflow: 'annex' },
  ];
  const source = { ...rest, sections: [...sections, { key: 'p', title: '長い節', groups: [{ key: 'p', fields }] }] };
  const form = layOut(readDefinition(source, '長い様式'), 2022);
  return {
    name: '300行の表と50行の一覧',
    form,
    values: filled(form, ({ address }) => `${address}の内容${story(address === 'x' ? 400 : 40)}`),
  };
}

/** All of them. */
export function samples(): Sample[] {
  const projects = formOf('jimujigyo-zaigen', 2025);
  const long =
    '町民と行政が力を合わせて進める地域公共交通の維持と再生及び中心市街地のにぎわいの創出に関する総合的な施策';
  return [
    filledSheet(),
    { name: '空のシート', form: measureForm(), values: {} },
    { name: '空の事務事業', form: projects, values: {} },
    { name: '埋まった施策', form: measureForm(), values: fitting(measureForm()) },
    { name: '埋まった事務事業', form: projects, values: fitting(projects) },
    {
      name: '長い名前',
      form: measureForm(),
      values: { number: '12-34-56', name: long, unit: long, goal: long.repeat(3) },
    },
    {
      name: '20,000文字',
      form: projects,
      values: { ...fitting(projects), kadai: story(20_000), taisho: story(3_000) },
    },
    longTable(),
  ];
}
