// @vitest-environment jsdom
// The panel for the field in hand and the keys of an open sheet, as a person meets them.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Output } from '../../shared/contract/contract.ts';
import type { HistoryEntry, RemarkThread } from '../../shared/contract/views.ts';
import { type FakeHost, fakeHost, SHEET } from './fakehost.ts';
import { box, button, press, show, showSheet } from './screen.tsx';

const panel = () => screen.getByRole('complementary', { name: '欄の説明' });

/** The panel is open whatever the window of a test measures. */
async function showPanel(host: FakeHost): Promise<void> {
  localStorage.setItem('hyoka.panel', 'open');
  await showSheet(host);
}

const old = (values: Record<string, string>): Output<'sheet.previous'> => ({
  previous: { year: 2021, number: '2-2', name: '花の町', unit: '魅力課', form: null, values },
});
const content = (value: string | null) => ({ value, state: null, raw: null });

test('last year stands beside the cell, is copied by one key, and a word says when it stays the same', async () => {
  const host = fakeHost();
  host.answers['sheet.previous'] = () => old({ intent: '昨年の意図' });
  await showPanel(host);
  await userEvent.click(box(/^意図/));
  await within(panel()).findByText('昨年の意図');
  await userEvent.keyboard('{Alt>}c{/Alt}');
  await waitFor(() => expect(host.typed()).toEqual([{ cell: 'intent', raw: '昨年の意図' }]));
  await waitFor(() => expect(box(/^意図/).value).toBe('昨年の意図'));
  expect(await within(panel()).findByText('今の文は、前年度と一字一句同じです。')).toBeTruthy();
});

describe('a cell that says what it said last year', () => {
  const said = (name: RegExp) => {
    const id = box(name).getAttribute('aria-describedby') ?? '';
    return id.split(' ').map((one) => document.getElementById(one)?.textContent ?? '');
  };
  const isMarked = (name: RegExp) => box(name).closest('.cell')?.hasAttribute('data-same');

  test('is marked and says so until other words are typed, and again when they are taken back', async () => {
    const host = fakeHost({ values: { intent: '昨年の意図', target: '今年の対象' } });
    host.answers['sheet.previous'] = () => old({ intent: '昨年の意図', target: '昨年の対象' });
    await showPanel(host);
    await waitFor(() => expect(isMarked(/^意図/)).toBe(true));
    expect(said(/^意図/).join()).toContain('前年と同じ');
    expect(isMarked(/^対象/)).toBe(false);
    expect(said(/^対象/).join()).not.toContain('前年と同じ');
    expect(await button('前年と同じ 1')).toBeTruthy();
    await userEvent.type(box(/^意図/), '。');
    expect(isMarked(/^意図/)).toBe(false);
    await waitFor(() => expect(host.values().intent).toBe('昨年の意図。'));
    expect(screen.queryByRole('button', { name: /^前年と同じ/ })).toBeNull();
    await userEvent.type(box(/^意図/), '{Backspace}');
    await waitFor(() => expect(isMarked(/^意図/)).toBe(true));
  });

  test('is not marked where nobody here may write, nor in the column of a fixed year', async () => {
    const values = { kpi__r1__actual_2020: '1187', kpi__r1__base: '1000', council_text: '同じ意見' };
    const host = fakeHost({ values });
    host.answers['sheet.previous'] = () => old(values);
    await showPanel(host);
    await waitFor(() => expect(isMarked(/① 策定時/)).toBe(true));
    expect(isMarked(/① 2020年度実績/)).toBe(false);
    expect(document.querySelectorAll('[data-same]')).toHaveLength(1);
  });
});

test('the history tells who wrote what, also what was not taken, and puts it back', async () => {
  const host = fakeHost({ values: { intent: '今の文' } });
  const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({
    unit: '魅力課',
    role: 'department',
    at: '2022-11-22T01:32:05.000Z',
    note: '',
    revision: 'a'.repeat(64),
    before: content(null),
    after: content('今の文'),
    lost: false,
    ...change,
  });
  const lost = entry({ unit: '企画課', revision: 'b'.repeat(64), after: content('採られなかった文'), lost: true });
  host.answers['cell.history'] = () => ({ entries: [entry({}), lost] });
  await showPanel(host);
  await userEvent.click(box(/^意図/));
  await within(panel()).findByText('採られなかった内容です。');
  await press('この値に戻す');
  await waitFor(() => expect(box(/^意図/).value).toBe('採られなかった文'));
  expect(host.values().intent).toBe('採られなかった文');
});

