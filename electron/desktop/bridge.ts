// The main process's end of the bridge. Promise: a message from anywhere but our own page's main frame, or of another
// shape than expected, does nothing; what passes is handed to the application as it is.
import { type BrowserWindow, app as electron, type IpcMainInvokeEvent, ipcMain, shell } from 'electron';
import { z } from 'zod';
import type { Progress } from '../../shared/contract/contract.ts';
import { CALL_LIMIT, CANCEL, filePurpose, type HostEvent, printPage, tooLarge } from '../../shared/contract/host.ts';
import type { App } from '../core/app.ts';
import { CHANNELS } from './channels.ts';
import { chooseFiles } from './dialogs.ts';
import { printWindow } from './print.ts';
import { isOwn } from './protocol.ts';

const id = z.string().min(1).max(100);
const callArguments = z.tuple([z.string().max(100), z.string(), id]);
const cancelInput = z.strictObject({ id });

export type Bridge = {
  /** Cancels what is running and waits until it has ended. */
  settle(): Promise<void>;
  /** Hears no message any more. */
  disconnect(): void;
};

/** Answers the page in `window` from `app`. */
export function connectBridge(window: BrowserWindow, app: App): Bridge {
  const { webContents } = window;
  const tasks = new Map<string, AbortController>();
  const running = new Set<Promise<unknown>>();

  const isOurs = ({ sender, senderFrame: frame }: IpcMainInvokeEvent): boolean =>
    sender === webContents && frame !== null && frame.parent === null && isOwn(frame.url);

  function answer<S extends z.ZodType>(channel: string, schema: S, work: (given: z.output<S>) => unknown): void {
    ipcMain.handle(channel, async (event, ...given: unknown[]) => {
      const parsed = schema.safeParse(given);
      if (!isOurs(event) || !parsed.success) throw new Error('受け付けられない要求です。');
      return work(parsed.data);
    });
  }

  function tell(event: HostEvent): void {
    if (!window.isDestroyed()) webContents.send(CHANNELS.event, event);
  }

  async function call([method, text, id]: z.output<typeof callArguments>): Promise<unknown> {
    if (Buffer.byteLength(text) > CALL_LIMIT) return { ok: false, problem: tooLarge() };
    const input: unknown = JSON.parse(text);
    if (method === CANCEL) {
      tasks.get(cancelInput.parse(input).id)?.abort();
      return { ok: true, value: {} };
    }
    if (tasks.has(id)) throw new Error('受け付けられない要求です。');
    const controller = new AbortController();
    tasks.set(id, controller);
    const onProgress = (progress: Progress) => tell({ type: 'progress', id, progress });
    const reply = app.call(method, input, { signal: controller.signal, onProgress });
    running.add(reply);
    try {
      return await reply;
    } finally {
      running.delete(reply);
      tasks.delete(id);
    }
  }

  answer(CHANNELS.call, callArguments, call);
  answer(CHANNELS.chooseFiles, z.tuple([filePurpose]), ([purpose]) =>
    chooseFiles(window, app, purpose, electron.getPath('documents')),
  );
  answer(CHANNELS.reveal, z.tuple([z.string().min(1).max(200)]), ([file]) => shell.showItemInFolder(app.pathOf(file)));
  answer(CHANNELS.print, z.tuple([printPage]), ([page]) => printWindow(webContents, page));
  const stopListening = app.onChanged((topics) => tell({ type: 'changed', topics }));

  return {
    async settle() {
      for (const task of tasks.values()) task.abort();
      await Promise.allSettled(running);
    },
    disconnect() {
      stopListening();
      for (const channel of [CHANNELS.call, CHANNELS.chooseFiles, CHANNELS.reveal, CHANNELS.print]) {
        ipcMain.removeHandler(channel);
      }
    },
  };
}
