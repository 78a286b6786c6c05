// Keeps an open sheet fresh: looked at anew after every save and whenever somebody changed it, since checks look across
// cells. A save is told of twice, by its reply and as a change; it is looked at once.
import { useCallback, useEffect, useRef } from 'react';
import type { Entry } from '../form/entry.ts';
import { useHost } from '../host/HostContext.tsx';
import { createQuiet } from '../ui/timing.ts';

/** The reply to a save and the news of it come within less. */
const TOGETHER_MS = 80;

/** Returns the way to look at once. */
export function useFreshness(entry: Entry, sheet: string): () => Promise<void> {
  const host = useHost();
  const asked = useRef(0);
  const shown = useRef(0);
  const refresh = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    const reply = await host.call('sheet.show', { sheet });
    if (!reply.ok || mine < shown.current) return;
    shown.current = mine;
    entry.show(reply.value);
  }, [host, entry, sheet]);
  useEffect(() => {
    const together = createQuiet(TOGETHER_MS);
    const look = () =>
      together.start(() => {
        // What is being typed or saved stands before what others did; once it is saved, the sheet is looked at anyway.
        if (!entry.isBusy()) void refresh();
      });
    let last = entry.view().savedAt;
    let lastTrouble = entry.trouble();
    const stops = [
      entry.subscribeSaving(() => {
        const saving = entry.saving();
        const trouble = entry.trouble();
        // A cell that was refused may have been locked meanwhile.
        if (trouble !== lastTrouble && trouble) look();
        lastTrouble = trouble;
        if (saving.kind !== 'saved' || saving.at === last) return;
        last = saving.at;
        if (last !== entry.view().savedAt) look();
      }),
      host.onChanged((topics) => {
        if (topics.includes('sheets') || topics.includes('cells')) look();
      }),
      together.stop,
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [host, entry, refresh]);
  return refresh;
}
