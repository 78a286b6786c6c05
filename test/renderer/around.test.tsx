// @vitest-environment jsdom
// What stands around the cells of a sheet: counters of the print box, indicators in words, each state for ears, densities.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { makeProblem } from '../../shared/kernel/problem.ts';
import { fakeHost } from './fakehost.ts';
import { box, showSheet } from './screen.tsx';

/** What is said of an input after its name. */
const described = (input: Element): string =>
  (input.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

test('a counter tells characters and lines as they will print, marks what does not fit, and says so once', async () => {
  await showSheet(fakeHost());
  const reasons = box(/^評価指標設定の考え方/);
  reasons.focus();
  await userEvent.paste('一\n二\n三\n四行目は入らない');
  await screen.findByText('11字・4/3行');
  const cell = within(reasons.closest('.cell') as HTMLElement);
  expect(cell.getByText('四行目は入らない', { selector: 'mark' })).toBeTruthy();
  expect(cell.getByText(/^印刷の枠を1行超えています。/)).toBeTruthy();
  expect(cell.getByRole('status').textContent).toBe('印刷の枠を超えました。');
  await userEvent.keyboard('{Control>}a{/Control}{Backspace}');
  await userEvent.paste(`一\n二\n三\nあ${'𠮷'.repeat(250)}`);
  await waitFor(() => expect(cell.getByText(/^あ𠮷/, { selector: 'mark' }).textContent).toBe(`あ${'𠮷'.repeat(199)}…`));
  await userEvent.keyboard('{Control>}a{/Control}{Backspace}');
  await screen.findAllByText('0字・0/3行');
  expect(cell.getByRole('status').textContent).toBe('');
});

test('an indicator below its target says so in words and in its drawing, and 119 % nowhere', async () => {
  await showSheet(
    fakeHost({
      values: {
        kpi__r1__name: '町が好きな町民の割合',
        kpi__r1__measure: '%',
        kpi__r1__type: 'keep_above',
        kpi__r1__base: '98.6',
        kpi__r1__actual_2020: '92.6',
        kpi__r1__actual_2021: '94.3',
        kpi__r1__target: '95.0',
      },
    }),
  );
  const judged = within(screen.getByRole('region', { name: '重要業績評価指標(KPI)の判定' }));
  expect(judged.getByText('未達')).toBeTruthy();
  expect(judged.getByText(/目標を下回っている（94\.3 ＜ 95\.0）/)).toBeTruthy();
  expect(judged.getByText(/＋1\.7ポイント/)).toBeTruthy();
  expect(judged.getByText(/▲4\.3ポイント/)).toBeTruthy();
  expect(judged.getByRole('img').textContent).toBe(
    '基準値 98.6%、2020年度 92.6%、2021年度 94.3%、2024年度の目標 95.0%',
  );
  expect(document.body.textContent).not.toMatch(/11[89]/);
});

test('every state of a cell is a word for ears, and has an icon for eyes', async () => {
  const host = fakeHost({ values: { cost__labour__settled_2020__state: 'none' } });
  await showSheet(host);
  const intent = box(/^意図/);
  const iconOf = (input: Element) => input.closest('.cell')?.querySelector('.state svg, .cell-mark') ?? null;
  expect(described(intent)).toContain('未入力');
  expect(described(box('人工数(業務量) 2020年度決算'))).toContain('該当なし');
  expect(described(box(/^施策番号/))).toContain('ロック：');
  await userEvent.click(intent);
  await userEvent.keyboard('花');
  expect(described(intent)).toContain('入力中');
  expect(iconOf(intent)).not.toBeNull();
  await waitFor(() => expect(described(intent)).toContain('保存済み'));
  expect(iconOf(intent)).not.toBeNull();

  const cost = box('施策事業費(千円) 2021年度決算');
  await userEvent.click(cost);
  await userEvent.keyboard('1,2{Enter}');
  await waitFor(() => expect(described(cost)).toContain('要確認'));
  expect(iconOf(cost)).not.toBeNull();

  host.answers['cell.set'] = () => makeProblem('file.unwritable', { name: '試験.hyoka', reason: 'ENOSPC' });
  await userEvent.click(intent);
  await userEvent.keyboard('を育てる{Tab}');
  await waitFor(() => expect(described(intent)).toContain('保存できませんでした'));
  expect(intent.getAttribute('aria-invalid')).toBe('true');
  expect(iconOf(intent)).not.toBeNull();
});

test('three densities are chosen beside the sheet, for the whole program and for the next time', async () => {
  await showSheet(fakeHost());
  const choice = screen.getByRole('combobox', { name: '行の間' });
  for (const [label, code] of [
    ['ゆったり', 'wide'],
    ['つめる', 'close'],
    ['ふつう', 'normal'],
  ] as const) {
    await userEvent.selectOptions(choice, label);
    expect(document.documentElement.getAttribute('data-density')).toBe(code);
    expect(localStorage.getItem('hyoka.density')).toBe(code);
  }
});
