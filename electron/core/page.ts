// The built page as the browser may fetch it. Promise: an address is looked up in a table of what the folder held when
// the program started; nothing that a request says ever becomes a path.
import path from 'node:path';
import type { Files } from './files.ts';

export type PageFile = { file: string; type: string };
/** From the exact spelling of an address (`/assets/index.js`) to the file behind it. */
export type Page = ReadonlyMap<string, PageFile>;

// Only what the page is made of: a file of any other kind that strays into the folder is not served.
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
};

/**
 * What every answer says to the browser. Nothing from elsewhere, nothing inline, no frame around us: text that looks
 * like markup stays text. `connect`: whom the page may speak to, nobody ('none') or its own origin ('self').
 */
export const pageHeaders = (connect: 'none' | 'self'): Record<string, string> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src '${connect}'`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
});

/** Lists the folder of the built page once. Raises file.missing where it has not been built. */
export async function readPage(files: Files, folder: string): Promise<Page> {
  const page = new Map<string, PageFile>();
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
