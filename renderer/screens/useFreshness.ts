// Keeps an open sheet fresh: looked at anew after every save and whenever somebody changed it, since checks look across
// cells.
import { useCallback, useEffect, useRef } from 'react';
import type { Entry, SaveState } from '../form/entry.ts';
import { useHost } from '../host/HostContext.tsx';

/** Returns the way to look at once. */
export function useFreshness(entry: Entry, sheet: string, saving: SaveState): () => Promise<void> {
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
  const savedAt = saving.kind === 'saved' ? saving.at : undefined;
  useEffect(() => {
    if (savedAt !== undefined && savedAt !== entry.view().savedAt) void refresh();
  }, [savedAt, entry, refresh]);
  useEffect(
    () =>
      host.onChanged((topics) => {
        if (topics.includes('sheets')) void refresh();
      }),
    [host, refresh],
  );
  return refresh;
}
