// The bar on top: whose file, which evaluation, and whether what was typed is saved.
import { BookOpen, Inbox, Pencil, Save, Search, TriangleAlert } from 'lucide-react';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { eraYear } from '../../shared/kernel/fiscal.ts';
import type { SaveState } from '../form/entry.ts';
import { Button } from '../ui/Button.tsx';
import { showTime } from '../ui/clock.ts';
import { StateWord } from '../ui/StateWord.tsx';
import { type Told, useTold } from '../ui/told.ts';
import { useInbox } from './InboxWatch.tsx';
import type { Go } from './place.ts';
import { roleWord } from './words.ts';

type Props = {
  workspace: WorkspaceView;
  saving: Told<SaveState>;
  go: Go;
  beside: (place: 'help' | 'search') => void;
  close: () => void;
};

export function Bar({ workspace, saving, go, beside, close }: Props) {
  const { fresh } = useInbox().view;
  return (
    <header className="bar">
      <p className="bar-unit">
        {workspace.unit}
        <span className="quiet">{roleWord[workspace.role]}</span>
      </p>
      <p>
        {workspace.year}年度<span className="era">（{eraYear(workspace.year)}）</span>評価
      </p>
      <div className="far">
        <Saving told={saving} />
        <Button kind="text" size="toolbar" icon={Search} onClick={() => beside('search')}>
          全体から探す
        </Button>
        <Button kind="text" size="toolbar" icon={BookOpen} onClick={() => beside('help')}>
          使い方
        </Button>
        {fresh.length > 0 && (
          <Button kind="text" size="toolbar" icon={Inbox} onClick={() => go({ at: 'receive' })}>
            {`届いた${fresh.length}件`}
          </Button>
        )}
        <Button kind="text" size="toolbar" onClick={() => go({ at: 'signers' })}>
          送り手の登録
        </Button>
        <Button kind="text" size="toolbar" onClick={close}>
          ファイルを閉じる
        </Button>
      </div>
    </header>
  );
}

function Saving({ told }: { told: Told<SaveState> }) {
  const state = useTold(told);
  const shown = state.kind === 'idle' ? undefined : SAVING[state.kind];
  return (
    <div>
      <p className={state.kind === 'idle' ? undefined : 'bar-saving'}>
        {shown && (
          <StateWord icon={shown.icon} tone={shown.tone}>
            {shown.word}
            {state.kind === 'saved' && ` ${showTime(state.at)}`}
          </StateWord>
        )}
        {/* Said once when the typing has come to rest, without the moment; a failure is said by its own notice. */}
        <span role="status" className="for-ears">
          {state.kind === 'saved' && '保存しました'}
        </span>
      </p>
    </div>
  );
}

const SAVING = {
  typing: { word: '入力中', icon: Pencil, tone: 'calm' },
  saving: { word: '保存しています', icon: Save, tone: 'calm' },
  saved: { word: '保存済み', icon: Save, tone: 'good' },
  failed: { word: '保存できませんでした', icon: TriangleAlert, tone: 'wrong' },
} as const;
