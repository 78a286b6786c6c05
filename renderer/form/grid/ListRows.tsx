// A list of short entries: a column of cells that the keyboard goes through as through a spreadsheet, with one blank
// row after the last filled one.
import { memo, useMemo } from 'react';
import { useWatch } from 'react-hook-form';
import type { ListBlock } from '../../../shared/form/block.ts';
import { type Cell, isComputed } from '../../../shared/form/cell.ts';
import { describedBy, LookWord, lookOf, SameWord, StateForEars } from '../CellFrame.tsx';
import { CodeSelect, FlagInput } from '../CodeInputs.tsx';
import { Counter } from '../Counter.tsx';
import type { Inputs } from '../display.ts';
import { ComputedNumber, NumberInput } from '../NumberInput.tsx';
import { PasteDialog } from '../paste/PasteDialog.tsx';
import { QuestionBox } from '../QuestionBox.tsx';
import { type CellState, useCell, useSheet } from '../SheetContext.tsx';
import { TextInput } from '../TextInput.tsx';
import { listTable, placeText } from './table.ts';
import { useCellInHand, useGrid } from './useGrid.ts';

export function ListRows({ block }: { block: ListBlock }) {
  const { entry } = useSheet();
  const table = useMemo(() => listTable(block), [block]);
  const { control, attach, areaWords, plan, closePlan } = useGrid(table);
  const texts = useWatch<Inputs>({ name: block.cells.map((cell) => cell.address) }) as unknown[];
  const isLocked = block.cells.every((cell) => entry.view().locks[cell.address] !== undefined);
  const last = texts.findLastIndex((text) => String(text ?? '') !== '');
  // The row in which the person stands is not taken from under them.
  const hand = useCellInHand(control);
  const standing = hand ? block.cells.indexOf(hand) + 1 : 0;
  const shown = block.cells.slice(0, Math.max(standing, isLocked ? Math.max(1, last + 1) : last + 2));
  const isRequired = block.cells.some((cell) => cell.required === 'always');
  return (
    <fieldset className="block">
      <legend className="cell-label">
        {block.label}
        {isRequired && !isLocked && <span className="required">※必須</span>}
      </legend>
      <ol className="list-rows" ref={attach} {...control.handlers}>
        {shown.map((cell, index) => (
          <ListRow key={cell.address} cell={cell} number={index + 1} />
        ))}
      </ol>
      <span role="status" className="for-ears">
        {areaWords}
      </span>
      {block.help !== undefined && <p className="field-help">{block.help}</p>}
      {plan && <PasteDialog plan={plan} onApply={control.apply} onClose={closePlan} />}
    </fieldset>
  );
}

const ListRow = memo(function ListRow({ cell, number }: { cell: Cell; number: number }) {
  const { lockedAbove } = useSheet();
  const state = useCell(cell);
  const look = lookOf(cell, state);
  return (
    <li
      className="cell"
      data-at={placeText({ row: number - 1, column: 0 })}
      data-look={look}
      data-same={state.isAsLastYear || undefined}
    >
      <span className="list-number" aria-hidden="true">
        {number}
      </span>
      <div className="stack-close">
        <ListInput cell={cell} state={state} />
        {cell.type === 'text' && <Counter cell={cell} />}
        <QuestionBox cell={cell} state={state} />
      </div>
      <StateForEars cell={cell} state={state} />
      <span className="cell-word" aria-hidden="true">
        <SameWord state={state} />
        {!lockedAbove.has(cell.address) && <LookWord look={look} lock={state.lock} />}
      </span>
    </li>
  );
});

function ListInput({ cell, state }: { cell: Cell; state: CellState }) {
  const described = describedBy(cell, state);
  switch (cell.type) {
    case 'text':
      return <TextInput cell={cell} state={state} described={described} named watched />;
    case 'decimal':
      if (isComputed(cell)) return <ComputedNumber cell={cell} />;
      return <NumberInput cell={cell} state={state} described={described} named />;
    case 'code':
      return <CodeSelect cell={cell} state={state} described={described} named />;
    case 'flag':
      return <FlagInput cell={cell} state={state} described={described} />;
  }
}
