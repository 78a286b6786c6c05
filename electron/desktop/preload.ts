// The only bridge into the page: five functions that carry plain data. Promise: no object of Electron or Node, no
// event and no channel name reaches the page, so it can ask nothing else.
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { FilePurpose, HostEvent, PrintPage } from '../../shared/contract/host.ts';
import { CHANNELS } from './channels.ts';

/** What the page finds as `window.hyoka`. Not exported: a sandboxed script has nobody to export to. */
const bridge = {
  /** Asks a method of the contract; `id` names the call for its progress and for cancelling it. */
  call: (method: string, input: unknown, id: string): Promise<unknown> =>
    // As text: exactly what JSON can say, the same as over every other wire.
    ipcRenderer.invoke(CHANNELS.call, method, JSON.stringify(input), id),

  /** Tells of changes and of progress; returns the way to stop listening. */
  on(listener: (event: HostEvent) => void): () => void {
    const heard = (_: IpcRendererEvent, event: HostEvent) => listener(event);
    ipcRenderer.on(CHANNELS.event, heard);
    return () => {
      ipcRenderer.removeListener(CHANNELS.event, heard);
    };
  },

  /** Shows the dialog that fits the purpose; each chosen file comes back as a word and a name. */
  chooseFiles: (purpose: FilePurpose): Promise<unknown> => ipcRenderer.invoke(CHANNELS.chooseFiles, purpose),

  /** Shows a written file in its folder. */
  reveal: (file: string): Promise<void> => ipcRenderer.invoke(CHANNELS.reveal, file),

  /** Prints the page on paper of this size. */
  print: (page: PrintPage): Promise<void> => ipcRenderer.invoke(CHANNELS.print, page),
};

contextBridge.exposeInMainWorld('hyoka', bridge);
