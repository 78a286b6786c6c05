// @vitest-environment jsdom
// The screens around the sheet: handing in, receiving, registering a sender, the passphrase, the first screen.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import { makeProblem } from '../../shared/kernel/problem.ts';
import { fakeHost, formSource, PRINT, SHEET } from './fakehost.ts';
import { button, press, show } from './screen.tsx';

const written = {
  file: 'S1234-2022-0001-0a5d6522.hyoka.json',
  unit: '魅力課',
  sequence: 1,
  hash: 'a'.repeat(64),
  sheets: ['2-2'],
  sealed: 'open' as const,
};
const HERE = { kind: 'fixed' as const, volume: null };

const result = (change: Partial<PackageResult>): PackageResult => ({
  file: '届いた.json',
  outcome: 'applied',
  reason: null,
  kind: 'submission',
  unit: '魅力課',
  station: '',
  claimed: '魅力課',
  print: PRINT,
  sequence: 1,
  hash: 'b'.repeat(64),
  held: false,
  notes: [],
  sheets: [],
  ...change,
});

test('the focus goes to the heading of each screen, and the window is named after it', async () => {
  show(fakeHost());
  const list = await screen.findByRole('heading', { level: 1, name: 'シート一覧' });
  await waitFor(() => expect(document.activeElement).toBe(list));
  await press('提出する');
  const next = await screen.findByRole('heading', { level: 1, name: '提出する' });
  await waitFor(() => expect(document.activeElement).toBe(next));
  expect(document.title).toBe('提出する｜評価');
});

test('handing in names what is missing, wants to hear that it is meant, and tells the file', async () => {
  const host = fakeHost();
  host.answers['package.submit'] = () => ({
    packages: [written],
    place: HERE,
    incomplete: [{ sheet: '2-2', missing: ['意図'] }],
  });
  show(host);
  await press('提出する');
  const submit = await button('1枚を提出する');
  expect(submit.getAttribute('aria-disabled')).toBe('true');
  await userEvent.click(submit);
  expect(host.purposes).toEqual([]);
  expect(screen.getByRole('button', { name: '意図' })).toBeTruthy();
  await userEvent.click(screen.getByRole('checkbox', { name: /^未完成のまま提出する/ }));
  await press('書き出し先を選ぶ');
  await screen.findByText('このパソコンの中');
  await press('1枚を提出する');
  await screen.findByText(written.file);
  const call = host.calls.find(({ method }) => method === 'package.submit');
  expect(call?.input).toEqual({
    folder: 'handle-1',
    sheets: [SHEET],
    incomplete: true,
    carry: { seal: false, open: false, person: '' },
  });
});

test('a missing cell is one click away from its input', async () => {
  show(fakeHost());
  await press('提出する');
  await press('意図');
  const input = await screen.findByRole('textbox', { name: /^意図/ });
  await waitFor(() => expect(document.activeElement).toBe(input));
});

test('receiving shows the plan, applies exactly that plan, and tells what came of it', async () => {
  const host = fakeHost({ role: 'office' });
  const sheets: PackageResult['sheets'] = [
    {
      number: '2-2',
      name: '花の町',
      outcome: 'conflict',
      cells: [
        { address: 'target', label: '対象', outcome: 'new', before: '', after: '働く人', reason: null },
        {
          address: 'intent',
          label: '意図',
          outcome: 'conflict',
          before: '増やす',
          after: '減らす',
          reason: 'ほかと違う',
        },
      ],
      beside: ['指摘2件'],
      reason: null,
      incomplete: ['課長名'],
      digest: 'AAAA-BBBB-CCCC',
      confirmation: 'none',
    },
  ];
  host.answers['package.plan'] = ({ files }) => ({
    packages: files.length > 0 ? [result({ sheets })] : [],
    digest: 'plan-1',
  });
  host.answers['package.merge'] = () => ({ packages: [result({ sheets })], digest: 'plan-1' });
  show(host);
  await press('受け取る');
  await press('パッケージを選ぶ');
  await screen.findByText('取り込めます');
  screen.getByText('いっしょに届くもの：指摘2件。未完成のまま出されている（足りない欄1件）');
  screen.getByText('新規1欄、競合1欄');
  const rows = within(screen.getByRole('table', { name: '2-2 花の町 の欄' })).getAllByRole('row');
  expect(rows.slice(1).map((row) => row.textContent)).toEqual([
    '対象新規（空欄）働く人',
    '意図競合増やす送り手の内容減らすほかと違う',
  ]);
  expect(host.calls.some(({ method }) => method === 'package.merge')).toBe(false);
  await press('1件を取り込む');
  await screen.findByText('1件を取り込みました。');
  expect(host.calls.find(({ method }) => method === 'package.merge')?.input).toEqual({
    files: ['handle-1'],
    digest: 'plan-1',
  });
});

test('a plan that has changed meanwhile is shown anew, with the reason', async () => {
  const host = fakeHost({ role: 'office' });
  let round = 0;
  host.answers['package.plan'] = ({ files }) => {
    if (files.length > 0) round += 1;
    return { packages: files.length > 0 ? [result({ sequence: round })] : [], digest: `plan-${round}` };
  };
  host.answers['package.merge'] = () => makeProblem('plan.changed', { done: 0 });
  show(host);
  await press('受け取る');
  await press('パッケージを選ぶ');
  await screen.findByText(/第1号/);
  await press('1件を取り込む');
  await screen.findByText(/第2号/);
  expect(screen.getByRole('alert').textContent).toContain('変わっています');
});

