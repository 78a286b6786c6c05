// Every safeguard of the browser host, asked over raw HTTP as an attacker or a broken program would.
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Ask, type Running, run } from './standin.ts';

let host: Running;
beforeAll(async () => {
  host = await run();
});
afterAll(() => host.close());

const call = (method: string, input: unknown, more: Partial<Ask> = {}) =>
  host.ask({
    method: 'POST',
    path: '/api/call',
    body: JSON.stringify({ id: `${method}-${Math.random()}`, method, input }),
    ...more,
  });
const ours = () => `127.0.0.1:${host.port}`;

/** Bytes as they are, for what a proper client would not send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(host.port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('who may ask', () => {
  test('the page of this address with the token', async () => {
    const headers = { origin: `http://${ours()}`, 'sec-fetch-site': 'same-origin' };
    const answer = await call('sheet.list', {}, { headers });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ ok: true, value: {} });
  });

  const strangers: [string, () => Partial<Ask>, number][] = [
    ['no token', () => ({ token: null }), 401],
    ['a wrong token', () => ({ token: 'A'.repeat(43) }), 401],
    ['the beginning of the token', () => ({ token: host.token.slice(0, -1) }), 401],
    ['the token and more', () => ({ token: `${host.token}A` }), 401],
    ['an empty token', () => ({ token: '' }), 401],
    ['the token in the query', () => ({ token: null, path: `/api/call?token=${host.token}` }), 401],
    ['the token under another scheme', () => ({ token: null, headers: { authorization: `Basic ${host.token}` } }), 401],
    ['a name that points here', () => ({ headers: { host: `evil.example:${host.port}` } }), 421],
    ['localhost', () => ({ headers: { host: `localhost:${host.port}` } }), 421],
    ['another port in Host', () => ({ headers: { host: '127.0.0.1:1' } }), 421],
    ['no port in Host', () => ({ headers: { host: '127.0.0.1' } }), 421],
    ['another address in Host', () => ({ headers: { host: `0.0.0.0:${host.port}` } }), 421],
    ['a foreign origin', () => ({ headers: { origin: 'https://evil.example' } }), 403],
    ['the origin null', () => ({ headers: { origin: 'null' } }), 403],
    ['an origin of another port', () => ({ headers: { origin: 'http://127.0.0.1:1' } }), 403],
    ['an origin of the other scheme', () => ({ headers: { origin: `https://${ours()}` } }), 403],
    ['another site', () => ({ headers: { 'sec-fetch-site': 'cross-site' } }), 403],
    ['another port of the same site', () => ({ headers: { 'sec-fetch-site': 'same-site' } }), 403],
    ['an address typed by hand', () => ({ headers: { 'sec-fetch-site': 'none' } }), 403],
  ];
  test.each(strangers)('not %s', async (_, change, status) => {
    const before = host.app.calls.length;
    expect((await call('sheet.list', {}, change())).status).toBe(status);
    expect(host.app.calls.length).toBe(before);
  });

  test.each(['/api/events', '/api/download?file=x', '/api/unheard-of'])('%s without a token', async (path) => {
    expect((await host.ask({ path, token: null })).status).toBe(401);
  });

  test('not two Host headers, and not none', async () => {
    const twice = `GET / HTTP/1.1\r\nHost: ${ours()}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await raw(twice)).toMatch(/^HTTP\/1\.1 4(00|21) /);
    expect(await raw('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
  });

  test('not a page of another site that opens ours', async () => {
    expect((await host.ask({ headers: { 'sec-fetch-site': 'cross-site' }, token: null })).status).toBe(403);
    expect((await host.ask({ headers: { 'sec-fetch-site': 'none' }, token: null })).status).toBe(200);
  });

  test('not from another address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((found) => found ?? [])
      .filter((found) => !found.internal && found.family === 'IPv4')
      .map((found) => found.address);
    for (const address of [...others, '127.0.0.2', '::1']) {
      const outcome = await new Promise((resolve) => {
        const socket = connect({ host: address, port: host.port, timeout: 2_000 });
        const end = (word: string) => () => {
          socket.destroy();
          resolve(word);
        };
        socket.on('connect', end('connected')).on('error', end('refused')).on('timeout', end('refused'));
      });
      expect(outcome, address).toBe('refused');
    }
  });
});

describe('what may be asked', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'])('not %s', async (method) => {
    for (const path of ['/', '/api/call']) {
      const answer = await host.ask({ method, path });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, POST');
    }
  });

  test('not POST to the page, not GET to a call', async () => {
    expect((await host.ask({ method: 'POST', path: '/', body: '' })).status).toBe(405);
    expect((await host.ask({ path: '/api/call' })).status).toBe(404);
    expect((await host.ask({ path: '/api/toString' })).status).toBe(404);
  });

  test('a preflight is not answered with permission', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await host.ask({ method: 'OPTIONS', path: '/api/call', headers });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test.each([
    ['no JSON', 'x'],
    ['no id', '{"method":"a","input":{}}'],
    ['a member too many', '{"id":"1","method":"a","input":{},"path":"/etc/passwd"}'],
    ['a number as method', '{"id":"1","method":1,"input":{}}'],
    ['a list', '[]'],
    ['an id too long', JSON.stringify({ id: 'x'.repeat(101), method: 'a', input: {} })],
  ])('not a call with %s', async (_, body) => {
    expect((await call('a', {}, { body })).status).toBe(400);
  });

  test('not bytes that are no UTF-8', async () => {
    const body = Buffer.from('{"id":"1","method":"\xff","input":{}}', 'latin1');
    expect((await call('a', {}, { body })).status).toBe(400);
  });

  test('not a call above 1 MB, announced or not', async () => {
    const body = Buffer.alloc(1024 * 1024 + 1, 0x20);
    expect((await call('a', {}, { body, headers: { 'content-length': body.length } })).status).toBe(413);
    expect((await call('a', {}, { body, headers: { 'transfer-encoding': 'chunked' } })).status).toBe(413);
  });

  test('not an upload above its limit', async () => {
    const headers = { 'content-length': 25 * 1024 * 1024, connection: 'close' };
    const sent = `POST /api/upload?name=a HTTP/1.1\r\nHost: ${ours()}\r\nAuthorization: Bearer ${host.token}\r\n`;
    expect(await raw(`${sent}Content-Length: ${headers['content-length']}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('not a second call under an id in use', async () => {
    const body = JSON.stringify({ id: 'twice', method: 'test.hold', input: {} });
    const first = call('test.hold', {}, { body });
    await expect.poll(() => host.app.calls.some(({ method }) => method === 'test.hold')).toBe(true);
    expect((await call('test.hold', {}, { body })).status).toBe(409);
    await host.ask({ method: 'POST', path: '/api/cancel', body: '{"id":"twice"}' });
    expect(JSON.parse((await first).text).problem.code).toBe('task.cancelled');
  });
});

describe('the page', () => {
  const expectSafe = (answer: Answer) => {
    expect(answer.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers['set-cookie']).toBeUndefined();
  };

  test('is served with its policy', async () => {
    const start = await host.ask({ token: null });
    expect(start).toMatchObject({ status: 200, text: '<!doctype html><title>評価</title>' });
    expect(start.headers['content-type']).toBe('text/html; charset=utf-8');
    expectSafe(start);
    const script = await host.ask({ token: null, path: '/assets/main.js' });
    expect(script).toMatchObject({ status: 200, text: 'export {};' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test('and every other answer carry the same headers; answers of the application are not kept', async () => {
    const answers = await Promise.all([
      host.ask({ path: '/missing' }),
      host.ask({ headers: { host: 'evil.example' } }),
      call('a', {}),
      call('a', {}, { token: null }),
    ]);
    for (const answer of answers) expectSafe(answer);
    for (const answer of answers.slice(2)) expect(answer.headers['cache-control']).toBe('no-store');
  });

  test.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/%2e%2e%2fsecret.html',
    '/..%5csecret.html',
    '/..\\secret.html',
    '/....//secret.html',
    '/assets/..;/..;/secret.html',
    '/%252e%252e%252fsecret.html',
    '/..%c0%afsecret.html',
    '/assets/main.js%00.html',
    '//etc/passwd',
    '/C:/Windows/win.ini',
    '/%5c%5cserver%5cshare%5cfile',
    '/assets',
    '/assets/',
    '/assets/main.js.map',
    '/assets/MAIN.JS',
    '/assets/./main.js',
    '/__proto__',
    '/constructor',
    'http://evil.example/secret.html',
  ])('does not lead to %s', async (path) => {
    const answer = await host.ask({ path, token: null });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('secret');
  });
});

describe('the wire', () => {
  test('carries changes and progress as lines, and cancels a task', async () => {
    const events = await host.events();
    host.app.change(['sheets']);
    expect(await events.next()).toEqual({ type: 'changed', topics: ['sheets'] });
    const body = JSON.stringify({ id: 'task-1', method: 'test.hold', input: {} });
    const reply = call('test.hold', {}, { body });
    expect(await events.next()).toEqual({
      type: 'progress',
      id: 'task-1',
      progress: { done: 1, total: 2, name: '一件目' },
    });
    expect((await host.ask({ method: 'POST', path: '/api/cancel', body: '{"id":"task-1"}' })).status).toBe(200);
    expect(JSON.parse((await reply).text)).toMatchObject({ ok: false, problem: { code: 'task.cancelled' } });
    events.close();
  });

  test('stops cleanly while a task runs and a page listens', async () => {
    const other = await run();
    const events = await other.events();
    const body = JSON.stringify({ id: '1', method: 'test.hold', input: {} });
    const reply = other.ask({ method: 'POST', path: '/api/call', body });
    await events.next();
    await other.close();
    expect(JSON.parse((await reply).text).problem.code).toBe('task.cancelled');
    await expect(other.ask({})).rejects.toThrow();
  });
});
