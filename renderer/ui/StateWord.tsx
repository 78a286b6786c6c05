// A state in words with its icon; the colour only repeats what they say.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type StateTone = 'good' | 'ask' | 'remark' | 'clash' | 'wrong' | 'calm' | 'quiet';

export function StateWord({ icon: Icon, tone, children }: { icon: LucideIcon; tone: StateTone; children: ReactNode }) {
  return (
    <span className={`state ${tone}`}>
      <Icon size={18} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
