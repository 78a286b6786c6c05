// The wire of the browser host: HTTP on 127.0.0.1, for one person's browser and nobody else.
// Promise: a request without the exact Host, our own Origin and the token reaches neither the application nor a file.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { CALL_LIMIT, type HostEvent, placePurpose, tooLarge } from '../../shared/contract/host.ts';
import { makeProblem, type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import type { App } from '../core/app.ts';
import { sha256 } from '../core/exchange/crypto.ts';
import { type Page, pageHeaders } from '../core/page.ts';
import type { Ports } from '../core/ports.ts';
import type { Places } from './places.ts';

export type Server = {
  /** What the browser opens; the token stands in the fragment, which a browser never sends anywhere. */
  address: string;
  /** Stops the running tasks, waits for them and lets go of the port. */
  close(): Promise<void>;
};

/** The page itself; everything else is fetched by it. */
const START = '/index.html';
/** Above the limit of a package, so that a package too large is told as such and not as a failed transfer. */
const UPLOAD_LIMIT = 24 * 1024 * 1024;
const SILENCE_MS = 15_000;
/** A page that stopped reading is cut off; it connects anew and asks again. */
const BACKLOG_LIMIT = 1024 * 1024;

const id = z.string().min(1).max(100);
const callBody = z.strictObject({ id, method: z.string().max(100), input: z.unknown() });
const cancelBody = z.strictObject({ id });
const placeBody = z.strictObject({ purpose: placePurpose });

/** A request that is turned away; nothing was done. A `problem` says why to the person at the page. */
class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;
  constructor(status: number, problem?: Problem) {
    super(`HTTP ${status}`);
    this.name = 'Refusal';
    this.status = status;
    this.problem = problem;
  }
}

const HEADERS: Readonly<Record<string, string>> = {
  ...pageHeaders('self'),
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()',
};

