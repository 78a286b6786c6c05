// The browser host over a stand-in for the application, and raw requests to it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import path from 'node:path';
import { readPage } from '../../electron/core/page.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openPlaces } from '../../electron/loopback/places.ts';
import { type Server, serve } from '../../electron/loopback/server.ts';
import { type StandIn, standInApp } from '../contract/standin.ts';
import { tempFolder } from '../contract/temp.ts';

export type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer; text: string };
export type Ask = {
  method?: string;
  path?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Uint8Array;
  /** Leaves the token out or gives another one. */
  token?: string | null;
};

export type Running = {
  app: StandIn;
  server: Server;
  port: number;
  token: string;
  home: string;
  ask(asked: Ask): Promise<Answer>;
  /** Opens the stream of events; `next` waits for the next line that is not blank. */
  events(): Promise<{ next(): Promise<unknown>; close(): void }>;
  close(): Promise<void>;
};

/** The page of the tests: a start page, a script, and two files that must not be served. */
export function fixturePage(): string {
  const folder = tempFolder('page');
  const page = path.join(folder, 'renderer');
  mkdirSync(path.join(page, 'assets'), { recursive: true });
  writeFileSync(path.join(page, 'index.html'), '<!doctype html><title>評価</title>');
  writeFileSync(path.join(page, 'assets', 'main.js'), 'export {};');
  writeFileSync(path.join(page, 'assets', 'main.js.map'), '{}');
  writeFileSync(path.join(folder, 'secret.html'), 'secret');
  return page;
}

/** Serves the stand-in. */
export async function run(): Promise<Running> {
  const ports = systemPorts();
  const app = standInApp();
  const home = path.join(tempFolder('home'), 'Hyoka');
  const places = await openPlaces(app, ports, home);
  const server = await serve({ app, ports, page: await readPage(ports.files, fixturePage()), places });
  const { port: text, hash } = new URL(server.address);
  const [port, token] = [Number(text), hash.slice(1)];

  const open = (asked: Ask) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const given = asked.token === undefined ? token : asked.token;
      const authorization = given === null ? {} : { authorization: `Bearer ${given}` };
      const options = { host: '127.0.0.1', port, method: asked.method ?? 'GET', path: asked.path ?? '/' };
      const sent = request({ ...options, headers: { ...authorization, ...asked.headers }, agent: false }, resolve);
      sent.on('error', reject);
      sent.end(asked.body);
    });

  return {
    app,
    server,
    port,
    token,
    home,
    async ask(asked) {
      const response = await open(asked);
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      return { status: response.statusCode ?? 0, headers: response.headers, body, text: body.toString() };
    },
    async events() {
      const response = await open({ path: '/api/events' });
      const lines = readLines(response);
      return { next: async () => JSON.parse((await lines.next()).value ?? 'null'), close: () => response.destroy() };
    },
    async close() {
      await server.close();
      await places.close();
    },
  };
}

async function* readLines(response: IncomingMessage): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of response) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
}
