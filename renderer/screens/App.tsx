// The program's frame: which file is open, which screen is shown, and the bar on top.
// Promise: a screen with unsaved text is left only after that text is saved, or the person gives it up.
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { Host } from '../../shared/contract/host.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import type { SaveState } from '../form/entry.ts';
import { ShortcutSheet } from '../form/moving/ShortcutSheet.tsx';
import { useShortcuts } from '../form/moving/useShortcuts.ts';
import { Drafts } from '../form/panel/drafts.tsx';
import { keepAlike } from '../host/alike.ts';
import { HostProvider } from '../host/HostContext.tsx';
import { Announcer } from '../ui/Announcer.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { createTold } from '../ui/told.ts';
import { Bar } from './Bar.tsx';
import { CreateWorkspace } from './CreateWorkspace.tsx';
import { Distribute } from './Distribute.tsx';
import { Export } from './export/Export.tsx';
import { Publications } from './export/Publications.tsx';
import { Publish } from './export/Publish.tsx';
import { HandIn } from './HandIn.tsx';
import { Help } from './Help.tsx';
import { ArrivalNotice, InboxWatch } from './InboxWatch.tsx';
import { Intake } from './Intake.tsx';
import { JoinWorkspace } from './JoinWorkspace.tsx';
import { EnrolmentCard } from './keys/EnrolmentCard.tsx';
import { usePassphrase } from './keys/Passphrase.tsx';
import { RecoveryScreen } from './keys/RecoveryScreen.tsx';
import { Signers } from './keys/Signers.tsx';
import { Losses } from './Losses.tsx';
import { MoveRound } from './MoveRound.tsx';
import { OpenConflicts } from './OpenConflicts.tsx';
import type { Place } from './place.ts';
import { Quality } from './Quality.tsx';
import { Reassign } from './Reassign.tsx';
import { Receipts } from './Receipts.tsx';
import { Receive } from './Receive.tsx';
import { RecordOfReceiving } from './Record.tsx';
import { Register } from './Register.tsx';
import { RemarkMany } from './RemarkMany.tsx';
import { ReturnSheets } from './ReturnSheets.tsx';
import { useSealPassphrase } from './SealPassphrase.tsx';
import { Search } from './Search.tsx';
import { SheetScreen } from './SheetScreen.tsx';
import { Sheets } from './Sheets.tsx';
import { Spellings } from './Spellings.tsx';
import { type Chosen, NOTHING, toggledAll } from './selection.ts';
import { FIRST_LOOK, type Look } from './sheetRows.ts';
import { Welcome } from './Welcome.tsx';

// What draws the pictures is large, and few sessions look at them.
const Figures = lazy(() => import('./figures/Figures.tsx').then(({ Figures }) => ({ default: Figures })));

/** Saves what is typed; false keeps the person where they are. */
export type Leave = () => Promise<boolean>;

export function App({ host: raw }: { host: Host }) {
  const { host: unlocking, dialog: keyDialog } = usePassphrase(raw);
  const { host, dialog } = useSealPassphrase(unlocking);
  const [workspace, setWorkspace] = useState<WorkspaceView | null>();
  const [place, setPlace] = useState<Place>({ at: 'welcome' });
  const [visit, setVisit] = useState(0);
  const [saving] = useState(() => createTold<SaveState>({ kind: 'idle' }));
  const [problem, setProblem] = useState<Problem>();
  const [look, setLook] = useState(FIRST_LOOK);
  const [chosen, setChosen] = useState(NOTHING);
  const [isListing, setListing] = useState(false);
  const leave = useRef<Leave>(async () => true);
  const hand = useRef<string>(undefined);

  const onHand = useCallback((address: string | undefined) => {
    hand.current = address;
  }, []);
  const show = useCallback((next: Place) => {
    setPlace(next);
    setVisit((n) => n + 1);
    setProblem(undefined);
    window.scrollTo(0, 0);
  }, []);

  const go = useCallback(
    async (next: Place) => {
      if (!(await leave.current())) return;
      leave.current = async () => true;
      show(next);
    },
    [show],
  );

  const enter = useCallback(
    (opened: WorkspaceView, next: Place = { at: 'sheets' }) => {
      setWorkspace(opened);
      saving.tell({ kind: 'idle' });
      setLook(FIRST_LOOK);
      setChosen(NOTHING);
      show(next);
    },
    [show, saving.tell],
  );

  useEffect(() => {
    void host.call('app.about', {}).then((reply) => {
      if (!reply.ok) {
        setProblem(reply.problem);
        setWorkspace(null);
      } else if (reply.value.workspace) enter(reply.value.workspace);
      else setWorkspace(null);
    });
  }, [host, enter]);

  useEffect(
    () =>
      host.onChanged(async (topics) => {
        if (!topics.includes('workspace') && !topics.includes('sheets')) return;
        const reply = await host.call('workspace.view', {});
        if (reply.ok) setWorkspace((before) => keepAlike(before, reply.value));
      }),
    [host],
  );

  const close = async () => {
    if (!(await leave.current())) return;
    leave.current = async () => true;
    const reply = await host.call('workspace.close', {});
    if (!reply.ok) return setProblem(reply.problem);
    setWorkspace(null);
    show({ at: 'welcome' });
  };

  // Beside the screen in hand: what is opened so leads back to it.
  const beside = (next: 'help' | 'search') => {
    if (place.at === next) return;
    const here = place.at === 'sheet' && hand.current !== undefined ? { ...place, cell: hand.current } : place;
    const from = here.at === 'help' || here.at === 'search' ? here.from : here;
    void go(next === 'help' ? { at: 'help', from } : { at: 'search', text: '', from });
  };
  useShortcuts({
    help: () => beside('help'),
    ...(workspace ? { search: () => beside('search') } : {}),
    shortcuts: () => setListing(true),
  });

  if (workspace === undefined) return null;
  const onLeave = (next: Leave) => {
    leave.current = next;
  };
  const file = workspace ? `${workspace.print} ${workspace.name}` : undefined;
  return (
    <HostProvider value={host}>
      <Announcer>
        <InboxWatch file={file}>
          {workspace && <Bar workspace={workspace} saving={saving} go={go} beside={beside} close={close} />}
          {problem && (
            <div className="screen narrow">
              <ProblemNotice problem={problem} />
            </div>
          )}
          {workspace && place.at !== 'receive' && <ArrivalNotice go={go} />}
          <Drafts file={file}>
            <CurrentScreen
              key={visit}
              place={place}
              workspace={workspace}
              go={go}
              enter={enter}
              onLeave={onLeave}
              onSaving={saving.tell}
              onHand={onHand}
              look={look}
              onLook={setLook}
              chosen={chosen}
              onChosen={setChosen}
            />
          </Drafts>
        </InboxWatch>
        {isListing && <ShortcutSheet onClose={() => setListing(false)} />}
        {keyDialog}
        {dialog}
      </Announcer>
    </HostProvider>
  );
}

