// What has to be asked about a cell: the reason, and answers that are typed for the person when chosen.
import { CircleHelp } from 'lucide-react';
import type { Cell } from '../../shared/form/cell.ts';
import { Button } from '../ui/Button.tsx';
import { type CellState, inputId } from './SheetContext.tsx';

type Props = {
  cell: Cell;
  state: CellState /** Where the cell's own label does not stand beside it. */;
  named?: boolean;
};

export function QuestionBox({ cell, state, named = false }: Props) {
  const { questions } = state.mark;
  if (questions.length === 0) return null;
  return (
    <div className="question" id={`${inputId(cell.address)}-question`}>
      {questions.map((question) => (
        <div key={`${question.kind}-${question.reason}`} className="stack-close">
          <p>
            <CircleHelp size={18} aria-hidden="true" />
            <strong>要確認{named && `　${cell.label}`}</strong>
            {question.kind === 'reading' && question.raw !== '' && <span>入力された文字「{question.raw}」</span>}
            <span>{question.reason}</span>
          </p>
          {state.lock === undefined && question.candidates.length > 0 && (
            <div className="toolbar">
              {question.candidates.map((candidate) => (
                <Button
                  key={candidate.value}
                  kind="outline"
                  size="toolbar"
                  onClick={() => state.answer(candidate.value)}
                >
                  {candidate.label}
                </Button>
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}
