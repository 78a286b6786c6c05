// How a cell is meant to be written: the form's own words, and what follows from the form.
import type { Cell, DecimalCell } from '../../../shared/form/cell.ts';
import { statesOf } from '../display.ts';
import { Part } from './Part.tsx';

export function GuidancePart({ cell, lock }: { cell: Cell; lock: string | undefined }) {
  const rules = [
    lock !== undefined && `ロック：${lock}`,
    REQUIRED[cell.required],
    ...kindOf(cell),
    !cell.public && '公表しない欄です。',
  ].filter((rule) => typeof rule === 'string');
  return (
    <Part title="書き方">
      {cell.help !== undefined && <p className="kept-lines">{cell.help}</p>}
      {rules.length > 0 && (
        <ul className="panel-rules">
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      )}
    </Part>
  );
}

const REQUIRED: Record<Cell['required'], string | false> = {
  always: '必須の欄です。',
  row: '同じ行に何か書いたら、この欄も必須です。',
  one: 'この中から一つ以上を選びます。',
  never: false,
};

function ruleOf(cell: DecimalCell): string {
  if (cell.isYear) return '年度を書きます。「令和6年度」「R6」「2024」のどの書き方でも読めます。';
  return cell.decimals > 0 ? `小数は${cell.decimals}桁まで書けます。` : '小数は書けません。';
}

function kindOf(cell: Cell): (string | false)[] {
  switch (cell.type) {
    case 'text':
      return [cell.max !== undefined && `印刷の枠は${cell.max}字です。`];
    case 'decimal':
      return [
        cell.unit !== undefined && `単位は${cell.unit}です。`,
        ruleOf(cell),
        cell.states.length > 0 &&
          `区分は${statesOf(cell)
            .map(({ label }) => label)
            .join('・')}から選べます。`,
        cell.formula !== undefined && 'ほかの欄から計算されます。',
      ];
    case 'code':
      return ['一つを選びます。'];
    case 'flag':
      return [];
  }
}
