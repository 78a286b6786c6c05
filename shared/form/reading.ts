// Reading: what a typed or pasted text means in a cell. The window, the command line and the intake all read here.
// Promise: what has one meaning is read, everything else is asked about with its raw text kept; stored narrative is
// never normalised.
import { showDecimal } from '../kernel/decimal.ts';
import { bothYears } from '../kernel/fiscal.ts';
import { forbiddenCharacter } from '../kernel/json.ts';
import {
  type Cell,
  type CodeCell,
  type DecimalCell,
  NUMBER_STATES,
  type Option,
  type Scalar,
  stateAddress,
  type Values,
} from './cell.ts';
import type { Form } from './form.ts';
import { bareLabel, foldLabel } from './label.ts';
import { type Content, contentEntries } from './merge.ts';
import { readNumeral } from './numeral.ts';
import { numberPattern, TEXT_LIMIT } from './validate.ts';
import { readYear } from './year.ts';

/** Behind a text that nobody has read yet; part of how it is shown, not of the text. */
export const UNREAD_TAIL = '（要確認）';

/** A meaning on offer; `value` is a text that reads without a question when it is typed. */
export type Candidate = { label: string; value: string };

/**
 * blank: nothing was typed. value: one meaning; null with a settled state such as 未確定. asked: a person has to say;
 * `raw` is fit to be stored (characters that nobody may sign are written out as 〔U+202E〕, and it is cut at the limit).
 */
export type Reading =
  | { kind: 'blank' }
  | { kind: 'value'; value: Scalar | null; state?: string }
  | { kind: 'asked'; raw: string; reason: string; candidates: Candidate[] };

/** Reads `raw` as somebody means it who types it into `cell`. */
export function readCell(cell: Cell, typed: string): Reading {
  const raw = spelledBack(typed);
  if (raw.trim() === '') return { kind: 'blank' };
  const forbidden = forbiddenCharacter(raw.replace(/\r\n?/g, '\n'));
  if (forbidden !== undefined) {
    const value = withoutForbidden(raw, '');
    const label = value.trim() === '' ? '空欄' : '使えない文字を除く';
    const clear = readCell(cell, value).kind !== 'asked';
    return asked(raw, `使えない文字（${forbidden}）が含まれています。`, clear ? [{ label, value }] : []);
  }
  if (cell.type === 'text') return readText(raw);
  if (cell.type === 'code') return readCode(cell, raw);
  if (cell.type === 'flag') return readFlag(raw);
  const numeral = (cell.isYear ? readYear : readNumeral)(cell, raw);
  return numeral.kind === 'asked' ? asked(raw, numeral.reason, numeral.candidates) : numeral;
}

function readText(raw: string): Reading {
  const lines = raw.replace(/\r\n?/g, '\n').split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const value = lines.slice(first, last + 1).join('\n');
  if (value.length <= TEXT_LIMIT) return { kind: 'value', value };
  return asked(raw, `長すぎます（${value.length}文字。上限 ${TEXT_LIMIT}文字）。`, []);
}

// Whatever people put before or behind an option to say "this one".
const MARK = /^[○〇◯◎●☑☒✓✔✅■]+|[○〇◯◎●☑☒✓✔✅■]+$/gu;

function readCode(cell: CodeCell, raw: string): Reading {
  const typed = foldLabel(raw).replace(MARK, '');
  const spellings: ((option: Option) => string[])[] = [
    ({ code }) => [foldLabel(code)],
    ({ code, label }) => [foldLabel(label), ...[':', '.', ''].map((mark) => foldLabel(`${code}${mark}${label}`))],
    ({ code, label }) => [label, `${code}:${label}`, `${code}${label}`].map((text) => bareLabel(foldLabel(text))),
  ];
  for (const spell of spellings) {
    const [found, second] = cell.options.filter((option) => typed !== '' && spell(option).includes(typed));
    if (found && !second) return { kind: 'value', value: found.code };
  }
  const candidates = cell.options.map((option) => ({ label: showOption(option), value: option.code }));
  return asked(raw, 'どの選択肢なのか、確かめてください。', candidates);
}

