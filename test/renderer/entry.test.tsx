// @vitest-environment jsdom
// The sheet on the screen: typing, saving, questions, locks. A person's view of it, by roles and words.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { makeProblem } from '../../shared/kernel/problem.ts';
import { fakeHost } from './fakehost.ts';
import { box, button, press, sheetStands, showSheet } from './screen.tsx';

/** Cells whose text or number input was drawn, for the first time or anew. */
const drawn = vi.hoisted(() => new Set<string>());
vi.mock('../../renderer/form/TextInput.tsx', async (load) => {
  const { TextInput } = await load<typeof import('../../renderer/form/TextInput.tsx')>();
  const Noted: typeof TextInput = (props) => {
    drawn.add(props.cell.address);
    return TextInput(props);
  };
  return { TextInput: Noted };
});
vi.mock('../../renderer/form/NumberInput.tsx', async (load) => {
  const whole = await load<typeof import('../../renderer/form/NumberInput.tsx')>();
  const Noted: typeof whole.NumberInput = (props) => {
    drawn.add(props.cell.address);
    return whole.NumberInput(props);
  };
  return { ...whole, NumberInput: Noted };
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('saving', () => {
  test('happens after a moment of quiet, once for many keys, and says so only then', async () => {
    const host = fakeHost();
    await showSheet(host);
    await userEvent.type(box(/^意図/), '魅力を発信する');
    expect(host.typed()).toEqual([]);
    expect(screen.getAllByText('入力中').length).toBeGreaterThan(0);
    await waitFor(() => expect(host.typed()).toEqual([{ cell: 'intent', raw: '魅力を発信する' }]), { timeout: 2_000 });
    expect(await screen.findByText(/^保存済み \d\d:32:05$/)).toBeTruthy();
  });

  test('happens at once when the person leaves the cell', async () => {
    const host = fakeHost();
    await showSheet(host);
    await userEvent.type(box(/^意図/), 'あ');
    await userEvent.tab();
    expect(host.typed()).toEqual([{ cell: 'intent', raw: 'あ' }]);
  });

  test('waits while a word is being composed', async () => {
    const host = fakeHost();
    await showSheet(host);
    const input = box(/^意図/);
    fireEvent.compositionStart(input);
    fireEvent.input(input, { target: { value: 'みりょく' } });
    await wait(800);
    expect(host.typed()).toEqual([]);
    fireEvent.input(input, { target: { value: '魅力' } });
    fireEvent.compositionEnd(input);
    await waitFor(() => expect(host.typed()).toEqual([{ cell: 'intent', raw: '魅力' }]), { timeout: 2_000 });
  });

  test('draws nothing anew but the cell itself', async () => {
    const host = fakeHost();
    await showSheet(host);
    await userEvent.click(box(/^意図/));
    drawn.clear();
    await userEvent.keyboard('魅力');
    await screen.findByText(/^保存済み \d\d:32:05$/);
    await waitFor(() => expect(host.calls.at(-1)?.method).toBe('sheet.show'));
    await wait(50);
    expect(drawn).toEqual(new Set(['intent']));
  });

  test('keeps the text when it fails, says why, and can be tried again', async () => {
    const host = fakeHost();
    host.answers['cell.set'] = () => makeProblem('internal', { incident: 'A-1' });
    await showSheet(host);
    await userEvent.type(box(/^意図/), '残る文');
    await userEvent.tab();
    expect((await screen.findByRole('alert')).textContent).toContain('受付番号 A-1');
    expect(box(/^意図/).value).toBe('残る文');
    delete host.answers['cell.set'];
    await press('もう一度保存する');
    expect(await screen.findByText(/^保存済み \d\d:32:05$/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(host.values().intent).toBe('残る文');
  });

  test('comes before leaving the screen, and a failure keeps the person there', async () => {
    const host = fakeHost();
    await showSheet(host);
    fireEvent.input(box(/^意図/), { target: { value: '急いで' } });
    await press('シート一覧へ');
    await screen.findByRole('heading', { level: 1, name: 'シート一覧' });
    expect(host.values().intent).toBe('急いで');

    await press('花の町');
    await sheetStands();
    host.answers['cell.set'] = () => makeProblem('internal', { incident: 'A-2' });
    fireEvent.input(box(/^意図/), { target: { value: '消えない' } });
    await press('シート一覧へ');
    await screen.findByRole('alert');
    expect(box(/^意図/).value).toBe('消えない');
  });
});

describe('numbers', () => {
  test('take their canonical form when the person leaves the cell', async () => {
    const host = fakeHost();
    await showSheet(host);
    const input = box('重要業績評価指標 ① 2020年度実績');
    await userEvent.type(input, '１９３１３');
    await userEvent.tab();
    await waitFor(() => expect(input.value).toBe('19,313'));
    expect(host.values().kpi__r1__actual_2020).toBe('19313');
  });

  test('that could mean two things are asked about, and the answer is typed for the person', async () => {
    const host = fakeHost();
    await showSheet(host);
    const input = box('人工数(業務量) 2020年度決算');
    await userEvent.type(input, '2,2948');
    await userEvent.tab();
    await waitFor(() => expect(input.closest('td')?.dataset.look).toBe('asked'));
    input.focus();
    await press('2.2948（コンマを小数点と読む）');
    await waitFor(() => expect(host.values().cost__labour__settled_2020).toBe('2.2948'));
    await waitFor(() => expect(screen.queryByText('2.2948（コンマを小数点と読む）')).toBeNull());
    expect(input.value).toBe('2.2948');
  });

  test('of years are typed in either way of counting, asked about where they never were, and show both', async () => {
    const host = fakeHost({ form: 'jimujigyo-zaigen' });
    await showSheet(host);
    const year = document.getElementById('cell-kaishi') as HTMLInputElement;
    for (const [typed, stored, shown] of [
      ['令和元年度', '2019', '2019年度（令和元年度）'],
      ['Ｈ３０', '2018', '2018年度（平成30年度）'],
      ['2024', '2024', '2024年度（令和6年度）'],
    ] as const) {
      year.focus();
      fireEvent.input(year, { target: { value: typed } });
      year.blur();
      await waitFor(() => expect(host.values().kaishi).toBe(stored));
      await waitFor(() => expect(year.value).toBe(shown));
    }
    year.focus();
    expect(year.value).toBe('2024');
    fireEvent.input(year, { target: { value: '平成32' } });
    year.blur();
    await waitFor(() => expect(year.closest<HTMLElement>('.cell')?.dataset.look).toBe('asked'));
    expect(year.value).toBe('平成32');
    await userEvent.click(within(year.closest('.cell') as HTMLElement).getAllByRole('button')[0] as HTMLElement);
    await waitFor(() => expect(host.values().kaishi).toBe('2020'));
  });

  test('carry how firm they are in the same text; a settled state stands in place of the number', async () => {
    const host = fakeHost();
    await showSheet(host);
    const name = '重要業績評価指標 ① 2022年度実績';
    const state = screen.getByRole('combobox', { name: `${name} の区分` });
    await userEvent.type(box(name), '95');
    await userEvent.selectOptions(state, '見込');
    await userEvent.tab();
    await waitFor(() => expect(host.values().kpi__r1__actual_2022__state).toBe('expected'));
    expect(host.values().kpi__r1__actual_2022).toBe('95');
    await userEvent.selectOptions(state, '未確定');
    await userEvent.tab();
    await waitFor(() => expect(host.values().kpi__r1__actual_2022__state).toBe('pending'));
    expect(host.values().kpi__r1__actual_2022).toBeUndefined();
    expect(box(name).value).toBe('');
  });
});

describe('cells', () => {
  test('that may not be written say why, and stay as they are', async () => {
    const host = fakeHost();
    await showSheet(host);
    const number = box(/^施策番号/);
    expect(number.readOnly).toBe(true);
    const words = (number.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(words.join()).toContain('ロック：事務局が記入する欄');
    const board = screen.getByRole('region', { name: '6. 経営戦略会議(庁内評価)' });
    const mark = within(board).getByRole<HTMLInputElement>('radio', { name: /^A/ });
    await userEvent.click(mark);
    expect(mark.checked).toBe(false);
    expect(host.typed()).toEqual([]);
  });

  test('of a choice are saved at once, and the choice can be taken back', async () => {
    const host = fakeHost();
    await showSheet(host);
    await userEvent.click(screen.getByRole('radio', { name: '成果は向上した' }));
    await waitFor(() => expect(host.values().result).toBe('up'));
    await press('選択を取り消す');
    await waitFor(() => expect(host.values().result).toBeUndefined());
  });

  test('of a list show what is filled and one blank', async () => {
    await showSheet(fakeHost({ values: { projects_high__r1: '移住事業' } }));
    const group = screen.getByRole('group', { name: /^①施策の成果向上に対して貢献度が高かった/ });
    expect(within(group).getAllByRole('textbox')).toHaveLength(2);
    await userEvent.type(within(group).getAllByRole('textbox')[1] as HTMLElement, '次');
    expect(within(group).getAllByRole('textbox')).toHaveLength(3);
  });

  test('contradicting each other raise a question at the top, gone when they agree', async () => {
    const host = fakeHost({ values: { rating_text: '前進したと考える', rating: 'D' } });
    await showSheet(host);
    expect(screen.getByText('確かめる欄が1件あります。')).toBeTruthy();
    await press('C：(総合戦略策定時と比較して)前進した');
    await waitFor(() => expect(screen.queryByText('確かめる欄が1件あります。')).toBeNull());
    expect(host.values().rating).toBe('C');
  });

  test('of every layout of another form can be filled', async () => {
    const host = fakeHost({ form: 'jimujigyo-zaigen' });
    await showSheet(host);
    const matrix = host.form.sections
      .flatMap((section) => section.groups.flatMap((group) => group.blocks))
      .find((block) => block.layout === 'matrix');
    if (matrix?.layout !== 'matrix') throw new Error('the form has no matrix');
    const squares = screen.getAllByRole('radio', {
      name: new RegExp(`^${matrix.row.short} .*、${matrix.column.short} `),
    });
    await userEvent.click(squares[0] as HTMLElement);
    await waitFor(() => expect(host.values()[matrix.row.address]).toBe(matrix.row.options[0]?.code));
    expect(host.values()[matrix.column.address]).toBeDefined();
  });
});

test('the office makes its typing a revision', async () => {
  const host = fakeHost({ role: 'office' });
  host.answers['sheet.commit'] = () => ({ revision: 'a'.repeat(64) });
  await showSheet(host);
  await userEvent.type(box(/^意図/), '直した');
  await userEvent.click(await button('入力を確定する'));
  await screen.findByText('このシートの入力を確定しました。');
  expect(host.calls.map((call) => call.method).filter((m) => m === 'cell.set' || m === 'sheet.commit')).toEqual([
    'cell.set',
    'sheet.commit',
  ]);
});
