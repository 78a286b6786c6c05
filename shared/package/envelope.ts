// The outside of a package as data: the four kinds, their payload types, and the shape of a DSSE envelope.
// Nothing here says that a package is genuine; opening and checking one is the work of electron/core/exchange.
import { z } from 'zod';

/** The kinds of package with the word that a person reads for each. */
export const KINDS = { distribution: '配布', submission: '提出', return: '返却', receipt: '受領書' } as const;

export type Kind = keyof typeof KINDS;

const VERSION = 1;

/** The DSSE payloadType of a kind. Each kind has its own, and it is signed: a return cannot be fed as a submission. */
export function payloadTypeOf(kind: Kind): string {
  return `application/vnd.hyoka.${kind}.v${VERSION}+json`;
}

/** The kind behind a payloadType; 'newer' if a later version of this program made it; undefined if it is not ours. */
export function kindOfPayloadType(type: string): Kind | 'newer' | undefined {
  const [, kind, version] = /^application\/vnd\.hyoka\.([a-z-]{1,40})\.v([1-9][0-9]{0,5})\+json$/.exec(type) ?? [];
  if (kind === undefined || version === undefined) return undefined;
  if (Number(version) > VERSION) return 'newer';
  return isKind(kind) ? kind : undefined;
}

/** Whether a word names a kind (own names only: 'constructor' is none). */
export function isKind(word: unknown): word is Kind {
  return typeof word === 'string' && Object.hasOwn(KINDS, word);
}

/** A DSSE envelope (github.com/secure-systems-lab/dsse, v1) with exactly one signature and nothing besides. */
export const envelopeSchema = z.strictObject({
  payload: z.string(),
  payloadType: z.string(),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.string() })]),
});

export type Envelope = z.output<typeof envelopeSchema>;
