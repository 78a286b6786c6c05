// One step of the story: a check asks a department, and it gives its reason.
import { expect } from 'vitest';
import type { Form } from '../../shared/form/form.ts';
import type { Asker } from './host.ts';

/** Types words against a grade, answers the question and takes the answer back; leaves the sheet as it was. */
export async function answerCheck(department: Asker, form: Form, sheet: string): Promise<void> {
  const checks = form.checks.filter((one) => one.rule === 'words-against-grade');
  const [check, others] = [checks[0], checks.at(-1)];
  const cell = form.byAddress.get(check?.grade ?? '');
  if (!check || !others || cell?.type !== 'code') throw new Error('the form has no such checks');
  const [said, marked] = cell.options.filter(({ words }) => words.length > 0);
  const type = (address: string | undefined, raw: string | undefined) =>
    department.ask('cell.set', { sheet, cells: [{ cell: address ?? '', raw: raw ?? '' }] });
  const answer = { sheet, address: check.grade, check: check.key };
  const answerNow = async (reason: string) => {
    const { questions } = await department.ask('check.answer', { ...answer, reason });
    return questions.find((question) => question.check === check.key)?.answer;
  };

  await type(check.texts[0], `${said?.words[0]}。`);
  const { cells } = await type(check.grade, marked?.code);
  expect(cells[0]?.question).toMatchObject({ kind: 'check', check: check.key, answer: null });
  expect(await answerNow('策定時と比べたため')).toBe('策定時と比べたため');
  expect(await answerNow('')).toBeNull();
  expect((await department.problem('check.answer', { ...answer, check: 'gone', reason: 'x' })).code).toBe(
    'cell.unknown',
  );
  const locked = { sheet, address: others.grade, check: others.key, reason: 'x' };
  expect((await department.problem('check.answer', locked)).code).toBe('cell.locked');
  for (const address of [check.texts[0], check.grade]) await type(address, '');
}
