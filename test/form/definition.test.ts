// From a definition's JSON to cells, as shared/form/SPEC.md says; the numbers of its rules stand in the titles.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../shared/form/block.ts';
import type { Cell } from '../../shared/form/cell.ts';
import { inseparable, layOut, lockOf, readDefinition, roleOf, storedAddresses } from '../../shared/form/form.ts';
import { canonical, parseStrict } from '../../shared/kernel/json.ts';
import { definitionSource } from '../arbitrary.ts';
import { type FieldSource, head, sourceWith } from './small.ts';

const RUNS = { numRuns: 300, seed: 11 };
const FOLDER = 'resources/forms';
const shipped = readdirSync(FOLDER).filter((name) => name.endsWith('.form.json'));
const hash = (value: unknown): string => createHash('sha256').update(canonical(value), 'utf8').digest('hex');

const small = (fields: FieldSource[], year = 2022) => layOut(readDefinition(sourceWith(fields), '小'), year);
const shapes = (cells: readonly Cell[]) => cells.slice(head.length).map((cell) => [cell.address, cell.label]);

describe('every sound definition', () => {
  test('F11 F12 addresses are \\w+ and, like full labels, unique; cells are those of the blocks in reading order', () => {
    fc.assert(
      fc.property(definitionSource, fc.integer({ min: 2020, max: 2025 }), (source, year) => {
        const form = layOut(readDefinition(source, '様式'), year);
        const addresses = form.cells.map((cell) => cell.address);
        for (const address of addresses) expect(address).toMatch(/^\w{1,190}$/);
        expect(new Set(addresses).size).toBe(addresses.length);
        expect(new Set(form.cells.map((cell) => cell.label)).size).toBe(addresses.length);
        expect(form.sections.flatMap((s) => s.groups.flatMap((g) => g.blocks.flatMap(cellsOf)))).toEqual(form.cells);
        for (const cell of form.cells) expect(form.byAddress.get(cell.address)).toBe(cell);
        const stored = [...storedAddresses(form)];
        expect(stored.every((address) => form.byAddress.has(address.replace(/__(state|raw)$/, '')))).toBe(true);
      }),
      RUNS,
    );
  });

  test('lays out alike every time, and after a round trip through JSON', () => {
    fc.assert(
      fc.property(definitionSource, (source) => {
        const once = layOut(readDefinition(source, '様式'), 2022);
        const again = layOut(readDefinition(parseStrict(canonical(source)), '様式'), 2022);
        expect(again).toEqual(once);
      }),
      RUNS,
    );
  });

  test('F3 the hash is that of the source as written: spacing and order of names do not count, contents do', () => {
    fc.assert(
      fc.property(definitionSource, (source) => {
        const written = hash(source);
        expect(hash(JSON.parse(JSON.stringify(source, null, 3)))).toBe(written);
        expect(hash(Object.fromEntries(Object.entries(source).reverse()))).toBe(written);
        expect(hash({ ...source, version: 2 })).not.toBe(written);
        expect(hash(readDefinition(source, '様式'))).not.toBe(written);
      }),
      RUNS,
    );
  });

  test('F14 every cell has a writer with a side; departments are locked out of the office and computed cells', () => {
    fc.assert(
      fc.property(definitionSource, (source) => {
        const form = layOut(readDefinition(source, '様式'), 2022);
        for (const cell of form.cells) {
          const isComputed = cell.type === 'decimal' && cell.formula !== undefined;
          const side = source.writers[cell.writer]?.role;
          expect(roleOf(form, cell)).toBe(side);
          expect(lockOf(form, cell, 'office', new Set([cell.address])) !== undefined).toBe(isComputed);
          expect(lockOf(form, cell, 'department', new Set()) !== undefined).toBe(isComputed || side === 'office');
          expect(lockOf(form, cell, 'department', new Set([cell.address]))).toBeDefined();
        }
      }),
      RUNS,
    );
  });
});

