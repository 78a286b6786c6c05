// What a key means in a table, as in a spreadsheet. Pure; while a word is being composed no key means anything here.
import type { Cell } from '../../../shared/form/cell.ts';
import type { Step } from './table.ts';

/**
 * ready: the cell is selected, and a typed character replaces what it holds. typed: something was typed over it.
 * editing: the caret is inside the text, after F2 or a click.
 */
export type Mode = 'ready' | 'typed' | 'editing';

export type Action =
  | { do: 'move'; step: Step }
  | { do: 'extend'; step: Step }
  | { do: 'edit' | 'takeBack' | 'clear' | 'break' | 'ask' | 'everything' | 'next' }
  | { do: 'fill'; from: 'above' | 'left' };

export type Key = {
  key: string;
  keyCode: number;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
};

/** The key belongs to the input method (229: what older ones report while they work). */
export const isComposing = (key: Pick<Key, 'isComposing' | 'keyCode'>): boolean =>
  key.isComposing || key.keyCode === 229;

const ARROWS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };
const EDGES: Record<string, Step> = { ArrowUp: 'top', ArrowDown: 'bottom', ArrowLeft: 'first', ArrowRight: 'last' };

/** Undefined: the key does what it always does. `isAsked`: the cell has a question with answers on offer. */
export function actionOf(key: Key, mode: Mode, cell: Cell, isAsked: boolean): Action | undefined {
  if (isComposing(key)) return undefined;
  const isCommand = key.ctrlKey || key.metaKey;
  if (key.key === 'Enter') return enter(key, cell, isAsked);
  if (key.altKey) return undefined;
  // The browser would go through what is asked beside the cell first; Alt+Enter leads there.
  if (key.key === 'Tab' && isAsked && !key.shiftKey && !isCommand) return { do: 'next' };
  if (key.key === 'Escape') return { do: 'takeBack' };
  if (key.key === 'F2') return { do: 'edit' };
  const step = stepOf(key, isCommand);
  if (step) return leaves(key, mode, cell) ? { do: key.shiftKey ? 'extend' : 'move', step } : undefined;
  if (mode !== 'ready') return undefined;
  if (isCommand && !key.shiftKey) return command(key.key.toLowerCase());
  return key.key === 'Delete' || (key.key === 'Backspace' && cell.type !== 'text') ? { do: 'clear' } : undefined;
}

function enter(key: Key, cell: Cell, isAsked: boolean): Action | undefined {
  if (key.ctrlKey || key.metaKey) return undefined;
  if (key.altKey) {
    if (isAsked) return { do: 'ask' };
    return cell.type === 'text' && cell.lines > 1 ? { do: 'break' } : undefined;
  }
  return { do: 'move', step: key.shiftKey ? 'up' : 'down' };
}

function stepOf(key: Key, isCommand: boolean): Step | undefined {
  if (key.key === 'Home') return isCommand ? 'start' : 'first';
  if (key.key === 'End') return isCommand ? 'end' : 'last';
  return (isCommand ? EDGES : ARROWS)[key.key];
}

/** A key of direction leaves the cell, unless the caret has somewhere to go inside of it. */
function leaves(key: Key, mode: Mode, cell: Cell): boolean {
  if (mode === 'ready') return true;
  // As in Excel: after typing a number over a cell the arrows go on, after F2 they move the caret.
  return mode === 'typed' && cell.type === 'decimal' && !key.shiftKey && key.key in ARROWS;
}

function command(letter: string): Action | undefined {
  if (letter === 'd') return { do: 'fill', from: 'above' };
  if (letter === 'r') return { do: 'fill', from: 'left' };
  return letter === 'a' ? { do: 'everything' } : undefined;
}
