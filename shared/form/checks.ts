// Checks: what a filled sheet asks by itself, because two of its values contradict each other.
// Promise: a check never blocks and never changes anything; it only asks.
import type { Option, Values } from './cell.ts';
import type { Check } from './definition.ts';
import type { Form } from './form.ts';
import { foldLabel } from './label.ts';
import { type Candidate, showOption } from './reading.ts';

export type CheckQuestion = { address: string; label: string; raw: string; reason: string; candidates: Candidate[] };

/** The questions that the values raise, in the order of the form's checks. */
export const runChecks = (form: Form, values: Values): CheckQuestion[] =>
  form.checks.flatMap((check) => wordsAgainstGrade(form, check, values));

function wordsAgainstGrade(form: Form, check: Check, values: Values): CheckQuestion[] {
  const cell = form.byAddress.get(check.grade);
  const chosen = values[check.grade];
  if (cell?.type !== 'code' || typeof chosen !== 'string') return [];
  const texts = check.texts.map((address) => values[address]).filter((text) => typeof text === 'string');
  const said = saidOptions(cell.options, texts.join('\n'));
  if (said.size === 0 || [...said.keys()].some((option) => option.code === chosen)) return [];
  const words = [...said].map(([option, word]) => `「${word}」（${option.code}）`).join('と');
  const options = cell.options.filter((option) => said.has(option) || option.code === chosen);
  return [
    {
      address: cell.address,
      label: cell.label,
      raw: chosen,
      reason: `文章は${words}、○は ${chosen} です。どちらが正しいか確かめてください。`,
      candidates: options.map((option) => ({ label: showOption(option), value: option.code })),
    },
  ];
}

/** Which options a text says, with the wording; of wordings that overlap the longest counts (大きく前進, not 前進). */
function saidOptions(options: readonly Option[], text: string): Map<Option, string> {
  const folded = foldLabel(text);
  const words = options
    .flatMap((option) => option.words.map((word) => ({ option, word, key: foldLabel(word) })))
    .sort((a, b) => b.key.length - a.key.length);
  const said = new Map<Option, string>();
  let at = 0;
  while (at < folded.length) {
    const found = words.find(({ key }) => folded.startsWith(key, at));
    if (found && !said.has(found.option)) said.set(found.option, found.word);
    at += found?.key.length ?? 1;
  }
  return said;
}