type ScreenProps = {
  place: Place;
  workspace: WorkspaceView | null;
  go: (place: Place) => void;
  enter: (workspace: WorkspaceView, next?: Place) => void;
  onLeave: (leave: Leave) => void;
  onSaving: (saving: SaveState) => void;
  onHand: (address: string | undefined) => void;
  look: Look;
  onLook: (look: Look) => void;
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
};

function CurrentScreen({ place, workspace, go, enter, onLeave, onSaving, onHand, ...list }: ScreenProps) {
  if (place.at === 'help') return <Help from={place.from} go={go} />;
  if (place.at === 'create') return <CreateWorkspace go={go} enter={enter} />;
  if (place.at === 'join') return <JoinWorkspace go={go} enter={enter} />;
  if (place.at === 'welcome' || !workspace) return <Welcome go={go} enter={enter} />;
  switch (place.at) {
    case 'search':
      return <Search from={place.from} first={place.text} go={go} />;
    case 'sheets':
      return <Sheets workspace={workspace} {...list} go={go} />;
    case 'sheet':
      return <SheetScreen {...{ workspace, place, go, onLeave, onSaving, onHand }} />;
    case 'figures':
      return (
        <Suspense fallback={null}>
          <Figures
            workspace={workspace}
            first={place.look}
            onChosen={(sheets) => list.onChosen(toggledAll(NOTHING, sheets))}
            go={go}
          />
        </Suspense>
      );
    case 'quality':
      return <Quality only={place.sheets} go={go} />;
    case 'spellings':
      return <Spellings first={place.words} only={place.sheets} go={go} />;
    case 'intake':
      return <Intake sheet={place.sheet} go={go} />;
    case 'handin':
      return <HandIn only={place.sheets} go={go} />;
    case 'distribute':
      return <Distribute only={place.sheets} go={go} />;
    case 'remark':
      return <RemarkMany workspace={workspace} sheets={place.sheets} go={go} />;
    case 'reassign':
      return <Reassign workspace={workspace} sheets={place.sheets} go={go} />;
    case 'return':
      return <ReturnSheets only={place.sheets} go={go} />;
    case 'record':
      return <RecordOfReceiving workspace={workspace} go={go} />;
    case 'receipts':
      return <Receipts go={go} />;
    case 'round':
      return <MoveRound workspace={workspace} sheets={place.sheets} go={go} />;
    case 'conflicts':
      return <OpenConflicts workspace={workspace} go={go} />;
    case 'losses':
      return <Losses sheet={place.sheet} go={go} />;
    case 'receive':
      return <Receive workspace={workspace} go={go} />;
    case 'export':
      return <Export workspace={workspace} only={place.sheets} first={place.first} go={go} />;
    case 'publications':
      return <Publications go={go} />;
    case 'publish':
      return <Publish only={place.sheets} go={go} />;
    case 'register':
      return <Register workspace={workspace} go={go} />;
    case 'signers':
      return <Signers workspace={workspace} go={go} />;
    case 'card':
      return <EnrolmentCard workspace={workspace} go={go} />;
    case 'recovery':
      return <RecoveryScreen workspace={workspace} first={place.first === true} go={go} />;
  }
}