describe('forms that come with the program', () => {
  test('there are some', () => {
    expect(shipped.length).toBeGreaterThanOrEqual(2);
  });

  test.each(shipped)('%s is sound in every year, named after its id, and strict JSON', (file) => {
    const source = parseStrict(readFileSync(`${FOLDER}/${file}`, 'utf8'));
    const definition = readDefinition(source, file);
    expect(file).toBe(`${definition.id}.form.json`);
    const sizes = [2015, 2022, 2023, 2030].map((year) => layOut(definition, year).cells.length);
    expect(new Set(sizes).size).toBe(1);
    const form = layOut(definition, 2022);
    for (const cell of form.cells) expect(cell.label).toMatch(/^\S.*\S$/);
    for (const role of ['office', 'department'])
      expect(form.cells.some((cell) => roleOf(form, cell) === role)).toBe(true);
  });
});

describe('kinds', () => {
  test('F5 F7 F30 year columns move with the evaluation year; a fixed target column stays', () => {
    const table: FieldSource = {
      kind: 'table',
      key: 'kpi',
      label: '指標',
      columns: [
        { key: 'actual_{year}', label: '{year}年度実績', years: { from: { evaluation: -2 }, to: { evaluation: 0 } } },
        { key: 'target', label: '{year}年度(目標)', year: { plan: 'end' } },
        { key: 'fixed_{year}', label: '{year}年度', heading: '{year}', year: { fixed: 2019 } },
      ],
      rows: [{ key: 'r1', label: '①', content: { kind: 'number' } }],
    };
    const labels = (year: number) => shapes(small([table], year).cells).map(([, label]) => label);
    expect(shapes(small([table], 2022).cells)).toEqual([
      ['kpi__r1__actual_2020', '指標 ① 2020年度実績'],
      ['kpi__r1__actual_2021', '指標 ① 2021年度実績'],
      ['kpi__r1__actual_2022', '指標 ① 2022年度実績'],
      ['kpi__r1__target', '指標 ① 2024年度(目標)'],
      ['kpi__r1__fixed_2019', '指標 ① 2019年度'],
    ]);
    const next = labels(2023);
    expect(next.slice(0, 3)).toEqual(['指標 ① 2021年度実績', '指標 ① 2022年度実績', '指標 ① 2023年度実績']);
    expect(next.slice(3)).toEqual(labels(2022).slice(3));
  });

  test('F6 F7 subject, evaluation and plan years in labels, notes and helps', () => {
    const form = small([
      { kind: 'text', key: 'a', label: '{subject}年度の成果', help: '{evaluation}年度に書く' },
      { kind: 'note', key: 'b', text: '{planStart}〜{planEnd}' },
    ]);
    expect(form.subjectYear).toBe(2021);
    expect(form.byAddress.get('a')).toMatchObject({ label: '2021年度の成果', help: '2022年度に書く' });
    expect(form.sections[0]?.groups[0]?.blocks.at(-1)).toMatchObject({ layout: 'note', text: '2020〜2024' });
  });

  test('F12 F13 the path and the writer of what encloses a field; nearer ones hold', () => {
    const fields = [
      { kind: 'text', key: 'a', label: '評価' },
      { kind: 'text', key: 'b', label: '意見', path: '', writer: 'department' },
    ];
    const group = { key: 'x', path: '会議', writer: 'office', fields };
    const source = sourceWith([], {
      sections: [
        { key: 's', title: '', groups: [{ key: 'g', fields: head }] },
        { key: 't', title: '６', path: '二次', groups: [group] },
      ],
    });
    const form = layOut(readDefinition(source, '小'), 2022);
    expect(shapes(form.cells)).toEqual([
      ['a', '二次 会議 評価'],
      ['b', '二次 会議'],
    ]);
    expect(form.cells.slice(-2).map((cell) => cell.writer)).toEqual(['office', 'department']);
  });

  test('F19–F28 each kind, its addresses and labels', () => {
    const common = { label: '欄' };
    const cases: [FieldSource, (readonly [string, string])[]][] = [
      [{ ...common, kind: 'text', key: 'k' }, [['k', '欄']]],
      [{ ...common, kind: 'number', key: 'k' }, [['k', '欄']]],
      [{ ...common, kind: 'choice', key: 'k', scale: 'grade' }, [['k', '欄']]],
      [{ ...common, kind: 'grade', key: 'k', scale: 'grade' }, [['k', '欄']]],
      [
        { ...common, kind: 'multichoice', key: 'k', scale: 'grade' },
        [
          ['k__a', '欄 良い'],
          ['k__b', '欄 悪い'],
        ],
      ],
      [
        { ...common, kind: 'list', key: 'k', rows: 2 },
        [
          ['k__r1', '欄 1'],
          ['k__r2', '欄 2'],
        ],
      ],
      [
        {
          ...common,
          kind: 'matrix',
          key: 'k',
          row: { label: '成果', scale: 'grade' },
          column: { label: 'コスト', scale: 'grade' },
        },
        [
          ['k__row', '欄 成果'],
          ['k__column', '欄 コスト'],
        ],
      ],
      [{ kind: 'note', key: 'k', text: '凡例' }, []],
    ];
    for (const [field, wanted] of cases) expect(shapes(small([field]).cells), field.kind).toEqual(wanted);
  });

  test('F15 F17 F18 F20 F29 what an author says of a cell stands on the cell', () => {
    const form = small([
      { kind: 'grade', key: 'g', label: '評価', scale: 'grade', public: false },
      { kind: 'number', key: 'n', label: '人工', decimals: 4, unit: '人', commas: 'ask', states: ['none'] },
      { kind: 'number', key: 'm', label: '額' },
    ]);
    const options = [
      { code: 'A', label: '良い', words: [] },
      { code: 'B', label: '悪い', words: [] },
    ];
    expect(form.byAddress.get('g')).toMatchObject({ public: false, type: 'code', options });
    expect(form.byAddress.get('n')).toMatchObject({
      decimals: 4,
      unit: '人',
      commas: 'ask',
      states: ['none'],
      public: true,
    });
    expect(form.byAddress.get('m')).toMatchObject({ decimals: 0, commas: 'thousands', states: [] });
  });

  test('F10 the flow of a group is what is written, else rows', () => {
    const groups = ['columns', 'body', undefined].map((flow, at) => ({
      key: `g${at}`,
      ...(flow ? { flow } : {}),
      fields: at === 0 ? head : [{ kind: 'text', key: `a${at}`, label: `欄${at}` }],
    }));
    const form = layOut(readDefinition(sourceWith([], { sections: [{ key: 's', title: '', groups }] }), '小'), 2022);
    expect(form.sections[0]?.groups.map((group) => group.flow)).toEqual(['columns', 'body', 'rows']);
  });

  test('F31 F32 contents of column before row, rows without some columns, rows computed', () => {
    const form = small([
      {
        kind: 'table',
        key: 't',
        label: '表',
        columns: [
          { key: 'unit', label: '単位', content: { kind: 'text' } },
          { key: 'a', label: '額' },
          { key: 'b', label: '見込' },
        ],
        rows: [
          { key: 'x', label: '甲', content: { kind: 'number' } },
          { key: 'y', label: '乙', content: { kind: 'number' }, without: ['unit', 'b'] },
          { key: 'z', label: '空' },
          { key: 'sum', label: '計', content: { kind: 'number' }, sum: ['x'], without: ['unit'] },
        ],
      },
    ]);
    const grid = form.sections[0]?.groups[0]?.blocks.at(-1);
    expect(grid?.layout === 'grid' && grid.rows.map((row) => row.cells.map((cell) => cell?.type ?? null))).toEqual([
      ['text', 'decimal', 'decimal'],
      [null, 'decimal', null],
      ['text', null, null],
      [null, 'decimal', 'decimal'],
    ]);
    expect(form.byAddress.get('t__sum__a')).toMatchObject({ formula: { sum: ['t__x__a'] }, required: 'never' });
  });

  test('F37 years from `optionalFrom` on need no answer, whatever the row says', () => {
    const form = small([
      {
        kind: 'table',
        key: 't',
        label: '表',
        columns: [
          {
            key: 'a_{year}',
            label: '{year}',
            years: { from: { evaluation: -1 }, to: { evaluation: 1 } },
            optionalFrom: { evaluation: 0 },
          },
        ],
        rows: [{ key: 'r', label: '行', required: 'always', content: { kind: 'number' } }],
      },
    ]);
    expect(form.cells.slice(head.length).map((cell) => cell.required)).toEqual(['always', 'never', 'never']);
  });

  test('F33 both axes of a matrix are one choice', () => {
    const axis = { label: '軸', scale: 'grade' };
    const form = small([{ kind: 'matrix', key: 'm', label: '方向', row: { ...axis, label: '行' }, column: axis }]);
    expect(inseparable(form)).toEqual([['m__row', 'm__column']]);
  });
});
