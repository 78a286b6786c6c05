// One package as planned or as taken in: its outcome with reason and hint, and the outcome of each sheet.
import type { ReactNode } from 'react';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import { Notice } from '../ui/Notice.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { AcceptSigner } from './keys/AcceptSigner.tsx';
import { SheetPlans } from './SheetPlans.tsx';
import { groupPrint, packageKind, packageOutcomeWord, senderName, shownPrint } from './words.ts';

type Props = {
  result: PackageResult;
  isDone: boolean;
  /** For packages that have been set aside: their sender can be registered now. */
  onAccepted?: (taken: PackageResult[]) => void;
  /** What can be done with it. */
  children?: ReactNode;
};

export function PackageCard({ result, isDone, onAccepted, children }: Props) {
  const outcome = packageOutcomeWord[result.outcome][isDone ? 'done' : 'planned'];
  const kind = packageKind(result.kind);
  const isUnknown = result.reason?.code === 'signer.unknown' && result.print !== null;
  return (
    <article className="package" data-outcome={result.outcome}>
      <div className="package-head">
        <h2>
          {kind.word}　{senderName(result)}
          {result.sequence !== null && <span className="quiet">　第{result.sequence}号</span>}
        </h2>
        <StateWord icon={outcome.icon} tone={outcome.tone}>
          {outcome.word}
        </StateWord>
      </div>
      <p className="quiet">
        {result.file}
        {result.print !== null && `　確認番号 ${shownPrint(result)}`}
        {result.unit === null && result.claimed !== null && `　名乗り「${result.claimed}」`}
      </p>
      {result.notes.map((note) => (
        <p key={note} className="measure">
          {note}
        </p>
      ))}
      {result.outcome === 'undone' && (
        <p className="measure">
          前に取り込みを取り消したパッケージです。取り込むには、「受け取りの記録」で「もう一度取り込む」を選びます。
        </p>
      )}
      {result.reason && !(isUnknown && onAccepted) && (
        <div className="measure">
          <p className="kept-lines">{isUnknown ? 'まだ登録していない端末の署名です。' : result.reason.message}</p>
          <p className="quiet">
            {isUnknown
              ? '取り置いた後に、確認番号を確かめて送り手を登録すると、取り込めるようになります。'
              : result.reason.hint}
          </p>
        </div>
      )}
      {isUnknown && onAccepted && (
        <AcceptSigner print={result.print ?? ''} claimed={result.claimed ?? ''} onAccepted={onAccepted} />
      )}
      {children}
      {result.outcome === 'applied' &&
        result.succession?.map(({ from, to }) => (
          <Notice key={to} tone="info" title={isDone ? '送り手の鍵が替わりました。' : '送り手の鍵が替わります。'}>
            <p>
              登録済みの鍵（{groupPrint(from)}）が署名した引き継ぎが付いています。新しい確認番号は {groupPrint(to)}{' '}
              です。
            </p>
          </Notice>
        ))}
      {result.sheets.length > 0 && <SheetPlans sheets={result.sheets} isDone={isDone} />}
    </article>
  );
}
