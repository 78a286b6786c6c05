// How raters judged: two against each other, the sheets on which they differ, and which grades each of them gave.
import { useState } from 'react';
import * as tables from '../../../shared/figures/tables.ts';
import { Bars } from '../../charts/Bars.tsx';
import { looksFor } from '../../charts/Look.tsx';
import { Squares } from '../../charts/Squares.tsx';
import { Button, Link } from '../../ui/Button.tsx';
import { Figure } from './Figure.tsx';
import type { OpenBehind } from './look.ts';
import { CrossTable, Scrolled } from './tables.tsx';

type Props = { graded: tables.Graded; source: string; onBehind: OpenBehind };

export function GradesCompared({ graded, source, onBehind, open }: Props & { open: (sheet: string) => void }) {
  const { label, raters } = graded.rating;
  const pairs = raters.flatMap((_, across) => raters.slice(0, across).map((_rater, down) => ({ down, across })));
  if (pairs.length === 0) {
    return (
      <p>
        「{label}」を付けるのは{raters[0]}だけなので、比べる相手がありません。「評価の分布」を見てください。
      </p>
    );
  }
  return (
    <div className="stack-wide">
      {pairs.map(({ down, across }) => (
        <Pair
          key={`${down} ${across}`}
          graded={graded}
          down={down}
          across={across}
          source={source}
          onBehind={onBehind}
        />
      ))}
      <Differing graded={graded} open={open} />
    </div>
  );
}

type PairProps = Props & { down: number; across: number };

function Pair({ graded, down, across, source, onBehind }: PairProps) {
  const { label, raters } = graded.rating;
  const [one, other] = [raters[down] ?? '', raters[across] ?? ''];
  const cross = tables.gradesCross(graded, down, across);
  const title = `${label}：${one}と${other}`;
  const nameOf = (row: number, column: number) =>
    `${one} ${cross.rows[row]?.label}、${other} ${cross.columns[column]?.label}：${cross.squares[row]?.[column]?.length ?? 0}枚`;
  const behind = (row: number, column: number) =>
    onBehind({ title: nameOf(row, column), items: cross.squares[row]?.[column] ?? [] });
  return (
    <Figure
      title={title}
      words={`縦が${one}、横が${other}です。太い枠は、二者の評価が同じところです。`}
      source={source}
      beside
      chart={(width) => (
        <Squares
          label={`${title}の図`}
          down={one}
          across={other}
          rows={cross.rows}
          columns={cross.columns}
          counts={cross.squares.map((row) => row.map((items) => items.length))}
          nameOf={nameOf}
          width={width}
          onOpen={behind}
        />
      )}
      table={<CrossTable label={title} corner={`${one}（縦）`} cross={cross} unit="枚" onOpen={behind} />}
    />
  );
}

/** More are not shown before they are asked for. */
const SHOWN = 50;

function Differing({ graded, open }: { graded: tables.Graded; open: (sheet: string) => void }) {
  const [isAll, setAll] = useState(false);
  const { label, raters, options } = graded.rating;
  const found = tables.differing(graded);
  const shown = isAll ? found : found.slice(0, SHOWN);
  const title = `${label}：評価の違うシート`;
  const wordsOf = (code: string | null | undefined) => {
    const option = options.find((one) => one.code === code);
    return option ? tables.gradeWords(option) : '（記入なし）';
  };
  return (
    <section className="stack-close" aria-label={title}>
      <h2 className="figures-title">{title}</h2>
      <p role="status">
        {found.length === 0
          ? '評価した人の評価は、どのシートでも同じです。'
          : `${graded.sheets.length}枚のうち、${found.length}枚で評価が違います。`}
      </p>
      {found.length > 0 && (
        <Scrolled label={`${title}の表`}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">シート</th>
                {raters.map((rater) => (
                  <th key={rater} scope="col">
                    {rater}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ sheet, grades }) => (
                <tr key={sheet.id}>
                  <th scope="row">
                    <Link onClick={() => open(sheet.id)}>{`${sheet.number} ${sheet.name}`}</Link>
                  </th>
                  {raters.map((rater, at) => (
                    <td key={rater}>{wordsOf(grades[at])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
      {shown.length < found.length && (
        <div className="actions">
          <Button kind="outline" size="toolbar" onClick={() => setAll(true)}>
            {`残りの${found.length - shown.length}枚も見る`}
          </Button>
        </div>
      )}
    </section>
  );
}

export function GradesGiven({ graded, source, onBehind }: Props) {
  const { label } = graded.rating;
  const cross = tables.gradesByRater(graded);
  const title = `${label}：評価の分布`;
  const looks = looksFor(cross.columns.length, true);
  const nameOf = (row: number, column: number) =>
    `${cross.rows[row]?.label}、${cross.columns[column]?.label}：${cross.squares[row]?.[column]?.length ?? 0}枚`;
  const behind = (row: number, column: number) =>
    onBehind({ title: nameOf(row, column), items: cross.squares[row]?.[column] ?? [] });
  return (
    <Figure
      title={title}
      words="記入者ごとに、どの評価が何枚あるかを示します。"
      source={source}
      chart={(width) => (
        <Bars
          label={`${title}の図`}
          rows={barRows(cross, nameOf)}
          series={cross.columns.map((column, at) => ({ label: column.label, look: looks[at] ?? 'blank' }))}
          stacked
          width={width}
          tick={String}
          onOpen={behind}
        />
      )}
      table={<CrossTable label={title} corner="記入者" cross={cross} unit="枚" onOpen={behind} />}
    />
  );
}

/** A cross table of counts as rows of bars. */
export const barRows = <T extends tables.Counted>(
  { rows, columns, squares }: tables.Cross<T>,
  nameOf: (row: number, column: number) => string,
) =>
  rows.map((row, at) => ({
    key: row.key,
    label: row.label,
    bars: columns.map((_, across) => {
      const value = squares[at]?.[across]?.length ?? 0;
      return { value, text: String(value), label: nameOf(at, across) };
    }),
  }));
