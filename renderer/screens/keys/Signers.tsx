// Who may send packages here: registered keys, keys that were only seen, and this file's own key.
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { SignerView, Station } from '../../../shared/contract/exchangeviews.ts';
import type { WorkspaceView } from '../../../shared/contract/views.ts';
import { useQuery } from '../../host/HostContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice, ProblemNotice } from '../../ui/Notice.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import type { Go } from '../place.ts';
import { groupPrint, signerStateWord } from '../words.ts';
import { AcceptSigner } from './AcceptSigner.tsx';
import { ExpectSigner } from './ExpectSigner.tsx';
import { KeyCare } from './KeyCare.tsx';
import { StandingNotices } from './RecoveryScreen.tsx';
import { Revocation } from './Revocation.tsx';

type Doing = { what: 'revoke' | 'accept'; signer: SignerView } | { what: 'expect' };

export function Signers({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const { value, problem, reload } = useQuery('signer.list', {}, ['signers', 'workspace']);
  const [doing, setDoing] = useState<Doing>();
  const [said, setSaid] = useState<string>();
  const end = (done?: string) => {
    setDoing(undefined);
    setSaid(done);
    reload();
  };
  const signers = value?.signers ?? [];
  const stations = value?.stations ?? [];
  return (
    <Screen title="送り手の登録" width="wide" back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}>
      {problem && <ProblemNotice problem={problem} />}
      <StandingNotices workspace={workspace} />
      <KeyCare workspace={workspace} go={go} />
      <section className="stack" aria-labelledby="signers">
        <h2 id="signers">相手の一覧</h2>
        {said && <Notice tone="success" title={said} spoken />}
        <div className="toolbar">
          <Button kind="outline" size="toolbar" icon={UserPlus} onClick={() => setDoing({ what: 'expect' })}>
            届く前に登録する
          </Button>
        </div>
        {value && signers.length === 0 && (
          <div className="empty">
            <p>
              まだ、どの端末も登録していません。登録カードを受け取っていれば「届く前に登録する」、パッケージが届いていれば「受け取る」を選んでください。
            </p>
            <Button kind="outline" onClick={() => go({ at: 'receive' })}>
              受け取る
            </Button>
          </div>
        )}
        {signers.length > 0 && <SignerTable signers={signers} begin={setDoing} />}
      </section>
      {stations.length > 0 && <StationTable stations={stations} />}
      {doing?.what === 'revoke' && <Revocation signer={doing.signer} onClose={end} />}
      {doing?.what === 'expect' && (
        <Dialog title="届く前に登録する" onClose={() => end()}>
          <ExpectSigner unit={workspace.role === 'office' ? '' : workspace.office} onDone={end} />
        </Dialog>
      )}
      {doing?.what === 'accept' && (
        <Dialog title="送り手を登録する" onClose={() => end()}>
          <AcceptSigner
            print={doing.signer.print}
            claimed={doing.signer.unit}
            onAccepted={() => end(`「${doing.signer.unit}」を登録しました。`)}
          />
          <div className="actions">
            <Button kind="text" onClick={() => end()}>
              登録せずに戻る
            </Button>
          </div>
        </Dialog>
      )}
    </Screen>
  );
}

function SignerTable({ signers, begin }: { signers: readonly SignerView[]; begin: (doing: Doing) => void }) {
  return (
    <div className="table-box">
      <table className="table">
        <caption className="for-ears">相手の一覧</caption>
        <thead>
          <tr>
            <th scope="col">課</th>
            <th scope="col">端末</th>
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
            <SignerRow key={signer.print} signer={signer} begin={begin} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SignerRow({ signer, begin }: { signer: SignerView; begin: (doing: Doing) => void }) {
  const state = signerStateWord[signer.state];
  const isSeen = signer.state === 'seen';
  return (
    <tr>
      <th scope="row">
        {signer.unit}
        {isSeen && <span className="quiet">（名乗り）</span>}
      </th>
      <td>{signer.station}</td>
      <td>
        <StateWord icon={state.icon} tone={state.tone}>
          {state.word}
        </StateWord>
        {signer.after > 0 && <p className="quiet">取り消しより後の取り込みが{signer.after}件</p>}
        {signer.follows !== null && <p className="quiet">{groupPrint(signer.follows).slice(0, 5)}… から鍵を交替</p>}
      </td>
      <td>
        <span className="table-print">{isSeen ? '相手から聞いて打ち込みます' : groupPrint(signer.print)}</span>
      </td>
      <td className="number">
        {signer.packages}件
        {signer.lastSequence !== null && <span className="quiet">（第{signer.lastSequence}号まで）</span>}
      </td>
      <td>
        {signer.state === 'trusted' || signer.state === 'expected' || signer.state === 'retired' ? (
          <Button kind="text" size="toolbar" onClick={() => begin({ what: 'revoke', signer })}>
            取り消す
          </Button>
        ) : (
          <Button kind="outline" size="toolbar" onClick={() => begin({ what: 'accept', signer })}>
            登録する
          </Button>
        )}
      </td>
    </tr>
  );
}

/** What the office says of the own department's workstations. */
function StationTable({ stations }: { stations: readonly Station[] }) {
  return (
    <section className="stack" aria-labelledby="stations">
      <h2 id="stations">自分の課の端末（事務局の登録）</h2>
      <div className="table-box">
        <table className="table">
          <caption className="for-ears">自分の課の端末</caption>
          <thead>
            <tr>
              <th scope="col">端末</th>
              <th scope="col">状態</th>
              <th scope="col">確認番号</th>
            </tr>
          </thead>
          <tbody>
            {stations.map(({ print, station, state, isThis }) => {
              const { word, icon, tone } = signerStateWord[state];
              return (
                <tr key={print}>
                  <th scope="row">
                    {station || '（呼び名なし）'}
                    {isThis && <span className="quiet">（この端末）</span>}
                  </th>
                  <td>
                    <StateWord icon={icon} tone={tone}>
                      {word}
                    </StateWord>
                  </td>
                  <td>
                    <span className="table-print">{groupPrint(print)}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
