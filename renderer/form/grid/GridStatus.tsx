// The line under a table: the state of the cell in hand in words and the keys for how firm its number is; before that,
// what keys do here. It keeps its height, so that nothing moves when somebody enters the table.
import { type Cell, type DecimalCell, isComputed, NUMBER_STATES } from '../../../shared/form/cell.ts';
import { LookWord, lookOf, SameWord } from '../CellFrame.tsx';
import { Counter } from '../Counter.tsx';
import { statesOf } from '../display.ts';
import { type CellState, useCell, useNumberTyping } from '../SheetContext.tsx';
import type { Control } from './control.ts';
import { useCellInHand } from './useGrid.ts';

export function GridStatus({ control, areaWords }: { control: Control; areaWords: string }) {
  const cell = useCellInHand(control);
  return (
    <div className="grid-status">
      <span role="status" className={areaWords === '' ? 'for-ears' : undefined}>
        {areaWords}
      </span>
      {areaWords !== '' ? null : cell ? (
        <CellInHand key={cell.address} cell={cell} onDone={control.back} />
      ) : (
        <p className="quiet">F2 欄の中を直す　Shift＋矢印 範囲を選ぶ　Ctrl＋C／V 写す／貼る　Ctrl＋D 上と同じ</p>
      )}
    </div>
  );
}

function CellInHand({ cell, onDone }: { cell: Cell; onDone: () => void }) {
  const state = useCell(cell);
  const look = lookOf(cell, state);
  const hasStates = cell.type === 'decimal' && cell.states.length > 0 && !isComputed(cell) && state.lock === undefined;
  return (
    <>
      {isComputed(cell) ? <span className="quiet">計算で決まる欄</span> : <LookWord look={look} lock={state.lock} />}
      <SameWord state={state} />
      {cell.type === 'text' && state.lock === undefined && <Counter cell={cell} />}
      {hasStates && <StateKeys cell={cell} state={state} onDone={onDone} />}
    </>
  );
}

type KeysProps = { cell: DecimalCell; state: CellState; onDone: () => void };

/** The keys are shown as buttons for the mouse; the keyboard has the keys themselves. */
function StateKeys({ cell, state, onDone }: KeysProps) {
  const typing = useNumberTyping(cell, state.type);
  const choose = (code: string) => {
    typing.toggleState(code);
    onDone();
  };
  return (
    <span className="state-keys">
      <kbd className="quiet">Alt＋</kbd>
      {statesOf(cell).map(({ code, label }) => (
        <button
          key={code}
          type="button"
          tabIndex={-1}
          className="state-key"
          aria-keyshortcuts={`Alt+${keyOfState(code)}`}
          aria-pressed={state.firmness === code}
          onClick={() => choose(code)}
        >
          <kbd>{keyOfState(code)}</kbd> {label}
        </button>
      ))}
    </span>
  );
}

const keyOfState = (code: string): number => NUMBER_STATES.findIndex((state) => state.code === code) + 1;
