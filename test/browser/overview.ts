// An invented office near the end of its year, for looking at all sheets as a whole: three raters who do not always
// agree, indicators of several kinds, costs of which some are not known, and texts that are spelled in many ways.
import path from 'node:path';
import { makeOffice, makeWorld } from '../core/world.ts';

export type Overview = { office: string; close(): Promise<void> };

const GOALS = [
  'みどりの人の流れをつくる',
  '子どもを産み育てやすいまちをつくる',
  '安心して暮らし続けられる地域をつくる',
];
const UNITS = ['くらし移住課', 'まちなみ整備課', '子育て応援課'];
const NAMES = [
  'みどりの暮らし移住応援',
  '空き家と古民家の活用',
  '駅前広場のにぎわいづくり',
  '関係人口と二地域居住の促進',
  '放課後の居場所づくり',
  '産前産後の切れ目のない支援',
  '保育の質の向上と待機児童の解消',
  '学びと体験の機会づくり',
  '地域の足の確保とデマンド交通',
  '見守りと支え合いの仕組みづくり',
  '防災の備えと自主防災組織の育成',
  '地域医療を守る取り組み',
];
const GRADES: readonly (readonly [string, string, string])[] = [
  ['C', 'C', 'D'],
  ['B', 'C', 'C'],
  ['C', 'C', 'C'],
  ['D', 'D', 'D'],
  ['A', 'B', 'B'],
  ['C', 'D', ''],
  ['C', 'C', 'C'],
  ['B', 'B', ''],
  ['D', 'E', 'E'],
  ['C', '', ''],
  ['B', 'B', 'B'],
  ['', '', ''],
];
const KPIS: readonly (readonly string[])[] = [
  ['移住相談の件数', '件', 'increase', '120', '150', '186', '200'],
  ['空き家バンクの登録数', '件', 'cumulative', '10', '24', '41', '40'],
  ['駅前広場の催しの日数', '日', 'increase', '12', '8', '15', '30'],
  ['ふるさと納税の寄附件数', '件', 'increase', '7023', '8378', '19313', '8000'],
  ['放課後の居場所を使う子どもの割合', '％', 'keep_above', '42.0', '44.5', '44.5', '40.0'],
  ['産後ケアの利用者', '人', 'increase', '30', '52', '49', '60'],
  ['待機児童の数', '名', 'decrease', '24', '18', '9', '0'],
  ['体験講座の参加者', '人', '', '', '640', '', '900'],
  ['デマンド交通の利用者', '人', 'increase', '5200', '4100', '3900', '6000'],
  ['見守りの協力事業所', 'か所', 'cumulative', '35', '38', '44', ''],
  ['自主防災組織の組織率', '%', 'increase', '61.2', '63.0', '66.8', '75.0'],
];

/** `count`: how many sheets; the invented ones are repeated. */
export async function makeOverview(count = NAMES.length): Promise<Overview> {
  const world = await makeWorld();
  const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
  const rows = Array.from({ length: count }, (_, index) => {
    const goal = Math.floor((index % NAMES.length) / 4);
    return `${goal + 1}-${index + 1},${at(NAMES, index)},${at(UNITS, goal)},${at(GOALS, goal)}`;
  });
  const table = ['施策番号,施策名,主管課,基本目標', ...rows, ''].join('\n');
  const office = await makeOffice(world, '2022年度評価_企画財政課.hyoka', 'memuro-shisaku', table);
  const before = await makeLastYear(office.file, table);
  await office.ask('previous.import', { file: office.offer(before.file) });
  await before.close();
  for (let index = 0; index < count; index += 1) {
    const sheet = rows[index]?.split(',')[0] ?? '';
    const [own, board, council] = at(GRADES, index);
    const [name, unit, type, base, first, second, target] = at([...KPIS, []], index);
    const cost = 1_200 + ((index * 737) % 9_000);
    const cells = {
      rating: own,
      board,
      council,
      kpi__r1__name: name,
      kpi__r1__measure: unit,
      kpi__r1__type: type,
      kpi__r1__base: base,
      kpi__r1__actual_2020: first,
      kpi__r1__actual_2021: second,
      kpi__r1__target: target,
      ...(index % 5 === 0 ? { kpi__r1__actual_2022: `${Number(second) + 5}（見込）` } : {}),
      cost__expense__settled_2020: String(cost),
      cost__expense__settled_2021: index % 6 === 4 ? '' : String(Math.round(cost * (0.8 + (index % 4) / 6))),
      cost__labour__settled_2020: `1.${(index * 37) % 10}25`,
      cost__labour__settled_2021: index % 6 === 5 ? '未確定' : `1.${(index * 53) % 10}`,
      ...textsOf(index),
    };
    await office.ask('cell.set', {
      sheet,
      cells: Object.entries(cells).flatMap(([cell, raw]) => (raw ? [{ cell, raw }] : [])),
    });
  }
  await office.app.close();
  return { office: office.file, close: () => world.close() };
}

const SAME = '相談から見学、体験までを一つの窓口で受けられるようにし、子どもと親の居場所をつくる。';

function textsOf(index: number): Record<string, string> {
  const texts = [
    { actions: SAME, chief: '山川 一', extension: '2145', outcome: '利用者が120人に増えた。担当は山川 一まで。' },
    { intent: '子供の参加が２０％増えた。令和3年度は〇印の事業だけを行った。', outcome: '○印の事業は続ける。' },
    { intent: '問い合わせが増えた。2021年度からはｵﾝﾗｲﾝでも受ける。', opinions: '電話は 0155-00-1234 まで。' },
    { intent: 'こどもの居場所を R3年度に開いた。対象は３０㎡以上の空き家とする。', actions: '\ue000田の地区を含む。' },
  ];
  return texts[index % texts.length] ?? {};
}

/** The same numbers a year before, with one text that was copied. */
async function makeLastYear(beside: string, table: string) {
  const world = await makeWorld();
  const host = world.host();
  const file = path.join(world.folder, '2021年度評価_企画財政課.hyoka');
  await host.ask('workspace.create', {
    file: host.offer(file),
    office: '企画財政課',
    form: { id: 'memuro-shisaku' },
    year: 2021,
  });
  const rows = await world.write(`${path.basename(beside)}.csv`, table);
  await host.ask('assignment.import', { file: host.offer(rows) });
  await host.ask('cell.set', { sheet: '1-1', cells: [{ cell: 'actions', raw: SAME }] });
  await host.app.close();
  return { file, close: () => world.close() };
}
