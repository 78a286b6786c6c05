// What every cell of an open sheet needs: the sheet's entry, its form, and how to go to a cell.
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useFormContext } from 'react-hook-form';
import { type Cell, isComputed, stateAddress } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { type Inputs, isSettled, typedNumber } from './display.ts';
import type { CellFacts, Entry } from './entry.ts';

export type OpenSheet = {
  entry: Entry;
  form: Form;
  /** Cells of sections in which every cell is locked for one reason: it is said once, at the section's head. */
  lockedAbove: ReadonlySet<string>;
};

const Context = createContext<OpenSheet | null>(null);
export const SheetProvider = Context.Provider;

export function useSheet(): OpenSheet {
  const sheet = useContext(Context);
  if (!sheet) throw new Error('no sheet above this component');
  return sheet;
}

export const inputId = (address: string): string => `cell-${address}`;

/** A cell's input; of several for one choice the one that is chosen, else the first. */
export function inputOf(address: string): HTMLElement | null {
  const first = document.getElementById(inputId(address));
  if (!(first instanceof HTMLInputElement) || first.type !== 'radio') return first;
  return document.querySelector<HTMLElement>(`input[name="${first.name}"]:checked`) ?? first;
}

export type CellState = CellFacts & {
  /** Types a text into the cell; it is saved after a moment of quiet. */
  type(raw: string): void;
  /** Puts an answer into the cell as if it was typed, and saves it at once. */
  answer(raw: string): void;
};

export function useCell(cell: Cell): CellState {
  const { entry } = useSheet();
  const inputs = useFormContext<Inputs>();
  const { address } = cell;
  const facts = useSyncExternalStore(
    useCallback((listener: () => void) => entry.subscribeCell(address, listener), [entry, address]),
    () => entry.facts(address),
  );
  return {
    ...facts,
    lock: isComputed(cell) ? undefined : facts.lock,
    type: (raw) => entry.type(address, raw),
    answer(raw) {
      // Marks and choices are shown by what they come to, which the reply brings.
      if (cell.type === 'text' || cell.type === 'decimal') inputs.setValue(address, raw);
      entry.type(address, raw);
      void entry.flush();
    },
  };
}

/** The number's text and state as one: a settled state stands in place of a number, another beside it. */
export function useNumberTyping(cell: Cell, type: (raw: string) => void) {
  const inputs = useFormContext<Inputs>();
  const { address } = cell;
  const state = stateAddress(address);
  // Asked of the page, which knows each key at once.
  const shown = (name: string) => {
    const input = document.getElementById(inputId(name));
    if (input instanceof HTMLSelectElement || input instanceof HTMLInputElement) return input.value;
    return String(inputs.getValues(name) ?? '');
  };
  const current = () => shown(state);
  const onState = (code: string) => {
    if (isSettled(code)) inputs.setValue(address, '');
    type(typedNumber(shown(address), code));
  };
  return {
    onText(text: string) {
      if (text.trim() !== '' && isSettled(current())) inputs.setValue(state, '');
      type(typedNumber(text, current()));
    },
    onState,
    /** Says it, or takes it back where it is said already. */
    toggleState(code: string) {
      const next = current() === code ? '' : code;
      inputs.setValue(state, next);
      onState(next);
    },
  };
}
