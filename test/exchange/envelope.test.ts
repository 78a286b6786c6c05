// Opening a package: what is taken, and the name under which everything else is refused (safety T1–T8, T27, T28).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newKeyPair, sha256, sign } from '../../electron/core/exchange/crypto.ts';
import { openEnvelope, PACKAGE_LIMIT, pae, sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import { canonical } from '../../shared/kernel/json.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { KINDS, type Kind, kindOfPayloadType, payloadTypeOf } from '../../shared/package/envelope.ts';

const key = newKeyPair();
const other = newKeyPair();
const kinds = Object.keys(KINDS) as Kind[];
const payloadOf = (kind: string, more: object = {}) => ({ kind, sender: { publicKey: key.publicKey }, ...more });
const sealed = sealEnvelope('submission', payloadOf('submission', { 名: '評価' }), key);
const text = sealed.toString('utf8');
const parts = JSON.parse(text) as {
  payload: string;
  payloadType: string;
  signatures: [{ keyid: string; sig: string }];
};

/** A properly signed and spelled package around any bytes and any type. */
function forged(body: string | Uint8Array, payloadType: string = payloadTypeOf('submission'), by = key): string {
  const bytes = Buffer.from(body);
  const sig = Buffer.from(sign(by.privateKey, pae(payloadType, bytes))).toString('base64');
  const signatures = [{ keyid: by.publicKey, sig }];
  return `${canonical({ payload: bytes.toString('base64'), payloadType, signatures })}\n`;
}

/** The code under which a file is refused, or 'accepted'; anything but a problem escapes and fails the test. */
function outcome(file: string | Uint8Array): string {
  try {
    openEnvelope(Buffer.from(file));
    return 'accepted';
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

function reasonOf(file: string): string {
  try {
    openEnvelope(Buffer.from(file));
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.message;
  }
  return '';
}

/** The same members in another spelling, with some of them changed. */
const respelled = (members: object) => `${canonical({ ...parts, ...members })}\n`;

describe('sealing', () => {
  test('the pre-authentication encoding is that of the DSSE specification', () => {
    const golden = 'DSSEv1 29 http://example.com/HelloWorld 11 hello world';
    expect(pae('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(golden);
    expect(pae('é', Buffer.from('あ')).toString()).toBe('DSSEv1 2 é 3 あ');
  });

  test.each(kinds)('what is sealed as %s opens as it was', (kind) => {
    const payload = payloadOf(kind, { text: '一行目\n二行目', list: [1, null, { a: true }] });
    const opened = openEnvelope(sealEnvelope(kind, payload, key));
    expect(opened).toEqual({ kind, payload, payloadHash: sha256(canonical(payload)), publicKey: key.publicKey });
  });

  test('the file is one line of ASCII in a fixed order, the same each time', () => {
    expect(text).toMatch(
      /^\{"payload":"[\w+/]+={0,2}","payloadType":"application\/vnd\.hyoka\.submission\.v1\+json","signatures":\[\{"keyid":"[\w+/]{43}=","sig":"[\w+/]{86}=="\}\]\}\n$/,
    );
    expect(sealEnvelope('submission', { 名: '評価', ...payloadOf('submission') }, key)).toEqual(sealed);
    expect(text).not.toContain(key.privateKey);
  });

  test('nothing is written that no receiver could open', () => {
    const attempt =
      (payload: unknown, by = key) =>
      () =>
        sealEnvelope('submission', payload, by);
    expect(attempt(payloadOf('return'))).toThrow(ProblemError);
    expect(attempt(payloadOf('submission', { text: '\u202e' }))).toThrow(ProblemError);
    expect(attempt(payloadOf('submission', { number: 1.5 }))).toThrow(ProblemError);
    expect(attempt(payloadOf('submission'), other)).toThrow(ProblemError);
    expect(attempt(payloadOf('submission', { text: undefined }))).toThrow(TypeError);
    expect(attempt(payloadOf('submission', { text: 'x'.repeat(PACKAGE_LIMIT) }))).toThrow('package.oversized');
  });
});

describe('payload types', () => {
  test('name their kind, and say when they are newer', () => {
    for (const kind of kinds) expect(kindOfPayloadType(payloadTypeOf(kind))).toBe(kind);
    expect(kindOfPayloadType('application/vnd.hyoka.submission.v2+json')).toBe('newer');
    expect(kindOfPayloadType('application/vnd.hyoka.audit-log.v10+json')).toBe('newer');
  });

  test.each([
    '',
    'application/json',
    'application/vnd.hyoka.constructor.v1+json',
    'application/vnd.hyoka.audit.v1+json',
    'application/vnd.hyoka.submission.v0+json',
    'application/vnd.hyoka.submission.v01+json',
    'application/vnd.hyoka.submission.v1+json ',
    'application/vnd.hyoka.submission.v1+json\n',
    'Application/vnd.hyoka.submission.v1+json',
    'application/vnd.hyoka.submission.v1',
    'application/vnd.hyoka.submission.v9999999+json',
  ])('are not ours: %j', (type) => {
    expect(kindOfPayloadType(type)).toBeUndefined();
  });
});

describe('damage on the way', () => {
  test('cut at every length: truncated', () => {
    for (let end = 0; end < sealed.length; end += 1)
      expect(outcome(sealed.subarray(0, end)), `${end}`).toBe('package.truncated');
  });

  test('full length but zeros where nothing arrived: truncated', () => {
    for (const end of [0, 2, 40, sealed.length - 1]) {
      expect(outcome(Buffer.concat([sealed.subarray(0, end), Buffer.alloc(sealed.length - end)]))).toBe(
        'package.truncated',
      );
    }
  });

  test('base64 that lost its end: truncated', () => {
    expect(outcome(respelled({ payload: parts.payload.replace(/=+$/, '').slice(0, -1) }))).toBe('package.truncated');
  });

  test.each<[string, string | Uint8Array]>([
    ['a byte order mark', `\ufeff${text}`],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 LE without one', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 BE without one', Buffer.from(text, 'utf16le').swap16()],
    ['CRLF', text.replace('\n', '\r\n')],
    ['CR', text.replace('\n', '\r')],
    ['a line more', `${text}\n`],
    ['a space before', ` ${text}`],
    ['pretty-printed', `${JSON.stringify(parts, null, 2)}\n`],
    ['pretty-printed with CRLF', JSON.stringify(parts, null, '\t').replaceAll('\n', '\r\n')],
    ['wrapped at 76 as in mail', text.replace(/.{76}/g, '$&\r\n')],
    ['wrapped inside the base64 only', text.replace(parts.payload, parts.payload.replace(/.{64}/g, '$&\n'))],
    ['a byte that is no UTF-8', Buffer.concat([sealed.subarray(0, 50), Buffer.from([0xff]), sealed.subarray(51)])],
  ])('%s: reencoded', (_, file) => {
    expect(outcome(file)).toBe('package.reencoded');
  });

  test('wrapped and then cut off: truncated', () => {
    expect(outcome(text.replace(/.{76}/g, '$&\r\n').slice(0, 200))).toBe('package.truncated');
  });
});

describe('files of another kind', () => {
  test.each<[string, string | Uint8Array]>([
    ['words', '評価シート一覧\r\n'],
    ['a table', '1\t2\n3\t4\n'],
    ['a table in Shift_JIS', Buffer.from([0x95, 0x5d, 0x89, 0xbf, 0x09, 0x31])],
    ['UTF-16 words', Buffer.from('\ufeff評価', 'utf16le')],
    ['a zip (xlsx)', Buffer.from('504b0304140000000800000021', 'hex')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['zip padded with zeros', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100)])],
    ['JSON null', 'null\n'],
    ['a JSON list', '[1,2,3]\n'],
    ['a JSON object', '{"name":"x"}\n'],
    ['JSON that ends early', '{"name":'],
    ['an envelope of others', respelled({ payloadType: 'application/vnd.in-toto+json' })],
    ['an envelope without a type', `{"payload":"${parts.payload}"}\n`],
    ['a type that is no text', respelled({ payloadType: [parts.payloadType] })],
    ['T5 a JWS', '{"payload":"e30","signatures":[{"protected":"eyJhbGciOiJub25lIn0","signature":""}]}\n'],
    ['T5 a flattened JWS', '{"protected":"eyJhbGciOiJub25lIn0","payload":"e30","signature":""}\n'],
    ['T28 nesting 10^6', '['.repeat(1_000_000)],
    ['T28 nesting 10^6 of objects', '{"a":'.repeat(1_000_000)],
  ])('%s: foreign', (_, file) => {
    expect(outcome(file)).toBe('package.foreign');
  });

  test('P4 T27 more than 20 MB: oversized, before anything is read', () => {
    expect(outcome(Buffer.alloc(PACKAGE_LIMIT + 1))).toBe('package.oversized');
    for (const filler of [' ', '\0', '[', 'A', '\\', '\n ', 'あ']) {
      const file = Buffer.alloc(PACKAGE_LIMIT, filler);
      file.write('{"payload":"');
      expect(outcome(file)).toMatch(/^package\.(truncated|reencoded|malformed)$/);
    }
  });
});

describe('an envelope of another shape', () => {
  const [first] = parts.signatures;
  const { payload, payloadType } = parts;

  test.each<[string, string]>([
    ['a later version', respelled({ payloadType: 'application/vnd.hyoka.submission.v2+json' })],
    ['a kind of a later version', respelled({ payloadType: 'application/vnd.hyoka.audit.v2+json' })],
    ['a later version with other members', respelled({ payloadType: 'application/vnd.hyoka.return.v3+json', alg: 1 })],
    ['a later version, properly signed', forged('{}', 'application/vnd.hyoka.submission.v2+json')],
  ])('%s: newer', (_, file) => {
    expect(outcome(file)).toBe('package.newer');
  });

  test.each<[string, string]>([
    ['a kind that does not exist', respelled({ payloadType: 'application/vnd.hyoka.audit.v1+json' })],
    ['an unknown member', respelled({ alg: 'EdDSA' })],
    ['an unknown member beside the signature', respelled({ signatures: [{ ...first, cert: '' }] })],
    ['no signature', respelled({ signatures: [] })],
    ['two signatures', respelled({ signatures: [first, first] })],
    ['signatures as an object', respelled({ signatures: { 0: first } })],
    ['no keyid', respelled({ signatures: [{ sig: first.sig }] })],
    ['a payload that is no text', respelled({ payload: {} })],
    ['another order', `${JSON.stringify({ payloadType, payload, signatures: [first] })}\n`],
    ['T2 a member twice', text.replace('{', `{"payload":"${payload}",`)],
    ['T2 a member twice, the second escaped', text.replace('","payloadType"', '","p\\u0061yload":"","payloadType"')],
    ['an escaped member name', text.replace('"payload"', '"p\\u0061yload"')],
    ['an escaped slash', text.replace('application/', 'application\\/')],
    ['T30 a prototype', text.replace('{"payload"', '{"__proto__":{},"payload"')],
    ['something after the end', `${text}{}`],
    ['a missing quotation mark', text.replace('","payloadType', ',"payloadType')],
    ['T4 base64url', respelled({ signatures: [{ ...first, sig: `-_${first.sig.slice(2)}` }] })],
    ['T4 other padding bits', respelled({ signatures: [{ ...first, keyid: first.keyid.replace(/.=$/, '/=') }] })],
    ['T4 padding in the middle', respelled({ payload: `YQ==${payload}` })],
    ['a character outside base64', respelled({ payload: `あ${payload}` })],
    ['a short signature', respelled({ signatures: [{ ...first, sig: 'AAAA' }] })],
    ['a short key', respelled({ signatures: [{ ...first, keyid: 'AAAA' }] })],
    ['no key', respelled({ signatures: [{ ...first, keyid: '' }] })],
  ])('%s: malformed', (_, file) => {
    expect(outcome(file)).toBe('package.malformed');
  });

  test('T4 base64 without its padding is never the same package', () => {
    expect(outcome(respelled({ signatures: [{ ...first, sig: first.sig.replace('==', '') }] }))).toBe(
      'package.truncated',
    );
  });

  test('the reason is in words', () => {
    expect(reasonOf(text.replace('{', `{"payload":"${payload}",`))).toContain('同じ名前の項目が重なっている');
    expect(reasonOf(respelled({ signatures: [first, first] }))).toContain('「signatures」');
    expect(reasonOf(`${JSON.stringify({ payloadType, payload, signatures: [first] })}\n`)).toContain('順または書き方');
  });
});

describe('signature and payload', () => {
  const low = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]).toString('base64');
  const [first] = parts.signatures;

  test.each<[string, string]>([
    ['T1 another payload', respelled({ payload: Buffer.from(canonical(payloadOf('submission'))).toString('base64') })],
    ['T2 another keyid', respelled({ signatures: [{ ...first, keyid: other.publicKey }] })],
    ['T3 a low-order keyid', respelled({ signatures: [{ ...first, keyid: low }] })],
    ['T6 another kind of envelope', respelled({ payloadType: payloadTypeOf('return') })],
    ['signed again in the name of the sender', forged(canonical(payloadOf('submission')), undefined, other)],
    ['a signature of zeros', respelled({ signatures: [{ ...first, sig: Buffer.alloc(64).toString('base64') }] })],
  ])('%s: tampered', (_, file) => {
    expect(outcome(file)).toBe('package.tampered');
  });

  test('T6 every pair of kinds, properly signed: miskinded', () => {
    for (const outside of kinds) {
      for (const inside of kinds) {
        const file = forged(canonical(payloadOf(inside)), payloadTypeOf(outside));
        expect(outcome(file)).toBe(inside === outside ? 'accepted' : 'package.miskinded');
      }
    }
    expect(reasonOf(forged(canonical(payloadOf('return'))))).toBe('提出ではなく、返却のパッケージです。');
  });

  const member = (json: string) => canonical(payloadOf('submission')).replace('{', `{${json},`);
  test.each<[string, string | Uint8Array]>([
    ['no UTF-8', Buffer.from(member('"a":"\xff"'), 'latin1')],
    ['a byte order mark', `\ufeff${canonical(payloadOf('submission'))}`],
    ['nothing', ''],
    ['cut off', '{"kind":"submission"'],
    ['a list', '[]'],
    ['no kind', '{}'],
    ['a kind that does not exist', canonical(payloadOf('toString'))],
    ['no sender', '{"kind":"submission"}'],
    ['a sender without a key', '{"kind":"submission","sender":{}}'],
    ['T7 a member twice', member('"kind":"return"')],
    ['T28 nesting 33', member(`"a":${'['.repeat(32)}${']'.repeat(32)}`)],
    ['T28 nesting 10^4', member(`"a":${'['.repeat(1e4)}${']'.repeat(1e4)}`)],
    ['T28 nesting 10^6', member(`"a":${'['.repeat(1e6)}${']'.repeat(1e6)}`)],
    ['T30 a forbidden name', member('"__proto__":{"kind":"submission"}')],
    ['T32 a number beyond doubles', member('"a":1e999')],
    ['T32 2^53 + 1', member('"a":9007199254740993')],
    ['T33 a lone surrogate', member('"a":"\\ud800"')],
    ['T33 a bidi control', member('"a":"\u202e"')],
    ['T33 NUL', member('"a":"\\u0000"')],
  ])('properly signed, but the payload has %s: malformed', (_, body) => {
    expect(outcome(forged(body))).toBe('package.malformed');
  });
});

