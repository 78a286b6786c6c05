// A table of cells with headings for rows and columns. It scrolls inside its own box when the window is narrow; what
// has to be asked stands below it, since a table's cell has no room for it.
import type { GridBlock } from '../../shared/form/block.ts';
import { type Cell, isComputed } from '../../shared/form/cell.ts';
import { describedBy, LookWord, useLook } from './CellFrame.tsx';
import { CodeSelect, FlagInput } from './CodeInputs.tsx';
import { ComputedNumber, NumberInput } from './NumberInput.tsx';
import { QuestionBox } from './QuestionBox.tsx';
import { type CellState, inputId, useCell, useSheet } from './SheetContext.tsx';
import { TextInput } from './TextInput.tsx';

export function GridTable({ block }: { block: GridBlock }) {
  const cells = block.rows.flatMap((row) => row.cells.filter((cell) => cell !== null));
  const isRowRequired = (row: GridBlock['rows'][number]) => row.cells.some((cell) => cell?.required === 'always');
  return (
    <div className="stack-close">
      <section className="grid-box" aria-label={block.label}>
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
            {block.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" className={row.label.length > 3 ? 'wide-label' : undefined}>
                  {row.label}
                  {isRowRequired(row) && <span className="required">※必須</span>}
                </th>
                {row.cells.map((cell, index) => {
                  const column = block.columns[index];
                  return cell ? (
                    <GridCell key={cell.address} cell={cell} heads={`${row.label} ${column?.label}`} />
                  ) : (
                    <td key={column?.key} className="no-cell" />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {block.help !== undefined && <p className="field-help">{block.help}</p>}
      {cells.map((cell) => (
        <CellNote key={cell.address} cell={cell} />
      ))}
    </div>
  );
}

/** By what a column holds: words need room, numbers a fixed one. */
function widthOf(block: GridBlock, index: number): string {
  const cell = block.rows.map((row) => row.cells[index]).find((found) => found !== null && found !== undefined);
  if (!cell) return '';
  if (cell.type === 'decimal') return 'wide-number';
  if (cell.type === 'text') return cell.lines > 1 ? 'wide-text' : 'wide-word';
  return 'wide-choice';
}

function GridCell({ cell, heads }: { cell: Cell; heads: string }) {
  const { lockedAbove } = useSheet();
  const state = useCell(cell);
  const look = useLook(cell, state);
  const isComputedCell = isComputed(cell);
  const isQuiet = look === 'plain' || look === 'missing' || lockedAbove.has(cell.address) || isComputedCell;
  return (
    <td className="cell" data-look={isComputedCell ? 'computed' : look}>
      <GridInput cell={cell} state={state} heads={heads} />
      {!isQuiet && (
        <span className="cell-word" id={`${inputId(cell.address)}-lock`}>
          <LookWord look={look} />
          {state.lock !== undefined && <span className="for-ears">{state.lock}</span>}
        </span>
      )}
    </td>
  );
}

function GridInput({ cell, state, heads }: { cell: Cell; state: CellState; heads: string }) {
  const described = describedBy(cell, state);
  switch (cell.type) {
    case 'text':
      return <TextInput cell={cell} state={state} described={described} named />;
    case 'decimal': {
      const bare = cell.unit !== undefined && heads.includes(cell.unit);
      if (isComputed(cell)) return <ComputedNumber cell={cell} bare={bare} />;
      return <NumberInput cell={cell} state={state} described={described} named bare={bare} />;
    }
    case 'code':
      return <CodeSelect cell={cell} state={state} described={described} />;
    case 'flag':
      return <FlagInput cell={cell} state={state} />;
  }
}

function CellNote({ cell }: { cell: Cell }) {
  const state = useCell(cell);
  return <QuestionBox cell={cell} state={state} named />;
}
