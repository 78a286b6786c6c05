// The page under app://hyoka, the only origin there is. Promise: an address is looked up in a table of what the built
// page held at the start; nothing that a request says ever becomes a path.
import { protocol, type Session } from 'electron';
import type { Files } from '../core/files.ts';
import { pageHeaders, readPage } from '../core/page.ts';

const SCHEME = 'app';
const HOST = 'hyoka';
/** Where the page begins. */
export const START = `${SCHEME}://${HOST}/index.html`;

/** No connection at all: the page speaks through its bridge only. */
const HEADERS = pageHeaders('none');

/** Must run before the program is ready. Standard and secure like https, and nothing beyond that. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Whether an address lies in our own origin. */
export function isOwn(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}

/** Serves the built page in `folder`. Raises file.missing where it has not been built. */
export async function servePage(session: Session, files: Files, folder: string): Promise<void> {
  const page = await readPage(files, folder);
  session.protocol.handle(SCHEME, async ({ url, method }) => {
    const found = isOwn(url) && method === 'GET' ? page.get(URL.parse(url)?.pathname ?? '') : undefined;
    if (!found) return new Response(null, { status: 404, headers: HEADERS });
    const bytes = new Uint8Array(await files.read(found.file));
    return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': found.type } });
  });
}

/** The address of what is being printed, in sessions that have nothing else. */
export const DOCUMENT = `${SCHEME}://${HOST}/print.html`;

/** As in a document for print (see shared/paper/book.ts): no script, nothing from anywhere. */
const DOCUMENT_HEADERS = {
  ...HEADERS,
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; font-src data:",
};

/** Lets a session find one document under DOCUMENT, and nothing else. */
export function serveDocument(own: Session): { show(html: string): void; withdraw(): void } {
  let shown = '';
  own.protocol.handle(SCHEME, ({ url, method }) =>
    url === DOCUMENT && method === 'GET'
      ? new Response(shown, { headers: DOCUMENT_HEADERS })
      : new Response(null, { status: 404, headers: DOCUMENT_HEADERS }),
  );
  return {
    show: (html) => {
      shown = html;
    },
    withdraw: () => own.protocol.unhandle(SCHEME),
  };
}
