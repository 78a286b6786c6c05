// Every way in which a definition can contradict itself is refused as form.invalid, with a finding that names it.
import { describe, expect, test } from 'vitest';
import { findingsOf, head, sourceWith } from './small.ts';

describe('F4 a form that contradicts itself is refused', () => {
  const text = (key: string, more: object = {}) => ({ kind: 'text', key, label: `見出し${key}`, ...more });
  const computed = (key: string, ...sum: string[]) => ({ kind: 'computed', key, label: `計${key}`, sum });
  const matrix = (excluded: string[][]) => ({
    kind: 'matrix',
    key: 'm',
    label: '方向',
    row: { label: '成果', scale: 'grade' },
    column: { label: 'コスト', scale: 'grade' },
    excluded,
  });
  const table = (columns: object[], rows: object[] = [{ key: 'r', label: '行', content: { kind: 'number' } }]) => ({
    kind: 'table',
    key: 't',
    label: '表',
    columns,
    rows,
  });
  const scales = (...items: object[]) => ({ scales: { grade: { label: '段階', items } } });
  const A = { code: 'A', label: '良い' };

  test('the small form itself is sound', () => {
    expect(findingsOf(sourceWith([]))).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['F1 an unknown name', sourceWith([text('a', { colour: 'red' })]), /colour/],
    ['F1 an unknown name on top', sourceWith([], { author: 'x' }), /author/],
    ['F1 no object at all', 'form', /./],
    ['F2 another format', sourceWith([], { format: 'hyoka-form/2' }), /format/],
    ['F2 an id with capitals', sourceWith([], { id: 'Form' }), /id/],
    ['F2 a version below 1', sourceWith([], { version: 0 }), /version/],
    ['F5 a plan that ends before it starts', sourceWith([], { plan: { label: '', start: 2024, end: 2020 } }), /計画/],
    ['F5 a year far away', sourceWith([], { plan: { label: '', start: 2020, end: 99_999 } }), /plan.end/],
    ['F7 an unknown brace', sourceWith([text('a', { label: '{nendo}年度' })]), /\{nendo\}/],
    ['F7 a brace from the prototype', sourceWith([text('a', { label: '{toString}' })]), /\{toString\}/],
    ['F7 {year} outside of a year column', sourceWith([table([{ key: 'a', label: '{year}' }])]), /\{year\}/],
    [
      'F8 a section twice',
      sourceWith([], { sections: [1, 2].map((n) => section('s', [text(`a${n}`)], n === 1)) }),
      /区分/,
    ],
    [
      'F8 a group twice',
      sourceWith([], { sections: [{ ...section('s', [text('a')], true), groups: doubledGroups() }] }),
      /枠/,
    ],
    ['F8 a field twice', sourceWith([text('a'), { kind: 'list', key: 'a', label: '別', rows: 1 }]), /key「a」/],
    ['F8 a note twice', sourceWith([note('n'), note('n')]), /key「n」/],
    ['F8 a section without groups', sourceWith([], { sections: [] }), /sections/],
    ['F9 a key with capitals', sourceWith([text('Key')]), /key/],
    ['F9 a key with two underscores', sourceWith([text('a__b')]), /key/],
    ['F9 a key that ends in an underscore', sourceWith([text('a_')]), /key/],
    ['F9 a key that touches a prototype', sourceWith([text('constructor')]), /key/],
    ['F9 a key of 61 letters', sourceWith([text('a'.repeat(61))]), /60/],
    [
      'F10 an unknown flow',
      sourceWith([], { sections: [{ key: 's', title: '', groups: [{ key: 'g', flow: 'grid', fields: head }] }] }),
      /flow/,
    ],
    ['F11 an address twice', sourceWith([table([column('a'), { ...column('a'), label: '別' }])]), /番地 t__r__a/],
    ['F11 a companion’s ending', sourceWith([table([column('state')])]), /末尾/],
    ['F11 a column key with a loose brace', sourceWith([table([column('a_{year}')])]), /./],
    ['F12 a label twice', sourceWith([text('a', { label: '同じ' }), text('b', { label: '同じ' })]), /「同じ」/],
    ['F12 a label that two years share', sourceWith([meeting()]), /見出し/],
    ['F13 an unknown writer', sourceWith([text('a', { writer: 'mayor' })]), /「mayor」/],
    ['F13 a writer from the prototype', sourceWith([text('a', { writer: 'constructor' })]), /「constructor」/],
    ['F13 no department', sourceWith([], { writers: { office: { label: '', role: 'office' } } }), /「department」/],
    [
      'F16 an identity that is not there',
      sourceWith([], { identity: { number: 'no', name: 'name', unit: 'unit' } }),
      /番地 no /,
    ],
    [
      'F16 an identity that is a number',
      sourceWith([{ kind: 'number', key: 'n', label: '数' }], {
        identity: { number: 'n', name: 'name', unit: 'unit' },
      }),
      /文字の欄/,
    ],
    ['F17 a code twice', sourceWith([], scales(A, { ...A, label: '別' })), /「A」/],
    ['F17 a label of a scale twice', sourceWith([], scales(A, { ...A, code: 'B' })), /「良い」/],
    ['F17 a code with a hyphen', sourceWith([], scales({ code: 'A-1', label: '一' })), /code/],
    ['F17 an empty scale', sourceWith([], scales()), /items/],
    ['F21 an unknown scale', sourceWith([{ kind: 'choice', key: 'c', label: '選択', scale: 'none' }]), /尺度「none」/],
    [
      'F21 a scale from the prototype',
      sourceWith([{ kind: 'choice', key: 'c', label: '選択', scale: 'constructor' }]),
      /尺度/,
    ],
    [
      'F23 codes that differ in case only',
      sourceWith(
        [{ kind: 'multichoice', key: 'm', label: '方法', scale: 'grade' }],
        scales(A, { code: 'a', label: '別' }),
      ),
      /番地 m__a/,
    ],
    ['F29 an unknown state', sourceWith([{ kind: 'number', key: 'n', label: '数', states: ['maybe'] }]), /states/],
    [
      'F30 both year and years',
      sourceWith([table([{ ...column('a'), year: { fixed: 1990 }, years: span(0, 1) }])]),
      /一方/,
    ],
    [
      'F30 a span without {year} in its key',
      sourceWith([table([{ key: 'a', label: '{year}', years: span(0, 1) }])]),
      /番地/,
    ],
    ['F30 a span without end', sourceWith([table([{ key: 'a_{year}', label: '{year}', years: span(-60, 0) }])]), /60/],
    [
      'F31 a column that is not there',
      sourceWith([table([column('a')], [{ key: 'r', label: '行', without: ['b'] }])]),
      /列 b/,
    ],
    ['F32 a sum over a row that is not there', sourceWith([table([column('a')], [sumRow('x')])]), /番地 t__x__a/],
    [
      'F32 a sum over words',
      sourceWith([table([column('a')], [{ key: 'x', label: '文', content: { kind: 'text' } }, sumRow('x')])]),
      /数の欄/,
    ],
    ['F33 an excluded pair out of nowhere', sourceWith([matrix([['A', 'Z']])]), /A×Z/],
    ['F33 an excluded pair turned round', sourceWith([matrix([['Z', 'A']])]), /Z×A/],
    ['F34 a sum of nothing', sourceWith([computed('c')]), /sum/],
    ['F34 a sum over what is not there', sourceWith([computed('c', 'gone')]), /番地 gone/],
    ['F34 a sum over words', sourceWith([computed('c', 'name')]), /数の欄/],
    ['F34 a sum over itself', sourceWith([computed('c', 'c')]), /自分自身/],
    ['F34 sums in a ring', sourceWith([computed('a', 'b'), computed('b', 'c'), computed('c', 'a')]), /自分自身/],
    ['F34 a sum row over itself', sourceWith([table([column('a')], [sumRow('sum')])]), /自分自身/],
    [
      'F37 optionalFrom without years',
      sourceWith([table([{ ...column('a'), optionalFrom: { evaluation: 0 } }])]),
      /optionalFrom/,
    ],
    ['F44 a check of a text', sourceWith([], { checks: [check('name', 'name')] }), /選択の欄/],
    [
      'F44 a check against a number',
      sourceWith([grade(), { kind: 'number', key: 'n', label: '数' }], { checks: [check('g', 'n')] }),
      /文字の欄/,
    ],
    ['F44 a check of what is not there', sourceWith([], { checks: [check('g', 'name')] }), /番地 g /],
  ])('%s', (_, source, finding) => {
    expect(findingsOf(source).join('\n')).toMatch(finding);
  });

  test('F34 sums may share parts and rest on sums without end in sight', () => {
    const start = { kind: 'number', key: 'n', label: '数' };
    const doubled = Array.from({ length: 60 }, (_, at) =>
      computed(`c${at}`, at === 0 ? 'n' : `c${at - 1}`, at < 2 ? 'n' : `c${at - 2}`),
    );
    expect(findingsOf(sourceWith([start, ...doubled]))).toEqual([]);
  });

  test('F11 a form made to choke the program is refused', () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({
      key: `r${at}`,
      label: `行${at}`,
      content: { kind: 'text' },
    }));
    const wide = { key: 'a_{year}', label: '{year}', years: span(-50, 0) };
    expect(findingsOf(sourceWith([table([wide], rows)])).join()).toMatch(/5000/);
  });

  test('at most 20 findings', () => {
    const fields = Array.from({ length: 40 }, (_, at) => computed(`c${at}`, 'gone'));
    expect(findingsOf(sourceWith(fields))).toHaveLength(20);
  });
});

