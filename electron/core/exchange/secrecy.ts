// The only file that imports age: packages sealed, so that only those whom they are for can read them.
// Promise: what is sealed is the finished, signed file; a seal that cannot be opened is told by the plainest true reason.
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { base64nopad, bech32 } from '@scure/base';
import {
  Decrypter,
  Encrypter,
  generateX25519Identity,
  type Identity,
  identityToRecipient,
  type Recipient,
  Stanza,
} from 'age-encryption';
import { fail, ProblemError } from '../../../shared/kernel/problem.ts';
import { freshBytes, type KeyPair, sealPairOf, stretch } from './crypto.ts';
import { PACKAGE_LIMIT } from './envelope.ts';

/** Whom a seal is for: age recipients, or whoever knows the passphrase. */
export type SealFor = { recipients: readonly string[] } | { passphrase: string };

/** With what a seal may be opened. */
export type Openers = {
  keys: readonly KeyPair[];
  /** age identities besides: that of a recovery file. */
  identities?: readonly string[];
  /** A key of this workspace is still under its passphrase. */
  isLocked: boolean;
  /** undefined: nobody has been asked. */
  passphrase: string | undefined;
};

const HEADER_LIMIT = 128 * 1024;
/** age works in pieces of 64 KiB, each 16 bytes longer when it is encrypted. */
const PIECE = 64 * 1024;
const TAG = 16;
const NONCE = 16;
const encryptedLength = (plain: number) => plain + TAG * Math.max(1, Math.ceil(plain / PIECE));

/** The largest sealed file in bytes: a package of the largest size with its seal. */
export const SEALED_LIMIT = HEADER_LIMIT + NONCE + encryptedLength(PACKAGE_LIMIT);

const INTRO = 'age-encryption.org/v';
/** Says in the (authenticated) header how long the content is, so that a file cut off is known as such. */
const LENGTH = 'hyoka-length';
/** scrypt with N=2^17, as for the private key at rest; above 2^20 (1 GB of memory) opening is an attack on this machine. */
const WORK_FACTOR = 17;
const WORK_LIMIT = 20;

// Input methods write one phrase in several ways (full-width letters, composed kana); NFKC makes them one.
const phraseOf = (passphrase: string): string => passphrase.normalize('NFKC');

/** A fresh age identity (AGE-SECRET-KEY-1…), for a recovery file, and the recipient under which things are sealed for it. */
export async function newSeal(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The age recipient (age1…) under which packages for the owner of this private key are sealed. */
export const recipientOf = (privateKey: string): string => bech32.encodeFromBytes('age', sealPairOf(privateKey).shared);

/** The age identity (AGE-SECRET-KEY-1…) that opens them; age's own tool takes it too. */
export const identityOf = (privateKey: string): string =>
  bech32.encodeFromBytes('AGE-SECRET-KEY-', sealPairOf(privateKey).secret).toUpperCase();

// age's scrypt recipient (C2SP age, "the scrypt recipient type"). The library's own works on the one thread that answers
// the window, for seconds; here the system stretches the passphrase beside it.
const wrapKey = (passphrase: string, salt: Uint8Array, workFactor: number) =>
  stretch(phraseOf(passphrase), Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt]), 2 ** workFactor);
const wrapping = (key: Uint8Array) => chacha20poly1305(key, new Uint8Array(12));

const phraseRecipient = (passphrase: string): Recipient => ({
  async wrapFileKey(fileKey) {
    const salt = freshBytes(16);
    const key = await wrapKey(passphrase, salt, WORK_FACTOR);
    return [new Stanza(['scrypt', base64nopad.encode(salt), String(WORK_FACTOR)], wrapping(key).encrypt(fileKey))];
  },
});

const phraseIdentity = (passphrase: string): Identity => ({
  async unwrapFileKey(stanzas) {
    const [stanza] = stanzas;
    const [kind, salt, factor] = stanza?.args ?? [];
    const isProper = stanzas.length === 1 && kind === 'scrypt' && stanza?.body.length === 32;
    if (!isProper || !salt || !/^[1-9]\d?$/.test(factor ?? '') || Number(factor) > WORK_LIMIT) {
      return fail('package.malformed', { reason: '封の書き方が違う' });
    }
    const key = await wrapKey(passphrase, base64nopad.decode(salt), Number(factor));
    try {
      return wrapping(key).decrypt(stanza.body);
    } catch {
      return null;
    }
  },
});

