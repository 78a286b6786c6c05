// The questions about paper above its preview, and what the public edition leaves out of this sheet.
import { Select } from '../ui/Select.tsx';
import { choosePaper, PAPER_ANSWERS, type PaperChoice } from './choice.ts';

const LABELS = { page: '用紙', edition: '版', years: '年度' } as const;

type Props = { choice: PaperChoice; hidden: readonly { label: string; text: string }[] };

export function PaperChoices({ choice, hidden }: Props) {
  return (
    <>
      <div className="paper-choices">
        {(['page', 'edition', 'years'] as const).map((name) => (
          <Answers key={name} name={name} value={choice[name]} />
        ))}
      </div>
      {choice.edition === 'public' && (
        <details className="paper-hidden">
          <summary>{hidden.length === 0 ? '公表用で隠す欄はありません' : `公表用で隠す欄 ${hidden.length}`}</summary>
          {hidden.length > 0 && (
            <dl>
              {hidden.map(({ label, text }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          )}
        </details>
      )}
    </>
  );
}

function Answers<N extends keyof PaperChoice>({ name, value }: { name: N; value: PaperChoice[N] }) {
  return (
    <Select label={LABELS[name]} value={value} onChange={(next) => choosePaper(name, next as PaperChoice[N])}>
      {PAPER_ANSWERS[name].map((answer) => (
        <option key={answer.value} value={answer.value}>
          {answer.label}
        </option>
      ))}
    </Select>
  );
}
