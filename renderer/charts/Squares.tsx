// Two raters' grades against each other: a square for each pair, a circle as large as the number in it. Where both say
// the same the square has a heavy edge.
import { scaleSqrt } from '@visx/scale';
import { Drawing, firstLine, Mark, Words } from './Drawing.tsx';
import { LINE, linesOf, TEXT } from './words.ts';

type Props = {
  label: string;
  /** What stands down and across, such as 担当課 and 庁内会議. */
  down: string;
  across: string;
  rows: readonly { key: string; label: string }[];
  columns: readonly { key: string; label: string; short?: string }[];
  counts: readonly (readonly number[])[];
  nameOf: (row: number, column: number) => string;
  width: number;
  onOpen: (row: number, column: number) => void;
};

const LARGEST = 76;

export function Squares({ label, down, across, rows, columns, counts, nameOf, width, onOpen }: Props) {
  const left = Math.min(190, Math.round(width * 0.34));
  const size = Math.min(LARGEST, Math.floor((width - left - 4) / columns.length));
  const heads = columns.map((column) => linesOf(column.short ?? column.label, size - 4, 4));
  const names = rows.map((row) => linesOf(row.label, left - 10, 3));
  const top = LINE + 6 + Math.max(...heads.map((lines) => lines.length)) * LINE + 8;
  const most = Math.max(1, ...counts.flat());
  const radius = scaleSqrt<number>({ domain: [0, most], range: [0, size / 2 - 5] });
  return (
    <Drawing label={label} width={width} height={top + size * rows.length + 4}>
      <text className="chart-strong" x={left} y={TEXT}>
        {`${across} →`}
      </text>
      <text className="chart-strong" x={0} y={top - 8}>
        {`${down} ↓`}
      </text>
      {heads.map((lines, at) => (
        <Words
          key={columns[at]?.key}
          lines={lines}
          x={left + size * (at + 0.5)}
          y={top - 8 - (lines.length - 1) * LINE}
          anchor="middle"
        />
      ))}
      {rows.map((row, at) => (
        <g key={row.key}>
          <Words lines={names[at] ?? []} x={0} y={firstLine(names[at] ?? [], top + size * (at + 0.5))} />
          {columns.map((column, across) => {
            const count = counts[at]?.[across] ?? 0;
            const [x, y] = [left + size * across, top + size * at];
            const isSame = row.key === column.key && row.key !== '';
            const square = (
              <rect
                className={isSame ? 'chart-square same' : 'chart-square'}
                x={x + 2}
                y={y + 2}
                width={size - 4}
                height={size - 4}
              />
            );
            if (count === 0) return <g key={column.key}>{square}</g>;
            return (
              <Mark
                key={column.key}
                label={nameOf(at, across)}
                {...{ x, y, width: size, height: size }}
                onOpen={() => onOpen(at, across)}
              >
                {square}
                <circle className="chart-circle" cx={x + size / 2} cy={y + size / 2} r={radius(count)} />
                <text className="chart-value" x={x + size / 2} y={y + size / 2 + 5} textAnchor="middle">
                  {count}
                </text>
              </Mark>
            );
          })}
        </g>
      ))}
    </Drawing>
  );
}