/** The file of a sealed package: age over exactly these bytes. */
export async function seal(bytes: Uint8Array, whom: SealFor): Promise<Buffer> {
  const encrypter = new Encrypter();
  if ('passphrase' in whom) {
    encrypter.addRecipient(phraseRecipient(whom.passphrase));
  } else {
    for (const recipient of new Set(whom.recipients)) encrypter.addRecipient(recipient);
    // Beside a passphrase age allows nothing else in the header.
    encrypter.addRecipient({ wrapFileKey: () => [new Stanza([LENGTH, String(bytes.length)], new Uint8Array(0))] });
  }
  return Buffer.from(await encrypter.encrypt(bytes));
}

/** Whether a file is, as far as its first bytes tell, a sealed one (or what is left of one). */
export function isSealed(bytes: Buffer): boolean {
  const start = startOf(bytes);
  return start.length > 0 && (start.startsWith(INTRO) || INTRO.startsWith(start));
}

// Without the marks and zeros that a change of the character set brings.
const startOf = (bytes: Buffer): string => bytes.toString('latin1', 0, 80).replace(/[\0\xef\xbb\xbf\xfe\xff]/g, '');

/**
 * The package inside a sealed file; any other file comes back as it is. Problems: package.sealed (for somebody else),
 * seal.locked and seal.wrong (a passphrase is needed, or another one), key.locked, package.truncated, seal.broken
 * (altered), package.reencoded, package.newer, package.malformed, package.oversized.
 */
export async function unseal(bytes: Buffer, openers: Openers): Promise<Buffer> {
  if (!isSealed(bytes)) return bytes;
  if (bytes.length > SEALED_LIMIT) fail('package.oversized', {});
  const header = readHeader(bytes);
  const byPassphrase = /^-> scrypt /m.test(header);
  if (byPassphrase && openers.passphrase === undefined) fail('seal.locked', {});
  assertWhole(bytes, header);
  const decrypter = new Decrypter();
  const identities = [...openers.keys.map(({ privateKey }) => identityOf(privateKey)), ...(openers.identities ?? [])];
  if (!byPassphrase) for (const identity of identities) decrypter.addIdentity(identity);
  else if (openers.passphrase) decrypter.addIdentity(phraseIdentity(openers.passphrase));
  // Asked last: whoever comes here found nothing in the header that was meant for them.
  let isForNobodyHere = false;
  decrypter.addIdentity({
    unwrapFileKey: () => {
      isForNobodyHere = true;
      return null;
    },
  });
  try {
    return Buffer.from(await decrypter.decrypt(bytes));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (!isForNobodyHere) return fail('seal.broken', { reason: whyBroken(header) });
    if (byPassphrase) return fail('seal.wrong', {});
    return openers.isLocked ? fail('key.locked', {}) : fail('package.sealed', {});
  }
}

/** The header up to and with its last line; it names neither sender nor content. */
function readHeader(bytes: Buffer): string {
  const text = bytes.toString('latin1', 0, HEADER_LIMIT);
  if (!text.startsWith(INTRO)) {
    if (INTRO.startsWith(text)) return fail('package.truncated', {});
    return fail('package.reencoded', { how: '文字コードまたは先頭の印が変わっている' });
  }
  const version = /^(\d{1,5})(\r?\n)/.exec(text.slice(INTRO.length));
  if (!version) {
    const isCut = text.length < 80;
    return isCut ? fail('package.truncated', {}) : fail('package.malformed', { reason: '封の書き方が違う' });
  }
  if (version[2] === '\r\n') return fail('package.reencoded', { how: '改行が変わっている' });
  if (Number(version[1]) > 1) return fail('package.newer', {});
  const last = /\n--- [^\n]*\n/.exec(text);
  if (last) return text.slice(0, last.index + last[0].length);
  return bytes.length < HEADER_LIMIT
    ? fail('package.truncated', {})
    : fail('package.malformed', { reason: '封の見出しが長すぎる' });
}

const lengthIn = (header: string): number | undefined => {
  const said = new RegExp(`^-> ${LENGTH} (\\d{1,9})$`, 'm').exec(header)?.[1];
  return said === undefined ? undefined : Number(said);
};

/** Raises package.truncated for what a broken copy leaves: too few bytes, or zeros where nothing arrived. */
function assertWhole(bytes: Buffer, header: string): void {
  const said = lengthIn(header);
  const whole = header.length + NONCE + encryptedLength(said ?? 1);
  const isEmptyAtEnd = bytes.length > header.length && bytes.subarray(-64).every((byte) => byte === 0);
  if (bytes.length < whole || isEmptyAtEnd) fail('package.truncated', {});
}

// The length stands only in a header for recipients; without it, a cut in the last piece looks like any other change.
const whyBroken = (header: string): string =>
  lengthIn(header) === undefined
    ? '封をした後に、途中で切れたか、中身が変わっている'
    : '封をした後に、中身が変わっている';
