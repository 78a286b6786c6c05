// The side panel for the field in hand: how to write it, last year's content, what is asked, remarks, and its history.
// It follows the cursor and stays while the person works in it.
import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import type { PreviousSheet } from '../../../shared/contract/views.ts';
import { type Cell, isComputed } from '../../../shared/form/cell.ts';
import type { Role } from '../../../shared/form/form.ts';
import { Button } from '../../ui/Button.tsx';
import { keyOf } from '../moving/shortcuts.ts';
import { useCell, useSheet } from '../SheetContext.tsx';
import { CheckPart } from './CheckPart.tsx';
import { GuidancePart } from './GuidancePart.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { PreviousPart } from './PreviousPart.tsx';
import { RemarkPart } from './RemarkPart.tsx';

type Props = {
  address: string | undefined;
  role: Role;
  previous: PreviousSheet | undefined;
  isOpen: boolean;
  onToggle: () => void;
  /** Takes the sheet over anew after something was said about it. */
  refresh: () => Promise<void>;
};

export function Panel({ address, role, previous, isOpen, onToggle, refresh }: Props) {
  const { form } = useSheet();
  const cell = address === undefined ? undefined : form.byAddress.get(address);
  if (!isOpen) {
    return (
      <div className="panel-tab no-print">
        <Button kind="outline" size="toolbar" icon={PanelRightOpen} hint={keyOf('panel')} onClick={onToggle}>
          欄の説明を開く
        </Button>
      </div>
    );
  }
  return (
    <aside className="panel no-print" aria-label="欄の説明">
      <div className="panel-head">
        <h2>{cell ? cell.label : '欄の説明'}</h2>
        <Button kind="text" size="toolbar" icon={PanelRightClose} hint={keyOf('panel')} onClick={onToggle}>
          <span className="for-ears">欄の説明を</span>閉じる
        </Button>
      </div>
      {cell ? (
        <CellParts key={cell.address} cell={cell} role={role} previous={previous} refresh={refresh} />
      ) : (
        <div className="panel-parts">
          <p className="quiet panel-none">欄を選ぶと、書き方、前年度の内容、履歴、指摘がここに出ます。</p>
          <RemarkPart address="" role={role} refresh={refresh} />
        </div>
      )}
    </aside>
  );
}

type PartsProps = { cell: Cell; role: Role; previous: PreviousSheet | undefined; refresh: () => Promise<void> };

function CellParts({ cell, role, previous, refresh }: PartsProps) {
  const state = useCell(cell);
  const isStored = !isComputed(cell);
  return (
    <div className="panel-parts">
      <CheckPart cell={cell} state={state} />
      <GuidancePart cell={cell} lock={state.lock} />
      {isStored && <PreviousPart cell={cell} state={state} previous={previous} />}
      {isStored && <RemarkPart address={cell.address} role={role} refresh={refresh} />}
      {isStored && <HistoryPart cell={cell} state={state} />}
      <RemarkPart address="" role={role} refresh={refresh} />
    </div>
  );
}
