// T27–T33 for all four kinds, properly signed: what is too much, too deep or not to be seen is refused, never repaired.
import { describe, expect, test } from 'vitest';
import { readPackage } from '../../electron/core/exchange/authorise.ts';
import { newKeyPair, printOf, sign } from '../../electron/core/exchange/crypto.ts';
import { PACKAGE_LIMIT, pae } from '../../electron/core/exchange/envelope.ts';
import { canonical } from '../../shared/kernel/json.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { KINDS, type Kind, payloadTypeOf } from '../../shared/package/envelope.ts';
import { samplesOf } from './samples.ts';

const key = newKeyPair();
const samples = samplesOf(key.publicKey, printOf(key.publicKey));
const kinds = Object.keys(KINDS) as Kind[];

/** A properly spelled and signed package around this text. */
function signed(kind: Kind, body: string): Buffer {
  const payloadType = payloadTypeOf(kind);
  const bytes = Buffer.from(body);
  const sig = Buffer.from(sign(key.privateKey, pae(payloadType, bytes))).toString('base64');
  const signatures = [{ keyid: key.publicKey, sig }];
  return Buffer.from(`${canonical({ payload: bytes.toString('base64'), payloadType, signatures })}\n`);
}

function refusal(file: Buffer): string {
  try {
    readPackage(file);
    return 'accepted';
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.code} ${error.problem.message}`;
    throw error;
  }
}

describe.each(kinds)('%s', (kind) => {
  const sample = samples[kind];
  const body = canonical(sample);
  const withMember = (json: string) => body.replace('{', `{${json},`);

  test('is taken as it is', () => expect(refusal(signed(kind, body))).toBe('accepted'));

  test.each<[string, string]>([
    ['T28 nesting of 33', withMember(`"a":${'['.repeat(33)}${']'.repeat(33)}`)],
    ['T28 nesting of 10^5', withMember(`"a":${'['.repeat(1e5)}${']'.repeat(1e5)}`)],
    ['T30 __proto__', withMember('"__proto__":{"year":2022}')],
    ['T30 constructor', withMember('"constructor":{}')],
    ['T31 an unknown member', withMember('"toString":"x"')],
    ['T31 a member that only the prototype has', body.replace('"year":2022', '"valueOf":2022')],
    ['T7 a member twice', withMember('"year":2021')],
    ['T32 1e999', body.replace('"year":2022', '"year":1e999')],
    ['T32 2^53 + 1', body.replace('"sequence":1', '"sequence":9007199254740993')],
    ['T32 minus zero', body.replace('"sequence":1', '"sequence":-0')],
    ['T32 a fraction', body.replace('"sequence":1', '"sequence":1.0')],
    ['T11 a number beyond the last', body.replace('"sequence":1', '"sequence":10000000')],
    ['T29 10^6 bad rows', body.replace(/"seen":\[.*?\]/, `"seen":[${'{},'.repeat(999_999)}{}]`)],
    ['T29 a record of 10^5 members', withMember(`"a":{${Array.from({ length: 1e5 }, (_, i) => `"k${i}":1`)}}`)],
  ])('refuses %s in one short sentence', (_, changed) => {
    const told = refusal(signed(kind, changed));
    expect(told).toMatch(/^package\.malformed /);
    expect(told.length).toBeLessThan(200);
  });

  test('T27 refuses what is larger than 20 MB before it is read', () => {
    expect(refusal(Buffer.alloc(PACKAGE_LIMIT + 1, '{'))).toMatch(/^package\.oversized/);
    expect(refusal(signed(kind, withMember(`"a":"${'x'.repeat(PACKAGE_LIMIT)}"`)))).toMatch(/^package\.oversized/);
  });

  const hostile: [string, string][] = [
    ['a bidi override', '総務\u202e課'],
    ['a right-to-left mark', '総務課\u200f'],
    ['a zero-width space', '総務\u200b課'],
    ['a zero-width joiner', '総務\u200d課'],
    ['a soft hyphen', '総\u00ad務課'],
    ['a word joiner', '総務\u2060課'],
    ['a byte order mark', '\ufeff総務課'],
    ['a blank that looks like none', '総務課\u3164'],
    ['a tag character', '総務課\u{e0041}'],
    ['a line separator', '総務\u2028課'],
    ['NUL', '総務\0課'],
    ['a line break', '総務\n課'],
    ['a lone surrogate', '総務\ud800課'],
    ['NFD', 'か\u3099くしゅう課'],
    ['a blank around it', ' 総務課'],
    ['a full-width blank behind', '総務課　'],
  ];
  const places = ['"unit":"企画財政課"', '"station":"窓口1"', '"unit":"魅力創造課"'];
  test.each(hostile)('T33, T41 refuses a name with %s, wherever it stands', (_, name) => {
    for (const place of places) {
      const member = place.split(':')[0];
      expect(body).toContain(place);
      const changed = body.replace(place, `${member}:${JSON.stringify(name)}`);
      expect(refusal(signed(kind, changed)), place).toMatch(/^package\.malformed /);
    }
  });

  test.each(['総務課', '葛\u{e0100}城市役所', '𠮷野課', '第１係', 'Ａ棟', '髙橋係・窓口（東）'])('takes %s', (name) => {
    const changed = body.replace('"station":"窓口1"', `"station":${JSON.stringify(name)}`);
    expect(refusal(signed(kind, changed))).toBe('accepted');
  });
});
