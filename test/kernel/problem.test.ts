// The catalogue of problems as data: every code has its words, whatever the details are.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract } from '../../shared/contract/contract.ts';
import {
  catalogue,
  fail,
  makeProblem,
  type ProblemCode,
  ProblemError,
  problemSchema,
} from '../../shared/kernel/problem.ts';

const codes = Object.keys(catalogue) as ProblemCode[];

/** Details that fit a schema of the catalogue. Its few kinds of schema are all that a catalogue should need. */
function detailsOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = schema._zod as unknown as { def: SchemaDef };
  switch (def.type) {
    case 'string':
      return fc.constantFrom('総務課', '2-2', 'a.hyoka', '【値】');
    case 'number':
      return fc.integer({ min: 1, max: 50_000_000 });
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'array':
      return fc.array(detailsOf(def.element), { maxLength: 20 });
    case 'nullable':
      return fc.option(detailsOf(def.innerType), { nil: null });
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def.shape).map(([name, part]) => [name, detailsOf(part)])));
  }
}
type SchemaDef =
  | { type: 'string' | 'number' }
  | { type: 'enum'; entries: Record<string, string> }
  | { type: 'array'; element: z.core.$ZodType }
  | { type: 'nullable'; innerType: z.core.$ZodType }
  | { type: 'object'; shape: Record<string, z.core.$ZodType> };

/** Words, made without knowing at compile time which code it is. */
const problemOf = (code: ProblemCode, details: unknown) => makeProblem(code, details as never);

describe('catalogue', () => {
  test.each(codes)('%s: named noun.adjective, told in Japanese with a hint that is a sentence', (code) => {
    expect(code).toMatch(/^([a-z]+\.[a-z]+|internal)$/);
    fc.assert(
      fc.property(detailsOf(catalogue[code].details), (details) => {
        const { message, hint } = problemOf(code, details);
        for (const words of [message, hint]) {
          expect(words).toMatch(/[ぁ-ん]/);
          expect(words).not.toMatch(/undefined|null|NaN|\[object|\$\{|\{\w*\}|「」|（）|：$|^\s|\s$/);
        }
        expect(hint).toMatch(/。$/);
        expect(message).not.toBe(hint);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test.each(codes)('%s: says what its details hold', (code) => {
    const shape = Object.keys(catalogue[code].details.shape);
    const spoken = fc.sample(detailsOf(catalogue[code].details), { numRuns: 30, seed: 5 }).map((details) => {
      const { message, hint } = problemOf(code, details);
      return message + hint;
    });
    if (shape.length > 0) expect(new Set(spoken).size, 'words do not depend on the details').toBeGreaterThan(1);
    else expect(new Set(spoken).size).toBe(1);
  });

  test('details that do not fit are a fault of the program', () => {
    expect(() => problemOf('workspace.busy', {})).toThrow();
    expect(() => problemOf('workspace.busy', { name: 'a', extra: 1 })).toThrow();
    expect(() => problemOf('workspace.closed', { extra: 1 })).toThrow();
  });

  test('a problem crosses the boundary as plain JSON', () => {
    const problem = makeProblem('sheet.unknown', { sheet: '9-9', known: ['2-2'] });
    expect(problemSchema.parse(JSON.parse(JSON.stringify(problem)))).toEqual(problem);
    expect(problemSchema.safeParse({ ...problem, code: 'sheet.odd' }).success).toBe(false);
  });

  test('thrown inside, with the problem on it', () => {
    const thrown = (() => {
      try {
        return fail('cell.unknown', { label: 'KPI', near: ['施策名', '施策番号'] });
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(ProblemError);
    expect((thrown as ProblemError).problem).toEqual({
      code: 'cell.unknown',
      details: { label: 'KPI', near: ['施策名', '施策番号'] },
      message: '「KPI」という欄は、この様式にありません。',
      hint: '近い名前の欄は 施策名、施策番号 です。',
    });
  });

  test('long lists are cut, and say so', () => {
    const findings = Array.from({ length: 15 }, (_, index) => `誤り${index + 1}`);
    expect(makeProblem('form.invalid', { form: 'x', findings }).message).toMatch(/誤り12 ほか3件$/);
  });

  test('every problem that a method declares is in the catalogue, once', () => {
    for (const [name, { problems }] of Object.entries(contract)) {
      expect(codes, name).toEqual(expect.arrayContaining([...problems]));
    }
  });
});
