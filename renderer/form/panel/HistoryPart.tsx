// The history of a cell: who wrote what and when, what was not taken in a conflict too. Any of it can be put back.
import { Undo2 } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import type { HistoryEntry } from '../../../shared/contract/views.ts';
import type { Cell } from '../../../shared/form/cell.ts';
import { sameContent } from '../../../shared/form/merge.ts';
import { useQuery } from '../../host/HostContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { showMoment } from '../../ui/clock.ts';
import { contentText } from '../display.ts';
import { type CellState, useSheet } from '../SheetContext.tsx';
import { useDesk } from '../SheetDesk.tsx';
import { rawOf } from './oldContent.ts';
import { OldText, Part } from './Part.tsx';

const FIRST = 3;

export function HistoryPart({ cell, state }: { cell: Cell; state: CellState }) {
  const { entry } = useSheet();
  // Asked again once the sheet was looked at anew, and so not while somebody types.
  const view = useSyncExternalStore(entry.subscribe, entry.view);
  const { value, problem } = useQuery('cell.history', { sheet: view.id, address: cell.address }, ['sheets'], view);
  const [isWhole, setWhole] = useState(false);
  const entries = value?.entries ?? [];
  const shown = isWhole ? entries : entries.slice(0, FIRST);
  return (
    <Part title="履歴">
      {problem && <p className="quiet">履歴を読めませんでした。{problem.message}</p>}
      {value && entries.length === 0 && <p className="quiet">まだ、だれも書いていません。</p>}
      <ol className="history">
        {shown.map((one, index) => (
          <HistoryRow key={`${one.revision}-${one.at}`} entry={one} cell={cell} state={state} isNewest={index === 0} />
        ))}
      </ol>
      {entries.length > shown.length && (
        <div>
          <Button kind="text" size="toolbar" onClick={() => setWhole(true)}>
            {`残りの${entries.length - shown.length}件も見る`}
          </Button>
        </div>
      )}
    </Part>
  );
}

type RowProps = { entry: HistoryEntry; cell: Cell; state: CellState; isNewest: boolean };

function HistoryRow({ entry: one, cell, state, isNewest }: RowProps) {
  const desk = useDesk();
  const isStanding = isNewest && !one.lost;
  const restorable = !isStanding && state.lock === undefined && !sameContent(one.before, one.after);
  return (
    <li>
      <p className="history-head">
        {one.unit} <span className="quiet">{showMoment(one.at)}</span>
        {one.revision === null && <span className="quiet">（入力中）</span>}
      </p>
      {one.note !== '' && <p className="quiet">{one.note}</p>}
      {one.lost && <p className="history-lost">採られなかった内容です。</p>}
      <div className="history-change">
        <span className="for-ears">前</span>
        <OldText text={contentText(cell, one.before)} />
        <span aria-hidden="true">↓</span>
        <span className="for-ears">後</span>
        <OldText text={contentText(cell, one.after)} />
      </div>
      {restorable && (
        <div>
          <Button
            kind="text"
            size="toolbar"
            icon={Undo2}
            onClick={() => void desk.put([{ cell: cell.address, raw: rawOf(cell, one.after) }])}
          >
            この値に戻す
          </Button>
        </div>
      )}
    </li>
  );
}
