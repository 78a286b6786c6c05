// What a key in an input costs: the entry is told at once, the form's own book of values when the typing pauses. That
// book is copied whole for whoever reads along, which is too much for every key of a large sheet.
import { type ChangeEvent, useEffect, useMemo } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { createQuiet } from '../ui/timing.ts';

const PAUSE_MS = 120;

type Input = HTMLInputElement | HTMLTextAreaElement;

/** `field` with a handler for keys; leaving the input brings the book up to date in any case. */
export function useTyping(field: UseFormRegisterReturn, type: (text: string) => void, isWatched = false) {
  const pause = useMemo(() => createQuiet(PAUSE_MS), []);
  useEffect(() => () => pause.stop(), [pause]);
  return {
    ...field,
    onChange(event: ChangeEvent<Input>) {
      const { target } = event;
      const note = () => void field.onChange({ type: 'change', target });
      if (isWatched) note();
      else pause.start(note);
      type(target.value);
    },
  };
}
