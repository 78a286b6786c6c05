// Random forms, values and patches for property tests. Everything made here is valid by construction, without
// the help of the code under test.
import fc from 'fast-check';
import type { Cell, Scalar, Values } from '../shared/form/cell.ts';
import type { DefinitionSource, FormDefinition } from '../shared/form/definition.ts';
import type { Form } from '../shared/form/form.ts';
import { layOut, readDefinition } from '../shared/form/form.ts';

type FieldSource = DefinitionSource['sections'][number]['groups'][number]['fields'][number];
type TableSource = Extract<FieldSource, { kind: 'table' }>;
type YearSource = NonNullable<DefinitionSource['subject']>;
/** A field that still lacks what must be unique in the form; `numbers` are addresses that a sum may rest on. */
type Recipe = (place: { key: string; label: string }, numbers: readonly string[]) => FieldSource;

/** What people type: scripts, line breaks, characters that CP932 and naive splitting lose. */
export const text = fc
  .array(
    fc.constantFrom(
      ...'町の評価①㎥㏊ℓ⑴–－ー０aZ9 ,.・《》\n\t"<>=+\'\\',
      '𠮷',
      '葛\u{e0100}',
      '👨\u200d👩\u200d👧',
      'か\u3099',
      '\u3000',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** A stored decimal with at most `decimals` places. */
export const decimal = (decimals: number): fc.Arbitrary<string> =>
  fc
    .record({
      minus: fc.boolean(),
      whole: fc.oneof(fc.nat({ max: 20 }).map(String), fc.stringMatching(/^[1-9][0-9]{0,17}$/)),
      fraction: fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: decimals }),
    })
    .map(({ minus, whole, fraction }) => {
      const plain = fraction === '' ? whole : `${whole}.${fraction}`;
      return minus && /[1-9]/.test(plain) ? `-${plain}` : plain;
    });

const states = fc.subarray(['actual', 'expected', 'pending', 'none', 'unratable'] as const);
const numberProperties = fc.record({
  decimals: fc.nat({ max: 8 }),
  unit: fc.constantFrom('千円', '％', '人'),
  commas: fc.constantFrom('thousands' as const, 'ask' as const),
  states,
});
const yearProperties = fc.record({ states: fc.subarray(['expected', 'pending', 'none'] as const) });
const numeric = fc.oneof(
  numberProperties.map((properties) => ({ kind: 'number' as const, ...properties })),
  yearProperties.map((properties) => ({ kind: 'year' as const, ...properties })),
);
const scale = fc.constantFrom('steps', 'ways');
const anyYear: fc.Arbitrary<YearSource> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((evaluation) => ({ evaluation })),
  fc.integer({ min: 2015, max: 2030 }).map((fixed) => ({ fixed })),
  fc.constantFrom({ plan: 'start' as const }, { plan: 'end' as const }),
);
const common = fc.record(
  {
    help: fc.constantFrom('書き方', '{subject}年度のことを書く'),
    required: fc.boolean(),
    public: fc.boolean(),
    writer: fc.constantFrom('department', 'chief', 'office', 'committee'),
  },
  { requiredKeys: [] },
);

const content = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), lines: fc.integer({ min: 1, max: 3 }) }),
  numeric,
  fc.record({ kind: fc.constant('choice' as const), scale }),
);
const rule = fc.constantFrom('always' as const, 'row' as const, 'never' as const);

