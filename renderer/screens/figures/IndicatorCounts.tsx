// Indicators counted: by group and whether they have reached their target, by type and how they moved.
import type { SheetFacts } from '../../../shared/figures/facts.ts';
import * as tables from '../../../shared/figures/tables.ts';
import { Counts } from './Counts.tsx';
import type { Behind, OpenBehind } from './look.ts';

type Props = { sheets: readonly SheetFacts[]; source: string; onBehind: OpenBehind };

const item = ({ sheet, indicator }: tables.SheetIndicator): Behind['items'][number] => ({
  sheet,
  note: `${indicator.label} ${indicator.name}　${indicator.statement}`,
  cell: indicator.address,
});

const none = <p>指標の入っているシートが、まだありません。</p>;

export function Achievement({ sheets, source, onBehind, goal }: Props & { goal: string }) {
  if (tables.indicatorsIn(sheets).length === 0) return none;
  return (
    <Counts
      title="指標の達成状況"
      words="指標の種類に応じて、最新の実績が目標に達しているかを数えます。実績や目標の数がないもの、種類の分からないものは「判定できない」です。空いている指標の欄は数えません。"
      corner={goal}
      unit="件"
      cross={tables.achievement(sheets)}
      looks={['solid', 'lines', 'blank']}
      {...{ source, item, onBehind }}
    />
  );
}

export function Movement({ sheets, source, onBehind }: Props) {
  if (tables.indicatorsIn(sheets).length === 0) return none;
  return (
    <Counts
      title="前の年度からの動き"
      words="指標の種類から見て、最新の実績がその前の年度より良くなったかを数えます。前の年度の数がないものと、良し悪しを言えない種類は「比べられない」です。"
      corner="指標の種類"
      unit="件"
      cross={tables.movement(sheets)}
      looks={['solid', 'rows', 'lines', 'blank']}
      {...{ source, item, onBehind }}
    />
  );
}
