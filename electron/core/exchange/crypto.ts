// The only file that imports node:crypto: hashes, Ed25519, key prints, sealed private keys, randomness.
// Promise: what counts as a key or a signature is decided here and not by the runtime, of which versions differ.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  verify as runtimeVerify,
  scrypt,
  sign as signBytes,
} from 'node:crypto';
import { z } from 'zod';
import { canonical, parseStrict } from '../../../shared/kernel/json.ts';
import { fail } from '../../../shared/kernel/problem.ts';

/** publicKey: base64 of the 32 raw bytes. privateKey: base64 of PKCS8 DER. Both Ed25519 (RFC 8032, RFC 8410). */
export type KeyPair = { publicKey: string; privateKey: string };

/** SHA-256 in lower-case hexadecimal; a string is hashed as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The bytes of standard, padded base64; undefined for every other spelling, so that one value has one name. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

// --- Ed25519 ---------------------------------------------------------------------------------------------------------

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const Y8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
// The y of every point whose order divides 8: orders 4, 1, 2 and 8. Either sign of x.
const LOW_ORDER: readonly bigint[] = [0n, 1n, P - 1n, Y8, P - Y8];

const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

const littleEndian = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

// A point written the one proper way (y below p) and not of low order.
function isSoundPoint(bytes: Uint8Array): boolean {
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  return y < P && !LOW_ORDER.includes(y);
}

/** A fresh Ed25519 key pair from the system's randomness. */
export function newKeyPair(): KeyPair {
  const pair = generateKeyPairSync('ed25519');
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_HEAD.length).toString('base64'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}

/** The Ed25519 signature (64 bytes) over `bytes`. Throws TypeError if the private key is of another kind. */
export function sign(privateKey: string, bytes: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 private key');
  return signBytes(null, bytes, key);
}

/** Whether this is padded base64 of 32 bytes that are a canonical point, not of low order. To be asked at enrolment. */
export function isSoundPublicKey(base64: string): boolean {
  const bytes = fromBase64(base64);
  return bytes?.length === 32 && isSoundPoint(bytes);
}

/**
 * Whether `sig` is the signature of `bytes` under the base64 `publicKey`. Never throws. Refuses, before the runtime is
 * asked, low-order and non-canonical keys and R, and S >= L (see "Taming the many EdDSAs", 2020, on why runtimes differ).
 */
export function verify(publicKey: string, bytes: Uint8Array, sig: Uint8Array): boolean {
  if (!isSoundPublicKey(publicKey) || sig.length !== 64) return false;
  if (!isSoundPoint(sig.subarray(0, 32)) || littleEndian(sig.subarray(32)) >= L) return false;
  try {
    const spki = Buffer.concat([SPKI_HEAD, Buffer.from(publicKey, 'base64')]);
    return runtimeVerify(null, bytes, createPublicKey({ key: spki, format: 'der', type: 'spki' }), sig);
  } catch {
    return false;
  }
}

/**
 * The print of a public key that two people read to each other: 30 decimal digits (nearly 100 bits).
 * SHA-256 of "hyoka-print/1", NUL and the key bytes, as a number modulo 10^30. Throws TypeError for an unsound key.
 */
export function printOf(publicKey: string): string {
  if (!isSoundPublicKey(publicKey)) throw new TypeError('not a sound Ed25519 public key');
  const hash = sha256(Buffer.concat([Buffer.from('hyoka-print/1\0'), Buffer.from(publicKey, 'base64')]));
  return (BigInt(`0x${hash}`) % 10n ** 30n).toString().padStart(30, '0');
}

/** A print in six groups of five digits, as it is shown and read aloud. */
export function spacedPrint(print: string): string {
  return print.match(/.{1,5}/g)?.join(' ') ?? '';
}

// --- The key behind a seal -------------------------------------------------------------------------------------------

const SEED_BYTES = 32;
const X25519_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');

/**
 * The X25519 pair that follows from an Ed25519 private key, 32 raw bytes each: HKDF-SHA256 over its seed, without salt,
 * info "hyoka-seal/1". Whoever gets the signing key back can therefore open what was sealed for it.
 */
export function sealPairOf(privateKey: string): { secret: Buffer; shared: Buffer } {
  const seed = Buffer.from(privateKey, 'base64').subarray(-SEED_BYTES);
  const secret = Buffer.from(hkdfSync('sha256', seed, '', 'hyoka-seal/1', SEED_BYTES));
  const key = createPrivateKey({ key: Buffer.concat([X25519_HEAD, secret]), format: 'der', type: 'pkcs8' });
  return { secret, shared: createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-SEED_BYTES) };
}

