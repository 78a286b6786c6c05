// How firm a typed number is, said in words beside it or in its place: 「12（見込）」「未確定」.
// Promise: a state in place of a number and a number are never taken together; a person is asked which of the two.
import { bothYears } from '../kernel/fiscal.ts';
import { type DecimalCell, NUMBER_STATES } from './cell.ts';
import { numberPattern } from './validate.ts';

/** What a typed number means; several values, or none, where it has to be asked about. */
export type Numeral =
  | { kind: 'value'; value: string | null; state?: string }
  | { kind: 'asked'; reason: string; candidates: { label: string; value: string }[] };

type StateCode = (typeof NUMBER_STATES)[number]['code'];

// Ways to write the states beyond their labels.
const STATE_WORDS: Record<StateCode, readonly string[]> = {
  actual: ['実績', '実績値'],
  expected: ['見込', '見込み', '見込値'],
  pending: ['未確定'],
  none: ['該当なし', '該当無し'],
  unratable: ['評価不能'],
};

/**
 * Reads a text in which a state stands in words, alone or with a number that `read` reads; undefined where none does.
 * `text` is folded (NFKC) and trimmed.
 */
export function readState(cell: DecimalCell, text: string, read: (number: string) => Numeral): Numeral | undefined {
  for (const state of NUMBER_STATES.filter(({ code }) => cell.states.includes(code))) {
    // Longest first: 見込値 before 見込.
    const words = STATE_WORDS[state.code].toSorted((a, b) => b.length - a.length);
    if (words.includes(text)) {
      if (state.settled) return { kind: 'value', value: null, state: state.code };
      return asked(cell, `「${text}」の数が書かれていません。`, []);
    }
    for (const word of words) {
      const number = withoutWord(text, word);
      if (number === undefined || !/[\d元一二三四五六七八九十]/.test(number)) continue;
      const reading = read(number);
      const add = (value: string) => (state.settled ? value : `${value}(${state.label})`);
      if (reading.kind === 'asked' || reading.value === null) {
        if (reading.kind === 'value') return undefined;
        return {
          ...reading,
          candidates: reading.candidates.map((c) => ({ label: add(c.label), value: add(c.value) })),
        };
      }
      if (!state.settled) return { ...reading, state: state.code };
      const { value } = reading;
      return asked(cell, `${cell.isYear ? '年度' : '数'}と「${state.label}」の両方が書かれています。`, [
        { label: state.label, value: state.label },
        { label: cell.isYear ? bothYears(Number(value)) : value, value },
      ]);
    }
  }
  return undefined;
}

/** `text` without a state's word before or behind it, or in brackets; undefined when it does not stand there. */
function withoutWord(text: string, word: string): string | undefined {
  const bracketed = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  if (bracketed > 0 && text.slice(bracketed + 1, -1).trim() === word) return text.slice(0, bracketed).trim();
  if (text.startsWith(`(${word})`)) return text.slice(word.length + 2).trim();
  if (text.startsWith(word)) return text.slice(word.length).replace(/^\s*[::]?\s*/, '');
  return text.endsWith(word) ? text.slice(0, -word.length).trim() : undefined;
}

/** Only candidates that would be read without a question when typed are worth offering. */
export function asked(cell: DecimalCell, reason: string, candidates: { label: string; value: string }[]): Numeral {
  const clear = candidates.filter(({ value }) => value === '' || readsClearly(cell, value));
  const distinct = clear.filter((c, index) => clear.findIndex((other) => other.value === c.value) === index);
  return { kind: 'asked', reason, candidates: distinct };
}

function readsClearly(cell: DecimalCell, value: string): boolean {
  const number = value.replace(/\([^()]*\)$/, '');
  return numberPattern(cell).test(number) || NUMBER_STATES.some(({ label }) => label === value);
}