function section(key: string, fields: object[], withHead: boolean): Record<string, unknown> {
  return { key, title: '', groups: [{ key: 'g', fields: withHead ? [...head, ...fields] : fields }] };
}
const doubledGroups = () => [
  { key: 'g', fields: head },
  { key: 'g', fields: [{ kind: 'text', key: 'a', label: '甲' }] },
];
const note = (key: string) => ({ kind: 'note', key, text: '凡例' });
const column = (key: string) => ({ key, label: `列${key}` });
const span = (from: number, to: number) => ({ from: { evaluation: from }, to: { evaluation: to } });
const sumRow = (...sum: string[]) => ({ key: 'sum', label: '計', content: { kind: 'number' }, sum });
const grade = () => ({ kind: 'grade', key: 'g', label: '評価', scale: 'grade' });
const check = (grade: string, ...texts: string[]) => ({ key: 'c', rule: 'words-against-grade', grade, texts });
/** Two columns that only meet when the evaluation is made in 2023. */
const meeting = () => ({
  kind: 'table',
  key: 't',
  label: '表',
  columns: [
    { key: 'now', label: '{year}年度', year: { evaluation: 0 } },
    { key: 'then', label: '{year}年度', year: { fixed: 2023 } },
  ],
  rows: [{ key: 'r', label: '行', content: { kind: 'number' } }],
});
