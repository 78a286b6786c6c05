// Long lists and tables a part at a time: the first ones at once, more when asked for, never thousands at a stroke.
// Promise: on paper they are whole, since paper has no button to ask for more.
import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { showDecimal } from '../../shared/kernel/decimal.ts';
import { Button } from '../ui/Button.tsx';

/** As many at first, and as many more each time. */
const AT_ONCE = 50;

/**
 * The items to show now, and the button that shows more (nothing when all are shown). `unit` counts them: 枚 or 件.
 * Begins again with the first ones when `of` changes; shows at least as many as `least`.
 */
export function useFew<T>(
  items: readonly T[],
  unit: string,
  of?: unknown,
  least = 0,
): { few: readonly T[]; more: ReactNode } {
  const [asked, setAsked] = useState({ of, count: AT_ONCE });
  const [isPrinting, setPrinting] = useState(false);
  const count = Math.max(asked.of === of ? asked.count : AT_ONCE, Math.ceil(least / AT_ONCE) * AT_ONCE);
  const rest = items.length - count;
  const isPart = rest > 0;
  useEffect(() => {
    if (!isPart) return;
    // The page is laid out for paper as soon as the event has been told.
    const whole = () => flushSync(() => setPrinting(true));
    const again = () => setPrinting(false);
    window.addEventListener('beforeprint', whole);
    window.addEventListener('afterprint', again);
    return () => {
      window.removeEventListener('beforeprint', whole);
      window.removeEventListener('afterprint', again);
    };
  }, [isPart]);
  if (!isPart || isPrinting) return { few: items, more: null };
  return {
    few: items.slice(0, count),
    more: (
      <div className="actions no-print">
        <Button kind="outline" size="toolbar" onClick={() => setAsked({ of, count: count + AT_ONCE })}>
          {`次の${Math.min(AT_ONCE, rest)}${unit}も見る（残り${showDecimal(String(rest))}${unit}）`}
        </Button>
      </div>
    ),
  };
}
