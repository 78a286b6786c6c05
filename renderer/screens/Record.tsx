// The record of receiving: every package that came and what became of it. An intake can be taken back as a whole from
// here, after what goes with it has been looked at, and done again.
import { FileCheck2, RotateCcw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { MissingView, ReceivedView } from '../../shared/contract/recordviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { waitingReason } from '../../shared/package/fates.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { useSay } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import type { Go } from './place.ts';
import type { Again } from './Register.tsx';
import { RewriteDialog } from './RewriteDialog.tsx';
import { TaskReport } from './TaskReport.tsx';
import { UndoDialog } from './UndoDialog.tsx';
import { packageKind, receivedOutcomeWord } from './words.ts';

export function RecordOfReceiving({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const { value, problem, reload } = useQuery('package.received', {}, ['sheets', 'signers']);
  const missing = useQuery('package.missing', {}, ['sheets']).value?.missing ?? [];
  const task = useTask();
  const say = useSay();
  const [undoing, setUndoing] = useState<ReceivedView>();
  const [undone, setUndone] = useState<ReceivedView>();
  const [again, setAgain] = useState<Again>();
  const packages = value?.packages ?? [];
  const isOffice = workspace.role === 'office';

  async function redo(one: ReceivedView) {
    setUndone(undefined);
    if (!(await task.run('もう一度取り込んでいます', 'package.redo', { package: one.hash }))) return;
    say(`${nameOf(one)}をもう一度取り込みました。`);
    reload();
  }

  return (
    <Screen title="受け取りの記録" width="wide" back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {undone && (
        <Notice tone="success" title={`${nameOf(undone)}の取り込みを取り消しました。`} spoken>
          <div className="actions">
            <Button kind="outline" size="toolbar" icon={RotateCcw} onClick={() => redo(undone)}>
              取り消しをやめる（もう一度取り込む）
            </Button>
          </div>
        </Notice>
      )}
      <MissingPackages
        missing={missing}
        again={({ hash, sequence }) => setAgain({ hash, sequence, kind: 'submission', recipient: workspace.office })}
      />
      {value && packages.length === 0 && (
        <div className="empty">
          <p>まだ何も受け取っていません。</p>
          <Button kind="outline" onClick={() => go({ at: 'receive' })}>
            受け取る
          </Button>
        </div>
      )}
      {packages.length > 0 && (
        <>
          {isOffice && (
            <div className="toolbar">
              <Button kind="outline" size="toolbar" icon={FileCheck2} onClick={() => go({ at: 'receipts' })}>
                受領書を書き出す
              </Button>
            </div>
          )}
          <div className="table-box">
            <table className="table">
              <caption className="for-ears">受け取ったパッケージ</caption>
              <thead>
                <tr>
                  <th scope="col">送り手</th>
                  <th scope="col">種類</th>
                  <th scope="col">結果</th>
                  <th scope="col">受け取り</th>
                  <th scope="col">シート</th>
                  <th scope="col">操作</th>
                </tr>
              </thead>
              <tbody>
                {packages.map((one) => (
                  <ReceivedRow key={one.hash} one={one} undo={() => setUndoing(one)} redo={() => redo(one)} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {again && <RewriteDialog again={again} onClose={() => setAgain(undefined)} />}
      {undoing && (
        <UndoDialog
          one={undoing}
          name={nameOf(undoing)}
          onDone={() => {
            setUndone(undoing);
            setUndoing(undefined);
            reload();
          }}
          onClose={() => setUndoing(undefined)}
        />
      )}
    </Screen>
  );
}

const nameOf = ({ kind, unit, sequence }: ReceivedView): string =>
  `${unit}の${packageKind(kind).word}（第${sequence}号）`;

function ReceivedRow({ one, undo, redo }: { one: ReceivedView; undo: () => void; redo: () => void }) {
  const outcome = receivedOutcomeWord[one.outcome];
  return (
    <tr>
      <th scope="row">
        {one.known ? one.unit : `名乗り「${one.unit}」`}
        {one.station !== '' && <span className="quiet">（{one.station}）</span>}
      </th>
      <td className="in-line">
        {packageKind(one.kind).word}
        <span className="quiet">　第{one.sequence}号</span>
      </td>
      <td>
        <StateWord icon={outcome.icon} tone={outcome.tone}>
          {outcome.word}
        </StateWord>
        {one.reason !== null && <p className="quiet">{waitingReason(one.reason)}</p>}
        <RefusedSheets one={one} />
      </td>
      <td>{showMoment(one.receivedAt)}</td>
      <td>
        <SheetNumbers one={one} />
      </td>
      <td>
        {one.undoable && (
          <Button kind="text" size="toolbar" icon={Undo2} onClick={undo}>
            取り消す<span className="for-ears">：{nameOf(one)}</span>
          </Button>
        )}
        {one.outcome === 'undone' && (
          <Button kind="text" size="toolbar" icon={RotateCcw} onClick={redo}>
            もう一度取り込む<span className="for-ears">：{nameOf(one)}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}

const FEW = 6;

/** Sheets that were not taken, each with the reason; of many, the first ones. */
function RefusedSheets({ one: { outcome, sheets, refused } }: { one: ReceivedView }) {
  if (refused.length === 0) return null;
  const numberOf = (id: string) => sheets.find((sheet) => sheet.id === id)?.number;
  return (
    <>
      {outcome === 'applied' && <p>取り込めなかったシートが{refused.length}枚あります。</p>}
      <ul className="lacks quiet">
        {refused.slice(0, FEW).map(({ sheet, reason }) => (
          <li key={sheet}>
            {numberOf(sheet) || 'ここにないシート'}：{reason}
          </li>
        ))}
        {refused.length > FEW && <li>ほか{refused.length - FEW}枚</li>}
      </ul>
    </>
  );
}

function SheetNumbers({ one: { sheets } }: { one: ReceivedView }) {
  const numbers = sheets.map(({ number }) => number).filter(Boolean);
  const shown = numbers.length > FEW + 1 ? numbers.slice(0, FEW) : numbers;
  return (
    <span className="numbers">
      {shown.map((number) => (
        <span key={number}>{number}</span>
      ))}
      {numbers.length > shown.length && <span className="quiet">ほか{numbers.length - shown.length}枚</span>}
    </span>
  );
}

/** Own packages that the office lacks although it holds later ones. */
function MissingPackages({ missing, again }: { missing: readonly MissingView[]; again: (one: MissingView) => void }) {
  if (missing.length === 0) return null;
  const numbers = missing.map(({ sequence }) => `第${sequence}号`).join('、');
  return (
    <Notice tone="warning" title={`事務局に届いていないパッケージがあります：${numbers}`}>
      <p>もう一度書き出して、事務局に渡してください。</p>
      <div className="toolbar">
        {missing.map((one) => (
          <Button key={one.hash} kind="outline" size="toolbar" onClick={() => again(one)}>
            {`第${one.sequence}号をもう一度書き出す`}
          </Button>
        ))}
      </div>
    </Notice>
  );
}
