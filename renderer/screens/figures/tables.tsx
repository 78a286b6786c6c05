// The tables beside the pictures: real tables, in which each number opens the sheets behind it.
import type { ReactNode } from 'react';
import type { Counted, Cross, Heading } from '../../../shared/figures/tables.ts';
import { Link } from '../../ui/Button.tsx';

type ScrolledProps = { label: string; children: ReactNode };

/** A table that may be wider than its place. */
export function Scrolled({ label, children }: ScrolledProps) {
  return (
    // A region that scrolls must be reachable by the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows scroll it
    <section className="table-box" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** A number that opens what stands behind it. */
export function Opening({ text, of, onOpen }: { text: string; of: string; onOpen: () => void }) {
  return (
    <Link onClick={onOpen}>
      {text}
      <span className="for-ears">{`（${of}を開く）`}</span>
    </Link>
  );
}

function HeadingWords({ heading: { label, short } }: { heading: Heading }) {
  if (short === undefined) return label;
  return (
    <>
      <span aria-hidden="true">{short}</span>
      <span className="for-ears">{label}</span>
    </>
  );
}

type CrossProps<T extends Counted> = {
  label: string;
  corner: string;
  cross: Cross<T>;
  /** What is counted: 枚 or 件. */
  unit: string;
  onOpen: (row: number, column: number) => void;
};

export function CrossTable<T extends Counted>({ label, corner, cross, unit, onOpen }: CrossProps<T>) {
  const { rows, columns, squares } = cross;
  const count = (row: number, column: number) => squares[row]?.[column]?.length ?? 0;
  const ofRow = (row: number) => columns.reduce((sum, _, column) => sum + count(row, column), 0);
  const ofColumn = (column: number) => rows.reduce((sum, _, row) => sum + count(row, column), 0);
  return (
    <Scrolled label={`${label}の表`}>
      <table className="table figures-table">
        <caption className="for-ears">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className="number">
                <HeadingWords heading={column} />
              </th>
            ))}
            <th scope="col" className="number">
              計
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {columns.map((column, across) => (
                <td key={column.key} className="number">
                  {count(at, across) === 0 ? (
                    '0'
                  ) : (
                    <Opening
                      text={String(count(at, across))}
                      of={`${row.label}、${column.label}の${count(at, across)}${unit}`}
                      onOpen={() => onOpen(at, across)}
                    />
                  )}
                </td>
              ))}
              <td className="number">{ofRow(at)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">計</th>
            {columns.map((column, across) => (
              <td key={column.key} className="number">
                {ofColumn(across)}
              </td>
            ))}
            <td className="number">{rows.reduce((sum, _, row) => sum + ofRow(row), 0)}</td>
          </tr>
        </tfoot>
      </table>
    </Scrolled>
  );
}
