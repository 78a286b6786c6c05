// One sheet, open for entry: loads it, keeps it fresh, and sees to it that what is typed is saved before it is left.
import { Check, FileInput } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { SheetView, WorkspaceView } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { createEntry, type Entry, type SaveState } from '../form/entry.ts';
import { goToCell, SectionNav, useCompleteness } from '../form/SectionNav.tsx';
import { SheetForm } from '../form/SheetForm.tsx';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Meter } from '../ui/Progress.tsx';
import { Screen } from '../ui/Screen.tsx';
import { createQuiet } from '../ui/timing.ts';
import type { Leave } from './App.tsx';
import { Conflicts } from './Conflicts.tsx';
import { OpenMatters } from './OpenMatters.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

const QUIET_MS = 600;

type Props = {
  workspace: WorkspaceView;
  place: { sheet: string; cell?: string };
  go: Go;
  onLeave: (leave: Leave) => void;
  onSaving: (saving: SaveState) => void;
};

export function SheetScreen(props: Props) {
  const host = useHost();
  const { value, problem } = useQuery('sheet.show', { sheet: props.place.sheet }, []);
  const [entry, setEntry] = useState<Entry>();
  useEffect(() => {
    if (!value) return;
    const send = (cells: { cell: string; raw: string }[]) => host.call('cell.set', { sheet: value.id, cells });
    setEntry((before) => before ?? createEntry(value, send, createQuiet(QUIET_MS)));
  }, [host, value]);
  const back = { label: 'シート一覧へ', go: () => props.go({ at: 'sheets' }) };
  if (problem) {
    return (
      <Screen title="シート" back={back}>
        <ProblemNotice problem={problem} />
      </Screen>
    );
  }
  return value && entry ? <FormLoader {...props} view={value} entry={entry} back={back} /> : null;
}

type LoadedProps = Props & { entry: Entry; back: { label: string; go: () => void } };

function FormLoader(props: LoadedProps & { view: SheetView }) {
  const { form, problem } = useLaidOutForm(props.view.form, props.view.year);
  if (form) return <OpenSheet {...props} form={form} />;
  return problem ? (
    <Screen title="シート" back={props.back}>
      <ProblemNotice problem={problem} />
    </Screen>
  ) : null;
}

function OpenSheet({ workspace, place, go, onLeave, onSaving, entry, form, back }: LoadedProps & { form: Form }) {
  const view = useSyncExternalStore(entry.subscribe, entry.view);
  const saving = useSyncExternalStore(entry.subscribe, entry.saving);
  const done = useCompleteness(form, entry, 'department');
  const task = useTask();
  const [committed, setCommitted] = useState<string>();
  useFreshness(entry, view.id, saving);

  useEffect(() => onSaving(saving), [onSaving, saving]);
  useEffect(() => onLeave(() => entry.flush()), [onLeave, entry]);
  useEffect(() => {
    const save = () => void entry.flush();
    document.addEventListener('visibilitychange', save);
    window.addEventListener('pagehide', save);
    return () => {
      document.removeEventListener('visibilitychange', save);
      window.removeEventListener('pagehide', save);
    };
  }, [entry]);
  useEffect(() => {
    if (place.cell !== undefined) goToCell(form, place.cell);
  }, [form, place.cell]);

  async function commit() {
    setCommitted(undefined);
    if (!(await entry.flush())) return;
    const made = await task.run('確定しています', 'sheet.commit', { sheet: view.id });
    if (made)
      setCommitted(
        made.revision === null ? '新しい入力がないので、そのままです。' : 'このシートの入力を確定しました。',
      );
  }

  async function choose(address: string, revision: string) {
    if (!(await entry.flush())) return;
    const next = await task.run('採る内容を入れています', 'conflict.choose', { sheet: view.id, address, revision });
    if (next) entry.show(next);
  }

  function giveUp() {
    onLeave(async () => true);
    go({ at: 'sheets' });
  }

  const isOffice = workspace.role === 'office';
  const jump = useCallback((address: string) => goToCell(form, address), [form]);
  return (
    <Screen
      title={`${view.number} ${view.name}`}
      width="wide"
      back={back}
      aside={
        <div className="toolbar">
          <span className="sheet-done">
            必須の入力 <Meter done={done.filled} total={done.required} label="必須の入力" />
          </span>
          <Button kind="outline" size="toolbar" icon={FileInput} onClick={() => go({ at: 'intake', sheet: view.id })}>
            記入済みシートを読み込む
          </Button>
          {isOffice && (
            <Button kind="primary" size="toolbar" icon={Check} onClick={commit}>
              入力を確定する
            </Button>
          )}
        </div>
      }
    >
      <TaskReport task={task} />
      {committed !== undefined && <Notice tone="success" title={committed} spoken />}
      {saving.kind === 'failed' && (
        <div className="pinned">
          <ProblemNotice problem={saving.problem}>
            <p>まだ保存できていない入力があります。文字はこの画面に残っています。</p>
            <div className="actions">
              <Button kind="primary" size="toolbar" onClick={() => void entry.flush()}>
                もう一度保存する
              </Button>
              <Button kind="text" size="toolbar" onClick={giveUp}>
                保存できない入力を捨てて、一覧へ戻る
              </Button>
            </div>
          </ProblemNotice>
        </div>
      )}
      <div className="sheet-layout">
        <SectionNav form={form} entry={entry} role={workspace.role} />
        <div className="sheet-main">
          <Conflicts conflicts={view.conflicts} form={form} onChoose={choose} onJump={jump} />
          <OpenMatters questions={view.questions} unmatched={view.unmatched} onJump={jump} />
          <SheetForm form={form} entry={entry} />
        </div>
      </div>
    </Screen>
  );
}

/** Looks at the sheet anew after every save and whenever somebody changed it: checks look across cells. */
function useFreshness(entry: Entry, sheet: string, saving: SaveState): void {
  const host = useHost();
  const asking = useRef(0);
  const refresh = useCallback(async () => {
    asking.current += 1;
    const mine = asking.current;
    const reply = await host.call('sheet.show', { sheet });
    if (reply.ok && mine === asking.current) entry.show(reply.value);
  }, [host, entry, sheet]);
  const savedAt = saving.kind === 'saved' ? saving.at : undefined;
  useEffect(() => {
    if (savedAt !== undefined && savedAt !== entry.view().savedAt) void refresh();
  }, [savedAt, entry, refresh]);
  useEffect(
    () =>
      host.onChanged((topics) => {
        if (topics.includes('sheets')) void refresh();
      }),
    [host, refresh],
  );
}
