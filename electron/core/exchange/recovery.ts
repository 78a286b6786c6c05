// The recovery file: what a workstation needs to go on when its key is lost, under a passphrase, in one file.
// Promise: what it is for stands in the open and is bound to the rest; damage is told apart from a wrong passphrase.
import { z } from 'zod';
import { canonical, parseStrict } from '../../../shared/kernel/json.ts';
import { fail, type ProblemCode } from '../../../shared/kernel/problem.ts';
import { printSchema, publicKeySchema, rotationSchema } from '../../../shared/package/trust.ts';
import { unitSchema } from '../../../shared/revision/revision.ts';
import { boxText, isSoundPublicKey, printOf, sha256, sign, unboxText, verify } from './crypto.ts';

const FAMILY = 'hyoka-recovery/';
/** scrypt below this can be guessed through. */
const LEAST_N = 2 ** 17;
const LIMIT = 1024 * 1024;

const aboutSchema = z.strictObject({
  role: z.enum(['office', 'department']),
  unit: unitSchema,
  /** The round that the key belongs to. */
  office: z.strictObject({ unit: unitSchema, print: printSchema }),
  year: z.int(),
  print: printSchema,
});
export type About = z.output<typeof aboutSchema>;

const fileSchema = z.strictObject({
  format: z.literal(`${FAMILY}1`),
  about: aboutSchema,
  /** Above a gigabyte of memory, opening is an attack on this machine. */
  n: z.literal([2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20]),
  salt: z.base64().length(44),
  nonce: z.base64().length(16),
  box: z.base64(),
  /** SHA-256 of the canonical JSON of all the others. */
  sum: z.string(),
});

const contentSchema = z.strictObject({
  publicKey: publicKeySchema,
  privateKey: z.string(),
  /** age identity and recipient: what was sealed for the recovery file. */
  seal: z.strictObject({ identity: z.string(), recipient: z.string() }),
  /** Own keys of before, oldest first. */
  former: z.array(z.strictObject({ publicKey: publicKeySchema, privateKey: z.string(), rotation: rotationSchema })),
});
export type Recovery = z.output<typeof contentSchema>;

/** The bytes of a recovery file. */
export async function writeRecovery(about: About, content: Recovery, passphrase: string): Promise<Buffer> {
  const format = `${FAMILY}1`;
  const boxed = await boxText(canonical(content), passphrase, { format, about });
  const file = { format, about, ...boxed };
  return Buffer.from(`${canonical({ ...file, sum: sha256(canonical(file)) })}\n`);
}

/**
 * What a recovery file holds. Raises recovery.foreign (none at all), recovery.weak (scrypt below the floor),
 * recovery.damaged, and key.wrong for another passphrase.
 */
export async function openRecovery(
  name: string,
  bytes: Buffer,
  passphrase: string,
): Promise<{ about: About; content: Recovery }> {
  const { sum, ...file } = readFile(name, bytes);
  if (sum !== sha256(canonical(file))) fail('recovery.damaged', { name });
  const { format, about, ...boxed } = file;
  const text = (await unboxText(boxed, passphrase, { format, about })) ?? fail('key.wrong', {});
  const { success, data } = contentSchema.safeParse(attempt(text));
  if (!success || !isWhole(data, about)) return fail('recovery.damaged', { name });
  return { about, content: data };
}

/** Whether the private key belongs to the public one, and both to what stands in the open. */
function isWhole({ publicKey, privateKey }: Recovery, about: About): boolean {
  const probe = Buffer.from('hyoka-recovery');
  return (
    isSoundPublicKey(publicKey) &&
    printOf(publicKey) === about.print &&
    verify(publicKey, probe, sign(privateKey, probe))
  );
}

function attempt(text: string): unknown {
  try {
    return parseStrict(text);
  } catch {
    return undefined;
  }
}

function readFile(name: string, bytes: Buffer): z.output<typeof fileSchema> {
  const refuse = (code: Extract<ProblemCode, `recovery.${'foreign' | 'damaged' | 'weak'}`>) => fail(code, { name });
  const text = bytes.length > LIMIT ? '' : bytes.toString('utf8');
  const value = attempt(text);
  // Cut off before it names its format, it still begins as only a recovery file does.
  if (!text.includes(FAMILY) && !text.startsWith('{"about":{')) return refuse('recovery.foreign');
  const n = typeof value === 'object' && value !== null && 'n' in value ? value.n : undefined;
  if (typeof n === 'number' && n < LEAST_N) return refuse('recovery.weak');
  const { success, data } = fileSchema.safeParse(value);
  return success ? data : refuse('recovery.damaged');
}
