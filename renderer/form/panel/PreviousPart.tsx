// What stood in the cell last year, to be copied with one key; and a word when this year says just the same.
import { Copy } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { PreviousSheet } from '../../../shared/contract/views.ts';
import type { Cell } from '../../../shared/form/cell.ts';
import { contentAt } from '../../../shared/form/merge.ts';
import { bothYears } from '../../../shared/kernel/fiscal.ts';
import { Button } from '../../ui/Button.tsx';
import { contentText } from '../display.ts';
import { isAsBefore } from '../lastYear.ts';
import { keyOf } from '../moving/shortcuts.ts';
import { type CellState, useSheet } from '../SheetContext.tsx';
import { useDesk } from '../SheetDesk.tsx';
import { isBlank, rawOf } from './oldContent.ts';
import { OldText, Part } from './Part.tsx';

type Props = { cell: Cell; state: CellState; previous: PreviousSheet | undefined };

export function PreviousPart({ cell, state, previous }: Props) {
  const { entry } = useSheet();
  const desk = useDesk();
  const values = useSyncExternalStore(entry.subscribe, entry.values);
  if (!previous) return null;
  const old = contentAt(previous.values, cell.address);
  const isSame = isAsBefore(cell.address, previous.values, values);
  return (
    <Part title={`前年度の内容（${bothYears(previous.year)}評価）`}>
      <OldText text={contentText(cell, old)} />
      {isSame && (
        <p className="panel-same">
          {cell.type === 'text' ? '今の文は、前年度と一字一句同じです。' : '今の値は、前年度の評価のときと同じです。'}
        </p>
      )}
      {!isSame && !isBlank(old) && state.lock === undefined && (
        <div>
          <Button
            kind="outline"
            size="toolbar"
            icon={Copy}
            hint={keyOf('copy-previous')}
            onClick={() => void desk.put([{ cell: cell.address, raw: rawOf(cell, old) }])}
          >
            写す
          </Button>
        </div>
      )}
    </Part>
  );
}
