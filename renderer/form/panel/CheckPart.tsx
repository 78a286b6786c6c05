// Checks that ask about a cell and want a reason. A reason stays with the sheet and can be taken back; nothing here ever
// blocks. What was typed in two meanings is asked beside the cell itself.
import { CircleCheck, CircleHelp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Question } from '../../../shared/contract/views.ts';
import type { Cell } from '../../../shared/form/cell.ts';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { useHost } from '../../host/HostContext.tsx';
import { useSay } from '../../ui/Announcer.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import { useTold } from '../../ui/told.ts';
import { type CellState, inputOf, useSheet } from '../SheetContext.tsx';
import { useDesk } from '../SheetDesk.tsx';
import { useDraft, useIsBegun } from './drafts.tsx';
import { Part } from './Part.tsx';

type Props = { cell: Cell; state: CellState };

export function CheckPart({ cell, state }: Props) {
  const questions = state.mark.questions.filter(({ kind }) => kind === 'check');
  if (questions.length === 0) return null;
  return (
    <Part title="確認">
      {questions.map((question) => (
        <Asked key={question.check ?? question.reason} question={question} cell={cell} state={state} />
      ))}
    </Part>
  );
}

function Asked({ question, cell, state }: Props & { question: Question }) {
  const host = useHost();
  const { entry } = useSheet();
  const say = useSay();
  const { check, answer } = question;
  const about = `${entry.view().id} reason ${cell.address} ${check}`;
  const [isWriting, setWriting] = useState(useIsBegun(about));
  const [problem, setProblem] = useState<Problem>();

  const { reasonFor } = useDesk();
  const wanted = useTold(reasonFor);
  const isWanted = check !== null && wanted?.check === check && wanted.address === cell.address;
  useEffect(() => {
    if (!isWanted) return;
    setWriting(true);
    reasonFor.tell(undefined);
  }, [isWanted, reasonFor]);

  /** Back to where the person came from. */
  function leave() {
    setWriting(false);
    inputOf(cell.address)?.focus();
  }

  /** False when it could not be written. */
  async function give(reason: string): Promise<boolean> {
    // The check looks at what stands; what is still being typed has to stand first.
    if (check === null || !(await entry.flush())) return false;
    const reply = await host.call('check.answer', { sheet: entry.view().id, address: cell.address, check, reason });
    setProblem(reply.ok ? undefined : reply.problem);
    if (!reply.ok) return false;
    entry.show(reply.value);
    leave();
    say(reason === '' ? '理由を取り消しました。' : '理由を書き込みました。');
    return true;
  }

  return (
    <div className="asked-part">
      {answer === null ? (
        <StateWord icon={CircleHelp} tone="ask">
          要確認
        </StateWord>
      ) : (
        <StateWord icon={CircleCheck} tone="good">
          理由あり
        </StateWord>
      )}
      <p>{question.reason}</p>
      {answer !== null && !isWriting && <p className="old-text kept-lines">{answer}</p>}
      {problem && <ProblemNotice problem={problem} />}
      {check !== null && !isWriting && (
        <div className="toolbar">
          <Button kind="outline" size="toolbar" onClick={() => setWriting(true)}>
            {answer === null ? '理由を書く' : '理由を書き直す'}
          </Button>
          {answer !== null && (
            <Button kind="text" size="toolbar" onClick={() => void give('')}>
              理由を取り消す
            </Button>
          )}
        </div>
      )}
      {isWriting && <ReasonBox about={about} answer={answer ?? ''} onGive={give} onLeave={leave} />}
      {check === null && state.lock === undefined && question.candidates.length > 0 && (
        <div className="toolbar">
          {question.candidates.map((candidate) => (
            <Button key={candidate.value} kind="outline" size="toolbar" onClick={() => state.answer(candidate.value)}>
              {candidate.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

type BoxProps = {
  about: string;
  answer: string;
  onGive: (reason: string) => Promise<boolean>;
  onLeave: () => void;
};

function ReasonBox({ about, answer, onGive, onLeave }: BoxProps) {
  const draft = useDraft(about, answer, '理由');
  const [error, setError] = useState<string>();
  async function give() {
    const reason = draft.text.trim();
    if (reason === '') return setError('理由を書いてください。');
    if (await onGive(reason)) draft.end();
  }
  return (
    <div className="stack-close">
      <Field
        label="理由"
        required
        help="シートと一緒に保存され、提出や取りまとめのときにも付いていきます。"
        error={error}
      >
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={3}
            maxLength={1_000}
            value={draft.text}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
            autoFocus={!draft.isAgain}
            onChange={(event) => draft.write(event.target.value)}
          />
        )}
      </Field>
      <div className="toolbar">
        <Button kind="primary" size="toolbar" onClick={() => void give()}>
          理由を書き込む
        </Button>
        <Button
          kind="text"
          size="toolbar"
          onClick={() => {
            draft.end();
            onLeave();
          }}
        >
          やめる
        </Button>
      </div>
    </div>
  );
}
