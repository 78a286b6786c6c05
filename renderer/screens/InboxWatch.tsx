// Looks into the watched inbox folder now and then while a file is open, and tells every screen what has arrived.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { InboxView } from '../../shared/contract/exchangeviews.ts';
import { useHost } from '../host/HostContext.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useEvery } from '../ui/timing.ts';
import type { Go } from './place.ts';

const LOOK_MS = 20_000;
const NOTHING: InboxView = { folder: null, problem: null, fresh: [], waiting: [], spoiled: [], known: 0 };

type Inbox = { view: InboxView; look: () => Promise<void>; show: (view: InboxView) => void };
const Context = createContext<Inbox>({ view: NOTHING, look: async () => undefined, show: () => undefined });

/** What lies in the watched folder, as it was seen last. */
export const useInbox = (): Inbox => useContext(Context);

/** `file`: which workspace is open; undefined while none is. */
export function InboxWatch({ file, children }: { file: string | undefined; children: ReactNode }) {
  const host = useHost();
  const [view, setView] = useState(NOTHING);
  const isLooking = useRef(false);
  const look = useCallback(async () => {
    // A slow share must not gather looks.
    if (isLooking.current) return;
    isLooking.current = true;
    const reply = await host.call('inbox.look', {});
    isLooking.current = false;
    if (reply.ok) setView(reply.value);
  }, [host]);
  useEffect(() => {
    setView(NOTHING);
    if (file !== undefined) void look();
  }, [file, look]);
  useEvery(file !== undefined && view.folder !== null ? LOOK_MS : undefined, look);
  return <Context value={{ view, look, show: setView }}>{children}</Context>;
}

/** Above every screen but the one for receiving: so many packages wait in the folder. */
export function ArrivalNotice({ go }: { go: Go }) {
  const { view } = useInbox();
  if (view.fresh.length === 0) return null;
  return (
    <div className="arrival no-print">
      <Notice
        tone="info"
        title={`受け箱「${view.folder ?? ''}」に、パッケージが${view.fresh.length}件届いています。`}
        spoken
      >
        <div className="actions">
          <Button kind="outline" size="toolbar" onClick={() => go({ at: 'receive' })}>
            受け取る画面で確かめる
          </Button>
        </div>
      </Notice>
    </div>
  );
}
