// What befell a file on its way, in plain words: a file that cannot be opened as a package is looked at once more, to tell
// cut off, re-encoded, sanitised, wrapped up and simply the wrong file apart. Nothing is repaired: a package that was
// changed is asked for anew.
import { JsonFault, parseStrict } from '../../../shared/kernel/json.ts';
import { makeProblem, type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import { APPLICATION_ID } from '../store/database.ts';
import { readPackage } from './authorise.ts';
import { openEnvelope } from './envelope.ts';

const FAMILY = 'application/vnd.hyoka.';
/** How every package begins (P2). */
export const OPENING = '{"payload":"';

/** As readPackage; what it raises tells what befell the file. `name`: the file's, which may give it away. */
export function readArrived(name: string, bytes: Buffer): ReturnType<typeof readPackage> {
  try {
    return readPackage(bytes);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(explain(name, bytes, error.problem));
  }
}

/** A plainer problem than the one with which opening ended, where the bytes tell more; otherwise that one. */
export function explain(name: string, bytes: Buffer, problem: Problem): Problem {
  const is = (...codes: string[]) => codes.includes(problem.code);
  if (is('package.truncated')) return bytes.length === 0 ? makeProblem('package.emptied', {}) : problem;
  if (!is('package.foreign', 'package.malformed', 'package.reencoded', 'package.tampered')) return problem;
  const text = bytes.toString('utf8');
  const stripped = is('package.reencoded') ? undefined : strippedIn(text);
  if (stripped || is('package.tampered')) return stripped ?? problem;
  // Zeros at the beginning: no text, although a package may lie somewhere within.
  const around = bytes.subarray(0, 512).includes(0) ? undefined : wordsAround(text);
  if (around || is('package.reencoded')) return around ?? problem;
  const respelled = encodedIn(text);
  if (respelled || is('package.malformed')) return respelled ?? problem;
  return otherIn(bytes, text) ?? shapeOf(name, bytes) ?? problem;
}

// --- Ours, with something done to it ---------------------------------------------------------------------------------

const PARTS: [name: string, words: string, isEmpty: (value: unknown) => boolean][] = [
  ['payload', '中身', (value) => value === ''],
  ['payloadType', '種類', (value) => value === ''],
  ['signatures', '署名', (value) => Array.isArray(value) && (value.length === 0 || value.every(isBlankSignature))],
];

const isBlankSignature = (value: unknown): boolean =>
  value === null || (isRecord(value) && [value.sig, value.keyid].some((part) => part === undefined || part === ''));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Some members of an envelope are there, others are gone or blank. */
function strippedIn(text: string): Problem | undefined {
  const value = jsonIn(text);
  if (!isRecord(value)) return undefined;
  const lacking = PARTS.filter(([name, , isEmpty]) => value[name] === undefined || isEmpty(value[name]));
  const isOurs = typeof value.payloadType === 'string' ? value.payloadType.startsWith(FAMILY) : lacking.length < 2;
  if (!isOurs || lacking.length === 0 || lacking.length === PARTS.length) return undefined;
  return makeProblem('package.stripped', { parts: lacking.map(([, words]) => words) });
}

/** A whole package with something before or behind it, as mail programs and gateways add. */
function wordsAround(text: string): Problem | undefined {
  const start = text.indexOf(OPENING);
  if (start < 0) return undefined;
  const end = text.slice(start).search(/[\r\n]|\}[^\]},"]|\}$/);
  const line = text.slice(start, end < 0 ? undefined : start + end).replace(/\}?$/, '}');
  if (!opens(`${line}\n`)) return undefined;
  const isMore = text.replace(line, '').trim() !== '';
  return isMore ? makeProblem('package.reencoded', { how: '前か後ろに文字が加わっている' }) : undefined;
}