describe('remarks', () => {
  const thread: RemarkThread = {
    id: 'r1',
    address: 'intent',
    label: '意図',
    state: 'open',
    remarks: [
      { id: 'r1', unit: '企画課', role: 'office', at: '2022-11-22T01:32:05.000Z', text: '根拠は？', closes: false },
    ],
  };
  async function remarked(role: 'office' | 'department'): Promise<FakeHost> {
    const host = fakeHost({ role });
    const view = await host.call('sheet.show', { sheet: SHEET });
    if (!view.ok) throw new Error('no sheet');
    host.answers['sheet.show'] = () => ({ ...view.value, remarks: [thread] });
    host.answers['remark.add'] = () => ({ remark: 'r2', threads: [thread] });
    await showPanel(host);
    return host;
  }
  const said = (host: FakeHost) => host.calls.filter(({ method }) => method === 'remark.add').map(({ input }) => input);

  test('are one key away, and the department answers them', async () => {
    const host = await remarked('department');
    expect(screen.getByText('指摘が1件あります。')).toBeTruthy();
    await userEvent.keyboard('{F6}');
    expect(document.activeElement).toBe(box(/^意図/));
    expect(await within(panel()).findByText('根拠は？')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '解決済みにする' })).toBeNull();
    await press('返事を書く');
    await userEvent.type(screen.getByRole('textbox', { name: /^返事/ }), '統計によります。');
    await press('返事を書き込む');
    await waitFor(() =>
      expect(said(host)).toEqual([
        { sheet: SHEET, address: 'intent', text: '統計によります。', reply: 'r1', closes: false },
      ]),
    );
  });

  test('are closed by the office', async () => {
    const host = await remarked('office');
    await userEvent.click(box(/^意図/));
    await press('解決済みにする');
    await waitFor(() =>
      expect(said(host)).toEqual([{ sheet: SHEET, address: 'intent', text: '', reply: 'r1', closes: true }]),
    );
    expect(await screen.findByText('指摘を解決済みにしました。')).toBeTruthy();
  });
});

const CONTRARY = { rating_text: '前進したと考える', rating: 'D' };

test('a check takes a reason instead of a change', async () => {
  const host = fakeHost({ values: CONTRARY });
  const view = await host.call('sheet.show', { sheet: SHEET });
  if (!view.ok) throw new Error('no sheet');
  const asked = view.value.questions.find(({ address, kind }) => address === 'rating' && kind === 'check');
  if (!asked?.check) throw new Error('no check');
  host.answers['check.answer'] = ({ reason }) => ({
    ...view.value,
    questions: view.value.questions.map((one) => (one === asked ? { ...one, answer: reason } : one)),
  });
  await showPanel(host);
  await userEvent.keyboard('{F6}');
  await userEvent.click(await within(panel()).findByRole('button', { name: '理由を書く' }));
  await press('理由を書き込む');
  expect(screen.getByText('理由を書いてください。')).toBeTruthy();
  await userEvent.type(screen.getByRole('textbox', { name: /^理由/ }), '町の基準によります。');
  await press('理由を書き込む');
  expect(await within(panel()).findByText('町の基準によります。')).toBeTruthy();
  expect(host.calls.find(({ method }) => method === 'check.answer')?.input).toEqual({
    sheet: SHEET,
    address: 'rating',
    check: asked.check,
    reason: '町の基準によります。',
  });
});

test('the question at a cell leads to the box for its reason, which opens the panel, and back to the cell', async () => {
  localStorage.setItem('hyoka.panel', 'closed');
  await showSheet(fakeHost({ values: CONTRARY }));
  await userEvent.keyboard('{F6}');
  const cell = document.activeElement;
  await userEvent.keyboard('{Alt>}{Enter}{/Alt}');
  expect(document.activeElement?.closest('.question')).toBeTruthy();
  await press('理由を書く');
  expect(document.activeElement).toBe(await within(panel()).findByRole('textbox', { name: /^理由/ }));
  await press('やめる');
  expect(document.activeElement).toBe(cell);
  expect(screen.queryByRole('textbox', { name: /^理由/ })).toBeNull();
});

test('what is replaced is shown first, can be left out, and is saved in one call', async () => {
  const host = fakeHost({ values: { intent: '町の魅力', target: '町の人と町の店' } });
  await showSheet(host);
  fireEvent.keyDown(document.body, { key: 'h', code: 'KeyH', ctrlKey: true });
  await userEvent.type(await screen.findByRole('textbox', { name: '探す言葉' }), '町の');
  await userEvent.type(screen.getByRole('textbox', { name: '置き換える言葉' }), '市の');
  const dialog = within(screen.getByRole('dialog'));
  const places = await dialog.findAllByRole('checkbox', { name: /^「(意図|対象)」のここを置き換える$/ });
  expect(places).toHaveLength(3);
  await userEvent.click(places.at(-1) as HTMLElement);
  await press('2か所を置き換える');
  await waitFor(() => expect(host.calls.filter(({ method }) => method === 'cell.set')).toHaveLength(1));
  const changed = [host.values().intent, host.values().target].sort();
  expect(changed).toHaveLength(2);
  expect(changed.join('').match(/市の/g)).toHaveLength(2);
  expect(changed.join('').match(/町の/g)).toHaveLength(1);
});

