// Seals: who can open one, what is told to everybody else, and what a seal does not hide or change.
import { Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newKeyPair } from '../../electron/core/exchange/crypto.ts';
import { PACKAGE_LIMIT } from '../../electron/core/exchange/envelope.ts';
import {
  identityOf,
  isSealed,
  type Openers,
  recipientOf,
  SEALED_LIMIT,
  seal,
  unseal,
} from '../../electron/core/exchange/secrecy.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';

const own = newKeyPair();
const other = newKeyPair();
const withKey = (...keys: Openers['keys']): Openers => ({ keys, isLocked: false, passphrase: undefined });
const withPhrase = (passphrase: string | undefined): Openers => ({ keys: [own], isLocked: false, passphrase });
const content = Buffer.from('{"payload":"提出する中身"}\n'.repeat(40));

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return 'opened';
}
const damaged = (change: (bytes: Buffer) => Buffer, sealed: Buffer, openers = withKey(own)) =>
  codeOf(unseal(change(Buffer.from(sealed)), openers));
const flip = (at: number) => (bytes: Buffer) => {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

let sealed: Buffer;
let phrased: Buffer;
beforeAll(async () => {
  sealed = await seal(content, { recipients: [recipientOf(own.privateKey)] });
  phrased = await seal(content, { passphrase: 'ながい合い言葉です' });
});

describe('keys', () => {
  test('P35 the seal’s key follows from the signing key alone, in the spelling that age’s own tool takes', () => {
    // Ed25519 seed 00…1f, HKDF-SHA256 without salt, info hyoka-seal/1: computed with Python's cryptography and bech32.
    const seed = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    const privateKey = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]).toString('base64');
    expect(identityOf(privateKey)).toBe('AGE-SECRET-KEY-1K487V33HAMWDX5V8EJ00UYNXU5MPQTXNX3HHT7AMRC8CVADSFNDQYU950Q');
    expect(recipientOf(privateKey)).toBe('age1g55yc5ry6l2v92exya32a0p0lkumtpmca873h58kx0cec9c6uu9s9h86ck');
    expect(recipientOf(own.privateKey)).toMatch(/^age1[02-9ac-hj-np-z]{58}$/);
    expect(recipientOf(own.privateKey)).toBe(recipientOf(own.privateKey));
    expect(recipientOf(own.privateKey)).not.toBe(recipientOf(other.privateKey));
  });

  test('any bytes come back to each recipient, and to nobody else (T25)', async () => {
    const pairs = [own, other];
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 70_000 }),
        fc.subarray(pairs, { minLength: 1 }),
        async (bytes, whom) => {
          const file = await seal(bytes, { recipients: whom.map((pair) => recipientOf(pair.privateKey)) });
          for (const pair of pairs) {
            const opened = unseal(file, withKey(pair));
            if (whom.includes(pair)) expect((await opened).equals(bytes)).toBe(true);
            else expect(await codeOf(opened)).toBe('package.sealed');
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a former key still opens; a locked one asks for its passphrase; no key at all says whose it is not', async () => {
    expect((await unseal(sealed, withKey(other, own))).equals(content)).toBe(true);
    expect(await codeOf(unseal(sealed, { ...withKey(), isLocked: true }))).toBe('key.locked');
    expect(await codeOf(unseal(sealed, withKey()))).toBe('package.sealed');
  });

  test('P34 nothing of the content or of the sender can be read in the file (T25)', () => {
    const text = sealed.toString('latin1');
    for (const word of ['payload', '提出', own.publicKey, recipientOf(own.privateKey)]) {
      expect(text).not.toContain(Buffer.from(word).toString('latin1'));
    }
  });
});

