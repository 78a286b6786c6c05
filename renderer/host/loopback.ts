// The wire to the loopback server: same origin, every request with the token that came in the address's fragment.
// Promise: the token leaves the address bar at once, and is kept only for this tab.
import type { ChosenFile, FilePurpose, HostEvent } from '../../shared/contract/host.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import { later } from '../ui/timing.ts';
import type { Wire } from './bridge.ts';
import { pickOne } from './PickDialog.tsx';
import { saveDownload, uploadable } from './transfer.ts';
import { refused } from './wire.ts';

const KEPT = 'hyoka.token';
/** A request that outlives its page may carry 64 KiB, or is not sent at all; typed text is sent that way when the page goes out of sight. */
const KEEPALIVE_LIMIT = 60_000;

function takeToken(): string {
  const given = location.hash.slice(1).replace(/^token=/, '');
  if (given) {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return given || (sessionStorage.getItem(KEPT) ?? '');
}

export function loopbackWire(): Wire {
  const token = takeToken();
  const listeners = new Set<(event: HostEvent) => void>();

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...init.headers, Authorization: `Bearer ${token}` };
    const response = await fetch(path, { ...init, headers, cache: 'no-store' });
    if (response.ok) return response;
    const body: unknown = await response.json().catch(() => undefined);
    throw new ProblemError(problemIn(body) ?? refused(response.status));
  }

  async function post(path: string, body: unknown): Promise<unknown> {
    const text = JSON.stringify(body);
    const bytes = () => new TextEncoder().encode(text).length;
    const keepalive = document.visibilityState === 'hidden' && bytes() < KEEPALIVE_LIMIT;
    const response = await ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: text,
      keepalive,
    });
    return response.json();
  }

  async function listen(): Promise<void> {
    const response = await ask('/api/events');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '') continue;
        const event = JSON.parse(line) as HostEvent;
        for (const listener of listeners) listener(event);
      }
    }
  }

  // What changed while nobody listened is unknown: after a break everything is looked at anew.
  function stayListening(): void {
    const again = () =>
      later(2_000, () => {
        for (const listener of listeners) listener({ type: 'changed', topics: ['workspace', 'sheets', 'signers'] });
        stayListening();
      });
    listen().then(again, again);
  }

  async function upload(file: File): Promise<ChosenFile> {
    const path = `/api/upload?name=${encodeURIComponent(file.name)}`;
    const response = await ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    });
    return (await response.json()) as ChosenFile;
  }

  async function chooseFiles(purpose: FilePurpose): Promise<readonly ChosenFile[]> {
    const wanted = uploadable(purpose);
    if (wanted) return Promise.all((await wanted()).map(upload));
    const places = (await post('/api/place', { purpose })) as ChosenFile[];
    if (purpose.for !== 'open-workspace' || places.length === 1) return places;
    const picked = await pickOne(places);
    return picked ? [picked] : [];
  }

  async function reveal(file: string): Promise<void> {
    const response = await ask(`/api/download?file=${encodeURIComponent(file)}`);
    if (await saveDownload(response)) return;
    const { files } = (await response.json()) as { files: ChosenFile[] };
    for (const one of files) await reveal(one.file);
  }

  return {
    call: (method, input, id) => post('/api/call', { id, method, input }),
    cancel: async (id) => void (await post('/api/cancel', { id })),
    on(listener) {
      if (listeners.size === 0) stayListening();
      listeners.add(listener);
    },
    chooseFiles,
    reveal,
    print: async () => window.print(),
  };
}

/** A refused request may say why, as a problem of the catalogue. */
function problemIn(body: unknown): Problem | undefined {
  const problem = body as Partial<Problem> | undefined;
  return typeof problem?.message === 'string' && typeof problem.hint === 'string' ? (problem as Problem) : undefined;
}
