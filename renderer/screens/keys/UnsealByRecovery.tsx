// Sealed packages that the key of this workstation does not open: a recovery file may.
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTask } from '../../host/useTask.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFirstFault } from '../../ui/Field.tsx';
import { TaskReport } from '../TaskReport.tsx';
import { choiceFault, NOTHING_CHOSEN, RecoveryChoice } from './RecoveryChoice.tsx';

/** `onOpen` looks at the packages anew with the recovery file. */
export function UnsealByRecovery({ onOpen }: { onOpen: (recovery: { file: string; passphrase: string }) => void }) {
  const task = useTask();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(NOTHING_CHOSEN);
  const [tries, setTries] = useState(0);
  useFirstFault(tries);
  const fault = choiceFault(chosen);

  function open() {
    setTries(tries + 1);
    if (fault !== undefined || !chosen.file) return;
    setOpen(false);
    onOpen({ file: chosen.file.file, passphrase: chosen.passphrase });
  }

  return (
    <>
      <div className="measure stack-close">
        <p>
          前の鍵やなくした鍵あてに封をされたパッケージは、その鍵の回復ファイルで開けます。この端末の鍵は変わりません。
        </p>
        <div>
          <Button kind="outline" size="toolbar" icon={KeyRound} onClick={() => setOpen(true)}>
            回復ファイルで封を開ける
          </Button>
        </div>
      </div>
      {isOpen && (
        <Dialog title="回復ファイルで封を開ける" onClose={() => setOpen(false)}>
          <TaskReport task={task} />
          <RecoveryChoice task={task} value={chosen} onChange={setChosen} error={tries > 0 ? fault : undefined} />
          <div className="actions">
            <Button kind="primary" onClick={open}>
              封を開けて確かめる
            </Button>
            <Button kind="text" onClick={() => setOpen(false)}>
              やめる
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
