// How far something has come: of a task while it runs, and of a sheet's required cells.
import { X } from 'lucide-react';
import type { Progress as Steps } from '../../shared/contract/contract.ts';
import { Button } from './Button.tsx';
import { useLasting } from './timing.ts';

type Props = { running: boolean; name: string; progress: Steps | undefined; onCancel: () => void };

/** Stands above the work while a task takes longer than 300 ms. */
export function RunningTask({ running, name, progress, onCancel }: Props) {
  const shown = useLasting(running, 300);
  if (!shown) return null;
  const steps = progress && progress.total > 0 ? progress : undefined;
  return (
    <div className="running no-print">
      <span role="status">{name}</span>
      <progress aria-label={name} {...(steps ? { max: steps.total, value: steps.done } : {})} />
      {steps && (
        <span>
          {steps.done} / {steps.total}　{steps.name}
        </span>
      )}
      <Button kind="outline" size="toolbar" icon={X} onClick={onCancel}>
        中止
      </Button>
    </div>
  );
}

/** 「12 / 25」 with a bar. */
export function Meter({ done, total, label }: { done: number; total: number; label: string }) {
  if (total === 0) return <span className="quiet">必須の欄はありません</span>;
  return (
    <span className="meter">
      <progress aria-label={label} max={total} value={done} />
      <span>
        {done} / {total}
      </span>
    </span>
  );
}
