// A cross table of counts as bars and as a table: both say the same, and every number opens what stands behind it.
import type { Counted, Cross } from '../../../shared/figures/tables.ts';
import { Bars } from '../../charts/Bars.tsx';
import type { Look } from '../../charts/Look.tsx';
import { Figure } from './Figure.tsx';
import type { Behind, OpenBehind } from './look.ts';
import { CrossTable } from './tables.tsx';

type Item<T> = (item: T) => Behind['items'][number];

/** How a square is called, and how it is opened. `unit`: 枚 or 件; `axes`: what stands down and across, where it must be said. */
export function squaresOf<T extends Counted>(
  { rows, columns, squares }: Cross<T>,
  { unit, axes, onBehind, item }: { unit: string; axes?: [string, string]; onBehind: OpenBehind; item: Item<T> },
) {
  const [down, across] = (axes ?? ['', '']).map((word) => (word === '' ? '' : `${word} `));
  const found = (row: number, column: number) => squares[row]?.[column] ?? [];
  const nameOf = (row: number, column: number) =>
    `${down}${rows[row]?.label}、${across}${columns[column]?.label}：${found(row, column).length}${unit}`;
  const open = (row: number, column: number) =>
    onBehind({ title: nameOf(row, column), items: found(row, column).map(item) });
  return { nameOf, open };
}

type Props<T extends Counted> = {
  title: string;
  words: string;
  /** What the rows are. */
  corner: string;
  unit: string;
  cross: Cross<T>;
  looks: readonly Look[];
  source: string;
  item: Item<T>;
  onBehind: OpenBehind;
};

export function Counts<T extends Counted>({
  title,
  words,
  corner,
  unit,
  cross,
  looks,
  source,
  item,
  onBehind,
}: Props<T>) {
  const { nameOf, open } = squaresOf(cross, { unit, onBehind, item });
  return (
    <Figure
      title={title}
      words={words}
      source={source}
      chart={(width) => (
        <Bars
          label={`${title}の図`}
          rows={cross.rows.map(({ key, label }, row) => ({
            key,
            label,
            bars: cross.columns.map((_, column) => {
              const value = cross.squares[row]?.[column]?.length ?? 0;
              return { value, text: String(value), label: nameOf(row, column) };
            }),
          }))}
          series={cross.columns.map(({ label }, at) => ({ label, look: looks[at] ?? 'blank' }))}
          stacked
          width={width}
          tick={String}
          onOpen={open}
        />
      )}
      table={<CrossTable label={title} corner={corner} cross={cross} unit={unit} onOpen={open} />}
    />
  );
}
