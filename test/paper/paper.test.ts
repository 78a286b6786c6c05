// A sheet on paper: F71–F74 of shared/form/SPEC.md, and over random forms that tables are whole and nothing is lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFilled, rawAddress, type Values } from '../../shared/form/cell.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import { showValue } from '../../shared/form/reading.ts';
import { paperHtml } from '../../shared/paper/html.ts';
import {
  type Content,
  leftOut,
  type Paper,
  type PaperOptions,
  paperOf,
  type Square,
  type Table,
} from '../../shared/paper/paper.ts';
import { form as anyForm, valuesOf } from '../arbitrary.ts';
import { measureForm } from '../form/sample.ts';
import { findingsOf, sourceWith } from '../form/small.ts';

const internal = { edition: 'internal', years: 'western' } as const;
const open = { edition: 'public', years: 'western' } as const;
const tablesOf = (paper: Paper): Table[] => paper.sections.flatMap((s) => s.groups.flatMap((g) => [...g.tables]));
const squaresOf = (paper: Paper): Square[] => tablesOf(paper).flatMap(({ squares }) => [...squares]);
const textOf = (content: Content): string => {
  if (content.kind === 'mark') return content.isChosen ? content.meaning : '';
  if (content.kind === 'options') return content.options.flatMap((o) => (o.isChosen ? [o.label] : [])).join('\n');
  return content.text;
};

/** How often each place of a table is covered: once, in a table that is whole. */
function coverage({ rows, tracks, squares }: Table): number[][] {
  const covered = Array.from({ length: rows }, () => tracks.map(() => 0));
  for (const { row, column, rows: down, columns: across } of squares) {
    for (let r = row; r < row + down; r += 1) {
      for (let c = column; c < column + across; c += 1) {
        const line = covered[r];
        const count = line?.[c];
        if (!line || count === undefined) throw new Error(`(${r}, ${c}) lies outside of the table`);
        line[c] = count + 1;
      }
    }
  }
  return covered;
}

const filled = fc
  .tuple(anyForm, fc.constantFrom(internal, open))
  .chain(([form, options]) =>
    fc.record({ form: fc.constant(form), options: fc.constant(options), values: valuesOf(form) }),
  );

/** A cell of the edition that has something to show. */
const isShown = (form: Form, values: Values, edition: string) => {
  const all = withComputed(form, values);
  return form.cells.filter(
    (cell) =>
      (edition === 'internal' || cell.public) && (isFilled(cell, all) || all[rawAddress(cell.address)] !== undefined),
  );
};

describe('any form', () => {
  test('no two squares of a table overlap, none lies outside, and none is missing', () => {
    fc.assert(
      fc.property(filled, ({ form, values, options }) => {
        for (const table of tablesOf(paperOf(form, values, options))) {
          expect([...new Set(coverage(table).flat())]).toEqual([1]);
        }
      }),
    );
  });

  test('every filled cell stands there with its words, F74 and in the public edition no other', () => {
    fc.assert(
      fc.property(filled, ({ form, values, options }) => {
        const squares = squaresOf(paperOf(form, values, options));
        const at = (address: string) => squares.filter(({ addresses }) => addresses.includes(address));
        for (const cell of isShown(form, values, options.edition)) {
          const said = at(cell.address)
            .map(({ content }) => textOf(content))
            .join('\n');
          const raw = values[rawAddress(cell.address)];
          if (cell.type === 'flag' || cell.type === 'code') expect(said).not.toBe('');
          else {
            const shown = showValue(cell, withComputed(form, values)) || String(raw);
            // Paper writes a year in one way.
            expect(said).toContain(
              cell.type === 'decimal' && cell.isYear ? shown.replace(/（(?!要確認|見込).*?）/, '') : shown,
            );
          }
        }
        for (const cell of form.cells) {
          if (options.edition === 'public' && !cell.public) expect(at(cell.address)).toEqual([]);
        }
      }),
    );
  });
});

const text = (key: string, more: object = {}) => ({ kind: 'text', key, label: `欄${key}`, ...more });
const sourceOf = (fields: unknown[], group: object = {}) => {
  const own = { key: 'p', title: '紙', groups: [{ key: 'p', fields, ...group }] };
  const { sections, ...rest } = sourceWith([]) as { sections: unknown[] };
  return { ...rest, sections: [...sections, own] };
};
const paperWith = (fields: unknown[], values: Values = {}, group: object = {}, options: PaperOptions = internal) =>
  paperOf(layOut(readDefinition(sourceOf(fields, group), 'x'), 2022), values, options);
const place = (paper: Paper, words: string) => {
  const found = squaresOf(paper).find(({ content }) => 'text' in content && content.text === words);
  return found && [found.row, found.column, found.rows, found.columns];
};

