// What a filled sheet asks by itself: every rule, its edges, and what all of them share.
import { describe, expect, test } from 'vitest';
import type { Values } from '../../shared/form/cell.ts';
import { reasonAddress } from '../../shared/form/cell.ts';
import { checkSchema, runChecks } from '../../shared/form/checks.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import { measureForm } from './sample.ts';
import { findingsOf, sourceWith } from './small.ts';

const form = measureForm();
const asked = (values: Values, check: string, previous?: Values) =>
  runChecks(form, values, { previous }).filter((question) => question.check === check);

/** A small form with number cells n1…n4, a text, a mark and one check. */
const fields = [
  ...['n1', 'n2', 'n3', 'n4'].map((key) => ({
    kind: 'number',
    key,
    label: `数${key}`,
    decimals: 2,
    states: ['pending'],
  })),
  { kind: 'text', key: 't', label: '文', lines: 3 },
  { kind: 'choice', key: 'g', label: '判定', scale: 'grade' },
  { kind: 'computed', key: 'c', label: '計', sum: ['n1', 'n2'], decimals: 2 },
];
const source = (check: object) => sourceWith(fields, { checks: [{ key: 'k', ...check }] });
const small = (check: object): Form => layOut(readDefinition(source(check), '小'), 2022);
const reasons = (check: object, values: Values) =>
  runChecks(small(check), values).map(({ address, reason }) => [address, reason]);

describe('F52 jump', () => {
  const cost = (before: string, after: string) =>
    asked({ cost__expense__settled_2020: before, cost__expense__settled_2021: after }, 'jump_cost');
  test.each([
    ['100', '130', 0],
    ['100', '130.01', 1],
    ['100', '70', 0],
    ['100', '69', 1],
    ['-100', '-131', 1],
    ['0', '1', 1],
    ['0', '0', 0],
    ['60564', '64542', 0],
  ])('%s → %s raises %i', (before, after, count) => expect(cost(before, after)).toHaveLength(count));

  test('says from what to what, at the later number', () => {
    expect(cost('100', '150')[0]).toMatchObject({
      address: 'cost__expense__settled_2021',
      raw: '150',
      reason:
        '2020年度の 100 から 2021年度の 150 へ、50%の増。30%を超える増減です。数を確かめ、正しければ理由を書いてください。',
    });
  });

  test('the base is the nearest earlier year with a number; older jumps are not asked about again', () => {
    const row = 'cost__expense__settled_';
    expect(asked({ [`${row}2020`]: '100', [`${row}2022`]: '200' }, 'jump_cost')).toMatchObject([
      { address: `${row}2022` },
    ]);
    const later = measureForm(2024);
    const values = { [`${row}2022`]: '100', [`${row}2023`]: '200', [`${row}2024`]: '210' };
    expect(runChecks(later, values).map(({ address }) => address)).toEqual([`${row}2023`]);
    expect(runChecks(measureForm(2025), { [`${row}2023`]: '1', [`${row}2025`]: '1' })).toEqual([]);
  });

  test('a target is no year of the series', () => {
    const values = { kpi__r1__actual_2021: '10', kpi__r1__target: '90', kpi__r1__name: '名' };
    expect(asked(values, 'jump_kpi')).toEqual([]);
  });
});

describe('F53 a sum that differs', () => {
  const check = { rule: 'sum-differs', total: 'n1', parts: ['n2', 'n3'], tolerance: '2' };
  test.each<[Values, number]>([
    [{ n1: '100', n2: '60', n3: '40' }, 0],
    [{ n1: '102', n2: '60', n3: '40' }, 0],
    [{ n1: '102.01', n2: '60', n3: '40' }, 1],
    [{ n1: '97', n2: '60', n3: '40' }, 1],
    [{ n1: '60', n2: '60' }, 0],
    [{ n1: '100' }, 0],
    [{ n2: '60', n3: '40' }, 0],
    [{ n1: '100', n2: '60', n3__state: 'pending' }, 0],
    [{ n1: '100', n2: '60', n3__raw: '4O' }, 0],
  ])('%j raises %i', (values, count) => expect(reasons(check, values)).toHaveLength(count));

  test('says how much', () => {
    expect(reasons(check, { n1: '110', n2: '60', n3: '40' })).toEqual([
      ['n1', '内訳の合計は 100 で、110 と 10 違います。どちらが正しいか確かめてください。'],
    ]);
  });

  test('rows of a table are added in every column', () => {
    const table = {
      kind: 'table',
      key: 'm',
      label: '表',
      columns: ['a', 'b'].map((key) => ({ key, label: key })),
      rows: ['x', 'y', 'all'].map((key) => ({ key, label: key, content: { kind: 'number' } })),
    };
    const checks = [{ key: 'k', rule: 'sum-differs', table: 'm', total: 'all', parts: ['x', 'y'] }];
    const laid = layOut(readDefinition(sourceWith([table], { checks }), '小'), 2022);
    const values = { m__x__a: '1', m__y__a: '2', m__all__a: '3', m__x__b: '1', m__all__b: '3' };
    expect(runChecks(laid, values).map(({ address }) => address)).toEqual(['m__all__b']);
  });
});

