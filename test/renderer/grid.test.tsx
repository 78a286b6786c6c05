// @vitest-environment jsdom
// Tables on the screen: the keyboard of a spreadsheet over real inputs, blocks in and out by the clipboard, and states.
import { createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { makeProblem } from '../../shared/kernel/problem.ts';
import { EXCEL_NUMBERS, excel } from './clipboards.ts';
import { type FakeHost, fakeHost } from './fakehost.ts';
import { box, press, showSheet } from './screen.tsx';

const cost = (year: number) => box(`施策事業費(千円) ${year}年度決算`);
const labour = (year: number) => box(`人工数(業務量) ${year}年度決算`);
const indicator = (row: string, column: string) => box(`重要業績評価指標 ${row} ${column}`);
const keys = (text: string) => userEvent.keyboard(text);
const inHand = () => document.activeElement;
const sets = (host: FakeHost) => host.calls.filter(({ method }) => method === 'cell.set').length;
const COSTS = {
  cost__expense__settled_2020: '12480',
  cost__expense__settled_2021: '13905',
  cost__labour__settled_2020: '1.8025',
};

/** A clipboard event as the browser sends it to the input that has the focus. */
function clipboard(kind: 'copy' | 'cut' | 'paste', data: Record<string, string> = {}): Record<string, string> {
  const target = document.activeElement as Element;
  const held = { ...data };
  const clipboardData = {
    getData: (type: string) => held[type] ?? '',
    setData: (type: string, text: string) => {
      held[type] = text;
    },
  };
  const event = createEvent[kind](target, {});
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  fireEvent(target, event);
  return held;
}

async function open(options?: Parameters<typeof fakeHost>[0]): Promise<FakeHost> {
  const host = fakeHost(options);
  await showSheet(host);
  return host;
}

describe('the keyboard', () => {
  test('goes from cell to cell, to the edges, and passes nothing on that it uses', async () => {
    await open({ values: COSTS });
    cost(2020).focus();
    await keys('{ArrowRight}');
    expect(inHand()).toBe(cost(2021));
    await keys('{ArrowDown}{ArrowLeft}{ArrowLeft}');
    expect(inHand()).toBe(labour(2020));
    await keys('{Control>}{ArrowRight}{/Control}');
    expect(inHand()).toBe(labour(2022));
    await keys('{Control>}{Home}{/Control}');
    expect(inHand()).toBe(cost(2020));
    await keys('{Enter}');
    expect(inHand()).toBe(labour(2020));
    await keys('{Shift>}{Enter}{/Shift}{End}');
    expect(inHand()).toBe(cost(2022));
    expect(document.querySelectorAll('[data-selected]')).toHaveLength(0);
  });

  test('types over a selected cell and goes on, saving what was typed', async () => {
    const host = await open({ values: COSTS });
    cost(2020).focus();
    await keys('12,500{Enter}');
    expect(inHand()).toBe(labour(2020));
    await waitFor(() => expect(host.values().cost__expense__settled_2020).toBe('12500'));
    await waitFor(() => expect(cost(2020).value).toBe('12,500'));
  });

  test('moves the caret after F2, and Escape brings back what stood there', async () => {
    const host = await open({ values: COSTS });
    cost(2021).focus();
    expect(cost(2021).value).toBe('13905');
    await keys('{F2}{ArrowLeft}9');
    expect(inHand()).toBe(cost(2021));
    expect(cost(2021).value).toBe('139095');
    await keys('{Escape}');
    expect(cost(2021).value).toBe('13,905');
    await keys('{ArrowRight}');
    expect(inHand()).toBe(cost(2022));
    await waitFor(() => expect(cost(2021).closest('td')?.dataset.look).not.toBe('typing'));
    expect(host.values().cost__expense__settled_2021).toBe('13905');
  });

  test('takes back what was saved in the middle of typing', async () => {
    const host = await open({ values: COSTS });
    cost(2020).focus();
    await keys('77');
    await waitFor(() => expect(host.values().cost__expense__settled_2020).toBe('77'), { timeout: 2_000 });
    await keys('{Escape}');
    await waitFor(() => expect(host.values().cost__expense__settled_2020).toBe('12480'));
  });

  test('leaves every key to the input method while a word is being composed', async () => {
    const host = await open();
    const name = indicator('①', '指標名');
    name.focus();
    fireEvent.compositionStart(name);
    fireEvent.input(name, { target: { value: 'いじゅう' } });
    for (const key of ['ArrowDown', 'Enter', 'Escape', 'F2', 'Tab', 'Delete']) {
      expect(fireEvent.keyDown(name, { key, isComposing: true }), key).toBe(true);
      expect(fireEvent.keyDown(name, { key, keyCode: 229 }), key).toBe(true);
    }
    expect(inHand()).toBe(name);
    fireEvent.input(name, { target: { value: '移住' } });
    fireEvent.compositionEnd(name);
    await keys('{Enter}');
    expect(inHand()).toBe(indicator('②', '指標名'));
    await waitFor(() => expect(host.values().kpi__r1__name).toBe('移住'));
  });

  test('reaches every cell by Tab, and leaves the table at its end', async () => {
    await open();
    cost(2020).focus();
    const passed = [inHand()];
    for (let count = 0; count < 6; count += 1) {
      await userEvent.tab();
      passed.push(inHand());
    }
    expect(passed.slice(0, 6)).toEqual([cost(2020), cost(2021), cost(2022), labour(2020), labour(2021), labour(2022)]);
    expect(passed[6]?.closest('.grid')).toBeNull();
  });

  test('breaks a line by Alt and Enter where a cell holds lines', async () => {
    await open();
    const said = indicator('①', '説明');
    said.focus();
    await keys('一');
    fireEvent.keyDown(said, { key: 'Enter', altKey: true });
    await keys('二');
    expect(said.value).toBe('一\n二');
    expect(inHand()).toBe(said);
  });

  test('goes down a list', async () => {
    await open({ values: { projects_high__r1: '移住事業', projects_high__r2: '空き家' } });
    const group = screen.getByRole('group', { name: /^①施策の成果向上に対して貢献度が高かった/ });
    const rows = within(group).getAllByRole('textbox');
    rows[0]?.focus();
    await keys('{ArrowDown}{Enter}');
    expect(inHand()).toBe(rows[2]);
    await keys('三つ目{Enter}');
    expect(inHand()).toBe(within(group).getAllByRole('textbox')[3]);
  });
});

test('a row in which the person stands stays, also when all that was written around it is emptied', async () => {
  await open({ values: { projects_high__r1: '移住事業', projects_high__r2: '空き家' } });
  const row = (number: number) => document.getElementById(`cell-projects_high__r${number}`);
  const third = row(3);
  third?.focus();
  await keys('{Shift>}{ArrowUp}{ArrowUp}{/Shift}{Delete}');
  await waitFor(() => expect((row(1) as HTMLInputElement).value).toBe(''));
  expect(inHand()).toBe(third);
  row(1)?.focus();
  await waitFor(() => expect(row(3)).toBeNull());
});

describe('a selection', () => {
  test('is shown, spoken, emptied as one step, and leaves locked cells alone', async () => {
    const host = await open({ values: COSTS });
    cost(2020).focus();
    await keys('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    expect(document.querySelectorAll('[data-selected]')).toHaveLength(4);
    const words = '2行×2列（4欄）を選びました。施策事業費(千円) 2020年度決算 から 人工数(業務量) 2021年度決算 まで。';
    expect(screen.getAllByRole('status').map((status) => status.textContent)).toContain(words);
    await keys('{Delete}');
    await waitFor(() => expect(host.values().cost__expense__settled_2020).toBeUndefined());
    expect(sets(host)).toBe(1);
    expect(
      host
        .typed()
        .map(({ cell }) => cell)
        .sort(),
    ).toEqual(Object.keys(COSTS).sort());
    expect(cost(2020).value).toBe('');
  });

  test('is made by the mouse too', async () => {
    await open({ values: COSTS });
    fireEvent.mouseDown(cost(2020), { button: 0, buttons: 1 });
    cost(2020).focus();
    fireEvent.mouseOver(labour(2021), { buttons: 1 });
    fireEvent.mouseUp(labour(2021));
    expect(document.querySelectorAll('[data-selected]')).toHaveLength(4);
    fireEvent.mouseOver(labour(2022), { buttons: 0 });
    expect(document.querySelectorAll('[data-selected]')).toHaveLength(4);
  });

  test('ends where the mouse is let go, also outside of the table', async () => {
    await open({ values: { kpi__r1__name: '件数', kpi__r2__name: '割合' } });
    const [name, source] = [indicator('①', '指標名'), indicator('①', '説明')];
    fireEvent.mouseDown(name, { button: 0, buttons: 1 });
    name.focus();
    fireEvent.mouseUp(document.body);
    await keys('{Escape}{ArrowRight}');
    // A cell that is reached by a key is selected: what is typed takes the place of what it held.
    expect(inHand()).toBe(source);
    await keys('{ArrowLeft}{Delete}');
    await waitFor(() => expect(name.value).toBe(''));
    fireEvent.mouseOver(cost(2021), { buttons: 1 });
    expect(document.querySelectorAll('[data-selected]')).toHaveLength(0);
  });

  test('fills down and right from its first cells, or from the neighbour', async () => {
    const host = await open({ values: { ...COSTS, kpi__r1__measure: '件' } });
    cost(2020).focus();
    await keys('{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Control>}r{/Control}');
    await waitFor(() => expect(host.values().cost__expense__settled_2022).toBe('12480'));
    expect(host.values().cost__expense__settled_2021).toBe('12480');
    expect(sets(host)).toBe(1);
    indicator('②', '単位').focus();
    await keys('{Control>}d{/Control}');
    await waitFor(() => expect(host.values().kpi__r2__measure).toBe('件'));
  });

  test('is copied as text and as HTML; numbers without thousands', async () => {
    await open({ values: COSTS });
    cost(2020).focus();
    await keys('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    const held = clipboard('copy');
    expect(held['text/plain']).toBe('12480\t13905\r\n1.8025\t');
    expect(held['text/html']).toContain('<td>12480</td><td>13905</td>');
  });

  test('is cut', async () => {
    const host = await open({ values: COSTS });
    cost(2021).focus();
    expect(clipboard('cut')['text/plain']).toBe('13905');
    await waitFor(() => expect(host.values().cost__expense__settled_2021).toBeUndefined());
  });
});

describe('a paste', () => {
  test('of one value goes in without a question, and is read as if it was typed', async () => {
    const host = await open();
    cost(2020).focus();
    clipboard('paste', { 'text/plain': '60,563,500円\r\n' });
    await waitFor(() => expect(host.values().cost__expense__settled_2020__raw).toBe('60,563,500円'));
    expect(screen.queryByRole('dialog')).toBeNull();
    await press('60,564（千円に直して四捨五入する）');
    await waitFor(() => expect(host.values().cost__expense__settled_2020).toBe('60564'));
    expect(inHand()).toBe(cost(2020));
  });

  test('of a block is shown before anything is written, and is one step', async () => {
    const host = await open({ values: { cost__expense__settled_2021: '1' } });
    cost(2020).focus();
    clipboard('paste', { 'text/html': EXCEL_NUMBERS, 'text/plain': 'x' });
    const dialog = await screen.findByRole('dialog', { name: '貼り付ける内容を確かめてください' });
    expect(dialog.textContent).toContain('5欄が変わります。そのうち2欄は、読み方を確かめます。');
    const row = within(dialog).getByRole('row', { name: /^人工数\(業務量\) 2020年度決算/ });
    await userEvent.click(within(row).getByRole('radio', { name: '2.2948（コンマを小数点と読む）' }));
    expect(sets(host)).toBe(0);
    await press('この内容で貼り付ける');
    await waitFor(() => expect(host.values().cost__expense__settled_2020).toBe('60564'));
    expect(sets(host)).toBe(1);
    expect(host.values()).toMatchObject({
      cost__expense__settled_2021: '58210',
      cost__expense__settled_2022__raw: '▲12.5',
      cost__labour__settled_2020: '2.2948',
      cost__labour__settled_2021: '1.2091',
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(inHand()).toBe(cost(2020));
  });

  test('can be called off', async () => {
    const host = await open();
    cost(2020).focus();
    clipboard('paste', { 'text/html': EXCEL_NUMBERS });
    await press('貼り付けない');
    expect(host.typed()).toEqual([]);
    expect(cost(2020).value).toBe('');
  });

  test('that cannot be saved keeps its values on the screen', async () => {
    const host = await open();
    host.answers['cell.set'] = () => makeProblem('internal', { incident: 'A-3' });
    cost(2020).focus();
    clipboard('paste', { 'text/html': excel('<tr><td>7</td><td>8</td></tr>') });
    await press('この内容で貼り付ける');
    expect((await screen.findByRole('alert')).textContent).toContain('A-3');
    expect(cost(2021).value).toBe('8');
    delete host.answers['cell.set'];
    await press('もう一度保存する');
    await waitFor(() => expect(host.values().cost__expense__settled_2021).toBe('8'));
  });

  test('inside a text that is being written is the text’s own', async () => {
    const host = await open();
    const said = indicator('①', '説明');
    said.focus();
    await keys('{F2}');
    clipboard('paste', { 'text/plain': '一行' });
    expect(host.typed()).toEqual([]);
  });
});

describe('a number', () => {
  test('says how firm it is by one key, and takes that back by the same', async () => {
    const host = await open();
    const input = indicator('①', '2022年度実績');
    input.focus();
    await keys('95');
    fireEvent.keyDown(input, { key: '2', code: 'Digit2', altKey: true });
    await keys('{Enter}');
    await waitFor(() => expect(host.values().kpi__r1__actual_2022__state).toBe('expected'));
    expect(host.values().kpi__r1__actual_2022).toBe('95');
    input.focus();
    fireEvent.keyDown(input, { key: '4', code: 'Digit4', altKey: true });
    await keys('{Enter}');
    await waitFor(() => expect(host.values().kpi__r1__actual_2022__state).toBe('none'));
    expect(host.values().kpi__r1__actual_2022).toBeUndefined();
    expect(input.closest('td')?.dataset.look).toBe('none');
    input.focus();
    fireEvent.keyDown(input, { key: '4', code: 'Digit4', altKey: true });
    await keys('{Enter}');
    await waitFor(() => expect(host.values().kpi__r1__actual_2022__state).toBeUndefined());
  });

  test('shows thousands only while nobody is in it', async () => {
    await open({ values: COSTS });
    expect(cost(2020).value).toBe('12,480');
    cost(2020).focus();
    expect(cost(2020).value).toBe('12480');
    await keys('{ArrowRight}');
    expect(cost(2020).value).toBe('12,480');
  });

  test('tells its state and lock to those who hear it', async () => {
    await open();
    const words = (input: HTMLElement) =>
      (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
    expect(words(cost(2020)).join()).toContain('未入力');
    cost(2020).focus();
    await keys('1');
    expect(words(cost(2020)).join()).toContain('入力中');
    await waitFor(() => expect(words(cost(2020)).join()).toContain('保存済み'), { timeout: 2_000 });
  });
});