/** Serves the page and the application on 127.0.0.1. Port 0 takes a free one. Rejects when the port is in use. */
export async function serve(options: {
  app: App;
  ports: Ports;
  page: Page;
  places: Places;
  port?: number;
}): Promise<Server> {
  const { app, ports, page, places } = options;
  const token = ports.entropy.token();
  const tasks = new Map<string, AbortController>();
  const running = new Set<Promise<unknown>>();
  const streams = new Set<ServerResponse>();
  let host = '';
  let closing = false;

  function tell(event: HostEvent): void {
    for (const stream of streams) {
      if (stream.writableLength > BACKLOG_LIMIT) stream.destroy();
      else stream.write(`${JSON.stringify(event)}\n`);
    }
  }

  // Hashes are compared, so that the time it takes says nothing about how much of a guess was right.
  const expected = sha256(`Bearer ${token}`);
  const isAuthorised = (request: IncomingMessage) => sha256(request.headers.authorization ?? '') === expected;

  function assertOurs(request: IncomingMessage, isPage: boolean): void {
    // A name that was made to point here (DNS rebinding) gives itself away by its Host.
    const hosts = request.headersDistinct.host ?? [];
    if (hosts.length !== 1 || hosts[0] !== host) throw new Refusal(421);
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) throw new Refusal(403);
    // "none": the person opened the address. Any other page that leads here is foreign.
    if (site !== undefined && site !== 'same-origin' && !(isPage && site === 'none')) throw new Refusal(403);
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = parse(callBody, await readBody(request, CALL_LIMIT, tooLarge()));
    if (tasks.has(asked.id)) throw new Refusal(409);
    const controller = new AbortController();
    tasks.set(asked.id, controller);
    const reply = app.call(asked.method, asked.input, {
      signal: controller.signal,
      onProgress: (progress) => tell({ type: 'progress', id: asked.id, progress }),
    });
    running.add(reply);
    try {
      sendJson(response, await reply);
    } finally {
      running.delete(reply);
      tasks.delete(asked.id);
    }
  }

  async function cancel(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = parse(cancelBody, await readBody(request, CALL_LIMIT));
    tasks.get(asked.id)?.abort();
    sendJson(response, {});
  }

  async function upload(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const name = query.get('name') ?? '';
    if (name === '' || name.length > 1_000) throw new Refusal(400);
    const large = makeProblem('file.large', { name: path.basename(name), limit: UPLOAD_LIMIT });
    sendJson(response, await places.keep(name, await readBody(request, UPLOAD_LIMIT, large)));
  }

  async function place(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = parse(placeBody, await readBody(request, CALL_LIMIT));
    sendJson(response, await places.choose(asked.purpose));
  }

  async function download(_: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const found = await places.fetch(query.get('file') ?? '');
    if (!found) throw new Refusal(404, makeProblem('handle.unknown', {}));
    if ('files' in found) return sendJson(response, found);
    send(response, 200, found.bytes, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': disposition(found.name),
      'Cache-Control': 'no-store',
    });
  }

  function listen(_: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
    response.write('\n');
    streams.add(response);
    response.setTimeout(SILENCE_MS, () => response.write('\n'));
    response.on('close', () => streams.delete(response));
  }

  type Route = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void> | void;
  const routes = new Map<string, Route>([
    ['POST /api/call', call],
    ['POST /api/cancel', cancel],
    ['POST /api/upload', upload],
    ['POST /api/place', place],
    ['GET /api/events', listen],
    ['GET /api/download', download],
  ]);

  async function servePage(method: string, pathname: string, response: ServerResponse): Promise<void> {
    if (method !== 'GET') throw new Refusal(405);
    const found = page.get(pathname === '/' ? START : pathname);
    if (!found) throw new Refusal(404);
    const headers = { 'Content-Type': found.type, 'Cache-Control': 'no-cache' };
    send(response, 200, await ports.files.read(found.file), headers);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const [pathname = '', query = ''] = url.split('?', 2);
    const isApi = pathname.startsWith('/api/');
    assertOurs(request, !isApi && (pathname === '/' || pathname === START));
    if (closing) throw new Refusal(503);
    if (method !== 'GET' && method !== 'POST') throw new Refusal(405);
    if (!isApi) return servePage(method, pathname, response);
    if (!isAuthorised(request)) throw new Refusal(401);
    const route = routes.get(`${method} ${pathname}`);
    if (!route) throw new Refusal(404);
    await route(request, response, new URLSearchParams(query));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendRefusal(response, error);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: options.port ?? 0, exclusive: true }, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  host = `127.0.0.1:${bound.port}`;
  const stopListening = app.onChanged((topics) => tell({ type: 'changed', topics }));

  return {
    address: `http://${host}/#${token}`,
    async close() {
      closing = true;
      stopListening();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const task of tasks.values()) task.abort();
      await Promise.allSettled(running);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The whole body, as long as it is within the limit. What comes after the limit is thrown away unread. */
async function readBody(request: IncomingMessage, limit: number, large?: Problem): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Refusal(413, large);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) throw new Refusal(413, large);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse<S extends z.ZodType>(schema: S, bytes: Buffer): z.output<S> {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw new Refusal(400);
  }
}

/** RFC 6266 with the encoding of RFC 5987: any name arrives as it is, and cannot break out of the header. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w.() -]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function send(response: ServerResponse, status: number, body: string | Uint8Array, headers: Record<string, string>) {
  response.writeHead(status, { ...HEADERS, ...headers, ...(status === 405 ? { Allow: 'GET, POST' } : {}) });
  response.end(body);
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  send(response, status, JSON.stringify(value), headers);
}

/** A problem of the catalogue keeps its words; everything else stays inside. */
function sendRefusal(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refusal ? error.status : 500;
  if ((error instanceof Refusal || error instanceof ProblemError) && error.problem) {
    sendJson(response, { problem: error.problem }, status);
    return;
  }
  const text = status === 500 ? '思わぬ不具合が起きました。' : `受け付けられない要求です（${status}）。`;
  send(response, status, `${text}\n`, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
}
