// A table of cells with headings for rows and columns, which the keyboard goes through as through a spreadsheet. It
// scrolls inside its own box when the window is narrow; what has to be asked about a cell stands beside it.
import { memo, useMemo } from 'react';
import type { GridBlock } from '../../shared/form/block.ts';
import { type Cell, isComputed, isQuantity } from '../../shared/form/cell.ts';
import { describedBy, LOOKS, lookOf, StateForEars } from './CellFrame.tsx';
import { CodeSelect, FlagInput } from './CodeInputs.tsx';
import { GridStatus } from './grid/GridStatus.tsx';
import { gridTable, placeText } from './grid/table.ts';
import { useGrid } from './grid/useGrid.ts';
import { ComputedNumber, NumberInput } from './NumberInput.tsx';
import { PasteDialog } from './paste/PasteDialog.tsx';
import { QuestionBeside } from './QuestionBox.tsx';
import { type CellState, useCell, useSheet } from './SheetContext.tsx';
import { TextInput } from './TextInput.tsx';

export function GridTable({ block }: { block: GridBlock }) {
  const table = useMemo(() => gridTable(block), [block]);
  const { control, attach, areaWords, plan, closePlan } = useGrid(table);
  const isRowRequired = (row: GridBlock['rows'][number]) => row.cells.some((cell) => cell?.required === 'always');
  return (
    <div className="stack-close">
      <section className="grid-box" aria-label={block.label} ref={attach} {...control.handlers}>
        <table className="grid">
          <caption className="for-ears">{block.label}</caption>
          <thead>
            <tr>
              <th scope="col">{block.corner || <span className="for-ears">行</span>}</th>
              {block.columns.map((column, index) => (
                <th key={column.key} scope="col" className={widthOf(block, index)}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, rowIndex) => (
              <tr key={row.key}>
                <th scope="row" className={row.label.length > 3 ? 'wide-label' : undefined}>
                  {row.label}
                  {isRowRequired(row) && <span className="required">※必須</span>}
                </th>
                {row.cells.map((cell, index) => {
                  const column = block.columns[index];
                  return cell ? (
                    <GridCell
                      key={cell.address}
                      cell={cell}
                      at={placeText({ row: rowIndex, column: index })}
                      isBare={cell.type === 'decimal' && isSaid(cell.unit, row.label, column?.label)}
                    />
                  ) : (
                    <td key={column?.key} className="no-cell" />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <GridStatus control={control} areaWords={areaWords} />
      {block.help !== undefined && <p className="field-help">{block.help}</p>}
      {plan && <PasteDialog plan={plan} onApply={control.apply} onClose={closePlan} />}
    </div>
  );
}

/** The unit stands in a heading already. */
const isSaid = (unit: string | undefined, ...heads: (string | undefined)[]): boolean =>
  unit !== undefined && heads.some((head) => head?.includes(unit));

/** By what a column holds: words need room, numbers a fixed one. */
function widthOf(block: GridBlock, index: number): string {
  const cell = block.rows.map((row) => row.cells[index]).find((found) => found !== null && found !== undefined);
  if (!cell) return '';
  if (cell.type === 'decimal') return isQuantity(cell) ? 'wide-number' : 'wide-word';
  if (cell.type === 'text') return cell.lines > 1 ? 'wide-text' : 'wide-word';
  return 'wide-choice';
}

type CellProps = { cell: Cell; at: string; isBare: boolean };

const GridCell = memo(function GridCell({ cell, at, isBare }: CellProps) {
  const { lockedAbove } = useSheet();
  const state = useCell(cell);
  const look = lookOf(cell, state);
  const isComputedCell = isComputed(cell);
  const isQuiet = look === 'plain' || look === 'missing' || look === 'saved';
  const isMarked = !isQuiet && !isComputedCell && !lockedAbove.has(cell.address);
  const Icon = isMarked ? LOOKS[look].Icon : undefined;
  return (
    <td
      className="cell"
      data-at={at}
      data-look={isComputedCell ? 'computed' : look}
      data-same={state.isAsLastYear || undefined}
    >
      <GridInput cell={cell} state={state} isBare={isBare} />
      {Icon && <Icon className="cell-mark" size={14} aria-hidden="true" />}
      <StateForEars cell={cell} state={state} />
      <QuestionBeside cell={cell} state={state} />
    </td>
  );
});

function GridInput({ cell, state, isBare }: { cell: Cell; state: CellState; isBare: boolean }) {
  const described = describedBy(cell, state);
  switch (cell.type) {
    case 'text':
      return <TextInput cell={cell} state={state} described={described} named />;
    case 'decimal':
      if (isComputed(cell)) return <ComputedNumber cell={cell} bare={isBare} />;
      return <NumberInput cell={cell} state={state} described={described} named bare={isBare} />;
    case 'code':
      return <CodeSelect cell={cell} state={state} described={described} named />;
    case 'flag':
      return <FlagInput cell={cell} state={state} described={described} />;
  }
}
