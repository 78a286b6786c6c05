// How much of a workbook is read at most, and how a file beyond that or out of shape is refused.
import { fail } from '../../../../shared/kernel/problem.ts';

/** Far above what an office keeps in one workbook, and far below what would fill the memory. */
export const LIMITS = {
  /** Parts in the archive. */
  parts: 10_000,
  /** Bytes of all parts that are read, unpacked. */
  unpacked: 256 * 1024 * 1024,
  worksheets: 1_000,
  /** Filled cells of all worksheets. */
  cells: 1_000_000,
  /** Merged areas of one worksheet. */
  merges: 20_000,
  /** Characters of all cells; a text that a thousand cells share counts a thousand times. */
  characters: 40_000_000,
  /** Elements inside one another. */
  depth: 200,
} as const;

/** What has been read of one workbook so far. */
export type Budget = { name: string; unpacked: number; cells: number; characters: number };

export const newBudget = (name: string): Budget => ({ name, unpacked: 0, cells: 0, characters: 0 });

/** Counts up and raises workbook.oversized at the limit. */
export function spend(budget: Budget, what: 'unpacked' | 'cells' | 'characters', amount: number): void {
  budget[what] += amount;
  if (budget[what] > LIMITS[what]) oversized(budget, what);
}

/** Raises workbook.oversized. */
export const oversized = ({ name }: Budget, what: keyof typeof LIMITS): never =>
  fail('workbook.oversized', { name, what: TOLD[what], limit: LIMITS[what] });

const TOLD: Record<keyof typeof LIMITS, string> = {
  parts: '中のファイルの数',
  unpacked: '展開した大きさ（バイト）',
  worksheets: 'シートの数',
  cells: '文字の入ったセルの数',
  merges: '結合したセルの数',
  characters: '文字の数',
  depth: '入れ子の深さ',
};

/** Raises workbook.damaged. */
export const damaged = ({ name }: Budget, reason: string): never => fail('workbook.damaged', { name, reason });
