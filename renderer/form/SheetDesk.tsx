// What an open sheet and everything around it share: the inputs, the entry, and the one way to put a text into cells
// from outside of them (last year's words, an older value, a replacement), also while the cursor stands in one.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { FormProvider, type UseFormReturn, useForm } from 'react-hook-form';
import { isComputed, stateAddress } from '../../shared/form/cell.ts';
import type { Form, Section } from '../../shared/form/form.ts';
import { createTold, type Told } from '../ui/told.ts';
import { allInputs, type Inputs, inputsFor, inputsOf, isSettled } from './display.ts';
import type { Entry, Typed } from './entry.ts';
import { cellsIn } from './moving/goTo.ts';
import { SheetProvider } from './SheetContext.tsx';

export type Desk = {
  /** Types into many cells as one step that can be taken back. False when saving failed: the texts stay typed. */
  put(cells: readonly Typed[]): Promise<boolean>;
  /** Puts what a cell holds into its inputs, unless more is typed there; by force also where the cursor stands. */
  show(address: string, by?: 'force'): void;
  /** The check for which somebody at its cell wants to write a reason; whoever shows the box for it takes it away. */
  reasonFor: Told<Asked | undefined>;
};
export type Asked = { address: string; check: string };

const Context = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error('no desk above this component');
  return desk;
}

/** Why a whole section is locked, or undefined where it is not, or not for one reason. */
export function lockOfSection(section: Section, locks: Readonly<Record<string, string>>): string | undefined {
  const reasons = new Set(
    cellsIn(section)
      .filter((cell) => !isComputed(cell))
      .map((cell) => locks[cell.address]),
  );
  return reasons.size === 1 ? [...reasons][0] : undefined;
}

export function SheetDesk({ form, entry, children }: { form: Form; entry: Entry; children: ReactNode }) {
  const inputs = useInputs(useMemo(() => allInputs(form, entry.values()), [form, entry]));
  const locks = useSyncExternalStore(entry.subscribe, () => entry.view().locks);
  const lockedAbove = useMemo(
    () =>
      new Set(
        form.sections
          .filter((section) => lockOfSection(section, locks) !== undefined)
          .flatMap((section) => cellsIn(section).map((cell) => cell.address)),
      ),
    [form, locks],
  );
  const desk = useMemo((): Desk => {
    const show = showerOf(form, entry, inputs);
    return {
      show,
      reasonFor: createTold<Asked | undefined>(undefined),
      async put(cells) {
        const well = await entry.put(cells);
        for (const { cell, raw } of cells) {
          const known = form.byAddress.get(cell);
          if (well) show(cell, 'force');
          // What could not be saved must be seen where it was meant to stand.
          else if (known)
            for (const [name, value] of Object.entries(inputsFor(known, raw))) inputs.setValue(name, value);
        }
        return well;
      },
    };
  }, [form, entry, inputs]);
  useEffect(
    () =>
      entry.onSettled((addresses) => {
        for (const address of addresses) desk.show(address);
      }),
    [entry, desk],
  );
  return (
    <FormProvider {...inputs}>
      <SheetProvider value={useMemo(() => ({ entry, form, lockedAbove }), [entry, form, lockedAbove])}>
        <Context value={desk}>{children}</Context>
      </SheetProvider>
    </FormProvider>
  );
}

/** The form's functions without its state, which no input reads: it changes when the form is mounted, and with every blur. */
function useInputs(defaultValues: Inputs): UseFormReturn<Inputs> {
  const methods = useForm<Inputs>({ defaultValues });
  const [first] = useState(() => ({ ...methods }));
  return first;
}

function showerOf(form: Form, entry: Entry, inputs: UseFormReturn<Inputs>): Desk['show'] {
  return (address, by) => {
    const cell = form.byAddress.get(address);
    if (!cell || isComputed(cell) || entry.isPending(address)) return;
    const focused = document.activeElement?.getAttribute('name');
    const isInside = document.activeElement?.matches('textarea, input[inputmode]') && focused === address;
    if (isInside && by === undefined) return;
    const next = inputsOf(cell, entry.values());
    const state = stateAddress(address);
    // 「見込」 chosen before its number is typed has nothing to stand beside yet: it waits in its input.
    const waits = next[address] === '' && next[state] === '' && !isSettled(String(inputs.getValues(state) ?? ''));
    // Set even where the book of values says so already: it follows behind what is typed.
    for (const [name, value] of Object.entries(next)) if (!(waits && name === state)) inputs.setValue(name, value);
  };
}
