// JSON as this program signs and reads it: one canonical spelling out (RFC 8785), one strict reading in.
// Promise: hostile text costs linear time and no stack, and no two readers can understand one text differently.
import canonicalize from 'canonicalize';

const DEEPEST = 32;
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
// Controls (Cc) save newline and tab, lone surrogates (Cs), and the marks that turn text round on the screen.
const FORBIDDEN_CHARACTER = /[[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]--[\n\t]]/v;

const FAULTS = {
  bom: '先頭に余分な印（BOM）がある',
  unfinished: '途中で終わっている',
  syntax: 'JSON として読めない',
  depth: '入れ子が深すぎる',
  duplicate: '同じ名前の項目が重なっている',
  name: '使えない名前の項目がある',
  number: '使えない書き方の数がある',
  character: '使えない文字がある',
} as const;

/** Why a text was refused; `unfinished` means that it ends inside a value, as a text that was cut off does. */
export type Fault = keyof typeof FAULTS;

/** Thrown by parseStrict: the reason, the offset where it was seen, and Japanese words for it as the message. */
export class JsonFault extends Error {
  readonly fault: Fault;
  readonly at: number;
  constructor(fault: Fault, at: number) {
    super(`${FAULTS[fault]}（${at + 1}文字目）`);
    this.name = 'JsonFault';
    this.fault = fault;
    this.at = at;
  }
}

/**
 * The one spelling of a JSON value (RFC 8785): members sorted by UTF-16 code units, no white space.
 * Throws TypeError for whatever JSON would drop or bend (undefined, NaN, infinities, lone surrogates, class instances,
 * functions, cycles) and for nesting deeper than parseStrict reads, so that nothing is signed that nobody can open.
 */
export function canonical(value: unknown): string {
  assertPlain(value, []);
  return canonicalize(value) as string;
}

function assertPlain(value: unknown, above: readonly object[]): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value === 'string' && value.isWellFormed()) return;
  if (typeof value !== 'object') throw new TypeError(`no JSON value: ${typeof value} ${String(value)}`);
  if (above.includes(value)) throw new TypeError('no JSON value: a cycle');
  if (above.length === DEEPEST) throw new TypeError(`no JSON value: nested deeper than ${DEEPEST}`);
  const here = [...above, value];
  if (Array.isArray(value)) {
    for (const item of value) assertPlain(item, here);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('no JSON value: not a plain object');
  for (const [name, member] of Object.entries(value)) {
    if (!name.isWellFormed()) throw new TypeError('no JSON value: a lone surrogate in a name');
    assertPlain(member, here);
  }
}

/**
 * The first character of `text` that parseStrict refuses inside a string, as 'U+202E'; undefined if there is none.
 * Ask it about typed text: nothing is ever repaired after it has been signed.
 */
export function forbiddenCharacter(text: string): string | undefined {
  const found = FORBIDDEN_CHARACTER.exec(text)?.[0].codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Reads JSON in which every reader sees the same: nesting up to 32, no member twice, no name that touches a prototype,
 * numbers only as safe integers without fraction, exponent or -0 (decimals travel as strings), and strings without
 * lone surrogates, controls (newline and tab may stay) or bidi controls. Throws JsonFault, and nothing else.
 */
export function parseStrict(text: string): unknown {
  scan(text);
  return parsed(text, 0);
}

type Wanted = 'value' | 'item' | 'name' | 'member' | 'colon' | 'after';

// The whole grammar in one pass with a stack of its own. 'item' and 'member' also allow the closing bracket.
function scan(text: string): void {
  if (text.startsWith('\ufeff')) throw new JsonFault('bom', 0);
  // One entry for each open bracket: the names seen so far in an object, nothing for an array.
  const open: (Set<string> | undefined)[] = [];
  let wanted: Wanted = 'value';
  let at = pastSpace(text, 0);
  for (; at < text.length; at = pastSpace(text, at)) {
    const found = text[at];
    const names = open.at(-1);
    if (wanted === 'after') {
      if (found === ',' && open.length > 0) wanted = names ? 'name' : 'value';
      else if (found === (names ? '}' : ']') && open.length > 0) open.pop();
      else throw new JsonFault('syntax', at);
      at += 1;
    } else if (wanted === 'colon') {
      if (found !== ':') throw new JsonFault('syntax', at);
      wanted = 'value';
      at += 1;
    } else if ((wanted === 'item' && found === ']') || (wanted === 'member' && found === '}')) {
      open.pop();
      wanted = 'after';
      at += 1;
    } else if (wanted === 'name' || wanted === 'member') {
      if (found !== '"' || !names) throw new JsonFault('syntax', at);
      const end = pastString(text, at);
      const name = parsed(text.slice(at, end), at) as string;
      if (FORBIDDEN_NAMES.has(name)) throw new JsonFault('name', at);
      if (names.has(name)) throw new JsonFault('duplicate', at);
      names.add(name);
      wanted = 'colon';
      at = end;
    } else if (found === '{' || found === '[') {
      if (open.length === DEEPEST) throw new JsonFault('depth', at);
      open.push(found === '{' ? new Set() : undefined);
      wanted = found === '{' ? 'member' : 'item';
      at += 1;
    } else {
      at = found === '"' ? pastString(text, at) : pastPlain(text, at);
      wanted = 'after';
    }
  }
  if (wanted !== 'after' || open.length > 0) throw new JsonFault('unfinished', at);
}

function pastSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

function pastString(text: string, from: number): number {
  let escaped = false;
  let at = from + 1;
  for (; text[at] !== '"'; at += 1) {
    if (at >= text.length) throw new JsonFault('unfinished', text.length);
    if (text.charCodeAt(at) < 0x20) throw new JsonFault('character', at);
    if (text[at] === '\\') {
      escaped = true;
      at += 1;
    }
  }
  const raw = text.slice(from, at + 1);
  // What an escape stands for is judged like what is written out.
  if (forbiddenCharacter(escaped ? (parsed(raw, from) as string) : raw)) throw new JsonFault('character', from);
  return at + 1;
}

function pastPlain(text: string, from: number): number {
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, from)) return from + word.length;
  const digits = /-?(?:0|[1-9][0-9]*)/y;
  digits.lastIndex = from;
  const number = digits.exec(text)?.[0];
  if (number === undefined) throw new JsonFault('syntax', from);
  const end = from + number.length;
  // A digit here would follow a leading zero.
  if (/[0-9.eE]/.test(text.charAt(end)) || number === '-0' || !Number.isSafeInteger(Number(number))) {
    throw new JsonFault('number', from);
  }
  return end;
}

// The runtime's parser has the last word, on escapes and on the whole.
function parsed(raw: string, at: number): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new JsonFault('syntax', at);
  }
}
