// The table that a run prints: figures to three digits, the ratio first of all.
import type { Line, Spread } from './measure.ts';

const HEAD = ['name', 'ours', 'floor', 'ratio', 'note'];

const figure = (value: number): string => value.toPrecision(3).replace(/e\+?(-?\d+)$/, 'e$1');

const cell = ({ median, least, most }: Spread, unit: string): string =>
  least === most ? `${figure(median)} ${unit}` : `${figure(median)} ${unit} (${figure(least)}–${figure(most)})`;

const rowOf = ({ name, unit, ours, floor, note }: Line): string[] => [
  name,
  cell(ours, unit),
  cell(floor, unit),
  `× ${figure(ours.median / floor.median)}`,
  note,
];

/** Median (least–most) of both sides and the ratio of the medians. */
export function table(lines: readonly Line[]): string {
  const rows = [HEAD, ...lines.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
