// @vitest-environment jsdom
// Words that a person has typed and that are not saved: whatever they do next, the words stay or are given up knowingly.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { makeProblem } from '../../shared/kernel/problem.ts';
import { type FakeHost, fakeHost, SHEET } from './fakehost.ts';
import { sheetStands, showSheet } from './screen.tsx';

/** By its id: looking for a name through a whole sheet takes its time. */
const cell = (address: string) => document.getElementById(`cell-${address}`) as HTMLTextAreaElement;
const COST = 'cost__expense__settled_2020';
function write(address: string, value: string): void {
  cell(address).focus();
  fireEvent.input(cell(address), { target: { value } });
}
const full = () => makeProblem('file.unwritable', { name: '試験.hyoka', reason: 'ENOSPC' });

describe('a text that could not be saved', () => {
  test('stays in sight, and the focus where it is, while somebody types on and while it is tried again', async () => {
    const host = fakeHost();
    host.answers['cell.set'] = full;
    await showSheet(host);
    write('intent', '残る文');
    cell('target').focus();
    const notice = await screen.findByRole('alert');
    write('target', '次の文');
    expect(screen.getByRole('alert')).toBe(notice);
    const again = within(notice).getByRole('button', { name: 'もう一度保存する' });
    await userEvent.click(again);
    await screen.findByText('まだ保存できません。');
    expect(document.activeElement).toBe(again);
    delete host.answers['cell.set'];
    await userEvent.click(again);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(host.values()).toMatchObject({ intent: '残る文', target: '次の文' });
    expect(document.activeElement).toBe(cell('target'));
  });

  test('comes back by Escape in a table, as it stood when the person came', async () => {
    const host = fakeHost();
    host.answers['cell.set'] = full;
    await showSheet(host);
    const cost = cell(COST);
    cost.focus();
    await userEvent.keyboard('12480{Enter}');
    await screen.findByRole('alert');
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(cost);
    await userEvent.keyboard('7{Escape}');
    expect(cost.value).toMatch(/^12,?480$/);
    delete host.answers['cell.set'];
    await userEvent.click(screen.getByText('もう一度保存する'));
    await waitFor(() => expect(host.values()[COST]).toBe('12480'));
  });

  test('is seen where it was meant to stand, a number too', async () => {
    const host = fakeHost();
    const values = { [COST]: '12480' };
    host.answers['sheet.previous'] = () => ({
      previous: { year: 2021, number: '2-2', name: '花の町', unit: '魅力課', form: null, values },
    });
    await showSheet(host);
    host.answers['cell.set'] = full;
    cell(COST).focus();
    await userEvent.keyboard('{Alt>}c{/Alt}');
    await screen.findByRole('alert');
    expect(cell(COST).value).toMatch(/^12,?480$/);
  });
});

test('a cell that is locked while somebody types in it says so, keeps its text, and lets the others be saved', async () => {
  const host = fakeHost();
  const lock = '庁内評価の回に入った欄';
  await showSheet(host);
  const view = await host.call('sheet.show', { sheet: SHEET });
  if (!view.ok) throw new Error('no sheet');
  host.answers['sheet.show'] = () => ({
    ...view.value,
    values: host.values(),
    locks: { ...view.value.locks, target: lock },
  });
  host.refuse = (cells) =>
    cells.some(({ cell }) => cell === 'target')
      ? makeProblem('cell.locked', { label: '対象', reason: lock })
      : undefined;
  write('target', '消えない');
  write('intent', '残る');
  cell('outcome').focus();
  expect((await screen.findByRole('alert')).textContent).toContain(lock);
  await waitFor(() => expect(host.values().intent).toBe('残る'));
  await waitFor(() => expect(cell('target').readOnly).toBe(true));
  expect(cell('target').value).toBe('消えない');
  expect(within(cell('target').closest('.cell') as HTMLElement).getByText('誤り：保存できませんでした')).toBeTruthy();
  expect(host.values().target).toBeUndefined();
});

describe('words begun in the panel', () => {
  const CONTRARY = { rating_text: '前進したと考える', rating: 'D' };
  const panel = () => within(screen.getByRole('complementary', { name: '欄の説明' }));
  const written = () => document.querySelector<HTMLTextAreaElement>('.panel textarea');

  async function begin(role: 'office' | 'department', button: string): Promise<FakeHost> {
    localStorage.setItem('hyoka.panel', 'open');
    const host = fakeHost({ role, values: CONTRARY });
    await showSheet(host);
    await userEvent.click(cell('rating'));
    await userEvent.click(panel().getByText(button));
    expect(document.activeElement).toBe(written());
    fireEvent.change(written() as Element, { target: { value: '町の基準に' } });
    return host;
  }

  test.each([
    ['department', '理由を書く', '理由'],
    ['office', 'この欄に指摘を書く', '指摘'],
  ] as const)('wait for whoever looks at another cell meanwhile, as %s', async (role, button, word) => {
    await begin(role, button);
    await userEvent.click(cell('intent'));
    expect(written()).toBeNull();
    await screen.findByText(`書きかけの${word}を残してあります。`);
    await userEvent.click(cell('rating'));
    expect(written()?.value).toBe('町の基準に');
    // Whoever comes back to the cell stands in the cell.
    expect(document.activeElement).toBe(cell('rating'));
    await userEvent.click(panel().getByText('やめる'));
    await userEvent.click(cell('intent'));
    await userEvent.click(cell('rating'));
    expect(written()).toBeNull();
  });

  test('wait for whoever leaves the sheet, and the window asks before it takes them along', async () => {
    await begin('department', '理由を書く');
    await userEvent.click(screen.getByText('シート一覧へ'));
    await screen.findByRole('heading', { level: 1, name: 'シート一覧' });
    expect(fireEvent(window, new Event('beforeunload', { cancelable: true }))).toBe(false);
    await userEvent.click(screen.getByText('花の町'));
    await sheetStands();
    await userEvent.click(cell('rating'));
    expect(written()?.value).toBe('町の基準に');
    await userEvent.click(panel().getByText('やめる'));
    expect(fireEvent(window, new Event('beforeunload', { cancelable: true }))).toBe(true);
  });

  test('keep the cursor when what is asked says other numbers meanwhile', async () => {
    const host = await begin('department', '理由を書く');
    const box = written();
    const view = await host.call('sheet.show', { sheet: SHEET });
    if (!view.ok) throw new Error('no sheet');
    const questions = view.value.questions.map((one) => ({ ...one, reason: `${one.reason}（直した）` }));
    host.answers['sheet.show'] = () => ({ ...view.value, questions });
    host.tell('cells');
    await panel().findByText(/（直した）$/);
    expect(written()).toBe(box);
    expect(box?.value).toBe('町の基準に');
  });
});

test('the window asks before it closes over a text that could not be saved, and not otherwise', async () => {
  const host = fakeHost();
  const mayClose = () => fireEvent(window, new Event('beforeunload', { cancelable: true }));
  await showSheet(host);
  expect(mayClose()).toBe(true);
  host.answers['cell.set'] = full;
  write('intent', '残る文');
  cell('target').focus();
  await screen.findByRole('alert');
  expect(mayClose()).toBe(false);
  delete host.answers['cell.set'];
  await userEvent.click(screen.getByText('もう一度保存する'));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(mayClose()).toBe(true);
});