test('an unknown sender is registered by typed digits that match, and by nothing else', async () => {
  const host = fakeHost({ role: 'office' });
  const reason = makeProblem('signer.unknown', { print: PRINT, unit: '魅力課' });
  const waiting = result({ outcome: 'quarantined', reason, unit: null, station: null });
  host.answers['held.list'] = () => ({
    packages: [{ ...waiting, receivedAt: '2022-11-22T01:02:03.004Z', isDropped: false }],
  });
  host.answers['signer.accept'] = ({ print, unit }) => ({
    print,
    unit,
    station: '',
    state: 'trusted',
    follows: null,
    after: 0,
    packages: 1,
    lastSequence: 1,
    taken: [],
  });
  show(host);
  await press('受け取る');
  const form = await screen.findByRole('region', { name: /^「魅力課」と名乗る送り手の登録（確認番号 12345…）$/ });
  // Nobody may copy the digits of what arrived off the screen.
  expect(document.body.textContent).not.toContain('12345 09876 12345 09876 12345 09876');
  const digits = within(form).getByRole('textbox', { name: /^相手が読み上げた確認番号/ });
  await userEvent.type(within(form).getByRole('textbox', { name: /^課の名前/ }), '魅力創造課');
  await userEvent.type(digits, PRINT.replace(/.$/, '0'));
  await press('送り手として登録する');
  expect(within(form).getByText(/確認番号と違います/)).toBeTruthy();
  expect(host.calls.some(({ method }) => method === 'signer.accept')).toBe(false);
  await userEvent.clear(digits);
  await userEvent.type(digits, '１２３４５ 09876 12345 09876 12345 09876');
  await press('送り手として登録する');
  await waitFor(() =>
    expect(host.calls.find(({ method }) => method === 'signer.accept')?.input).toEqual({
      print: PRINT,
      unit: '魅力創造課',
    }),
  );
});

test('a locked key asks for the passphrase, again when it is wrong, and then goes on', async () => {
  const host = fakeHost({ role: 'office' });
  let isOpen = false;
  const workspace = await host.call('workspace.view', {});
  if (!workspace.ok) throw new Error('no workspace');
  host.answers['package.distribute'] = () =>
    isOpen ? { packages: [written], place: HERE } : makeProblem('key.locked', {});
  host.answers['workspace.unlock'] = ({ passphrase }) => {
    isOpen = passphrase === '正しい';
    return isOpen ? workspace.value : makeProblem('key.wrong', {});
  };
  show(host);
  await press('配布する');
  await press('書き出し先を選ぶ');
  await screen.findByText('このパソコンの中');
  await press('1課に配布する');
  const input = await screen.findByLabelText(/^合い言葉※必須/);
  await userEvent.type(input, '違う');
  await press('鍵を開ける');
  await screen.findByText('合い言葉が違います。');
  await userEvent.clear(screen.getByLabelText(/^合い言葉※必須/));
  await userEvent.type(screen.getByLabelText(/^合い言葉※必須/), '正しい');
  await press('鍵を開ける');
  await screen.findByText(written.file);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a new year wants a name, a year and a form, and says which years are meant', async () => {
  const host = fakeHost({ role: 'office' });
  const source = formSource('memuro-shisaku');
  const forms = ['memuro-shisaku', 'jimujigyo-zaigen'].map((id) => ({
    id,
    version: 1,
    title: `${String(source.title)} ${id}`,
  }));
  host.answers['app.about'] = () => ({ version: '0.1.0', forms, recent: [], workspace: null });
  const workspace = await host.call('workspace.view', {});
  if (!workspace.ok) throw new Error('no workspace');
  host.answers['workspace.create'] = () => workspace.value;
  show(host);
  await press('新しい年度を作る');
  const year = await screen.findByRole('textbox', { name: /^評価年度/ });
  await userEvent.clear(year);
  await press('ファイルを作る');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /^事務局の名前/ }));
  expect(screen.getByText('様式を選んでください。')).toBeTruthy();
  await userEvent.type(screen.getByRole('textbox', { name: /^事務局の名前/ }), '企画課');
  await userEvent.type(year, '２０２２');
  expect(screen.getByText(/2021年度（令和3年度）の実績を2022年度（令和4年度）に評価/)).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: /jimujigyo/ }));
  await press('2022年度評価のファイルを作る');
  await screen.findByRole('heading', { level: 1, name: '回復ファイルを作る' });
  await press('あとで作る');
  await screen.findByRole('heading', { level: 1, name: 'シート一覧' });
  expect(host.calls.find(({ method }) => method === 'workspace.create')?.input).toEqual({
    file: 'handle-1',
    office: '企画課',
    form: { id: 'jimujigyo-zaigen' },
    year: 2022,
  });
  expect(host.purposes[0]).toEqual({ for: 'new-workspace', suggested: '2022年度評価_企画課.hyoka' });
});
