// Taking a registration back: from which package on the key is no longer trusted, and what of it is here already.
import { useId, useState } from 'react';
import type { Input } from '../../../shared/contract/contract.ts';
import type { KeptPackage, SignerView } from '../../../shared/contract/exchangeviews.ts';
import { useQuery } from '../../host/HostContext.tsx';
import { useTask } from '../../host/useTask.ts';
import { Button } from '../../ui/Button.tsx';
import { showMoment } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TaskReport } from '../TaskReport.tsx';
import { groupPrint } from '../words.ts';

type From = NonNullable<Input<'signer.revoke'>['from']>;

const nameOf = ({ sequence, receivedAt }: KeptPackage): string =>
  `第${sequence}号（${showMoment(receivedAt)} 受け取り）`;

export function Revocation({ signer, onClose }: { signer: SignerView; onClose: (said?: string) => void }) {
  const task = useTask();
  const group = useId();
  const [from, setFrom] = useState<From>('next');
  const [left, setLeft] = useState<readonly KeptPackage[]>();
  const { print, unit } = signer;
  const { value } = useQuery('signer.packages', { print }, []);
  const { value: after } = useQuery('signer.after', { print, from }, []);
  const packages = value?.packages.filter(({ outcome }) => outcome !== 'quarantined') ?? [];

  async function revoke() {
    const done = await task.run('登録を取り消しています', 'signer.revoke', { print, from });
    if (!done) return;
    if (done.after.length > 0) setLeft(done.after);
    else onClose(`「${unit}」の登録を取り消しました。`);
  }

  if (left) {
    return (
      <Dialog title={`「${unit}」の登録を取り消しました`} width="wide" onClose={() => onClose()}>
        <Packages packages={left} title="取り込み済みで、信用しなくなったもの" />
        <p>取り込んだ内容は、そのまま残っています。受け取りの取り消しを、一つずつ決めてください。</p>
        <div className="actions">
          <Button kind="primary" onClick={() => onClose()}>
            一覧に戻る
          </Button>
        </div>
      </Dialog>
    );
  }
  const choice = (value: From, words: string) => (
    <Choice
      key={words}
      type="radio"
      name={group}
      checked={JSON.stringify(from) === JSON.stringify(value)}
      onChange={() => setFrom(value)}
    >
      {words}
    </Choice>
  );
  return (
    <Dialog title={`「${unit}」の登録を取り消しますか`} width="wide" onClose={() => onClose()}>
      <p>
        {signer.station && `${signer.station}　`}
        <span className="small-print">{groupPrint(print)}</span>
      </p>
      <TaskReport task={task} />
      <fieldset className="field">
        <legend className="field-label">どこから信用しないか</legend>
        <div className="revocation-choices">
          {choice('next', 'これから届くもの（今までに取り込んだものは信用する）')}
          {packages.map((kept) => choice({ hash: kept.hash }, `${nameOf(kept)}と、その後のもの`))}
          {choice('all', 'この端末のものすべて')}
        </div>
      </fieldset>
      {after && after.packages.length > 0 ? (
        <Notice tone="warning" title={`取り込み済みの${after.packages.length}件が、信用しないものになります。`}>
          <Packages packages={after.packages} title="信用しないものになる取り込み" />
        </Notice>
      ) : (
        <p className="quiet">取り込み済みのものは、すべて信用したままです。</p>
      )}
      <div className="actions">
        <Button kind="primary" onClick={revoke}>
          {`「${unit}」の登録を取り消す`}
        </Button>
        <Button kind="text" onClick={() => onClose()}>
          登録のままにする
        </Button>
      </div>
    </Dialog>
  );
}

function Packages({ packages, title }: { packages: readonly KeptPackage[]; title: string }) {
  return (
    <div className="table-box">
      <table className="table">
        <caption className="for-ears">{title}</caption>
        <thead>
          <tr>
            <th scope="col">パッケージ</th>
            <th scope="col">シート</th>
          </tr>
        </thead>
        <tbody>
          {packages.map((kept) => (
            <tr key={kept.hash}>
              <th scope="row">{nameOf(kept)}</th>
              <td>{kept.sheets.join('、')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
