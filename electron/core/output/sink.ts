// Text files that are written side by side while one walk through the sheets goes on.
// Promise: nothing of them is held in memory but what the disk has not taken yet.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Files } from '../files.ts';

/** Takes the text of one file in pieces; a piece is taken once the disk has room for it. Raises what Files.stream does. */
export type Sink = (text: string) => Promise<void>;

/**
 * Runs a work that opens files and writes to them in turns. Once it is done, all are whole; when it failed, or one of the
 * files did, none of those that were open is there.
 */
export async function withSinks(files: Files, work: (open: (file: string) => Sink) => Promise<void>): Promise<void> {
  const opened: { way: PassThrough; written: Promise<void> }[] = [];
  const open = (file: string): Sink => {
    const way = new PassThrough();
    const written = files.stream(file, way, { replace: true });
    opened.push({ way, written });
    // Whoever writes next is told; until then it is nobody's failure.
    written.catch(() => undefined);
    way.on('error', () => undefined);
    return async (text) => {
      if (!way.write(text)) await Promise.race([once(way, 'drain'), written]);
    };
  };
  try {
    await work(open);
    for (const { way } of opened) way.end();
    await Promise.all(opened.map(({ written }) => written));
  } catch (error) {
    for (const { way } of opened) way.destroy(error instanceof Error ? error : new Error(String(error)));
    await Promise.allSettled(opened.map(({ written }) => written));
    throw error;
  }
}
