// One package as planned or as taken in: its outcome with reason and hint, and the outcome of each sheet.
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import { StateWord } from '../ui/StateWord.tsx';
import { AcceptSigner } from './AcceptSigner.tsx';
import { packageKind, packageOutcomeWord, sheetOutcomeWord } from './words.ts';

type Props = {
  result: PackageResult;
  isDone: boolean;
  /** For packages that have been set aside: their sender can be registered now. */
  onAccepted?: () => void;
};

export function PackageCard({ result, isDone, onAccepted }: Props) {
  const outcome = packageOutcomeWord[result.outcome][isDone ? 'done' : 'planned'];
  const kind = packageKind(result.kind);
  const isUnknown = result.reason?.code === 'signer.unknown' && result.print !== null;
  return (
    <article className="package" data-outcome={result.outcome}>
      <div className="package-head">
        <h2>
          {kind.word}　{result.unit ?? '送り手が分かりません'}
          {result.sequence !== null && <span className="quiet">　第{result.sequence}号</span>}
        </h2>
        <StateWord icon={outcome.icon} tone={outcome.tone}>
          {outcome.word}
        </StateWord>
      </div>
      <p className="quiet">{result.file}</p>
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
        <AcceptSigner print={result.print ?? ''} claimed={result.unit ?? ''} onAccepted={onAccepted} />
      )}
      {result.sheets.length > 0 && <SheetOutcomes sheets={result.sheets} isDone={isDone} />}
    </article>
  );
}

function SheetOutcomes({ sheets, isDone }: { sheets: PackageResult['sheets']; isDone: boolean }) {
  return (
    <div className="table-box">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">シート</th>
            <th scope="col">結果</th>
            <th scope="col" className="number">
              {isDone ? '変わった欄' : '変わる欄'}
            </th>
            <th scope="col">知らせること</th>
          </tr>
        </thead>
        <tbody>
          {sheets.map((sheet) => {
            const outcome = sheetOutcomeWord[sheet.outcome];
            return (
              <tr key={sheet.number}>
                <th scope="row">
                  {sheet.number} {sheet.name}
                </th>
                <td>
                  <StateWord icon={outcome.icon} tone={outcome.tone}>
                    {outcome.word}
                  </StateWord>
                </td>
                <td className="number">{sheet.changed.length > 0 ? `${sheet.changed.length}欄` : ''}</td>
                <td>{remarksOf(sheet).join('。')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function remarksOf(sheet: PackageResult['sheets'][number]): string[] {
  const named = (addresses: readonly string[]) =>
    addresses.map((address) => sheet.labels[address] ?? address).join('、');
  return [
    sheet.conflicts.length > 0 && `競合：${named(sheet.conflicts)}（取り込んだ後に選びます）`,
    sheet.refused.length > 0 && `送り手が書けない欄は取り込みません：${named(sheet.refused)}`,
    sheet.incomplete.length > 0 && `未完成（足りない欄${sheet.incomplete.length}件）`,
    sheet.reason,
  ].filter((remark) => typeof remark === 'string');
}