function readFlag(raw: string): Reading {
  const typed = foldLabel(raw);
  if (/^(?:[○〇◯☑✓✔レ]|1|true|はい)$/u.test(typed)) return { kind: 'value', value: true };
  if (/^(?:[×✕✗☐□]|false)$/u.test(typed)) return { kind: 'blank' };
  return asked(raw, '該当するかどうか、確かめてください。', [
    { label: '○（該当する）', value: '○' },
    { label: '空欄（該当しない）', value: '' },
  ]);
}

const asked = (raw: string, reason: string, candidates: Candidate[]): Reading => ({
  kind: 'asked',
  raw: cut(withoutForbidden(raw, (name) => `〔${name}〕`)),
  reason,
  candidates,
});

// Never between the halves of a character outside the basic plane.
const cut = (text: string): string =>
  text.length <= TEXT_LIMIT ? text : text.slice(0, TEXT_LIMIT).replace(/[\ud800-\udbff]$/, '');

/**
 * Forbidden characters that were written out to be stored (〔U+202E〕) as the characters themselves, so that what is asked
 * about stays asked about, for the same reason, when it is read again.
 */
const spelledBack = (text: string): string =>
  text.replace(/〔U\+([0-9A-F]{4,5})〕/g, (written, digits: string) => {
    const character = String.fromCodePoint(Number.parseInt(digits, 16));
    return forbiddenCharacter(character) === undefined ? written : character;
  });

/** `raw` with plain line breaks and each forbidden character replaced. */
function withoutForbidden(raw: string, replacement: string | ((name: string) => string)): string {
  let text = raw.replace(/\r\n?/g, '\n');
  for (let name = forbiddenCharacter(text); name !== undefined; name = forbiddenCharacter(text)) {
    const by = typeof replacement === 'string' ? replacement : replacement(name);
    const character = String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    // A lone surrogate may also be half of a sound character elsewhere: those stay.
    text = character.isWellFormed() ? text.replaceAll(character, by) : text.replace(/\p{Cs}/gu, by);
  }
  return text;
}

/** An option as people say it: 「D：変わらない」, or its words alone where the code is only for the program. */
export const showOption = (option: Option): string =>
  /^[A-Z0-9]{1,2}$/.test(option.code) ? `${option.code}：${option.label}` : option.label;

/**
 * A stored number of the cell, for people: with thousands and ▲, a year in both ways. Words that stood there when last
 * year's form had a text in this place stay as they are.
 */
export function showNumber(cell: DecimalCell, value: string): string {
  if (!cell.isYear) return showDecimal(value);
  return numberPattern(cell).test(value) ? bothYears(Number(value)) : value;
}

/** What stands in a cell, for people: options by label, numbers with thousands and ▲, states in words, ○ for marks. */
export function showValue(cell: Cell, values: Values): string {
  const value = values[cell.address];
  if (cell.type === 'flag') return value === true ? '○' : '';
  if (cell.type === 'code') {
    const option = cell.options.find(({ code }) => code === value);
    return option ? showOption(option) : String(value ?? '');
  }
  if (cell.type === 'text') return String(value ?? '');
  const state = NUMBER_STATES.find(({ code }) => code === values[stateAddress(cell.address)]);
  if (typeof value !== 'string') return state?.settled ? state.label : '';
  return `${showNumber(cell, value)}${state ? `（${state.label}）` : ''}`;
}

/** A content at an address, for people; text that nobody has read yet says so. '' for a blank. */
export function showContent(form: Pick<Form, 'byAddress'>, address: string, content: Content): string {
  const cell = form.byAddress.get(address);
  if (!cell) return String(content.value ?? content.raw ?? '');
  const shown = showValue(cell, Object.fromEntries(contentEntries(address, content)));
  return shown === '' && content.raw !== null ? `${content.raw}（要確認）` : shown;
}
