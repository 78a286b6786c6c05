// The pictures of the whole as tables, each with the sheets behind its numbers.
import { joinPages, pagesOf, type SheetFacts } from '../../shared/figures/facts.ts';
import * as tables from '../../shared/figures/tables.ts';
import { showDecimal } from '../../shared/kernel/decimal.ts';
import { done, type Run } from './answer.ts';

type Square = { text: string; sheets: string[] };
type Table = { title: string; columns: string[]; rows: { label: string; squares: Square[] }[] };

const numbersOf = (items: readonly tables.Counted[]): string[] => [...new Set(items.map(({ sheet }) => sheet.number))];

const crossAsData = <T extends tables.Counted>(title: string, { rows, columns, squares }: tables.Cross<T>): Table => ({
  title,
  columns: columns.map(({ label }) => label),
  rows: rows.map(({ label }, row) => ({
    label,
    squares: columns.map((_, column) => {
      const items = squares[row]?.[column] ?? [];
      return { text: String(items.length), sheets: numbersOf(items) };
    }),
  })),
});

function ratingTables(graded: tables.Graded): Table[] {
  const { label, raters, options } = graded.rating;
  const pairs = raters.flatMap((_, across) => raters.slice(0, across).map((_rater, down) => ({ down, across })));
  const gradeOf = (code: string | null | undefined) => {
    const option = options.find((one) => one.code === code);
    return option ? tables.gradeWords(option) : '';
  };
  const differing = {
    title: `${label}：評価の違うシート`,
    columns: raters,
    rows: tables.differing(graded).map(({ sheet, grades }) => ({
      label: `${sheet.number} ${sheet.name}`,
      squares: raters.map((_, at) => ({ text: gradeOf(grades[at]), sheets: [sheet.number] })),
    })),
  };
  return [
    ...pairs.map(({ down, across }) =>
      crossAsData(`${label}：${raters[down]}（縦）×${raters[across]}（横）`, tables.gradesCross(graded, down, across)),
    ),
    ...(raters.length > 1 ? [differing] : []),
    crossAsData(`${label}：評価の分布`, tables.gradesByRater(graded)),
  ];
}

function costTable(costed: tables.Costed): Table {
  const { cost } = costed;
  const { rows, totals } = tables.costTotals(costed);
  const squareOf = ({ sum, counted, lacking }: tables.Total): Square => ({
    text: `${sum === null ? '' : showDecimal(sum)}${lacking.length > 0 ? `（数のないシート${lacking.length}）` : ''}`,
    sheets: counted.map(({ number }) => number),
  });
  return {
    title: `${cost.label}${cost.unit && !cost.label.includes(cost.unit) ? `（${cost.unit}）` : ''}`,
    columns: cost.columns.map(({ label }) => label),
    rows: [
      ...rows.map(({ label }, row) => ({ label, squares: (totals[row] ?? []).map(squareOf) })),
      { label: '計', squares: cost.columns.map((_, at) => squareOf(tables.totalOf(costed.sheets, at))) },
    ],
  };
}

function trendTable(sheets: readonly SheetFacts[]): Table {
  const all = tables.indicatorsIn(sheets);
  const years = [...new Set(all.flatMap(({ indicator }) => indicator.points.map(({ year }) => year)))].sort();
  const shown = (value: string | null | undefined) => (typeof value === 'string' ? showDecimal(value) : '');
  return {
    title: '指標の推移',
    columns: ['単位', '種類', '基準値', ...years.map((year) => `${year}年度`), '目標', '判定'],
    rows: all.map(({ sheet, indicator }) => {
      const { unit, type, base, points, target, statement } = indicator;
      const actual = (year: number) => {
        const point = points.find((one) => one.year === year);
        return `${shown(point?.value)}${point?.isExpected ? '（見込）' : ''}`;
      };
      const goal = target.value === null ? '' : `${shown(target.value)}（${target.year}年度）`;
      const kind = type === null ? '' : (tables.TYPE_WORDS[type] ?? '');
      const texts = [unit, kind, shown(base), ...years.map(actual), goal, statement];
      return {
        label: `${sheet.number} ${indicator.label}${indicator.name}`,
        squares: texts.map((text) => ({ text, sheets: [sheet.number] })),
      };
    }),
  };
}

/** Every table of the pictures, in their order. */
export const showFigures: Run = async (host) => {
  const pages = await pagesOf((start) => host.ask('figures.show', { start }));
  const { plans, sheets } = joinPages(pages);
  const found: Table[] = [
    ...tables.ratingsIn(plans, sheets).flatMap(ratingTables),
    crossAsData('指標の達成状況', tables.achievement(sheets)),
    crossAsData('前の年度からの動き', tables.movement(sheets)),
    ...tables.costsIn(plans, sheets).map(costTable),
    trendTable(sheets),
  ];
  return done({ sheets: sheets.length, tables: found });
};

/** The tables with tabs between their columns, as spreadsheets take them. */
export function figureLines(value: Record<string, unknown>): string[] {
  const found = value.tables as Table[];
  const cell = (text: string) => text.replace(/\s+/g, ' ');
  return found.flatMap(({ title, columns, rows }) => [
    `■ ${title}`,
    ['', ...columns].map(cell).join('\t'),
    ...(rows.length === 0 ? ['ありません'] : []),
    ...rows.map(({ label, squares }) => [label, ...squares.map(({ text }) => text)].map(cell).join('\t')),
    '',
  ]);
}
