// A small drawing of an indicator's way: its numbers by year, what is expected hollow, base and target as lines. What it
// shows is also said in words, for those who do not see it.
import type { Judgement } from '../../../shared/form/indicator.ts';
import { showDecimal } from '../../../shared/kernel/decimal.ts';

const WIDTH = 160;
const HEIGHT = 56;
const EDGE = 8;

export function Trend({ judgement }: { judgement: Judgement }) {
  const { base, points, target, upper } = judgement.series;
  if (points.length === 0) return <span className="trend-blank" aria-hidden="true" />;
  // Drawing alone: nothing that is stored or judged passes through these numbers.
  const levels = [base, target.value, upper, ...points.map(({ value }) => value)].flatMap((value) =>
    value === null ? [] : [Number(value)],
  );
  const low = Math.min(...levels);
  const span = Math.max(...levels) - low || 1;
  const years = [...points.map(({ year }) => year), target.year];
  const first = Math.min(...years);
  const length = Math.max(...years) - first || 1;
  const x = (year: number) => EDGE + ((year - first) / length) * (WIDTH - 2 * EDGE);
  const y = (value: string) => HEIGHT - EDGE - ((Number(value) - low) / span) * (HEIGHT - 2 * EDGE);
  return (
    <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img">
      <title>{inWords(judgement)}</title>
      {base !== null && <line className="trend-base" x1={0} x2={WIDTH} y1={y(base)} y2={y(base)} />}
      {[target.value, upper].map(
        (level, index) =>
          level !== null && (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lower and the upper line never change places
            <line key={index} className="trend-target" x1={0} x2={WIDTH} y1={y(level)} y2={y(level)} />
          ),
      )}
      <polyline className="trend-line" points={points.map(({ year, value }) => `${x(year)},${y(value)}`).join(' ')} />
      {points.map(({ year, value, isExpected }) => (
        <circle key={year} className={isExpected ? 'trend-expected' : 'trend-point'} cx={x(year)} cy={y(value)} r={4} />
      ))}
    </svg>
  );
}

function inWords({ unit, series }: Judgement): string {
  const { base, points, target } = series;
  const own = (value: string) => `${showDecimal(value)}${unit}`;
  return [
    base !== null && `基準値 ${own(base)}`,
    ...points.map(({ year, value, isExpected }) => `${year}年度 ${own(value)}${isExpected ? '（見込）' : ''}`),
    target.value !== null && `${target.year}年度の目標 ${own(target.value)}`,
  ]
    .filter(Boolean)
    .join('、');
}
