// Sealing and opening of signed packages: DSSE v1, one JSON line, one Ed25519 signature.
// Promise: one package has one spelling, so any changed byte is refused, with the plainest true reason; whether the
// key is anyone we know is not asked here (the registry of signers decides that).
import { canonical, JsonFault, parseStrict } from '../../../shared/kernel/json.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import {
  type Envelope,
  envelopeSchema,
  isKind,
  KINDS,
  type Kind,
  kindOfPayloadType,
  payloadTypeOf,
} from '../../../shared/package/envelope.ts';
import { fromBase64, type KeyPair, sha256, sign, verify } from './crypto.ts';

/** What a package holds once its signature has held: under which key, not whether that key is trusted. */
export type Opened = { kind: Kind; payload: unknown; payloadHash: string; publicKey: string };

/** The largest package in bytes. */
export const PACKAGE_LIMIT = 20 * 1024 * 1024;

const FAMILY = 'application/vnd.hyoka.';
const OPENING = '{"payload":"';

/** DSSE's pre-authentication encoding, the bytes that are signed: "DSSEv1 LEN(type) type LEN(body) body". */
export function pae(type: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);
}

/**
 * The finished file of a package. `payload` must name its `kind` and, as `sender.publicKey`, the signing key.
 * Problems: package.oversized. The result is opened again before it is returned, so a payload that no receiver could
 * take in fails here, with the problem that the receiver would have seen.
 */
export function sealEnvelope(kind: Kind, payload: unknown, key: KeyPair): Buffer {
  const body = Buffer.from(canonical(payload));
  const payloadType = payloadTypeOf(kind);
  const envelope: Envelope = {
    payload: body.toString('base64'),
    payloadType,
    signatures: [
      { keyid: key.publicKey, sig: Buffer.from(sign(key.privateKey, pae(payloadType, body))).toString('base64') },
    ],
  };
  const bytes = Buffer.from(`${canonical(envelope)}\n`);
  openEnvelope(bytes);
  return bytes;
}

/**
 * Checks a package and returns what was signed, parsed from the very bytes that were verified.
 * Problems: package.oversized, package.truncated (cut off), package.reencoded (character set, BOM, line ends or wrapping
 * changed on the way), package.foreign (no package at all), package.newer, package.malformed, package.tampered (the
 * signature does not hold, or another key signed in the sender's name), package.miskinded.
 */
export function openEnvelope(bytes: Buffer): Opened {
  if (bytes.length > PACKAGE_LIMIT) fail('package.oversized', {});
  const { envelope, kind } = readEnvelope(textOf(bytes));
  const [{ keyid, sig }] = envelope.signatures;
  const body = bytesOf(envelope.payload, '中身');
  const signature = bytesOf(sig, '署名');
  if (bytesOf(keyid, '鍵').length !== 32 || signature.length !== 64) malformed('署名または鍵の長さが違う');
  if (!verify(keyid, pae(envelope.payloadType, body), signature)) fail('package.tampered', {});
  const payload = readPayload(body);
  if (!isKind(payload.kind)) malformed('中身に種類がない');
  if (payload.kind !== kind) fail('package.miskinded', { found: KINDS[payload.kind], wanted: KINDS[kind] });
  const sender = isRecord(payload.sender) ? payload.sender.publicKey : undefined;
  if (typeof sender !== 'string') malformed('中身に送り手の鍵がない');
  if (sender !== keyid) fail('package.tampered', {});
  return { kind, payload, payloadHash: sha256(body), publicKey: keyid };
}

