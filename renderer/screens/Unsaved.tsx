// What could not be saved stays typed, and this stays in sight until it is saved or given up.
import { useSyncExternalStore } from 'react';
import type { Entry } from '../form/entry.ts';
import { useSay } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';

type Props = {
  entry: Entry;
  /** Leads back to where somebody wrote; what they pressed is gone by then. */
  onSaved: () => void;
  giveUp: () => void;
};

export function Unsaved({ entry, onSaved, giveUp }: Props) {
  const say = useSay();
  const trouble = useSyncExternalStore(entry.subscribeSaving, entry.trouble);
  if (!trouble) return null;
  const again = async () => {
    if (await entry.flush()) onSaved();
    else say('まだ保存できません。');
  };
  return (
    <div className="pinned">
      <ProblemNotice problem={trouble}>
        <p>まだ保存できていない入力があります。文字はこの画面に残っています。</p>
        <div className="actions">
          <Button kind="primary" size="toolbar" onClick={again}>
            もう一度保存する
          </Button>
          <Button kind="text" size="toolbar" onClick={giveUp}>
            保存できない入力を捨てて、一覧へ戻る
          </Button>
        </div>
      </ProblemNotice>
    </div>
  );
}
