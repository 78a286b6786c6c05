// The check of all texts: what it counts, in which sheets, and what it leaves alone.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Values } from '../../shared/form/cell.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { createCollector } from '../../shared/quality/collect.ts';
import { type Finding, findingSchema, LISTED } from '../../shared/quality/findings.ts';
import { listsOver, type OwnList, soundLists, spellingsSchema, wordsOf } from '../../shared/quality/spellings.ts';
import { form as anyForm, valuesOf } from '../arbitrary.ts';
import { measureForm } from '../form/sample.ts';
import { findingsOf, head, sourceWith } from '../form/small.ts';

const spellings = spellingsSchema.parse(JSON.parse(readFileSync('resources/spelling.json', 'utf8')));
const form = measureForm();
type Read = { values: Values; previous?: Values };

function check(sheets: readonly Read[], of = form, own: readonly OwnList[] = []): Finding[] {
  const collector = createCollector(spellings, own);
  for (const { values, previous } of sheets) collector.add(of, values, previous);
  return collector.result();
}
const told = (findings: readonly Finding[], kind: Finding['kind']) =>
  findings
    .filter((finding) => finding.kind === kind)
    .map(({ title, uses }) => [title, ...uses.map(({ label, count, sheets }) => `${label} ${count}/${sheets}`)]);

