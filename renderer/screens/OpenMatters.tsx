// What a person still has to look at in a sheet: questions with jumps, and texts that an intake could not place.
import type { Leftover, Question, RemarkThread } from '../../shared/contract/views.ts';
import { Link } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

type Props = {
  questions: readonly Question[];
  unmatched: readonly Leftover[];
  remarks: readonly RemarkThread[];
  onJump: (address: string) => void;
};

export function OpenMatters({ questions: all, unmatched, remarks, onJump }: Props) {
  const questions = all.filter(({ answer }) => answer === null);
  const open = remarks.filter(({ state }) => state !== 'closed');
  return (
    <>
      {open.length > 0 && (
        <Notice tone="warning" title={`指摘が${open.length}件あります。`}>
          <ul className="matters">
            {open.map((thread) => (
              <li key={thread.id}>
                {thread.address === '' ? (
                  <span>シート全体</span>
                ) : (
                  <Link onClick={() => onJump(thread.address)}>{thread.label}</Link>
                )}
                <span className="kept-lines">{thread.remarks.at(-1)?.text}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {questions.length > 0 && (
        <Notice tone="warning" title={`確かめる欄が${questions.length}件あります。`}>
          <ul className="matters">
            {questions.map((question) => (
              <li key={`${question.kind}-${question.address}-${question.reason}`}>
                <Link onClick={() => onJump(question.address)}>{question.label}</Link>
                <span>{question.reason}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {unmatched.length > 0 && (
        <Notice tone="info" title={`読み込んだシートに、欄に入らなかった文字が${unmatched.length}件あります。`}>
          <LeftoverList unmatched={unmatched} />
        </Notice>
      )}
    </>
  );
}

export function LeftoverList({ unmatched }: { unmatched: readonly Leftover[] }) {
  return (
    <details>
      <summary>欄に入らなかった文字を見る</summary>
      <ul className="matters">
        {unmatched.map((leftover, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same text may be left over twice, and the list never moves
          <li key={index}>
            <span className="kept-lines leftover">{leftover.text}</span>
            <span className="quiet">{leftover.reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
