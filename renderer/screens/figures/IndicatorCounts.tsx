// Indicators counted: by group and whether they have reached their target, by type and how they moved.

import type { SheetFacts } from '../../../shared/figures/facts.ts';
import * as tables from '../../../shared/figures/tables.ts';
import { Bars } from '../../charts/Bars.tsx';
import type { Look } from '../../charts/Look.tsx';
import { Figure } from './Figure.tsx';
import { barRows } from './Grades.tsx';
import type { OpenBehind } from './look.ts';
import { CrossTable } from './tables.tsx';

type Props = { sheets: readonly SheetFacts[]; source: string; onBehind: OpenBehind };

export function Achievement({ sheets, source, onBehind, goal }: Props & { goal: string }) {
  return (
    <Counts
      title="指標の達成状況"
      words="指標の種類に応じて、最新の実績が目標に達しているかを数えます。実績や目標の数がないもの、種類の分からないものは「判定できない」です。空いている指標の欄は数えません。"
      corner={goal}
      cross={tables.achievement(sheets)}
      looks={['solid', 'lines', 'blank']}
      source={source}
      onBehind={onBehind}
    />
  );
}

export function Movement({ sheets, source, onBehind }: Props) {
  return (
    <Counts
      title="前の年度からの動き"
      words="指標の種類から見て、最新の実績がその前の年度より良くなったかを数えます。前の年度の数がないものと、良し悪しを言えない種類は「比べられない」です。"
      corner="指標の種類"
      cross={tables.movement(sheets)}
      looks={['solid', 'rows', 'lines', 'blank']}
      source={source}
      onBehind={onBehind}
    />
  );
}

type CountsProps = {
  title: string;
  words: string;
  corner: string;
  cross: tables.Cross<tables.SheetIndicator>;
  looks: readonly Look[];
  source: string;
  onBehind: OpenBehind;
};

function Counts({ title, words, corner, cross, looks, source, onBehind }: CountsProps) {
  const nameOf = (row: number, column: number) =>
    `${cross.rows[row]?.label}、${cross.columns[column]?.label}：${cross.squares[row]?.[column]?.length ?? 0}件`;
  const behind = (row: number, column: number) =>
    onBehind({
      title: nameOf(row, column),
      items: (cross.squares[row]?.[column] ?? []).map(({ sheet, indicator }) => ({
        sheet,
        note: `${indicator.label} ${indicator.name}　${indicator.statement}`,
        cell: indicator.address,
      })),
    });
  if (cross.rows.length === 0 || cross.squares.flat(2).length === 0)
    return <p>指標の入っているシートが、まだありません。</p>;
  return (
    <Figure
      title={title}
      words={words}
      source={source}
      chart={(width) => (
        <Bars
          label={`${title}の図`}
          rows={barRows(cross, nameOf)}
          series={cross.columns.map((column, at) => ({ label: column.label, look: looks[at] ?? 'blank' }))}
          stacked
          width={width}
          tick={String}
          onOpen={behind}
        />
      )}
      table={<CrossTable label={title} corner={corner} cross={cross} unit="件" onOpen={behind} />}
    />
  );
}
