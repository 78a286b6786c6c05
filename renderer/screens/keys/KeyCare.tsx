// The own key: its digits, its card, how it is protected, and how another takes its place.
import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { WorkspaceView } from '../../../shared/contract/views.ts';
import { useTask } from '../../host/useTask.ts';
import { Button } from '../../ui/Button.tsx';
import { showMoment } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFirstFault } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { Go } from '../place.ts';
import { TaskReport } from '../TaskReport.tsx';
import { groupPrint } from '../words.ts';
import { PassphraseFields, phraseFault, SecretField } from './PassphraseFields.tsx';
import { RecoverDialog } from './RecoveryChoice.tsx';

const KEPT: Record<WorkspaceView['key'], string> = {
  none: '合い言葉で守られていません。このファイルを写し取れる人は、署名できます。',
  locked: '合い言葉で守られています。',
  open: '合い言葉で守られています（今は開いています）。',
  kept: 'このパソコンの利用者の情報で守られています。',
  lost: 'このパソコンでは開けません。回復ファイルで戻せます。',
};

export function KeyCare({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const [doing, setDoing] = useState<'rotate' | 'protect' | 'recover'>();
  const [done, setDone] = useState<string>();
  const end = (said?: string) => {
    setDoing(undefined);
    setDone(said);
  };
  const isUnder = workspace.key === 'locked' || workspace.key === 'open';
  return (
    <section className="stack" aria-labelledby="own-print">
      <h2 id="own-print">このファイルの確認番号</h2>
      <div className="stack-close">
        <p className="print">{groupPrint(workspace.print)}</p>
        <p className="quiet">相手に登録してもらうときに、紙か電話で伝える番号です。</p>
      </div>
      {done && <Notice tone="success" title={done} spoken />}
      <dl className="facts">
        <dt>端末の呼び名</dt>
        <dd>{workspace.station || '（なし）'}</dd>
        <dt>鍵の守り方</dt>
        <dd>{KEPT[workspace.key]}</dd>
        <dt>回復ファイル</dt>
        <dd>
          {workspace.recoveryAt === null ? 'まだありません。' : `${showMoment(workspace.recoveryAt)} に作りました。`}
        </dd>
      </dl>
      <div className="toolbar">
        <Button kind="outline" size="toolbar" icon={Printer} onClick={() => go({ at: 'card' })}>
          登録カード
        </Button>
        {workspace.key === 'lost' || workspace.key === 'locked' ? (
          <Button kind="outline" size="toolbar" onClick={() => setDoing('recover')}>
            回復ファイルから鍵を戻す
          </Button>
        ) : (
          <Button kind="outline" size="toolbar" onClick={() => go({ at: 'recovery' })}>
            回復ファイルを作る
          </Button>
        )}
        <Button kind="outline" size="toolbar" onClick={() => setDoing('protect')}>
          {isUnder ? '合い言葉を変える' : '合い言葉を決める'}
        </Button>
        <Button kind="outline" size="toolbar" onClick={() => setDoing('rotate')}>
          鍵を替える
        </Button>
      </div>
      {doing === 'protect' && <ProtectDialog isUnder={isUnder} onClose={end} />}
      {doing === 'rotate' && <RotateDialog isUnder={isUnder} onClose={end} />}
      {doing === 'recover' && <RecoverDialog onClose={() => end()} />}
    </section>
  );
}

type Props = { isUnder: boolean; onClose: (done?: string) => void };

function ProtectDialog({ isUnder, onClose }: Props) {
  const task = useTask();
  const [current, setCurrent] = useState('');
  const [phrases, setPhrases] = useState({ first: '', again: '' });
  const [tries, setTries] = useState(0);
  useFirstFault(tries);
  const fault = phraseFault(phrases);

  async function protect() {
    setTries(tries + 1);
    if (fault || (isUnder && current === '')) return;
    const input = { passphrase: phrases.first, ...(isUnder ? { current } : {}) };
    if (await task.run('鍵を合い言葉で守っています', 'key.protect', input)) onClose('鍵を合い言葉で守りました。');
  }

  return (
    <Dialog title={isUnder ? '合い言葉を変える' : '合い言葉を決める'} onClose={() => onClose()}>
      <p>次に開いたときから、書き出すときに、この合い言葉を尋ねます。忘れたときは、回復ファイルで戻せます。</p>
      <TaskReport task={task} />
      {isUnder && (
        <SecretField
          label="今の合い言葉"
          required
          value={current}
          onChange={setCurrent}
          error={tries > 0 && current === '' ? '今の合い言葉を入れてください。' : undefined}
        />
      )}
      <PassphraseFields
        label="新しい合い言葉"
        value={phrases}
        onChange={setPhrases}
        error={tries > 0 ? fault : undefined}
      />
      <div className="actions">
        <Button kind="primary" onClick={protect}>
          鍵を合い言葉で守る
        </Button>
        <Button kind="text" onClick={() => onClose()}>
          今のままにする
        </Button>
      </div>
    </Dialog>
  );
}

function RotateDialog({ isUnder, onClose }: Props) {
  const task = useTask();
  const [passphrase, setPassphrase] = useState('');
  const [tries, setTries] = useState(0);
  useFirstFault(tries);

  async function rotate() {
    setTries(tries + 1);
    if (isUnder && passphrase === '') return;
    const done = await task.run('鍵を替えています', 'key.rotate', isUnder ? { passphrase } : {});
    if (done) onClose('鍵を替えました。回復ファイルを作り直してください。');
  }

  return (
    <Dialog title="この端末の鍵を替える" onClose={() => onClose()}>
      <p>
        新しい鍵を作り、今の鍵が引き継ぎに署名します。相手は、次のパッケージを受け取ると新しい鍵に切り替わり、そのことが相手の画面に出ます。今の鍵は、この先の署名には使えなくなります。
      </p>
      <p>鍵を盗まれたおそれがあるときは、替えるだけでは足りません。相手に電話で、登録の取り消しを頼んでください。</p>
      <TaskReport task={task} />
      {isUnder && (
        <SecretField
          label="今の合い言葉"
          required
          value={passphrase}
          onChange={setPassphrase}
          error={tries > 0 && passphrase === '' ? '今の合い言葉を入れてください。' : undefined}
        />
      )}
      <div className="actions">
        <Button kind="primary" onClick={rotate}>
          この端末の鍵を替える
        </Button>
        <Button kind="text" onClick={() => onClose()}>
          今の鍵のままにする
        </Button>
      </div>
    </Dialog>
  );
}
