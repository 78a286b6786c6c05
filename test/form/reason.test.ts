// Reasons stand in a sheet's values at addresses of their own: what may stand there, who may write, how they merge.
import { expect, test } from 'vitest';
import { ownAddress, reasonAddress, reasonParts } from '../../shared/form/cell.ts';
import { lockAt, lockOf } from '../../shared/form/form.ts';
import { labelAt } from '../../shared/form/label.ts';
import { changedAddresses, filledAddresses } from '../../shared/form/merge.ts';
import { findFaults, TEXT_LIMIT } from '../../shared/form/validate.ts';
import { formOf, measureForm } from './sample.ts';
import { findingsOf, sourceWith } from './small.ts';

const form = measureForm();
const address = reasonAddress('rating', 'words_department');

test('F46 a reason may stand beside any cell for any check, and nowhere else', () => {
  expect(findFaults(form, { [address]: '前年度と比べたため\n（理由）' })).toEqual([]);
  expect(findFaults(form, { [reasonAddress('goal', 'characters')]: '固有名詞' })).toEqual([]);
  for (const wrong of [
    reasonAddress('gone', 'words_department'),
    reasonAddress('rating', 'gone'),
    reasonAddress('kpi', 'jump_kpi'),
    `${address}__raw`,
    `${address}__state`,
    reasonAddress(address, 'characters'),
  ]) {
    expect(findFaults(form, { [wrong]: 'x' }), wrong).toHaveLength(1);
  }
});

test('F46 F42 a reason is a text like any other', () => {
  for (const wrong of ['', 'x\u0000', 1, true, 'a'.repeat(TEXT_LIMIT + 1)]) {
    expect(findFaults(form, { [address]: wrong })[0]).toMatch(/^担当課評価 進捗結果（確認への理由）：/);
  }
});

test('F46 a reason is locked like its cell; that of a computed cell belongs to the cell’s writer', () => {
  const project = formOf('jimujigyo-zaigen', 2025);
  const total = project.byAddress.get('zaigen__jigyohi__mikomi_2024');
  if (!total) throw new Error('no such cell');
  const reason = reasonAddress(total.address, 'jump_zaigen');
  expect(lockOf(project, total, 'department', new Set())).toBeDefined();
  expect(lockAt(project, reason, 'department', new Set())).toBeUndefined();
  expect(lockAt(project, total.address, 'department', new Set())).toBeDefined();
  for (const cell of form.cells) {
    for (const fixed of [new Set<string>(), new Set([cell.address])]) {
      const lock = lockAt(form, reasonAddress(cell.address, 'characters'), 'department', fixed);
      expect(lock).toBe(lockOf(form, cell, 'department', fixed));
    }
  }
  expect(lockAt(form, 'gone', 'office', new Set())).toBeDefined();
});

test('F46 to a merge a reason is a cell of its own', () => {
  expect(ownAddress(address)).toBe(address);
  expect(reasonParts(address)).toEqual({ address: 'rating', check: 'words_department' });
  expect(reasonParts('rating')).toBeUndefined();
  expect(changedAddresses({ rating: 'D' }, { rating: 'D', [address]: 'x' })).toEqual([address]);
  expect(filledAddresses({ rating: 'D', [address]: 'x' })).toEqual(['rating', address]);
  expect(labelAt(form, address)).toBe('担当課評価 進捗結果（確認への理由）');
  expect(labelAt(form, 'gone')).toBe('gone');
});

test('F11 F46 no cell may look like a reason', () => {
  const table = {
    kind: 'table',
    key: 't',
    label: '表',
    columns: [{ key: 'c', label: '列' }],
    rows: [{ key: 'why', label: '行', content: { kind: 'text' } }],
  };
  expect(findingsOf(sourceWith([table])).join()).toMatch(/理由/);
});
