// @vitest-environment jsdom
// Where keys lead, and what is said there: to the choice that stands, to what is asked, and never away from a control
// that has its own use for the key.
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { FlagsBlock, MatrixBlock } from '../../shared/form/block.ts';
import { type FakeHost, fakeHost, SHEET } from './fakehost.ts';
import { showSheet } from './screen.tsx';

const cell = (address: string) => document.getElementById(`cell-${address}`) as HTMLInputElement;
const inHand = () => document.activeElement as HTMLInputElement;
/** What is said of a control after its name. */
const said = (control: Element) =>
  (control.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

const blocksOf = (host: FakeHost) =>
  host.form.sections.flatMap((section) => section.groups.flatMap((group) => group.blocks));
const matrixOf = (host: FakeHost) => blocksOf(host).find((one): one is MatrixBlock => one.layout === 'matrix');
const flagsOf = (host: FakeHost) => blocksOf(host).find((one): one is FlagsBlock => one.layout === 'flags');
const squares = ({ key }: MatrixBlock) =>
  [...document.querySelectorAll<HTMLInputElement>(`input[name="block-${key}"]`)] as const;

test('whoever is led to a choice stands at what is chosen, so that an arrow goes on from there', async () => {
  await showSheet(fakeHost({ values: { rating_text: '前進したと考える', rating: 'D' } }));
  await userEvent.keyboard('{F6}');
  expect([inHand().name, inHand().value]).toEqual(['rating', 'D']);
});

test('a square says its state and what is asked, which is one key away; marks say theirs', async () => {
  const host = fakeHost({ form: 'jimujigyo-zaigen' });
  const [matrix, flags] = [matrixOf(host), flagsOf(host)];
  if (!matrix || !flags) throw new Error('the form has neither squares nor marks');
  const view = await host.call('sheet.show', { sheet: SHEET });
  if (!view.ok) throw new Error('no sheet');
  const { address, label } = matrix.row;
  const question = {
    ...({ address, label, kind: 'reading', check: null, answer: null, raw: '拡充' } as const),
    ...{ reason: '選べない組み合わせです。', candidates: [{ label: '維持', value: '維持' }] },
  };
  host.answers['sheet.show'] = () => ({ ...view.value, values: host.values(), questions: [question] });
  await showSheet(host);
  const [first, second] = squares(matrix);
  expect(said(first as Element)).toContain('要確認');
  expect(said(second as Element)).toContain('選べない組み合わせです。');
  second?.focus();
  await userEvent.keyboard('{Alt>}{Enter}{/Alt}');
  expect(inHand().textContent).toBe('維持');

  const mark = cell(flags.cells[0]?.address ?? '');
  await userEvent.click(mark);
  await waitFor(() => expect(said(mark)).toContain('保存済み'));
});

test('the key that opens a list of choices opens it, and leads nowhere', async () => {
  await showSheet(fakeHost());
  const select = cell('kpi__r1__type');
  select.focus();
  expect(fireEvent.keyDown(select, { key: 'ArrowDown', altKey: true })).toBe(true);
  expect(inHand()).toBe(select);
});

test('the key for how firm a number is never decides a conflict, also where the number has no such states', async () => {
  const host = fakeHost({ role: 'office' });
  const view = await host.call('sheet.show', { sheet: SHEET });
  if (!view.ok) throw new Error('no sheet');
  const content = (value: string) => ({ value, state: null, raw: null });
  const side = (unit: string, revision: string) => ({
    ...{ unit, station: '', at: '2022-11-22T01:32:05.000Z' },
    ...{ revision: revision.repeat(64), content: content(unit) },
  });
  const conflict = {
    ...{ address: 'intent', label: '意図', base: content('もと'), earlier: null },
    sides: [side('総務課', 'a'), side('税務課', 'b')],
  };
  host.answers['sheet.show'] = () => ({ ...view.value, conflicts: [conflict] });
  host.answers['conflict.choose'] = () => view.value;
  await showSheet(host);
  const plain = host.form.cells.find((one) => one.type === 'decimal' && one.states.length === 0 && !one.formula);
  const number = cell(plain?.address ?? '');
  number.focus();
  fireEvent.keyDown(number, { key: '1', code: 'Digit1', altKey: true });
  cell('target').focus();
  fireEvent.keyDown(cell('target'), { key: '1', code: 'Digit1', altKey: true });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(host.calls.some(({ method }) => method === 'conflict.choose')).toBe(false);
  screen.getByRole('heading', { level: 1 }).focus();
  fireEvent.keyDown(inHand(), { key: '1', code: 'Digit1', altKey: true });
  await waitFor(() => expect(host.calls.some(({ method }) => method === 'conflict.choose')).toBe(true));
});
