// The real filled sheet, where it lies beside the project: every text of it arrives, and nothing is repaired in silence.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readGrid } from '../../electron/core/intake/grid.ts';
import { plainText } from '../../electron/core/intake/markup.ts';
import { planIntake } from '../../electron/core/intake/plan.ts';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { tableOf } from '../../electron/core/intake/table.ts';
import { applyPatch, type Values } from '../../shared/form/cell.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { lockOf, type Role } from '../../shared/form/form.ts';
import { findFaults } from '../../shared/form/validate.ts';
import { measureForm, root } from '../form/sample.ts';

const file = new URL('../shared/seed/memuro-2-2.txt', root);
const isThere = existsSync(file);
if (!isThere)
  console.warn('\n*** SKIPPED: ../shared/seed/memuro-2-2.txt is not here; the real sheet was not read ***\n');

const form = measureForm();
const answers = [
  { cell: '人工数(業務量) 2020年度決算', raw: '2.2948' },
  { cell: '人工数(業務量) 2021年度決算', raw: '1.2091' },
];
const fixed: Values = { number: '2-2', name: '関係人口創出プロジェクト', unit: '魅力創造課' };

describe.skipIf(!isThere)('the real sheet', () => {
  const bytes = isThere ? readFileSync(file) : new Uint8Array();
  const filled = readFilledSheet(form, tableOf(readGrid(bytes)));
  const raws = Object.fromEntries(filled.cells.map(({ address, raw }) => [address, raw]));
  const plan = (role: Role, given = answers, current: Values = role === 'department' ? fixed : {}) =>
    planIntake(form, filled, current, (cell) => lockOf(form, cell, role, new Set(Object.keys(fixed))), given);

  test('says which sheet it is and leaves nothing over', () => {
    expect(filled.number).toBe('2-2');
    expect(filled.leftovers).toEqual([]);
    expect(raws).toMatchObject({
      ...fixed,
      extension: '231',
      direction: '多様な形で地域に関わりまちづくりに参加する関係をつくる',
    });
    expect(raws).not.toHaveProperty('related');
  });

  test('gives every number as it was written, and none to the empty slot and year', () => {
    const row = (key: string) =>
      Object.entries(raws)
        .filter(([address]) => address.startsWith(`${key}__`))
        .map(([, raw]) => raw);
    expect(row('kpi__r1')).toEqual(['芽室町が好きな町民の割合', '住民意識調査', '%', '98.6', '92.6', '94.3', '95.0']);
    expect(row('kpi__r2')).toEqual(['ふるさと納税の寄附件数', '実績数', '件', '7,023', '8,378', '19,313', '8,000']);
    expect(row('kpi__r3')).toEqual([]);
    expect(row('cost__expense')).toEqual(['60,564', '64,542']);
    expect(row('cost__labour')).toEqual(['2,2948', '1,2091']);
    expect(Object.keys(raws).filter((address) => address.endsWith('2022'))).toEqual([]);
  });

  test('gives every text with its line breaks', () => {
    const lines = Object.fromEntries(Object.entries(raws).map(([address, raw]) => [address, raw.split('\n')]));
    expect(raws.intent).toBe(
      '・芽室町の魅力を発信し、認知度を上げる\n・芽室町を調べてもらい、来てもらう\n・町外の芽室ファンとともに芽室のまちづくりを進めていく',
    );
    expect(raws.kpi_reason).toBe('①95.0%以上を目指す。\n②8,000件以上を目指す。');
    expect(lines.policy).toHaveLength(1);
    expect(lines.outcome).toEqual([expect.stringMatching(/^芽室町民とともに.*地域となる。$/)]);
    expect(lines.result_reason).toEqual([
      '①は、昨今の芽室町における官民の新たな動きに対する期待値の表れと考える。',
      '②は、少額返礼品をイベント活用したことで寄附者数が増えた。',
    ]);
    expect(lines.outlook_reason).toEqual([expect.stringMatching(/^①は.*と考える。$/), '②は、目標達成している。']);
    expect([raws.projects_high__r1, raws.projects_high__r2]).toEqual([
      'シティプロモーション推進事業',
      'ふるさと納税特典贈呈事業',
    ]);
    expect(lines.projects_summary).toEqual([
      expect.stringMatching(/^シティプロモーション推進事業は.*につながった。$/),
      expect.stringMatching(/^ふるさと納税は.*があった。$/),
    ]);
    expect(lines.rating_text).toHaveLength(1);
    expect(lines.circumstances).toEqual([
      '《施策を取り巻く状況》',
      expect.stringMatching(/^人口減少、.*重要になる。$/),
      '《今後の予測》',
      expect.stringMatching(/^コロナ禍において、.*出てきている。$/),
    ]);
    expect(lines.opinions).toEqual([
      '《シティプロモーション》',
      '・シティプロモーションの推進で、どのような成果を目指すのか',
      '《ふるさと納税》',
      '・ふるさと納税寄附額の向上への新たな取り組みは',
      '・商品PR写真等統一感がない',
      '・食品以外の返礼品の展望は',
      '・返礼品の町民モニター制度の導入は',
    ]);
    expect(lines.actions).toEqual([
      expect.stringMatching(/^・まちなか再生.*推進する。$/),
      expect.stringMatching(/^・各種事業を.*つなげる。$/),
      expect.stringMatching(/^・ふるさと納税を.*目指す。$/),
    ]);
    expect(filled.notes).toHaveLength(1);
    expect(filled.notes[0]).toMatch(/^改行がつぶれたとみられる空白13か所を/);
  });

  test('holds no markup, and every character of it stands in a cell or is the form’s own', () => {
    expect(Object.values(raws).join('')).not.toMatch(/[<>]/);
    const squash = (text: string) => text.replace(/\s/g, '');
    const options = form.cells.flatMap((cell) => (cell.type === 'code' ? cell.options : []));
    const own = [
      ...form.sections.flatMap(({ title, groups }) => [title, ...groups.map(({ label }) => label)]),
      ...form.sections.flatMap((s) =>
        s.groups.flatMap((g) =>
          g.blocks.flatMap((block) => [
            block.label,
            ...(block.layout === 'grid' ? [...block.columns, ...block.rows].map(({ label }) => label) : []),
          ]),
        ),
      ),
      ...options.flatMap(({ code, label }) => [`${code}:${label}`, `☑${label}`, `☐${label}`, code]),
      '○',
    ]
      .map(squash)
      .filter((text) => text !== '')
      .sort((a, b) => b.length - a.length);
    const values = new Set(Object.values(raws).map(squash));
    for (const token of readGrid(bytes)
      .flat()
      .map((cell) => squash(plainText(cell).text))) {
      if (token === '' || values.has(token)) continue;
      let rest = token;
      for (const value of values) if (rest.endsWith(value) && own.includes(rest.slice(0, -value.length))) rest = '';
      for (const text of own) rest = rest.replaceAll(text, '');
      expect(rest, token).toBe('');
    }
  });

  test('asks about the two 人工 numbers with their raw text and both meanings', () => {
    for (const role of ['department', 'office'] as const) {
      const { asked, patch } = plan(role, []);
      expect(asked.filter(({ kind }) => kind === 'reading')).toMatchObject([
        { label: '人工数(業務量) 2020年度決算', raw: '2,2948', candidates: [{ value: '2.2948' }, { value: '22948' }] },
        { label: '人工数(業務量) 2021年度決算', raw: '1,2091', candidates: [{ value: '1.2091' }, { value: '12091' }] },
      ]);
      expect(patch).toMatchObject({
        cost__labour__settled_2020__raw: '2,2948',
        cost__labour__settled_2021__raw: '1,2091',
      });
      expect(patch).not.toHaveProperty('cost__labour__settled_2020');
    }
  });

  test('reads the circles as D and asks where the words say 前進した, for board and council on both sides', () => {
    for (const role of ['department', 'office'] as const) {
      const reason = '文章は「前進した」（C）、○は D です。どちらが正しいか確かめてください。';
      expect(plan(role).asked).toMatchObject([
        { kind: 'check', label: '経営戦略会議 進捗結果', raw: 'D', reason },
        { kind: 'check', label: '総合計画審議会 進捗結果', raw: 'D', reason },
        { kind: 'check', label: '重要業績評価指標 ② 2021年度実績', reason: expect.stringContaining('130.5%の増') },
        { kind: 'check', label: '人工数(業務量) 2021年度決算', reason: expect.stringContaining('47.3%の減') },
        { kind: 'check', label: '重要業績評価指標 ② 2024年度(目標)', raw: '8,000', answer: null },
        { kind: 'check', label: '②2024年度の目標値達成見込み', reason: expect.stringContaining('94.3 ＜ 95.0') },
      ]);
    }
    expect(plan('department').patch).toMatchObject({ rating: 'D', result: 'up', outlook: 'reach' });
  });

  test('leaves the committees’ cells unmatched for a department and fills them for the office', () => {
    const department = plan('department');
    expect(department.unmatched).toEqual([
      { text: raws.board_text, reason: '「経営戦略会議 評価」は、経営戦略会議が記入する欄' },
      { text: 'D', reason: '「経営戦略会議 進捗結果」は、経営戦略会議が記入する欄' },
      { text: raws.board_opinion, reason: '「経営戦略会議 今後の取組に対する意見」は、経営戦略会議が記入する欄' },
      { text: raws.council_text, reason: '「総合計画審議会 評価」は、総合計画審議会が記入する欄' },
      { text: 'D', reason: '「総合計画審議会 進捗結果」は、総合計画審議会が記入する欄' },
    ]);
    expect(department.matched.filter(({ same }) => same).map(({ address }) => address)).toEqual([
      'number',
      'name',
      'unit',
    ]);
    const office = plan('office');
    expect(office.unmatched).toEqual([]);
    expect(office.patch).toMatchObject({
      board: 'D',
      council: 'D',
      board_opinion: '5に記載の取り組みを進めてください。',
    });
  });

  test('is complete once the two questions are answered, and may be stored as it is', () => {
    const values = applyPatch(fixed, plan('department').patch);
    expect(completeness(form, values, 'department')).toMatchObject({ missing: [], asked: [] });
    expect(values).toMatchObject({ cost__labour__settled_2020: '2.2948', cost__labour__settled_2020__raw: '2,2948' });
    expect(findFaults(form, values)).toEqual([]);
    const whole = applyPatch({}, plan('office').patch);
    for (const role of ['department', 'office'] as const) expect(completeness(form, whole, role).missing).toEqual([]);
    expect(completeness(form, applyPatch(fixed, plan('department', []).patch), 'department')).toMatchObject({
      missing: [{ address: 'cost__labour__settled_2020' }, { address: 'cost__labour__settled_2021' }],
      asked: [{ address: 'cost__labour__settled_2020' }, { address: 'cost__labour__settled_2021' }],
    });
  });
});