describe('T1, T2 malleability: no other file is taken', () => {
  let mutants = 0;
  const refused = (file: Uint8Array) => {
    if (sealed.equals(file)) return;
    mutants += 1;
    const code = outcome(file);
    if (!code.startsWith('package.')) expect.fail(`${code}: ${Buffer.from(file).toString('latin1')}`);
  };
  const spliced = (at: number, removed: number, inserted: Uint8Array | number[]) =>
    Buffer.concat([sealed.subarray(0, at), Buffer.from(inserted), sealed.subarray(at + removed)]);

  test('every bit flipped, every byte removed or doubled, foreign bytes at every position', () => {
    const foreign = Buffer.from('A/=0"\\{},: \n\r\0\xff', 'latin1');
    for (let at = 0; at <= sealed.length; at += 1) {
      const byte = sealed[at] ?? 0;
      for (let bit = 0; bit < 8; bit += 1) refused(spliced(at, 1, [byte ^ (1 << bit)]));
      refused(spliced(at, 1, []));
      refused(spliced(at, 0, [byte]));
      for (const found of foreign) {
        refused(spliced(at, 0, [found]));
        refused(spliced(at, 1, [found]));
      }
    }
    expect(mutants).toBeGreaterThan(10_000);
  });

  test('runs replaced, moved and repeated anywhere', () => {
    const position = fc.nat(sealed.length);
    fc.assert(
      fc.property(position, fc.nat(20), fc.uint8Array({ maxLength: 20 }), (at, removed, inserted) => {
        refused(spliced(at, removed, inserted));
      }),
      { numRuns: 3_000 },
    );
    fc.assert(
      fc.property(position, fc.nat(20), position, position, (at, removed, from, to) => {
        refused(spliced(at, removed, sealed.subarray(from, to)));
      }),
      { numRuns: 3_000 },
    );
  });
});