describe('undo', () => {
  test('takes the last saved step back and shows it where the cursor stands', async () => {
    const host = fakeHost();
    host.answers['cell.undo'] = () => {
      void host.call('cell.set', { sheet: SHEET, cells: [{ cell: 'intent', raw: '' }] });
      const empty = { address: 'intent', value: null, state: null, raw: null, question: null };
      return { cells: [empty], canUndo: false, canRedo: true, savedAt: '2022-11-22T01:32:06.000Z' };
    };
    await showSheet(host);
    await userEvent.type(box(/^意図/), '消える');
    await userEvent.tab();
    await waitFor(() => expect(host.values().intent).toBe('消える'));
    await userEvent.click(box(/^意図/));
    fireEvent.keyDown(box(/^意図/), { key: 'z', code: 'KeyZ', ctrlKey: true });
    await waitFor(() => expect(box(/^意図/).value).toBe(''));
    expect(await screen.findByText('元に戻しました：意図')).toBeTruthy();
  });

  test('shows what stood before although the last key has hardly gone by', async () => {
    const host = fakeHost({ values: { intent: '町' } });
    host.answers['cell.undo'] = () => {
      void host.call('cell.set', { sheet: SHEET, cells: [{ cell: 'intent', raw: '町' }] });
      const before = { address: 'intent', value: '町', state: null, raw: null, question: null };
      return { cells: [before], canUndo: false, canRedo: true, savedAt: '2022-11-22T01:32:06.000Z' };
    };
    await showSheet(host);
    await userEvent.click(box(/^意図/));
    // No time goes by: nothing of what waits for a pause has happened.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    fireEvent.input(box(/^意図/), { target: { value: '町の' } });
    await act(async () => fireEvent.keyDown(box(/^意図/), { key: 's', code: 'KeyS', ctrlKey: true }));
    expect(host.values().intent).toBe('町の');
    await act(async () => fireEvent.keyDown(box(/^意図/), { key: 'z', code: 'KeyZ', ctrlKey: true }));
    expect(box(/^意図/).value).toBe('町');
  });

  test('is left to the browser while a text is not saved yet', async () => {
    const host = fakeHost();
    await showSheet(host);
    fireEvent.input(box(/^意図/), { target: { value: '打ちかけ' } });
    const isLeft = fireEvent.keyDown(box(/^意図/), { key: 'z', code: 'KeyZ', ctrlKey: true });
    expect(isLeft).toBe(true);
    expect(host.calls.some(({ method }) => method === 'cell.undo')).toBe(false);
  });
});

test('keys are listed, and jump boxes lead to a cell by its words', async () => {
  await showSheet(fakeHost());
  await userEvent.keyboard('?');
  expect(await screen.findByRole('heading', { name: 'キーの一覧' })).toBeTruthy();
  await press('閉じる');
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'キーの一覧' })).toBeNull());
  await userEvent.click(await button('移る'));
  const input = await screen.findByRole('combobox', { name: '番号か言葉' });
  await userEvent.type(input, '意図');
  fireEvent.keyDown(input, { key: 'Enter', isComposing: true, keyCode: 229 });
  expect(screen.getByRole('dialog')).toBeTruthy();
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(box(/^意図/)));
});

test('a list of thousands draws a window full, and says how many there are', async () => {
  const host = fakeHost({ role: 'office' });
  const list = await host.call('sheet.list', {});
  if (!list.ok) throw new Error('no list');
  const [first] = list.value.sheets;
  if (!first) throw new Error('no sheet');
  const sheets = Array.from({ length: 2_500 }, (_, index) => ({ ...first, id: `s${index}`, number: `1-${index + 1}` }));
  host.answers['sheet.list'] = () => ({ ...list.value, sheets });
  show(host);
  const table = await screen.findByRole('table', { name: 'シート一覧' });
  expect(table.getAttribute('aria-rowcount')).toBe('2501');
  expect(within(table).getAllByRole('row').length).toBeLessThan(80);
  await userEvent.type(screen.getByRole('searchbox', { name: 'しぼり込み' }), '1-2500');
  expect(await screen.findByText('2500枚のうち1枚を表示しています')).toBeTruthy();
});
