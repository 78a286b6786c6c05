// Whether a form that has been laid out agrees with itself beyond addresses and labels: keys, scales, what references
// point at, and formulas that end. Everything here is a finding of form.invalid.
import { type Cell, isQuantity } from './cell.ts';
import type { FormDefinition } from './definition.ts';
import type { Section } from './form.ts';

/** More cells than any paper holds; it guards the program against a form that was made to choke it. */
const CELL_LIMIT = 5_000;

/** The ways in which the definition contradicts itself, in Japanese; empty when it is sound. */
export function contradictions(
  definition: FormDefinition,
  sections: readonly Section[],
  byAddress: ReadonlyMap<string, Cell>,
): string[] {
  return [
    ...(byAddress.size > CELL_LIMIT ? [`欄が多すぎる（上限 ${CELL_LIMIT}）`] : []),
    ...doubled(definition.sections.map((section) => section.key)).map((key) => `区分の key「${key}」が重なっている`),
    ...definition.sections.flatMap((section) =>
      doubled(section.groups.map((group) => group.key)).map(
        (key) => `枠の key「${key}」が区分「${section.key}」の中で重なっている`,
      ),
    ),
    ...doubled(definition.sections.flatMap((s) => s.groups.flatMap((g) => g.fields.map((field) => field.key)))).map(
      (key) => `欄の key「${key}」が重なっている`,
    ),
    ...areaFaults(definition),
    ...scaleFaults(definition),
    ...roundFaults(definition),
    ...referenceFaults(definition, byAddress),
    ...figureFaults(definition, sections, byAddress),
    ...doubled(definition.spellings.flat()).map((word) => `書き方「${word}」が二度ある`),
    ...excludedFaults(sections),
    ...formulaFaults(byAddress),
  ];
}

const doubled = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

/** Areas name each field once, as a rectangle, and nothing else; tables and crosses stand for themselves. */
function areaFaults(definition: FormDefinition): string[] {
  return definition.sections.flatMap((section) =>
    section.groups.flatMap(({ key, areas, flow, fields }) => {
      if (!areas) return [];
      const told = (finding: string) => `枠「${key}」の areas：${finding}`;
      if (flow !== 'rows') return [told('flow が rows の枠だけに書ける')];
      const lines = areas.map((line) => line.split(' '));
      const named = [...new Set(lines.flat())];
      const placed = fields.filter(({ kind }) => kind !== 'table' && kind !== 'matrix').map((field) => field.key);
      return [
        ...(lines.some((line) => line.length !== lines[0]?.length) ? [told('行の長さがそろっていない')] : []),
        ...named.filter((name) => !placed.includes(name)).map((name) => told(`置ける欄 ${name} がない`)),
        ...placed.filter((name) => !named.includes(name)).map((name) => told(`欄 ${name} が置かれていない`)),
        ...named.filter((name) => !isRectangle(lines, name)).map((name) => told(`${name} の場所が長方形でない`)),
      ];
    }),
  );
}

function isRectangle(lines: readonly (readonly string[])[], name: string): boolean {
  const places = lines.flatMap((line, row) => line.flatMap((key, column) => (key === name ? [{ row, column }] : [])));
  const span = (numbers: number[]) => Math.max(...numbers) - Math.min(...numbers) + 1;
  return span(places.map(({ row }) => row)) * span(places.map(({ column }) => column)) === places.length;
}

function scaleFaults(definition: FormDefinition): string[] {
  return Object.entries(definition.scales).flatMap(([name, scale]) => [
    ...doubled(scale.items.map((item) => item.code)).map((code) => `尺度「${name}」の記号「${code}」が重なっている`),
    ...doubled(scale.items.map((item) => item.label)).map((label) => `尺度「${name}」の「${label}」が重なっている`),
  ]);
}

function roundFaults({ rounds, writers }: FormDefinition): string[] {
  return [
    ...doubled(rounds.map(({ key }) => key)).map((key) => `回の key「${key}」が重なっている`),
    ...doubled(rounds.map(({ label }) => label)).map((label) => `回「${label}」が重なっている`),
    ...rounds.flatMap(({ label, writers: named }) => [
      ...named.filter((key) => !Object.hasOwn(writers, key)).map((key) => `回「${label}」の記入者「${key}」がない`),
      ...doubled(named).map((key) => `回「${label}」に記入者「${key}」が二度ある`),
    ]),
  ];
}