describe('laws for any form and any values', () => {
  const town = anyForm.chain((drawn) =>
    fc.tuple(fc.constant(drawn), fc.array(valuesOf(drawn), { minLength: 1, maxLength: 3 })),
  );
  test('findings have their shape; places are those of public texts, and as many as counted, up to the limit', () => {
    fc.assert(
      fc.property(town, ([of, sheets]) => {
        for (const finding of check(
          sheets.map((values) => ({ values })),
          of,
        )) {
          expect(findingSchema.parse(finding)).toEqual(finding);
          for (const { count, sheets: held, places } of finding.uses) {
            expect(places.length).toBe(Math.min(count, LISTED));
            expect(new Set(places.map(({ sheet }) => sheet)).size).toBeLessThanOrEqual(held);
            expect(held).toBeLessThanOrEqual(sheets.length);
            for (const { sheet, address, match } of places) {
              const cell = of.byAddress.get(address);
              expect(cell?.public).toBe(finding.kind !== 'internal');
              if (finding.kind !== 'internal') {
                const words = String(sheets[sheet]?.[address]).replace(/\s*\n\s*/g, '／');
                expect(words).toContain(match);
              }
            }
          }
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test('the order of the sheets changes no count', () => {
    fc.assert(
      fc.property(town, ([of, sheets]) => {
        const counts = (list: readonly Values[]) =>
          check(
            list.map((values) => ({ values })),
            of,
          )
            .flatMap(({ kind, title, uses }) =>
              uses.map(({ label, count, sheets: held }) => JSON.stringify([kind, title, label, count, held])),
            )
            .sort();
        expect(counts(sheets.toReversed())).toEqual(counts(sheets));
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});

test('one way of writing is no finding, two are, across sheets too, the rarer first', () => {
  const one = { values: { intent: '子どもの居場所' } };
  const two = { values: { intent: '子供と子供' } };
  expect(told(check([one, one]), 'word')).toEqual([]);
  expect(told(check([one, two]), 'word')).toEqual([['「子ども」「子供」「こども」', '子ども 1/1', '子供 2/1']]);
});

test('units of indicators are compared across sheets and with the units in texts; look-alikes are told apart', () => {
  const sheets = [
    { values: { kpi__r1__measure: '％' } },
    { values: { kpi__r1__measure: '%' } },
    { values: { kpi__r1__measure: '人', intent: '120名が来た。' } },
  ];
  expect(told(check(sheets), 'unit')).toEqual([
    ['「％」「%」「パーセント」', '％（全角） 1/1', '%（半角） 1/1'],
    ['「人」「名」', '名 1/1', '人 1/1'],
  ]);
});

test.each([
  ['signs of their own have no other width', '㎡', 'm2', '㎡', 'm2'],
  ['wide kana beside narrow ones', 'トン', 'ﾄﾝ', 'トン（全角）', 'ﾄﾝ（半角）'],
  ['wide letters', 'ｔ', 't', 'ｔ（全角）', 't（半角）'],
])('%s: %s and %s', (_, one, other, ...labels) => {
  const sheets = [one, other].map((unit) => ({ values: { kpi__r1__measure: unit } }));
  const uses = check(sheets).find(({ kind }) => kind === 'unit')?.uses ?? [];
  expect(uses.map(({ label }) => label).sort()).toEqual(labels.sort());
});

test('characters that others lose, and what looks like a person’s, are told with their place', () => {
  const findings = check([{ values: { intent: '\ue000田に電話 0155-00-1234 で' } }]);
  expect(told(findings, 'character')).toEqual([['文字', '外字（U+E000） 1/1']]);
  expect(told(findings, 'personal')).toEqual([['公表する欄', '電話番号 1/1']]);
  expect(findings.find(({ kind }) => kind === 'character')?.uses[0]?.places).toEqual([
    { sheet: 0, address: 'intent', label: '意図', before: '', match: '\ue000', after: '田に電話 0155-00-1234 …' },
  ]);
});

test('a text is the same as last year’s only word for word, and only where the form wants it written anew', () => {
  const values = { actions: '続ける。', goal: '人の流れ', intent: '知ってもらう' };
  const same = (previous: Values) => told(check([{ values, previous }]), 'same');
  expect(same(values)).toEqual([['前年度と同じ文章', '施策の成果向上のための具体的な取り組み 1/1']]);
  expect(same({ ...values, actions: '続ける' })).toEqual([]);
  expect(told(check([{ values }]), 'same')).toEqual([]);
});

test('internal cells are listed, are not read for spelling, and are missed where a public text says the same', () => {
  const values = { chief: '山川 一', extension: '2145', intent: '山川 一まで' };
  const findings = check([{ values }, { values: { chief: '〇○', intent: '知ってもらう' } }]);
  expect(told(findings, 'internal')).toEqual([['公表する版から除かれる欄', '内線 1/1', '課長名 2/2']]);
  expect(told(findings, 'leak')).toEqual([['公表する文章', '課長名 1/1']]);
  expect(told(findings, 'width')).toEqual([]);
});

describe('F78 a form’s own spellings', () => {
  test('are looked for', () => {
    const source = sourceWith([{ kind: 'text', key: 'words', label: '文' }], { spellings: [['にぎわい', '賑わい']] });
    const own = layOut(readDefinition(source, '小'), 2022);
    expect(told(check([{ values: { words: 'にぎわいと賑わい' } }], own), 'word')).toEqual([
      ['「にぎわい」「賑わい」', 'にぎわい 1/1', '賑わい 1/1'],
    ]);
  });

  test('are looked for behind numbers where they are units', () => {
    const source = sourceWith([{ kind: 'text', key: 'words', label: '文' }], { spellings: [['人', '名', '者']] });
    const own = layOut(readDefinition(source, '小'), 2022);
    const findings = check([{ values: { words: '役者12者、名案3名、人' } }], own);
    expect(told(findings, 'unit')).toEqual([['「人」「名」「者」', '者 1/1', '名 1/1']]);
    expect(told(findings, 'word')).toEqual([]);
  });

  test('stand once each', () => {
    expect(
      findingsOf(
        sourceWith(head.slice(0, 0), {
          spellings: [
            ['甲', '乙'],
            ['乙', '丙'],
          ],
        }),
      ),
    ).toEqual(['書き方「乙」が二度ある']);
  });
});

describe('lists that the people of a file keep', () => {
  const usual = (kind: OwnList['kind'], ...words: string[]): OwnList => ({ kind, words, isChecked: true });
  const checkWith = (own: readonly OwnList[], ...values: Values[]) =>
    check(
      values.map((one) => ({ values: one })),
      form,
      own,
    );

  test('one place that is not spelled as usual is told, the usual one is none and comes last', () => {
    const own = [usual('word', 'こども', '子ども', '子供')];
    expect(told(checkWith(own, { intent: '子どもの居場所' }), 'word')).toEqual([
      ['「こども」「子ども」「子供」', '子ども 1/1'],
    ]);
    const both = checkWith(own, { intent: 'こども' }, { intent: '子どもと子ども' });
    expect(both[0]?.uses.map(({ label, isUsual }) => [label, isUsual])).toEqual([
      ['子ども', false],
      ['こども', true],
    ]);
    expect(both[0]?.words).toEqual(['こども', '子ども', '子供']);
    expect(told(checkWith(own, { intent: 'こどもの居場所' }), 'word')).toEqual([]);
  });

  test('units count behind numbers and in the cells of units', () => {
    const own = [usual('unit', '人日', '人・日')];
    expect(told(checkWith(own, { kpi__r1__measure: '人・日', intent: '3人・日' }), 'unit')).toEqual([
      ['「人日」「人・日」', '人・日 2/1'],
    ]);
    expect(told(checkWith(own, { intent: '人・日' }), 'unit')).toEqual([]);
  });

  test('what nobody minds is not told, in texts nor in the cells of units', () => {
    const own: OwnList[] = [
      { kind: 'word', words: ['子ども', '子供', 'こども'], isChecked: false },
      { kind: 'unit', words: ['％', '%'], isChecked: false },
    ];
    const findings = checkWith(own, { intent: '子どもと子供が2％' }, { kpi__r1__measure: '%', intent: '2%' });
    expect([...told(findings, 'word'), ...told(findings, 'unit')]).toEqual([]);
  });

  const word = fc.constantFrom('甲', '乙', '丙', '丁', '戊', '己');
  const list = fc.record({
    kind: fc.constantFrom('word' as const, 'unit' as const),
    words: fc.uniqueArray(word, { minLength: 2, maxLength: 4 }),
    isChecked: fc.boolean(),
  });

  test('each takes the place of those of its kind below it with which it shares a spelling, and of no other', () => {
    const table = fc.record({
      words: fc.array(fc.uniqueArray(word, { minLength: 2, maxLength: 3 }), { maxLength: 3 }),
      units: fc.array(fc.uniqueArray(word, { minLength: 2, maxLength: 3 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(table, fc.array(list, { maxLength: 3 }), (below, own) => {
        const found = listsOver(below, [], own);
        expect(found.filter(({ from }) => from === 'own')).toEqual(own.map((one) => ({ ...one, from: 'own' })));
        const kept = (words: readonly string[], kind: OwnList['kind']) =>
          !own.some((one) => one.kind === kind && one.words.some((spelled) => words.includes(spelled)));
        const program = [
          ...below.words.filter((words) => kept(words, 'word')),
          ...below.units.filter((words) => kept(words, 'unit')),
        ];
        expect(found.filter(({ from }) => from === 'program').map(({ words }) => words)).toEqual(program);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test('are kept only when each spelling stands once among its kind, and none is alone', () => {
    fc.assert(
      fc.property(fc.array(list, { maxLength: 4 }), (own) => {
        const all = own.flatMap(({ kind, words }) => words.map((spelled) => `${kind} ${spelled}`));
        if (new Set(all).size === all.length) expect(soundLists(own)).toEqual(own);
        else expect(() => soundLists(own)).toThrow();
      }),
      { numRuns: 200, seed: 6 },
    );
    expect(() => soundLists([usual('word', '甲')])).toThrow();
  });

  test('are written with 、 or a comma or a tab between, also as cells are copied from a table', () => {
    expect(wordsOf(' 子ども、子供,こども\tお子さん ，')).toEqual(['子ども', '子供', 'こども', 'お子さん']);
  });
});
