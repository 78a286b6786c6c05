// What can be done with the sheets that are chosen in the list, and the words by which later screens name them.
import {
  Building2,
  CornerDownLeft,
  Download,
  MessageSquareWarning,
  Send,
  SpellCheck,
  StepForward,
  Upload,
} from 'lucide-react';
import type { SheetRow } from '../../shared/contract/views.ts';
import type { Role } from '../../shared/form/form.ts';
import { Button } from '../ui/Button.tsx';
import type { Go } from './place.ts';

type BarProps = {
  role: Role;
  /** In the order of the list. */
  sheets: readonly string[];
  /** How many of them the list does not show now. */
  hidden: number;
  unitLabel: string;
  onClear: () => void;
  go: Go;
};

export function ChosenBar({ role, sheets, hidden, unitLabel, onClear, go }: BarProps) {
  const count = sheets.length;
  return (
    <section className="chosen" aria-label="選んだシート">
      <p role="status">
        {count}枚を選んでいます{hidden > 0 && `（うち${hidden}枚は、今は表示していません）`}。
      </p>
      {role === 'department' ? (
        <Button kind="primary" size="toolbar" icon={Upload} onClick={() => go({ at: 'handin', sheets })}>
          {`選んだ${count}枚を提出する`}
        </Button>
      ) : (
        <>
          <Button kind="outline" size="toolbar" icon={CornerDownLeft} onClick={() => go({ at: 'return', sheets })}>
            受理・差戻し
          </Button>
          <Button kind="outline" size="toolbar" icon={Send} onClick={() => go({ at: 'distribute', sheets })}>
            配布する
          </Button>
          <Button
            kind="outline"
            size="toolbar"
            icon={MessageSquareWarning}
            onClick={() => go({ at: 'remark', sheets })}
          >
            同じ指摘を付ける
          </Button>
          <Button kind="outline" size="toolbar" icon={Building2} onClick={() => go({ at: 'reassign', sheets })}>
            {`${unitLabel}を変える`}
          </Button>
          <Button kind="outline" size="toolbar" icon={StepForward} onClick={() => go({ at: 'round', sheets })}>
            回を進める
          </Button>
        </>
      )}
      <Button kind="outline" size="toolbar" icon={SpellCheck} onClick={() => go({ at: 'quality', sheets })}>
        文章の点検
      </Button>
      <Button kind="outline" size="toolbar" icon={Download} onClick={() => go({ at: 'export', sheets })}>
        書き出す
      </Button>
      <Button kind="text" size="toolbar" onClick={onClear}>
        選択をやめる
      </Button>
    </section>
  );
}

const NAMED = 5;

/** Which sheets are meant: a few by name, all of them when asked for. */
export function ChosenList({ rows }: { rows: readonly SheetRow[] }) {
  const named = (row: SheetRow) => `${row.number} ${row.name}`;
  if (rows.length <= NAMED) {
    return (
      <ul className="chosen-list">
        {rows.map((row) => (
          <li key={row.id}>{named(row)}</li>
        ))}
      </ul>
    );
  }
  return (
    <details className="chosen-list">
      <summary>
        {rows.slice(0, 2).map(named).join('、')} ほか{rows.length - 2}枚
      </summary>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>{named(row)}</li>
        ))}
      </ul>
    </details>
  );
}
