// What counts as a key, a signature, a print and a sealed key (safety T3, T4, T24).
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  fromBase64,
  isSoundPublicKey,
  newKeyPair,
  openSealedKey,
  printOf,
  randomId,
  randomToken,
  sealKey,
  sha256,
  sign,
  spacedPrint,
  verify,
} from '../../electron/core/exchange/crypto.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const base64 = (text: string) => hex(text).toString('base64');
// RFC 8410: PKCS8 is this head and the 32 bytes of the seed.
const privateKeyOf = (seed: string) => base64(`302e020100300506032b657004220420${seed}`);
const littleEndian = (value: bigint) => hex(value.toString(16).padStart(64, '0')).reverse();

// RFC 8032, 7.1: seed, public key, message, signature.
const VECTORS: [name: string, seed: string, publicKey: string, message: string, signature: string][] = [
  [
    'TEST 1',
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    'TEST 2',
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'TEST 3',
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    'TEST SHA(abc)',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
];
const SEED_1 = VECTORS[0]?.[1] ?? '';
const KEY_1 = VECTORS[0]?.[2] ?? '';

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

// The eight points whose order divides 8, in each way of writing them ("Taming the many EdDSAs", 2020, table 6b).
const LOW_ORDER = [
  `01${'00'.repeat(31)}`,
  `01${'00'.repeat(30)}80`,
  `ec${'ff'.repeat(30)}7f`,
  `ec${'ff'.repeat(31)}`,
  '00'.repeat(32),
  `${'00'.repeat(31)}80`,
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  `ed${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(31)}`,
  `ee${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(31)}`,
];
// y = p + 3 is the point y = 3 written again.
const NOT_CANONICAL = [...LOW_ORDER.slice(10), `f0${'ff'.repeat(30)}7f`, 'ff'.repeat(32)];

test('sha256 is lower-case hexadecimal, of bytes or of UTF-8', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256('評価')).toBe(sha256(Buffer.from('評価')));
});

test('fromBase64 takes one spelling of each value', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(fromBase64(text)).toEqual(Buffer.from(bytes));
      if (text.endsWith('=')) expect(fromBase64(text.replace(/=+$/, ''))).toBeUndefined();
    }),
  );
  for (const text of ['YQ', 'YR==', 'YQ=', 'YQ===', ' YQ==', 'YQ==\n', 'Y Q==', '_-_-', 'YQ==YQ==', '*']) {
    expect(fromBase64(text), text).toBeUndefined();
  }
});

