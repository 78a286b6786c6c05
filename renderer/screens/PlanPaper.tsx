// A plan on paper, for sign-off: every package, sheet and cell, whole, with the digest that ties the paper to what is then
// done.
import { ArrowLeft, Printer } from 'lucide-react';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { eraYear } from '../../shared/kernel/fiscal.ts';
import { useHost } from '../host/HostContext.tsx';
import { Button } from '../ui/Button.tsx';
import { showMoment, thisMoment } from '../ui/clock.ts';
import { CellPlans, cellCounts, sheetNotes, signedNotes } from './SheetPlans.tsx';
import { packageKind, packageOutcomeWord, senderName, sheetOutcomeWord, shownPrint } from './words.ts';

/** 64 digits in groups of eight. */
const groupDigest = (digest: string): string => digest.replace(/.{8}(?=.)/g, '$& ');

type Props = {
  workspace: WorkspaceView;
  packages: readonly PackageResult[];
  digest: string;
  isDone: boolean;
  back: () => void;
};

export function PlanPaper({ workspace, packages, digest, isDone, back }: Props) {
  const host = useHost();
  const state = isDone ? 'done' : 'planned';
  return (
    <section className="plan-paper" aria-labelledby="plan-paper">
      <div className="actions no-print">
        <Button kind="primary" icon={Printer} onClick={() => void host.print()}>
          この内容を印刷する
        </Button>
        <Button kind="text" icon={ArrowLeft} onClick={back}>
          画面に戻る
        </Button>
      </div>
      <div className="paper">
        <h2 id="plan-paper">{isDone ? '取り込みの記録' : '取り込みの予定'}</h2>
        <dl className="paper-head">
          <dt>取り込み先</dt>
          <dd>
            {workspace.unit}　{workspace.year}年度（{eraYear(workspace.year)}）評価　{workspace.name}
          </dd>
          <dt>作った日時</dt>
          <dd>{showMoment(thisMoment())}</dd>
          <dt>内容の番号</dt>
          <dd className="digest">{groupDigest(digest)}</dd>
        </dl>
        <p className="quiet">
          取り込むと、この紙のとおりになります。取り込んだ後の記録にも同じ「内容の番号」が出れば、この紙のとおりに取り込まれています。
        </p>
        {packages.map((one, index) => (
          <article key={`${one.file}-${one.hash ?? index}`} className="paper-package">
            <h3>
              {index + 1}. {packageKind(one.kind).word}　{senderName(one)}
              {one.sequence !== null && `　第${one.sequence}号`}　〔{packageOutcomeWord[one.outcome][state].word}〕
            </h3>
            <p>
              ファイル {one.file}
              {one.print !== null && `　確認番号 ${shownPrint(one)}`}
            </p>
            {one.unit === null && one.claimed !== null && <p>名乗り「{one.claimed}」（確かめていません）</p>}
            {one.held && <p>取り置いていたもの</p>}
            {one.reason && <p className="kept-lines">{one.reason.message}</p>}
            {one.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
            {one.sheets.map((sheet) => (
              <div key={sheet.number} className="paper-sheet">
                <h4>
                  {sheet.number} {sheet.name}　〔{sheetOutcomeWord[sheet.outcome].word}〕
                  {sheet.cells.length > 0 && `　${cellCounts(sheet.cells)}`}
                </h4>
                {[...sheetNotes(sheet), ...(sheet.digest === null ? [] : signedNotes(sheet))].map((note) => (
                  <p key={note}>{note}</p>
                ))}
                {sheet.cells.length > 0 && (
                  <CellPlans cells={sheet.cells} isDone={isDone} label={`${sheet.number} ${sheet.name}`} whole />
                )}
              </div>
            ))}
          </article>
        ))}
        <div className="signature">
          <p>確認した日　　　　年　　月　　日</p>
          <p>確認した人</p>
        </div>
      </div>
    </section>
  );
}
