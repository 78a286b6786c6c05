// What has to be asked about a cell: the reason, and answers that are typed for the person when chosen.
// Under a field it stands in the page; beside a table's cell it floats for as long as somebody is in that cell.
import { CircleHelp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Question } from '../../shared/contract/views.ts';
import type { Cell } from '../../shared/form/cell.ts';
import { Button } from '../ui/Button.tsx';
import { type CellState, inputId, inputOf } from './SheetContext.tsx';
import { useDesk } from './SheetDesk.tsx';

type Props = {
  cell: Cell;
  state: CellState;
  /** Where the cell's own label does not stand beside it. */
  named?: boolean;
};

/** Nobody has given an answer or a reason yet. */
export const isOpen = (question: Question): boolean => question.answer === null;

export function QuestionBox({ cell, state, named = false }: Props) {
  if (!state.mark.questions.some(isOpen)) return null;
  return (
    <div className="question" id={`${inputId(cell.address)}-question`}>
      <Questions cell={cell} state={state} named={named} />
    </div>
  );
}

/** For a cell of a table: in the top layer, because the table's box would cut it off. */
export function QuestionBeside({ cell, state }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const isAsked = state.mark.questions.some(isOpen);
  useEffect(() => {
    const holder = box.current?.parentElement;
    if (!isAsked || !holder) return;
    const open = () => box.current?.togglePopover?.(true);
    const close = (event: FocusEvent) => {
      const isInside = event.relatedTarget instanceof Node && holder.contains(event.relatedTarget);
      if (!isInside && document.hasFocus()) box.current?.togglePopover?.(false);
    };
    if (holder.contains(document.activeElement)) open();
    holder.addEventListener('focusin', open);
    holder.addEventListener('focusout', close);
    return () => {
      holder.removeEventListener('focusin', open);
      holder.removeEventListener('focusout', close);
    };
  }, [isAsked]);
  if (!isAsked) return null;
  return (
    <div ref={box} popover="manual" className="question beside" id={`${inputId(cell.address)}-question`}>
      <Questions cell={cell} state={state} named />
    </div>
  );
}

function Questions({ cell, state, named }: Required<Props>) {
  const { reasonFor } = useDesk();
  const answer = (value: string) => {
    state.answer(value);
    // The buttons go away with the question; the cell is where the person was.
    inputOf(cell.address)?.focus();
  };
  const explain = (check: string) => {
    // The panel shows the cell in which the person is.
    inputOf(cell.address)?.focus();
    reasonFor.tell({ address: cell.address, check });
  };
  return state.mark.questions.filter(isOpen).map((question) => (
    <div key={`${question.kind}-${question.reason}`} className="stack-close">
      <p>
        <CircleHelp size={18} aria-hidden="true" />
        <strong>要確認{named && `　${cell.label}`}</strong>
        {question.kind === 'reading' && question.raw !== '' && <span>入力された文字「{question.raw}」</span>}
        <span>{question.reason}</span>
      </p>
      {state.lock === undefined && <Ways question={question} onAnswer={answer} onExplain={explain} />}
    </div>
  ));
}

type WaysProps = { question: Question; onAnswer: (value: string) => void; onExplain: (check: string) => void };

/** What can be done about it from here. */
function Ways({ question: { check, candidates }, onAnswer, onExplain }: WaysProps) {
  if (check === null && candidates.length === 0) return null;
  return (
    <div className="toolbar">
      {candidates.map(({ label, value }) => (
        <Button key={value} kind="outline" size="toolbar" onClick={() => onAnswer(value)}>
          {label}
        </Button>
      ))}
      {check !== null && (
        <Button kind="outline" size="toolbar" onClick={() => onExplain(check)}>
          理由を書く
        </Button>
      )}
      <span className="quiet">
        <kbd>Alt+Enter</kbd> で{candidates.length > 0 ? '答え' : '理由'}へ
      </span>
    </div>
  );
}