describe('Ed25519', () => {
  test.each(VECTORS)('RFC 8032 %s', (_, seed, publicKey, message, signature) => {
    expect(Buffer.from(sign(privateKeyOf(seed), hex(message))).toString('hex')).toBe(signature);
    expect(isSoundPublicKey(base64(publicKey))).toBe(true);
    expect(verify(base64(publicKey), hex(message), hex(signature))).toBe(true);
    expect(verify(base64(publicKey), Buffer.concat([hex(message), hex('00')]), hex(signature))).toBe(false);
  });

  test('a fresh pair signs and verifies, and every flipped bit of a signature or key is refused', () => {
    const { publicKey, privateKey } = newKeyPair();
    expect(isSoundPublicKey(publicKey)).toBe(true);
    expect(Buffer.from(privateKey, 'base64')).toHaveLength(48);
    const bytes = Buffer.from('事務事業評価シート');
    const sig = sign(privateKey, bytes);
    expect(verify(publicKey, bytes, sig)).toBe(true);
    const flipped = (whole: Uint8Array, bit: number) =>
      Buffer.from(whole.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
    for (let bit = 0; bit < 512; bit += 1) expect(verify(publicKey, bytes, flipped(sig, bit))).toBe(false);
    for (let bit = 0; bit < 256; bit += 1) {
      expect(verify(flipped(Buffer.from(publicKey, 'base64'), bit).toString('base64'), bytes, sig)).toBe(false);
    }
  });

  test('T3 low-order and non-canonical keys are refused at enrolment and at verification', () => {
    // S = 1 and R = B holds under the identity as a key, for any message.
    const universal = Buffer.concat([hex(`58${'66'.repeat(31)}`), littleEndian(1n)]);
    for (const key of [...LOW_ORDER, ...NOT_CANONICAL].map(base64)) {
      expect(isSoundPublicKey(key), key).toBe(false);
      expect(verify(key, Buffer.from('hyoka'), universal), key).toBe(false);
      expect(() => printOf(key)).toThrow(TypeError);
    }
  });

  test('T4 malleable signatures are refused: low-order R, non-canonical R, S + L', () => {
    const [, , key = '', message = '', signature = ''] = VECTORS[2] ?? [];
    const sig = hex(signature);
    const s = BigInt(`0x${Buffer.from(sig.subarray(32)).reverse().toString('hex')}`);
    expect(littleEndian(s)).toEqual(sig.subarray(32));
    for (const other of [s + ORDER, s + 2n * ORDER, ORDER, 2n ** 256n - 1n]) {
      expect(verify(base64(key), hex(message), Buffer.concat([sig.subarray(0, 32), littleEndian(other)]))).toBe(false);
    }
    for (const r of [...LOW_ORDER, ...NOT_CANONICAL]) {
      expect(verify(base64(key), hex(message), Buffer.concat([hex(r), sig.subarray(32)]))).toBe(false);
    }
    // Made with TEST 1's secret: R is the identity, and RFC 8032's own equation holds over "hyoka".
    const made = `01${'00'.repeat(31)}4e1ca0bd55e0a89ea71bb9a468546126bd19227cbe4b3256d4201be72562f107`;
    expect(verify(base64(KEY_1), Buffer.from('hyoka'), hex(made))).toBe(false);
  });

  test('T3, T4 do not lean on the runtime: refused under one that says yes to everything', async () => {
    vi.resetModules();
    vi.doMock('node:crypto', async (original) => ({ ...(await original<object>()), verify: () => true }));
    const lenient = await import('../../electron/core/exchange/crypto.ts');
    vi.doUnmock('node:crypto');
    const bytes = Buffer.from('hyoka');
    const r = hex(`58${'66'.repeat(31)}`);
    const good = Buffer.concat([r, littleEndian(ORDER - 1n)]);
    expect(lenient.verify(base64(KEY_1), bytes, good)).toBe(true);
    expect(lenient.verify(base64(KEY_1), bytes, Buffer.concat([r, littleEndian(ORDER)]))).toBe(false);
    expect(lenient.verify(base64(KEY_1), bytes, good.subarray(1))).toBe(false);
    for (const point of [...LOW_ORDER, ...NOT_CANONICAL]) {
      expect(lenient.verify(base64(KEY_1), bytes, Buffer.concat([hex(point), good.subarray(32)]))).toBe(false);
      expect(lenient.verify(base64(point), bytes, good)).toBe(false);
    }
  });

  test('verify never throws, whatever it is given', () => {
    const key = fc.oneof(
      fc.string(),
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('base64')),
    );
    const sig = fc.oneof(fc.uint8Array(), fc.uint8Array({ minLength: 64, maxLength: 64 }));
    fc.assert(fc.property(key, fc.uint8Array(), sig, (k, bytes, s) => verify(k, bytes, s) === false));
    for (const odd of ['', 'AA==', `${base64(KEY_1)}\n`, base64(KEY_1).slice(0, -1), base64(`${KEY_1}00`)]) {
      expect(isSoundPublicKey(odd)).toBe(false);
    }
  });

  test('a private key of another kind does not sign', () => {
    // RFC 8410's identifier for X25519 in place of Ed25519's.
    const foreign = base64(`302e020100300506032b656e04220420${SEED_1}`);
    expect(() => sign(foreign, Buffer.from('a'))).toThrow(TypeError);
  });
});

