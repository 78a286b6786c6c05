// Who may send packages here: registered keys, keys that were only seen, and this file's own print to read out.
import { useState } from 'react';
import type { SignerView } from '../../shared/contract/exchangeviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { AcceptSigner } from './AcceptSigner.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { groupPrint, signerStateWord } from './words.ts';

export function Signers({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const { value, problem, reload } = useQuery('signer.list', {}, ['signers']);
  const task = useTask();
  const [revoking, setRevoking] = useState<SignerView>();
  const [accepting, setAccepting] = useState<SignerView>();

  async function revoke(signer: SignerView) {
    setRevoking(undefined);
    if (await task.run('登録を取り消しています', 'signer.revoke', { print: signer.print })) reload();
  }

  const signers = value?.signers ?? [];
  return (
    <Screen title="送り手の登録" back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      <section className="stack-close" aria-labelledby="own-print">
        <h2 id="own-print">このファイルの確認番号</h2>
        <p className="print">{groupPrint(workspace.print)}</p>
        <p className="quiet">相手に登録してもらうときに、電話などで読み上げる番号です。</p>
      </section>
      <section className="stack" aria-labelledby="signers">
        <h2 id="signers">相手の一覧</h2>
        {value && signers.length === 0 && (
          <div className="empty">
            <p>まだ、どこからもパッケージが届いていません。届いたパッケージを受け取ると、送り手がここに並びます。</p>
            <Button kind="outline" onClick={() => go({ at: 'receive' })}>
              受け取る
            </Button>
          </div>
        )}
        {signers.length > 0 && (
          <div className="table-box">
            <table className="table">
              <caption className="for-ears">相手の一覧</caption>
              <thead>
                <tr>
                  <th scope="col">課</th>
                  <th scope="col">状態</th>
                  <th scope="col">確認番号</th>
                  <th scope="col" className="number">
                    パッケージ
                  </th>
                  <th scope="col">操作</th>
                </tr>
              </thead>
              <tbody>
                {signers.map((signer) => (
                  <SignerRow
                    key={signer.print}
                    signer={signer}
                    isOwn={signer.print === workspace.print}
                    revoke={() => setRevoking(signer)}
                    accept={() => setAccepting(signer)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {revoking && (
        <Dialog title={`「${revoking.unit}」の登録を取り消しますか`} onClose={() => setRevoking(undefined)}>
          <p className="print">{groupPrint(revoking.print)}</p>
          <p>取り消すと、この端末から届くパッケージは取り込めなくなります。これまでに取り込んだ内容は残ります。</p>
          <div className="actions">
            <Button kind="primary" onClick={() => revoke(revoking)}>
              {`「${revoking.unit}」の登録を取り消す`}
            </Button>
            <Button kind="text" onClick={() => setRevoking(undefined)}>
              登録のままにする
            </Button>
          </div>
        </Dialog>
      )}
      {accepting && (
        <Dialog title="送り手を登録する" onClose={() => setAccepting(undefined)}>
          <AcceptSigner
            print={accepting.print}
            claimed={accepting.unit}
            onAccepted={() => {
              setAccepting(undefined);
              reload();
            }}
          />
          <div className="actions">
            <Button kind="text" onClick={() => setAccepting(undefined)}>
              登録せずに戻る
            </Button>
          </div>
        </Dialog>
      )}
    </Screen>
  );
}

type RowProps = { signer: SignerView; isOwn: boolean; revoke: () => void; accept: () => void };

function SignerRow({ signer, isOwn, revoke, accept }: RowProps) {
  const state = signerStateWord[signer.state];
  return (
    <tr>
      <th scope="row">
        {signer.unit}
        {signer.state === 'seen' && <span className="quiet">（名乗り）</span>}
      </th>
      <td>
        <StateWord icon={state.icon} tone={state.tone}>
          {state.word}
        </StateWord>
      </td>
      <td className="small-print">{groupPrint(signer.print)}</td>
      <td className="number">
        {signer.packages}件
        {signer.lastSequence !== null && <span className="quiet">（第{signer.lastSequence}号まで）</span>}
      </td>
      <td>
        {isOwn ? (
          <span className="quiet">このファイル</span>
        ) : signer.state === 'trusted' ? (
          <Button kind="text" size="toolbar" onClick={revoke}>
            取り消す
          </Button>
        ) : (
          <Button kind="outline" size="toolbar" onClick={accept}>
            登録する
          </Button>
        )}
      </td>
    </tr>
  );
}
