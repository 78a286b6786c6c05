// Listens for the program's keys as long as a screen stands. Dialogs are left alone: what they cover does not answer.
import { useEffect, useRef } from 'react';
import { type Action, actionOf } from './shortcuts.ts';

/** An action that answers 'not mine' leaves the key to the browser. */
export type Actions = Partial<Record<Action, (event: KeyboardEvent) => unknown>>;

/** Where typing a character means that character. */
export const isTextInput = (element: EventTarget | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(element.type));

export function useShortcuts(actions: Actions): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const name = actionOf(event, isTextInput(event.target) || event.target instanceof HTMLSelectElement);
      const action = name && current.current[name];
      // Looked for last: it walks the whole page, and most keys are only typed.
      if (!action || document.querySelector('dialog[open]')) return;
      if (action(event) !== 'not mine') event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
