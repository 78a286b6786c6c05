// Words over one or more lines. The box grows with them; a line break in a one-line cell is shown, but not typed.
import type { KeyboardEvent } from 'react';
import type { TextCell } from '../../shared/form/cell.ts';
import { isComposing } from './grid/keys.ts';
import { type CellState, inputId, useSheet } from './SheetContext.tsx';
import { useTyping } from './useTyping.ts';

type Props = { cell: TextCell; state: CellState; described: string | undefined; named?: boolean; watched?: boolean };

/**
 * `named`: the input carries its own name, since no label stands at it. `watched`: what stands around it follows each key.
 */
export function TextInput({ cell, state, described, named = false, watched = false }: Props) {
  const { entry } = useSheet();
  const field = useTyping(cell.address, { onText: state.type, onLeave: () => void entry.flush() }, watched);
  const isLocked = state.lock !== undefined;
  return (
    <textarea
      {...field}
      id={inputId(cell.address)}
      className={`input text lines-${Math.min(cell.lines, 12)}`}
      rows={isLocked ? 1 : cell.lines}
      readOnly={isLocked}
      aria-label={named ? cell.label : undefined}
      aria-describedby={described}
      aria-invalid={state.mark.phase === 'failed' || undefined}
      autoComplete="off"
      spellCheck={false}
      onKeyDown={cell.lines === 1 ? refuseLineBreak : undefined}
    />
  );
}

function refuseLineBreak(event: KeyboardEvent): void {
  if (event.key === 'Enter' && !isComposing({ isComposing: event.nativeEvent.isComposing, keyCode: event.keyCode })) {
    event.preventDefault();
  }
}
