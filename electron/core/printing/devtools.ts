// Chrome's DevTools protocol over a pair of pipes: one JSON message after the other, each ended by a NUL byte.
import type { Readable, Writable } from 'node:stream';

type Members = Record<string, unknown>;
type Answer = { id?: number; result?: Members; error?: { message?: string } };

export type Devtools = {
  /** Asks a method of the protocol, of a page where `session` names one. Rejects with what the browser complains about. */
  send(method: string, params?: Members, session?: string): Promise<Members>;
  /** Lets go of whoever still waits for an answer. */
  end(why: Error): void;
};

/** Speaks to a browser that was started with --remote-debugging-pipe. */
export function openDevtools(to: Writable, from: Readable): Devtools {
  const waiting = new Map<number, { resolve(result: Members): void; reject(error: Error): void }>();
  let count = 0;
  let rest: Buffer[] = [];
  let ended: Error | undefined;

  const heard = (text: string) => {
    const { id, result, error } = JSON.parse(text) as Answer;
    // What has no number is an event; none is listened to.
    if (id === undefined) return;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message ?? 'DevTools'));
    else asked?.resolve(result ?? {});
  };
  from.on('data', (chunk: Buffer) => {
    let at = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, at)) {
      heard(Buffer.concat([...rest, chunk.subarray(at, end)]).toString());
      rest = [];
      at = end + 1;
    }
    if (at < chunk.length) rest.push(chunk.subarray(at));
  });

  const end = (why: Error) => {
    ended ??= why;
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
  };
  from.on('error', end);
  to.on('error', end);

  return {
    send: (method, params = {}, session) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        count += 1;
        waiting.set(count, { resolve, reject });
        to.write(`${JSON.stringify({ id: count, method, params, ...(session ? { sessionId: session } : {}) })}\0`);
      }),
    end,
  };
}
