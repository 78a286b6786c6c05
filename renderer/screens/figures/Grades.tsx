// How raters judged: two against each other, the sheets on which they differ, and which grades each of them gave.
import * as tables from '../../../shared/figures/tables.ts';
import { looksFor } from '../../charts/Look.tsx';
import { Squares } from '../../charts/Squares.tsx';
import { Link } from '../../ui/Button.tsx';
import { useFew } from '../Few.tsx';
import { Counts, squaresOf } from './Counts.tsx';
import { Figure } from './Figure.tsx';
import type { OpenBehind } from './look.ts';
import { CrossTable, Scrolled } from './tables.tsx';

type Props = { graded: tables.Graded; source: string; onBehind: OpenBehind };

const item = ({ sheet }: tables.Counted) => ({ sheet });

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
  const { nameOf, open } = squaresOf(cross, { unit: '枚', axes: [one, other], onBehind, item });
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
          onOpen={open}
        />
      )}
      table={<CrossTable label={title} corner={`${one}（縦）`} cross={cross} unit="枚" onOpen={open} />}
    />
  );
}

function Differing({ graded, open }: { graded: tables.Graded; open: (sheet: string) => void }) {
  const { label, raters, options } = graded.rating;
  const found = tables.differing(graded);
  const { few, more } = useFew(found, '枚');
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
              {few.map(({ sheet, grades }) => (
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
      {more}
    </section>
  );
}

export function GradesGiven({ graded, source, onBehind }: Props) {
  const cross = tables.gradesByRater(graded);
  return (
    <Counts
      title={`${graded.rating.label}：評価の分布`}
      words="記入者ごとに、どの評価が何枚あるかを示します。"
      corner="記入者"
      unit="枚"
      cross={cross}
      looks={looksFor(cross.columns.length, true)}
      {...{ source, item, onBehind }}
    />
  );
}