describe('F54 indicators', () => {
  const kpi = (type: string, base: string, before: string, now: string, target: string): Values => ({
    kpi__r1__name: '名',
    ...{ kpi__r1__type: type, kpi__r1__base: base, kpi__r1__target: target },
    ...{ kpi__r1__actual_2020: before, kpi__r1__actual_2021: now },
  });
  test.each([
    ['increase', '10', '20', '50', '40', 1],
    ['increase', '10', '20', '30', '40', 0],
    ['decrease', '90', '60', '30', '40', 1],
    ['keep_above', '98', '96', '97', '95', 0],
    ['keep_above', '70', '80', '97', '95', 1],
    ['keep_below', '5', '5', '4', '6', 0],
    ['range', '5', '5', '5', '5', 0],
    ['yes_no', '0', '0', '1', '1', 0],
  ])('target-passed: %s from %s over %s, %s against %s raises %i', (type, base, before, now, target, count) => {
    expect(asked(kpi(type, base, before, now, target), 'target_passed')).toHaveLength(count);
  });

  test('missed-but-hopeful: the outlook says it will be met, and which indicators are short of it', () => {
    const values = kpi('keep_above', '98.6', '92.6', '94.3', '95.0');
    const [question] = asked({ ...values, outlook: 'reach' }, 'hopeful');
    expect(question).toMatchObject({ address: 'outlook', label: '②2024年度の目標値達成見込み' });
    expect(question?.reason).toContain('①「名」は目標を下回っている（94.3 ＜ 95.0）');
    expect(asked({ ...values, outlook: 'review' }, 'hopeful')).toEqual([]);
    expect(asked({ ...values, kpi__r1__actual_2021: '96', outlook: 'reach' }, 'hopeful')).toEqual([]);
  });

  test.each([
    ['increase', '20', '30', 'up', 0],
    ['increase', '30', '20', 'up', 1],
    ['increase', '20', '30', 'down', 1],
    ['decrease', '20', '30', 'up', 1],
    ['decrease', '30', '20', 'up', 0],
    ['increase', '30', '20', 'same', 0],
    ['increase', '30', '30', 'up', 0],
    ['range', '30', '20', 'up', 0],
  ])('improved-but-fell: %s, %s → %s, 「%s」 raises %i', (type, before, now, result, count) => {
    expect(asked({ ...kpi(type, '1', before, now, '99'), result }, 'fell')).toHaveLength(count);
  });

  test('target-passed: what is only expected has met nothing yet', () => {
    const expected = { ...kpi('increase', '10', '20', '50', '40'), kpi__r1__actual_2021__state: 'expected' };
    expect(asked(expected, 'target_passed')).toEqual([]);
  });

  test('improved-but-fell looks at the judged year and the one before, not at others', () => {
    const values = { ...kpi('increase', '1', '20', '30', '99'), result: 'up' };
    expect(asked({ ...values, kpi__r1__actual_2022: '10' }, 'fell')).toEqual([]);
    const [gone, kept] = ['kpi__r1__actual_2020', 'kpi__r1__actual_2021'].map((address) =>
      Object.fromEntries(Object.entries({ ...values, kpi__r1__actual_2022: '10' }).filter(([key]) => key !== address)),
    );
    expect(asked(gone ?? {}, 'fell')).toEqual([]);
    expect(asked(kept ?? {}, 'fell')).toEqual([]);
  });

  test('improved-but-fell keeps quiet about mixed results', () => {
    const mixed = {
      kpi__r2__type: 'increase',
      kpi__r2__actual_2020: '1',
      kpi__r2__actual_2021: '2',
      kpi__r2__name: '二',
    };
    expect(asked({ ...kpi('increase', '1', '30', '20', '99'), ...mixed, result: 'up' }, 'fell')).toEqual([]);
  });
});