// A reference to an address that does not exist is reported by layOut; here it is what the address holds.
function referenceFaults(definition: FormDefinition, byAddress: ReadonlyMap<string, Cell>): string[] {
  const wrong = (address: string, type: Cell['type'], what: string) => {
    const cell = byAddress.get(address);
    const fits = cell?.type === type && (type !== 'decimal' || isQuantity(cell));
    return cell && !fits ? [`番地 ${address} は${what}でなければならない`] : [];
  };
  return [
    ...Object.values(definition.identity).flatMap((address) => wrong(address, 'text', '文字の欄')),
    ...[...byAddress.values()].flatMap((cell) =>
      cell.type === 'decimal'
        ? (cell.formula?.sum ?? []).flatMap((address) => wrong(address, 'decimal', '数の欄'))
        : [],
    ),
  ];
}

function figureFaults(
  { figures: { goal, costs, ratings = [] } }: FormDefinition,
  sections: readonly Section[],
  byAddress: ReadonlyMap<string, Cell>,
): string[] {
  const addresses = [...(goal === undefined ? [] : [goal]), ...ratings.flatMap(({ cells }) => cells)];
  const type = byAddress.get(goal ?? '')?.type;
  return [
    ...addresses.filter((address) => !byAddress.has(address)).map((at) => `番地 ${at} を指しているが、ない`),
    ...(type === 'decimal' || type === 'flag' ? [`番地 ${goal} は文字か選択の欄でなければならない`] : []),
    ...ratings.flatMap(({ label, cells }) => ratingFaults(label, cells, byAddress)),
    ...doubled(ratings.map(({ label }) => label)).map((label) => `評価「${label}」が重なっている`),
    ...costs.flatMap((cost) => costFaults(cost, sections)),
    ...doubled(costs.map(({ table, row }) => `${table} の ${row}`)).map((row) => `費用の行 ${row} が重なっている`),
  ];
}

function ratingFaults(label: string, addresses: readonly string[], byAddress: ReadonlyMap<string, Cell>): string[] {
  const cells = addresses.flatMap((address) => byAddress.get(address) ?? []);
  const codes = cells.map((cell) => (cell.type === 'code' ? cell.options.map(({ code }) => code).join() : ''));
  return [
    ...cells.filter(({ type }) => type !== 'code').map(({ address }) => `番地 ${address} は選択の欄でなければならない`),
    ...(new Set(codes).size > 1 ? [`評価「${label}」の欄の選択肢がそろっていない`] : []),
    ...doubled(cells.map(({ writer }) => writer)).map((writer) => `評価「${label}」に記入者「${writer}」が二度ある`),
  ];
}

function costFaults(
  { table: key, row: rowKey, columns: chosen }: FormDefinition['figures']['costs'][number],
  sections: readonly Section[],
): string[] {
  const blocks = sections.flatMap(({ groups }) => groups.flatMap((group) => group.blocks));
  const table = blocks.find((block) => block.layout === 'grid' && block.key === key);
  if (table?.layout !== 'grid') return [`表 ${key} を指しているが、ない`];
  const row = table.rows.find((one) => one.key === rowKey);
  if (!row) return [`表 ${key} に行 ${rowKey} がない`];
  const columns = table.columns.map((column, at) => ({ ...column, cell: row.cells[at] }));
  const named = columns.filter(({ source, year }) => chosen?.includes(source) ?? year !== undefined);
  return [
    ...(chosen ?? [])
      .filter((source) => !columns.some((column) => column.source === source))
      .map((source) => `表 ${key} に列 ${source} がない`),
    ...named.filter(({ year }) => year === undefined).map(({ source }) => `表 ${key} の列 ${source} に年度がない`),
    ...named.flatMap(({ cell }) =>
      cell && !isQuantity(cell) ? [`番地 ${cell.address} は数の欄でなければならない`] : [],
    ),
  ];
}

function excludedFaults(sections: readonly Section[]): string[] {
  return sections.flatMap((section) =>
    section.groups.flatMap((group) =>
      group.blocks.flatMap((block) => {
        if (block.layout !== 'matrix') return [];
        const { row, column } = block;
        return block.excluded
          .filter(([a, b]) => !row.options.some((o) => o.code === a) || !column.options.some((o) => o.code === b))
          .map(([a, b]) => `「${block.label}」で除いた組（${a}×${b}）が尺度にない`);
      }),
    ),
  );
}

// Depth first: a cell that is met again while its own parts are being followed can never be computed.
function formulaFaults(byAddress: ReadonlyMap<string, Cell>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const endless: string[] = [];
  const visit = (address: string): void => {
    const cell = byAddress.get(address);
    if (cell?.type !== 'decimal' || !cell.formula || state.get(address) === 'done') return;
    if (state.get(address) === 'open') {
      endless.push(`計算が自分自身に戻る（${cell.label}）`);
      return;
    }
    state.set(address, 'open');
    for (const part of cell.formula.sum) visit(part);
    state.set(address, 'done');
  };
  for (const address of byAddress.keys()) visit(address);
  return endless;
}
