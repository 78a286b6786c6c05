// @vitest-environment jsdom
// The pictures of the whole against a town counted by hand, each against the table beside it; and a large town.
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { SheetFacts } from '../../shared/figures/facts.ts';
import type { Plan } from '../../shared/figures/plan.ts';
import { fakeHost } from './fakehost.ts';
import { press, show } from './screen.tsx';

globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

const PLAN: Plan = {
  goal: '基本目標',
  ratings: [
    {
      label: '進捗',
      raters: ['担当課', '庁内', '外部'],
      options: [
        { code: 'A', label: '進んだ' },
        { code: 'B', label: '変わらない' },
      ],
    },
  ],
  costs: [
    {
      label: '事業費',
      unit: '千円',
      columns: [
        { year: 2020, label: '2020年度' },
        { year: 2021, label: '2021年度' },
        { year: 2022, label: '2022年度' },
      ],
    },
  ],
};

type Indicator = SheetFacts['indicators'][number];
const indicator = (
  type: Indicator['type'],
  status: Indicator['status'],
  movement: Indicator['movement'],
  values: readonly string[],
): Indicator => ({
  key: 'kpi r1',
  address: 'kpi__r1__target',
  label: '①',
  name: '利用者',
  unit: '人',
  type,
  status,
  statement: 'こうなった',
  movement,
  base: '10',
  points: values.map((value, at) => ({ year: 2020 + at, value, isExpected: false })),
  target: { year: 2024, value: '1000' },
  upper: null,
});

function sheet(
  number: string,
  goal: string,
  grades: readonly (string | null)[],
  costs: readonly (string | null)[],
  indicators: readonly Indicator[] = [],
): SheetFacts {
  return {
    id: `s${number.padStart(20, '0').replace(/\D/g, '0')}`,
    number,
    name: `施策${number}`,
    units: ['花の課'],
    plan: 0,
    goal,
    grades: [[...grades]],
    costs: [costs.map((value) => ({ value, state: null }))],
    indicators: [...indicators],
  };
}

/** Counted by hand: whatever the screen says of it stands in the expectations below. */
const TOWN: readonly SheetFacts[] = [
  sheet('1', '緑', ['A', 'A', 'B'], ['100', '120.5', null], [indicator('increase', 'achieved', 1, ['900', '1100'])]),
  sheet('2', '緑', ['A', 'B', null], ['50', null, null], [indicator('increase', 'missed', -1, ['500', '400'])]),
  sheet('3', '緑', ['B', 'B', 'B'], [null, '0', null], [indicator('decrease', 'missed', 1, ['30', '20'])]),
  sheet('4', '子', ['A', null, null], ['7', '8', null], [indicator('increase', 'unknown', null, ['5'])]),
  sheet('5', '子', [null, null, null], [null, null, null]),
  sheet('6', '', ['A', 'B', 'A'], ['1', '2', null], [indicator('increase', 'achieved', 0, ['1000', '1000'])]),
];

function showTown(sheets: readonly SheetFacts[]): void {
  const host = fakeHost({ role: 'office' });
  host.answers['figures.show'] = ({ start = 0 }) => {
    const page = sheets.slice(start, start + 500);
    return { plans: [PLAN], sheets: [...page], total: sheets.length };
  };
  show(host);
}

const figure = (title: string) => screen.findByRole('region', { name: title });
const words = (element: Element | null | undefined): string => element?.textContent?.trim() ?? '';
/** What is seen of a cell, without what is only for ears. */
const seen = (cell: Element): string => {
  const copy = cell.cloneNode(true) as Element;
  for (const one of copy.querySelectorAll('.for-ears, .lacking')) one.remove();
  return words(copy);
};

/** A table as a row for each line: its heading and the numbers under their columns' spoken names. */
function tableIn(place: HTMLElement): Map<string, Map<string, string>> {
  const heads = [...place.querySelectorAll('thead th')]
    .slice(1)
    .map((head) => words(head.querySelector('.for-ears') ?? head));
  const rows = [...place.querySelectorAll('tbody tr')].map((row): [string, Map<string, string>] => {
    const cells = [...row.querySelectorAll('td')].map(seen);
    return [words(row.querySelector('th')), new Map(heads.map((head, at) => [head, cells[at] ?? '']))];
  });
  return new Map(rows);
}

const marksIn = (place: HTMLElement): string[] =>
  [...place.querySelectorAll('[data-mark]')].map((mark) => mark.getAttribute('aria-label') ?? '');

/** The marks that a cross table asks for: one for every number that is not 0, sums left out. */
const marksOf = (table: ReturnType<typeof tableIn>, unit: string, axes: [string, string] = ['', '']): string[] =>
  [...table].flatMap(([row, columns]) =>
    [...columns].flatMap(([column, count]) =>
      column === '計' || count === '0' ? [] : [`${axes[0]}${row}、${axes[1]}${column}：${count}${unit}`],
    ),
  );

const openPicture = async (name: string): Promise<void> => {
  await press(name);
  await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull());
};

