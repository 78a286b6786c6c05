// The frame of one labelled cell: its label above, its state in words, help and open questions under it.
import { Circle, CircleHelp, GitCompareArrows, KeyRound, Pencil, Save, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Cell } from '../../shared/form/cell.ts';
import { isComputed, isFilled } from '../../shared/form/cell.ts';
import { StateWord } from '../ui/StateWord.tsx';
import { QuestionBox } from './QuestionBox.tsx';
import { type CellState, inputId, useCell, useSheet } from './SheetContext.tsx';

export type Look = 'locked' | 'conflict' | 'failed' | 'asked' | 'typing' | 'saving' | 'saved' | 'missing' | 'plain';

/** The one state that a cell shows; what needs a person comes before what passes by itself. */
export function useLook(cell: Cell, state: CellState): Look {
  const { entry } = useSheet();
  if (state.lock !== undefined) return 'locked';
  if (state.conflict) return 'conflict';
  const { phase, questions } = state.mark;
  if (phase === 'failed' || phase === 'typing' || phase === 'saving') return phase;
  if (questions.length > 0) return 'asked';
  if (phase === 'saved') return 'saved';
  return cell.required === 'always' && !isComputed(cell) && !isFilled(cell, entry.values()) ? 'missing' : 'plain';
}

export function LookWord({ look, lock }: { look: Look; lock?: string | undefined }) {
  switch (look) {
    case 'locked':
      return (
        <StateWord icon={KeyRound} tone="quiet">
          ロック{lock && `：${lock}`}
        </StateWord>
      );
    case 'conflict':
      return (
        <StateWord icon={GitCompareArrows} tone="clash">
          競合
        </StateWord>
      );
    case 'failed':
      return (
        <StateWord icon={TriangleAlert} tone="wrong">
          保存できませんでした
        </StateWord>
      );
    case 'asked':
      return (
        <StateWord icon={CircleHelp} tone="ask">
          要確認
        </StateWord>
      );
    case 'typing':
      return (
        <StateWord icon={Pencil} tone="calm">
          入力中
        </StateWord>
      );
    case 'saving':
      return (
        <StateWord icon={Save} tone="calm">
          保存しています
        </StateWord>
      );
    case 'saved':
      return (
        <StateWord icon={Save} tone="quiet">
          保存済み
        </StateWord>
      );
    case 'missing':
      return (
        <StateWord icon={Circle} tone="quiet">
          未入力
        </StateWord>
      );
    case 'plain':
      return null;
  }
}

/** Ids of the words that explain a cell, for its input. */
export function describedBy(cell: Cell, state: CellState): string | undefined {
  const id = inputId(cell.address);
  const parts = [
    cell.help !== undefined && `${id}-help`,
    state.lock !== undefined && `${id}-lock`,
    state.mark.questions.length > 0 && `${id}-question`,
  ];
  return parts.filter(Boolean).join(' ') || undefined;
}

type FrameProps = {
  cell: Cell;
  label: string;
  /** The label is said by what stands around. */
  hidden?: boolean;
  /** group: several inputs under one legend. */
  as?: 'field' | 'group';
  extra?: ReactNode;
  children: (state: CellState, described: string | undefined) => ReactNode;
};

export function CellFrame({ cell, label, hidden = false, as = 'field', extra, children }: FrameProps) {
  const { lockedAbove } = useSheet();
  const state = useCell(cell);
  const look = useLook(cell, state);
  const id = inputId(cell.address);
  const isSaidAbove = lockedAbove.has(cell.address);
  const words = (
    <>
      {label}
      {cell.required === 'always' && state.lock === undefined && <span className="required">※必須</span>}
    </>
  );
  const word = (
    <span className="cell-word" id={`${id}-lock`}>
      {isSaidAbove ? (
        <span className="for-ears">ロック：{state.lock}</span>
      ) : (
        <LookWord look={look} lock={state.lock} />
      )}
    </span>
  );
  const rest = (
    <>
      {children(state, describedBy(cell, state))}
      {extra}
      {cell.help !== undefined && (
        <p className="field-help" id={`${id}-help`}>
          {cell.help}
        </p>
      )}
      <QuestionBox cell={cell} state={state} />
    </>
  );
  if (as === 'group') {
    return (
      <fieldset className="cell" data-look={look}>
        <legend className="cell-head">
          <span className="cell-label">{words}</span>
          {word}
        </legend>
        {rest}
      </fieldset>
    );
  }
  return (
    <div className="cell" data-look={look}>
      <div className="cell-head">
        <label className={hidden ? 'for-ears' : 'cell-label'} htmlFor={id}>
          {words}
        </label>
        {word}
      </div>
      {rest}
    </div>
  );
}
