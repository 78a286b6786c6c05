// @vitest-environment jsdom
// The two wires: ids, progress, cancelling, a lost connection; and how the loopback wire treats its token.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Wire } from '../../renderer/host/bridge.ts';
import { connectHost } from '../../renderer/host/connect.ts';
import { makeHost } from '../../renderer/host/wire.ts';
import type { HostEvent } from '../../shared/contract/host.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  delete window.hyoka;
  sessionStorage.clear();
});

function fakeWire(change: Partial<Wire>): { wire: Wire; tell: (event: HostEvent) => void } {
  let listener: (event: HostEvent) => void = () => undefined;
  const wire: Wire = {
    call: async () => ({ ok: true, value: {} }),
    cancel: async () => undefined,
    on(given) {
      listener = given;
    },
    chooseFiles: async () => [],
    reveal: async () => undefined,
    print: async () => undefined,
    ...change,
  };
  return { wire, tell: (event) => listener(event) };
}

test('progress reaches the call that it belongs to, and no other', async () => {
  const seen: unknown[] = [];
  let id = '';
  const { wire, tell } = fakeWire({
    async call(_method, _input, given) {
      id = given;
      tell({ type: 'progress', id: 'another', progress: { done: 9, total: 9, name: 'x' } });
      tell({ type: 'progress', id, progress: { done: 1, total: 2, name: '2-2' } });
      return { ok: true, value: {} };
    },
  });
  await makeHost(wire).call('workspace.close', {}, { onProgress: (progress) => seen.push(progress) });
  tell({ type: 'progress', id, progress: { done: 2, total: 2, name: 'late' } });
  expect(seen).toEqual([{ done: 1, total: 2, name: '2-2' }]);
});

test('a lost connection is a value, not an exception', async () => {
  const { wire } = fakeWire({ call: () => Promise.reject(new TypeError('Failed to fetch')) });
  const reply = await makeHost(wire).call('sheet.list', {});
  expect(reply).toMatchObject({ ok: false, problem: { message: 'プログラムの本体とつながりません。' } });
});

test('changes are told until the listener has had enough', () => {
  const { wire, tell } = fakeWire({});
  const seen: unknown[] = [];
  const stop = makeHost(wire).onChanged((topics) => seen.push(topics));
  tell({ type: 'changed', topics: ['sheets'] });
  stop();
  tell({ type: 'changed', topics: ['signers'] });
  expect(seen).toEqual([['sheets']]);
});

test('on the desktop, aborting a call calls the reserved method with its id', async () => {
  const asked: [string, unknown, string][] = [];
  window.hyoka = {
    ...fakeWire({}).wire,
    call: async (method, input, id) => {
      asked.push([method, input, id]);
      return { ok: true, value: {} };
    },
  };
  const control = new AbortController();
  const calling = connectHost().call('store.verify', {}, { signal: control.signal });
  control.abort();
  await calling;
  const [first, second] = asked;
  expect(first?.[0]).toBe('store.verify');
  expect(second?.slice(0, 2)).toEqual(['task.cancel', { id: first?.[2] }]);
});

function serve() {
  const asked: { path: string; token: string | null; body: unknown; keepalive?: boolean | undefined }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({
      path,
      token: new Headers(init.headers).get('Authorization'),
      body: init.body,
      keepalive: init.keepalive,
    });
    if (path === '/api/events') return new Promise(() => undefined);
    return Response.json({ ok: true, value: {} });
  });
  return asked;
}

beforeEach(() => history.replaceState(null, '', '/'));

test('in a browser, the token leaves the address at once, goes with every request and outlives a reload', async () => {
  const asked = serve();
  location.hash = '#se-cret_1';
  await connectHost().call('workspace.close', {});
  expect(location.href).not.toContain('se-cret_1');
  // The page is loaded again, without the fragment.
  await connectHost().call('workspace.close', {});
  const calls = asked.filter(({ path }) => path === '/api/call');
  expect(calls.map(({ token }) => token)).toEqual(['Bearer se-cret_1', 'Bearer se-cret_1']);
  expect(JSON.parse(String(calls[0]?.body))).toMatchObject({ method: 'workspace.close', input: {} });
});

test('in a browser, what is sent from a page out of sight outlives it where that is allowed, and is sent all the same', async () => {
  const asked = serve();
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const outlives = async (raw: string) => {
    await connectHost().call('cell.set', { sheet: 's', cells: [{ cell: 'intent', raw }] });
    return asked.findLast(({ path }) => path === '/api/call')?.keepalive;
  };
  expect(await outlives('花')).toBe(true);
  // A browser takes 64 KiB; these are three bytes each.
  expect(await outlives('花'.repeat(25_000))).toBe(false);
  vi.restoreAllMocks();
  expect(await outlives('花')).toBe(false);
});

test('in a browser, aborting a call posts its id', async () => {
  const asked = serve();
  const control = new AbortController();
  const calling = connectHost().call('store.verify', {}, { signal: control.signal });
  control.abort();
  await calling;
  const [call, cancel] = ['/api/call', '/api/cancel'].map((path) => asked.find((one) => one.path === path));
  expect(JSON.parse(String(cancel?.body)).id).toBe(JSON.parse(String(call?.body)).id);
});
