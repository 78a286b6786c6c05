// @vitest-environment jsdom
// Searching all sheets: what is said is said of the words that stand in the box, and the way to a hit has a way back.
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Input, Output } from '../../shared/contract/contract.ts';
import type { SearchHit } from '../../shared/contract/views.ts';
import { type FakeHost, fakeHost, SHEET } from './fakehost.ts';
import { button, sheetStands, show } from './screen.tsx';

const remark: SearchHit = {
  ...{ sheet: SHEET, number: '2-2', name: '花の町', address: 'intent', label: '意図', of: 'remark' },
  excerpt: { before: '', match: '移住', after: 'の数を添えてください。' },
};

/** Answers searches when the test says so; the words that were asked for. */
function slowly(host: FakeHost, answer: (input: Input<'sheet.search'>) => Output<'sheet.search'>) {
  const { call } = host;
  const asked: string[] = [];
  let waiting: (() => void)[] = [];
  host.call = async (method, input) => {
    if (method !== 'sheet.search') return call(method, input);
    const { text } = input as Input<'sheet.search'>;
    asked.push(text);
    if (text !== '') await new Promise<void>((resolve) => waiting.push(resolve));
    return call(method, input);
  };
  host.answers['sheet.search'] = answer;
  return {
    asked,
    answer() {
      for (const one of waiting) one();
      waiting = [];
    },
  };
}

const box = () => screen.getByLabelText<HTMLInputElement>('探す言葉');
const type = (value: string) => fireEvent.change(box(), { target: { value } });
const statuses = () => screen.getAllByRole('status').map(({ textContent }) => textContent);

test('nothing is said of words before they were looked for', async () => {
  const host = fakeHost();
  const line = slowly(host, ({ text }) => ({ hits: text === '移住' ? [remark] : [], total: text === '移住' ? 1 : 0 }));
  show(host);
  await userEvent.click(await button('全体から探す'));
  await screen.findByLabelText('探す言葉');
  type('移住');
  await waitFor(() => expect(line.asked.at(-1)).toBe('移住'));
  expect(statuses().join()).not.toContain('見つかり');
  line.answer();
  await screen.findByText('1か所に見つかりました。');
  type('定住');
  await waitFor(() => expect(line.asked.at(-1)).toBe('定住'));
  expect(statuses().join()).not.toContain('見つかり');
  line.answer();
  await screen.findByText('「定住」は見つかりません。');
});

test('alike places of one cell are all there, and the way back leads to the words that were looked for', async () => {
  const complaints = vi.spyOn(console, 'error');
  onTestFinished(() => complaints.mockRestore());
  const host = fakeHost();
  host.answers['sheet.search'] = ({ text }) =>
    text === '移住' ? { hits: [remark, remark], total: 2 } : { hits: [], total: 0 };
  show(host);
  await userEvent.click(await button('全体から探す'));
  await screen.findByLabelText('探す言葉');
  type('移住');
  await screen.findByText('2か所に見つかりました。');
  const hits = screen.getAllByRole('button', { name: '意図（指摘）' });
  expect(hits).toHaveLength(2);
  await userEvent.click(hits[0] as HTMLElement);
  await sheetStands();
  await waitFor(() => expect(document.activeElement?.id).toBe('cell-intent'));
  // The manual leads back to the sheet itself, and to the cell in hand.
  act(() => document.getElementById('cell-target')?.focus());
  await userEvent.keyboard('{F1}');
  await userEvent.click(await button('もとの画面へ'));
  await sheetStands();
  await waitFor(() => expect(document.activeElement?.id).toBe('cell-target'));
  await userEvent.click(await button('もとの画面へ'));
  await screen.findByText('2か所に見つかりました。');
  expect(box().value).toBe('移住');
  await userEvent.click(await button('もとの画面へ'));
  await screen.findByRole('heading', { level: 1, name: 'シート一覧' });
  expect(complaints).not.toHaveBeenCalled();
});
