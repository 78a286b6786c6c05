// @vitest-environment jsdom
// What the office said of a package, as the department reads it over its sheet, and what the office keeps on record.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { SheetFate } from '../../shared/contract/views.ts';
import { makeProblem } from '../../shared/kernel/problem.ts';
import { lastingReasons, waitingReason } from '../../shared/package/fates.ts';
import { fakeHost, PRINT, SHEET } from './fakehost.ts';
import { press, show, showSheet } from './screen.tsx';

async function told(fate: Partial<SheetFate>): Promise<string> {
  const host = fakeHost();
  const view = await host.call('sheet.show', { sheet: SHEET });
  if (!view.ok) throw new Error(view.problem.message);
  const shown = { outcome: 'quarantined' as const, reason: null, refusal: null, receivedAt: '', ...fate };
  host.answers['sheet.show'] = () => ({ ...view.value, fate: shown });
  await showSheet(host);
  const title = await screen.findByText(/^最後の提出/);
  return title.closest('.notice')?.textContent ?? '';
}

test('a sheet that the office did not take is told with the reason, also where the rest of the package was taken', async () => {
  const words = await told({ outcome: 'applied', refusal: '「魅力課」に割り当てられていないシート' });
  expect(words).toContain('このシートは、事務局で取り込めませんでした。');
  expect(words).toContain('理由：「魅力課」に割り当てられていないシート。');
});

test('what waits is told to follow by itself', async () => {
  expect(await told({ reason: 'base.missing' })).toContain('もとになる版がまだ届いていない。事務局で片付くと');
});

test.each(lastingReasons)(
  'what waits for %s is told in plain words, and that waiting does not help',
  async (reason) => {
    const words = await told({ reason });
    expect(words).toContain(`理由：${waitingReason(reason)}。待っても取り込まれません。`);
  },
);

test('every reason for which a package waits has words of its own', () => {
  const codes = ['signer.unknown', 'signer.unproven', 'base.missing', 'sheets.refused', ...lastingReasons];
  expect(new Set(codes.map(waitingReason)).size).toBe(codes.length);
  expect(codes.map(waitingReason)).not.toContain(waitingReason('of a later program'));
});

test('the record of receiving names the sheets that were not taken, and why', async () => {
  const host = fakeHost({ role: 'office' });
  const sheets = [
    { id: SHEET, number: '2-2', name: '花の町' },
    { id: 's2', number: '', name: '' },
  ];
  host.answers['package.received'] = () => ({
    packages: [
      {
        ...{ hash: 'a'.repeat(64), outcome: 'applied', reason: null, kind: 'submission', unit: '魅力課', station: '' },
        ...{ known: true, sequence: 3, madeAt: '', receivedAt: '2022-07-01T00:00:00.000Z', file: 'S.json', sheets },
        refused: [
          { sheet: SHEET, reason: '「魅力課」に割り当てられていないシート' },
          { sheet: 's2', reason: 'このファイルにないシート' },
        ],
        undoable: true,
      },
    ],
  });
  host.answers['package.missing'] = () => ({ missing: [] });
  show(host);
  await press('受け取りの記録');
  const row = within((await screen.findByText('取り込めなかったシートが2枚あります。')).closest('tr') as HTMLElement);
  expect(row.getByText('2-2：「魅力課」に割り当てられていないシート')).toBeTruthy();
  expect(row.getByText('ここにないシート：このファイルにないシート')).toBeTruthy();
});

const reason = makeProblem('signer.unknown', { print: PRINT, unit: '魅力課' });
const strangers = (count: number, isDropped: boolean) =>
  Array.from({ length: count }, (_, index) => ({
    ...{
      file: `${index}.json`,
      outcome: 'quarantined' as const,
      reason,
      kind: 'submission',
      unit: null,
      station: null,
    },
    ...{ claimed: '魅力課', print: String(index).padStart(30, '0'), sequence: 1, hash: `h${index}`, held: true },
    ...{ notes: [], sheets: [], receivedAt: '2022-07-01T00:00:00.000Z', isDropped },
  }));

test('a crowd of strangers is shown in parts, and dropped at once', async () => {
  const packages = strangers(25, false);
  const host = fakeHost({ role: 'office', answers: { 'held.list': () => ({ packages }) } });
  host.answers['held.drop'] = () => ({ packages });
  show(host);
  await press('受け取る');
  await press('残りの5件も出す');
  expect(screen.getAllByRole('article')).toHaveLength(25);
  await press('登録していない端末の25件の取り置きをやめる');
  expect(host.calls).toContainEqual({
    method: 'held.drop',
    input: { packages: packages.map(({ hash }) => hash), isDropped: true },
  });
});

test('files of dropped packages are deleted only after one more word, which names how many', async () => {
  const packages = strangers(2, true);
  const host = fakeHost({ role: 'office', answers: { 'held.list': () => ({ packages }) } });
  host.answers['held.discard'] = () => ({ packages: [] });
  show(host);
  await press('受け取る');
  await userEvent.click(await screen.findByText('取り置きをやめたパッケージ（2件）'));
  await press('この2件のファイルを消す');
  expect(host.calls.some(({ method }) => method === 'held.discard')).toBe(false);
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: '2件のファイルを消す' }));
  expect(host.calls).toContainEqual({ method: 'held.discard', input: { packages: ['h0', 'h1'] } });
});

test('a package sealed for another key is opened by a recovery file, for looking and for taking in alike', async () => {
  const host = fakeHost();
  const refused = {
    ...{
      file: 'a.age',
      outcome: 'refused' as const,
      reason: makeProblem('package.sealed', {}),
      kind: null,
      unit: null,
    },
    ...{ station: null, claimed: null, print: null, sequence: null, hash: null, held: false, notes: [], sheets: [] },
  };
  host.answers['package.plan'] = ({ recovery }) => ({
    packages: [recovery ? { ...refused, outcome: 'applied', reason: null } : refused],
    digest: recovery ? 'd' : '',
  });
  host.answers['package.merge'] = () => ({ packages: [], digest: 'd' });
  show(host);
  await press('受け取る');
  await press('パッケージを選ぶ');
  await press('回復ファイルで封を開ける');
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: '封を開けて確かめる' }));
  expect(dialog.getByText('回復ファイルを選んでください。')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: '回復ファイルを選ぶ' }));
  await userEvent.type(dialog.getByLabelText(/^回復ファイルの合い言葉/), 'なつのあさ');
  await userEvent.click(dialog.getByRole('button', { name: '封を開けて確かめる' }));
  await press(/1件を取り込む/);
  const recovery = { file: 'handle-2', passphrase: 'なつのあさ' };
  expect(host.calls).toContainEqual({
    method: 'package.merge',
    input: { files: ['handle-1'], digest: 'd', recovery },
  });
});