/**
 * scrypt with r=8 on another thread, because it takes half a second and more: 32 bytes. `n`: a power of two; it takes
 * 1 KiB of memory each.
 */
export function stretch(passphrase: string, salt: Uint8Array, n: number, p = 1): Promise<Buffer> {
  const cost = { N: n, r: 8, p, maxmem: 128 * 8 * (n + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, SEED_BYTES, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

// --- Private keys at rest --------------------------------------------------------------------------------------------

// Below the floor a passphrase can be guessed; above the ceiling (1 GB of memory) opening is an attack on this machine.
const sealedSchema = z.strictObject({
  format: z.literal('hyoka-key/1'),
  n: z.literal([2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20]),
  r: z.literal(8),
  p: z.int().min(1).max(4),
  salt: z.string(),
  nonce: z.string(),
  box: z.string(),
});

type Header = Pick<z.output<typeof sealedSchema>, 'format' | 'n' | 'r' | 'p' | 'salt'>;

// Input methods write one phrase in several ways (full-width letters, composed kana); NFKC makes them one.
const stretched = (passphrase: string, { n, p, salt }: Header): Promise<Buffer> =>
  stretch(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), n, p);

/**
 * A private key under a passphrase: one line of JSON with version and parameters in the open (scrypt N=2^17 r=8 p=1),
 * the key in AES-256-GCM, the header bound to it. Throws TypeError for an empty passphrase.
 */
export async function sealKey(privateKey: string, passphrase: string): Promise<string> {
  if (passphrase === '') throw new TypeError('empty passphrase');
  const header: Header = { format: 'hyoka-key/1', n: 2 ** 17, r: 8, p: 1, salt: randomBytes(32).toString('base64') };
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await stretched(passphrase, header), nonce);
  cipher.setAAD(Buffer.from(canonical(header)));
  const box = Buffer.concat([cipher.update(privateKey, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return canonical({ ...header, nonce: nonce.toString('base64'), box: box.toString('base64') });
}

/**
 * The private key out of what sealKey wrote. Problems: key.wrong for another passphrase (or a changed box, which looks
 * the same); key.damaged for anything that sealKey does not write, weak or absurd scrypt parameters among them.
 */
export async function openSealedKey(sealed: string, passphrase: string): Promise<string> {
  const { nonce, box, ...header } = readSealed(sealed);
  const bytes = Buffer.from(box, 'base64');
  const key = await stretched(passphrase, header);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(canonical(header)));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
  } catch {
    return fail('key.wrong', {});
  }
}

function readSealed(sealed: string): z.output<typeof sealedSchema> {
  const refuse = () => fail('key.damaged', {});
  if (sealed.length > 4096) return refuse();
  let value: unknown;
  try {
    value = parseStrict(sealed);
  } catch {
    return refuse();
  }
  const { success, data } = sealedSchema.safeParse(value);
  if (!success) return refuse();
  const lengths = [data.salt, data.nonce, data.box].map((text) => fromBase64(text)?.length ?? 0);
  if (lengths[0] !== 32 || lengths[1] !== 12 || (lengths[2] ?? 0) < 17) return refuse();
  return data;
}

/** A text under a passphrase: salt, nonce and box in base64; `n` is scrypt's, with r=8 and p=1. */
export type Boxed = { n: number; salt: string; nonce: string; box: string };

/** Puts a text under a passphrase (scrypt N=2^17, AES-256-GCM); `about` stands beside it in the open and is bound to it. */
export async function boxText(text: string, passphrase: string, about: Record<string, unknown>): Promise<Boxed> {
  const [n, salt, nonce] = [2 ** 17, randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase.normalize('NFKC'), salt, n), nonce);
  cipher.setAAD(Buffer.from(canonical(about)));
  const box = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { n, salt: salt.toString('base64'), nonce: nonce.toString('base64'), box: box.toString('base64') };
}

/** The text again; undefined for another passphrase, another `about`, or a changed box. */
export async function unboxText(
  { n, salt, nonce, box }: Boxed,
  passphrase: string,
  about: Record<string, unknown>,
): Promise<string | undefined> {
  const key = await stretch(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), n);
  const bytes = Buffer.from(box, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(canonical(about)));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

// --- Randomness ------------------------------------------------------------------------------------------------------

/** So many fresh random bytes. */
export const freshBytes = (count: number): Buffer => randomBytes(count);

/** A fresh identifier: hexadecimal, two digits for each random byte. */
export function randomId(bytes = 10): string {
  return randomBytes(bytes).toString('hex');
}

/** A fresh secret of 32 random bytes in base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}