describe('the layout', () => {
  test('F71 areas set fields side by side and let them span', () => {
    const values = { a: 'あ', b: 'い', c: 'う', d: 'え' };
    const fields = ['a', 'b', 'c', 'd'].map((key) => text(key));
    const paper = paperWith(fields, values, { areas: ['a a b', 'c d b'] });
    expect(['欄a', 'あ', '欄b', 'い', '欄c', 'う', '欄d', 'え'].map((words) => place(paper, words))).toEqual([
      [0, 0, 1, 1],
      [0, 1, 1, 3],
      [0, 4, 2, 1],
      [0, 5, 2, 1],
      [1, 0, 1, 1],
      [1, 1, 1, 1],
      [1, 2, 1, 1],
      [1, 3, 1, 1],
    ]);
    expect(place(paperWith(fields, values), 'え')).toEqual([3, 1, 1, 1]);
  });

  test('F71 areas that are no rectangles, forget a field, or name another are told', () => {
    const told = (areas: string[], group: object = {}) =>
      findingsOf(sourceOf([text('a'), text('b')], { areas, ...group })).join();
    expect(told(['a b', 'b a'])).toContain('長方形でない');
    expect(told(['a a'])).toContain('欄 b が置かれていない');
    expect(told(['a b', 'c c'])).toContain('置ける欄 c がない');
    expect(told(['a b', 'a'])).toContain('そろっていない');
    expect(told(['a b'], { flow: 'columns' })).toContain('rows の枠だけ');
    expect(told(['a b'])).toBe('');
  });

  test('F71 codes have columns of their own with a circle under the chosen one, and their meanings below', () => {
    const fields = [text('a'), { kind: 'grade', key: 'g', label: '評価', scale: 'grade' }];
    const paper = paperWith(fields, { g: 'B' }, { areas: ['a g'] });
    const marks = squaresOf(paper).filter(({ content }) => content.kind === 'mark');
    expect(marks.map(({ row, column, content }) => [row, column, textOf(content)])).toEqual([
      [1, 3, ''],
      [1, 4, 'B：悪い'],
    ]);
    expect(place(paper, 'A：良い　B：悪い')).toEqual([2, 0, 1, 5]);
  });

  test('F72 neighbours with the same heading above them share it', () => {
    const years = { from: { evaluation: -1 }, to: { evaluation: 0 } };
    const number = { kind: 'number' };
    const fields = [
      {
        kind: 'table',
        key: 't',
        label: '費用',
        columns: [
          { key: 'plan_{year}', label: '{year}年度計画', heading: '計画', over: '予算', years, content: number },
          { key: 'note', label: '備考', content: { kind: 'text' } },
        ],
        rows: [
          { key: 'r1', label: '国', over: '財源' },
          { key: 'r2', label: '町', over: '財源' },
          { key: 'r3', label: '計' },
        ],
      },
    ];
    const paper = paperWith(fields);
    expect(['予算', '備考', '財源', '国', '町', '計'].map((words) => place(paper, words))).toEqual([
      [0, 2, 1, 2],
      [0, 4, 2, 1],
      [2, 0, 2, 1],
      [2, 1, 1, 1],
      [3, 1, 1, 1],
      [4, 0, 1, 2],
    ]);
    for (const table of tablesOf(paper)) expect([...new Set(coverage(table).flat())]).toEqual([1]);
  });

  test('F73 what a box cannot hold goes to the annex where the form says so, and else makes the box grow', () => {
    const long = `${'あ'.repeat(10)}いろは`;
    const box = { box: { columns: 5, lines: 2 } };
    const paper = paperWith([text('a', { ...box, overflow: 'annex' }), text('b', box)], { a: long, b: long });
    expect(paper.annex).toEqual([{ index: 1, label: '欄a', address: 'a', text: long }]);
    const [cut, whole] = ['a', 'b'].map((address) => squaresOf(paper).find((s) => s.addresses.includes(address)));
    expect(cut?.content).toEqual({ kind: 'words', text: 'あ'.repeat(10), annex: 1 });
    expect(whole?.content).toEqual({ kind: 'words', text: long });
  });

  test('years of the form are written as the edition asks, those that people typed are not touched', () => {
    const fields = [text('a', { label: '{subject}年度の評価' }), { kind: 'year', key: 'y', label: '開始' }];
    const paper = paperWith(fields, { a: '2021年度', y: '2019' }, {}, { ...internal, years: 'era' });
    expect(place(paper, '令和3年度の評価')).toBeDefined();
    expect(place(paper, '2021年度')).toBeDefined();
    expect(place(paper, '令和元年度')).toBeDefined();
  });

  test('a number that is awaited says so beside the room that is kept for it', () => {
    const field = { kind: 'number', key: 'n', label: '件数', states: ['actual', 'expected', 'pending'] };
    const told = (values: Values) => {
      const paper = paperWith([field], values);
      const html = paperHtml(paper, { level: 1, spokenMarks: false, idPrefix: '' });
      return /<td class="figure">(.*?)<\/td>/.exec(html)?.[1];
    };
    expect(told({ n__state: 'expected' })).toBe('（見込）');
    expect(told({ n__state: 'expected', n__raw: '2,2948' })).toBe('2,2948（要確認）（見込）');
    expect(told({ n: '12', n__state: 'expected' })).toBe('12（見込）');
    expect(told({ n__state: 'pending' })).toBe('未確定');
    expect(told({})).toBe('');
  });

  test('the seed form has the head of the official sheet', () => {
    const paper = paperOf(measureForm(), { number: '2-2', name: '花', goal: '目標' }, internal);
    expect(place(paper, '施策番号')).toEqual([0, 0, 2, 1]);
    expect(place(paper, '2-2')).toEqual([0, 1, 2, 1]);
    expect(place(paper, '基本目標')).toEqual([1, 4, 1, 1]);
    expect(place(paper, '施策関係課')).toEqual([3, 0, 1, 1]);
  });

  test('F74 the public edition closes the room of internal fields', () => {
    const form = measureForm();
    const values = { unit: '花の課', chief: '山田', extension: '231' };
    const paper = paperOf(form, values, open);
    expect(place(paper, '花の課')).toEqual([2, 1, 1, 5]);
    expect(place(paper, '課長名')).toBeUndefined();
    expect(leftOut(form, values, 'public')).toEqual([
      { label: '課長名', text: '山田' },
      { label: '内線', text: '231' },
    ]);
    expect(leftOut(form, values, 'internal')).toEqual([]);
  });
});
