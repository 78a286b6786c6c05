// Printing many sheets from the list by the browser's or the system's own dialog: each is fetched and laid out in turn.
import { useState } from 'react';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { footOf } from '../../shared/paper/foot.ts';
import { type PaperOptions, paperOf } from '../../shared/paper/paper.ts';
import type { Page } from '../../shared/paper/style.ts';
import { useHost } from '../host/HostContext.tsx';
import { type Printed, printSheets } from './printing.ts';

type Choice = PaperOptions & { page: Page };

export type Printing = {
  /** How many sheets are ready, while they are being made ready. */
  ready: number | undefined;
  problem: Problem | undefined;
  /** Prints these sheets, or all of them. */
  print(only: readonly string[] | undefined, choice: Choice): Promise<void>;
};

export function usePrinting(): Printing {
  const host = useHost();
  const [ready, setReady] = useState<number>();
  const [problem, setProblem] = useState<Problem>();

  async function gather(only: readonly string[] | undefined, choice: Choice): Promise<Printed[] | undefined> {
    const listed = await host.call('sheet.list', {});
    if (!listed.ok) return void setProblem(listed.problem);
    const rows = listed.value.sheets.filter(({ id }) => only?.includes(id) ?? true);
    const forms = new Map<string, Form>();
    const printed: Printed[] = [];
    for (const row of rows) {
      const shown = await host.call('sheet.show', { sheet: row.id });
      if (!shown.ok) return void setProblem(shown.problem);
      const { form: hash, year, values } = shown.value;
      const defined = forms.has(hash) ? undefined : await host.call('form.show', { form: hash });
      if (defined && !defined.ok) return void setProblem(defined.problem);
      if (defined?.ok) forms.set(hash, layOut(readDefinition(defined.value.definition, row.number), year));
      const form = forms.get(hash);
      if (form) {
        printed.push({
          paper: paperOf(form, values, choice),
          foot: footOf({ ...shown.value, heads: row.heads }, choice),
        });
      }
      setReady(printed.length);
    }
    return printed;
  }

  return {
    ready,
    problem,
    async print(only, choice) {
      setProblem(undefined);
      setReady(0);
      try {
        const printed = await gather(only, choice);
        if (printed) await printSheets(host, printed, choice.page);
      } finally {
        setReady(undefined);
      }
    },
  };
}
