// SPEC.md as data: its rules are numbered without a gap, each is quoted by a test, and its example is a sound form.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsOf } from './small.ts';

const spec = readFileSync('shared/form/SPEC.md', 'utf8');
const rules = [...spec.matchAll(/\*\*F(\d+)\*\*/g)].map(([, number]) => Number(number));

test('rules are numbered from 1 without a gap', () => {
  expect(rules).toEqual(rules.map((_, index) => index + 1));
});

test('every rule is quoted by the title of a test', () => {
  const tests = ['test/form', 'test/paper', 'test/quality', 'test/revision'].flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  );
  const quoted = new Set<number>();
  for (const [, from, to] of tests.join().matchAll(/\bF(\d+)(?:–F(\d+))?/g)) {
    for (let rule = Number(from); rule <= Number(to ?? from); rule += 1) quoted.add(rule);
  }
  expect(rules.filter((rule) => !quoted.has(rule))).toEqual([]);
});

test('F1 F2 the example is a sound form', () => {
  const [, example = ''] = /```json\n([\s\S]+?)```/.exec(spec) ?? [];
  expect(findingsOf(JSON.parse(example))).toEqual([]);
});
