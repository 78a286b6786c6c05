// The recovery file: written, opened again with the passphrase as it was typed a second time, and then carried away.
import { useState } from 'react';
import type { WorkspaceView } from '../../../shared/contract/views.ts';
import { useTask } from '../../host/useTask.ts';
import { Button } from '../../ui/Button.tsx';
import { showMoment } from '../../ui/clock.ts';
import { useFirstFault } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Screen } from '../../ui/Screen.tsx';
import type { Go } from '../place.ts';
import { TaskReport } from '../TaskReport.tsx';
import { fileName } from '../words.ts';
import { PassphraseFields, phraseFault } from './PassphraseFields.tsx';

const LEAST = 8;

/** `first`: the second step after a file was made. */
export function RecoveryScreen({ workspace, first, go }: { workspace: WorkspaceView; first: boolean; go: Go }) {
  const task = useTask();
  const [phrases, setPhrases] = useState({ first: '', again: '' });
  const [tries, setTries] = useState(0);
  const [written, setWritten] = useState<{ file: string; name: string }>();
  useFirstFault(tries);

  const fault = phraseFault(phrases, LEAST);

  async function write() {
    setTries(tries + 1);
    if (fault) return;
    const suggested = `回復ファイル_${workspace.year}_${fileName(workspace.unit)}.json`;
    const [place] = await task.choose({ for: 'save-export', suggested });
    if (!place) return;
    const done = await task.run('回復ファイルを書いて確かめています', 'recovery.write', {
      file: place.file,
      passphrase: phrases.first,
      again: phrases.again,
    });
    if (done) setWritten(place);
  }

  const toSheets = () => go({ at: 'sheets' });
  return (
    <Screen
      title="回復ファイルを作る"
      back={first ? undefined : { label: '送り手の登録へ', go: () => go({ at: 'signers' }) }}
    >
      <TaskReport task={task} />
      {written ? (
        <>
          <Notice tone="success" title="回復ファイルを書き、合い言葉で開けることを確かめました。" spoken>
            <p>
              {written.name}
              を、このパソコンとは別の場所（鍵のかかる棚のUSBメモリーなど）に保管し、合い言葉は別の紙に控えてください。
            </p>
          </Notice>
          <div className="actions">
            <Button kind="primary" onClick={() => task.reveal(written.file)}>
              回復ファイルを取り出す
            </Button>
            <Button kind="text" onClick={toSheets}>
              シート一覧へ進む
            </Button>
          </div>
        </>
      ) : (
        <>
          <div className="measure stack-close">
            <p>
              回復ファイルは、この端末の署名の鍵の控えです。パソコンが壊れたとき、合い言葉を忘れたとき、新しいパソコンに替えたときに、同じ鍵で続けられます。
            </p>
            <p>これがないまま鍵を失うと、相手にもう一度、確認番号を登録してもらうことになります。</p>
            {workspace.recoveryAt !== null && <p>前に作ったのは {showMoment(workspace.recoveryAt)} です。</p>}
          </div>
          <PassphraseFields
            label="回復ファイルの合い言葉"
            help={`${LEAST}文字以上。忘れると、回復ファイルは開けません。二度目に打った合い言葉で、書いたファイルを開いてみます。`}
            value={phrases}
            onChange={setPhrases}
            error={tries > 0 ? fault : undefined}
          />
          <div className="actions">
            <Button kind="primary" onClick={write}>
              回復ファイルを書いて確かめる
            </Button>
            {first && (
              <Button kind="text" onClick={toSheets}>
                あとで作る
              </Button>
            )}
          </div>
        </>
      )}
    </Screen>
  );
}

/** Says plainly when the office no longer takes anything in from this workstation. */
export function StandingNotices({ workspace }: { workspace: WorkspaceView }) {
  if (workspace.standing === 'revoked') {
    return (
      <Notice tone="error" title="この端末の登録は、事務局が取り消しています。">
        <p>ここから提出しても取り込まれません。事務局に電話で確かめてください。入力した内容は残っています。</p>
      </Notice>
    );
  }
  if (workspace.standing === 'retired') {
    return (
      <Notice tone="error" title="この端末の鍵は、別の鍵に替わったと事務局に登録されています。">
        <p>ここから提出しても取り込まれません。新しい鍵のファイルを使うか、事務局に電話で確かめてください。</p>
      </Notice>
    );
  }
  return null;
}

/** What stands on the home screen: the office's word of this workstation, a lost key, a recovery file still to be made. */
export function KeyNotices({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  return (
    <>
      <StandingNotices workspace={workspace} />
      {workspace.key === 'lost' && (
        <Notice tone="error" title="この端末の鍵を、このパソコンから取り出せません。">
          <p>「送り手の登録」で回復ファイルを開くと、同じ鍵に戻せます。それまで、書き出しはできません。</p>
          <div>
            <Button kind="outline" size="toolbar" onClick={() => go({ at: 'signers' })}>
              送り手の登録を開く
            </Button>
          </div>
        </Notice>
      )}
      {workspace.recoveryAt === null && workspace.key !== 'lost' && (
        <Notice tone="info" title="回復ファイルが、まだありません。">
          <p>パソコンが壊れたときや合い言葉を忘れたときに、同じ鍵で続けるための控えです。</p>
          <div>
            <Button kind="outline" size="toolbar" onClick={() => go({ at: 'recovery' })}>
              回復ファイルを作る
            </Button>
          </div>
        </Notice>
      )}
    </>
  );
}