test('every picture says what was counted by hand, and its table says the same', async () => {
  showTown(TOWN);
  await press('全体の図');
  const pair = await figure('進捗：担当課と庁内');
  const table = tableIn(pair);
  expect([...(table.get('A 進んだ') ?? [])]).toEqual([
    ['A 進んだ', '1'],
    ['B 変わらない', '2'],
    ['記入なし', '1'],
    ['計', '4'],
  ]);
  expect(table.get('B 変わらない')?.get('B 変わらない')).toBe('1');
  expect(table.get('記入なし')?.get('記入なし')).toBe('1');
  for (const [down, across] of [
    ['担当課', '庁内'],
    ['担当課', '外部'],
    ['庁内', '外部'],
  ]) {
    const one = await figure(`進捗：${down}と${across}`);
    expect(marksIn(one).sort()).toEqual(marksOf(tableIn(one), '枚', [`${down} `, `${across} `]).sort());
  }
  const differing = screen.getByRole('region', { name: '進捗：評価の違うシート' });
  within(differing).getByText('6枚のうち、3枚で評価が違います。');

  await openPicture('評価の分布');
  const given = await figure('進捗：評価の分布');
  const byRater = tableIn(given);
  const graded = (rater: string) => [...(byRater.get(rater)?.values() ?? [])];
  expect([graded('担当課'), graded('庁内'), graded('外部')]).toEqual([
    ['4', '1', '1', '6'],
    ['1', '3', '2', '6'],
    ['1', '2', '3', '6'],
  ]);
  expect(marksIn(given)).toEqual(marksOf(byRater, '枚'));

  await openPicture('指標の達成状況');
  const reached = await figure('指標の達成状況');
  const byGoal = tableIn(reached);
  expect([...byGoal].map(([goal, counts]) => [goal, ...counts.values()])).toEqual([
    ['緑', '1', '2', '0', '3'],
    ['子', '0', '0', '1', '1'],
    ['記入なし', '1', '0', '0', '1'],
  ]);
  expect(marksIn(reached)).toEqual(marksOf(byGoal, '件'));

  await openPicture('前の年度からの動き');
  const moved = await figure('前の年度からの動き');
  const byType = tableIn(moved);
  expect([...byType].map(([type, counts]) => [type, ...counts.values()])).toEqual([
    ['増やす', '1', '1', '1', '1', '4'],
    ['減らす', '1', '0', '0', '0', '1'],
  ]);
  expect(marksIn(moved)).toEqual(marksOf(byType, '件'));

  await openPicture('費用');
  const costs = await figure('事業費（千円）：基本目標ごとの推移');
  const sums = tableIn(costs);
  expect([...sums].map(([goal, years]) => [goal, ...years.values()])).toEqual([
    ['緑', '150', '120.5', '—'],
    ['子', '7', '8', '—'],
    ['記入なし', '1', '2', '—'],
  ]);
  const drawn = [...sums].flatMap(([goal, years]) =>
    [...years].flatMap(([year, sum]) => (sum === '—' ? [] : [`${goal}、${year}：${sum}千円`])),
  );
  expect(marksIn(costs)).toEqual(drawn);
  within(costs).getAllByText('数なし1枚');
  const bySheet = await figure('事業費（千円）：シートごと（2021年度）');
  const listed = tableIn(bySheet);
  expect([...listed].map(([one, years]) => [one, years.get('2021年度')])).toEqual([
    ['1 施策1', '120.5'],
    ['4 施策4', '8'],
    ['6 施策6', '2'],
    ['3 施策3', '0'],
    ['2 施策2', '—'],
    ['5 施策5', '—'],
  ]);
  const costly = [...listed].filter(([, years]) => years.get('2021年度') !== '—');
  expect(marksIn(bySheet)).toEqual(costly.map(([one, years]) => `${one}：${years.get('2021年度')}千円`));

  await openPicture('指標の推移');
  const trends = await figure('指標の推移');
  const rows = [...trends.querySelectorAll('tbody tr')];
  expect(rows).toHaveLength(5);
  expect(words(rows[0])).toContain('1 ①利用者');
  for (const [at, label] of marksIn(trends).entries()) {
    const [, unit, , ...rest] = [...(rows[at]?.querySelectorAll('th, td') ?? [])].map(seen);
    const points = rest.slice(0, -2).filter((value) => value !== '');
    const told = points.map((value, year) => `${2020 + year}年度 ${value}`).join('、');
    expect(label).toContain(`：${told}、目標 1,000${unit}（2024年度）、こうなった`);
  }
});

test('who has written no cost yet reads so, and no axis of numbers that nobody wrote', async () => {
  showTown(TOWN.map((one) => ({ ...one, costs: [[null, null, null].map(() => ({ value: null, state: null }))] })));
  await press('全体の図');
  await figure('進捗：担当課と庁内');
  await openPicture('費用');
  await screen.findByText('事業費（千円）の数が入っているシートは、まだありません。');
  expect(document.querySelector('svg.chart')).toBeNull();
});

test('many sheets are drawn a part at a time, on paper whole', async () => {
  const many = Array.from({ length: 320 }, (_, at) =>
    sheet(String(at + 1), `目標${at % 40}`, ['A', 'B', null], [String(at), String(at), null]),
  );
  showTown(many);
  await press('全体の図');
  const differing = await screen.findByRole('region', { name: '進捗：評価の違うシート' });
  const rowsIn = (place: HTMLElement) => place.querySelectorAll('tbody tr').length;
  expect(rowsIn(differing)).toBe(50);
  await press('次の50枚も見る（残り270枚）');
  expect(rowsIn(differing)).toBe(100);
  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(rowsIn(differing)).toBe(320);
  act(() => void window.dispatchEvent(new Event('afterprint')));
  expect(rowsIn(differing)).toBe(100);
  const pair = await figure('進捗：担当課と庁内');
  await userEvent.click(within(pair).getByRole('button', { name: '担当課 A 進んだ、庁内 B 変わらない：320枚' }));
  const dialog = await screen.findByRole('dialog', { name: '担当課 A 進んだ、庁内 B 変わらない：320枚' });
  expect(within(dialog).getAllByRole('listitem')).toHaveLength(50);
  within(dialog).getByRole('button', { name: '一覧でこの320枚を選ぶ' });
});
