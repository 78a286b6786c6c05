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
        <SpokenSaving told={saving} />
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
  switch (state.kind) {
    case 'idle':
      return null;
    case 'typing':
      return (
        <StateWord icon={Pencil} tone="calm">
          入力中
        </StateWord>
      );
    case 'saving':
      return (
        <StateWord icon={Save} tone="calm">
          保存しています
        </StateWord>
      );
    case 'saved':
      return (
        <StateWord icon={Save} tone="good">
          保存済み {showTime(state.at)}
        </StateWord>
      );
    case 'failed':
      return (
        <StateWord icon={TriangleAlert} tone="wrong">
          保存できませんでした
        </StateWord>
      );
  }
}

/** Said once when the typing has come to rest, without the moment; a failure is said by its own notice. */
function SpokenSaving({ told }: { told: Told<SaveState> }) {
  const { kind } = useTold(told);
  return (
    <span role="status" className="for-ears">
      {kind === 'saved' && '保存しました'}
    </span>
  );
}
