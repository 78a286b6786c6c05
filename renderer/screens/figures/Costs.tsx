// What measures cost: by group over the years, and sheet by sheet in one year.
import { memo, useMemo } from 'react';
import type { SheetFacts } from '../../../shared/figures/facts.ts';
import * as tables from '../../../shared/figures/tables.ts';
import { showDecimal } from '../../../shared/kernel/decimal.ts';
import { Bars } from '../../charts/Bars.tsx';
import { looksFor } from '../../charts/Look.tsx';
import { Link } from '../../ui/Button.tsx';
import { useFew } from '../Few.tsx';
import { Figure } from './Figure.tsx';
import type { OpenBehind } from './look.ts';
import { Opening, Scrolled } from './tables.tsx';

type Props = { costed: tables.Costed; goal: string; source: string; onBehind: OpenBehind };

/** The cost with its unit, once. */
export const costName = ({ label, unit }: tables.Costed['cost']): string =>
  unit === '' || label.includes(unit) ? label : `${label}（${unit}）`;

// Drawing alone: sums are exact, and the table shows them so.
const drawn = (value: string | null | undefined): number => (value === null || value === undefined ? 0 : Number(value));

/** Not drawn anew when only the year below it changes. */
export const CostByGroup = memo(function CostByGroup({ costed, goal, source, onBehind }: Props) {
  const { cost } = costed;
  const { rows, totals } = useMemo(() => tables.costTotals(costed), [costed]);
  const wholes = useMemo(() => cost.columns.map((_, at) => tables.totalOf(costed.sheets, at)), [cost, costed]);
  const title = `${costName(cost)}：${goal}ごとの推移`;
  const looks = looksFor(cost.columns.length, false);
  // A column that nobody has filled yet has nothing to draw, and would only keep the others apart.
  const drawnColumns = [...cost.columns.keys()].filter((column) => wholes[column]?.sum !== null);
  const textOf = ({ sum }: tables.Total) => (sum === null ? '' : showDecimal(sum));
  const behind = (row: number, column: number) => {
    const total = totals[row]?.[column];
    if (!total) return;
    const heading = `${rows[row]?.label}、${cost.columns[column]?.label}`;
    onBehind({
      title: `${heading}：${textOf(total)}${cost.unit}（${total.counted.length}枚）`,
      items: costed.sheets
        .filter(({ sheet }) => total.counted.includes(sheet))
        .map(({ sheet, amounts }) => ({ sheet, note: amountWords(amounts[column]) })),
    });
  };
  const lacking = (row: number, column: number, sheets: readonly SheetFacts[]) =>
    onBehind({
      title: `${rows[row]?.label}、${cost.columns[column]?.label}：数のないシート${sheets.length}枚`,
      items: sheets.map((sheet) => ({ sheet })),
    });
  return (
    <Figure
      title={title}
      words="数の入っているシートだけを合計します。数のないシートは0とせず、表に枚数を出します。"
      source={source}
      chart={(width) => (
        <Bars
          label={`${title}の図`}
          rows={rows.map((row, at) => ({
            key: row.key,
            label: row.label,
            bars: drawnColumns.map((column) => {
              const total = totals[at]?.[column];
              if (!total || total.sum === null) return null;
              const label = `${row.label}、${cost.columns[column]?.label}：${textOf(total)}${cost.unit}`;
              return { value: drawn(total.sum), text: textOf(total), label };
            }),
          }))}
          series={drawnColumns.map((column) => ({
            label: cost.columns[column]?.label ?? '',
            look: looks[column] ?? 'solid',
          }))}
          stacked={false}
          width={width}
          tick={tick}
          onOpen={(row, which) => behind(row, drawnColumns[which] ?? 0)}
        />
      )}
      table={
        <Scrolled label={`${title}の表`}>
          <table className="table figures-table">
            <caption className="for-ears">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{goal}</th>
                {cost.columns.map(({ label }) => (
                  <th key={label} scope="col" className="number">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={row.key}>
                  <th scope="row">{row.label}</th>
                  {(totals[at] ?? []).map((total, column) => (
                    <td key={cost.columns[column]?.label} className="number">
                      {total.sum === null ? (
                        '—'
                      ) : (
                        <Opening
                          text={textOf(total)}
                          of={`${row.label}、${cost.columns[column]?.label}の${total.counted.length}枚`}
                          onOpen={() => behind(at, column)}
                        />
                      )}
                      {total.lacking.length > 0 && (
                        <span className="lacking">
                          <Opening
                            text={`数なし${total.lacking.length}枚`}
                            of={`${row.label}、${cost.columns[column]?.label}の数のないシート`}
                            onOpen={() => lacking(at, column, total.lacking)}
                          />
                        </span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">計</th>
                {cost.columns.map(({ label }, column) => (
                  <td key={label} className="number">
                    {(wholes[column] && textOf(wholes[column])) || '—'}
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        </Scrolled>
      }
    />
  );
});

const amountWords = (amount: { value: string | null; state: string | null } | undefined): string =>
  [amount?.value ? showDecimal(amount.value) : '', amount?.state].filter(Boolean).join(' ');

const tick = (value: number): string => showDecimal(String(value));

/** As many as can be told apart in one drawing. */
const DRAWN = 20;

type SheetsProps = Omit<Props, 'goal' | 'onBehind'> & { column: number; open: (sheet: string) => void };

export function CostBySheet({ costed, source, column, open }: SheetsProps) {
  const { cost } = costed;
  const sorted = useMemo(() => tables.byCost(costed, column), [costed, column]);
  const heading = cost.columns[column]?.label ?? '';
  const title = `${costName(cost)}：シートごと（${heading}）`;
  const top = sorted.filter(({ amounts }) => typeof amounts[column]?.value === 'string').slice(0, DRAWN);
  const { few, more } = useFew(sorted, '枚', column);
  if (top.length === 0) return <p>{heading}の数が入っているシートは、まだありません。</p>;
  return (
    <Figure
      title={title}
      words={`多いものから${top.length}枚を図に出します。表には、数のないシートも入っています。`}
      source={source}
      chart={(width) => (
        <Bars
          label={`${title}の図`}
          rows={top.map(({ sheet, amounts }) => {
            const text = showDecimal(amounts[column]?.value ?? '');
            const name = `${sheet.number} ${sheet.name}`;
            return {
              key: sheet.id,
              label: name,
              bars: [{ value: drawn(amounts[column]?.value), text, label: `${name}：${text}${cost.unit}` }],
            };
          })}
          series={[{ label: heading, look: 'solid' }]}
          stacked={false}
          width={width}
          tick={tick}
          onOpen={(row) => open(top[row]?.sheet.id ?? '')}
        />
      )}
      table={
        <div className="stack-close">
          <Scrolled label={`${title}の表`}>
            <table className="table figures-table">
              <caption className="for-ears">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">シート</th>
                  {cost.columns.map(({ label }) => (
                    <th key={label} scope="col" className="number">
                      {label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {few.map(({ sheet, amounts }) => (
                  <tr key={sheet.id}>
                    <th scope="row">
                      <Link onClick={() => open(sheet.id)}>{`${sheet.number} ${sheet.name}`}</Link>
                    </th>
                    {cost.columns.map(({ label }, at) => (
                      <td key={label} className="number">
                        {amountWords(amounts[at]) || '—'}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolled>
          {more}
        </div>
      }
    />
  );
}
