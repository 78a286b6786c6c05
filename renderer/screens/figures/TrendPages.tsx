// The way of each indicator, a page of small drawings at a time, with the same numbers in a table.
import type { SheetFacts } from '../../../shared/figures/facts.ts';
import * as tables from '../../../shared/figures/tables.ts';
import { showDecimal } from '../../../shared/kernel/decimal.ts';
import { type Trend, Trends } from '../../charts/Trends.tsx';
import { Button, Link } from '../../ui/Button.tsx';
import { Figure } from './Figure.tsx';
import { Scrolled } from './tables.tsx';

type Props = {
  sheets: readonly SheetFacts[];
  /** Only indicators of this status; '' for all. */
  status: string;
  page: number;
  onPage: (page: number) => void;
  source: string;
  open: (sheet: string, cell: string) => void;
};

const AT_ONCE = 12;

const statusWord = (key: string): string => tables.STATUSES.find((one) => one.key === key)?.label ?? '';
const shown = (value: string | null): string => (value === null ? '' : showDecimal(value));

export function TrendPages({ sheets, status, page, onPage, source, open }: Props) {
  const found = tables
    .indicatorsIn(sheets)
    .filter(({ indicator }) => status === '' || indicator.status === status)
    .filter(({ indicator }) => indicator.points.length > 0);
  const last = Math.max(0, Math.ceil(found.length / AT_ONCE) - 1);
  const at = Math.min(page, last);
  const here = found.slice(at * AT_ONCE, (at + 1) * AT_ONCE);
  if (here.length === 0) return <p>実績の数が入っている指標は、まだありません。</p>;
  const title = last === 0 ? '指標の推移' : `指標の推移（${at + 1}／${last + 1}）`;
  return (
    <div className="stack">
      <p role="status" className="quiet">
        {`実績のある指標 ${found.length}件のうち、${at * AT_ONCE + 1}〜${at * AT_ONCE + here.length}件目`}
      </p>
      <Figure
        title={title}
        words="指標ごとに縦の目盛りが違います。高さを、ほかの指標と比べることはできません。"
        source={source}
        chart={(width) => (
          <Trends
            label={`${title}の図`}
            trends={here.map(trendOf)}
            width={width}
            onOpen={(which) => {
              const one = here[which];
              if (one) open(one.sheet.id, one.indicator.address);
            }}
          />
        )}
        table={<TrendTable title={title} here={here} open={open} />}
      />
      {last > 0 && (
        <div className="actions no-print">
          <Button kind="outline" size="toolbar" unused={at === 0} onClick={() => onPage(Math.max(0, at - 1))}>
            前の{AT_ONCE}件
          </Button>
          <Button kind="outline" size="toolbar" unused={at === last} onClick={() => onPage(Math.min(last, at + 1))}>
            次の{AT_ONCE}件
          </Button>
        </div>
      )}
    </div>
  );
}

function trendOf({ sheet, indicator }: tables.SheetIndicator): Trend {
  const { key, label, name, unit, status, statement, points, target, upper, base } = indicator;
  const goal = target.value === null ? '目標なし' : `目標 ${shown(target.value)}${unit}（${target.year}年度）`;
  const way = points.map((point) => `${point.year}年度 ${shown(point.value)}${point.isExpected ? '（見込）' : ''}`);
  return {
    key: `${sheet.id} ${key}`,
    title: `${sheet.number} ${label}${name}`,
    verdict: statusWord(status),
    label: `${sheet.number} ${sheet.name} ${label}${name}：${way.join('、')}、${goal}、${statement}`,
    unit,
    points: points.map((point) => ({ ...point, text: shown(point.value) })),
    target: { ...target, text: goal },
    upper,
    base,
  };
}

type TableProps = Pick<Props, 'open'> & { title: string; here: readonly tables.SheetIndicator[] };

function TrendTable({ title, here, open }: TableProps) {
  const years = [...new Set(here.flatMap(({ indicator }) => indicator.points.map(({ year }) => year)))].sort();
  return (
    <Scrolled label={`${title}の表`}>
      <table className="table figures-table">
        <caption className="for-ears">{title}</caption>
        <thead>
          <tr>
            <th scope="col" className="figures-words">
              指標
            </th>
            <th scope="col">単位</th>
            <th scope="col" className="number">
              基準値
            </th>
            {years.map((year) => (
              <th key={year} scope="col" className="number">
                {year}年度
              </th>
            ))}
            <th scope="col" className="number">
              目標
            </th>
            <th scope="col" className="figures-words">
              判定
            </th>
          </tr>
        </thead>
        <tbody>
          {here.map(({ sheet, indicator }) => (
            <tr key={`${sheet.id} ${indicator.key}`}>
              <th scope="row">
                <Link onClick={() => open(sheet.id, indicator.address)}>
                  {`${sheet.number} ${indicator.label}${indicator.name}`}
                </Link>
              </th>
              <td>{indicator.unit}</td>
              <td className="number">{shown(indicator.base)}</td>
              {years.map((year) => {
                const point = indicator.points.find((one) => one.year === year);
                return (
                  <td key={year} className="number">
                    {point && `${shown(point.value)}${point.isExpected ? '（見込）' : ''}`}
                  </td>
                );
              })}
              <td className="number">
                {indicator.target.value !== null && `${shown(indicator.target.value)}（${indicator.target.year}）`}
              </td>
              <td>{`${statusWord(indicator.status)}：${indicator.statement}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
