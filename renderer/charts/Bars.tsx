// Lying bars, a row for each heading: end to end (counts that add up) or below one another (amounts by year).
import { AxisBottom } from '@visx/axis';
import { GridColumns } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useId } from 'react';
import { Drawing, firstLine, Mark, Words } from './Drawing.tsx';
import { fillOf, Legend, type Look, legendHeight, Patterns } from './Look.tsx';
import { LINE, linesOf, TEXT, widthOf } from './words.ts';

/** One bar: how long it is, what stands on it, and what it is called aloud. null: there is nothing to draw. */
export type BarMark = { value: number; text: string; label: string } | null;
export type BarRow = { key: string; label: string; bars: readonly BarMark[] };

type Props = {
  label: string;
  rows: readonly BarRow[];
  series: readonly { label: string; look: Look }[];
  /** End to end; else below one another. */
  stacked: boolean;
  width: number;
  tick: (value: number) => string;
  onOpen: (row: number, series: number) => void;
};

const BAR = 24;
const THIN = 20;
const PAD = 14;
const AXIS = 34;

export function Bars({ label, rows, series, stacked, width, tick, onOpen }: Props) {
  const name = useId();
  const left = Math.min(Math.round(width * 0.36), Math.max(...rows.map((row) => widthOf(row.label)), 60) + 12);
  const written = stacked
    ? 0
    : Math.max(0, ...rows.flatMap(({ bars }) => bars.map((bar) => widthOf(bar?.text ?? '')))) + 8;
  const right = Math.max(18, written);
  const wholes = rows.map(({ bars }) => bars.map((bar) => Math.max(0, bar?.value ?? 0)));
  const longest = Math.max(
    1e-9,
    ...wholes.map((own) => (stacked ? own.reduce((a, b) => a + b, 0) : Math.max(0, ...own))),
  );
  const least = Math.min(0, ...rows.flatMap(({ bars }) => bars.map((bar) => bar?.value ?? 0)));
  const x = scaleLinear<number>({ domain: [least, longest], range: [0, Math.max(40, width - left - right)] });
  const top = series.length > 1 ? legendHeight(series, width) : 4;
  const laid = rowsBelow(rows, left, stacked ? BAR : THIN * Math.max(1, series.length), top);
  const bottom = laid.at(-1)?.bottom ?? top;
  const widest = Math.max(widthOf(tick(longest)), widthOf(tick(least)), 30);
  const ticks = x
    .ticks(Math.max(1, Math.floor((width - left - right) / (widest + 24))))
    .filter((value) => !stacked || Number.isInteger(value));
  return (
    <Drawing label={label} width={width} height={bottom + AXIS}>
      <Patterns name={name} />
      {series.length > 1 && <Legend name={name} entries={series} width={width} />}
      <GridColumns
        scale={x}
        left={left}
        top={top}
        height={bottom - top}
        tickValues={ticks}
        className="chart-grid"
        stroke=""
      />
      {laid.map(({ row, lines, middle, first }, at) => (
        <g key={row.key}>
          <Words lines={lines} x={left - 8} y={firstLine(lines, middle)} anchor="end" />
          <Group left={left}>
            {barsOf(row, stacked, first, x).map(({ bar, series: which, ...place }) => (
              <Mark key={series[which]?.label} label={bar.label} {...place} onOpen={() => onOpen(at, which)}>
                <Bar className="chart-bar" {...place} fill={fillOf(name, series[which]?.look ?? 'solid')} />
                <BarText {...place} text={bar.text} inside={stacked} />
              </Mark>
            ))}
          </Group>
        </g>
      ))}
      <AxisBottom
        scale={x}
        left={left}
        top={bottom}
        tickValues={ticks}
        tickFormat={(value) => tick(Number(value))}
        tickComponent={({ x: at, y, formattedValue }) => (
          <text x={at} y={y + 4} textAnchor="middle">
            {formattedValue}
          </text>
        )}
        axisLineClassName="chart-axis"
        tickClassName="chart-axis"
        stroke=""
        tickStroke=""
      />
    </Drawing>
  );
}

/** Where each row stands: as high as its bars or the lines of its heading. */
function rowsBelow(rows: readonly BarRow[], left: number, bars: number, top: number) {
  let y = top;
  return rows.map((row) => {
    const lines = linesOf(row.label, left - 12, 3);
    const height = Math.max(bars, lines.length * LINE) + PAD;
    const middle = y + height / 2;
    y += height;
    return { row, lines, middle, first: middle - bars / 2, bottom: y };
  });
}

type Scale = (value: number) => number;

/** The bars of a row that are there, with their places. */
function barsOf({ bars }: BarRow, stacked: boolean, first: number, x: Scale) {
  let from = 0;
  return bars.flatMap((bar, series) => {
    if (!bar || (stacked && bar.value <= 0)) return [];
    const [start, end] = stacked ? [from, from + bar.value] : [Math.min(0, bar.value), Math.max(0, bar.value)];
    if (stacked) from = end;
    const y = stacked ? first : first + series * THIN + 1;
    return [{ bar, series, x: x(start), y, width: Math.max(1, x(end) - x(start)), height: stacked ? BAR : THIN - 3 }];
  });
}

type TextProps = { x: number; y: number; width: number; height: number; text: string; inside: boolean };

/** On the bar where it has room, else left out; behind the bar where bars stand below one another. */
function BarText({ x, y, width, height, text, inside }: TextProps) {
  if (inside && width < widthOf(text) + 8) return null;
  return (
    <text
      className="chart-value"
      x={inside ? x + width / 2 : x + width + 6}
      y={y + height / 2 + TEXT / 2 - 2}
      textAnchor={inside ? 'middle' : 'start'}
    >
      {text}
    </text>
  );
}
