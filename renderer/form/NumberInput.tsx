// A fixed decimal with its unit and, where the form allows, how firm it is. Computed numbers are only shown.
import { useSyncExternalStore } from 'react';
import { useFormContext } from 'react-hook-form';
import { type DecimalCell, stateAddress } from '../../shared/form/cell.ts';
import { computeCell } from '../../shared/form/compute.ts';
import { showDecimal } from '../../shared/kernel/decimal.ts';
import { type Inputs, statesOf } from './display.ts';
import { type CellState, inputId, useNumberTyping, useSheet } from './SheetContext.tsx';

type Props = {
  cell: DecimalCell;
  state: CellState;
  described: string | undefined;
  named?: boolean;
  /** The unit stands at the row's or column's head already. */
  bare?: boolean;
};

export function NumberInput({ cell, state, described, named = false, bare = false }: Props) {
  const { entry } = useSheet();
  const { register } = useFormContext<Inputs>();
  const typing = useNumberTyping(cell, state.type);
  const isLocked = state.lock !== undefined;
  return (
    <div className="number-box">
      <span className="number-line">
        <input
          {...register(cell.address, {
            onChange: (event) => typing.onText(event.target.value),
            onBlur: () => void entry.flush(),
          })}
          id={inputId(cell.address)}
          className="input number"
          inputMode="decimal"
          autoComplete="off"
          readOnly={isLocked}
          aria-label={named ? cell.label : undefined}
          aria-describedby={described}
        />
        {cell.unit !== undefined && !bare && <span className="unit">{cell.unit}</span>}
      </span>
      {cell.states.length > 0 && <StateSelect cell={cell} isLocked={isLocked} onState={typing.onState} />}
    </div>
  );
}

type StateProps = { cell: DecimalCell; isLocked: boolean; onState: (code: string) => void };

function StateSelect({ cell, isLocked, onState }: StateProps) {
  const { entry } = useSheet();
  const { register } = useFormContext<Inputs>();
  const address = stateAddress(cell.address);
  const current = useSyncExternalStore(entry.subscribe, () => entry.values()[address]);
  if (isLocked) {
    const label = statesOf(cell).find((state) => state.code === current)?.label;
    return label === undefined ? null : <span className="quiet">{label}</span>;
  }
  return (
    <select
      {...register(address, { onChange: (event) => onState(event.target.value), onBlur: () => void entry.flush() })}
      className="number-state"
      aria-label={`${cell.label} の区分`}
    >
      <option value="">区分</option>
      {statesOf(cell).map((state) => (
        <option key={state.code} value={state.code}>
          {state.label}
        </option>
      ))}
    </select>
  );
}

/** A number that follows from other cells. */
export function ComputedNumber({ cell, bare = false }: { cell: DecimalCell; bare?: boolean }) {
  const { entry, form } = useSheet();
  const value = useSyncExternalStore(entry.subscribe, () => computeCell(form, cell, entry.values()));
  return (
    <output className="computed" id={inputId(cell.address)} aria-label={cell.label}>
      {value === undefined ? <span className="quiet">計算待ち</span> : showDecimal(value)}
      {value !== undefined && cell.unit !== undefined && !bare && <span className="unit">{cell.unit}</span>}
    </output>
  );
}