describe('F55 last year', () => {
  test('same-as-previous: only the same words, only where last year is known', () => {
    const values = { actions: '・空き家を調べる。\n・貸し出す。', opinions: '特になし' };
    expect(asked(values, 'same_text')).toEqual([]);
    expect(asked(values, 'same_text', { ...values, opinions: '特に無し' })).toMatchObject([{ address: 'actions' }]);
    expect(asked({}, 'same_text', {})).toEqual([]);
  });

  test('unit-changed: the same indicator in another unit; width is no change, another indicator is another matter', () => {
    const last = { kpi__r1__name: '相談の件数', kpi__r1__measure: '件' };
    const now = (measure: string, name = '相談の件数') =>
      asked({ kpi__r1__name: name, kpi__r1__measure: measure }, 'unit_changed', last);
    expect(now('人')).toMatchObject([{ address: 'kpi__r1__measure', raw: '人' }]);
    expect(now('人')[0]?.reason).toContain('「件」でした。「人」');
    expect(
      [now('件'), now(' 件'), now('人', '別の指標'), asked({ kpi__r1__measure: '人' }, 'unit_changed')].flat(),
    ).toEqual([]);
  });
});

test('F56 project-not-listed: in brackets, in no list', () => {
  const values = {
    projects_high__r1: 'シティ プロモーション事業',
    actions: '「シティプロモーション事業」と「空き家事業」、道の駅事業を進める。',
  };
  const [question, ...others] = asked(values, 'unlisted');
  expect(others).toEqual([]);
  expect(question).toMatchObject({ address: 'actions', raw: '「空き家事業」' });
  expect(asked({ ...values, projects_low__r2: '空き家事業' }, 'unlisted')).toEqual([]);
});

describe('F57 F58 characters and personal data', () => {
  test.each([
    ['①は㎡で', 0],
    ['㎥と㏊', 1],
    ['外字\ue000', 1],
    ['葛\u{e0100}城', 1],
    ['改行\nと\tタブ', 0],
  ])('unsafe-characters: %j raises %i', (text, count) =>
    expect(asked({ goal: text }, 'characters')).toHaveLength(count),
  );

  test('names each character once, with its code point, and not more than ten', () => {
    expect(asked({ goal: '㎥㎥' }, 'characters')[0]?.raw).toBe('「㎥」（U+33A5）');
    expect(asked({ goal: '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾' }, 'characters')[0]?.raw).toMatch(/ほか1字$/);
    expect(asked({ goal: '\u{f0000}' }, 'characters')[0]?.raw).toBe('外字（U+F0000）');
  });

  test.each([
    ['電話は0155-62-9721まで', '電話番号'],
    ['電話は０１５５－６２－９７２１まで', '電話番号'],
    ['電話 (0155)62-9721', '電話番号'],
    ['090ー1234ー5678', '電話番号'],
    ['09012345678', '電話番号'],
    ['連絡先 taro.yama@example.lg.jp', 'メールアドレス'],
    ['個人番号 123456789012', '長い番号'],
    ['1234-5678-9012', '長い番号'],
    ['令和3-4年度', undefined],
    ['2021-04-01に始めた', undefined],
    ['19,313件、1,234,567,890円', undefined],
    ['123456789', undefined],
  ])('personal-data: 「%s」 is %s', (text, what) => {
    const [question] = asked({ goal: text }, 'personal');
    expect(question?.reason.split('のように')[0]).toBe(what);
  });

  test('an internal cell may hold an extension', () =>
    expect(asked({ extension: '0155-62-9721' }, 'personal')).toEqual([]));
});

describe('F59 expression', () => {
  const check = {
    rule: 'expression',
    at: 'n1',
    ask: 'n1 > n2 + 1 and blank(t)',
    message: '[n1 - n2] 多い（{label}）。',
  };
  test('asks when it is true, with values in the message', () => {
    expect(reasons(check, { n1: '1005', n2: '1' })).toEqual([['n1', '1,004 多い（数n1）。']]);
    expect(reasons(check, { n1: '1005', n2: '1', t: '理由' })).toEqual([]);
    expect(reasons(check, { n1: '1005' })).toEqual([]);
  });

  test('over rows and years, and computed cells', () => {
    const each = {
      rule: 'expression',
      at: '{row}',
      ask: '{row} > c',
      rows: ['n3', 'n4'],
      message: '{row}は[c]より大きい',
    };
    expect(reasons(each, { c: '1', n3: '2', n4: '0' })).toEqual([['n3', 'n3は1より大きい']]);
    const checks = [
      {
        key: 'k',
        rule: 'expression',
        at: 'cost__expense__settled_{year}',
        ask: 'cost__expense__settled_{year} < cost__expense__settled_{year-1}',
        years: { from: { evaluation: -1 }, to: { evaluation: 0 } },
        message: '{year-1}年度より少ない',
      },
    ];
    const laid = layOut(readDefinition({ ...form.definition, checks }, '年'), 2022);
    const values = {
      cost__expense__settled_2020: '3',
      cost__expense__settled_2021: '2',
      cost__expense__settled_2022: '5',
    };
    expect(runChecks(laid, values)).toMatchObject([
      { address: 'cost__expense__settled_2021', reason: '2020年度より少ない' },
    ]);
  });

  test('what a person typed is never read as a name or an expression', () => {
    const echo = { rule: 'expression', at: 't', ask: 'filled(t)', message: '「[t]」' };
    expect(reasons(echo, { t: '{label}[n1]' })).toEqual([['t', '「{label}[n1]」']]);
  });
});

