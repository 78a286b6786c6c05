// A recovery file with its passphrase: to bring a lost key back, or to go on with it on a new PC.
import { useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/host.ts';
import { type Task, useTask } from '../../host/useTask.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice, useFirstFault } from '../../ui/Field.tsx';
import { TaskReport } from '../TaskReport.tsx';
import { PassphraseFields, phraseFault, SecretField } from './PassphraseFields.tsx';

export type Chosen = { file: ChosenFile | undefined; passphrase: string };
export const NOTHING_CHOSEN: Chosen = { file: undefined, passphrase: '' };

/** What is still missing, or undefined. */
export const choiceFault = ({ file, passphrase }: Chosen): string | undefined =>
  !file ? '回復ファイルを選んでください。' : passphrase === '' ? '回復ファイルの合い言葉を入れてください。' : undefined;

type Props = { task: Task; value: Chosen; onChange: (chosen: Chosen) => void; error: string | undefined };

export function RecoveryChoice({ task, value, onChange, error }: Props) {
  async function choose() {
    const [file] = await task.choose({ for: 'open-recovery' });
    if (file) onChange({ ...value, file });
  }
  return (
    <div className="stack-close">
      <p>{value.file ? `回復ファイル：${value.file.name}` : '回復ファイルは、まだ選んでいません。'}</p>
      <div>
        <Button kind="outline" size="toolbar" onClick={choose}>
          回復ファイルを選ぶ
        </Button>
      </div>
      <SecretField
        label="回復ファイルの合い言葉"
        required
        value={value.passphrase}
        onChange={(passphrase) => onChange({ ...value, passphrase })}
        error={error}
      />
    </div>
  );
}

/** On a new PC: whether an earlier key goes on, and from which file. */
export function GoingOn({
  task,
  chosen,
  onChange,
  error,
}: Omit<Props, 'value' | 'onChange'> & {
  chosen: Chosen | undefined;
  onChange: (chosen: Chosen | undefined) => void;
}) {
  return (
    <div className="stack-close">
      <Choice
        type="checkbox"
        checked={chosen !== undefined}
        onChange={() => onChange(chosen ? undefined : NOTHING_CHOSEN)}
      >
        前のパソコンの鍵を、回復ファイルで引き継ぐ
      </Choice>
      {chosen && <RecoveryChoice task={task} value={chosen} onChange={onChange} error={error} />}
    </div>
  );
}

/** Brings the open file's own key back. */
export function RecoverDialog({ onClose }: { onClose: () => void }) {
  const task = useTask();
  const [chosen, setChosen] = useState(NOTHING_CHOSEN);
  const [phrases, setPhrases] = useState({ first: '', again: '' });
  const [tries, setTries] = useState(0);
  useFirstFault(tries);
  const missing = choiceFault(chosen);
  const fault = phraseFault(phrases);

  async function recover() {
    setTries(tries + 1);
    if (missing || fault || !chosen.file) return;
    const input = { file: chosen.file.file, passphrase: chosen.passphrase, protect: phrases.first };
    if (await task.run('鍵を戻しています', 'recovery.open', input)) onClose();
  }

  return (
    <Dialog title="回復ファイルから鍵を戻す" onClose={onClose}>
      <p>同じ鍵が戻ります。相手に登録し直してもらう必要はありません。</p>
      <TaskReport task={task} />
      <RecoveryChoice task={task} value={chosen} onChange={setChosen} error={tries > 0 ? missing : undefined} />
      <PassphraseFields
        label="これから鍵を守る合い言葉"
        value={phrases}
        onChange={setPhrases}
        error={tries > 0 ? fault : undefined}
      />
      <div className="actions">
        <Button kind="primary" onClick={recover}>
          この端末の鍵を戻す
        </Button>
        <Button kind="text" onClick={onClose}>
          戻さずに閉じる
        </Button>
      </div>
    </Dialog>
  );
}
