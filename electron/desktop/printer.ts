// Prints by Electron itself: a hidden, sandboxed window in a session of its own that has one page and no other address.
// Promise: the page runs no script of its own, sees no bridge, and is gone with the press.
import { BrowserWindow, session } from 'electron';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { FONTS_LOADED, type Press, type Printer } from '../core/printing/printer.ts';
import { DOCUMENT, serveDocument } from './protocol.ts';

let presses = 0;

/** The printer of the desktop program. Electron has to be ready. */
export const windowPrinter = (): Printer => ({
  async open() {
    presses += 1;
    // Not kept on disk: the name has no "persist:".
    const own = session.fromPartition(`print-${presses}`);
    const page = serveDocument(own);
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: own,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: false,
      },
    });
    const { webContents } = window;
    const gone = Promise.withResolvers<never>();
    gone.promise.catch(() => undefined);
    webContents.on('render-process-gone', (_, { reason }) => gone.reject(new Error(reason)));

    const print: Press['print'] = async (html, { isDraft = false } = {}) => {
      page.show(html);
      await window.loadURL(DOCUMENT);
      await webContents.executeJavaScript(FONTS_LOADED);
      return webContents.printToPDF({
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: !isDraft,
        generateDocumentOutline: !isDraft,
      });
    };
    return {
      async print(html, options) {
        try {
          return await Promise.race([print(html, options), gone.promise]);
        } catch (error) {
          if (error instanceof ProblemError) throw error;
          return fail('printer.failed', { reason: error instanceof Error ? error.message : String(error) });
        }
      },
      async close() {
        gone.reject(new Error('closed'));
        if (!window.isDestroyed()) window.destroy();
        page.withdraw();
      },
    };
  },
});