/** Columns: one of words, a span of years, one uneven year. Rows: of words or numbers, and perhaps their sum. */
const table: fc.Arbitrary<(place: { key: string; label: string }) => TableSource> = fc
  .record({
    name: fc.option(content, { nil: undefined }),
    from: fc.integer({ min: -3, max: 0 }),
    length: fc.integer({ min: 0, max: 3 }),
    open: fc.boolean(),
    target: anyYear,
    required: rule,
    rows: fc.array(
      fc.record({ content: numberProperties, required: fc.option(rule, { nil: undefined }), slot: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    sum: fc.boolean(),
    without: fc.boolean(),
  })
  .map(({ name, from, length, open, target, required, rows, sum, without }) => ({ key, label }) => ({
    kind: 'table',
    key,
    label,
    columns: [
      ...(name ? [{ key: 'name', label: '名', content: name, required }] : []),
      {
        key: 'actual_{year}',
        label: '{year}年度実績',
        years: { from: { evaluation: from }, to: { evaluation: from + length - 1 } },
        required,
        ...(open ? { optionalFrom: { evaluation: 0 } } : {}),
      },
      { key: 'target', label: '{year}年度目標', year: target },
    ],
    rows: [
      ...rows.map((row, index) => ({
        key: `r${index + 1}`,
        label: `行${index + 1}`,
        content: { kind: 'number' as const, ...row.content },
        ...(row.required ? { required: row.required } : {}),
        ...(row.slot ? { slot: 'shared' } : {}),
        ...(without && index === 1 ? { without: ['target'] } : {}),
      })),
      ...(sum
        ? [
            {
              key: 'total',
              label: '計',
              content: { kind: 'number' as const, decimals: 4 },
              sum: ['r1'],
              without: name ? ['name'] : [],
            },
          ]
        : []),
    ],
  }));

const scalePairs = fc.subarray([
  ['a', 'x'],
  ['a', 'y'],
  ['b', 'x'],
] as [string, string][]);

const recipe: fc.Arbitrary<Recipe> = fc.oneof(
  fc.record({ common, lines: fc.integer({ min: 1, max: 9 }) }).map(
    ({ common, lines }): Recipe =>
      (place) => ({ ...common, ...place, kind: 'text', lines }),
  ),
  fc.record({ common, numeric }).map(
    ({ common, numeric }): Recipe =>
      (place) => ({ ...common, ...place, ...numeric }),
  ),
  fc.record({ common, scale, kind: fc.constantFrom('choice' as const, 'grade' as const, 'multichoice' as const) }).map(
    ({ common, scale, kind }): Recipe =>
      (place) => ({ ...common, ...place, kind, scale }),
  ),
  fc.record({ common, rows: fc.integer({ min: 1, max: 4 }) }).map(
    ({ common, rows }): Recipe =>
      (place) => ({ ...common, ...place, kind: 'list', rows }),
  ),
  fc.record({ common, table }).map(
    ({ common, table }): Recipe =>
      (place) => ({ ...common, ...table(place) }),
  ),
  fc.record({ common, excluded: scalePairs }).map(
    ({ common, excluded }): Recipe =>
      (place) => ({
        ...common,
        ...place,
        kind: 'matrix',
        row: { label: '成果', scale: 'rows' },
        column: { label: 'コスト', scale: 'columns' },
        excluded,
      }),
  ),
  fc.record({ common, decimals: fc.nat({ max: 8 }), picks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }) }).map(
    ({ common, decimals, picks }): Recipe =>
      (place, numbers) => ({
        ...common,
        ...place,
        kind: 'computed',
        decimals,
        sum: picks.map((pick) => numbers[pick % numbers.length] ?? 'amount'),
      }),
  ),
  fc.constantFrom('凡例', '{subject}年度について').map(
    (text): Recipe =>
      ({ key }) => ({ kind: 'note', key, text }),
  ),
);

const items = (...codes: string[]) => codes.map((code, index) => ({ code, label: `選択${code}`, goodness: index }));

/** A whole definition as an author may write it: all kinds, several sections and groups, four writers. */
export const definitionSource: fc.Arbitrary<DefinitionSource> = fc
  .record({
    subject: fc.constantFrom({ evaluation: -1 }, { evaluation: 0 }, undefined),
    sections: fc.array(
      fc.record({
        writer: fc.constantFrom('department', 'office', undefined),
        path: fc.boolean(),
        groups: fc.array(
          fc.record({
            flow: fc.constantFrom('rows' as const, 'columns' as const, undefined),
            fields: fc.array(recipe, { minLength: 1, maxLength: 4 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ subject, sections }) => {
    let count = 0;
    const numbers = ['amount'];
    const made = (recipe: Recipe): FieldSource => {
      count += 1;
      const field = recipe({ key: `f${count}`, label: `欄${count}` }, [...numbers]);
      if (field.kind === 'number' || field.kind === 'computed') numbers.push(field.key);
      return field;
    };
    const head = (key: string, label: string): FieldSource => ({
      kind: 'text',
      key,
      label,
      required: true,
      writer: 'office',
    });
    return {
      format: 'hyoka-form/1',
      id: 'random',
      version: 1,
      title: '様式',
      plan: { label: '計画', start: 2020, end: 2024 },
      ...(subject ? { subject } : {}),
      writers: {
        department: { label: '担当課', role: 'department' },
        chief: { label: '課長', role: 'department' },
        office: { label: '事務局', role: 'office' },
        committee: { label: '委員会', role: 'office' },
      },
      identity: { number: 'number', name: 'name', unit: 'unit' },
      scales: {
        steps: { label: '段階', items: items('A', 'B', 'C') },
        ways: { label: '方法', items: items('one', 'two') },
        rows: { label: '成果', items: items('a', 'b') },
        columns: { label: 'コスト', items: items('x', 'y') },
      },
      sections: [
        {
          key: 'head',
          title: '',
          groups: [
            {
              key: 'head',
              fields: [
                head('number', '番号'),
                head('name', '名称'),
                head('unit', '担当課'),
                { kind: 'number', key: 'amount', label: '金額', states: ['pending', 'none'] },
              ],
            },
          ],
        },
        ...sections.map((section, s) => ({
          key: `s${s}`,
          title: `区分${s}`,
          ...(section.path ? { path: `区分${s}` } : {}),
          ...(section.writer ? { writer: section.writer } : {}),
          groups: section.groups.map((group, g) => ({
            key: `g${g}`,
            ...(group.flow ? { flow: group.flow } : {}),
            fields: group.fields.map(made),
          })),
        })),
      ],
    };
  });

/** A definition laid out for one of the years of its plan. */
export const form: fc.Arbitrary<Form> = fc
  .tuple(definitionSource, fc.integer({ min: 2020, max: 2025 }))
  .map(([source, year]) => layOut(readDefinition(source, '様式') satisfies FormDefinition, year));

const isStored = (cell: Cell): boolean => cell.type !== 'decimal' || cell.formula === undefined;

/** Chance for one cell of any type: drawn alike for all, because arbitraries made anew for each cell are slow. */
type Draw = { what: number; words: string; number: string; pick: number };
const draw: fc.Arbitrary<Draw> = fc.record({
  what: fc.nat({ max: 7 }),
  words: text,
  number: decimal(8),
  pick: fc.nat({ max: 1_000 }),
});

function scalarOf(cell: Cell, { words, number, pick }: Draw): Scalar {
  if (cell.type === 'text') return words;
  if (cell.type === 'flag') return true;
  if (cell.type === 'code') return cell.options[pick % cell.options.length]?.code ?? '';
  if (cell.isYear) return String(1900 + (pick % 1_100));
  const [whole = '', fraction = ''] = number.split('.');
  const cut = fraction.slice(0, cell.decimals);
  const value = cut === '' ? whole : `${whole}.${cut}`;
  return /[1-9]/.test(value) ? value : value.replace('-', '');
}

/** Everything that may stand at a cell and beside it, by address; often nothing. */
function entriesOf(cell: Cell, drawn: Draw): Values {
  const { what, words, pick } = drawn;
  const state = cell.type === 'decimal' ? cell.states[pick % Math.max(1, cell.states.length)] : undefined;
  const value = { [cell.address]: scalarOf(cell, drawn) };
  const beside = state === undefined ? {} : { [`${cell.address}__state`]: state };
  const isSettled = state !== undefined && !['actual', 'expected'].includes(state);
  if (what < 3) return value;
  if (what === 3) return isSettled ? value : { ...value, ...beside };
  if (what === 4) return beside;
  return what === 5 ? { [`${cell.address}__raw`]: words } : {};
}

export const cellEntries = (cell: Cell): fc.Arbitrary<Values> => draw.map((drawn) => entriesOf(cell, drawn));

/** Valid values of a form. */
export function valuesOf(form: Form): fc.Arbitrary<Values> {
  const cells = form.cells.filter(isStored);
  return fc
    .array(draw, { minLength: cells.length, maxLength: cells.length })
    .map((draws) =>
      possible(form, Object.assign({}, ...draws.map((drawn, at) => entriesOf(cells[at] as Cell, drawn)))),
    );
}

/** Takes the column's code away where chance hit upon an excluded pair. */
function possible(form: Form, values: Values): Values {
  const next: Record<string, Scalar> = { ...values };
  for (const block of form.sections.flatMap((s) => s.groups.flatMap((g) => g.blocks))) {
    if (block.layout !== 'matrix') continue;
    const { row, column, excluded } = block;
    if (excluded.some(([a, b]) => next[row.address] === a && next[column.address] === b)) delete next[column.address];
  }
  return next;
}

const stateless = (cell: Cell): Record<string, null> =>
  cell.type === 'decimal' && cell.states.length > 0 ? { [`${cell.address}__state`]: null } : {};

/** Changes to some cells of a form: values, companions and blanks. */
export function patchOf(form: Form): fc.Arbitrary<Readonly<Record<string, Scalar | null>>> {
  const cells = form.cells.filter(isStored);
  const change = fc.tuple(fc.nat({ max: cells.length - 1 }), fc.boolean(), draw);
  return fc.array(change, { maxLength: 6 }).map((changes) => {
    const parts = changes.map(([at, isBlank, drawn]) => {
      const cell = cells[at] as Cell;
      // A cell changes with its companions: typing sets them together.
      const blank = { [cell.address]: null, [`${cell.address}__raw`]: null, ...stateless(cell) };
      return isBlank ? blank : { ...blank, ...entriesOf(cell, drawn) };
    });
    return Object.assign({}, ...parts);
  });
}
