// What a key in an input costs: the entry is told at once, the form's own book of values when the typing pauses. That
// book is copied whole for whoever reads along, which is too much for every key of a large sheet.
// Keys are heard at the input itself: React would answer each by writing the input's name anew, and with it the browser
// would have to look through all inputs of the form again.
import { useEffect, useMemo } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { createQuiet } from '../ui/timing.ts';

/** Longer than between two keys of somebody who types on, shorter than anybody waits for a count. */
const PAUSE_MS = 300;

type Input = HTMLInputElement | HTMLTextAreaElement;

/** `field` for an input whose keys go to `type`; leaving the input brings the book up to date in any case. */
export function useTyping(
  { ref, name, onBlur, onChange }: UseFormRegisterReturn,
  type: (text: string) => void,
  isWatched = false,
) {
  const pause = useMemo(() => createQuiet(PAUSE_MS), []);
  useEffect(() => () => pause.stop(), [pause]);
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
        type(input.value);
      };
      input.addEventListener('input', listen);
      return () => {
        input.removeEventListener('input', listen);
        ref(null);
      };
    },
  };
}
