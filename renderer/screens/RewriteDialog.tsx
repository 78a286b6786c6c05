// The very same package once more: after a medium that was lost, pulled too early, or could not be read.
import { useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useCarriage } from './Carriage.tsx';
import type { Again } from './Register.tsx';
import { TaskReport } from './TaskReport.tsx';
import { WrittenPackages } from './WrittenPackages.tsx';
import { packageKind } from './words.ts';

export function RewriteDialog({ again, onClose }: { again: Again; onClose: () => void }) {
  const task = useTask();
  const carriage = useCarriage(task, [again.recipient]);
  const [done, setDone] = useState<Output<'package.rewrite'>>();
  const { folder, carry, lock, panel } = carriage;
  const title = `${packageKind(again.kind).word}${again.sequence === null ? '' : `第${again.sequence}号`}（${again.recipient}あて）をもう一度書き出す`;

  async function write() {
    if (!folder) return;
    setDone(
      await task.run('パッケージを書き出しています', 'package.rewrite', {
        hash: again.hash,
        folder: folder.file,
        carry,
      }),
    );
  }

  return (
    <Dialog title={title} width="wide" onClose={onClose}>
      <TaskReport task={task} />
      {done && folder ? (
        <>
          <WrittenPackages
            title="パッケージを書き出しました。"
            packages={done.packages}
            place={done.place}
            reveal={() => task.reveal(folder.file)}
          />
          <div className="actions">
            <Button kind="text" onClick={onClose}>
              閉じる
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>中身も番号も、前に書き出したものと同じです。両方が届いても、相手の側では一つとして扱われます。</p>
          {panel}
          <div className="actions">
            <Button kind="primary" onClick={write} locked={lock}>
              もう一度書き出す
            </Button>
            <Button kind="text" onClick={onClose}>
              やめる
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
