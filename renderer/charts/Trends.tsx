// Many indicators side by side, each in a small drawing of its own: actuals as a line (expected ones hollow), the target
// as a broken line, the base as a dotted one. Each has its own measure; nothing is compared across them.
import { Group } from '@visx/group';
import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { Drawing, Mark, Words } from './Drawing.tsx';
import { LINE, linesOf, TEXT, widthOf } from './words.ts';

export type Trend = {
  key: string;
  title: string;
  /** In words what the last number comes to, such as 達成. */
  verdict: string;
  label: string;
  unit: string;
  points: readonly { year: number; value: string; text: string; isExpected: boolean }[];
  target: { year: number; value: string | null; text: string };
  upper: string | null;
  base: string | null;
};

type Props = {
  label: string;
  trends: readonly Trend[];
  width: number;
  onOpen: (at: number) => void;
};

const LEAST = 250;
const GAP = 20;
const HEAD = LINE * 3 + 6;
const PLOT = 96;
const FOOT = 24;
const CELL = HEAD + PLOT + FOOT + 22;
const LEGEND = 30;

export function Trends({ label, trends, width, onOpen }: Props) {
  const across = Math.max(1, Math.floor((width + GAP) / (LEAST + GAP)));
  const each = (width - GAP * (across - 1)) / across;
  const down = Math.ceil(trends.length / across);
  return (
    <Drawing label={label} width={width} height={LEGEND + down * CELL}>
      <Key />
      {trends.map((trend, at) => (
        <Group key={trend.key} left={(at % across) * (each + GAP)} top={LEGEND + Math.floor(at / across) * CELL}>
          <Mark label={trend.label} x={0} y={0} width={each} height={CELL - GAP} onOpen={() => onOpen(at)}>
            <Small trend={trend} width={each} />
          </Mark>
        </Group>
      ))}
    </Drawing>
  );
}

/** What the lines and circles mean. */
function Key() {
  return (
    <g>
      <line className="chart-line" x1={0} x2={26} y1={9} y2={9} />
      <circle className="chart-point" cx={13} cy={9} r={4} />
      <text x={32} y={TEXT}>
        実績
      </text>
      <circle className="chart-expected" cx={84} cy={9} r={4} />
      <text x={94} y={TEXT}>
        見込
      </text>
      <line className="chart-target" x1={138} x2={166} y1={9} y2={9} />
      <text x={172} y={TEXT}>
        目標
      </text>
      <line className="chart-base" x1={216} x2={244} y1={9} y2={9} />
      <text x={250} y={TEXT}>
        基準値
      </text>
    </g>
  );
}

function Small({ trend, width }: { trend: Trend; width: number }) {
  const { points, target, upper, base } = trend;
  // Drawing alone: nothing that is stored or judged passes through these numbers.
  const lines = [target.value, upper, base].flatMap((value) => (value === null ? [] : [Number(value)]));
  const levels = [...lines, ...points.map(({ value }) => Number(value))];
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const years = [...points.map(({ year }) => year), target.year];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const x = scaleLinear<number>({ domain: [first, Math.max(last, first + 1)], range: [24, width - 28] });
  const y = scaleLinear<number>({
    domain: low === high ? [low - 1, high + 1] : [low, high],
    range: [HEAD + PLOT - 10, HEAD + 22],
  });
  const level = (value: string | null, className: string) =>
    value !== null && <line className={className} x1={8} x2={width - 8} y1={y(Number(value))} y2={y(Number(value))} />;
  const told = toldPoints(points, x, width);
  const title = linesOf(trend.title, width - 8, 2);
  return (
    <>
      <rect className="chart-panel" x={0.5} y={0.5} width={width - 1} height={CELL - GAP} />
      <Words lines={title} x={8} y={18} strong />
      <text x={8} y={18 + LINE * title.length}>
        {linesOf(`${trend.verdict}　${target.text}`, width - 16, 1)[0]}
      </text>
      {level(base, 'chart-base')}
      {level(target.value, 'chart-target')}
      {level(upper, 'chart-target')}
      <LinePath
        className="chart-line"
        data={[...points]}
        x={(point) => x(point.year)}
        y={(point) => y(Number(point.value))}
      />
      {points.map((point) => (
        <g key={point.year}>
          <circle
            className={point.isExpected ? 'chart-expected' : 'chart-point'}
            cx={x(point.year)}
            cy={y(Number(point.value))}
            r={4}
          />
          {told.has(point.year) && (
            <text
              className="chart-value"
              x={inside(x(point.year), widthOf(point.text), width)}
              y={y(Number(point.value)) - 8}
              textAnchor="middle"
            >
              {point.text}
            </text>
          )}
          <text x={x(point.year)} y={HEAD + PLOT + 12} textAnchor="middle">
            {point.year}
          </text>
        </g>
      ))}
    </>
  );
}

/** The middle of a text of this width, moved so far that it lies inside of the panel. */
const inside = (middle: number, wide: number, width: number): number =>
  Math.max(6 + wide / 2, Math.min(middle, width - 6 - wide / 2));

/** The points whose numbers have room, the latest first; the table has them all. */
function toldPoints(points: Trend['points'], x: (year: number) => number, width: number): Set<number> {
  const told = new Set<number>();
  let free = width;
  for (const { year, text } of points.toReversed()) {
    const wide = widthOf(text);
    const middle = inside(x(year), wide, width);
    if (middle + wide / 2 > free) continue;
    told.add(year);
    free = middle - wide / 2 - 4;
  }
  return told;
}
