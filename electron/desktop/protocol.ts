// The page under app://hyoka, the only origin there is. Promise: an address is looked up in a table of what the built
// page held at the start; nothing that a request says ever becomes a path.
import path from 'node:path';
import { protocol, type Session } from 'electron';
import type { Files } from '../core/files.ts';

const SCHEME = 'app';
const HOST = 'hyoka';
/** Where the page begins. */
export const START = `${SCHEME}://${HOST}/index.html`;

// Only what the page is made of: a file of any other kind that strays into the folder is not served.
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Nothing from elsewhere, nothing inline, no connection at all: the page speaks through its bridge only. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

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

async function readPage(files: Files, folder: string): Promise<ReadonlyMap<string, { file: string; type: string }>> {
  const page = new Map<string, { file: string; type: string }>();
  const walk = async (inside: string, address: string): Promise<void> => {
    for (const entry of await files.listFolder(inside)) {
      const file = path.join(inside, entry.name);
      const at = `${address}/${encodeURIComponent(entry.name)}`;
      const type = TYPES[path.extname(entry.name).toLowerCase()];
      if (entry.isFile && type) page.set(at, { file, type });
      else if (!entry.isFile && (await files.isFolder(file))) await walk(file, at);
    }
  };
  await walk(folder, '');
  return page;
}
