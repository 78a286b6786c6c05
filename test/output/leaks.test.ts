// What leaves the office as a public edition: no file of any format holds anything that the form calls internal, or what
// was only said between the department and the office. PDF has the same test in pdf.test.ts.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../shared/contract/contract.ts';
import { type Cell, isComputed } from '../../shared/form/cell.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { makeWorld, resources, type Workspace, type World } from '../core/world.ts';
import { filesIn, publishAll } from '../site/town.ts';
import { partsOf } from './parts.ts';

/** Stands in every internal place, and nowhere else. */
const MARK = '漏洩';
const TRACES = [MARK, '庁内だけの'];

type Field = { key?: string; kind: string; label?: string; public?: boolean; help?: string };

/** The bundled form, of which every other field and what names the sheet is internal, with marks in its labels. */
function spiteful(): string {
  const source = JSON.parse(readFileSync(path.join(resources, 'forms/memuro-shisaku.form.json'), 'utf8'));
  let count = 0;
  for (const section of source.sections) {
    for (const group of section.groups) {
      for (const field of group.fields as Field[]) {
        count += 1;
        const isIdentity = Object.values(source.identity).includes(field.key);
        if (field.kind === 'note' || field.key === 'cost' || (count % 2 === 0 && !isIdentity)) continue;
        field.public = false;
        field.label = `庁内だけの${field.label ?? ''}`;
        if (field.help !== undefined) field.help = `庁内だけの${field.help}`;
      }
    }
  }
  readDefinition(source, '様式');
  return JSON.stringify(source);
}

let world: World;
let office: Workspace;
beforeAll(async () => {
  world = await makeWorld();
  office = world.host();
  office.file = world.at('office.hyoka');
  const source = spiteful();
  const form = { file: office.offer(await world.write('spiteful.form.json', source)) };
  await office.ask('workspace.create', { file: office.offer(office.file), office: '企画財政課', form, year: 2022 });
  const rows = [
    ['施策番号', '施策名', '主管課'].map((label) => `庁内だけの${label}`),
    [`${MARK}1`, `${MARK}の名`, `${MARK}課`],
    [`${MARK}2`, `${MARK}の別名`, `${MARK}課`],
  ];
  const file = await world.write('割り当て.csv', rows.map((row) => `${row.join(',')}\n`).join(''));
  await office.ask('assignment.import', { file: office.offer(file) });
  const [sheet] = (await office.ask('sheet.list', {})).sheets;
  const { id = '' } = sheet ?? {};
  const { cells, byAddress } = layOut(readDefinition(JSON.parse(source), '様式'), 2022);
  const fixed = new Set(Object.keys((await office.ask('sheet.show', { sheet: id })).locks));
  const filled = cells.filter((cell) => !isComputed(cell) && !fixed.has(cell.address) && cell.type !== 'flag');
  await office.ask('cell.set', {
    sheet: id,
    cells: filled.map((cell) => ({ cell: cell.address, raw: cell.public ? shown(cell) : MARK + cell.address })),
  });
  // Two years that differ so much that somebody is asked why.
  const asked = (await office.ask('sheet.show', { sheet: id })).questions.find(({ check }) => check !== null);
  if (!asked?.check) throw new Error('no check asks for a reason');
  const { address, check } = asked;
  expect(byAddress.get(address)?.public).toBe(true);
  await office.ask('check.answer', { sheet: id, address, check, reason: MARK });
  await office.ask('remark.add', { sheet: id, address: '', text: MARK, reply: null });
  await office.ask('sheet.commit', { sheet: id, note: MARK });
  expect(await publishAll(office)).toBe(1);
  const [correction = ''] = filled.filter((cell) => !cell.public).map((cell) => cell.address);
  await office.ask('cell.set', { sheet: id, cells: [{ cell: correction, raw: `${MARK}直し` }] });
  await office.ask('sheet.commit', { sheet: id, note: MARK });
  expect(await publishAll(office)).toBe(2);
});
afterAll(() => world.close());

/** Something that is read without a question; numbers jump from year to year. */
function shown(cell: Cell): string {
  if (cell.type === 'code') return cell.options[0]?.code ?? '';
  if (cell.type !== 'decimal') return 'みんなの読む文';
  return cell.isYear ? '2022' : String(1 + Number(cell.address.at(-1)) * 900 || 7);
}

const WAYS: Omit<Input<'export.write'>, 'file'>[] = [
  { format: 'json' },
  { format: 'csv' },
  { format: 'csv', rows: 'cells' },
  ...(['xlsx', 'ods'] as const).flatMap((format) => (['form', 'machine'] as const).map((view) => ({ format, view }))),
  { format: 'html' },
];

/** All that is written, by name; what is packed, unpacked. The names are among the texts. */
async function textsOf(options: Omit<Input<'export.write'>, 'file'>): Promise<string[]> {
  const target = world.at(`out-${JSON.stringify(options).replace(/\W+/g, '-')}`);
  await office.ask('export.write', { file: office.offer(target), ...options });
  if (options.format === 'html') return [...filesIn(target)].flat().map(String);
  const bytes = readFileSync(target);
  return options.format === 'xlsx' || options.format === 'ods'
    ? Object.entries(partsOf(bytes)).flat()
    : [String(bytes)];
}

const tracesIn = (texts: readonly string[]) =>
  TRACES.flatMap((trace) => {
    const found = texts.find((text) => text.includes(trace));
    const at = found?.indexOf(trace) ?? -1;
    return found === undefined ? [] : [found.slice(Math.max(0, at - 100), at + 100)];
  });

test.each(WAYS)(
  '$format $view $rows: nothing internal is in any file, as it stands and as it was published',
  async (way) => {
    const made = [await textsOf({ ...way, edition: 'public' }), await textsOf({ ...way, snapshot: 2 })];
    expect(made.flatMap(tracesIn)).toEqual([]);
    // The texts are searched as they are: what is public is found, and of the internal edition all that is not.
    for (const texts of made) expect(texts.join('\n')).toContain('みんなの読む文');
    expect(tracesIn(await textsOf({ ...way, edition: 'internal' }))).not.toEqual([]);
  },
);
