// One sheet: fetched with its form and last year's, then opened for entry.
import { useEffect, useState } from 'react';
import type { SheetView } from '../../shared/contract/views.ts';
import { createEntry, type Entry } from '../form/entry.ts';
import { SheetDesk } from '../form/SheetDesk.tsx';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { createQuiet } from '../ui/timing.ts';
import { OpenSheet, type SheetProps } from './OpenSheet.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

const QUIET_MS = 600;

export function SheetScreen(props: SheetProps) {
  const host = useHost();
  const { value, problem } = useQuery('sheet.show', { sheet: props.place.sheet }, []);
  const [entry, setEntry] = useState<Entry>();
  useEffect(() => {
    if (!value) return;
    const send = (cells: { cell: string; raw: string }[]) => host.call('cell.set', { sheet: value.id, cells });
    setEntry((before) => before ?? createEntry(value, send, createQuiet(QUIET_MS)));
  }, [host, value]);
  const { from } = props.place;
  const back = from
    ? { label: 'もとの画面へ', go: () => props.go(from) }
    : { label: 'シート一覧へ', go: () => props.go({ at: 'sheets' }) };
  if (problem) {
    return (
      <Screen title="シート" back={back}>
        <ProblemNotice problem={problem} />
      </Screen>
    );
  }
  return value && entry ? <FormLoader {...props} view={value} entry={entry} back={back} /> : null;
}

type LoadedProps = SheetProps & { view: SheetView; entry: Entry; back: { label: string; go: () => void } };

function FormLoader({ view, entry, back, ...props }: LoadedProps) {
  const { form, problem } = useLaidOutForm(view.form, view.year);
  if (form) {
    return (
      <SheetDesk form={form} entry={entry}>
        <OpenSheet {...props} entry={entry} form={form} back={back} />
      </SheetDesk>
    );
  }
  return problem ? (
    <Screen title="シート" back={back}>
      <ProblemNotice problem={problem} />
    </Screen>
  ) : null;
}
