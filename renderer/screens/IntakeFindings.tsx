// What a filled sheet holds, as it was read: questions to answer, what is left over, and each cell with what it replaces.
import { CircleCheck, CircleEqual } from 'lucide-react';
import { useId } from 'react';
import type { IntakeView } from '../../shared/contract/intakeviews.ts';
import type { Question } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentText } from '../form/display.ts';
import { useQuery } from '../host/HostContext.tsx';
import { Choice } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { LeftoverList } from './OpenMatters.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

/** Answers by address, as they would be typed. */
export type Answers = Readonly<Record<string, string>>;

/** The answers with one given, changed or taken back. */
export function answered(answers: Answers, cell: string, raw: string | undefined): Answers {
  const { [cell]: _, ...rest } = answers;
  return raw === undefined ? rest : { ...rest, [cell]: raw };
}

type FindingsProps = {
  view: IntakeView;
  answers: Answers;
  onAnswer: (cell: string, raw: string | undefined) => void;
};

/** What was read, what has to be asked with its answers, and what went into no cell. */
export function Findings({ view, answers, onAnswer }: FindingsProps) {
  const sheet = useQuery('sheet.show', { sheet: view.sheet.id }, []).value;
  const changed = view.matched.filter((match) => !match.same).length;
  return (
    <div className="stack-wide">
      {view.notes.length > 0 && (
        <Notice tone="info" title="読み方についての注意">
          {view.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      {view.asked.length > 0 && (
        <section className="stack" aria-labelledby="intake-asked">
          <h2 id="intake-asked">確かめること（{view.asked.length}件）</h2>
          {view.asked.map((question) => (
            <Asked
              key={`${question.kind}-${question.address}-${question.reason}`}
              question={question}
              answer={answers[question.address]}
              onAnswer={(raw) => onAnswer(question.address, raw)}
            />
          ))}
        </section>
      )}
      {view.unmatched.length > 0 && (
        <Notice tone="warning" title={`欄に入らなかった文字が${view.unmatched.length}件あります。`}>
          <LeftoverList unmatched={view.unmatched} />
        </Notice>
      )}
      <section className="stack" aria-labelledby="intake-matched">
        <h2 id="intake-matched">
          読み取った欄（{view.matched.length}件、うち変わるのは{changed}件）
        </h2>
        {sheet && <MatchedTable view={view} form={sheet.form} year={sheet.year} />}
      </section>
    </div>
  );
}

type AskedProps = { question: Question; answer: string | undefined; onAnswer: (raw: string | undefined) => void };

function Asked({ question, answer, onAnswer }: AskedProps) {
  const name = useId();
  return (
    <fieldset className="asked">
      <legend className="cell-label">{question.label}</legend>
      <p>
        {question.kind === 'reading' && <span>書かれていた文字「{question.raw}」。</span>}
        {question.reason}
      </p>
      {question.candidates.map((candidate) => (
        <Choice
          key={candidate.value}
          type="radio"
          name={name}
          checked={answer === candidate.value}
          onChange={() => onAnswer(candidate.value)}
        >
          {candidate.label}
        </Choice>
      ))}
      <Choice type="radio" name={name} checked={answer === undefined} onChange={() => onAnswer(undefined)}>
        {question.kind === 'reading'
          ? '今は決めない（空欄のまま、要確認として残す）'
          : '今は決めない（読み取ったまま、要確認として残す）'}
      </Choice>
    </fieldset>
  );
}

function MatchedTable({ view, form: hash, year }: { view: IntakeView; form: string; year: number }) {
  const { form } = useLaidOutForm(hash, year);
  return (
    <div className="table-box">
      <table className="table intake-table">
        <thead>
          <tr>
            <th scope="col">欄</th>
            <th scope="col">読み取った内容</th>
            <th scope="col">今の内容と</th>
          </tr>
        </thead>
        <tbody>
          {view.matched.map((match) => (
            <tr key={match.address}>
              <th scope="row">{match.label}</th>
              <td className="kept-lines">{matchText(form, match)}</td>
              <td>
                {match.same ? (
                  <StateWord icon={CircleEqual} tone="quiet">
                    同じ
                  </StateWord>
                ) : (
                  <StateWord icon={CircleCheck} tone="good">
                    変わる
                  </StateWord>
                )}
                {match.replaced !== null && <p className="kept-lines">前の値「{match.replaced}」を置き換えます</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const matchText = (form: Form | undefined, match: IntakeView['matched'][number]): string =>
  contentText(form?.byAddress.get(match.address), { value: match.value, state: match.state, raw: null });