function malformed(reason: string): never {
  fail('package.malformed', { reason });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// --- From bytes to text: damage done on the way ----------------------------------------------------------------------

function textOf(bytes: Buffer): string {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  // A copy that is not finished may already have its full length, with zeros where nothing has arrived.
  if (encoding === 'utf-8' && bytes.includes(0)) fail(looksOurs(text) ? 'package.truncated' : 'package.foreign', {});
  if (encoding !== 'utf-8' || text.startsWith('\ufeff') || !Buffer.from(text).equals(bytes)) {
    if (!looksOurs(text)) fail('package.foreign', {});
    fail('package.reencoded', { how: encoding === 'utf-8' ? marked(text) : '文字コードが UTF-16 になっている' });
  }
  return text;
}

const marked = (text: string) =>
  text.startsWith('\ufeff') ? '先頭に印（BOM）が加わっている' : '文字コードが違う文字が混じっている';

// UTF-16 by its mark, or without one by the zero beside the first brace.
function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const head = bytes.toString('latin1', 0, 2);
  if (head === '\xff\xfe' || head === '{\0') return 'utf-16le';
  if (head === '\xfe\xff' || head === '\0{') return 'utf-16be';
  return 'utf-8';
}

// Whether a text that cannot be read was, as far as one can see, a package of ours (or the first bytes of one).
function looksOurs(text: string): boolean {
  const start = text.slice(0, 80).replace(/[\s\0]+/g, '');
  if (start.startsWith(OPENING) || OPENING.startsWith(start)) return true;
  return start.startsWith('{') && text.includes(FAMILY);
}

// --- From text to envelope -------------------------------------------------------------------------------------------

function readEnvelope(text: string): { envelope: Envelope; kind: Kind } {
  const value = readJson(text);
  const type = isRecord(value) ? value.payloadType : undefined;
  if (typeof type !== 'string' || !type.startsWith(FAMILY)) fail('package.foreign', {});
  const kind = kindOfPayloadType(type);
  if (kind === 'newer') fail('package.newer', {});
  if (kind === undefined) malformed('知らない種類のパッケージ');
  const { success, data, error } = envelopeSchema.safeParse(value);
  if (!success) malformed(`項目「${error.issues[0]?.path.join('.') || '全体'}」の形が違う`);
  const proper = canonical(data);
  if (text === proper) fail('package.truncated', {});
  if (text !== `${proper}\n`) {
    if (squeezed(text) === proper) fail('package.reencoded', { how: spacingOf(text.trimEnd(), proper) });
    malformed('項目の順または書き方が違う');
  }
  return { envelope: data, kind };
}

function readJson(text: string): unknown {
  const read = attempt(text);
  if (!(read instanceof JsonFault)) return read.value;
  if (!looksOurs(text)) fail('package.foreign', {});
  // A proper package has no white space but its last byte: what reads well without any was only wrapped.
  const again = attempt(squeezed(text));
  if (!(again instanceof JsonFault)) fail('package.reencoded', { how: '行が途中で折り返されている' });
  if (again.fault === 'unfinished') fail('package.truncated', {});
  return malformed(again.message);
}

const spacingOf = (text: string, proper: string): string =>
  text === proper ? '改行が変えられているか、加わっている' : '空白や改行が加わっている（整形されている）';

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

function attempt(text: string): { value: unknown } | JsonFault {
  try {
    return { value: parseStrict(text) };
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
}

function bytesOf(base64: string, what: string): Buffer {
  const bytes = fromBase64(base64);
  if (bytes) return bytes;
  // Four characters make three bytes: another length has lost its end.
  if (base64.length % 4 !== 0 && /^[A-Za-z0-9+/]*$/.test(base64)) fail('package.truncated', {});
  return malformed(`${what}の書き方（base64）が違う`);
}

// --- From verified bytes to payload ----------------------------------------------------------------------------------

function readPayload(body: Buffer): Record<string, unknown> {
  const text = body.toString('utf8');
  if (!Buffer.from(text).equals(body)) malformed('中身が UTF-8 ではない');
  const read = attempt(text);
  if (read instanceof JsonFault) return malformed(`中身：${read.message}`);
  return isRecord(read.value) ? read.value : malformed('中身が項目の集まりではない');
}
