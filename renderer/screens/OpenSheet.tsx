// A sheet open for entry: its parts side by side, its keys, and that what is typed is saved before it is left.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentAt } from '../../shared/form/merge.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { footOf } from '../../shared/paper/foot.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import type { Entry, SaveState } from '../form/entry.ts';
import { writtenAnew } from '../form/lastYear.ts';
import { FindReplace } from '../form/moving/FindReplace.tsx';
import { goToCell } from '../form/moving/goTo.ts';
import { JumpBox } from '../form/moving/JumpBox.tsx';
import { useFieldInHand } from '../form/moving/useFieldInHand.ts';
import { useMoving } from '../form/moving/useMoving.ts';
import { useShortcuts } from '../form/moving/useShortcuts.ts';
import { isBrowsersUndo, useSteps } from '../form/moving/useSteps.ts';
import { rawOf } from '../form/panel/oldContent.ts';
import { Panel } from '../form/panel/Panel.tsx';
import { SectionNav } from '../form/SectionNav.tsx';
import { useDesk } from '../form/SheetDesk.tsx';
import { SheetForm } from '../form/SheetForm.tsx';
import { useSpokenQuestions } from '../form/useSpokenQuestions.ts';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { pageNamed, unusualIn, usePaperChoice } from '../print/choice.ts';
import { PaperPreview } from '../print/PaperPreview.tsx';
import { printSheets } from '../print/printing.ts';
import { useSay } from '../ui/Announcer.tsx';
import { keep, readKept } from '../ui/kept.ts';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Leave } from './App.tsx';
import { Conflicts } from './Conflicts.tsx';
import { Decisions } from './Decisions.tsx';
import { OpenMatters } from './OpenMatters.tsx';
import type { Go, Place } from './place.ts';
import { SheetActions, SheetTools } from './SheetTools.tsx';
import { SignOff } from './SignOff.tsx';
import { TaskReport } from './TaskReport.tsx';
import { Unsaved } from './Unsaved.tsx';
import { useFreshness } from './useFreshness.ts';

export type SheetProps = {
  workspace: WorkspaceView;
  place: { sheet: string; cell?: string; conflict?: string; from?: Place };
  go: Go;
  onLeave: (leave: Leave) => void;
  onSaving: (saving: SaveState) => void;
  /** Tells the cell that somebody has in hand. */
  onHand: (address: string | undefined) => void;
};

type Props = SheetProps & { entry: Entry; form: Form; back: { label: string; go: () => void } };
export type Box = 'jump' | 'find' | 'replace';

