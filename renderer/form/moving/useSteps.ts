// Taking steps of typing back and doing them again. Steps are kept with the file, so they outlive the window.
// Inside a text that is not saved yet the browser's own undo comes first: its steps are finer.
import { useCallback } from 'react';
import type { Form } from '../../../shared/form/form.ts';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { useHost } from '../../host/HostContext.tsx';
import { useSay } from '../../ui/Announcer.tsx';
import type { Entry } from '../entry.ts';
import type { Desk } from '../SheetDesk.tsx';
import { addressOf, goToCell } from './goTo.ts';
import { isTextInput } from './useShortcuts.ts';

const WORDS = {
  undo: { done: '元に戻しました', none: '元に戻すことはありません。' },
  redo: { done: 'やり直しました', none: 'やり直すことはありません。' },
} as const;

type Parts = {
  form: Form;
  entry: Entry;
  desk: Desk;
  refresh: () => Promise<void>;
  onProblem: (problem: Problem) => void;
};
/** `leads`: the person is led to the first of its cells. */
export type TakeStep = (kind: 'undo' | 'redo', leads?: boolean) => Promise<void>;

export function useSteps({ form, entry, desk, refresh, onProblem }: Parts): TakeStep {
  const host = useHost();
  const say = useSay();
  return useCallback(
    async (kind, leads = true) => {
      if (!(await entry.flush())) return;
      const reply = await host.call(`cell.${kind}`, { sheet: entry.view().id });
      if (!reply.ok) return onProblem(reply.problem);
      const { cells } = reply.value;
      const first = cells[0];
      if (!first) return say(WORDS[kind].none);
      await refresh();
      for (const { address } of cells) desk.show(address, 'force');
      if (leads) goToCell(form, first.address);
      const others = cells.length > 1 ? ` ほか${cells.length - 1}件` : '';
      say(`${WORDS[kind].done}：${form.byAddress.get(first.address)?.label}${others}`);
    },
    [host, form, entry, desk, refresh, onProblem, say],
  );
}

/** Whether Ctrl+Z belongs to the browser: in a box outside of the sheet, or while a text of it is not saved yet. */
export function isBrowsersUndo(form: Form, entry: Entry, target: EventTarget | null): boolean {
  if (!isTextInput(target)) return false;
  if (!target.closest('.sheet-form')) return true;
  const address = addressOf(form, target);
  return address !== undefined && entry.isPending(address);
}