function opens(text: string): boolean {
  try {
    openEnvelope(Buffer.from(text));
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** Ways of writing characters that gateways and mail programs are fond of, with the way back. */
const SPELLINGS: [how: string, back: (text: string) => string][] = [
  ['引用符が別の文字に変えられている', (text) => text.replace(/[\u201c\u201d\u201e\u301d\u301f\uff02]/g, '"')],
  ['全角の文字に変えられている', (text) => text.normalize('NFKC')],
  ['HTML の書き方に変えられている', (text) => text.replace(/&(quot|#34|#x22);/gi, '"').replace(/^<[^{]*>/, '')],
  ['文字の列として囲まれている', (text) => String(jsonIn(text) ?? '')],
  ['文字の並び（base64）に変えられている', fromWrappedBase64],
  ['16進の文字に変えられている', (text) => (/^[\da-f\s]+$/i.test(text) ? fromHex(text) : '')],
];

const SAMPLE = 4_000;

const fromHex = (text: string): string => Buffer.from(text.replace(/\s/g, '').slice(0, SAMPLE), 'hex').toString('utf8');

// Behind the headings of a mail message, or by itself; armoured or not.
function fromWrappedBase64(text: string): string {
  const blocks = text.replace(/^-----[^\n]*$/gm, '').split(/\r?\n\s*\r?\n/);
  const block = blocks.find((part) => /^[A-Za-z0-9+/=\s_-]{40,}$/.test(part.trim())) ?? '';
  return Buffer.from(block.replace(/\s/g, '').slice(0, SAMPLE), 'base64').toString('utf8');
}

function encodedIn(text: string): Problem | undefined {
  // Quoted-printable leaves the beginning as it was.
  if (text.trimStart().startsWith(OPENING)) {
    const plain = `${text
      .replace(/=\r?\n/g, '')
      .replace(/=3D/gi, '=')
      .trim()}\n`;
    return plain !== `${text.trim()}\n` && opens(plain)
      ? makeProblem('package.reencoded', { how: 'メールの書き方（quoted-printable）に変えられている' })
      : undefined;
  }
  const found = SPELLINGS.find(([, back]) => back(text).trimStart().startsWith(OPENING));
  return found && makeProblem('package.reencoded', { how: found[0] });
}

// --- Ours, and no package --------------------------------------------------------------------------------------------

const FORMATS = [
  [/^hyoka-form\//, 'form'],
  [/^hyoka-export\//, 'export'],
  [/^hyoka-(key|recovery)\//, 'key'],
] as const;

function otherIn(bytes: Buffer, text: string): Problem | undefined {
  if (bytes.toString('latin1', 0, 16) === 'SQLite format 3\0') {
    const isOurs = bytes.length >= 72 && bytes.readUInt32BE(68) === APPLICATION_ID;
    if (isOurs) return makeProblem('package.other', { what: 'workspace' });
  }
  const isLink =
    bytes.toString('hex', 0, 8) === '4c00000001140200' || /^\s*\[(InternetShortcut|Desktop Entry)\]/i.test(text);
  if (isLink) return makeProblem('package.shortcut', {});
  const value = text.length < 5_000_000 ? jsonIn(text.replace(/^\ufeff/, '')) : undefined;
  const format = isRecord(value) ? String(value.format ?? '') : '';
  const known = FORMATS.find(([pattern]) => pattern.test(format));
  return known && makeProblem('package.other', { what: known[1] });
}

// --- Files of other kinds --------------------------------------------------------------------------------------------

const begins =
  (...magics: string[]) =>
  (head: string) =>
    magics.some((magic) => head.startsWith(magic));
const inZip = (folder: string) => (head: string, bytes: Buffer) => head.startsWith('PK') && bytes.includes(folder);

const SHAPES: [what: string, is: (head: string, bytes: Buffer) => boolean][] = [
  ['PDF', begins('%PDF-')],
  ['Excel', inZip('xl/')],
  ['Word', inZip('word/')],
  ['ZIP', begins('PK\x03\x04', 'PK\x05\x06')],
  ['圧縮ファイル', begins('\x1f\x8b', '7z\xbc\xaf', 'Rar!', 'MSCF')],
  ['画像', begins('\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\0', 'MM\0*')],
  ['古い Office の文書', begins('\xd0\xcf\x11\xe0')],
  ['リッチテキスト', begins('{\\rtf')],
  ['HTML', (head) => /^\W{0,9}<(!doctype html|html|head|body|pre)/i.test(head)],
  ['XML', (head) => /^\W{0,9}<\?xml/.test(head)],
];

/** Names that this program gives to packages, whatever was hung on behind. */
const OWN_NAME = /\.hyoka\b|[DSRA]\d{4}-\d{4}-\d{4}-[0-9a-f]{8}/i;

function shapeOf(name: string, bytes: Buffer): Problem | undefined {
  const head = bytes.toString('latin1', 0, 512);
  const what = SHAPES.find(([, is]) => is(head, bytes))?.[0];
  const holdsPackage = bytes.includes('.hyoka.json') || bytes.includes('vnd.hyoka.');
  if ((what === 'ZIP' || what === '圧縮ファイル') && (holdsPackage || OWN_NAME.test(name))) {
    return makeProblem('package.wrapped', { what });
  }
  if (!OWN_NAME.test(name) && !holdsPackage) return undefined;
  return makeProblem('package.sanitised', { what: what ?? '別の内容' });
}

function jsonIn(text: string): unknown {
  try {
    return parseStrict(text);
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}