describe('F45 what all checks share', () => {
  const check = { rule: 'expression', at: 'n1', ask: 'n1 > 0', message: '0より大きい' };
  test('who is asked', () => {
    const counts = (when: string) => {
      const form = small({ ...check, when });
      return ([undefined, 'department', 'office'] as const).map(
        (role) => runChecks(form, { n1: '1' }, { role }).length,
      );
    };
    expect(['department', 'office', 'both'].map(counts)).toEqual([
      [1, 1, 0],
      [1, 0, 1],
      [1, 1, 1],
    ]);
  });

  test('the message may be the author’s', () => {
    const jump = { key: 'j', rule: 'jump', table: 'cost', message: '{label}：{subject}年度、{before}→{after}' };
    const laid = layOut(readDefinition({ ...form.definition, checks: [jump] }, '言'), 2022);
    const values = { cost__expense__settled_2020: '1000', cost__expense__settled_2021: '2000' };
    expect(runChecks(laid, values)[0]?.reason).toBe('施策事業費(千円) 2021年度決算：2021年度、1,000→2,000');
  });

  test('F46 an answered question stays, with its answer', () => {
    const laid = small(check);
    expect(runChecks(laid, { n1: '1', [reasonAddress('n1', 'k')]: '繰越のため' })[0]?.answer).toBe('繰越のため');
    expect(runChecks(laid, { n1: '1' })[0]?.answer).toBeNull();
  });

  test('every rule is in the language', () => {
    expect(checkSchema.options.map((option) => option.shape.rule.value).toSorted()).toEqual([
      'expression',
      'improved-but-fell',
      'jump',
      'missed-but-hopeful',
      'personal-data',
      'project-not-listed',
      'same-as-previous',
      'sum-differs',
      'target-passed',
      'unit-changed',
      'unsafe-characters',
      'words-against-grade',
    ]);
  });

  test.each<[object, RegExp]>([
    [{ ...check, key: 'state' }, /使えない/],
    [{ ...check, ask: 'n1 >' }, /終わっている/],
    [{ ...check, ask: 'n1 + 1' }, /条件になっていない/],
    [{ ...check, ask: 'gone > 1' }, /番地 gone/],
    [{ ...check, at: 'gone' }, /番地 gone/],
    [{ ...check, message: '[gone]' }, /番地 gone/],
    [{ ...check, message: '{nendo}' }, /\{nendo\}/],
    [{ rule: 'jump', table: 'gone' }, /表 gone/],
    [{ rule: 'jump', table: 'gone', limit: '多い' }, /limit/],
    [{ rule: 'sum-differs', total: 't', parts: ['n1'] }, /数の欄/],
    [{ rule: 'target-passed', tables: ['gone'] }, /表 gone/],
    [{ rule: 'missed-but-hopeful', tables: ['gone'], choice: 'g', hopeful: ['Z'] }, /選択肢 Z/],
    [{ rule: 'same-as-previous', texts: ['n1'] }, /文字の欄/],
    [{ rule: 'project-not-listed', texts: ['t'], lists: ['gone'] }, /一覧 gone/],
    [{ rule: 'personal-data', texts: ['gone'] }, /番地 gone/],
    [{ rule: 'unheard-of' }, /checks/],
  ])('F44 %j is refused', (wrong, finding) => expect(findingsOf(source(wrong)).join('\n')).toMatch(finding));

  test('F45 a key twice, or too long for an address, is refused', () => {
    const checks = [check, check].map((one) => ({ key: 'k', ...one }));
    expect(findingsOf(sourceWith(fields, { checks })).join()).toMatch(/重なっている/);
  });
});
