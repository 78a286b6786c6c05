// What a page can never do, whatever it holds: reach a network, get a permission, leave our origin, open a window,
// download. Writing to the clipboard when a person presses 「図を写す」 is all that it may. Promise: it holds for every session and every page of the program, also for those made by accident.
import { app, type Session, type WebContents } from 'electron';
import { isOwn, START } from './protocol.ts';

/** Chromium asks for it when a page writes an image; without a press of a key or button it refuses by itself. */
const COPYING = 'clipboard-sanitized-write';

/** Sets the switches that must stand before the program is ready, and guards everything that comes to be. */
export function guardEverything(): void {
  app.enableSandbox();
  // The program asks for no name. If a part of Chromium should do so all the same, none is found.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.on('session-created', guardSession);
  app.on('web-contents-created', (_, contents) => guardContents(contents));
}

/** Network off, permissions denied, downloads refused. */
export function guardSession(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    // The developer tools are pages of Chromium itself; a packaged program does not have them.
    const allowed = isOwn(url) || (!app.isPackaged && url.startsWith('devtools://'));
    answer({ cancel: !allowed });
  });
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPYING));
  session.setPermissionCheckHandler((_contents, permission) => permission === COPYING);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

function guardContents(contents: WebContents): void {
  // Loading the start anew is not leaving it. Everything else is, a file dropped on the window too.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || event.url !== START) event.preventDefault();
  });
  contents.on('will-navigate', (event) => {
    if (event.url !== START) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
