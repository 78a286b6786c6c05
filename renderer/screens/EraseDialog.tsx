// Somebody says that files were erased from their media: by name, for the register.
import { useState } from 'react';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, useFirstFault } from '../ui/Field.tsx';
import { TaskReport } from './TaskReport.tsx';

type Props = { ids: readonly number[]; person: string; onClose: () => void; onDone: () => void };

export function EraseDialog({ ids, person: first, onClose, onDone }: Props) {
  const task = useTask();
  const [person, setPerson] = useState(first);
  const [tries, setTries] = useState(0);
  useFirstFault(tries);
  const isMissing = person.trim() === '';

  async function erase() {
    setTries(tries + 1);
    if (isMissing) return;
    if (await task.run('記録しています', 'register.erase', { ids: [...ids], person: person.trim() })) onDone();
  }

  return (
    <Dialog title="消したことを記録する" onClose={onClose}>
      <TaskReport task={task} />
      <p>
        媒体や共有フォルダーから、{ids.length}
        件のファイルを消したことを、今の日時で記録します。この操作でファイルが消えるわけではありません。
      </p>
      <Field
        label="消した人"
        required
        help="氏名。持ち出し記録に残ります。"
        error={tries > 0 && isMissing ? '消した人の氏名を入れてください。' : undefined}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="off"
            maxLength={100}
            value={person}
            onChange={(event) => setPerson(event.target.value)}
          />
        )}
      </Field>
      <div className="actions">
        <Button kind="primary" onClick={erase}>
          {`${ids.length}件を消したと記録する`}
        </Button>
        <Button kind="text" onClick={onClose}>
          やめる
        </Button>
      </div>
    </Dialog>
  );
}
