// Below a table of indicators: what each of them comes to, in words, with both changes and a small drawing of its way.
// Nothing is told by the drawing or a colour alone: the words stand beside it.
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { GridBlock } from '../../../shared/form/block.ts';
import { type Change, type Judgement, judge } from '../../../shared/form/indicator.ts';
import { showDecimal } from '../../../shared/kernel/decimal.ts';
import { StateWord } from '../../ui/StateWord.tsx';
import { useSheet } from '../SheetContext.tsx';
import { Trend } from './Trend.tsx';

export function Indicators({ block }: { block: GridBlock }) {
  const { entry } = useSheet();
  const values = useSyncExternalStore(entry.subscribe, entry.values);
  const judged = block.indicators.flatMap((indicator) => {
    const judgement = judge(indicator, values);
    return judgement ? [{ indicator, judgement }] : [];
  });
  if (judged.length === 0) return null;
  return (
    <section className="indicators" aria-label={`${block.label}の判定`}>
      <ul>
        {judged.map(({ indicator, judgement }) => (
          <li key={indicator.key}>
            <p className="indicator-name">
              {indicator.label} {judgement.name}
            </p>
            <Trend judgement={judgement} />
            <div className="indicator-words">
              <Verdict judgement={judgement} />
              <dl className="indicator-changes">
                <ChangeRow
                  label={judgement.fromPrevious ? `前の実績（${judgement.fromPrevious.year}年度）から` : '前の実績から'}
                  change={judgement.fromPrevious}
                />
                <ChangeRow label="基準値から" change={judgement.fromBase} />
                {judgement.progress !== null && (
                  <div>
                    <dt>目標までの進み</dt>
                    <dd>{showDecimal(judgement.progress)}%</dd>
                  </div>
                )}
              </dl>
              {judgement.assumption !== '' && <p className="quiet">{judgement.assumption}</p>}
            </div>
          </li>
        ))}
      </ul>
      <p className="quiet">図の実線は実績、点線は基準値、破線は目標、白い丸は見込です。</p>
    </section>
  );
}

const VERDICTS = {
  achieved: { word: '達成', icon: CircleCheck, tone: 'good' },
  missed: { word: '未達', icon: CircleX, tone: 'wrong' },
  unknown: { word: '判定できない', icon: CircleDashed, tone: 'quiet' },
} as const;

function Verdict({ judgement }: { judgement: Judgement }) {
  const { word, icon, tone } = VERDICTS[judgement.status];
  return (
    <p className="indicator-verdict">
      <StateWord icon={icon} tone={tone}>
        <strong>{word}</strong>
      </StateWord>{' '}
      {judgement.statement}
    </p>
  );
}

function ChangeRow({ label, change }: { label: string; change: Change | null }) {
  if (!change) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {signed(change.delta)}
        {change.unit}
        {change.percent !== null && change.unit !== 'ポイント' && (
          <span className="quiet">（{signed(change.percent)}%）</span>
        )}
      </dd>
    </div>
  );
}

const signed = (value: string): string => (/^-|^[0.]+$/.test(value) ? showDecimal(value) : `＋${showDecimal(value)}`);
