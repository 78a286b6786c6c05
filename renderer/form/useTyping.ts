// What a key in an input costs: the entry is told at once, the form's own book of values when the typing pauses. That
// book is copied whole for whoever reads along, which is too much for every key of a large sheet.
// Keys are heard at the input itself: React would answer each by writing the input's name anew, and with it the browser
// would have to look through all inputs of the form again.
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useFormContext } from 'react-hook-form';
import { createQuiet } from '../ui/timing.ts';
import type { Inputs } from './display.ts';

/** Longer than between two keys of somebody who types on, shorter than anybody waits for a count. */
const PAUSE_MS = 300;

type Input = HTMLInputElement | HTMLTextAreaElement;
/** `onLeave` is told once the person has left the input, and the book is up to date. */
type Heard = { onText(text: string): void; onLeave(): void };

/**
 * Props for the input of one name, the same as long as it is drawn: what only says how the cell stands leaves it alone.
 * `isWatched`: somebody follows every key in the book of values.
 */
export function useTyping(name: string, heard: Heard, isWatched = false) {
  const { register } = useFormContext<Inputs>();
  const pause = useMemo(() => createQuiet(PAUSE_MS), []);
  useEffect(() => () => pause.stop(), [pause]);
  const now = useRef(heard);
  useLayoutEffect(() => {
    now.current = heard;
  });
  return useMemo(() => {
    const { ref, onBlur, onChange } = register(name, { onBlur: () => now.current.onLeave() });
    return {
      name,
      onBlur,
      ref(input: Input | null) {
        ref(input);
        if (!input) return;
        const note = () => void onChange({ type: 'change', target: input });
        const listen = (event: Event) => {
          event.stopPropagation();
          if (isWatched) note();
          else pause.start(note);
          now.current.onText(input.value);
        };
        input.addEventListener('input', listen);
        return () => {
          input.removeEventListener('input', listen);
          ref(null);
        };
      },
    };
  }, [register, name, pause, isWatched]);
}
