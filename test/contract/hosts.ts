// The hosts that run without Electron: the application itself in this process, and the browser host over real HTTP.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { makeCommandHost } from '../../electron/cli/host.ts';
import { type App, openApp } from '../../electron/core/app.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openPlaces } from '../../electron/loopback/places.ts';
import { serve } from '../../electron/loopback/server.ts';
import type { Progress, Topic } from '../../shared/contract/contract.ts';
import type { ChosenFile, FilePurpose } from '../../shared/contract/host.ts';
import type { Reply } from '../../shared/kernel/result.ts';
import type { TestHost, Written } from './host.ts';
import { tempFolder } from './temp.ts';

export const resources = path.resolve(import.meta.dirname, '../../resources');

/** The real application over the real disk. */
export const realApp = (): App => openApp({ ports: systemPorts(), resources });

/** A folder of its own, in which a test plays the person who chooses files and places. */
export function desk() {
  const folder = tempFolder('desk');
  const home = path.join(folder, 'home');
  mkdirSync(home);
  let count = 0;
  const fresh = () => {
    count += 1;
    const inside = path.join(folder, String(count));
    mkdirSync(inside);
    return inside;
  };
  return {
    home,
    /** Lays a file on the desk. */
    put(name: string, bytes: Uint8Array): string {
      const file = path.join(fresh(), name);
      writeFileSync(file, bytes);
      return file;
    },
    /** Points at a place as a person would in a dialog. */
    point(purpose: FilePurpose): string {
      if (purpose.for === 'new-workspace') return path.join(home, `${purpose.suggested}.hyoka`);
      if (purpose.for === 'save-export' || purpose.for === 'save-folder') return path.join(fresh(), purpose.suggested);
      if (purpose.for === 'output-folder') return fresh();
      return newestWorkspace(home);
    },
    stamp: () => stampOf(home),
    read: readWritten,
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function newestWorkspace(home: string): string {
  const files = readdirSync(home).filter((name) => name.endsWith('.hyoka'));
  const born = (name: string) => statSync(path.join(home, name)).birthtimeMs;
  return path.join(home, files.sort((a, b) => born(b) - born(a))[0] ?? 'missing.hyoka');
}

// SQLite's shared memory and lock files change while reading; what is stored does not stand in them.
function stampOf(home: string): string {
  const files = readdirSync(home).filter((name) => /\.hyoka(-wal)?$/.test(name));
  const lines = files.map((name) => {
    const { size, mtimeNs } = statSync(path.join(home, name), { bigint: true });
    return `${name} ${size} ${mtimeNs}`;
  });
  return lines.sort().join('\n');
}

function readWritten(place: string): Written[] {
  if (!statSync(place).isDirectory()) return [{ name: path.basename(place), bytes: readFileSync(place) }];
  return readdirSync(place).flatMap((name) => readWritten(path.join(place, name)));
}

/** The application in this process, without any wire. */
export const inProcessHost = (): Promise<TestHost> => hostOver(realApp());

/** The command line's host, asked as its commands ask it. */
export const commandHost = (): Promise<TestHost> => hostOver(makeCommandHost(resources).app);

async function hostOver(app: App): Promise<TestHost> {
  const on = desk();
  const changes: (readonly Topic[])[] = [];
  app.onChanged((topics) => changes.push(topics));
  return {
    changes,
    raw: (method, input, options) => app.call(method, input, options),
    upload: async (name, bytes) => app.offer(on.put(name, bytes)),
    place: async (purpose) => app.offer(on.point(purpose)),
    written: async (handle) => on.read(app.pathOf(handle)),
    stamp: on.stamp,
    async close() {
      await app.close();
      on.clear();
    },
  };
}

/** The browser host, asked as its page asks it. */
export async function loopbackHost(): Promise<TestHost> {
  const ports = systemPorts();
  const app = realApp();
  const on = desk();
  const places = await openPlaces(app, ports, on.home);
  const server = await serve({ app, ports, page: new Map(), places });
  const { port, hash } = new URL(server.address);
  const changes: (readonly Topic[])[] = [];
  const progress = new Map<string, (progress: Progress) => void>();
  let calls = 0;

  const open = (method: string, address: string, body?: string | Uint8Array) =>
    new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${hash.slice(1)}`, 'sec-fetch-site': 'same-origin' };
      const sent = request({ host: '127.0.0.1', port, method, path: address, headers, agent: false }, resolve);
      sent.on('error', reject);
      sent.end(body);
    });

  async function ask(method: string, address: string, body?: string | Uint8Array): Promise<Buffer> {
    const response = await open(method, address, body);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const text = Buffer.concat(chunks);
    if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}: ${text}`);
    return text;
  }
  const post = async (address: string, body: unknown): Promise<unknown> =>
    JSON.parse((await ask('POST', address, JSON.stringify(body))).toString());

  const events = await open('GET', '/api/events');
  let rest = '';
  events.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => text !== '')) {
      const event = JSON.parse(line);
      if (event.type === 'changed') changes.push(event.topics);
      else progress.get(event.id)?.(event.progress);
    }
  });

  async function download(handle: string): Promise<Written[]> {
    const response = await open('GET', `/api/download?file=${encodeURIComponent(handle)}`);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const name = /filename\*=UTF-8''(\S+)/.exec(response.headers['content-disposition'] ?? '')?.[1];
    if (name) return [{ name: decodeURIComponent(name), bytes }];
    const { files } = JSON.parse(bytes.toString()) as { files: ChosenFile[] };
    return (await Promise.all(files.map(({ file }) => download(file)))).flat();
  }

  return {
    changes,
    async raw(method, input, { signal, onProgress } = {}) {
      calls += 1;
      const id = `call-${calls}`;
      if (onProgress) progress.set(id, onProgress);
      signal?.addEventListener('abort', () => void post('/api/cancel', { id }));
      return (await post('/api/call', { id, method, input })) as Reply<unknown>;
    },
    async upload(name, bytes) {
      const address = `/api/upload?name=${encodeURIComponent(name)}`;
      return (JSON.parse((await ask('POST', address, bytes)).toString()) as ChosenFile).file;
    },
    async place(purpose) {
      const chosen = (await post('/api/place', { purpose })) as ChosenFile[];
      const newest = purpose.for === 'open-workspace' ? path.basename(newestWorkspace(on.home)) : undefined;
      return chosen.find(({ name }) => newest === undefined || name === newest)?.file ?? '';
    },
    written: download,
    stamp: on.stamp,
    async close() {
      await server.close();
      await app.close();
      await places.close();
      on.clear();
    },
  };
}
