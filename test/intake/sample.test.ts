// The invented filled sheet that comes with the program: read as it is, and in every shape in which such files travel.
import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { readGrid } from '../../electron/core/intake/grid.ts';
import { planIntake } from '../../electron/core/intake/plan.ts';
import { type FilledSheet, readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { tableOf } from '../../electron/core/intake/table.ts';
import { applyPatch } from '../../shared/form/cell.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { lockOf } from '../../shared/form/form.ts';
import { measureForm, root } from '../form/sample.ts';

const form = measureForm();
const source = readFileSync(new URL('resources/samples/memuro-sample.txt', root), 'utf8');
const read = (text: string) => readFilledSheet(form, tableOf(readGrid(new TextEncoder().encode(text))));
const cellsOf = (filled: FilledSheet) => Object.fromEntries(filled.cells.map(({ address, raw }) => [address, raw]));

const expected = {
  number: '3-1',
  name: 'みどりの暮らし移住応援',
  direction: '住みたい人が安心して移り住める環境を整える',
  goal: '移り住む人と住み続ける人を増やす',
  unit: 'くらし移住課',
  chief: '山吹花代',
  extension: '412',
  related: '建設課、子育て支援課',
  policy:
    '空き家の活用と移住相談の充実により、町外の人が花見沢町での暮らしを具体的に思い描き、移り住むことができるようにする',
  target: '移住を考えている町外の人、空き家の所有者',
  intent:
    '・花見沢町の暮らしを知ってもらう\n・お試し住宅に泊まり、暮らしを体験してもらう\n・空き家を住まいとして活かす',
  outcome: '町外から移り住む人が増え、地域の行事や担い手が保たれる。',
  kpi__r1__name: '移住相談の件数',
  kpi__r1__source: '窓口とオンラインの計',
  kpi__r1__measure: '件',
  kpi__r1__base: '1,204',
  kpi__r1__actual_2020: '1,187',
  kpi__r1__actual_2021: '1,356',
  kpi__r1__target: '1,500',
  kpi__r2__name: 'お試し住宅の利用率',
  kpi__r2__source: '利用日数÷開設日数',
  kpi__r2__measure: '%',
  kpi__r2__base: '41.5',
  kpi__r2__actual_2020: '28.0',
  kpi__r2__actual_2021: '36.25',
  kpi__r2__target: '50.0',
  kpi_reason: '①年1,500件の相談を受ける。\n②開設日の半分の利用を目指す。',
  cost__expense__settled_2020: '12,480',
  cost__expense__settled_2021: '13,905',
  cost__labour__settled_2020: '1,8025',
  cost__labour__settled_2021: '2,0150',
  result: '成果は向上した',
  result_reason: '①は、夜間のオンライン相談を始めたことで増えた。\n②は、冬の利用が戻った。',
  outlook: '現状の取り組みの延長で目標達成は難しいが、現行事業の見直しや新規事業の企画実施で目標達成は可能',
  outlook_reason: 'お試し住宅の予約方法を見直せば、②も目標に届く見込みである。',
  projects_high__r1: '移住相談事業',
  projects_high__r2: 'お試し住宅管理事業',
  projects_low__r1: '移住フェア出展事業',
  projects_summary:
    '相談から見学、体験までを一つの窓口で受けられるようになった。\n移住フェアは会場開催が減り、効果が小さかった。R&D型の実証(<仮称>ためし暮らし)は次年度に行う。',
  rating_text: '相談の体制が整い、移住者も少しずつ増えており、前進したと考える。',
  rating: 'D',
  circumstances:
    '《状況》\n働き方が変わり、地方で暮らすことへの関心が高まっている。\n《予測》\n住まいの不足が続くと見込まれる。',
  opinions: '・空き家の片付けに補助がほしい\n・駅からの足がない',
  actions:
    '・空き家の持ち主への聞き取りを行い、貸し出せる住まいの一覧をつくる。\n・お試し住宅の予約を通年で受け付ける。',
  board_text: '相談件数の伸びを評価し、大きく前進したとする。',
  board: 'B',
  board_opinion: '建設課と協力して空き家の調査を進めること。',
  council_text: '現状を維持したと評価する。',
  council: 'D',
};

describe('the sample sheet', () => {
  test('is read cell by cell, with nothing left over', () => {
    const filled = read(source);
    expect(cellsOf(filled)).toEqual(expected);
    expect(filled).toMatchObject({ number: '3-1', leftovers: [], computed: [] });
    expect(filled.notes).toEqual([
      '改行がつぶれたとみられる空白7か所を、改行として読みました：「意図」「評価指標設定の考え方」「想定される理由」' +
        '「③事務事業全体の振り返り(総括)」「施策を取り巻く状況と今後の予測」',
    ]);
  });

  test('is complete once its two unclear numbers are answered', () => {
    const lock = (cell: (typeof form.cells)[number]) => lockOf(form, cell, 'department', new Set());
    const answers = [
      { cell: '人工数(業務量) 2020年度決算', raw: '1.8025' },
      { cell: '人工数(業務量) 2021年度決算', raw: '2.0150' },
    ];
    const asked = planIntake(form, read(source), {}, lock, []).asked;
    expect(asked.map(({ kind, raw }) => [kind, raw])).toEqual([
      ['reading', '1,8025'],
      ['reading', '2,0150'],
      ['check', 'D'],
    ]);
    const values = applyPatch({}, planIntake(form, read(source), {}, lock, answers).patch);
    expect(completeness(form, values, 'department')).toMatchObject({ missing: [], asked: [] });
    expect(values.cost__labour__settled_2021).toBe('2.0150');
  });
});

const sections = source.split(/\n(?=\d\. )/);
const moved = [sections[0], ...sections.slice(1).reverse()].join('\n');
const wide = (text: string) => text.replace(/[0-9().:%]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const labels = ['施策番号', '2020年度実績', '2021年度実績', '2022年度実績', '策定時(基準値)', '施策事業費(千円)'];
const titles = sections.slice(1).map((section) => section.split('\n')[0] ?? '');

describe('the same sheet', () => {
  test.each<[string, Uint8Array]>([
    ['in CP932', iconv.encode(source, 'cp932')],
    ['in UTF-16', iconv.encode(source, 'utf-16le', { addBOM: true })],
    ['with a mark of UTF-8', iconv.encode(source, 'utf-8', { addBOM: true })],
    ['with line ends of Windows', iconv.encode(source.replaceAll('\n', '\r\n'), 'utf-8')],
    ['with its sections in another order', iconv.encode(moved, 'utf-8')],
    ['with a blank column on the left', iconv.encode(source.replaceAll('\n', '\n\t'), 'utf-8')],
    ['with blank columns on the right', iconv.encode(source.replaceAll('\n', '\t\t\t\n'), 'utf-8')],
    ['without blank rows', iconv.encode(source.replace(/\n{2,}/g, '\n'), 'utf-8')],
    ['with blank rows everywhere', iconv.encode(source.replaceAll('\n', '\n\n'), 'utf-8')],
    ['with blank columns between', iconv.encode(source.replaceAll('\t', '\t\t'), 'utf-8')],
    [
      'with labels in full width and spaced',
      iconv.encode(
        [...labels, ...titles].reduce(
          (text, label) => text.replaceAll(label, wide(label).replace('度', '度 ')),
          source,
        ),
        'utf-8',
      ),
    ],
  ])('%s reads the same', (_what, bytes) => {
    const filled = readFilledSheet(form, tableOf(readGrid(bytes)));
    expect(cellsOf(filled)).toEqual(expected);
    expect(filled.leftovers).toEqual([]);
  });

  test('with texts that belong nowhere keeps every one of them', () => {
    const more = source
      .replace('\n\n1. ', '\n花見沢町 様式第1号\t\t作成 令和4年6月\n\n1. ')
      .replace('③\t', '④ 余分な指標\t余分\n③\t')
      .replace('\t○\t\n\nA:', '\t○\t\t欄外の覚え\n\nA:')
      .concat('\n裏面に続く\n');
    const filled = read(more);
    expect(cellsOf(filled)).toEqual(expected);
    expect(filled.leftovers.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        '花見沢町 様式第1号',
        '作成 令和4年6月',
        '④ 余分な指標',
        '余分',
        '欄外の覚え',
        '裏面に続く',
      ]),
    );
  });

  test.each([
    ['two circles', '○\t○', 'C D'],
    ['a circle right of the codes', '\t\t\t○', '○'],
    ['a letter instead of a circle', '\tＤ', 'Ｄ'],
  ])('with %s under the codes keeps what stands there for the question', (_what, marks, raw) => {
    const text = source.replace('\t\t進捗結果\t\t\t\t○\t', `\t\t進捗結果\t\t\t${marks}`);
    expect(cellsOf(read(text)).rating).toBe(raw);
  });
});