describe('prints', () => {
  test('golden: 30 digits in six groups', () => {
    expect(printOf(base64(KEY_1))).toBe('444337078217360432634685620502');
    expect(spacedPrint(printOf(base64(KEY_1)))).toBe('44433 70782 17360 43263 46856 20502');
  });

  test('always 30 digits, and others for another key', () => {
    const prints = Array.from({ length: 300 }, () => printOf(newKeyPair().publicKey));
    for (const print of prints) expect(print).toMatch(/^[0-9]{30}$/);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe('sealed keys', async () => {
  const { privateKey } = newKeyPair();
  const sealed = await sealKey(privateKey, 'がっこう ABC 123');
  const parts = JSON.parse(sealed) as Record<string, unknown>;
  const changed = (members: Record<string, unknown>) => JSON.stringify({ ...parts, ...members });

  test('open with the passphrase, however the input method wrote it, and show nothing of the key', async () => {
    expect(await openSealedKey(sealed, 'がっこう ABC 123')).toBe(privateKey);
    expect(await openSealedKey(`${JSON.stringify(parts, null, 2)}\n`, 'がっこう　ＡＢＣ　１２３')).toBe(privateKey);
    expect(sealed).not.toContain(privateKey.slice(-40));
    expect(await sealKey(privateKey, 'a')).not.toBe(await sealKey(privateKey, 'a'));
    expect(parts).toMatchObject({ format: 'hyoka-key/1', n: 131_072, r: 8, p: 1 });
  });

  test('key.wrong for another passphrase or a changed box', async () => {
    const box = Buffer.from(String(parts.box), 'base64');
    box[5] = (box[5] ?? 0) ^ 1;
    await expect(openSealedKey(sealed, 'がっこう ABC 124')).rejects.toMatchObject({ problem: { code: 'key.wrong' } });
    await expect(openSealedKey(changed({ box: box.toString('base64') }), 'がっこう ABC 123')).rejects.toMatchObject({
      problem: { code: 'key.wrong' },
    });
    await expect(openSealedKey(changed({ p: 2 }), 'がっこう ABC 123')).rejects.toMatchObject({
      problem: { code: 'key.wrong' },
    });
  });

  test.each<[string, string]>([
    ['n below the floor', changed({ n: 2 ** 16 })],
    ['n of one', changed({ n: 1 })],
    ['n absurdly high', changed({ n: 2 ** 40 })],
    ['n no power of two', changed({ n: 2 ** 17 + 1 })],
    ['r below the floor', changed({ r: 1 })],
    ['r absurdly high', changed({ r: 2 ** 20 })],
    ['p of nothing', changed({ p: 0 })],
    ['p absurdly high', changed({ p: 2 ** 20 })],
    ['n as a fraction', sealed.replace('131072', '131072.0')],
    ['n twice', sealed.replace('{', '{"n":131072,')],
    ['a newer format', changed({ format: 'hyoka-key/2' })],
    ['another member', changed({ alg: 'none' })],
    ['a short salt', changed({ salt: 'AAAA' })],
    ['a short nonce', changed({ nonce: 'AAAA' })],
    ['an empty box', changed({ box: '' })],
    ['a box of only its tag', changed({ box: Buffer.alloc(16).toString('base64') })],
    ['unpadded base64', changed({ salt: String(parts.salt).replace(/=+$/, '') })],
    ['cut off', sealed.slice(0, -10)],
    ['nothing', ''],
    ['a long text', `${sealed}${' '.repeat(5_000)}`],
  ])('T24 refused before any work: %s', async (_, text) => {
    await expect(openSealedKey(text, 'がっこう ABC 123')).rejects.toMatchObject({ problem: { code: 'key.damaged' } });
  });

  test('an empty passphrase seals nothing', async () => {
    await expect(sealKey(privateKey, '')).rejects.toThrow(TypeError);
  });
});

test('identifiers and tokens have their shape and do not repeat', () => {
  expect(randomId()).toMatch(/^[0-9a-f]{20}$/);
  expect(randomId(4)).toMatch(/^[0-9a-f]{8}$/);
  expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(Array.from({ length: 1_000 }, () => randomId())).size).toBe(1_000);
});
