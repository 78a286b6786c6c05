// A fixed decimal with its unit and, where the form allows, how firm it is. Computed numbers are only shown.
// Thousands stand in the number while nobody is in it; whoever enters it sees the digits as they are typed.
import { type FocusEvent, type KeyboardEvent, useSyncExternalStore } from 'react';
import { useFormContext } from 'react-hook-form';
import { type DecimalCell, NUMBER_STATES, stateAddress } from '../../shared/form/cell.ts';
import { computeCell } from '../../shared/form/compute.ts';
import { showDecimal } from '../../shared/kernel/decimal.ts';
import { type Inputs, inputsOf, statesOf } from './display.ts';
import { isComposing } from './grid/keys.ts';
import { type CellState, inputId, useNumberTyping, useSheet } from './SheetContext.tsx';
import { useTyping } from './useTyping.ts';

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
  const { setValue } = useFormContext<Inputs>();
  const typing = useNumberTyping(cell, state.type);
  const isLocked = state.lock !== undefined;
  const isFailed = state.mark.phase === 'failed';

  function onFocus({ target }: FocusEvent<HTMLInputElement>) {
    const value = entry.values()[cell.address];
    const isShown = typeof value === 'string' && target.value === inputsOf(cell, entry.values())[cell.address];
    if (!isLocked && isShown) target.value = value;
  }

  function onLeave() {
    void entry.flush();
    const shown = inputsOf(cell, entry.values())[cell.address];
    if (!isLocked && shown !== undefined && !entry.isPending(cell.address)) setValue(cell.address, shown);
  }

  /** Alt+1 to Alt+5 say how firm the number is, and take that back when it was said already. */
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (isLocked || !event.altKey || isComposing({ ...event.nativeEvent, keyCode: event.keyCode })) return;
    const wanted = NUMBER_STATES[Number(/^Digit([1-5])$/.exec(event.code)?.[1]) - 1];
    if (wanted && cell.states.includes(wanted.code)) {
      event.preventDefault();
      typing.toggleState(wanted.code);
    }
  }

  const field = useTyping(cell.address, { onText: typing.onText, onLeave });
  return (
    <div className="number-box">
      <span className="number-line">
        <input
          {...field}
          id={inputId(cell.address)}
          className="input number"
          inputMode="decimal"
          autoComplete="off"
          readOnly={isLocked}
          aria-label={named ? cell.label : undefined}
          aria-describedby={described}
          aria-invalid={isFailed || undefined}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
        />
        {cell.unit !== undefined && !bare && <span className="unit">{cell.unit}</span>}
      </span>
      {cell.states.length > 0 && <StateSelect cell={cell} state={state} onState={typing.onState} inTable={named} />}
    </div>
  );
}

type StateProps = { cell: DecimalCell; state: CellState; onState: (code: string) => void; inTable: boolean };

/** In a table it is no stop for Tab: Alt+1 to Alt+5 choose from within the number. */
function StateSelect({ cell, state, onState, inTable }: StateProps) {
  const { entry } = useSheet();
  const { register } = useFormContext<Inputs>();
  if (state.lock !== undefined) {
    const label = statesOf(cell).find(({ code }) => code === state.firmness)?.label;
    return label === undefined ? null : <span className="quiet">{label}</span>;
  }
  const { ref, ...field } = register(stateAddress(cell.address), {
    onChange: (event) => onState(event.target.value),
    onBlur: () => void entry.flush(),
  });
  return (
    <select
      {...field}
      ref={(select) => {
        if (select?.options.length === 0) select.append(optionsOf(cell));
        ref(select);
      }}
      id={inputId(stateAddress(cell.address))}
      className="number-state"
      tabIndex={inTable ? -1 : undefined}
      aria-label={`${cell.label} の区分`}
    />
  );
}

/** Copied from those made once: as elements of React, the options of a large sheet cost more than all of its inputs. */
function optionsOf(cell: DecimalCell): Node {
  const key = cell.states.join();
  const made = optionsMade.get(key) ?? document.createDocumentFragment();
  if (!optionsMade.has(key)) {
    made.append(new Option('区分', ''), ...statesOf(cell).map(({ code, label }) => new Option(label, code)));
    optionsMade.set(key, made);
  }
  return made.cloneNode(true);
}
const optionsMade = new Map<string, DocumentFragment>();

/** A number that follows from other cells. */
export function ComputedNumber({ cell, bare = false }: { cell: DecimalCell; bare?: boolean }) {
  const { entry, form } = useSheet();
  const value = useSyncExternalStore(entry.subscribe, () => computeCell(form, cell, entry.values()));
  return (
    <output className="computed" id={inputId(cell.address)} aria-label={cell.label} tabIndex={-1}>
      {value === undefined ? <span className="quiet">計算待ち</span> : showDecimal(value)}
      {value !== undefined && cell.unit !== undefined && !bare && <span className="unit">{cell.unit}</span>}
    </output>
  );
}
