// The frame of a drawing: one stop of the Tab key, arrows go from mark to mark, Enter opens what a mark stands for.
// Promise: whatever a drawing says stands in a table beside it too; see `renderer/screens/figures`.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { LINE } from './words.ts';

type Props = {
  /** What the drawing shows, for those who do not see it. */
  label: string;
  width: number;
  height: number;
  children: ReactNode;
};

/** Higher than this, a drawing would be too small to read if it were made to fit a page. */
const PAGE = 1_000;

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const marksIn = (place: Element): SVGElement[] => [...place.querySelectorAll<SVGElement>('[data-mark]')];

/** Lets exactly one mark be reached by Tab: `chosen`, else the one before, else the first. */
function chooseStop(place: Element, chosen?: Element): void {
  const marks = marksIn(place);
  const stop = chosen ?? marks.find((mark) => mark.getAttribute('tabindex') === '0') ?? marks[0];
  for (const mark of marks) mark.setAttribute('tabindex', mark === stop ? '0' : '-1');
}

export function Drawing({ label, width, height, children }: Props) {
  const group = useRef<SVGGElement>(null);
  // After every drawing: marks come and go.
  useEffect(() => {
    if (group.current) chooseStop(group.current);
  });
  function onKeyDown(event: KeyboardEvent<SVGGElement>) {
    const marks = marksIn(event.currentTarget);
    const at = marks.indexOf(document.activeElement as SVGElement);
    const ends: Record<string, number> = { Home: 0, End: marks.length - 1 };
    const to = ends[event.key] ?? at + (STEPS[event.key] ?? 0);
    const next = marks[Math.max(0, Math.min(to, marks.length - 1))];
    if (at < 0 || !next || !(event.key in ends || event.key in STEPS)) return;
    event.preventDefault();
    chooseStop(event.currentTarget, next);
    next.focus();
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg
      className={height > PAGE ? 'chart tall' : 'chart'}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={label}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the marks inside */}
      <g ref={group} onKeyDown={onKeyDown}>
        {children}
      </g>
    </svg>
  );
}

type MarkProps = {
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
  onOpen: () => void;
  children: ReactNode;
};

/** A part of a drawing that opens what it stands for: what is drawn, and over it an area that takes clicks and keys. */
export function Mark({ label, x, y, width, height, onOpen, children }: MarkProps) {
  return (
    <g className="chart-mark">
      {children}
      {/* biome-ignore lint/a11y/useSemanticElements: there is no button inside of a drawing */}
      <rect
        data-mark=""
        className="chart-area"
        role="button"
        tabIndex={-1}
        aria-label={label}
        {...{ x, y, width, height }}
        onClick={onOpen}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          onOpen();
        }}
      >
        <title>{label}</title>
      </rect>
    </g>
  );
}

type WordsProps = {
  lines: readonly string[];
  x: number;
  /** Where the first line stands. */
  y: number;
  anchor?: 'start' | 'middle' | 'end';
  strong?: boolean;
};

/** A text in several lines. */
export function Words({ lines, x, y, anchor = 'start', strong = false }: WordsProps) {
  return lines.map((line, at) => (
    <text
      // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
      key={at}
      className={strong ? 'chart-strong' : undefined}
      x={x}
      y={y + at * LINE}
      textAnchor={anchor}
    >
      {line}
    </text>
  ));
}

/** Where the first line of a text stands whose middle is at `y`. */
export const firstLine = (lines: readonly string[], y: number): number => y - ((lines.length - 1) * LINE) / 2 + 5;
