// Checks: what a filled sheet asks by itself, because two of its values contradict each other or look unusual.
// Promise: a check never blocks and never changes anything; it asks, and a reason settles it. Rules: shared/form/checks/.
import { z } from 'zod';
import { reasonAddress, reasonParts, type Values } from './cell.ts';
import * as characters from './checks/characters.ts';
import * as formula from './checks/formula.ts';
import * as jump from './checks/jump.ts';
import * as previous from './checks/previous.ts';
import * as projects from './checks/projects.ts';
import type { Finding, LaidOut, Rule } from './checks/rule.ts';
import * as sum from './checks/sum.ts';
import * as targets from './checks/targets.ts';
import * as words from './checks/words.ts';
import type { Role } from './form.ts';
import { type Candidate, showValue } from './reading.ts';
import { fillNames, type Names } from './spec.ts';

/** A check as an author writes it: a rule with its arguments. */
export const checkSchema = z.discriminatedUnion('rule', [
  words.spec,
  jump.spec,
  sum.spec,
  targets.passed.spec,
  targets.hopeful.spec,
  targets.fell.spec,
  previous.same.spec,
  previous.unit.spec,
  projects.spec,
  characters.unsafe.spec,
  characters.personal.spec,
  formula.spec,
]);
export type Check = z.output<typeof checkSchema>;

const RULES = {
  'words-against-grade': words,
  jump,
  'sum-differs': sum,
  'target-passed': targets.passed,
  'missed-but-hopeful': targets.hopeful,
  'improved-but-fell': targets.fell,
  'same-as-previous': previous.same,
  'unit-changed': previous.unit,
  'project-not-listed': projects,
  'unsafe-characters': characters.unsafe,
  'personal-data': characters.personal,
  expression: formula,
};

// Each rule takes the check that its own `spec` produced; the key `rule` ties the two.
const ruleOf = (check: Check): Rule<Check> => RULES[check.rule] as unknown as Rule<Check>;

/** One question about one cell. `answer` is the reason that somebody gave; an answered question stays in the list. */
export type CheckQuestion = {
  check: string;
  address: string;
  label: string;
  raw: string;
  reason: string;
  candidates: Candidate[];
  answer: string | null;
};

/**
 * The questions that the values (computed ones included) raise, in the order of the form's checks. `previous`: last
 * year's values of the same sheet. `role`: only what that side is asked; everything without it.
 */
export function runChecks(
  form: LaidOut,
  values: Values,
  options: { previous?: Values | undefined; role?: Role | undefined } = {},
): CheckQuestion[] {
  const { previous, role } = options;
  return form.checks
    .filter(({ when }) => role === undefined || when === 'both' || when === role)
    .flatMap((check) =>
      ruleOf(check)
        .ask(check, { form, values, previous })
        .flatMap((finding) => questionOf(form, values, check, finding)),
    );
}

function questionOf(form: LaidOut, values: Values, check: Check, finding: Finding): CheckQuestion[] {
  const { address, facts, raw, candidates = [] } = finding;
  const cell = form.byAddress.get(address);
  if (!cell) return [];
  const answer = values[reasonAddress(address, check.key)];
  return [
    {
      check: check.key,
      address,
      label: cell.label,
      raw: raw ?? showValue(cell, values),
      reason: messageOf(form, check, { ...facts, label: cell.label }),
      candidates,
      answer: typeof answer === 'string' ? answer : null,
    },
  ];
}

/** Facts in braces; [expression] stands among the facts under its own spelling. */
function messageOf(
  form: LaidOut,
  check: Check,
  facts: Names,
  fault: (finding: string) => void = () => undefined,
): string {
  const template = check.message ?? ruleOf(check).message;
  const names = { ...form.names, ...facts };
  // In parts, so that braces which a person typed into a cell are not taken for names.
  const parts = template.split(/(\[[^[\]]*\])/);
  return parts.map((part, at) => (at % 2 === 1 ? String(facts[part] ?? part) : fillNames(part, names, fault))).join('');
}

/** The reasons that a sheet holds, in the order of its cells and checks; also those whose question has gone away. */
export function reasonsIn(
  form: LaidOut,
  values: Values,
): { address: string; label: string; check: string; reason: string }[] {
  // Most sheets hold few reasons or none: asking for each check of each cell would be most of the work of an export.
  const given = new Set(Object.keys(values).flatMap((name) => reasonParts(name)?.address ?? []));
  return form.cells.flatMap(({ address, label }) =>
    !given.has(address)
      ? []
      : form.checks.flatMap(({ key }) => {
          const reason = values[reasonAddress(address, key)];
          return typeof reason === 'string' ? [{ address, label, check: key, reason }] : [];
        }),
  );
}

/** An address has room for 200 characters (see shared/revision). */
const ADDRESS_LIMIT = 200;

/** What is wrong with the checks of a form that has been laid out, in Japanese. */
export function checkFaults(form: LaidOut): string[] {
  const keys = form.checks.map(({ key }) => key);
  const longest = Math.max(0, ...form.cells.map(({ address }) => address.length));
  return form.checks.flatMap((check, index) => {
    const findings = [...ruleOf(check).faults(check, form)];
    // Years may be counted from: {year-1}.
    const facts = ['label', ...ruleOf(check).facts].map((name) => [name, /year/i.test(name) ? 0 : ''] as const);
    messageOf(form, check, Object.fromEntries(facts), (finding) => findings.push(finding));
    if (keys.indexOf(check.key) !== index) findings.push(`確認の key「${check.key}」が重なっている`);
    if (/^(?:state|raw)$/.test(check.key)) findings.push(`確認の key「${check.key}」は使えない`);
    if (reasonAddress('', check.key).length + longest > ADDRESS_LIMIT) {
      findings.push(`確認の key「${check.key}」が長すぎる`);
    }
    return findings.map((finding) => `${finding}（確認 ${check.key}）`);
  });
}