export function OpenSheet({ workspace, place, go, onLeave, onSaving, onHand, entry, form, back }: Props) {
  const host = useHost();
  const desk = useDesk();
  const say = useSay();
  const view = useSyncExternalStore(entry.subscribe, entry.view);
  const previous = useQuery('sheet.previous', { sheet: view.id }, ['sheets']).value?.previous ?? undefined;
  const task = useTask();
  const [committed, setCommitted] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [box, setBox] = useState<Box>();
  const [isPanelOpen, setPanelOpen] = usePanel();
  const [isPaperOpen, setPaperOpen] = useState(false);
  const choice = usePaperChoice();
  const foot = footOf({ ...view, heads: view.head === null ? [] : [view.head] }, choice);
  const refresh = useFreshness(entry, view.id);
  const hand = useFieldInHand(form);
  useEffect(() => onHand(hand), [onHand, hand]);
  const moving = useMoving(form, entry, workspace.role, hand);
  const step = useSteps({ form, entry, desk, refresh, onProblem: setProblem });
  useSpokenQuestions(form, entry);
  useEffect(() => desk.reasonFor.subscribe(() => desk.reasonFor.get() && setPanelOpen(true)), [desk, setPanelOpen]);
  const jump = useCallback((address: string) => void goToCell(form, address), [form]);

  useEffect(() => entry.compareWith(previous ? writtenAnew(form, previous.values) : {}), [entry, form, previous]);
  useSaving(entry, onSaving);
  useEffect(() => onLeave(() => entry.flush()), [onLeave, entry]);
  useEffect(() => {
    const save = () => void entry.flush();
    const ask = (event: Event) => {
      if (entry.trouble()) event.preventDefault();
    };
    document.addEventListener('visibilitychange', save);
    window.addEventListener('pagehide', save);
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
      document.removeEventListener('visibilitychange', save);
      window.removeEventListener('pagehide', save);
    };
  }, [entry]);
  useEffect(() => {
    if (place.cell !== undefined) goToCell(form, place.cell);
  }, [form, place.cell]);

  function copyPrevious() {
    const cell = hand === undefined ? undefined : form.byAddress.get(hand);
    if (!cell) return say('先に、写したい欄を選んでください。');
    if (!previous) return say('前年度のシートが、まだ読み込まれていません。');
    if (view.locks[cell.address] !== undefined) return say(`この欄には写せません：${view.locks[cell.address]}`);
    const raw = rawOf(cell, contentAt(previous.values, cell.address));
    if (raw === '') return say('前年度のこの欄は空欄です。');
    void desk.put([{ cell: cell.address, raw }]).then((well) => {
      if (well) say(`前年度の内容を写しました：${cell.label}`);
    });
  }

  async function print() {
    if (!(await entry.flush())) return;
    await printSheets(host, [{ paper: paperOf(form, entry.values(), choice), foot }], pageNamed(choice.page));
  }

  useShortcuts({
    'next-empty': () => moving.empty(1),
    'previous-empty': () => moving.empty(-1),
    'next-matter': () => moving.matter(1),
    'previous-matter': () => moving.matter(-1),
    'next-section': (event) => (opensChoices(event) ? 'not mine' : moving.section(1)),
    'previous-section': (event) => (opensChoices(event) ? 'not mine' : moving.section(-1)),
    jump: () => setBox('jump'),
    list: back.go,
    find: () => setBox('find'),
    replace: () => setBox('replace'),
    'copy-previous': copyPrevious,
    panel: () => setPanelOpen(!isPanelOpen),
    paper: () => setPaperOpen(!isPaperOpen),
    save: () => void entry.flush(),
    print: () => void print(),
    undo: (event) => (isBrowsersUndo(form, entry, event.target) ? 'not mine' : void step('undo')),
    redo: (event) => (isBrowsersUndo(form, entry, event.target) ? 'not mine' : void step('redo')),
  });

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
    if (!(await entry.flush())) return false;
    const next = await task.run('採る内容を入れています', 'conflict.choose', { sheet: view.id, address, revision });
    if (next) entry.show(next);
    return next !== undefined;
  }

  // Gone at once: what lies behind an open box cannot take the focus that the box leads to.
  const closeBox = useCallback(() => flushSync(() => setBox(undefined)), []);
  return (
    <Screen
      title={`${view.number} ${view.name}`}
      width="wide"
      back={back}
      aside={
        <SheetActions
          state={view.state}
          role={workspace.role}
          entry={entry}
          form={form}
          commit={workspace.role === 'office' ? commit : undefined}
          print={print}
          printAs={unusualIn(choice)}
          intake={() => go({ at: 'intake', sheet: view.id })}
        />
      }
    >
      <SheetTools
        view={view}
        moving={moving}
        step={step}
        open={setBox}
        losses={() => go({ at: 'losses', sheet: view.id })}
        paper={() => setPaperOpen(!isPaperOpen)}
      />
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {committed !== undefined && <Notice tone="success" title={committed} spoken />}
      <Unsaved
        entry={entry}
        onSaved={() => hand !== undefined && goToCell(form, hand)}
        giveUp={() => {
          onLeave(async () => true);
          go({ at: 'sheets' });
        }}
      />
      <SignOff workspace={workspace} view={view} form={form} flush={entry.flush} refresh={refresh} />
      <Conflicts
        conflicts={view.conflicts}
        form={form}
        first={place.conflict}
        onChoose={choose}
        onJump={jump}
        onUndo={() => step('undo', false)}
      />
      <div
        className="sheet-layout"
        data-panel={isPanelOpen && !isPaperOpen ? 'open' : 'closed'}
        data-paper={isPaperOpen ? 'open' : 'closed'}
      >
        <SectionNav form={form} entry={entry} role={workspace.role} />
        <div className="sheet-main">
          {workspace.role === 'department' && <Decisions view={view} onJump={jump} />}
          <OpenMatters questions={view.questions} unmatched={view.unmatched} remarks={view.remarks} onJump={jump} />
          <SheetForm />
        </div>
        {isPaperOpen ? (
          <PaperPreview form={form} entry={entry} choice={choice} foot={foot} onClose={() => setPaperOpen(false)} />
        ) : (
          <Panel
            address={hand}
            role={workspace.role}
            previous={previous}
            isOpen={isPanelOpen}
            onToggle={() => setPanelOpen(!isPanelOpen)}
            refresh={refresh}
          />
        )}
      </div>
      {box === 'jump' && (
        <JumpBox
          form={form}
          sheet={view.id}
          toCell={jump}
          toSheet={(sheet) => go({ at: 'sheet', sheet })}
          onClose={closeBox}
        />
      )}
      {(box === 'find' || box === 'replace') && (
        <FindReplace
          mode={box}
          onClose={closeBox}
          onJump={(address, { start, end }) => {
            const input = goToCell(form, address);
            if (input instanceof HTMLTextAreaElement) input.setSelectionRange(start, end);
          }}
        />
      )}
    </Screen>
  );
}

/** Alt and an arrow open and close a list of choices. */
const opensChoices = ({ target }: Event): boolean => target instanceof HTMLSelectElement;

/** Tells how the saving stands, now and whenever that changes; what is drawn here does not follow it. */
function useSaving(entry: Entry, onSaving: (saving: SaveState) => void): void {
  useEffect(() => {
    const tell = () => onSaving(entry.saving());
    tell();
    return entry.subscribeSaving(tell);
  }, [entry, onSaving]);
}

/** Beside the sheet there is room from 1280 px on; below it, the panel waits until it is asked for. */
function usePanel(): [boolean, (open: boolean) => void] {
  const [isOpen, setOpen] = useState(
    () => (readKept('panel') ?? (window.innerWidth >= 1280 ? 'open' : 'closed')) === 'open',
  );
  const open = useCallback((isWanted: boolean) => {
    setOpen(isWanted);
    keep('panel', isWanted ? 'open' : 'closed');
  }, []);
  return [isOpen, open];
}