describe('passphrases', () => {
  test('open in every spelling that an input method gives them', async () => {
    const file = await seal(content, { passphrase: 'ガード12345AB' });
    expect((await unseal(file, withPhrase('ｶﾞｰﾄﾞ１２３４５ＡＢ'))).equals(content)).toBe(true);
  });

  test('are stretched as age says: its own implementation opens them, and ours opens its', async () => {
    const phrase = 'ながい合い言葉です';
    const reader = new Decrypter();
    reader.addPassphrase(phrase);
    expect(Buffer.from(await reader.decrypt(phrased)).equals(content)).toBe(true);
    const writer = new Encrypter();
    writer.setPassphrase(phrase);
    writer.setScryptWorkFactor(12);
    expect((await unseal(Buffer.from(await writer.encrypt(content)), withPhrase(phrase))).equals(content)).toBe(true);
  });

  test('nobody asked yet, a wrong one, and one given up on', async () => {
    expect(await codeOf(unseal(phrased, withPhrase(undefined)))).toBe('seal.locked');
    expect(await codeOf(unseal(phrased, withPhrase('ちがう合い言葉です')))).toBe('seal.wrong');
    expect(await codeOf(unseal(phrased, withPhrase('')))).toBe('seal.wrong');
    expect(await codeOf(unseal(phrased, withPhrase('ながい合い言葉です')))).toBe('opened');
  });

  test('a work factor that would take this machine’s memory is refused', async () => {
    const heavy = (bytes: Buffer) =>
      Buffer.from(bytes.toString('latin1').replace(/(-> scrypt \S+) 17\n/, '$1 30\n'), 'latin1');
    expect(await damaged(heavy, phrased, withPhrase('ながい合い言葉です'))).toBe('package.malformed');
  });
});

describe('damage on the way', () => {
  test('every shorter file is cut off, never forged (F21)', async () => {
    const codes = new Set<string>();
    for (let length = 1; length < sealed.length; length += 7) {
      codes.add(await damaged((bytes) => bytes.subarray(0, length), sealed));
    }
    expect([...codes]).toEqual(['package.truncated']);
    const preallocated = (bytes: Buffer) => bytes.fill(0, bytes.length - 200);
    expect(await damaged(preallocated, sealed)).toBe('package.truncated');
  });

  test('every changed byte of the content is an alteration; of the header, a seal that does not open', async () => {
    const body = sealed.indexOf('\n--- ');
    const codes = new Set<string>();
    for (let at = body + 60; at < sealed.length; at += 11) codes.add(await damaged(flip(at), sealed));
    expect([...codes]).toEqual(['seal.broken']);
    for (let at = 0; at < body; at += 3) {
      const opened = await unseal(flip(at)(Buffer.from(sealed)), withKey(own)).catch(() => sealed);
      expect(opened.equals(content), `byte ${at}`).toBe(false);
    }
    expect(await damaged((bytes) => Buffer.concat([bytes, Buffer.from('x')]), sealed)).toBe('seal.broken');
  });

  test('line ends, character sets and newer programs are told for what they are', async () => {
    const text = (change: (text: string) => string) => (bytes: Buffer) =>
      Buffer.from(change(bytes.toString('latin1')), 'latin1');
    expect(
      await damaged(
        text((t) => t.replaceAll('\n', '\r\n')),
        sealed,
      ),
    ).toBe('package.reencoded');
    expect(await damaged((bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes]), sealed)).toBe('package.reencoded');
    expect(await damaged((bytes) => Buffer.from(bytes.toString('latin1'), 'utf16le'), sealed)).toBe(
      'package.reencoded',
    );
    expect(
      await damaged(
        text((t) => t.replace('org/v1\n', 'org/v2\n')),
        sealed,
      ),
    ).toBe('package.newer');
    expect(
      await damaged(
        text((t) => t.replace('org/v1\n', `org/v1\n${'-> x y\n\n'.repeat(30_000)}`)),
        sealed,
      ),
    ).toBe('package.malformed');
  });

  test('what is no seal comes back as it is', async () => {
    for (const plain of [content, Buffer.alloc(0), Buffer.from('表計算の控え')]) {
      expect(isSealed(plain)).toBe(false);
      expect(await unseal(plain, withKey())).toBe(plain);
    }
  });

  test('P4 the cap holds before the seal is opened (T27), and the largest package fits under it', async () => {
    const large = await seal(Buffer.alloc(PACKAGE_LIMIT, 'x'), { recipients: [recipientOf(own.privateKey)] });
    expect(large.length).toBeLessThanOrEqual(SEALED_LIMIT);
    expect((await unseal(large, withKey(own))).length).toBe(PACKAGE_LIMIT);
    const huge = Buffer.concat([sealed, Buffer.alloc(SEALED_LIMIT)]);
    expect(await codeOf(unseal(huge, withKey(own)))).toBe('package.oversized');
  });
});
