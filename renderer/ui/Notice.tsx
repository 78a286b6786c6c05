// Messages: a coloured bar, an icon and a word, so that no tone is told by colour alone.
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../shared/kernel/problem.ts';

const TONES = {
  info: { word: 'お知らせ', Icon: Info },
  warning: { word: '注意', Icon: TriangleAlert },
  error: { word: 'エラー', Icon: CircleAlert },
  success: { word: '完了', Icon: CircleCheck },
} as const;
export type Tone = keyof typeof TONES;

type Props = { tone: Tone; title: string; spoken?: boolean; children?: ReactNode };

/** `spoken`: read out when it appears, for what answers something the person just did. */
export function Notice({ tone, title, spoken = false, children }: Props) {
  const { word, Icon } = TONES[tone];
  return (
    <div className={`notice ${tone}`} role={spoken ? (tone === 'error' ? 'alert' : 'status') : undefined}>
      <Icon size={20} aria-hidden="true" />
      <p>
        <span className="notice-word">{word}</span>
        <span className="notice-title kept-lines">{title}</span>
      </p>
      {children && <div className="notice-body">{children}</div>}
    </div>
  );
}

/** What went wrong, and what to do next. */
export function ProblemNotice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const tone = problem.code === 'task.cancelled' ? 'info' : 'error';
  return (
    <Notice tone={tone} title={problem.message} spoken>
      <p>{problem.hint}</p>
      {children}
    </Notice>
  );
}
