// The frame of one labelled cell: its label above, its state in words, help and open questions under it.
import {
  CalendarSync,
  Circle,
  CircleHelp,
  CircleSlash,
  GitCompareArrows,
  KeyRound,
  type LucideIcon,
  MessageSquareWarning,
  Pencil,
  Save,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type Cell, isComputed } from '../../shared/form/cell.ts';
import { type StateTone, StateWord } from '../ui/StateWord.tsx';
import { isSettled } from './display.ts';
import type { CellFacts } from './entry.ts';
import { isOpen, QuestionBox } from './QuestionBox.tsx';
import { type CellState, inputId, useCell, useSheet } from './SheetContext.tsx';

export type Look = keyof typeof LOOKS | 'plain';
type Shown = { word: string; Icon: LucideIcon; tone: StateTone };

export const LOOKS = {
  locked: { word: 'ロック', Icon: KeyRound, tone: 'quiet' },
  conflict: { word: '競合', Icon: GitCompareArrows, tone: 'clash' },
  failed: { word: '誤り：保存できませんでした', Icon: TriangleAlert, tone: 'wrong' },
  typing: { word: '入力中', Icon: Pencil, tone: 'calm' },
  saving: { word: '保存しています', Icon: Save, tone: 'calm' },
  asked: { word: '要確認', Icon: CircleHelp, tone: 'ask' },
  remarked: { word: '指摘あり', Icon: MessageSquareWarning, tone: 'remark' },
  none: { word: '該当なし', Icon: CircleSlash, tone: 'quiet' },
  saved: { word: '保存済み', Icon: Save, tone: 'quiet' },
  missing: { word: '未入力', Icon: Circle, tone: 'quiet' },
} as const satisfies Record<string, Shown>;

/** Looks that come and go while somebody types. */
export const CALM: ReadonlySet<Look> = new Set(['plain', 'missing', 'typing', 'saving', 'saved']);

/** The one state that a cell shows; what needs a person comes before what passes by itself. */
export function lookOf(cell: Cell, state: CellFacts): Look {
  const { phase, questions } = state.mark;
  // It was locked while somebody typed in it: the text is still to be taken care of.
  if (phase === 'failed') return phase;
  if (state.lock !== undefined) return 'locked';
  if (state.conflict) return 'conflict';
  if (phase === 'typing' || phase === 'saving') return phase;
  if (questions.some(isOpen)) return 'asked';
  if (state.isRemarked) return 'remarked';
  if (state.firmness === 'none') return 'none';
  if (phase === 'saved') return 'saved';
  const isBlank = !state.hasValue && !isSettled(state.firmness ?? '');
  return cell.required === 'always' && !isComputed(cell) && isBlank ? 'missing' : 'plain';
}

export function LookWord({ look, lock }: { look: Look; lock?: string | undefined }) {
  if (look === 'plain') return null;
  const { word, Icon, tone } = LOOKS[look];
  return (
    <StateWord icon={Icon} tone={tone}>
      {word}
      {look === 'locked' && lock && `：${lock}`}
    </StateWord>
  );
}

/** Beside the state: whatever the state is, the words may be last year's. */
export function SameWord({ state }: { state: CellFacts }) {
  if (!state.isAsLastYear) return null;
  return (
    <span className="same-word">
      <StateWord icon={CalendarSync} tone="quiet">
        {SAME}
      </StateWord>
    </span>
  );
}
export const SAME = '前年と同じ';

/** Of the words that say how a cell stands. */
export const stateId = (cell: Cell): string => `${inputId(cell.address)}-state`;

/** Ids of the words that explain a cell, for its input. */
export function describedBy(cell: Cell, state: CellState): string | undefined {
  const id = inputId(cell.address);
  const parts = [
    (lookOf(cell, state) !== 'plain' || state.isAsLastYear) && stateId(cell),
    cell.help !== undefined && `${id}-help`,
    state.mark.questions.some(isOpen) && `${id}-question`,
  ];
  return parts.filter(Boolean).join(' ') || undefined;
}

/** The state in words where the eye has a bar and an icon. */
export function StateForEars({ cell, state }: { cell: Cell; state: CellFacts }) {
  const look = lookOf(cell, state);
  if ((look === 'plain' && !state.isAsLastYear) || isComputed(cell)) return null;
  return (
    <span className="for-ears" id={stateId(cell)}>
      {look !== 'plain' && LOOKS[look].word}
      {state.lock !== undefined && `：${state.lock}`}
      {state.isAsLastYear && ` ${SAME}`}
    </span>
  );
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
  const look = lookOf(cell, state);
  const id = inputId(cell.address);
  const isSaidAbove = lockedAbove.has(cell.address);
  const head = CALM.has(look) && !state.isAsLastYear ? 'cell-head calm' : 'cell-head';
  const words = (
    <>
      {label}
      {cell.required === 'always' && state.lock === undefined && <span className="required">※必須</span>}
    </>
  );
  const word = (
    <span className="cell-word" id={stateId(cell)}>
      <span>
        <SameWord state={state} />
        {isSaidAbove ? (
          <span className="for-ears">ロック：{state.lock}</span>
        ) : (
          <LookWord look={look} lock={state.lock} />
        )}
      </span>
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
      <fieldset className="cell" data-look={look} data-same={state.isAsLastYear || undefined}>
        <legend className={head}>
          <span className="cell-label">{words}</span>
          {word}
        </legend>
        {rest}
      </fieldset>
    );
  }
  return (
    <div className="cell" data-look={look} data-same={state.isAsLastYear || undefined}>
      <div className={head}>
        <label className={hidden ? 'for-ears' : 'cell-label'} htmlFor={id}>
          {words}
        </label>
        {word}
      </div>
      {rest}
    </div>
  );
}
