// Ties a table's control to the page: its handlers, its clipboard, and the preview of what is about to be pasted.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useFormContext } from 'react-hook-form';
import type { Cell } from '../../../shared/form/cell.ts';
import { useSay } from '../../ui/Announcer.tsx';
import type { Inputs } from '../display.ts';
import type { PastePlan } from '../paste/plan.ts';
import { useSheet } from '../SheetContext.tsx';
import { useDesk } from '../SheetDesk.tsx';
import { type Control, createControl } from './control.ts';
import type { Table } from './table.ts';

export type Grid = {
  control: Control;
  attach: (element: HTMLElement | null) => (() => void) | undefined;
  /** What is selected, in words; blank for a single cell. */
  areaWords: string;
  plan: PastePlan | undefined;
  closePlan: () => void;
};

export function useGrid(table: Table): Grid {
  const { entry, form } = useSheet();
  const { setValue } = useFormContext<Inputs>();
  const { put } = useDesk();
  const say = useSay();
  const [areaWords, tellArea] = useState('');
  const [plan, setPlan] = useState<PastePlan>();
  const control = useMemo(
    () => createControl({ table, entry, form, inputs: { setValue }, save: put, say, tellArea, preview: setPlan }),
    [table, entry, form, setValue, put, say],
  );
  // While the dialog stands nothing behind it takes the focus: the cell gets it back once the dialog is gone.
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !plan) control.back();
    wasOpen.current = plan !== undefined;
  }, [plan, control]);
  return {
    control,
    attach: useCallback((element: HTMLElement | null) => control.attach(element), [control]),
    areaWords,
    plan,
    closePlan: useCallback(() => setPlan(undefined), []),
  };
}

/** The cell in which the person stands, while they are in the table. */
export const useCellInHand = (control: Control): Cell | undefined =>
  useSyncExternalStore(control.subscribe, control.cell);
