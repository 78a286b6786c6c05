// The looks by which a drawing tells its series apart: each has a pattern of its own, so that no colour has to be seen.
import { PatternCircles, PatternLines } from '@visx/pattern';
import { TEXT, widthOf } from './words.ts';

/** `blank` is for what nobody has said (記入なし, 判定できない). */
export const LOOKS = ['solid', 'lines', 'dots', 'squares', 'rows', 'blank'] as const;
export type Look = (typeof LOOKS)[number];

/** The looks of so many series in their order; the last one is blank where it stands for nothing said. */
export const looksFor = (count: number, lastIsBlank: boolean): Look[] =>
  Array.from({ length: count }, (_, at) =>
    lastIsBlank && at === count - 1 ? 'blank' : (LOOKS[at % (LOOKS.length - 1)] ?? 'solid'),
  );

/** The patterns of one drawing, under names of its own. */
export function Patterns({ name }: { name: string }) {
  const lines = { strokeWidth: 2, background: 'var(--chart-paper)' };
  return (
    <>
      <PatternLines
        id={`${name}-lines`}
        width={7}
        height={7}
        orientation={['diagonal']}
        stroke="var(--chart-2)"
        {...lines}
      />
      <PatternCircles
        id={`${name}-dots`}
        width={6}
        height={6}
        radius={1.5}
        fill="var(--chart-3)"
        background="var(--chart-paper)"
        complement
      />
      <PatternLines
        id={`${name}-squares`}
        width={8}
        height={8}
        orientation={['vertical', 'horizontal']}
        stroke="var(--chart-4)"
        {...lines}
      />
      <PatternLines
        id={`${name}-rows`}
        width={6}
        height={6}
        orientation={['horizontal']}
        stroke="var(--chart-5)"
        {...lines}
      />
    </>
  );
}

/** What fills a mark of this look. */
export const fillOf = (name: string, look: Look): string =>
  look === 'solid' ? 'var(--chart-1)' : look === 'blank' ? 'var(--chart-paper)' : `url(#${name}-${look})`;

type LegendProps = { name: string; entries: readonly { label: string; look: Look }[]; width: number };

const SWATCH = 18;
const GAP = 20;
const ROW = 24;

/** Where the entries of a legend stand, and how high it is. */
function placesOf(entries: LegendProps['entries'], width: number) {
  let x = 0;
  let y = 0;
  const places = entries.map(({ label }) => {
    const needed = SWATCH + 6 + widthOf(label);
    if (x > 0 && x + needed > width) {
      x = 0;
      y += ROW;
    }
    const place = { x, y };
    x += needed + GAP;
    return place;
  });
  return { places, height: y + ROW };
}

export const legendHeight = (entries: LegendProps['entries'], width: number): number =>
  entries.length === 0 ? 0 : placesOf(entries, width).height + 8;

/** Names the looks at the top of a drawing. */
export function Legend({ name, entries, width }: LegendProps) {
  const { places } = placesOf(entries, width);
  return entries.map(({ label, look }, at) => {
    const { x, y } = places[at] ?? { x: 0, y: 0 };
    return (
      <g key={label}>
        <rect className="chart-swatch" x={x + 1} y={y + 3} width={SWATCH - 2} height={14} fill={fillOf(name, look)} />
        <text x={x + SWATCH + 6} y={y + TEXT + 1}>
          {label}
        </text>
      </g>
    );
  });
}
