// What the office decided of a sheet, cell by cell, as the department reads it beside its answers.
import type { DecisionView } from '../../shared/contract/recordviews.ts';
import type { SheetView } from '../../shared/contract/views.ts';
import { lastingReasons, waitingReason } from '../../shared/package/fates.ts';
import { useQuery } from '../host/HostContext.tsx';
import { Link } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Notice } from '../ui/Notice.tsx';
import type { Go } from './place.ts';
import { verdictWord } from './words.ts';

type Props = { view: SheetView; onJump: (address: string) => void };

export function Decisions({ view, onJump }: Props) {
  const decision = useQuery('decision.list', { sheet: view.id }, ['sheets']).value?.decisions[0];
  return (
    <>
      <FateNotice fate={view.fate} />
      {decision?.inForce && <DecisionNotice decision={decision} onJump={onJump} />}
    </>
  );
}

function DecisionNotice({ decision, onJump }: { decision: DecisionView; onJump: (address: string) => void }) {
  const isReturned = decision.decision === 'returned';
  return (
    <Notice
      tone={isReturned ? 'warning' : 'success'}
      title={isReturned ? '事務局の判断：差戻し' : '事務局の判断：受理'}
    >
      <p>
        {isReturned
          ? '指摘に返事を書き、直した内容をもう一度提出してください。'
          : 'このシートは受理されました。直して提出すると、もう一度判断を受けます。'}
        <span className="quiet">　{showMoment(decision.at)}</span>
      </p>
      {decision.cells.length > 0 && (
        <ul className="matters" aria-label="事務局の判断">
          {decision.cells.map((cell) => (
            <li key={cell.address}>
              <Link onClick={() => onJump(cell.address)}>{cell.label}</Link>
              <span>
                {verdictWord[cell.verdict]}
                {cell.remark !== null && <span className="kept-lines">：{cell.remark}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** What the office has sent back, over all sheets, with the way to every cell that it judged. */
export function SentBack({ go }: { go: Go }) {
  const all = useQuery('decision.list', {}, ['sheets']).value?.decisions ?? [];
  const open = all.filter(({ decision, inForce }) => decision === 'returned' && inForce);
  if (open.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="sent-back">
      <h2 id="sent-back">事務局の判断（差戻し {open.length}枚）</h2>
      <ul className="handin">
        {open.map((decision) => (
          <li key={decision.sheet}>
            <p>
              <Link onClick={() => go({ at: 'sheet', sheet: decision.sheet })}>
                {`${decision.number} ${decision.name}`}
              </Link>
              <span className="quiet">　{showMoment(decision.at)}</span>
            </p>
            <ul className="lacks matters">
              {decision.cells.map((cell) => (
                <li key={cell.address}>
                  <Link onClick={() => go({ at: 'sheet', sheet: decision.sheet, cell: cell.address })}>
                    {cell.label}
                  </Link>
                  <span>
                    {verdictWord[cell.verdict]}
                    {cell.remark !== null && <span className="kept-lines">：{cell.remark}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Handed in, and not taken in at the office's. */
function FateNotice({ fate }: { fate: SheetView['fate'] }) {
  if (!fate) return null;
  if (fate.refusal !== null) {
    return (
      <Notice tone="warning" title="最後の提出のうち、このシートは、事務局で取り込めませんでした。">
        <p>
          理由：{fate.refusal}
          。事務局に確かめて、必要なら直してから提出し直してください。提出したファイルは、事務局に残っています。
        </p>
      </Notice>
    );
  }
  if (fate.outcome === 'applied') return null;
  const reason = fate.reason ?? '';
  return fate.outcome === 'undone' ? (
    <Notice tone="warning" title="事務局が、最後の提出の取り込みを取り消しました。">
      <p>事務局に確かめて、必要なら提出し直してください。</p>
    </Notice>
  ) : (
    <Notice tone="info" title="最後の提出は、事務局で取り置かれています。">
      <p>
        理由：{waitingReason(reason)}。
        {lastingReasons.includes(reason)
          ? '待っても取り込まれません。事務局に確かめて、必要なら提出し直してください。'
          : '事務局で片付くと、そのまま取り込まれます。'}
      </p>
    </Notice>
  );
}
